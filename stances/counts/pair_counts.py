"""Pair counts: for every two actors, sums over the questions that a measure is a function of.

The sums of one scale make a stratum. All are additive over questions, so that blocks of questions,
files and machines merge by `+`. No record, not eligible and conflict are never counted.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from stances.counts.answers import Answers, Groups, Side, pieces_of
from stances.counts.counting import sums_of
from stances.counts.expansions import expansion
from stances.counts.plan import EVERYTHING, Plan
from stances.errors import MixedScalesError, NotCountedError
from stances.measures import Measure, PairSums, PairTable
from stances.pickling import pickled
from stances.positions import Codes, Positions
from stances.scales import Scale

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
WHOLE = slice(None)


@frozen(eq=False)
class Stratum:
    """The sums of all pairs on the questions of one scale.

    Attributes
    ----------
    scale : Scale
        Of these questions.
    n_shared : ndarray of int, shape (n_rows, n_columns)
        Questions on which both took a level, each counted once whatever its weight.
    sums : mapping of str to ndarray
        What the plan named. Of tables, ``cells`` of shape (n_rows, n_columns, n_states, n_states),
        the weight of the questions on which the row's actor took level k and the column's level l,
        a last index standing for silent or absent where these count; ``squares``, the same of squared
        weights, for intervals; ``n_lone``, the number of questions on which one took a level and the
        other was silent or absent. Without tables, ``weight`` and ``disagreement`` of shape (n_rows,
        n_columns), and the margins ``rows`` and ``columns`` of shape (n_rows, n_columns, n_levels).
    divisor : float
        What ``disagreement`` is to be divided by: of questions without weights it is a whole number,
        and so adds up exactly.
    """

    scale: Scale
    n_shared: Integers
    sums: Mapping[str, NDArray[Any]]
    divisor: float = 1.0

    __reduce__ = pickled

    @classmethod
    def of(cls, scale: Scale, sums: dict[str, NDArray[Any]], plan: Plan) -> "Stratum":
        """Return what `sums_of` found."""
        n_shared = _frozen(sums.pop("n_shared").astype(np.int64))
        for array in sums.values():
            _frozen(array)
        kernel = expansion(plan.measure, scale) if plan.measure and "disagreement" in sums else None
        return cls(scale, n_shared, sums, kernel.divisor if kernel else 1.0)

    def __add__(self, other: "Stratum") -> "Stratum":
        sums = {name: array + other.sums[name] for name, array in self.sums.items()}
        if "squares" in sums and self.squares is self.cells and other.squares is other.cells:
            sums["squares"] = sums["cells"]
        return evolve(self, n_shared=self.n_shared + other.n_shared, sums=sums)

    def __getitem__(self, name: str) -> NDArray[Any]:
        if name not in self.sums:
            raise NotCountedError(name, tuple(self.sums))
        return self.sums[name]

    @property
    def cells(self) -> Floats:
        """Weight by both levels, shape (n_rows, n_columns, n_states, n_states)."""
        return self["cells"]

    @property
    def squares(self) -> Floats:
        """Squared weight by both levels, of the shape of `cells`."""
        return self["squares"]

    @property
    def n_lone(self) -> Integers:
        """Questions on which one took a level and the other was silent or absent."""
        return self["n_lone"]

    @property
    def table(self) -> Floats:
        """The part in which both took a level, shape (n_rows, n_columns, n_levels, n_levels)."""
        return self.cells[..., : self.scale.n_levels, : self.scale.n_levels]

    @property
    def _beside_silence(self) -> Floats:
        """The cells, if silences were counted."""
        _ = self.n_lone  # which are counted together
        return self.cells

    @property
    def lone_rows(self) -> Floats:
        """Weight on which only the row's actor took a level, shape (n_rows, n_columns, n_levels)."""
        return self._beside_silence[..., :-1, -1]

    @property
    def lone_columns(self) -> Floats:
        """Weight on which only the column's actor took a level, shape (n_rows, n_columns, n_levels)."""
        return self._beside_silence[..., -1, :-1]

    @property
    def seen(self) -> PairTable | PairSums:
        """What a measure sees of it."""
        if "cells" in self.sums:
            return PairTable(self.scale, self.table, self.n_shared)
        margins: list[Any] = [self.sums.get("rows"), self.sums.get("columns")]
        disagreement = self["disagreement"] / self.divisor
        return PairSums(self.scale, self.n_shared, self["weight"], disagreement, *margins)

    def part(self, rows: slice) -> "Stratum":
        """Return the sums of some of the rows."""
        sums = {name: array[rows] for name, array in self.sums.items()}
        if "squares" in sums and self.squares is self.cells:
            sums["squares"] = sums["cells"]
        return evolve(self, n_shared=self.n_shared[rows], sums=sums)


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    array.setflags(write=False)
    return array


