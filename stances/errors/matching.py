"""What can be wrong where two tables of positions are matched."""

from typing import ClassVar

from attrs import define

from stances.errors.base import StancesError, listed


@define
class NoQuestionsInCommonError(StancesError, ValueError):
    """Two tables have no question of the same id."""

    code: ClassVar[str] = "S370"
    first: tuple[str, ...]
    second: tuple[str, ...]

    @property
    def reason(self) -> str:
        sides = (f"{who} {listed(ids) or 'none'}" for who, ids in self._sides())
        return f"no question was asked on both sides: {', '.join(sides)}"

    def _sides(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return (("the voters have", self.first), ("the parties", self.second))

    @property
    def hint(self) -> str:
        return "questions are matched by id: give both tables the same ids"


@define
class DifferentScalesError(StancesError, ValueError):
    """A question has other levels in one table than in another."""

    code: ClassVar[str] = "S371"
    question: str
    first: str
    second: str

    @property
    def reason(self) -> str:
        return (
            f"question {self.question!r} has other levels on either side: "
            f"{self.first!r} for the voters, {self.second!r} for the parties"
        )

    @property
    def hint(self) -> str:
        return "read both with one scale; a scale's name may differ, its levels and values may not"
