"""One comparison: ours against theirs, timed in turn, with the results compared cell by cell."""

from collections.abc import Callable, Iterator
from importlib import import_module
from math import isnan
from typing import Any

from attrs import field, frozen

from benchmarks import engines
from benchmarks.timing import alternate
from benchmarks.workloads import Size

Call = Callable[[], Any]
TOLERANCE = 1e-6


@frozen
class Due:
    """What is asked of a ratio.

    Attributes
    ----------
    sign : {">=", "<="}
        The ratio is theirs over ours, or ours over theirs.
    bound : float, optional
        None where nothing is asked.
    """

    sign: str = ">="
    bound: float | None = None

    def holds(self, ratio: float) -> bool:
        """Return whether a ratio is as good as is asked."""
        if self.bound is None:
            return True
        return ratio >= self.bound if self.sign == ">=" else ratio <= self.bound

    def __str__(self) -> str:
        return "" if self.bound is None else f"{'≥' if self.sign == '>=' else '≤'} {self.bound:g}"


def at_least(bound: float) -> Due:
    """Ask that theirs takes at least so many times as long as ours."""
    return Due(">=", bound)


def at_most(bound: float) -> Due:
    """Ask that ours takes at most so many times as long as theirs."""
    return Due("<=", bound)


@frozen
class Row:
    """A line of the table.

    Attributes
    ----------
    workload, what : str
    ours, theirs : float, optional
        Seconds, or bytes; None where it was not measured.
    ratio : float, optional
        Theirs over ours, or ours over theirs; see `Due`.
    due : Due
    difference : float, optional
        The largest between two cells of the results; NaN where they do not even have the same shape.
    tolerance : float
        The largest that is allowed.
    note : str
    unit : {"s", "GB"}
    """

    workload: str
    what: str
    ours: float | None = None
    theirs: float | None = None
    ratio: float | None = None
    due: Due = Due()
    difference: float | None = None
    tolerance: float = TOLERANCE
    note: str = ""
    unit: str = "s"

    @property
    def agrees(self) -> bool:
        """Whether the results are the same, as far as they were compared."""
        return self.difference is None or self.difference <= self.tolerance

    @property
    def met(self) -> str:
        """Whether what is asked holds: yes, no, or "" where nothing is asked or nothing was measured."""
        if not self.agrees:
            return "no: results differ"
        if self.ratio is None or isnan(self.ratio):
            return ""
        if self.due.bound is None:
            return ""
        return "yes" if self.due.holds(self.ratio) else "no"


@frozen
class Plan:
    """What is run, and how long.

    Attributes
    ----------
    sizes : dict of str to Size
        By the letter of the workload.
    rounds : int
        Most rounds of one comparison.
    budget : float
        Seconds after which no round of a comparison begins, but for the first.
    """

    sizes: dict[str, Size]
    rounds: int = 5
    budget: float = 40.0

    def among(self, letters: str) -> Iterator[tuple[str, Size]]:
        """Yield those of these workloads that are run."""
        return ((letter, self.sizes[letter]) for letter in letters if letter in self.sizes)


@frozen
class Contest:
    """A comparison to be made.

    Attributes
    ----------
    workload, what : str
    ours, theirs : callable
        Prepares its input, and returns the call that is timed.
    due : Due
    differ : callable, optional
        Takes both results, returns the largest difference.
    engine, against : str, optional
        What ours and theirs compute with; see `benchmarks.engines`.
    needs : tuple of str
        Modules that are not ours.
    ours_scale, theirs_scale : float
        The seconds are multiplied by it: above 1 where only a part was timed.
    tolerance : float
    note : str
    """

    workload: str
    what: str
    ours: Callable[[], Call]
    theirs: Callable[[], Call]
    due: Due = Due()
    differ: Callable[[Any, Any], float | None] = field(default=lambda _ours, _theirs: None)
    engine: str | None = None
    against: str | None = None
    needs: tuple[str, ...] = ()
    ours_scale: float = 1.0
    theirs_scale: float = 1.0
    tolerance: float = TOLERANCE
    note: str = ""

    def run(self, plan: Plan) -> Row:
        """Return the row; one without numbers if something is missing."""
        why = missing(self.needs) or engines.why_not(self.engine)
        if why:
            return Row(self.workload, self.what, due=self.due, note=why)
        calls = [_with(self.engine, self.ours()), _with(self.against, self.theirs())]
        times = alternate(calls, plan.rounds, plan.budget)
        ours, theirs = (0, 1) if self.due.sign == "<=" else (1, 0)
        scale = self.ours_scale / self.theirs_scale
        return Row(
            self.workload,
            self.what,
            times.seconds(0) * self.ours_scale,
            times.seconds(1) * self.theirs_scale,
            times.ratio(ours, theirs) * (scale if self.due.sign == "<=" else 1 / scale),
            self.due,
            self.differ(*times.results),
            self.tolerance,
            self.note,
        )


def _with(engine: str | None, call: Call) -> Call:
    if engine is None:
        return call

    def chosen() -> Any:
        with engines.only(engine):
            return call()

    return chosen


def missing(modules: tuple[str, ...]) -> str:
    """Import modules, and return which of them is not installed; "" where all are."""
    for module in modules:
        try:
            import_module(module)
        except ImportError:
            return f"{module.partition('.')[0]} is not installed"
    return ""


def run_all(contests: Iterator[Contest], plan: Plan) -> Iterator[Row]:
    """Yield the row of each contest as soon as it is known."""
    return (contest.run(plan) for contest in contests)
