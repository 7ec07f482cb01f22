"""What can be missing from an installation."""

from typing import ClassVar

from attrs import define

from stances.errors.base import StancesError, nearest, shown
from stances.errors.records import UnknownIdError

SHOWN_HASH = 12


@define
class SeedNotFoundError(UnknownIdError):
    """No shipped dataset has this name, and no file or folder either."""

    code: ClassVar[str] = "S401"
    kind: ClassVar[str] = "dataset"

    @property
    def reason(self) -> str:
        return f"no file, folder or shipped dataset {shown(self.got)}"


@define
class ShippedFileError(StancesError, ValueError):
    """A file that came with the package is gone, or holds other bytes than were shipped."""

    code: ClassVar[str] = "S404"
    file: str
    expected: str | None
    got: str | None

    @property
    def reason(self) -> str:
        if self.got is None:
            return f"the shipped file {self.file} is missing"
        if self.expected is None:
            return f"{self.file} is not among the files that were shipped"
        got, expected = self.got[:SHOWN_HASH], self.expected[:SHOWN_HASH]
        return f"the shipped file {self.file} was changed: its SHA-256 starts with {got} and not {expected}"

    @property
    def hint(self) -> str:
        name = self.file.partition("/")[0]
        return f"install stances again; a change of your own goes into a copy, named by its path: ./{name}"


@define
class MissingExtraError(StancesError, ImportError):
    """A package that is not installed is needed for this call."""

    code: ClassVar[str] = "S402"
    package: str
    install: str

    @property
    def reason(self) -> str:
        return f"this needs {self.package}, which is not installed"

    @property
    def hint(self) -> str:
        return f"python -m pip install {self.install}"


@define
class UnknownNameError(StancesError, AttributeError):
    """The package has no such name."""

    code: ClassVar[str] = "S403"
    got: str
    known: tuple[str, ...]

    def __attrs_pre_init__(self) -> None:
        AttributeError.__init__(self, name=None, obj=None)  # the hint is ours: Python adds no second one

    @property
    def reason(self) -> str:
        return f"stances has no {shown(self.got)}"

    @property
    def hint(self) -> str:
        return nearest(self.got, self.known)
