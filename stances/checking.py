"""Checking a dataset: what of its sources is coded, whether quotations stand there, and what is doubtful."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import asdict, frozen

from stances.dataset import Dataset
from stances.doubts import Doubt, doubts_of
from stances.errors import UnknownSourceError
from stances.models import Evidence, Source
from stances.origin import Origin
from stances.printable import Printable
from stances.tables import Grid


@frozen
class Reading:
    """How much of one source's numbered passages is accounted for.

    Attributes
    ----------
    source : str
    n_passages : int or None
        None where the source does not say how many it has.
    coded, uncoded, missing : tuple of int
        Passages that a stance rests on, that the codebook lists as without one, and neither.
    """

    source: str
    n_passages: int | None
    coded: tuple[int, ...]
    uncoded: tuple[int, ...]
    missing: tuple[int, ...]


@frozen
class Quotation:
    """A quotation looked up in the text of its source.

    Attributes
    ----------
    actor, question, source, locator, quote : str
        Which one.
    status : str
        ``verified``, ``moved`` (it stands in other paragraphs), ``missing`` (in none) or
        ``ambiguous`` (it has no paragraph's number and stands in several).
    found_in : tuple of int
        Paragraphs, counted from 1, in which it stands.
    """

    actor: str
    question: str
    source: str
    locator: str
    quote: str
    status: str
    found_in: tuple[int, ...]


@frozen(repr=False, str=False)
class CheckReport(Printable):
    """What `check_dataset` found in a valid dataset.

    Attributes
    ----------
    data : Dataset
    readings : tuple of Reading
        One per source.
    quotations : tuple of Quotation
        Those of the sources whose text was given.
    doubts : tuple of Doubt
        Actors that were not there on the day, sources that are older than what they attest, ids that
        differ in case alone or that a spreadsheet made, and words in letters of several scripts.
    """

    data: Dataset
    readings: tuple[Reading, ...]
    quotations: tuple[Quotation, ...]
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether all passages are accounted for, all quotations stand as given, and nothing is doubtful."""
        accounted = not any(r.missing for r in self.readings)
        return accounted and not self.doubts and all(q.status == "verified" for q in self.quotations)

    def made_of(self) -> tuple[Origin, ...]:
        """Return where the data come from."""
        return self.data.made_of()

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per quotation that was looked up."""
        names = ("actor", "question", "source", "locator", "quote", "status", "found_in")
        columns = {name: [getattr(quotation, name) for quotation in self.quotations] for name in names}
        return columns | {"found_in": [" ".join(map(str, found)) for found in columns["found_in"]]}

    def document(self) -> dict[str, Any]:
        """Return the columns, and what is doubtful."""
        return self.columns() | {"doubts": [asdict(doubt) for doubt in self.doubts]}

    def grids(self) -> tuple[Grid, ...]:
        """Return the coverage of the sources, quotations that do not stand as given, and what is doubtful."""
        grids = [self._coverage()]
        wrong = [q for q in self.quotations if q.status != "verified"]
        if wrong:
            header = ("actor", "question", "passage", "quote", "status", "found in")
            rows = tuple(
                (
                    q.actor,
                    q.question,
                    f"{q.source} {q.locator}",
                    q.quote,
                    q.status,
                    ", ".join(map(str, q.found_in)) or "-",
                )
                for q in wrong
            )
            grids.append(Grid("Quotations that do not stand where the coding says", header, rows))
        if self.doubts:
            doubtful = tuple((doubt.subject, doubt.problem, doubt.where) for doubt in self.doubts)
            grids.append(Grid("Doubtful", ("what", "why", "where"), doubtful))
        return tuple(grids)

    def _coverage(self) -> Grid:
        header = ("source", "passages", "with a stance", "without, and why is told", "not accounted for")
        rows = tuple(
            (
                reading.source,
                str(reading.n_passages or "not given"),
                str(len(reading.coded)),
                f"{len(reading.uncoded)}: {', '.join(map(str, reading.uncoded))}" if reading.uncoded else "0",
                ", ".join(map(str, reading.missing)) or "none",
            )
            for reading in self.readings
        )
        verified = sum(q.status == "verified" for q in self.quotations)
        notes = [f"{verified} of {len(self.quotations)} quotations verified."] if self.quotations else []
        notes += [] if self.readings else ["It names no sources."]
        return Grid(f"{repr(self.data)[1:-1]} · no faults", header, rows, tuple(notes))


def check_dataset(data: Dataset, texts: Mapping[str, str] | None = None) -> CheckReport:
    """Check how a valid dataset uses its sources, and what in it was probably not meant.

    Parameters
    ----------
    data : Dataset
        `stances.load` has already refused one with faults.
    texts : mapping of str to str, optional
        The texts of some sources, by id. Paragraphs are separated by blank lines or, in a text
        without any, stand on a line each.

    Returns
    -------
    CheckReport

    Raises
    ------
    UnknownSourceError
        If a text is given for a source that the dataset does not have.

    Examples
    --------
    >>> import stances
    >>> check_dataset(stances.load("paris-beijing-2025")).is_clean
    True
    """
    texts = texts or {}
    known = tuple(source.id for source in data.sources)
    for source in texts:
        if source not in known:
            raise UnknownSourceError(source, known)
    paragraphs = {source: [normalised(p) for p in split_paragraphs(text)] for source, text in texts.items()}
    quotations = tuple(
        _look_up(actor, question, evidence, paragraphs[evidence.source])
        for actor, question, evidence in _evidence(data)
        if evidence.source in paragraphs and evidence.quote
    )
    readings = tuple(_reading(data, source) for source in data.sources)
    return CheckReport(data, readings, quotations, doubts_of(data))


def _evidence(data: Dataset) -> Iterator[tuple[str, str, Evidence]]:
    return ((s.actor, s.question, evidence) for s in data.stances for evidence in s.evidence)


def _number(locator: str | None) -> int | None:
    return int(locator) if locator and locator.isascii() and locator.isdecimal() else None


def _reading(data: Dataset, source: Source) -> Reading:
    coded = {_number(e.locator) for _, _, e in _evidence(data) if e.source == source.id} - {None}
    uncoded = {_number(p.locator) for p in data.uncoded if p.source == source.id} - {None}
    every = set(range(1, (source.passages or 0) + 1))
    parts = (sorted(filter(None, numbers)) for numbers in (coded, uncoded, every - coded - uncoded))
    return Reading(source.id, source.passages, *(tuple(part) for part in parts))


def split_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text: between blank lines or, without any, line by line."""
    lines = text.strip().splitlines()
    if any(not line.strip() for line in lines):
        return [part for part in re.split(r"\n\s*\n", "\n".join(lines)) if part.strip()]
    return lines


def normalised(text: str) -> str:
    """Return a text in Unicode's composed form with single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _look_up(actor: str, question: str, evidence: Evidence, paragraphs: list[str]) -> Quotation:
    quote = normalised(evidence.quote or "")
    found = tuple(k for k, paragraph in enumerate(paragraphs, start=1) if quote in paragraph)
    number = _number(evidence.locator)
    if not found:
        status = "missing"
    elif number is None:
        status = "verified" if len(found) == 1 else "ambiguous"
    else:
        status = "verified" if number in found else "moved"
    return Quotation(
        actor, question, evidence.source, evidence.locator or "", evidence.quote or "", status, found
    )
