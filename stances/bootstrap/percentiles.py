"""Percentile intervals of every pair over resampled questions."""

import numpy as np
from numpy.typing import NDArray

from stances.bootstrap.resampling import Work
from stances.measures import Measure
from stances.positions import Positions
from stances.progress import Progress, ticker
from stances.silence import Policy
from stances.uncertainty import Interval

Floats = NDArray[np.float64]


def bootstrap_interval(
    positions: Positions,
    weights: Floats,
    measure: Measure,
    policy: Policy,
    kind: str,
    interval: Interval,
    progress: Progress | None = None,
) -> tuple[Floats, Floats]:
    """Return the percentile interval of every pair over resampled questions.

    To each resample about two made-up questions are added, with answers spread as for
    `influence_interval`: two actors who agree on all there is would get no interval otherwise.
    Resamples in which a value is undefined are left out. With none left, or where all that a pair
    shares lies in a single block (or question), the interval is the whole range.

    Counts add up over blocks, so those of a resample are a sum of those of its blocks, each counted
    once. Where there are more questions than resamples, each resample is counted instead.

    Parameters
    ----------
    positions : Positions
        Their saliences count, if they have any.
    weights : ndarray of float, shape (n_questions,)
    measure, policy, kind
        As for `influence_interval`.
    interval : Interval
        Each resample has a child of its seed, so the order of work does not matter.
    progress : callable, optional
        Called with the number of steps done and due.

    Returns
    -------
    lower, upper : ndarray of float, shape (n_actors, n_actors)
        What lies below the diagonal is the whole range.
    """
    work = Work.of(positions, weights, measure, policy, interval)
    limits, shape = measure.range_of(kind), (positions.n_actors, positions.n_actors)
    lower, upper = (np.full(shape, limit) for limit in limits)
    if not work.groups:
        return lower, upper
    tick = ticker(progress, work.n_parts * len(work.tiles))
    for rows, columns in work.tiles:
        tile = work.tile(rows, columns, tick)
        for strip, at in tile.strips(interval.n_resamples * (work.n_sums + 4)):
            values = measure.values(work.drawn(strip).parts, kind)
            ends = _percentiles(values, interval.level, limits)
            lower[at], upper[at] = (np.where(strip.several, e, l) for e, l in zip(ends, limits, strict=True))
    return lower, upper


def _percentiles(values: Floats, level: float, limits: tuple[float, float]) -> list[Floats]:
    """Return the lower and the upper percentile of the defined values along the last axis."""
    ordered = np.sort(values, axis=-1)  # NaN comes last
    last = np.maximum((~np.isnan(values)).sum(axis=-1) - 1, 0)
    ends = []
    for share, limit in zip(((1.0 - level) / 2.0, (1.0 + level) / 2.0), limits, strict=True):
        below = np.floor(share * last).astype(np.intp)
        above = np.minimum(below + 1, last)
        one, other = (np.take_along_axis(ordered, k[..., None], axis=-1)[..., 0] for k in (below, above))
        ends.append(np.where(np.isnan(one), limit, one + (other - one) * (share * last - below)))
    return ends
