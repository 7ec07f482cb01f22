"""From positions to a matrix, tile by tile: where records and arithmetic meet."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from stances.bootstrap import bootstrap_interval
from stances.counts import PairCounts
from stances.errors import SilencePolicyError
from stances.intervals import influence_interval
from stances.matrix import REASONS, Matrix
from stances.measures import Measure
from stances.moments import outcome, suits
from stances.positions import Positions
from stances.silence import Outcome, Policy, evaluate
from stances.uncertainty import Interval, Progress

TILE = 512
NO_SHARED, TOO_FEW = (REASONS.index(reason) for reason in ("no_shared_questions", "too_few_shared"))


def compute(
    positions: Positions,
    kind: str,
    measure: Measure,
    policy: Policy,
    min_shared: int = 1,
    interval: Interval | None = None,
    progress: Progress | None = None,
) -> Matrix:
    """Compute a matrix tile by tile.

    Actors and questions are taken in the order of their ids, so that the result is the same bit
    by bit whatever order they came in; it is given back in the order they came in.
    """
    if interval is not None and policy is Policy.BOUNDS:
        raise SilencePolicyError("bounds", "gives two ends of its own, and so no interval")
    ordered, order = _canonical(positions)
    weights, n = _scaled(ordered.weights), len(order)
    if ordered.saliences is not None:
        ordered = evolve(ordered, saliences=_scaled(ordered.saliences))
    arrays = {name: np.full((n, n), np.nan) for name in ("values", "observed", "expected", "lower", "upper")}
    arrays |= {name: np.zeros((n, n), dtype=np.int64) for name in ("n_shared", "n_used", "reasons")}
    for rows, columns in _tiles(n, _tile_size(ordered)):
        tile = _tile(ordered, weights, rows, columns, kind, measure, policy, min_shared, interval)
        for name, array in arrays.items():
            array[rows, columns] = tile[name]
    if interval is not None:
        if interval.method == "bootstrap":
            ends = bootstrap_interval(ordered, weights, measure, policy, kind, interval, progress)
            arrays["lower"], arrays["upper"] = ends
        _enclose(arrays)
    back = np.argsort(order)
    whole: dict[str, Any] = {name: _mirrored(array)[np.ix_(back, back)] for name, array in arrays.items()}
    if interval is None and policy is not Policy.BOUNDS:
        whole["lower"] = whole["upper"] = None
    whole["reasons"] = whole["reasons"].astype(np.int8)
    about: dict[str, Any] = {"measure": measure, "silence": policy, "kind": kind, "interval": interval}
    return Matrix(positions.actors, positions=positions, **about, **whole)


def _tile(
    ordered: Positions,
    weights: NDArray[np.float64],
    rows: slice,
    columns: slice,
    kind: str,
    measure: Measure,
    policy: Policy,
    min_shared: int,
    interval: Interval | None,
) -> dict[str, NDArray[Any]]:
    """Return all arrays of one tile, with intervals if they come from the counts."""
    if interval is None and suits(ordered, measure, policy):
        found = outcome(ordered, weights, measure, rows=rows, columns=columns)
        return finished(found, found.n_used, kind, measure, min_shared)
    salience = ordered.saliences is not None
    counts = PairCounts.of(ordered, weights=weights, rows=rows, columns=columns, salience=salience)
    tile = finished(evaluate(counts, measure, policy), counts.n_shared, kind, measure, min_shared)
    if interval is not None and interval.method == "influence":
        tile["lower"], tile["upper"] = influence_interval(counts, measure, policy, kind, interval.level)
    return tile


def _enclose(arrays: dict[str, NDArray[Any]]) -> None:
    """Make intervals contain the value; an undefined value has none."""
    undefined = np.isnan(arrays["values"])
    for name, pick in (("lower", np.fmin), ("upper", np.fmax)):
        arrays[name] = np.where(undefined, np.nan, pick(arrays[name], arrays["values"]))


def _canonical(positions: Positions) -> tuple[Positions, NDArray[np.intp]]:
    order = np.array(sorted(range(positions.n_actors), key=lambda i: positions.actors[i]), dtype=np.intp)
    columns = sorted(range(positions.n_questions), key=lambda j: positions.questions[j].id)
    return positions.take(columns).rows(positions.actors[i] for i in order), order


def _scaled(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return weights with a largest of 1: no sum overflows, and equal weights count as none."""
    largest = np.nanmax(weights, initial=0.0)
    return weights / largest if largest > 0 else weights


def _tile_size(positions: Positions) -> int:
    """Return how many actors a tile has: fewer where tables are larger than those of five levels."""
    n_levels = max((question.scale.n_levels for question in positions.questions), default=1)
    return max(min(TILE, TILE * 6 // (n_levels + 1)), 1)


def _tiles(n: int, size: int) -> Iterator[tuple[slice, slice]]:
    """Yield the tiles on and above the diagonal."""
    starts = range(0, n, size)
    return ((slice(i, i + size), slice(j, j + size)) for i in starts for j in starts if i <= j)


def finished(
    outcome: Outcome, n_shared: NDArray[np.int64], kind: str, measure: Measure, min_shared: int
) -> dict[str, NDArray[Any]]:
    """Return what a `Matrix` holds of pairs: values with support, and reasons where there are none."""
    values = measure.values(outcome.parts, kind)
    reasons = np.where(np.isnan(values), REASONS.index(measure.undefined), 0)
    reasons = np.where(outcome.n_used < min_shared, TOO_FEW, reasons)
    weightless = np.isnan(values) & ~(outcome.parts.weight > 0)
    reasons = np.where((outcome.n_used == 0) | weightless, NO_SHARED, reasons)
    ends = [_end(outcome.highest, kind, measure), _end(outcome.lowest, kind, measure)]
    lower, upper = ends if kind == "agreement" else ends[::-1]
    return {
        "values": np.where(reasons == 0, values, np.nan),
        "observed": outcome.parts.observed,
        "expected": outcome.parts.expected,
        "lower": lower,
        "upper": upper,
        "n_shared": n_shared,
        "n_used": outcome.n_used,
        "reasons": reasons,
    }


def _end(disagreement: NDArray[np.float64] | None, kind: str, measure: Measure) -> NDArray[Any]:
    if disagreement is None:
        return np.array(np.nan)
    return measure.from_observed(disagreement) if kind == "agreement" else disagreement


def _mirrored(array: NDArray[Any]) -> NDArray[Any]:
    """Return the matrix whose lower triangle repeats the upper one exactly."""
    below = np.tri(len(array), k=-1, dtype=np.bool_)
    return np.where(below, array.T, array)
