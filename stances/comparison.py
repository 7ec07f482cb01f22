"""What one cell of a matrix rests on: its questions, both sides of each, and the evidence."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import field, frozen

from stances.measures import Measure
from stances.models import Evidence, Question, Source, Stance
from stances.origin import Origin
from stances.printable import Printable, cell_text, rounded
from stances.silence import Policy
from stances.tables import Grid
from stances.uncertainty import Interval


@frozen
class Side:
    """One actor's part in one question.

    Attributes
    ----------
    actor : str
    position : str
        Label of the level, or the word for the silence.
    records : tuple of Stance
        What it rests on; empty for positions that were read as codes.
    """

    actor: str
    position: str
    records: tuple[Stance, ...] = field(repr=False)

    @property
    def rests_on(self) -> str:
        """The voices and bases it rests on, such as ``joint word`` or ``narrated deed, inferred``."""
        parts = {f"{e.voice} {s.basis}" for s in self.records for e in s.evidence}
        parts |= {f"{s.basis}, no passage given" for s in self.records if not s.evidence}
        inferred = ", inferred" if self.records and all(s.inferred for s in self.records) else ""
        return "; ".join(sorted(parts)) + inferred

    @property
    def asked_by(self) -> str:
        """Who asked, for a silence; empty where the record does not say."""
        return ", ".join(sorted({s.asked_by for s in self.records if s.asked_by}))


@frozen
class Item:
    """One question behind a cell.

    Attributes
    ----------
    question : Question
    first, second : Side
    difference : float
        Disagreement in [0, 1] by the measure's kernel, or the graded one if it has none; NaN where
        the question does not count.
    contribution : float
        Its part of the value, or its influence on it; NaN where it does not count.
    """

    question: Question
    first: Side
    second: Side
    difference: float
    contribution: float

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both sides."""
        return self.first, self.second


