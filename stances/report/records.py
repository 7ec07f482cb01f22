"""Who is on record at all: silences by their reason, who was asked by whom, and whose voice tells it."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
from attrs import frozen

from stances.models import Silence, Voice
from stances.positions import CODE_NAMES, Positions
from stances.report.questions import Entry, Record


@frozen
class Account:
    """How one actor is on record.

    Attributes
    ----------
    row : int
    levels : int
        Questions on which it took a level.
    without : tuple of int
        Questions without one, by the reason, in the order of `REASONS`.
    voices : tuple of int
        Passages behind its levels, by voice, in the order of `Voice`.
    """

    row: int
    levels: int
    without: tuple[int, ...]
    voices: tuple[int, ...]

    @property
    def n_passages(self) -> int:
        """How many passages in all."""
        return sum(self.voices)

    @property
    def shares(self) -> tuple[float, ...]:
        """Share of each voice among the passages, 0 to 1; nothing without passages."""
        return tuple(n / self.n_passages for n in self.voices) if self.n_passages else ()


REASONS = tuple(CODE_NAMES.values())
VOICES = tuple(Voice)


@frozen
class Unanswered:
    """One record of a silence.

    Attributes
    ----------
    entry : Entry
        The question.
    record : Record
    """

    entry: Entry
    record: Record


def accounts_of(positions: Positions, entries: Iterable[Entry]) -> tuple[Account, ...]:
    """Return how each actor is on record."""
    voices: dict[int, Counter[Voice]] = {row: Counter() for row in range(positions.n_actors)}
    for entry in entries:
        for record in entry.records:
            if record.counts and not record.stance.is_silence:
                voices[record.row].update(passage.evidence.voice for passage in record.passages)
    return tuple(
        Account(
            row,
            int((codes >= 0).sum()),
            tuple(int(np.count_nonzero(codes == code)) for code in CODE_NAMES),
            tuple(voices[row][voice] for voice in VOICES),
        )
        for row, codes in enumerate(positions.codes)
    )


def unanswered_of(entries: Iterable[Entry]) -> tuple[Unanswered, ...]:
    """Return the records of who was silent or absent, by question, of those that count and that are told."""
    told = (Silence.SILENT, Silence.ABSENT)
    return tuple(
        Unanswered(entry, record)
        for entry in entries
        for record in entry.records
        if record.stance.position in told and record.counts and record.passages
    )
