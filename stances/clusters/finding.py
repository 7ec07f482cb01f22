"""camps: the groups of actors that stand together."""

from typing import Any

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from stances.clusters.report import Camp, Camps
from stances.clusters.stability import Stability, stability_of
from stances.dendrogram import Labels, best_cut, by_size, dendrogram_of, silhouettes
from stances.distances import DIGITS, distances_of
from stances.errors import FieldError, OnlyCountsError
from stances.matrix import Matrix
from stances.progress import Progress
from stances.uncertainty import FEWEST, MOST, Interval

Floats = NDArray[np.float64]


def camps(
    matrix: Matrix,
    n_camps: int | None = None,
    stability: int | None = None,
    blocks: str | None = None,
    rng: Any = None,
    progress: Progress | None = None,
    *,
    interval: float | None = None,
) -> Camps:
    """Return the camps of a matrix: the groups whose members stand nearer to each other than to others.

    The actors are joined by average linkage on their divergence, ties in the order of ids, and the
    tree is cut. Actors who share fewer than five questions with too many others are left out and
    named: while a pair is undefined or rests on less, the actor with the most such pairs goes.
    Needs the extra `plot` (SciPy).

    Parameters
    ----------
    matrix : Matrix
        Of agreement or divergence.
    n_camps : int, optional
        How many. By default the number from 2 to 8 (and at most two fewer than there are actors)
        with the largest mean silhouette; one camp if none reaches 0.25.
    stability : int, optional
        How often to draw the questions anew and seek the camps again, from 10 to 100,000.
    blocks : {None, "issue", "year", "session"}
        Stability: what is drawn as one, where questions come in clusters.
    rng : int, numpy.random.Generator, SeedSequence or BitGenerator, optional
        Stability: where the numbers come from (SPEC 7); what was drawn is kept in the result.
    progress : callable, optional
        Stability: called with the number of resamples done and due.
    interval : float, optional
        Stability: between what this middle share of the likenesses lies, in (0, 1), such as 0.95.

    Returns
    -------
    Camps

    Raises
    ------
    TooFewActorsError
        If fewer than four actors can be compared.
    FieldError
        If there cannot be as many camps, or all questions lie in one block.
    MissingExtraError
        If SciPy is not installed.

    References
    ----------
    Rousseeuw, P. J. (1987), Journal of Computational and Applied Mathematics 20, 53-65, for the
    silhouette; Hennig, C. (2007), Computational Statistics & Data Analysis 52, 258-271, for stability.

    Examples
    --------
    >>> import stances
    >>> votes = stances.load("un-landmark-votes")
    >>> found = stances.camps(stances.agreement_matrix(votes))
    >>> [(camp.central, len(camp.members), round(camp.within, 2)) for camp in found]
    [('DEU', 12, 0.81), ('EGY', 8, 0.87)]
    """
    _check_stability(stability, blocks, rng, interval)
    if stability is not None and matrix.positions.origin.counted:
        raise OnlyCountsError("what other questions would give")
    level = None if interval is None else Interval(interval).level
    distances = distances_of(matrix, "camps")
    tree = dendrogram_of(distances)
    labels = by_size(best_cut(tree) if n_camps is None else tree.cut(_number(n_camps, len(tree.actors))))
    parted = labels.max() > 0
    scores = silhouettes(distances.values, labels) if parted else np.full(len(labels), np.nan)
    means = _means(matrix.select(tree.actors).values, labels)
    made = [_camp(k, tree.actors, labels, distances.values, scores, matrix) for k in range(labels.max() + 1)]
    steady = None
    if stability is not None:
        steady = stability_of(matrix, tree.actors, labels, n_camps, stability, blocks, rng, progress)
        made = _steadied(made, steady, level)
    left_out, whole = distances.left_out, tuple(made)
    return Camps(whole, matrix, tree.actors, labels, scores, means, left_out, n_camps, steady, tree, level)


def _steadied(made: list[Camp], steady: Stability, level: float | None) -> list[Camp]:
    """Return camps with their likeness to those found again, and between what it lies."""
    ends = np.full((len(made), 2), np.nan) if level is None else steady.middle(level)
    return [
        evolve(camp, jaccard=value, lower=lower, upper=upper)
        for camp, value, (lower, upper) in zip(made, steady.jaccard, ends.tolist(), strict=True)
    ]


def _check_stability(stability: int | None, blocks: str | None, rng: Any, interval: float | None) -> None:
    if stability is None:
        for name, value in (("blocks", blocks), ("rng", rng), ("interval", interval)):
            if value is not None:
                raise FieldError(name, value, "goes with stability", "give stability=200 too")
        return
    whole = isinstance(stability, int | np.integer) and not isinstance(stability, bool)
    if not whole or not FEWEST <= stability <= MOST:
        raise FieldError("stability", stability, f"is not a whole number from {FEWEST} to {MOST}")


def _number(n_camps: int, n_actors: int) -> int:
    whole = isinstance(n_camps, int | np.integer) and not isinstance(n_camps, bool)
    if not whole or not 2 <= n_camps <= n_actors:
        raise FieldError("n_camps", n_camps, f"is not a whole number from 2 to {n_actors}, the actors here")
    return int(n_camps)


def _means(values: Floats, labels: Labels) -> Floats:
    """Return the mean value of the pairs between any two camps, shape (n_camps, n_camps)."""
    members = np.eye(int(labels.max()) + 1)[labels]
    pairs = ~np.eye(len(labels), dtype=np.bool_)
    sums = members.T @ np.where(pairs, values, 0.0) @ members
    counts = members.T @ pairs.astype(np.float64) @ members
    means: Floats = np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0)
    return means


def _camp(
    k: int, actors: tuple[str, ...], labels: Labels, distances: Floats, scores: Floats, matrix: Matrix
) -> Camp:
    inside = np.flatnonzero(labels == k)
    own = np.round(distances[np.ix_(inside, inside)].sum(axis=1), DIGITS - 1)
    values = matrix.select(actors).values
    between = values[np.ix_(inside, np.flatnonzero(labels != k))]
    pairs = values[np.ix_(inside, inside)][np.triu_indices(len(inside), 1)]
    return Camp(
        number=k + 1,
        members=tuple(actors[i] for i in inside),
        central=actors[inside[int(own.argmin())]],
        within=float(pairs.mean()) if pairs.size else float("nan"),
        between=float(between.mean()) if between.size else float("nan"),
        silhouette=float(scores[inside].mean()),
        jaccard=float("nan"),
    )
