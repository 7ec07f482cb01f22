"""How far actors are apart, for pictures of many of them: only those every two of whom share enough."""

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances.captions import THIN
from stances.errors import FieldError, TooFewActorsError

if TYPE_CHECKING:
    from stances.matrix import Matrix

DIGITS = 10  # what is alike to this many digits is a tie, whatever order sums were formed in
MIN_ACTORS = 4
Floats = NDArray[np.float64]


@frozen(eq=False)
class Distances:
    """Actors every two of whom share enough, and how far they are apart.

    Attributes
    ----------
    actors : tuple of str
        Sorted by id, so that nothing depends on the order in which they came.
    values : ndarray of float, shape (n_actors, n_actors)
        Divergence rounded to ten digits, at least 0; zero on the diagonal.
    left_out : tuple of str
        The others, sorted by id.
    """

    actors: tuple[str, ...]
    values: Floats
    left_out: tuple[str, ...]


def distances_of(matrix: "Matrix", purpose: str) -> Distances:
    """Return how far the actors of a matrix are apart, without those who share too little.

    A pair counts if it is defined and shares five questions. While a pair does not, the actor with
    the most such pairs is left out; of several, the one with the fewest positions on record, and
    of these the last by id.

    Parameters
    ----------
    matrix : Matrix
        Of agreement or divergence.
    purpose : str
        What they are for, in the error.

    Raises
    ------
    FieldError
        If it is no matrix, but the data of one.
    TooFewActorsError
        If fewer than four actors are left.

    Examples
    --------
    >>> import stances
    >>> found = distances_of(stances.agreement_matrix(stances.load("un-landmark-votes")), "camps")
    >>> found.left_out, float(found.values[found.actors.index("FRA"), found.actors.index("ESP")])
    (('EU',), 0.0)
    """
    if not hasattr(matrix, "n_shared"):
        raise FieldError("matrix", matrix, "is no Matrix", "pass what agreement_matrix(data) returned")
    apart = divergence_of(matrix)
    solid = ~np.isnan(apart) & (matrix.n_shared >= THIN)
    kept = comparable(matrix.actors, solid, matrix.n_shared.diagonal())
    actors = tuple(matrix.actors[i] for i in kept)
    if len(kept) < MIN_ACTORS:
        raise TooFewActorsError(purpose, actors, len(matrix.actors), MIN_ACTORS, THIN)
    left_out = tuple(sorted(set(matrix.actors) - set(actors)))
    return Distances(actors, rounded_off(apart[np.ix_(kept, kept)]), left_out)


def divergence_of(matrix: "Matrix") -> Floats:
    """Return the divergence of every pair, whichever kind the matrix is; NaN where undefined."""
    if matrix.kind == "divergence":
        return matrix.values
    if matrix.measure.is_linear or matrix.measure.distance:
        return np.where(np.isnan(matrix.values), np.nan, matrix.observed)
    return 1.0 - matrix.values


def rounded_off(divergence: Floats) -> Floats:
    """Return divergences in which ties are ties: rounded, symmetric, at least 0, zero on the diagonal."""
    values: Floats = np.maximum(np.round(divergence, DIGITS), 0.0)
    np.fill_diagonal(values, 0.0)
    return values


def comparable(
    actors: tuple[str, ...], solid: NDArray[np.bool_], on_record: NDArray[np.int64]
) -> NDArray[np.intp]:
    """Return the rows of actors every two of whom are a solid pair, sorted by id.

    Parameters
    ----------
    actors : tuple of str
    solid : ndarray of bool, shape (n_actors, n_actors)
        Which pairs count; the diagonal does not matter.
    on_record : ndarray of int, shape (n_actors,)
        Positions of each.
    """
    kept = np.array(sorted(range(len(actors)), key=lambda i: actors[i]), dtype=np.intp)
    while kept.size:
        missing = (~solid[np.ix_(kept, kept)] & ~np.eye(kept.size, dtype=np.bool_)).sum(axis=1)
        if not missing.any():
            break
        worst = np.lexsort((np.arange(kept.size), -on_record[kept], missing))[-1]
        kept = np.delete(kept, worst)
    return kept