@frozen(eq=False)
class PairCounts:
    """Additive counts of every pair of actors.

    Attributes
    ----------
    rows, columns : tuple of str
        Ids of the actors.
    strata : tuple of Stratum
        One per scale.
    plan : Plan
        What was summed.

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
    plan: Plan = EVERYTHING

    __reduce__ = pickled

    @property
    def measure(self) -> Measure | None:
        """The one measure that they serve; None if they serve any."""
        return self.plan.purpose[0]

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of rows and of columns; of pairs and of resamples where counts were drawn again."""
        return self.strata[0].n_shared.shape if self.strata else (len(self.rows), len(self.columns))

    @property
    def n_shared(self) -> Integers:
        """Questions on which both took a level, shape (n_rows, n_columns)."""
        return self._sum([stratum.n_shared for stratum in self.strata])

    @property
    def n_lone(self) -> Integers:
        """Questions on which one took a level and the other was silent or absent."""
        return self._sum([stratum.n_lone for stratum in self.strata])

    def _sum(self, arrays: list[Integers]) -> Integers:
        return arrays[0] if len(arrays) == 1 else sum(arrays, np.zeros(self.shape, dtype=np.int64))

    @classmethod
    def of(
        cls,
        positions: Positions,
        *,
        weights: Floats | None = None,
        groups: Groups | None = None,
        salience: bool = False,
        plan: Plan = EVERYTHING,
    ) -> "PairCounts":
        """Count the pairs of all actors.

        Parameters
        ----------
        positions : Positions
            Questions of weight 0 and scales of a single level are left out.
        weights : ndarray of float, shape (n_questions,), optional
            In place of the questions' own.
        groups : sequence of (Scale, indices), optional
            Which questions to count, by their scale; one that is named twice counts twice, as in
            a bootstrap. What `by_scale` returns by default.
        salience : bool
            Multiply the weight of a question by the mean of the two actors' saliences; a question
            whose salience is not known for one of them is left out.
        plan : Plan, optional
            What to sum; whole tables by default.
        """
        return cls.among(Answers.of(positions, weights=weights, groups=groups, salience=salience), plan=plan)

    @classmethod
    def among(
        cls,
        answers: Answers,
        rows: slice = WHOLE,
        columns: slice = WHOLE,
        plan: Plan = EVERYTHING,
        tick: Callable[[], None] | None = None,
    ) -> "PairCounts":
        """Count the pairs of a tile.

        Parameters
        ----------
        answers : Answers
        rows, columns : slice
            The actors on either side.
        plan : Plan
            What to sum.
        tick : callable, optional
            Called after each piece of questions.
        """
        one = answers.side(rows)
        other = one if rows == columns else answers.side(columns)
        strata = []
        for scale, pieces in answers.groups:
            sums = sums_of(scale, pieces, one, other, plan, tick)
            strata.append(Stratum.of(scale, sums, plan))
        return cls(answers.actors[rows], answers.actors[columns], tuple(strata), plan)

    @classmethod
    def across(
        cls, groups: Groups, one: Codes, other: Codes, weights: Floats, plan: Plan = EVERYTHING
    ) -> "PairCounts":
        """Count the pairs of two tables of codes, whose actors go by number.

        Parameters
        ----------
        groups : sequence of (Scale, indices)
            See `of`.
        one, other : ndarray of int8, shapes (n_rows, n_questions) and (n_columns, n_questions)
        weights : ndarray of float, shape (n_questions,) or (n_rows, n_questions)
            Above 0, for all rows or for each, but where there is no level.
        plan : Plan
            What to sum.
        """
        rows, columns = (tuple(map(str, range(len(codes)))) for codes in (one, other))
        sides = Side(one, None), Side(other, None)
        strata = []
        for scale, chosen in groups:
            sums = sums_of(scale, tuple(pieces_of(chosen, weights)), *sides, plan)
            strata.append(Stratum.of(scale, sums, plan))
        return cls(rows, columns, tuple(strata), plan)

    def __add__(self, other: "PairCounts") -> "PairCounts":
        if (self.rows, self.columns) != (other.rows, other.columns):
            raise MixedScalesError(
                "counts of different actors cannot be added; select the same actors, in one order"
            )
        if self.plan.purpose != other.plan.purpose:
            raise MixedScalesError("counts by different plans cannot be added; count both by the same one")
        merged = {stratum.scale: stratum for stratum in self.strata}
        for stratum in other.strata:
            mine = merged.get(stratum.scale)
            merged[stratum.scale] = mine + stratum if mine else stratum
        return evolve(self, strata=tuple(merged.values()))

    def part(self, rows: slice) -> "PairCounts":
        """Return the counts of some of the rows."""
        return evolve(self, rows=self.rows[rows], strata=tuple(s.part(rows) for s in self.strata))
