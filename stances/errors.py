"""Every error of the library.

A class takes the facts of one mistake (what was got, what is allowed) and makes its own
sentence; callers never compose text. The facts stay as attributes, ``code`` is stable, and
every class also inherits the builtin that a caller would expect.

Codes: S1.. records, S2.. files, S3.. comparisons, S4.. the installation.
"""

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import ClassVar

from attrs import define, frozen

SHOWN_CHARACTERS = 80
SHOWN_FAULTS = 20
SHOWN_CHOICES = 12


def shown(value: object) -> str:
    """Return `value` as one safe line of at most 80 characters."""
    text = repr(value)
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def nearest(got: object, known: Collection[str]) -> str:
    """Return a "did you mean" hint, or the known names where none is near."""
    folded = {name.casefold(): name for name in sorted(known, reverse=True)}
    close = get_close_matches(str(got)[:200].casefold(), list(folded), n=1)
    if close:
        return f"did you mean {folded[close[0]]!r}?"
    return f"known: {listed(sorted(known))}" if known else "none is known yet"


def listed(names: Sequence[str]) -> str:
    """Return names in a row, cut after a dozen."""
    more = len(names) - SHOWN_CHOICES
    return ", ".join(names[:SHOWN_CHOICES]) + (f" and {more} more" if more > 0 else "")


class StancesWarning(UserWarning):
    """Something was read or decided that a careful user wants to know."""


@define
class StancesError(Exception):
    """Base of all errors that the library raises on purpose."""

    code: ClassVar[str] = "S000"

    @property
    def reason(self) -> str:
        """What is wrong, in one sentence."""
        raise NotImplementedError

    @property
    def hint(self) -> str:
        """What to do about it, or nothing."""
        return ""

    def __str__(self) -> str:
        return f"{self.reason}; {self.hint}" if self.hint else self.reason


# --- records -----------------------------------------------------------------------------


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
        return self.advice


@define
class DateError(FieldError):
    """A date is not written as ISO 8601, or does not exist."""

    code: ClassVar[str] = "S102"

    @property
    def hint(self) -> str:
        return "write 2025, 2025-07, 2025-12-04, or a span 2022/, 2025-07/2025-12"


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
        hint = nearest(self.got, self.levels)
        silences = "or silent, absent, not_eligible, no_record"
        return hint if hint.startswith("did") else f"write one of its levels, {silences}"


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
        return f"{self.kind} {self.id!r} is given twice"


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
        return f"{where}: {self.error} [{self.error.code}]" if where else f"{self.error} [{self.error.code}]"


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


# --- files -------------------------------------------------------------------------------


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


@define
class MissingFieldError(StancesError, ValueError):
    """A column or key that the format must have is not there."""

    code: ClassVar[str] = "S204"
    field: str

    @property
    def reason(self) -> str:
        return f"{self.field!r} is missing"


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


# --- comparisons -------------------------------------------------------------------------


@define
class UnknownMeasureError(UnknownIdError):
    """No measure has this name."""

    code: ClassVar[str] = "S301"
    kind: ClassVar[str] = "measure"


@define
class UnorderedScaleError(StancesError, ValueError):
    """A graded measure meets a scale whose levels have no order."""

    code: ClassVar[str] = "S302"
    measure: str
    scale: str

    @property
    def reason(self) -> str:
        return f"measure {self.measure!r} needs ordered levels; scale {self.scale!r} is unordered"

    @property
    def hint(self) -> str:
        return "use 'exact' or 'agreement', or select questions on ordered scales"


@define
class SilencePolicyError(StancesError, ValueError):
    """A silence policy does not fit the measure or the scale."""

    code: ClassVar[str] = "S303"
    policy: str
    problem: str

    @property
    def reason(self) -> str:
        return f"silence policy {self.policy!r} {self.problem}"

    @property
    def hint(self) -> str:
        return "use 'skip', which any measure and scale allow"


@define
class MixedScalesError(StancesError, ValueError):
    """Counts, or parts of a table, belong to different actors or scales."""

    code: ClassVar[str] = "S304"
    problem: str

    @property
    def reason(self) -> str:
        return self.problem


@define
class NeedsDatasetError(StancesError, TypeError):
    """Rules that choose among records were given for codes that have none."""

    code: ClassVar[str] = "S305"
    rules: tuple[str, ...]

    @property
    def reason(self) -> str:
        return f"{listed(self.rules)} choose among records, and Positions hold only their result"

    @property
    def hint(self) -> str:
        return "pass the Dataset, or these rules to Dataset.positions()"


@define
class CodesError(StancesError, ValueError):
    """An array of codes does not fit the actors, questions or scales."""

    code: ClassVar[str] = "S306"
    problem: str

    @property
    def reason(self) -> str:
        return self.problem


# --- the installation --------------------------------------------------------------------


@define
class SeedNotFoundError(UnknownIdError):
    """No shipped dataset has this name, and no file or folder either."""

    code: ClassVar[str] = "S401"
    kind: ClassVar[str] = "dataset"

    @property
    def reason(self) -> str:
        return f"no file, folder or shipped dataset {shown(self.got)}"


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
