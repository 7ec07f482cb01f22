"""A bloc through time: how its cohesion changed from one period to the next, and on which questions."""

import itertools
from collections.abc import Iterable, Iterator

import numpy as np
from attrs import frozen

from stances.blocs.within_report import CohesionQuestion, CohesionRow
from stances.captions import THIN
from stances.models import Question
from stances.printable import rounded
from stances.tables import Grid
from stances.trends.changes import difference_ends

INDEX = "pairwise"
SHOWN = 10


@frozen
class CohesionPart:
    """One question's part in a change of cohesion.

    Attributes
    ----------
    period : str
        When it was put.
    question : Question
    value : float
        Mean agreement of two members on it, in [0, 1].
    contribution : float
        Its share of the weight times its distance from the middle of the two means, with the sign
        turned in the earlier period. The parts add up to the change.
    """

    period: str
    question: Question
    value: float
    contribution: float


@frozen
class CohesionChange:
    """The change of the mean pairwise agreement from one year or session to the next.

    Attributes
    ----------
    before, after : CohesionRow
    """

    before: CohesionRow
    after: CohesionRow

    @property
    def value(self) -> float:
        """The later mean minus the earlier one."""
        return self.after[INDEX] - self.before[INDEX]

    @property
    def ends(self) -> tuple[float, float]:
        """Lower and upper end of its interval (MOVER); NaN where the means have none."""
        lower, upper = difference_ends(self.before.means[INDEX], self.after.means[INDEX])
        return max(lower, -1.0), min(upper, 1.0)

    @property
    def parts(self) -> tuple[CohesionPart, ...]:
        """The questions of both periods, those that drove the change most first."""
        middle = (self.before[INDEX] + self.after[INDEX]) / 2.0
        found = [*_parts(self.before, middle, -1.0), *_parts(self.after, middle, 1.0)]
        towards = -1.0 if self.value < 0 else 1.0
        return tuple(sorted(found, key=lambda p: (-round(towards * p.contribution, 12), p.question.id)))

    def grid(self) -> Grid:
        """Return the change as a sentence, and the questions that made most of it."""
        made = self.parts
        lower, upper = (f"{end:+.2f}" for end in self.ends)
        ends = f" [{lower}, {upper}]" if not np.isnan(self.ends[0]) else ""
        steps = f"{self.before.name} to {self.after.name}"
        title = f"The largest change of pairwise agreement: {steps}, {self.value:+.2f}{ends}"
        rows = tuple(
            (part.period, part.question.id, rounded(part.value), f"{part.contribution:+.3f}")
            for part in made[:SHOWN]
        )
        rest = sum(part.contribution for part in made[SHOWN:])
        notes = [f"The other {len(made) - SHOWN} questions contribute {rest:+.3f}."] if made[SHOWN:] else []
        notes.append("Contributions are distances from the middle of both means, and add up to the change.")
        return Grid(title, ("period", "question", "pairwise", "contribution"), rows, tuple(notes))


def _parts(row: CohesionRow, middle: float, sign: float) -> Iterator[CohesionPart]:
    counted = [q for q in row.questions if not np.isnan(q.values[INDEX]) and q.question.weight > 0]
    largest = max((q.question.weight for q in counted), default=1.0)
    total = sum(q.question.weight / largest for q in counted)
    for q in counted:
        share = q.question.weight / largest / total
        value = q.values[INDEX]
        yield CohesionPart(row.name, q.question, value, sign * share * (value - middle))


def changes(rows: Iterable[CohesionRow]) -> tuple[CohesionChange, ...]:
    """Return the changes between adjacent years or sessions that rest on five questions at least.

    Periods come by the date of their first question; what has no date, and sessions whose names are
    no numbers, which run beside the others, take no part.
    """
    steps = [row for row in rows if row.name.isdecimal() and _begins(row.questions) is not None]
    steps.sort(key=lambda row: (_begins(row.questions) or (), row.name))
    return tuple(
        CohesionChange(one, two)
        for one, two in itertools.pairwise(steps)
        if min(one.means[INDEX].n, two.means[INDEX].n) >= THIN
    )


def _begins(questions: Iterable[CohesionQuestion]) -> tuple[int, ...] | None:
    days = [q.question.date.first for q in questions if q.question.date is not None]
    return min(days).timetuple()[:3] if days else None


def largest_change(rows: Iterable[CohesionRow]) -> CohesionChange | None:
    """Return the largest of the changes, the first of equals; None where there is none."""
    return max(changes(rows), key=lambda change: abs(round(change.value, 12)), default=None)
