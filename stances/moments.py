"""Mean disagreement on scales of many levels from a few sums, without a table of levels by levels.

A table of L levels needs L squared products of planes. The squared distance needs three products
whatever L is, as (x - y) ** 2 = x ** 2 - 2 x y + y ** 2; the distance needs L - 1, one for each cut
between neighbouring levels; identity needs L.
"""

from collections.abc import Callable

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances.counts import by_scale
from stances.measures import Measure, Parts
from stances.measures.tables import ratio
from stances.positions import Positions
from stances.scales import Scale
from stances.silence import Outcome, Policy

MANY_LEVELS = 10
Floats = NDArray[np.float64]
Product = Callable[[Floats, Floats], Floats]


def suits(positions: Positions, measure: Measure, policy: Policy) -> bool:
    """Tell whether a measure is a mean of distances on scales, one of which has many levels."""
    known = measure.is_linear and measure.kernel in ("nominal", "linear", "squared", "graded")
    levels = max((question.scale.n_levels for question in positions.questions), default=0)
    return known and policy is Policy.SKIP and levels >= MANY_LEVELS


def outcome(
    positions: Positions,
    weights: Floats,
    measure: Measure,
    *,
    rows: slice = slice(None),
    columns: slice = slice(None),
) -> Outcome:
    """Return a measure that `suits` for all pairs of a tile, equal to that of its tables.

    Parameters
    ----------
    positions : Positions
        Their saliences count, if they have any.
    weights : ndarray of float, shape (n_questions,)
    measure : Measure
    rows, columns : slice, optional
        A tile of the matrix.
    """
    tile = _Tile(positions, weights, rows, columns)
    shape = (len(positions.actors[rows]), len(positions.actors[columns]))
    disagreed, weight, n_shared = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for scale, chosen in by_scale(positions, weights):
        measure.check(scale)
        kernel = "linear" if measure.kernel == "graded" and scale.ordered else measure.kernel
        kernel = "nominal" if kernel == "graded" else kernel
        one, other, product = tile.part(chosen)
        disagreed += _SUMS[str(kernel)](one, other, scale, product)
        levels = [(codes >= 0).astype(np.float64) for codes in (one, other)]
        weight += product(*levels)
        n_shared += levels[0] @ levels[1].T
    observed = ratio(disagreed, weight)
    parts = Parts(measure.from_observed(observed), observed, np.full(shape, np.nan), weight)
    return Outcome(parts, n_shared.astype(np.int64))


@frozen(eq=False)
class _Tile:
    """Two groups of actors, whose products are weighed."""

    positions: Positions
    weights: Floats
    rows: slice
    columns: slice

    def part(self, chosen: NDArray[np.intp]) -> tuple[NDArray[np.int8], NDArray[np.int8], Product]:
        """Return the codes of both sides on some questions, and the weighted product of two planes."""
        one, other = (self.positions.codes[side][:, chosen] for side in (self.rows, self.columns))
        weights = self.weights[chosen]
        saliences = self.positions.saliences
        if saliences is None:
            return one, other, lambda a, b: (a * weights) @ b.T
        both = [saliences[side][:, chosen] for side in (self.rows, self.columns)]
        one, other = (
            np.where(np.isnan(known), -1, codes).astype(np.int8)
            for codes, known in zip((one, other), both, strict=True)
        )
        first, second = (np.nan_to_num(known) for known in both)
        return (
            one,
            other,
            lambda a, b: ((a * weights * first) @ b.T + (a * weights) @ (b * second).T) / 2.0,
        )


def _nominal(one: NDArray[np.int8], other: NDArray[np.int8], scale: Scale, product: Product) -> Floats:
    """Return the weight on which both took a level and not the same one."""
    both = product((one >= 0).astype(np.float64), (other >= 0).astype(np.float64))
    same = (product((one == k).astype(float), (other == k).astype(float)) for k in range(scale.n_levels))
    return both - sum(same, np.zeros(both.shape))


def _squared(one: NDArray[np.int8], other: NDArray[np.int8], scale: Scale, product: Product) -> Floats:
    """Return the sum of squared distances."""
    x, y = (_values(codes, scale) for codes in (one, other))
    known, also = ((codes >= 0).astype(np.float64) for codes in (one, other))
    squares: Floats = product(x**2, also) - 2.0 * product(x, y) + product(known, y**2)
    return np.maximum(squares, 0.0)


def _linear(one: NDArray[np.int8], other: NDArray[np.int8], scale: Scale, product: Product) -> Floats:
    """Return the sum of distances: for each cut between two levels, how often it parts the two."""
    total = np.zeros((len(one), len(other)))
    for cut, gap in enumerate(np.diff(scale.unit_values)):
        high, also_high = ((codes > cut).astype(np.float64) for codes in (one, other))
        low, also_low = (((codes >= 0) & (codes <= cut)).astype(np.float64) for codes in (one, other))
        total += gap * (product(high, also_low) + product(low, also_high))
    return total


def _values(codes: NDArray[np.int8], scale: Scale) -> Floats:
    """Return the values of levels, zero where there is none."""
    values: Floats = np.append(scale.unit_values, 0.0)[np.where(codes >= 0, codes, -1)]
    return values


_SUMS = {"nominal": _nominal, "squared": _squared, "linear": _linear}
