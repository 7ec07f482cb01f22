"""Pair counts: for every two actors, on how many questions one took level k and the other level l.

One table per scale; additive over questions, so that blocks of questions, files and machines
merge by `+`. A last row and column of each table stand for "silent or absent" where these are
counted; no record, not eligible and conflict are never counted.
"""

from collections.abc import Sequence

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from stances.errors import MixedScalesError
from stances.positions import ABSENT, NO_RECORD, SILENT, Codes, Positions
from stances.scales import Scale

QUESTION_BLOCK = 2048  # float32 sums of 0 and 1 are exact far beyond this
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Groups = Sequence[tuple[Scale, NDArray[np.intp]]]


@frozen(eq=False)
class Stratum:
    """The counts of all pairs on the questions of one scale.

    Attributes
    ----------
    scale : Scale
        Of these questions.
    cells : ndarray, shape (n_rows, n_columns, n_levels + 1, n_levels + 1)
        Weight of the questions on which the row's actor took level k and the column's actor
        level l; the last index stands for silent or absent.
    squares : ndarray, of the shape of `cells`
        The same sums of squared weights, for intervals.
    n_shared, n_lone : ndarray of int, shape (n_rows, n_columns)
        Questions on which both took a level, and on which one did and the other was silent or
        absent; each counted once whatever its weight.
    """

    scale: Scale
    cells: Floats
    squares: Floats
    n_shared: Integers
    n_lone: Integers

    def __add__(self, other: "Stratum") -> "Stratum":
        names = ("cells", "squares", "n_shared", "n_lone")
        return evolve(self, **{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def table(self) -> Floats:
        """The part in which both took a level, shape (n_rows, n_columns, n_levels, n_levels)."""
        return self.cells[..., :-1, :-1]

    @property
    def lone_rows(self) -> Floats:
        """Weight on which only the row's actor took a level, shape (n_rows, n_columns, n_levels)."""
        return self.cells[..., :-1, -1]

    @property
    def lone_columns(self) -> Floats:
        """Weight on which only the column's actor took a level, shape (n_rows, n_columns, n_levels)."""
        return self.cells[..., -1, :-1]


@frozen(eq=False)
class PairCounts:
    """Additive counts of every pair of actors.

    Attributes
    ----------
    rows, columns : tuple of str
        Ids of the actors.
    strata : tuple of Stratum
        One per scale.

    Examples
    --------
    >>> from stances import VOTE, Positions
    >>> votes = Positions.from_codes([[2, 0, 1], [2, 2, -1]], scale=VOTE)
    >>> PairCounts.of(votes).n_shared
    array([[3, 2],
           [2, 2]])
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    strata: tuple[Stratum, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return len(self.rows), len(self.columns)

    @property
    def n_shared(self) -> Integers:
        """Questions on which both took a level, shape (n_rows, n_columns)."""
        return sum((stratum.n_shared for stratum in self.strata), np.zeros(self.shape, dtype=np.int64))

    @property
    def n_lone(self) -> Integers:
        """Questions on which one took a level and the other was silent or absent."""
        return sum((stratum.n_lone for stratum in self.strata), np.zeros(self.shape, dtype=np.int64))

    @classmethod
    def of(
        cls,
        positions: Positions,
        *,
        weights: Floats | None = None,
        rows: slice = slice(None),
        columns: slice = slice(None),
        groups: Groups | None = None,
        salience: bool = False,
    ) -> "PairCounts":
        """Count the pairs of some actors.

        Parameters
        ----------
        positions : Positions
            Questions of weight 0 and scales of a single level are left out.
        weights : ndarray of float, shape (n_questions,), optional
            In place of the questions' own.
        rows, columns : slice, optional
            A tile of the matrix; the whole by default.
        groups : sequence of (Scale, indices), optional
            Which questions to count, by their scale; one that is named twice counts twice, as in
            a bootstrap. What `by_scale` returns by default.
        salience : bool
            Multiply the weight of a question by the mean of the two actors' saliences; a question
            whose salience is not known for one of them is left out.
        """
        weights = positions.weights if weights is None else weights
        groups = by_scale(positions, weights) if groups is None else groups
        one = _Side.of(positions, rows, salience)
        other = one if rows == columns else _Side.of(positions, columns, salience)
        strata = []
        for scale, chosen in groups:
            first = one.take(chosen)
            second = first if other is one else other.take(chosen)
            strata.append(_stratum(scale, first, second, weights[chosen]))
        return cls(positions.actors[rows], positions.actors[columns], tuple(strata))

    def __add__(self, other: "PairCounts") -> "PairCounts":
        if (self.rows, self.columns) != (other.rows, other.columns):
            raise MixedScalesError(
                "counts of different actors cannot be added; select the same actors, in one order"
            )
        merged = {stratum.scale: stratum for stratum in self.strata}
        for stratum in other.strata:
            mine = merged.get(stratum.scale)
            merged[stratum.scale] = mine + stratum if mine else stratum
        return evolve(self, strata=tuple(merged.values()))


def by_scale(positions: Positions, weights: Floats) -> Groups:
    """Return the questions that count, by their scale: indices of those with a weight and two levels."""
    scales: dict[Scale, list[int]] = {}
    for j, question in enumerate(positions.questions):
        if weights[j] > 0 and question.scale.n_levels > 1:
            scales.setdefault(question.scale, []).append(j)
    order = sorted(scales, key=lambda scale: (scale.id, scale.levels, scale.values or ()))
    return tuple((scale, np.array(scales[scale], dtype=np.intp)) for scale in order)


def across(
    groups: Groups, one: Codes, other: Codes, weights: Floats, factors: Floats | None = None
) -> tuple[Stratum, ...]:
    """Count the pairs of two groups of actors, each row with weights of its own if there are any.

    Parameters
    ----------
    groups : sequence of (Scale, indices)
        See `PairCounts.of`.
    one, other : ndarray of int8, shapes (n_rows, n_questions) and (n_columns, n_questions)
        Codes of both.
    weights : ndarray of float, shape (n_questions,)
        Above 0.
    factors : ndarray of float, shape (n_rows, n_questions), optional
        By which the weights are multiplied; above 0 where there is a level.
    """
    strata = []
    for scale, chosen in groups:
        sides = one[:, chosen], other[:, chosen], [*range(scale.n_levels), None]
        own = None if factors is None else factors[:, chosen]
        plain = cells = squares = _product(*sides, np.ones(len(chosen)))
        if own is not None or not (weights[chosen] == 1).all():
            cells = _product(*sides, weights[chosen], own)
            squares = _product(*sides, weights[chosen] ** 2, None if own is None else own**2)
        heads = _heads(plain)
        strata.append(Stratum(scale, cells, squares, heads[..., 0, 0], heads[..., 0, 1] + heads[..., 1, 0]))
    return tuple(strata)


@frozen(eq=False)
class _Side:
    """The actors on one side of a tile: their codes, and their saliences if these count."""

    codes: Codes
    saliences: Floats | None

    @classmethod
    def of(cls, positions: Positions, part: slice, salience: bool) -> "_Side":
        codes = positions.codes[part]
        if not salience:
            return cls(codes, None)
        if positions.saliences is None:
            return cls(np.full_like(codes, NO_RECORD), np.zeros(codes.shape))
        saliences = positions.saliences[part]
        known = ~np.isnan(saliences)
        return cls(np.where(known, codes, NO_RECORD).astype(np.int8), np.where(known, saliences, 0.0))

    def take(self, chosen: NDArray[np.intp]) -> "_Side":
        saliences = None if self.saliences is None else self.saliences[:, chosen]
        return _Side(self.codes[:, chosen], saliences)

    def power(self, exponent: int) -> Floats | None:
        """Return the saliences to a power; None stands for ones."""
        return None if exponent == 0 or self.saliences is None else self.saliences**exponent


def _stratum(scale: Scale, one: _Side, other: _Side, weights: Floats) -> Stratum:
    states = [*range(scale.n_levels), None]

    def product(weights: Floats, first: int = 0, second: int = 0) -> Floats:
        left, right = one.power(first), other.power(second)
        return _product(one.codes, other.codes, states, weights, left, right)

    plain = product(np.ones_like(weights))
    cells = squares = plain
    if one.saliences is not None:
        cells = (product(weights, 1, 0) + product(weights, 0, 1)) / 2.0
        squared = product(weights**2, 2, 0) + 2.0 * product(weights**2, 1, 1) + product(weights**2, 0, 2)
        squares = squared / 4.0
    elif not (weights == 1).all():
        cells, squares = product(weights), product(weights**2)
    heads = _heads(plain)
    return Stratum(scale, cells, squares, heads[..., 0, 0], heads[..., 0, 1] + heads[..., 1, 0])


def _heads(cells: Floats) -> Integers:
    """Fold the levels together: index 0 is "a level", index 1 "silent or absent"."""
    folded = np.stack([cells[..., :-1, :].sum(axis=-2), cells[..., -1, :]], axis=-2)
    heads: Floats = np.stack([folded[..., :-1].sum(axis=-1), folded[..., -1]], axis=-1)
    return heads.astype(np.int64)


def _planes(
    codes: Codes, states: Sequence[int | None], dtype: type[np.floating], factors: Floats | None
) -> NDArray[np.floating]:
    """Return one plane per state, 0/1 or times factors, shape (n_states * n_actors, n_questions)."""
    gap = (codes == SILENT) | (codes == ABSENT)
    planes = [gap if state is None else codes == state for state in states]
    stacked = np.concatenate(planes).astype(dtype)
    return stacked if factors is None else stacked * np.tile(factors, (len(states), 1))


def _product(
    one: Codes,
    other: Codes,
    states: Sequence[int | None],
    weights: Floats,
    left: Floats | None = None,
    right: Floats | None = None,
) -> Floats:
    """Return sums over questions of products of planes, shape (n_one, n_other, n_states, n_states).

    Plain counts are formed in float32 per block, where they are exact; weights and factors in float64.
    """
    plain = bool((weights == 1).all()) and left is None and right is None
    dtype = np.float32 if plain else np.float64
    total = np.zeros((len(states) * len(one), len(states) * len(other)))
    for start in range(0, one.shape[1], QUESTION_BLOCK):
        block = slice(start, start + QUESTION_BLOCK)
        first = _planes(one[:, block], states, dtype, None if left is None else left[:, block])
        same = one is other and left is right
        second = (
            first
            if same
            else _planes(other[:, block], states, dtype, None if right is None else right[:, block])
        )
        total += (first if plain else first * weights[block]) @ second.T
    shaped = total.reshape(len(states), len(one), len(states), len(other))
    return shaped.transpose(1, 3, 0, 2)
