"""The records: who said or did what, on which question, and on what evidence.

Frozen, typed, checked on construction; a mistake raises an error that names the field.
"""

from datetime import date as Day
from enum import StrEnum

from attrs import field, frozen

from stances import validators as check
from stances.dates import PartialDate, Span, When
from stances.errors import FieldError
from stances.evidence import Evidence, Source, Uncoded, Voice
from stances.scales import Scale

__all__ = [
    "Actor",
    "Basis",
    "Evidence",
    "Issue",
    "Membership",
    "Question",
    "Silence",
    "Source",
    "Stance",
    "Uncoded",
    "Voice",
]


class Silence(StrEnum):
    """Why an actor has no level on a question. None of these is neutrality."""

    NO_RECORD = "no_record"
    SILENT = "silent"
    ABSENT = "absent"
    NOT_ELIGIBLE = "not_eligible"


class Basis(StrEnum):
    """What a stance rests on: what the actor said, what it did, or what a third party judges."""

    WORD = "word"
    DEED = "deed"
    ASSESSMENT = "assessment"


@frozen
class Issue:
    """A field of contention.

    Attributes
    ----------
    id : str
        Such as ``ukraine``.
    name : str or None
        For print.
    """

    id: str = field(converter=lambda v: check.identifier("issue", v))
    name: str | None = field(
        default=None, converter=lambda v: None if check.blank(v) else check.text("name", v)
    )


@frozen
class Question:
    """One proposition that an actor can support or oppose; a roll call is a question with a date.

    Attributes
    ----------
    id : str
        Unique in its dataset; may be a document symbol.
    text : str
        The proposition.
    scale : Scale
        The levels a position can take.
    issues : tuple of str
        Ids of the issues it belongs to; with several, issue counts overlap.
    weight : float
        At least 0; with 0 the question is left out of comparisons.
    date : PartialDate, Span or None
        When it was put.
    source : str or None
        Id of the document that puts it.
    session : str or None
        Session of the body that voted on it.
    url : str or None
        Where its record can be looked up.
    """

    id: str = field(converter=lambda v: check.symbol("question", v))
    text: str = field(converter=lambda v: check.text("text", v))
    scale: Scale = field()
    issues: tuple[str, ...] = field(
        default=(), kw_only=True, converter=lambda v: check.items("issues", v, check.identifier, "issue")
    )
    weight: float = field(default=1.0, kw_only=True, converter=lambda v: check.number("weight", v, 0))
    date: When | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.when("date", v)
    )
    source: str | None = field(
        default=None,
        kw_only=True,
        converter=lambda v: None if check.blank(v) else check.identifier("source", v),
    )
    session: str | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.label("session", v)
    )
    url: str | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.text("url", v)
    )

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.scale, Scale):
            raise FieldError("scale", self.scale, "is not a Scale")
        if len(set(self.issues)) < len(self.issues):
            raise FieldError("issues", self.issues, "repeats an issue")


@frozen
class Actor:
    """A state, bloc, party or person that takes positions.

    Attributes
    ----------
    id : str
        ISO 3166-1 alpha-3 for states.
    name : str or None
        For print.
    kind : str
        ``state``, ``bloc``, ``party``, ``person``, or a word of your own.
    aliases : tuple of str
        Other names it goes by.
    """

    id: str = field(converter=lambda v: check.identifier("actor", v))
    name: str | None = field(
        default=None, converter=lambda v: None if check.blank(v) else check.text("name", v)
    )
    kind: str = field(default="state", kw_only=True, converter=lambda v: check.identifier("kind", v))
    aliases: tuple[str, ...] = field(
        default=(), kw_only=True, converter=lambda v: check.items("aliases", v, check.text, "alias")
    )


@frozen
class Membership:
    """One actor's time in a bloc.

    Attributes
    ----------
    actor, bloc : str
        Ids of two actors.
    since, until : PartialDate or None
        First and last date; None where open or not known.
    """

    actor: str = field(converter=lambda v: check.identifier("actor", v))
    bloc: str = field(converter=lambda v: check.identifier("bloc", v))
    since: PartialDate | None = field(
        default=None, converter=lambda v: None if check.blank(v) else check.date("since", v)
    )
    until: PartialDate | None = field(
        default=None, converter=lambda v: None if check.blank(v) else check.date("until", v)
    )

    def __attrs_post_init__(self) -> None:
        if self.actor == self.bloc:
            raise FieldError("bloc", self.bloc, "is a member of itself")
        if self.since is not None and self.until is not None:
            Span(self.since, self.until)  # raises where it starts after it ends

    def holds_on(self, day: Day) -> bool:
        """Tell whether the actor may have been a member on `day`."""
        begun = self.since is None or self.since.first <= day
        return begun and (self.until is None or day <= self.until.last)


def _position(value: object) -> str | Silence:
    label = check.label("position", value)
    return Silence(label) if label in set(Silence) else label


@frozen
class Stance:
    """One actor's recorded position on one question.

    Attributes
    ----------
    actor, question : str
        Ids.
    position : str or Silence
        The label of a level of the question's scale, or why there is none.
    date : PartialDate, Span or None
        When it was taken, or from when to when it was held.
    basis : Basis
        ``word``, ``deed`` or ``assessment``.
    inferred : bool
        The coder read it between the lines.
    asked_by : str or None
        For a silence: the actor whose call went unanswered.
    coder : str or None
        Who coded it.
    confidence : float or None
        The coder's, in (0, 1].
    salience : float or None
        How much the question matters to the actor, at least 0.
    evidence : tuple of Evidence
        The passages it rests on.
    extra : tuple of (str, str)
        What its coder noted beside all this, by name; a mapping is taken too. It is kept and written, and
        has no weight in any comparison.

    Examples
    --------
    >>> Stance("CHN", "join-call", "silent", asked_by="FRA").position
    <Silence.SILENT: 'silent'>
    """

    actor: str = field(converter=lambda v: check.identifier("actor", v))
    question: str = field(converter=lambda v: check.symbol("question", v))
    position: str | Silence = field(converter=_position)
    date: When | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.when("date", v)
    )
    basis: Basis = field(
        default=Basis.WORD, kw_only=True, converter=lambda v: check.choice("basis", v, Basis)
    )
    inferred: bool = field(default=False, kw_only=True, converter=lambda v: check.flag("inferred", v))
    asked_by: str | None = field(
        default=None,
        kw_only=True,
        converter=lambda v: None if check.blank(v) else check.identifier("asked_by", v),
    )
    coder: str | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.label("coder", v)
    )
    confidence: float | None = field(
        default=None,
        kw_only=True,
        converter=lambda v: None if check.blank(v) else check.number("confidence", v, 0, 1, above=True),
    )
    salience: float | None = field(
        default=None,
        kw_only=True,
        converter=lambda v: None if check.blank(v) else check.number("salience", v, 0),
    )
    evidence: tuple[Evidence, ...] = field(
        default=(), kw_only=True, converter=lambda v: check.records("evidence", v, Evidence)
    )
    extra: tuple[tuple[str, str], ...] = field(
        default=(), kw_only=True, converter=lambda v: check.texts_by_name("extra", v)
    )

    def __attrs_post_init__(self) -> None:
        if self.asked_by is not None and not self.is_silence:
            raise FieldError(
                "asked_by", self.asked_by, "goes with a silence only", "leave it empty for a level"
            )
        if self.asked_by == self.actor:
            raise FieldError("asked_by", self.asked_by, "is the actor itself")

    @property
    def is_silence(self) -> bool:
        """Whether the record says why there is no level."""
        return isinstance(self.position, Silence)
