"""The questions and the evidence: what was asked, who took which level, and the passages behind it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from stances.dataset import Dataset
from stances.dates import When
from stances.ground.standing import Standing, standings
from stances.models import Evidence, Question, Source, Stance
from stances.passages import reading_order
from stances.positions import Positions
from stances.report.links import link_of
from stances.report.names import Names


@frozen
class Passage:
    """One passage that a record rests on.

    Attributes
    ----------
    source : str
        Title, or the id.
    link : str or None
    evidence : Evidence
    """

    source: str
    link: str | None
    evidence: Evidence


@frozen
class Record:
    """One record of a position.

    Attributes
    ----------
    row : int
        Of the actor.
    actor : str
        Name.
    stance : Stance
    counts : bool
        Whether positions rest on it.
    alone : bool
        Whether they do where records of its basis alone count.
    passages : tuple of Passage
        In reading order.
    """

    row: int
    actor: str
    stance: Stance
    counts: bool
    alone: bool
    passages: tuple[Passage, ...]


@frozen
class Entry:
    """One question with all that is on record of it.

    Attributes
    ----------
    number : int
        Its column.
    question : Question
    issues : tuple of str
        Names.
    link : str or None
        Where its record can be looked up.
    source : Source or None
        The document that puts it.
    standing : Standing or None
        Who stands where; None where the question does not count.
    records : tuple of Record
    first, last : str
        The earliest and the latest day of the question and its records; "" where none has a date.
    """

    number: int
    question: Question
    issues: tuple[str, ...]
    link: str | None
    source: Source | None
    standing: Standing | None
    records: tuple[Record, ...]
    first: str
    last: str

    @property
    def bases(self) -> tuple[str, ...]:
        """What its records rest on."""
        return tuple(sorted({str(record.stance.basis) for record in self.records}))


def entries_of(data: Dataset | Positions, bases: Mapping[str, Positions], names: Names) -> tuple[Entry, ...]:
    """Return all questions of a table, with every record of the data, whether it counts or not.

    The table is that of the basis "", which stands for the rules.
    """
    return tuple(_Entries(data, bases, names))


class _Entries:
    """The questions of a table, one after another."""

    def __init__(self, data: Dataset | Positions, bases: Mapping[str, Positions], names: Names) -> None:
        self.positions, self.names = bases[""], names
        self.sources: Mapping[str, Source] = {}
        self.rows = {actor: row for row, actor in enumerate(self.positions.actors)}
        self.stances: dict[str, list[Stance]] = defaultdict(list)
        self.counted = {basis: _counted(found) for basis, found in bases.items()}
        if isinstance(data, Dataset):
            self.sources = {source.id: source for source in data.sources}
            for stance in data.stances:
                if stance.actor in self.rows:
                    self.stances[stance.question].append(stance)

    def __iter__(self) -> Iterator[Entry]:
        counting = {standing.question.id: standing for standing in standings(self.positions)}
        for number, question in enumerate(self.positions.questions):
            records = tuple(map(self._record, sorted(self.stances[question.id], key=self._order)))
            days = [when for when in (question.date, *(r.stance.date for r in records)) if when is not None]
            yield Entry(
                number,
                question,
                tuple(map(self.names.issue, question.issues)),
                link_of(question.url),
                self.sources.get(question.source or ""),
                counting.get(question.id),
                records,
                _iso(min((when.first for when in days), default=None)),
                _iso(max((when.last for when in days), default=None)),
            )

    def _order(self, stance: Stance) -> tuple[int, str]:
        return self.rows[stance.actor], str(stance.basis)

    def _record(self, stance: Stance) -> Record:
        passages = (self._passage(e) for e in sorted(stance.evidence, key=reading_order))
        row = self.rows[stance.actor]
        name = self.names.actor(stance.actor)
        alone = id(stance) in self.counted.get(str(stance.basis), ())
        return Record(row, name, stance, id(stance) in self.counted[""], alone, tuple(passages))

    def _passage(self, evidence: Evidence) -> Passage:
        source = self.sources[evidence.source]
        return Passage(source.title or source.id, link_of(source.url), evidence)


def _counted(positions: Positions) -> set[int]:
    """Return which records positions rest on."""
    return {id(stance) for records in positions.origin.records.values() for stance in records}


def sources_of(data: Dataset, entries: Sequence[Entry]) -> tuple[Source, ...]:
    """Return the sources that questions and their records name."""
    named = {entry.source.id for entry in entries if entry.source}
    records = (record for entry in entries for record in entry.records)
    named |= {passage.evidence.source for record in records for passage in record.passages}
    return tuple(source for source in data.sources if source.id in named)


def _iso(day: Any) -> str:
    return "" if day is None else str(day.isoformat())


def when_text(when: When | None) -> str:
    """Return a date as people read it.

    Examples
    --------
    >>> from stances import PartialDate, Span
    >>> when_text(Span.parse("2022/")), when_text(PartialDate.parse("2025-12-04")), when_text(None)
    ('since 2022', '2025-12-04', '')
    """
    if when is None:
        return ""
    start, slash, end = str(when).partition("/")
    if not slash:
        return start
    return f"{start} to {end}" if start and end else f"since {start}" if start else f"until {end}"
