"""What the test kit finds."""

from typing import Any, ClassVar

from attrs import define, frozen

from stances.errors.base import StancesError


@frozen
class BrokenLaw:
    """A law that was broken, and the smallest positions that show it.

    Attributes
    ----------
    law : str
        Its name.
    says : str
        What it states.
    due, got : str
        What should have come, and what came.
    positions : Positions
        The smallest that were found.
    """

    law: str
    says: str
    due: str
    got: str
    positions: Any

    def __str__(self) -> str:
        table = "\n".join(f"    {line}".rstrip() for line in str(self.positions).splitlines())
        lines = [f"{self.law}: {self.says}", f"    due: {self.due}", f"    got: {self.got}", table]
        return "\n".join(lines + [f"    {text}" for text in self._weights()])

    def _weights(self) -> list[str]:
        weights = [f"{weight:g}" for weight in self.positions.weights]
        return [f"weights: {', '.join(weights)}"] if set(weights) - {"1"} else []


@define
class BrokenLawError(StancesError, AssertionError):
    """A measure, or another comparison, breaks laws that all of them obey."""

    code: ClassVar[str] = "S320"
    subject: str
    broken: tuple[BrokenLaw, ...]
    checked: int

    @property
    def reason(self) -> str:
        found = f"{self.subject!r} breaks {len(self.broken)} of {self.checked} laws"
        return "\n\n".join([found, *map(str, self.broken)])

    def __str__(self) -> str:
        return self.reason  # several lines, of tables that are safe


@define
class InvalidMatrixError(StancesError, AssertionError):
    """A matrix holds what no matrix can hold."""

    code: ClassVar[str] = "S321"
    problem: str
    first: str = ""
    second: str = ""

    @property
    def reason(self) -> str:
        cell = f" at {self.first}, {self.second}" if self.first else ""
        return f"invalid matrix{cell}: {self.problem}"
