"""Chance models: the disagreement expected of two actors who answer independently.

Each takes a kernel of shape (n_levels, n_levels) and tables of shape (..., n_levels, n_levels),
and returns the expected disagreement times the weight of the table, so that strata add up. It is
a sum over the kernel, never 1 minus something, and so exact zero where chance agreement is complete.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def total(kernel: Floats, table: Floats) -> Floats:
    """Return the sum of kernel times table, shape (...)."""
    result = np.zeros(table.shape[:-2])
    for k, l in np.argwhere(kernel):
        result += kernel[k, l] * table[..., k, l]
    return result


def own(kernel: Floats, table: Floats) -> Floats:
    """Return what independent answers with each actor's own margins would give (Cohen 1960)."""
    rows, columns = table.sum(axis=-1), table.sum(axis=-2)
    weight = rows.sum(axis=-1)
    result = np.zeros(table.shape[:-2])
    for k, l in np.argwhere(kernel):
        result += kernel[k, l] * rows[..., k] * columns[..., l]
    expected: Floats = np.zeros_like(result)
    np.divide(result, weight, out=expected, where=weight > 0)
    return expected


CHANCE: dict[str, Callable[[Floats, Floats], Floats]] = {"own": own}