@frozen(repr=False, str=False)
class Comparison(Printable):
    """What one cell rests on.

    Attributes
    ----------
    first, second : str
        The actors.
    value : float
        The cell; NaN where undefined, and `why` says why.
    why : str
        "" where defined.
    lower, upper : float
        Ends of its interval, or its bounds; NaN if none was asked for.
    observed, expected : float
        Mean disagreement, and the one expected by chance; NaN where the measure has none.
    n_shared : int
        Questions on which both took a level.
    measure : Measure
    silence : Policy
    interval : Interval or None
        How the interval came about.
    shared : tuple of Item
        Those questions. Where the measure is not corrected for chance, the contributions of
        `shared` and `unanswered` sum to `value`; otherwise each is the leave-one-out influence,
        the value minus the value without the question.
    unanswered : tuple of Item
        Questions on which one of them was silent or absent.
    conflicts : tuple of Item
        Questions on which the records of one of them differ.
    only_first, only_second : int
        Questions that only one of them is on record for, besides all these.
    sources : tuple of Source
        Documents that the evidence names.
    origin : Origin or None
        The data it was made of, for citations; None where that is not known.
    """

    first: str
    second: str
    value: float
    why: str
    lower: float
    upper: float
    observed: float
    expected: float
    n_shared: int
    measure: Measure
    silence: Policy
    interval: Interval | None
    shared: tuple[Item, ...]
    unanswered: tuple[Item, ...]
    conflicts: tuple[Item, ...]
    only_first: int
    only_second: int
    name: str
    rules: str
    sources: tuple[Source, ...]
    origin: Origin | None = field(default=None, kw_only=True, repr=False, eq=False)

    @property
    def contributions_are(self) -> str:
        """What the contributions mean: ``parts of the value`` or ``leave-one-out influence``."""
        return "parts of the value" if self.measure.is_linear else "leave-one-out influence"

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per question behind the cell, the unanswered and conflicting ones included."""
        kinds = {"shared": self.shared, "unanswered": self.unanswered, "conflict": self.conflicts}
        rows = [(kind, item) for kind, items in kinds.items() for item in items]
        columns: dict[str, list[Any]] = {
            "kind": [kind for kind, _ in rows],
            "question": [item.question.id for _, item in rows],
        }
        for k, actor in enumerate((self.first, self.second)):
            columns[f"actor{k + 1}"] = [actor] * len(rows)
            columns[f"position{k + 1}"] = [item.sides[k].position for _, item in rows]
            columns[f"rests_on{k + 1}"] = [item.sides[k].rests_on for _, item in rows]
            columns[f"asked_by{k + 1}"] = [item.sides[k].asked_by for _, item in rows]
        return columns | {
            "difference": [item.difference for _, item in rows],
            "contribution": [item.contribution for _, item in rows],
        }

    def grids(self) -> tuple[Grid, ...]:
        """Return the shared questions, the unanswered ones, the conflicts and the evidence."""
        grids = [self._shared_grid()]
        if self.unanswered:
            grids.append(self._unanswered_grid())
        if self.conflicts:
            grids.append(self._conflicts_grid())
        evidence = tuple(self._evidence_rows())
        if evidence:
            header = ("question", "actor", "position", "passage", "voice", "quote", "in the coder's words")
            sources = tuple(f"Source {source.id}: {source}." for source in self.sources)
            grids.append(Grid("Evidence", header, evidence, sources))
        return tuple(grids)

    def _shared_grid(self) -> Grid:
        value = f"undefined ({self.why})" if self.why else rounded(self.value)
        if not np.isnan(self.lower):
            value += f" [{rounded(self.lower)}, {rounded(self.upper)}]"
        parts = [f"{self.first} and {self.second}", self.name, self.rules, f"{self.measure.name} {value}"]
        parts += [f"{self.n_shared} shared question{'s' * (self.n_shared != 1)}"]
        parts.append(str(self.interval or ""))
        rests_on = tuple(f"{actor} rests on" for actor in (self.first, self.second))
        header = ("question", self.first, self.second, "difference", "contribution", *rests_on)
        rows = tuple(
            (*self._row(item), *(side.rests_on or "-" for side in item.sides)) for item in self.shared
        )
        more = f"{self.only_first} more question{'s' * (self.only_first != 1)}"
        notes = (
            self._chance(),
            f"Contributions are {self.contributions_are}.",
            f"Only {self.first} is on record for {more}, only {self.second} for {self.only_second}.",
        )
        return Grid(" · ".join(part for part in parts if part), header, rows, tuple(filter(None, notes)))

    def _chance(self) -> str:
        """Say what a chance-corrected value is made of."""
        if np.isnan(self.expected):
            return ""
        meaning = ": the value is 1 minus their ratio" if self.measure.chance else ""
        return (
            f"Observed disagreement {rounded(self.observed)}, "
            f"expected by chance {rounded(self.expected)}{meaning}."
        )

    def _row(self, item: Item) -> tuple[str, ...]:
        numbers = (cell_text(item.difference), cell_text(item.contribution))
        return (item.question.id, item.first.position, item.second.position, *numbers)

    def _unanswered_grid(self) -> Grid:
        header = ("question", self.first, self.second, "difference", "contribution", "asked by")
        rows = tuple(
            (*self._row(item), ", ".join(filter(None, (s.asked_by for s in item.sides))) or "not recorded")
            for item in self.unanswered
        )
        return Grid("Asked but not answered, or absent: no position, and not a neutral one", header, rows)

    def _conflicts_grid(self) -> Grid:
        rows = [
            (
                item.question.id,
                side.actor,
                f"{record.basis}: {record.position}",
                ", ".join(map(_passage, record.evidence)),
            )
            for item in self.conflicts
            for side in item.sides
            if side.position == "conflict"
            for record in side.records
        ]
        return Grid("Skipped, as the records differ", ("question", "actor", "record", "passage"), tuple(rows))

    def _evidence_rows(self) -> Iterator[tuple[str, ...]]:
        for item in (*self.shared, *self.unanswered, *self.conflicts):
            for side in item.sides:
                for record in side.records:
                    for e in sorted(record.evidence, key=_reading_order):
                        voice = f"{e.voice}, {e.speaker}" if e.speaker else str(e.voice)
                        quote = f'"{e.quote}"' if e.quote else "-"
                        words = (
                            item.question.id,
                            side.actor,
                            str(record.position),
                            _passage(e),
                            voice,
                            quote,
                        )
                        yield (*words, e.summary or "-")

    def __repr__(self) -> str:
        return f"<Comparison of {self.first} and {self.second}: {self.n_shared} shared questions>"


def _passage(evidence: Evidence) -> str:
    return f"{evidence.source} {evidence.locator}" if evidence.locator else evidence.source


def _reading_order(evidence: Evidence) -> tuple[str, int, str]:
    locator = evidence.locator or ""
    return evidence.source, int(locator) if locator.isdecimal() else 0, locator
