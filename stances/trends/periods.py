"""Periods in the order of time: years, sessions by their first date, days."""

import re
from collections.abc import Iterable
from datetime import date as Day

import numpy as np
from attrs import frozen

from stances.errors import ChoiceError
from stances.matrix import Cell, Matrix
from stances.positions import Positions
from stances.slices import slices_of

BY = ("year", "session")


@frozen(eq=False)
class Period:
    """Two actors in one period.

    Attributes
    ----------
    name : str
        The year, session or day.
    matrix : Matrix
        Of the two actors, on the questions of the period.
    aside : bool
        Whether it is no step in time: a session that runs beside others, or one without a date.
    """

    name: str
    matrix: Matrix
    aside: bool = False

    @property
    def cell(self) -> Cell:
        """The value with its support, its interval, and why there is none."""
        return self.matrix.cell(*self.matrix.actors)


@frozen(eq=False)
class Stretch:
    """The questions of one period, and the days from the first to the last of them."""

    name: str
    positions: Positions
    first: Day | None
    last: Day | None

    def overlaps(self, other: "Stretch") -> bool:
        """Tell whether one begins before the other has ended, the other way round too."""
        if None in (self.first, self.last, other.first, other.last):
            return False
        return self.first < other.last and other.first < self.last  # type: ignore[operator]  # none is None


def stretches_of(positions: Positions, by: str) -> tuple[list[Stretch], list[Stretch]]:
    """Return the periods that follow each other, and those that are no step in time.

    Years without a question between the first and the last stand there empty. Of sessions that run
    at the same time one after the other is set aside, until none is left that overlaps another:
    first those whose name is no number, as of an emergency session, then the one that overlaps most
    others, then the one with the fewest questions. So is a session without a date, where others
    have one.

    Parameters
    ----------
    positions : Positions
    by : {"year", "session"}

    Raises
    ------
    ChoiceError
        If `by` is neither.
    """
    if by not in BY:
        raise ChoiceError("by", by, BY)
    found = sorted((_stretch(name, part) for name, part in slices_of(positions, by)), key=_in_time)
    if by == "year":
        return _with_gaps(found, positions), []
    undated = [stretch for stretch in found if stretch.first is None]
    if len(undated) == len(found):
        return found, []
    steps, beside = _parted([stretch for stretch in found if stretch.first is not None])
    return steps, sorted(beside, key=_in_time) + undated


def _stretch(name: str, part: Positions) -> Stretch:
    days = [question.date.first for question in part.questions if question.date is not None]
    return Stretch(name, part, min(days, default=None), max(days, default=None))


def _in_time(stretch: Stretch) -> tuple[Day, list[tuple[bool, int, str]], str]:
    """Return what orders periods: the first date, and where that is none, numbers in a name by size."""
    parts: Iterable[str] = re.findall(r"\d+|\D+", stretch.name)
    natural = [(False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts]
    return stretch.first or Day.max, natural, stretch.name


def _with_gaps(found: list[Stretch], positions: Positions) -> list[Stretch]:
    if not found:
        return []
    by_year = {int(stretch.name): stretch for stretch in found}
    empty = positions.take(np.empty(0, dtype=np.intp))
    years = range(min(by_year), max(by_year) + 1)
    return [by_year.get(year) or Stretch(str(year), empty, None, None) for year in years]


def _parted(found: list[Stretch]) -> tuple[list[Stretch], list[Stretch]]:
    """Return the periods of which none overlaps another, and those that had to go."""
    kept: list[Stretch] = list(found)
    gone: list[Stretch] = []
    while True:
        n_overlaps = [sum(one.overlaps(other) for other in kept if other is not one) for one in kept]
        odd = [k for k, n in enumerate(n_overlaps) if n]
        if not odd:
            return kept, gone
        rank = {k: (not kept[k].name.isdecimal(), n_overlaps[k], -kept[k].positions.n_questions) for k in odd}
        gone.append(kept.pop(max(odd, key=lambda k: (rank[k], k))))
