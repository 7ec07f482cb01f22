"""Answers: the codes of some actors laid out for counting, questions by their scale and weight."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances.counts.planes import with_gap
from stances.errors import FieldError
from stances.positions import NO_RECORD, Codes, Positions
from stances.scales import Scale

PIECE = 65_536  # questions counted in one go
FEW_WEIGHTS = 8
Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Groups = Sequence[tuple[Scale, Indices]]
Piece = tuple[slice | Indices, float | Floats]


@frozen(eq=False)
class Side:
    """The actors on one side of a tile: their codes, and their saliences if these count."""

    codes: Codes
    saliences: Floats | None

    def take(self, chosen: slice | Indices, gap: int | None) -> "Side":
        """Return some questions; silent and absent count as level `gap`, if there is one."""
        codes = _columns(self.codes, chosen)
        saliences = None if self.saliences is None else _columns(self.saliences, chosen)
        return Side(codes if gap is None else with_gap(codes, gap), saliences)


@frozen(eq=False)
class Answers:
    """Codes ready to be counted.

    Attributes
    ----------
    actors : tuple of str
    codes : ndarray of int8, shape (n_actors, n_questions)
    saliences : ndarray of float, shape (n_actors, n_questions), or None
        None where they do not count. Where one is not known there is no record.
    groups : tuple of (Scale, tuple of Piece)
        Questions by their scale. A piece is some questions and their weight: one number, or one each.
    """

    actors: tuple[str, ...]
    codes: Codes
    saliences: Floats | None
    groups: tuple[tuple[Scale, tuple[Piece, ...]], ...]

    @classmethod
    def of(
        cls,
        positions: Positions,
        *,
        order: Indices | None = None,
        weights: Floats | None = None,
        groups: Groups | None = None,
        salience: bool = False,
    ) -> "Answers":
        """Return the answers of positions, the actors in another order if one is given."""
        weights = positions.weights if weights is None else weights
        groups = by_scale(positions, weights) if groups is None else groups
        actors, codes, saliences = positions.actors, positions.codes, positions.saliences
        if order is not None:
            actors, codes = tuple(actors[i] for i in order), codes[order]
            saliences = None if saliences is None else saliences[order]
        if salience:
            saliences = np.full(codes.shape, np.nan) if saliences is None else saliences
            known = ~np.isnan(saliences)
            codes, saliences = np.where(known, codes, np.int8(NO_RECORD)), np.where(known, saliences, 0.0)
        pieces = ((scale, tuple(pieces_of(chosen, weights, salience))) for scale, chosen in groups)
        return cls(actors, codes, saliences if salience else None, tuple(pieces))

    @property
    def n_pieces(self) -> int:
        """Number of pieces that questions are counted in."""
        return sum(len(pieces) for _, pieces in self.groups)

    @property
    def is_plain(self) -> bool:
        """Whether questions are summed weight by weight, so that what is summed are whole numbers."""
        return all(isinstance(weight, float) for _, pieces in self.groups for _, weight in pieces)

    def side(self, part: slice) -> Side:
        """Return the actors of a tile."""
        return Side(self.codes[part], None if self.saliences is None else self.saliences[part])


def _columns(array: NDArray[Any], chosen: slice | Indices) -> NDArray[Any]:
    """Return some columns; those of indices as a copy, row by row in memory."""
    return array[:, chosen] if isinstance(chosen, slice) else array.take(chosen, axis=1)


def relative(weights: Floats, axis: int | None = None) -> Floats:
    """Return weights with a largest of 1, as a whole or along an axis: no sum overflows.

    Raises
    ------
    FieldError
        If a weight loses digits beside a larger one, as it is less than about 1e-308 of it.

    Examples
    --------
    >>> relative(np.array([2.0, 1e300, np.nan])).tolist()
    [2e-300, 1.0, nan]
    """
    largest = np.nanmax(weights, axis=axis, initial=0.0, keepdims=True)
    with np.errstate(under="ignore"):
        result: Floats = weights / np.where(largest > 0, largest, 1.0)
    lost = (weights > 0) & (result < np.finfo(np.float64).tiny)
    if lost.any():
        reason = "is lost beside a weight 1e308 times as large"
        raise FieldError("weight", float(weights[lost].min()), reason, "0 leaves a question out")
    return result


def by_scale(positions: Positions, weights: Floats) -> Groups:
    """Return the questions that count, by their scale: indices of those with a weight and two levels."""
    counted = ((scale, chosen[weights[chosen] > 0]) for scale, chosen in positions.by_scale)
    return tuple((scale, chosen) for scale, chosen in counted if scale.n_levels > 1 and chosen.size)


def pieces_of(chosen: Indices, weights: Floats, salience: bool = False) -> Iterator[Piece]:
    """Yield questions of few different weights by their weight, and others with a weight each.

    Parameters
    ----------
    chosen : ndarray of int
        Questions of one scale.
    weights : ndarray of float, shape (n_questions,) or (n_actors, n_questions)
        Of all questions; or for each actor of the one side.
    salience : bool
        Whether the actors' saliences will be multiplied in.
    """
    of_these = weights[..., chosen]
    if not of_these.size:  # no question, or no actor on the one side
        yield slice(0, 0), 1.0
        return
    if of_these.ndim > 1 and (of_these == of_these[0]).all():
        of_these = of_these[0]
    distinct = np.unique(of_these) if np.ptp(of_these) else of_these[:1]
    if salience or of_these.ndim > 1 or len(distinct) > FEW_WEIGHTS:
        for start in range(0, len(chosen), PIECE):
            part = slice(start, start + PIECE)
            yield _run(chosen[part]), of_these[..., part]
        return
    for weight in distinct.tolist():
        alike = chosen[of_these == weight]
        for start in range(0, len(alike), PIECE):
            yield _run(alike[start : start + PIECE]), weight


def _run(indices: Indices) -> slice | Indices:
    """Return indices that follow upon each other as a slice, which copies nothing."""
    first = int(indices[0])
    run = slice(first, first + len(indices))
    return run if np.array_equal(indices, np.arange(run.start, run.stop)) else indices
