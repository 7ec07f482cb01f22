"""The passages that positions rest on, as rows that people read."""

from collections.abc import Iterable, Iterator

from stances.models import Evidence, Source, Stance
from stances.tables import Grid

HEADER = ("question", "actor", "basis", "position", "passage", "voice", "quote", "in the coder's words")


def passage(evidence: Evidence) -> str:
    """Return where a passage stands: the source and the number in it."""
    return f"{evidence.source} {evidence.locator}" if evidence.locator else evidence.source


def reading_order(evidence: Evidence) -> tuple[str, int, str]:
    """Return what sorts passages as they are read."""
    locator = evidence.locator or ""
    return evidence.source, int(locator) if locator.isdecimal() else 0, locator


def evidence_rows(records: Iterable[Stance]) -> Iterator[tuple[str, ...]]:
    """Yield a row per passage, and one for a record that gives none."""
    for record in records:
        about = (record.question, record.actor, str(record.basis), str(record.position))
        for e in sorted(record.evidence, key=reading_order):
            voice = f"{e.voice}, {e.speaker}" if e.speaker else str(e.voice)
            quote = f'"{e.quote}"' if e.quote else "-"
            yield (*about, passage(e), voice, quote, e.summary or "-")
        if not record.evidence:
            yield (*about, "none given", "-", "-", "-")


def evidence_grids(records: Iterable[Stance], sources: Iterable[Source]) -> tuple[Grid, ...]:
    """Return one table of all passages with the sources below, or nothing where nothing is on record."""
    known = tuple(records)
    if not known:
        return ()
    named = {e.source for record in known for e in record.evidence}
    notes = tuple(f"Source {source.id}: {source}." for source in sources if source.id in named)
    return (Grid("Evidence", HEADER, tuple(evidence_rows(known)), notes),)
