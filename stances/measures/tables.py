"""Pair tables: what a measure is a function of."""

from collections.abc import Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances.scales import Scale

Floats = NDArray[np.float64]
NEGLIGIBLE = 1e-12  # what rounding leaves of nothing


@frozen(eq=False)
class PairTable:
    """The tables of some pairs on the questions of one scale.

    Attributes
    ----------
    scale : Scale
        Of these questions.
    counts : ndarray of float, shape (..., n_levels, n_levels)
        Weight of the questions on which one took level k and the other level l.
    n_shared : ndarray, shape (...)
        Number of these questions, each counted once whatever its weight.
    """

    scale: Scale
    counts: Floats
    n_shared: NDArray[np.int64]

    @property
    def weight(self) -> Floats:
        """Weight of all questions, shape (...)."""
        total: Floats = self.counts.sum(axis=(-1, -2))
        return total

    @property
    def rows(self) -> Floats:
        """Margins of the first actor, shape (..., n_levels)."""
        margins: Floats = self.counts.sum(axis=-1)
        return margins

    @property
    def columns(self) -> Floats:
        """Margins of the second actor, shape (..., n_levels)."""
        margins: Floats = self.counts.sum(axis=-2)
        return margins

    @property
    def pooled(self) -> Floats:
        """Margins of both together, shape (..., n_levels)."""
        return self.rows + self.columns


Tables = Sequence[PairTable]


def total(kernel: Floats, counts: Floats) -> Floats:
    """Return the sum of kernel times counts, shape (...).

    Level by level, so that the sum of a pair does not depend on which other pairs are there.
    """
    result = np.zeros(counts.shape[:-2])
    n_levels = counts.shape[-1]
    for k in range(n_levels):
        for l in range(n_levels):
            if kernel.ndim > 2 or kernel[k, l]:
                result += kernel[..., k, l] * counts[..., k, l]
    return result


def ratio(numerator: Floats, denominator: Floats) -> Floats:
    """Return a quotient that is NaN, without a warning, where the denominator is not above zero."""
    out: Floats = np.full(np.shape(numerator), np.nan)
    np.divide(numerator, denominator, out=out, where=(denominator > 0) & ~np.isnan(numerator))
    return out
