"""What can be wrong where several coders meet: their ratings, their files."""

from collections.abc import Sequence
from typing import ClassVar

from attrs import define

from stances.errors.base import StancesError, listed, nearest, shown
from stances.errors.records import ContradictionError


@define
class RatingError(StancesError, ValueError):
    """A rating is not one of the declared levels."""

    code: ClassVar[str] = "S311"
    got: object
    levels: Sequence[object]

    @property
    def reason(self) -> str:
        return f"rating {shown(self.got)} is not one of the levels {listed([*map(str, self.levels)])}"

    @property
    def hint(self) -> str:
        hint = nearest(self.got, [*map(str, self.levels)])
        return hint if hint.startswith("did") else ""


@define
class NeedsCodersError(StancesError, ValueError):
    """Coders are to be compared, and there are not two of them."""

    code: ClassVar[str] = "S312"
    dataset: str
    coders: tuple[str, ...]

    @property
    def reason(self) -> str:
        found = f"names only {self.coders[0]!r}" if self.coders else "names none"
        return f"reliability needs records of two coders or more; {self.dataset!r} {found}"

    @property
    def hint(self) -> str:
        return "fill the column coder, or join a file per coder: stances merge --coder-from-filename"


@define
class ClashError(StancesError, ValueError):
    """Two datasets describe the same thing differently."""

    code: ClassVar[str] = "S114"
    kind: str
    id: str
    fields: tuple[str, ...]

    @property
    def reason(self) -> str:
        return f"{self.kind} {self.id!r} is described differently: {listed(self.fields)}"

    @property
    def hint(self) -> str:
        return "correct one, or read all against one codebook: --codebook"


@define
class NamelessContradictionError(ContradictionError):
    """Two files without coders give one actor different levels in one act."""

    @property
    def hint(self) -> str:
        return "if they are two coders' work, let the files' names tell: --coder-from-filename"
