"""The questions and the evidence behind one cell of a matrix."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from stances.counts import PairCounts, Stratum
from stances.dataset import Dataset
from stances.errors import FieldError
from stances.matrices import AnyMeasure, compute, interval_of, positions_of
from stances.measures import Measure, find_measure
from stances.models import Evidence, Question, Source, Stance
from stances.positions import ABSENT, CONFLICT, SILENT, Positions
from stances.printable import Printable, cell_text, rounded
from stances.silence import Policy, find_policy
from stances.tables import Grid
from stances.uncertainty import Interval, Progress


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
            columns[actor] = [item.sides[k].position for _, item in rows]
            columns[f"{actor} rests on"] = [item.sides[k].rests_on for _, item in rows]
            columns[f"{actor} asked by"] = [item.sides[k].asked_by for _, item in rows]
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
        alone = f"Only {self.first} is on record for {self.only_first} more questions"
        notes = (
            self._chance(),
            f"Contributions are {self.contributions_are}.",
            f"{alone}, only {self.second} for {self.only_second}.",
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


def compare(
    data: Dataset | Positions,
    first: str,
    second: str,
    measure: AnyMeasure = "agreement",
    silence: str = "skip",
    interval: float | None = None,
    *,
    salience: str | None = None,
    method: str = "influence",
    blocks: str | None = None,
    n_resamples: int = 1000,
    rng: Any = None,
    progress: Progress | None = None,
    sources: Iterable[Source] = (),
    **rules: Any,
) -> Comparison:
    """Return the questions behind one cell, with both positions, contributions and evidence.

    Parameters
    ----------
    data : Dataset or Positions
        Records, or codes.
    first, second : str
        Ids of two actors.
    measure, silence, interval, salience, method, blocks, n_resamples, rng, progress, **rules
        See `agreement_matrix`.
    sources : iterable of Source, optional
        What the evidence of Positions comes from; a Dataset brings its own.

    Returns
    -------
    Comparison

    Raises
    ------
    UnknownActorError
        If an actor is not there.

    Examples
    --------
    >>> from stances import VOTE, Positions
    >>> votes = Positions.from_codes([[2, 0, 1], [2, 2, -1]], scale=VOTE, actors=["CHN", "FRA"])
    >>> [item.contribution for item in compare(votes, "CHN", "FRA").shared]
    [0.5, 0.0]
    """
    positions = positions_of(data, rules, salience=salience)
    if first == second:
        raise FieldError("second", second, "is the first actor again")
    pair = positions.select(actors=[first, second])
    coefficient, policy = find_measure(measure), find_policy(silence)
    request = interval_of(interval, method, blocks, n_resamples, rng)
    matrix = compute(pair, "agreement", coefficient, policy, interval=request, progress=progress)
    cell = matrix.cell(first, second)
    items = tuple(_Items(pair, coefficient, policy, cell.value))
    used = {"shared": _both_levels, "unanswered": _one_silent, "conflicts": _any_conflict}
    parts = {name: tuple(item for item, codes in items if test(codes)) for name, test in used.items()}
    return Comparison(
        first,
        second,
        cell.value,
        cell.why,
        cell.lower,
        cell.upper,
        cell.observed,
        cell.expected,
        cell.n_shared,
        coefficient,
        policy,
        request,
        **parts,
        only_first=sum(_only_first(codes) for _, codes in items),
        only_second=sum(_only_first(codes[::-1]) for _, codes in items),
        name=" · ".join(filter(None, (pair.origin.name, pair.origin.subject))),
        rules=pair.origin.rules,
        sources=_named(data.sources if isinstance(data, Dataset) else sources, parts),
    )


Codes = tuple[int, int]


def _pooled(stratum: Stratum) -> NDArray[np.float64]:
    """Return the margins of both actors together, shape (n_levels,)."""
    table = stratum.table[0, 1]
    margins: NDArray[np.float64] = table.sum(axis=0) + table.sum(axis=1)
    return margins


def _both_levels(codes: Codes) -> bool:
    return min(codes) >= 0


def _one_silent(codes: Codes) -> bool:
    return bool({SILENT, ABSENT} & set(codes)) and CONFLICT not in codes


def _any_conflict(codes: Codes) -> bool:
    return CONFLICT in codes


def _only_first(codes: Codes) -> bool:
    return codes[0] >= 0 and codes[1] < 0 and not _one_silent(codes) and not _any_conflict(codes)


def _named(sources: Iterable[Source], parts: dict[str, tuple[Item, ...]]) -> tuple[Source, ...]:
    """Return the sources that the evidence names."""
    items = [item for group in parts.values() for item in group]
    named = {e.source for item in items for side in item.sides for s in side.records for e in s.evidence}
    return tuple(source for source in sources if source.id in named)


class _Items:
    """The questions of a pair of actors, each with what it adds to the value."""

    def __init__(self, pair: Positions, measure: Measure, policy: Policy, value: float) -> None:
        self.pair, self.measure, self.policy, self.value = pair, measure, policy, value
        self.codes: list[Codes] = [(int(a), int(b)) for a, b in pair.codes.T]
        self.kernels = {
            stratum.scale: measure.disagreement(stratum.scale, _pooled(stratum))
            for stratum in PairCounts.of(pair).strata
        }
        weights = pair.weights * (1.0 if pair.saliences is None else pair.saliences.mean(axis=0))
        self.counts = ~np.isnan(weights)
        self.differences = [
            self._difference(question, codes) if counts else float("nan")
            for question, codes, counts in zip(pair.questions, self.codes, self.counts, strict=True)
        ]
        largest = np.nanmax(weights, initial=0.0)
        self.weights = weights / largest if largest > 0 else weights
        self.total = float(self.weights[~np.isnan(self.differences)].sum()) if len(self.codes) else 0.0
        self.influences: dict[tuple[object, ...], float] = {}

    def __iter__(self) -> Iterator[tuple[Item, Codes]]:
        for j, (question, codes) in enumerate(zip(self.pair.questions, self.codes, strict=True)):
            sides = [
                Side(actor, self.pair.text(i, j), self._records(actor, question))
                for i, actor in enumerate(self.pair.actors)
            ]
            yield Item(question, sides[0], sides[1], self.differences[j], self._contribution(j)), codes

    def _records(self, actor: str, question: Question) -> tuple[Stance, ...]:
        return self.pair.origin.records.get((actor, question.id), ())

    def _difference(self, question: Question, codes: Codes) -> float:
        """Return the disagreement that a question counts with; NaN where it does not count."""
        if question.weight == 0 or question.scale.n_levels < 2 or max(codes) < 0:
            return float("nan")
        one, other = codes
        if min(codes) < 0:
            if min(codes) not in (SILENT, ABSENT) or self.policy not in (Policy.HALF, Policy.NEUTRAL):
                return float("nan")
            if self.policy is Policy.HALF:
                return 0.5
            middle = question.scale.middle
            assert middle is not None  # the policy refuses scales without one
            one, other = (middle if code < 0 else code for code in codes)
        return float(self.kernels[question.scale][one, other])

    def _contribution(self, j: int) -> float:
        if np.isnan(self.differences[j]) or np.isnan(self.value):
            return float("nan")
        if not self.measure.is_linear:
            return self._influence(j)
        part = self.measure.from_observed(np.array(self.differences[j]))
        return float(self.weights[j] * part / self.total)

    def _influence(self, j: int) -> float:
        """Return the value minus the value without question j; alike questions are worked out once."""
        question = self.pair.questions[j]
        key = (question.scale, float(self.weights[j]), self.codes[j])
        if key not in self.influences:
            rest = self.pair.take([k for k in range(self.pair.n_questions) if k != j])
            without = compute(rest, "agreement", self.measure, self.policy)
            self.influences[key] = self.value - float(without.values[0, 1])
        return self.influences[key]
