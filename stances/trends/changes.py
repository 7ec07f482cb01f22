"""A change between two periods: how large, how sure, and which questions made it."""

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from stances.captions import THIN
from stances.comparison import Item
from stances.explain import compare
from stances.matrix import Cell
from stances.mean_intervals import Mean
from stances.models import Question
from stances.trends.periods import Period


@frozen(eq=False)
class Part:
    """One question's part in a change.

    Attributes
    ----------
    period : str
        When it was put.
    question : Question
    first, second : str
        What the two did: a level, or the word for a silence.
    contribution : float
        Its part of the change; see `Change.parts`.
    """

    period: str
    question: Question
    first: str
    second: str
    contribution: float


@frozen(eq=False)
class Change:
    """The change from one period to the next.

    Attributes
    ----------
    before, after : Period
    """

    before: Period
    after: Period

    @property
    def value(self) -> float:
        """The later value minus the earlier one."""
        return self.after.cell.value - self.before.cell.value

    @property
    def rests_on_enough(self) -> bool:
        """Whether both periods rest on at least five shared questions."""
        return min(self.before.cell.n_shared, self.after.cell.n_shared) >= THIN

    @property
    def ends(self) -> tuple[float, float]:
        """Lower and upper end of its interval; NaN where the periods have none, or share questions."""
        one, two = self.before.cell, self.after.cell
        ids = [{q.id for q in period.matrix.positions.questions} for period in (self.before, self.after)]
        if self.before.matrix.interval is None or ids[0] & ids[1]:
            return float("nan"), float("nan")
        low, high = self.before.matrix.measure.range
        lower, upper = difference_ends(one, two)
        return max(lower, low - high), min(upper, high - low)

    @property
    def lower(self) -> float:
        """Lower end of its interval; NaN where it has none."""
        return self.ends[0]

    @property
    def upper(self) -> float:
        """Upper end of its interval; NaN where it has none."""
        return self.ends[1]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The questions of both periods, those that drove the change most first.

        Where the measure is a mean over questions, a question contributes its share of the weight
        times its distance from the middle of the two values, with the sign turned in the earlier
        period. The contributions add up to the change. For other measures they are influences, the
        value minus the value without the question, with the same signs, and do not add up.
        """
        found = [*self._of(self.before, -1.0), *self._of(self.after, 1.0)]
        towards = -1.0 if self.value < 0 else 1.0
        return tuple(sorted(found, key=lambda p: (-round(towards * p.contribution, 12), p.question.id)))

    def _of(self, period: Period, sign: float) -> Iterator[Part]:
        middle = (self.before.cell.value + self.after.cell.value) / 2.0
        matrix, pair = period.matrix, period.matrix.positions
        salience = None if pair.saliences is None else "mean"
        first, second = matrix.actors
        behind = compare(pair, first, second, matrix.measure, matrix.silence, salience=salience)
        counted = [i for i in (*behind.shared, *behind.unanswered) if not np.isnan(i.difference)]
        shares = _shares(period, counted)
        for item, share in zip(counted, shares, strict=True):
            value = item.contribution - middle * share if matrix.measure.is_linear else item.contribution
            yield Part(period.name, item.question, item.first.position, item.second.position, sign * value)


def difference_ends(one: Cell | Mean, two: Cell | Mean) -> tuple[float, float]:
    """Return the ends of an interval of a difference, two minus one, from the intervals of its sides.

    The lower end lies below the difference by the root of the summed squares of how far the lower end
    of `two` lies below it and the upper end of `one` above it; the upper end likewise. The two are
    taken as independent.

    References
    ----------
    Newcombe, R. G. (1998), Statistics in Medicine 17, 873-890, method 10; Zou, G. Y. and Donner, A.
    (2008), Statistics in Medicine 27, 1693-1702, who name it MOVER.
    """
    down = np.hypot(two.value - two.lower, one.upper - one.value)
    up = np.hypot(two.upper - two.value, one.value - one.lower)
    change = two.value - one.value
    return float(change - down), float(change + up)


def _shares(period: Period, items: list[Item]) -> list[float]:
    """Return the share of each question in the weight of all that count."""
    pair = period.matrix.positions
    weights = pair.weights * (1.0 if pair.saliences is None else pair.saliences.mean(axis=0))
    by_id = {question.id: weight for question, weight in zip(pair.questions, weights, strict=True)}
    largest = max((by_id[item.question.id] for item in items), default=1.0) or 1.0
    chosen = [float(by_id[item.question.id] / largest) for item in items]
    total = sum(chosen) or 1.0
    return [weight / total for weight in chosen]
