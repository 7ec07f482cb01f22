"""Silence policies: what a comparison does where one side took a level and the other said nothing.

A question on which neither took a level is never counted; no record, not eligible and conflict
are always skipped. The policies differ on `SILENT` and `ABSENT` only.
"""

from collections.abc import Callable
from enum import StrEnum

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from stances.counts import PairCounts, Stratum
from stances.errors import ChoiceError, NotCountedError, SilencePolicyError
from stances.measures import Measure, Parts
from stances.measures.tables import ratio, total

Floats = NDArray[np.float64]


class Policy(StrEnum):
    """How a question counts on which one side is silent or absent."""

    SKIP = "skip"
    HALF = "half"
    NEUTRAL = "neutral"
    BOUNDS = "bounds"


@frozen(eq=False)
class Outcome:
    """A measure under a policy.

    Attributes
    ----------
    parts : Parts
        Values, observed and expected disagreement.
    n_used : ndarray of int
        Questions that the values rest on.
    lowest, highest : ndarray of float or None
        Under ``bounds``: disagreement, had the silent side answered as near, or as far, as it could.
    """

    parts: Parts
    n_used: NDArray[np.int64]
    lowest: Floats | None = None
    highest: Floats | None = None


def find_policy(policy: str) -> Policy:
    """Return a policy by its name; ChoiceError if there is none."""
    try:
        return Policy(policy)
    except ValueError:
        raise ChoiceError("silence policy", policy, tuple(p.value for p in Policy)) from None


def evaluate(counts: PairCounts, measure: Measure, policy: Policy) -> Outcome:
    """Return what a measure gives for all pairs under a policy.

    Raises
    ------
    SilencePolicyError
        If the policy asks what the measure or a scale cannot give.
    """
    return _EVALUATE[policy](counts, measure)


def _parts(counts: PairCounts, measure: Measure) -> Parts:
    if counts.measure is not None and counts.measure != measure:
        raise NotCountedError(f"what {measure.name} needs", (f"what {counts.measure.name} needs",))
    return measure.evaluate([stratum.seen for stratum in counts.strata], counts.shape)


def _skip(counts: PairCounts, measure: Measure) -> Outcome:
    return Outcome(_parts(counts, measure), counts.n_shared)


def _refuse_others(measure: Measure, policy: Policy) -> None:
    if not measure.is_linear:
        raise SilencePolicyError(
            policy.value, f"needs a measure without chance correction; {measure.name!r} has one"
        )


def _half(counts: PairCounts, measure: Measure) -> Outcome:
    """Count a one-sided question as half agreement, whatever the scale."""
    _refuse_others(measure, Policy.HALF)
    parts = _parts(counts, measure)
    lone = sum(
        (s.lone_rows.sum(-1) + s.lone_columns.sum(-1) for s in counts.strata), np.zeros(counts.n_lone.shape)
    )
    disagreed = np.where(parts.weight > 0, parts.observed * parts.weight, 0.0) + 0.5 * lone
    observed = ratio(disagreed, parts.weight + lone)
    parts = evolve(
        parts, observed=observed, values=measure.from_observed(observed), weight=parts.weight + lone
    )
    return Outcome(parts, counts.n_shared + counts.n_lone)


def _neutral(counts: PairCounts, measure: Measure) -> Outcome:
    """Put the silent side at the level exactly in the middle of the scale."""
    return _skip(placed(counts), measure)


def placed(counts: PairCounts) -> PairCounts:
    """Return counts in which every silent side stands at the middle level.

    Raises
    ------
    SilencePolicyError
        If a scale has no level exactly in the middle.
    """
    return evolve(counts, strata=tuple(_placed(stratum) for stratum in counts.strata))


def _placed(stratum: Stratum) -> Stratum:
    middle = stratum.scale.middle
    if middle is None:
        raise SilencePolicyError(
            "neutral", f"needs a level in the middle; scale {stratum.scale.id!r} has none"
        )
    moved = {name: _moved(stratum[name], middle) for name in ("cells", "squares") if name in stratum.sums}
    return evolve(
        stratum,
        n_shared=stratum.n_shared + stratum.n_lone,
        sums=dict(stratum.sums) | moved | {"n_lone": np.zeros_like(stratum.n_lone)},
    )


def _moved(cells: Floats, middle: int) -> Floats:
    moved = cells.copy(order="K")
    moved[..., :-1, middle] += cells[..., :-1, -1]
    moved[..., middle, :-1] += cells[..., -1, :-1]
    moved[..., :-1, -1] = moved[..., -1, :-1] = 0.0
    return moved


def _bounds(counts: PairCounts, measure: Measure) -> Outcome:
    """Keep the value of `skip`, and say between what it could lie had every silent side answered."""
    _refuse_others(measure, Policy.BOUNDS)
    outcome = _skip(counts, measure)
    lowest, highest, weight = (np.zeros(counts.n_shared.shape) for _ in range(3))
    for stratum in counts.strata:
        kernel = measure.disagreement(stratum.scale)
        answered = stratum.lone_rows + stratum.lone_columns
        both = total(kernel, stratum.table)
        weight += stratum.table.sum(axis=(-1, -2)) + answered.sum(axis=-1)
        lowest += both + answered @ kernel.min(axis=1)
        highest += both + answered @ kernel.max(axis=1)
    return evolve(outcome, lowest=ratio(lowest, weight), highest=ratio(highest, weight))


_EVALUATE: dict[Policy, Callable[[PairCounts, Measure], Outcome]] = {
    Policy.SKIP: _skip,
    Policy.HALF: _half,
    Policy.NEUTRAL: _neutral,
    Policy.BOUNDS: _bounds,
}
