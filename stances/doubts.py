"""What a careful reader would ask about a valid dataset: dates that cannot be right, names that look alike.

Nothing here is a fault, and nothing is changed: who is sure of a record leaves it as it is.
"""

from collections.abc import Iterator

from attrs import frozen

from stances.dataset import Dataset
from stances.dates import Span, When, overlap
from stances.errors import damage, listed
from stances.lookalikes import mixed_words, twins
from stances.models import Silence, Stance
from stances.registry import lifetime

SHOWN = 3
_NO_PART = (Silence.NO_RECORD, Silence.NOT_ELIGIBLE)  # as is right for who was not there


@frozen
class Doubt:
    """Something in a valid dataset that was probably not meant.

    Attributes
    ----------
    kind : str
        ``existence``: an actor that was not there on the day; ``source``: one that is older than what it
        attests; ``case``: ids that differ in case alone; ``damage``: one that a spreadsheet makes of others,
        such as ``1-Mar``; ``script``: a word in letters of several scripts.
    subject : str
        The actor, the source, the ids, or the word.
    problem : str
        What is doubtful.
    records : tuple of str
        Where: the stances, or the kind of a record, and its id.
    """

    kind: str
    subject: str
    problem: str
    records: tuple[str, ...]

    @property
    def where(self) -> str:
        """The first records, and how many more there are."""
        more = len(self.records) - SHOWN
        return listed(self.records[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def doubts_of(data: Dataset) -> tuple[Doubt, ...]:
    """Return all that is doubtful, in the order of the dataset."""
    found = (_out_of_time, _before_the_fact, _twins, _damaged, _mixtures)
    return tuple(doubt for doubts in found for doubt in doubts(data))


def _out_of_time(data: Dataset) -> Iterator[Doubt]:
    """Yield the states that were not there on the day of a stance or, if it has none, of its question."""
    asked = {question.id: question.date for question in data.questions}
    lives = {actor.id: lifetime(actor.id) for actor in data.actors if actor.kind == "state"}
    found: dict[str, list[str]] = {}
    for stance in (s for s in data.stances if s.position not in _NO_PART):
        when = stance.date or asked[stance.question]
        if not overlap(when, lives.get(stance.actor)):
            found.setdefault(stance.actor, []).append(_named(stance, when))
    for actor, records in found.items():
        yield Doubt("existence", actor, f"was there {_told(lives[actor])}", tuple(records))


def _told(life: Span | None) -> str:
    assert life is not None  # what has no lifetime is never out of it
    if life.start is None or life.end is None:
        return f"until {life.end}" if life.end else f"from {life.start} on"
    return f"from {life.start} to {life.end}"


def _before_the_fact(data: Dataset) -> Iterator[Doubt]:
    """Yield the sources that are older than a stance they attest; a later source is how reports are."""
    dates = {source.id: source.date for source in data.sources}
    found: dict[str, list[str]] = {}
    for stance in data.stances:
        for source in dict.fromkeys(evidence.source for evidence in stance.evidence):
            published = dates[source]
            if published and stance.date and published.last < stance.date.first:
                found.setdefault(source, []).append(_named(stance, stance.date))
    for source, records in found.items():
        yield Doubt("source", source, f"is of {dates[source]}, before what it attests", tuple(records))


def _named(stance: Stance, when: When | None) -> str:
    return f"{stance.actor} on {stance.question} ({when})"


def _twins(data: Dataset) -> Iterator[Doubt]:
    for kind, ids in _ids(data).items():
        for group in twins(ids):
            yield Doubt("case", listed(group), "differ in upper and lower case alone", (kind,))


def _damaged(data: Dataset) -> Iterator[Doubt]:
    for kind, ids in _ids(data).items():
        for id in dict.fromkeys(ids):
            if damage(id):
                yield Doubt("damage", id, "looks like what a spreadsheet makes of another id", (kind,))


def _ids(data: Dataset) -> dict[str, list[str]]:
    """Return what is told apart letter by letter, by what it names."""
    return {
        "scales": [scale.id for scale in data.scales],
        "issues": [issue.id for issue in data.issues],
        "questions": [question.id for question in data.questions],
        "actors": [actor.id for actor in data.actors],
        "sources": [source.id for source in data.sources],
        "coders": [stance.coder for stance in data.stances if stance.coder is not None],
    }


def _mixtures(data: Dataset) -> Iterator[Doubt]:
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for record, text in _texts(data):
        for mixture in mixed_words(text or ""):
            found.setdefault(mixture, []).append(record)
    for (word, scripts), records in found.items():
        told = " and ".join(script.capitalize() for script in scripts)
        yield Doubt("script", word, f"mixes letters of {told}", tuple(dict.fromkeys(records)))


def _texts(data: Dataset) -> Iterator[tuple[str, str | None]]:
    """Yield the names that are read by people, with the record they stand in; quotations stay as they are."""
    yield "title", data.title
    yield from ((f"scale {scale.id}", level) for scale in data.scales for level in scale.levels)
    yield from ((f"issue {issue.id}", issue.name) for issue in data.issues)
    yield from ((f"question {question.id}", question.text) for question in data.questions)
    for actor in data.actors:
        yield from ((f"actor {actor.id}", name) for name in (actor.name, *actor.aliases))
    for source in data.sources:
        yield from ((f"source {source.id}", name) for name in (source.title, source.publisher))
    yield from ((f"coder {coder}", coder) for coder in dict.fromkeys(s.coder for s in data.stances))
