"""What can be wrong with a file."""

from typing import ClassVar

from attrs import define

from stances.errors.base import StancesError, listed, nearest, shown
from stances.errors.records import UnknownIdError


@define
class FormatError(StancesError, ValueError):
    """A file is not written as its format asks."""

    code: ClassVar[str] = "S201"
    problem: str
    advice: str = ""

    @property
    def reason(self) -> str:
        return self.problem

    @property
    def hint(self) -> str:
        return self.advice


@define
class RowError(FormatError):
    """A row of a table has too many or too few fields."""

    code: ClassVar[str] = "S202"


@define
class UnknownFieldError(UnknownIdError):
    """A column or key that the format does not have."""

    code: ClassVar[str] = "S203"
    kind: ClassVar[str] = "column or key"
    way_out: str = ""

    @property
    def hint(self) -> str:
        near = nearest(self.got, self.known)
        return f"{near}; to keep it, read with {self.way_out}" if self.way_out else near


@define
class MissingFieldError(StancesError, ValueError):
    """A column or key that the format must have is not there."""

    code: ClassVar[str] = "S204"
    field: str
    near: str = ""

    @property
    def reason(self) -> str:
        return f"{self.field!r} is missing"

    @property
    def hint(self) -> str:
        return f"is it {shown(self.near)}?" if self.near else ""


@define
class LimitError(StancesError, ValueError):
    """A file or a dataset is beyond one of the `Limits`."""

    code: ClassVar[str] = "S206"
    limit: str
    allowed: int

    @property
    def reason(self) -> str:
        return _BEYOND[self.limit].format(self.allowed)

    @property
    def hint(self) -> str:
        return f"load(..., limits=Limits({self.limit}=...)) reads larger datasets"


_BEYOND = {
    "file_bytes": "is larger than {} bytes",
    "field_characters": "a field has more than {} characters",
    "records": "has more than {} records",
    "actors": "has more than {} actors",
    "questions": "has more than {} questions",
    "nesting": "is nested more than {} levels deep",
}


@define
class OtherVersionError(StancesError, ValueError):
    """A pickle was written by another version of this library, whose classes may have other fields."""

    code: ClassVar[str] = "S207"
    written_by: str
    read_by: str

    @property
    def reason(self) -> str:
        return f"this pickle was written by stances {self.written_by}, and this is stances {self.read_by}"

    @property
    def hint(self) -> str:
        return "pickles serve one version: keep data with dump() and results with to_csv() or to_json()"


@define
class LossError(StancesError, ValueError):
    """The chosen format cannot hold all of the dataset."""

    code: ClassVar[str] = "S205"
    target: str
    lost: tuple[str, ...]

    @property
    def reason(self) -> str:
        return f"{self.target} would lose {listed(self.lost)}; nothing was written"

    @property
    def hint(self) -> str:
        return "write a folder or a .json file, which hold everything"
