"""What can be wrong with a record."""

from typing import ClassVar

from attrs import define

from stances.errors.base import StancesError, damage, listed, nearest, shown


@define
class FieldError(StancesError, ValueError):
    """One field of a record holds something it cannot hold."""

    code: ClassVar[str] = "S101"
    field: str
    got: object
    problem: str
    advice: str = ""

    @property
    def reason(self) -> str:
        return f"{self.field} {shown(self.got)} {self.problem}"

    @property
    def hint(self) -> str:
        return damage(self.got) or self.advice


@define
class DateError(FieldError):
    """A date is not written as ISO 8601, or does not exist."""

    code: ClassVar[str] = "S102"

    @property
    def hint(self) -> str:
        usual = "write 2025, 2025-07, 2025-12-04, or a span 2022/, 2025-07/2025-12"
        return damage(self.got) or self.advice or usual


@define
class ChoiceError(StancesError, ValueError):
    """A word stands where one of a fixed list is due."""

    code: ClassVar[str] = "S103"
    field: str
    got: object
    allowed: tuple[str, ...]

    @property
    def reason(self) -> str:
        return f"{self.field} {shown(self.got)} is not one of {listed(self.allowed)}"

    @property
    def hint(self) -> str:
        hint = nearest(self.got, self.allowed)
        return hint if hint.startswith("did") else ""


@define
class LevelError(StancesError, ValueError):
    """A position is not a level of the question's scale."""

    code: ClassVar[str] = "S104"
    got: object
    scale: str
    levels: tuple[str, ...]

    @property
    def reason(self) -> str:
        return f"{shown(self.got)} is not a level of scale {self.scale!r} ({listed(self.levels)})"

    @property
    def hint(self) -> str:
        hint = damage(self.got) or nearest(self.got, self.levels)
        silences = "or silent, absent, not_eligible, no_record"
        return hint if hint.startswith(("did", "it looks")) else f"write one of its levels, {silences}"


@define
class UnknownIdError(StancesError, ValueError, KeyError):
    """An id names nothing that is known."""

    code: ClassVar[str] = "S110"
    kind: ClassVar[str] = "id"
    got: object
    known: tuple[str, ...]

    @property
    def reason(self) -> str:
        return f"unknown {self.kind} {shown(self.got)}"

    @property
    def hint(self) -> str:
        return nearest(self.got, self.known)


@define
class UnknownActorError(UnknownIdError):
    """No actor has this id."""

    kind: ClassVar[str] = "actor"


@define
class UnknownQuestionError(UnknownIdError):
    """No question has this id."""

    kind: ClassVar[str] = "question"


@define
class UnknownIssueError(UnknownIdError):
    """No issue has this id."""

    kind: ClassVar[str] = "issue"


@define
class UnknownSourceError(UnknownIdError):
    """No source has this id."""

    kind: ClassVar[str] = "source"


@define
class UnknownScaleError(UnknownIdError):
    """No scale has this id."""

    kind: ClassVar[str] = "scale"


@define
class UnknownSessionError(UnknownIdError):
    """No question belongs to this session."""

    kind: ClassVar[str] = "session"


@define
class UnknownCoderError(UnknownIdError):
    """No stance was recorded by this coder."""

    kind: ClassVar[str] = "coder"


@define
class DuplicateIdError(StancesError, ValueError):
    """Two records of one kind share an id."""

    code: ClassVar[str] = "S111"
    kind: str
    id: str

    @property
    def reason(self) -> str:
        return f"{self.kind} {shown(self.id)} is given twice"


@define
class ContradictionError(StancesError, ValueError):
    """Two records give one actor different levels in one act."""

    code: ClassVar[str] = "S112"
    actor: str
    question: str
    positions: tuple[str, str]

    @property
    def reason(self) -> str:
        first, second = self.positions
        return f"{self.actor} on {self.question} is both {first!r} and {second!r}"

    @property
    def hint(self) -> str:
        return "same date, basis, coder and source: correct one, or tell what sets them apart"


@define
class RepeatedStanceError(StancesError, ValueError):
    """The same stance is recorded twice."""

    code: ClassVar[str] = "S113"
    actor: str
    question: str

    @property
    def reason(self) -> str:
        return f"the stance of {self.actor} on {self.question} is recorded twice"

    @property
    def hint(self) -> str:
        return "keep one record and give it the evidence of both"
