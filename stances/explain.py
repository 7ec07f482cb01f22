"""compare: the questions and the evidence behind one cell."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stances.comparison import Comparison, Item, Side
from stances.computing import compute
from stances.counts import PairCounts, Stratum
from stances.dataset import Dataset
from stances.errors import FieldError
from stances.matrices import AnyMeasure, interval_of, positions_of
from stances.measures import Measure, find_measure
from stances.models import Question, Source, Stance
from stances.positions import ABSENT, CONFLICT, SILENT, Positions
from stances.progress import Progress
from stances.silence import Policy, find_policy, placed


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
        origin=pair.origin,
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
        counts = PairCounts.of(pair, salience=pair.saliences is not None)
        counts = placed(counts) if policy is Policy.NEUTRAL else counts
        self.kernels = {s.scale: measure.disagreement(s.scale, _pooled(s)) for s in counts.strata}
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
