"""From positions to a matrix, tile by tile: where records and arithmetic meet."""

from collections.abc import Iterator
from math import isqrt
from typing import Any

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from stances.bootstrap import bootstrap_interval
from stances.computing.canvas import Arrays, Canvas, enclosing, mirrored
from stances.computing.request import Request
from stances.counts import Answers, PairCounts, Plan, relative
from stances.counts.expansions import expansion
from stances.errors import SilencePolicyError
from stances.intervals import influence_interval
from stances.matrix import REASONS, Matrix
from stances.measures import Measure
from stances.positions import Positions
from stances.progress import Progress, ticker
from stances.silence import Outcome, Policy, evaluate
from stances.uncertainty import Interval

TILE = 1280  # actors at most, of either side
TILE_NUMBERS = 2**23  # in the sums of a tile: 64 MB
PART_NUMBERS = 2**18  # of pairs that are finished at a time, which fit the cache: their sums and four more
NO_SHARED, TOO_FEW = (REASONS.index(reason) for reason in ("no_shared_questions", "too_few_shared"))


@np.errstate(under="ignore")  # what vanishes beside a heavier question is nothing
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

    Actors are taken in the order of their ids, and so are questions whose sums are not of whole
    numbers, so that the result is the same bit by bit whatever order they came in; it is given back
    in the order they came in. Beside the result, memory holds the sums of one tile and the planes
    of one block of questions.
    """
    if interval is not None and policy is Policy.BOUNDS:
        raise SilencePolicyError("bounds", "gives two ends of its own, and so no interval")
    request = Request(kind, measure, policy, min_shared, interval)
    order = _order(positions.actors)
    answers = _answers(positions, order, request.plan)
    arrays = _whole(answers, order, request, None if _drawn(interval) else progress)
    if _drawn(interval):
        ends = _bootstrap(positions, request, progress)
        arrays["lower"], arrays["upper"] = enclosing(ends, arrays["values"])
    about: dict[str, Any] = {"measure": measure, "silence": policy, "kind": kind, "interval": interval}
    return Matrix(positions.actors, positions=positions, **about, **arrays)


def _drawn(interval: Interval | None) -> bool:
    return interval is not None and interval.method == "bootstrap"


def _order(actors: tuple[str, ...]) -> NDArray[np.intp] | None:
    """Return the rows of actors sorted by id; None if they are."""
    order = sorted(range(len(actors)), key=actors.__getitem__)
    return None if order == list(range(len(actors))) else np.array(order, dtype=np.intp)


def _answers(positions: Positions, order: NDArray[np.intp] | None, plan: Plan) -> Answers:
    """Return the answers of actors in an order; of questions by id where sums are not of whole numbers."""
    salience = positions.saliences is not None
    answers = Answers.of(positions, order=order, weights=relative(positions.weights), salience=salience)
    if answers.is_plain and all(plan.is_whole(scale) for scale, _ in answers.groups):
        return answers
    positions = _by_id(positions)
    return Answers.of(positions, order=order, weights=relative(positions.weights), salience=salience)


def _by_id(positions: Positions) -> Positions:
    """Return positions with questions in the order of their ids, and saliences of at most 1."""
    columns = sorted(range(positions.n_questions), key=lambda j: positions.questions[j].id)
    taken = positions.take(columns)
    return taken if taken.saliences is None else evolve(taken, saliences=relative(taken.saliences))


def _bootstrap(
    positions: Positions, request: Request, progress: Progress | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the ends of bootstrap intervals, in the order of the positions."""
    assert request.interval is not None
    order = sorted(range(positions.n_actors), key=positions.actors.__getitem__)
    ordered = _by_id(positions).rows(positions.actors[i] for i in order)
    measure, policy, kind = request.measure, request.policy, request.kind
    weights = relative(ordered.weights)
    ends = bootstrap_interval(ordered, weights, measure, policy, kind, request.interval, progress)
    back = np.argsort(order)
    lower, upper = (mirrored(end)[np.ix_(back, back)] for end in ends)
    return lower, upper


