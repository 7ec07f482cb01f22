"""What can be wrong with a table that was made elsewhere."""

from typing import ClassVar

from attrs import define

from stances.errors.base import StancesError, listed, nearest, shown


@define
class RowsDifferError(StancesError, ValueError):
    """Two rows give one actor two positions on one question."""

    code: ClassVar[str] = "S340"
    actor: str
    question: str
    positions: tuple[str, str]

    @property
    def reason(self) -> str:
        first, second = self.positions
        return f"{shown(self.actor)} on {shown(self.question)} is both {shown(first)} and {shown(second)}"

    @property
    def hint(self) -> str:
        return "keep the right row, or tell the two questions apart"


@define
class QuestionsDifferError(StancesError, ValueError):
    """Two rows describe one question differently."""

    code: ClassVar[str] = "S341"
    field: str
    question: str
    values: tuple[str, str]

    @property
    def reason(self) -> str:
        first, second = self.values
        return f"{self.field} of {shown(self.question)} is both {shown(first)} and {shown(second)}"

    @property
    def hint(self) -> str:
        return "one question has one value in all its rows"


@define
class MissingColumnError(StancesError, ValueError):
    """A column that a reader needs is not there."""

    code: ClassVar[str] = "S342"
    column: str
    present: tuple[str, ...]

    @property
    def reason(self) -> str:
        return f"column {self.column!r} is missing"

    @property
    def hint(self) -> str:
        hint = nearest(self.column, self.present)
        if hint.startswith("did"):
            return hint
        return f"the columns are {listed([shown(name) for name in self.present])}"


@define
class TooLargeError(StancesError, ValueError):
    """A file or table is beyond a limit."""

    code: ClassVar[str] = "S343"
    problem: str

    @property
    def reason(self) -> str:
        return self.problem


@define
class NoTableError(StancesError, TypeError):
    """An object is neither a file nor a table that can be read."""

    code: ClassVar[str] = "S344"
    got: str

    @property
    def reason(self) -> str:
        return f"{self.got} is no table"

    @property
    def hint(self) -> str:
        return "give a path, or a frame of pandas, polars, pyarrow or DuckDB"
