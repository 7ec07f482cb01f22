"""Where mistakes stand, and all of them together."""

from typing import ClassVar

from attrs import define, frozen

from stances.errors.base import SHOWN_FAULTS, StancesError, seen


@frozen
class Place:
    """Where a fault stands: in a file, or in a collection of records."""

    file: str = ""
    line: int | None = None
    column: str = ""
    record: str = ""

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line is not None else ""
        column = f"column {self.column}" if self.column else ""
        return ", ".join(part for part in (self.file, line, self.record, column) if part)


@frozen
class Fault:
    """One mistake and the place or places where it stands.

    Attributes
    ----------
    error : StancesError
        What is wrong.
    places : tuple of Place
        Where; two for a contradiction.
    references : tuple of (str, int)
        Section and index of the records, where it lies in records.
    """

    error: StancesError
    places: tuple[Place, ...] = ()
    references: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        where = " and ".join(str(place) for place in self.places if str(place))
        said = f"{self.error} [{self.error.code}]"
        return f"{seen(where)}: {said}" if where else said


@define
class DatasetError(StancesError, ValueError):
    """All faults of a dataset, or of a file, together.

    Attributes
    ----------
    faults : tuple of Fault
        Every fault found, in the order of the file.
    """

    code: ClassVar[str] = "S100"
    faults: tuple[Fault, ...]

    @property
    def reason(self) -> str:
        lines = [str(fault) for fault in self.faults[:SHOWN_FAULTS]]
        more = len(self.faults) - SHOWN_FAULTS
        lines += [f"and {more} more"] if more > 0 else []
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.reason  # a line per fault, each of which is safe
