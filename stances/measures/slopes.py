"""How the disagreement expected by chance moves with the table: the derivatives of the chance models.

A question on which the first actor takes level k and the second level l moves the expectation through
the margins alone. So its derivative is a part for k, a part for l, and one for the weight.
"""

from collections.abc import Callable

import numpy as np

from stances.measures import chance
from stances.measures.chance import Table
from stances.measures.tables import Floats, dot, ratio

Slopes = tuple[Floats, Floats, Floats]


def _times(kernel: Floats, margins: Floats) -> Floats:
    """Return the sum of kernel[k, l] * margins[l] for every k, shape (..., n_levels)."""
    return np.moveaxis(np.array([dot(row, margins) for row in kernel]), 0, -1)


def _over(numerator: Floats, weight: Floats) -> Floats:
    return np.nan_to_num(ratio(numerator, weight))


def _own(kernel: Floats, table: Table) -> Slopes:
    share = _over(np.ones_like(table.weight), table.weight)
    first = _times(kernel, table.columns) * share[..., None]
    second = _times(kernel.T, table.rows) * share[..., None]
    return first, second, -chance.own(kernel, table) * share


def _pooled(kernel: Floats, table: Table) -> Slopes:
    share = _over(np.ones_like(table.weight), table.weight)
    either = _times(kernel, table.pooled) * (share / 2.0)[..., None]
    return either, either, -chance.pooled(kernel, table) * share


def _uniform(kernel: Floats, table: Table) -> Slopes:
    nothing = np.zeros((*table.weight.shape, len(kernel)))
    return nothing, nothing, np.full(table.weight.shape, kernel.mean())


def _without_replacement(kernel: Floats, table: Table) -> Slopes:
    n: Floats = table.n_shared.astype(np.float64)
    share = _over(np.ones_like(table.weight), table.weight)
    drawn = share * _over(n, 2.0 * n - 1.0)
    either = _times(kernel, table.pooled) * drawn[..., None]
    return either, either, -chance.without_replacement(kernel, table) * share


def _gwet(kernel: Floats, table: Table) -> Slopes:
    q = len(kernel)
    share = table.pooled * _over(np.full(table.weight.shape, 0.5), table.weight)[..., None]
    random = (q * q - kernel.sum()) / (q * (q - 1.0))
    turn = 1.0 - 2.0 * share
    either = -random * turn / 2.0
    spread = (share * (1.0 - share)).sum(axis=-1)
    return either, either, 1.0 - random * (spread - (turn * share).sum(axis=-1))


SLOPES: dict[str, Callable[[Floats, Table], Slopes]] = {
    "own": _own,
    "pooled": _pooled,
    "uniform": _uniform,
    "without replacement": _without_replacement,
    "gwet": _gwet,
}