def _whole(
    answers: Answers, order: NDArray[np.intp] | None, request: Request, progress: Progress | None
) -> dict[str, Any]:
    """Return the arrays of a matrix: tiles on and above the diagonal are computed, and mirrored below."""
    n, n_sums = len(answers.actors), _n_sums(answers, request.plan)
    canvas = Canvas.of(n, order, request, even=_is_even(answers, request))
    tiles = list(_tiles(n, _tile_size(n, n_sums)))
    tick = ticker(progress, len(tiles) * answers.n_pieces)
    for rows, columns in tiles:
        counts = PairCounts.among(answers, rows, columns, request.plan, tick)
        height = max(PART_NUMBERS // (len(counts.columns) * (n_sums + 4)), 1)
        for start in range(0, len(counts.rows), height):
            part = counts.part(slice(start, start + height))
            canvas.put(rows.start + start, columns.start, finished(part, request))
    return canvas.arrays


def _is_even(answers: Answers, request: Request) -> bool:
    """Tell whether a pair comes out the same from both sides, bit by bit: as a mean of whole numbers does."""
    if not (request.measure.adds_up and request.policy is Policy.SKIP and answers.is_plain):
        return False
    kernels = [expansion(request.measure, scale) for scale, _ in answers.groups]
    return not request.by_influence and all(kernel is not None and kernel.is_whole for kernel in kernels)


def _n_sums(answers: Answers, plan: Plan) -> int:
    """Return how many numbers are summed for each pair, at least one."""
    return max(sum(plan.on(scale).n_sums(scale.n_levels) for scale, _ in answers.groups), 1)


def _tile_size(n_actors: int, n_sums: int) -> int:
    """Return how many actors a tile has: fewer where there are more sums for each pair."""
    most = max(min(TILE, isqrt(TILE_NUMBERS // n_sums)), 1)
    n_tiles = -(-n_actors // most)
    return max(-(-n_actors // max(n_tiles, 1)), 1)


def _tiles(n: int, size: int) -> Iterator[tuple[slice, slice]]:
    """Yield the tiles on and above the diagonal."""
    starts = range(0, n, size)
    return ((slice(i, i + size), slice(j, j + size)) for i in starts for j in starts if i <= j)


def finished(counts: PairCounts, request: Request) -> Arrays:
    """Return all arrays of some pairs, with intervals if they come from the counts."""
    measure, policy, kind = request.measure, request.policy, request.kind
    outcome = evaluate(counts, measure, policy)
    values = measure.values(outcome.parts, kind)
    reasons = _reasons(np.isnan(values), outcome, request)
    arrays: Arrays = {
        "values": np.where(reasons == 0, values, np.nan) if reasons.any() else values,
        "observed": outcome.parts.observed,
        "expected": outcome.parts.expected,
        "n_shared": counts.n_shared,
        "n_used": outcome.n_used,
        "reasons": reasons,
    }
    return arrays | _ends(counts, outcome, arrays["values"], request)


def _reasons(undefined: NDArray[np.bool_], outcome: Outcome, request: Request) -> NDArray[np.int8]:
    """Return why values do not count, 0 where they do."""
    reasons = np.zeros(undefined.shape, dtype=np.int8)
    few = outcome.n_used < request.min_shared
    if undefined.any() or few.any():
        reasons[undefined] = REASONS.index(request.measure.undefined)
        reasons[few] = TOO_FEW
        reasons[(outcome.n_used == 0) | (undefined & ~(outcome.parts.weight > 0))] = NO_SHARED
    return reasons


def _ends(counts: PairCounts, outcome: Outcome, values: NDArray[np.float64], request: Request) -> Arrays:
    """Return the ends of bounds, or of intervals that come from the counts."""
    measure, policy, kind = request.measure, request.policy, request.kind
    if request.interval is not None and request.by_influence:
        ends = influence_interval(counts, measure, policy, kind, request.interval.level)
        lower, upper = enclosing(ends, values)
    elif outcome.lowest is None or outcome.highest is None:
        return {}
    elif kind == "agreement":
        lower, upper = measure.from_observed(outcome.highest), measure.from_observed(outcome.lowest)
    else:
        lower, upper = outcome.lowest, outcome.highest
    return {"lower": lower, "upper": upper}
