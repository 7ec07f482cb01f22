"""What stances rest on: documents, their passages, and whose voice these are.

Frozen, typed, checked on construction, as all records are.
"""

from enum import StrEnum

from attrs import field, frozen

from stances import validators as check
from stances.dates import PartialDate


class Voice(StrEnum):
    """Whose voice a passage is: the actor's, several actors' together, another actor's, the author's."""

    OWN = "own"
    JOINT = "joint"
    REPORTED = "reported"
    NARRATED = "narrated"


@frozen
class Source:
    """A document that positions are read from.

    Attributes
    ----------
    id : str
        Unique in its dataset.
    title, publisher, url : str or None
        None prints as "not given".
    date : PartialDate or None
        Of publication.
    passages : int or None
        How many numbered passages it has, so that the coding's coverage can be counted.
    """

    id: str = field(converter=lambda v: check.identifier("source", v))
    title: str | None = field(
        default=None, converter=lambda v: None if check.blank(v) else check.text("title", v)
    )
    publisher: str | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.text("publisher", v)
    )
    date: PartialDate | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.date("date", v)
    )
    url: str | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.text("url", v)
    )
    passages: int | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.count("passages", v)
    )

    def __str__(self) -> str:
        parts = {"title": self.title, "publisher": self.publisher, "date": self.date, "url": self.url}
        return ", ".join(
            str(part) if part is not None else f"{name} not given" for name, part in parts.items()
        )


@frozen
class Uncoded:
    """A passage of a source that yields no stance, and why.

    Attributes
    ----------
    source : str
        Id of the source.
    locator : str
        The passage's number.
    reason : str
        Why nothing was coded from it.
    """

    source: str = field(converter=lambda v: check.identifier("source", v))
    locator: str = field(converter=lambda v: check.label("locator", v))
    reason: str = field(converter=lambda v: check.text("reason", v))


@frozen
class Evidence:
    """A passage of a source that a stance rests on.

    Attributes
    ----------
    source : str
        Id of the source.
    locator : str or None
        Where in the source: the paragraph's number, as text.
    quote : str or None
        A few words, as they stand there.
    speaker : str or None
        Who says it.
    voice : Voice
        ``own``, ``joint``, ``reported`` (by another actor) or ``narrated`` (by the author).
    summary : str or None
        What the passage says, in the coder's words.
    """

    source: str = field(converter=lambda v: check.identifier("source", v))
    locator: str | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.label("locator", v)
    )
    quote: str | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.text("quote", v)
    )
    speaker: str | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.text("speaker", v)
    )
    voice: Voice = field(default=Voice.OWN, kw_only=True, converter=lambda v: check.choice("voice", v, Voice))
    summary: str | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.text("summary", v)
    )
