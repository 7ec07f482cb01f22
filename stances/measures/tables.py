"""Pair tables: what a measure is a function of."""

from collections.abc import Sequence
from functools import cached_property
from typing import cast

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from stances.scales import Scale

Floats = NDArray[np.float64]
NEGLIGIBLE = 1e-12  # what rounding leaves of nothing
FAINT = 2.0**-200  # weights below are raised, as a fourth power of them would vanish


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

    @cached_property
    def weight(self) -> Floats:
        """Weight of all questions, shape (...)."""
        return _over_levels(self.rows)

    @cached_property
    def rows(self) -> Floats:
        """Margins of the first actor, shape (..., n_levels)."""
        return _margins(self.counts)

    @cached_property
    def columns(self) -> Floats:
        """Margins of the second actor, shape (..., n_levels)."""
        return _margins(self.counts.swapaxes(-1, -2))

    @cached_property
    def pooled(self) -> Floats:
        """Margins of both together, shape (..., n_levels)."""
        return self.rows + self.columns

    def disagreed(self, kernel: Floats) -> Floats:
        """Return the sum of a kernel over all questions, shape (...)."""
        numerators, divisor = in_whole_numbers(kernel)
        return total(numerators, self.counts) / divisor

    def raised(self, powers: NDArray[np.intp]) -> "PairTable":
        """Return the tables with every weight times a power of two."""
        return evolve(self, counts=np.ldexp(self.counts, powers[..., None, None]))


@frozen(eq=False)
class PairSums:
    """What a measure needs of a pair table, where the table itself was not counted.

    Attributes
    ----------
    scale : Scale
        Of the questions.
    n_shared : ndarray, shape (...)
        Their number.
    weight : ndarray of float, shape (...)
        Their weight.
    disagreement : ndarray of float, shape (...)
        The sum of the measure's kernel over them.
    rows, columns : ndarray of float, shape (..., n_levels), or None
        Margins of the first and the second actor, if they were counted.
    """

    scale: Scale
    n_shared: NDArray[np.int64]
    weight: Floats
    disagreement: Floats
    rows: Floats
    columns: Floats

    @cached_property
    def pooled(self) -> Floats:
        """Margins of both together, shape (..., n_levels)."""
        return self.rows + self.columns

    def disagreed(self, kernel: Floats) -> Floats:
        """Return the sum of the kernel that was counted."""
        del kernel
        return self.disagreement

    def raised(self, powers: NDArray[np.intp]) -> "PairSums":
        """Return the sums with every weight times a power of two."""
        margins = [None if m is None else np.ldexp(m, powers[..., None]) for m in (self.rows, self.columns)]
        weight, disagreement = np.ldexp(self.weight, powers), np.ldexp(self.disagreement, powers)
        return PairSums(self.scale, self.n_shared, weight, disagreement, *cast("list[Floats]", margins))


Tables = Sequence[PairTable]
Counted = Sequence[PairTable | PairSums]


def audible(tables: Counted, weight: Floats) -> Counted:
    """Return tables in which the weights of faint pairs are raised, so that no product of them vanishes.

    By powers of two, which is exact; all others stay as they are.

    Parameters
    ----------
    tables : sequence of PairTable or PairSums
    weight : ndarray of float, shape (...)
        Of each pair in all of them.
    """
    faint = (weight > 0) & (weight < FAINT)
    if not faint.any():
        return tables
    powers = np.where(faint, -np.frexp(weight)[1], 0)
    return [table.raised(powers) for table in tables]


def _margins(counts: Floats) -> Floats:
    """Return the sums over the last axis, one level after the other in memory."""
    return np.moveaxis(np.array([_over_levels(counts[..., k, :]) for k in range(counts.shape[-2])]), 0, -1)


def _over_levels(margins: Floats) -> Floats:
    """Return the sum over the levels, in their order whatever the shape."""
    result = np.zeros(margins.shape[:-1])
    for l in range(margins.shape[-1]):
        result += margins[..., l]
    return result


def added(arrays: Sequence[Floats], shape: tuple[int, ...]) -> Floats:
    """Return the sum of the arrays of all scales, zeros where there are none."""
    return arrays[0] if len(arrays) == 1 else sum(arrays, np.zeros(shape))


def total(kernel: Floats, counts: Floats) -> Floats:
    """Return the sum of kernel times counts, shape (...).

    Level by level, so that the sum of a pair does not depend on which other pairs are there.
    """
    result = np.zeros(counts.shape[:-2])
    for k in range(counts.shape[-2]):
        result += dot(kernel[..., k, :], counts[..., k, :])
    return result


def dot(factors: Floats, margins: Floats) -> Floats:
    """Return the sum of factors times margins over the levels, shape (...)."""
    result = np.zeros(margins.shape[:-1])
    for l in range(margins.shape[-1]):
        factor = factors[..., l]
        if factor.ndim or factor not in (0.0, 1.0):
            result += factor * margins[..., l]
        elif factor:
            result += margins[..., l]
    return result


def in_whole_numbers(kernel: Floats) -> tuple[Floats, float]:
    """Return a kernel as whole numbers and what they are divided by; as it is where there are none.

    Counts times whole numbers are exact, so that a sum does not depend on how it was formed.

    Examples
    --------
    >>> numerators, divisor = in_whole_numbers(np.array([[0.0, 0.5, 1.0], [0.5, 0.0, 0.5], [1.0, 0.5, 0.0]]))
    >>> numerators.tolist(), divisor
    ([[0.0, 1.0, 2.0], [1.0, 0.0, 1.0], [2.0, 1.0, 0.0]], 2.0)
    """
    steps = float(max(kernel.shape[-1] - 1, 1))
    for divisor in (1.0, steps, steps**2):
        numerators: Floats = np.rint(kernel * divisor)
        if (
            kernel.ndim == 2
            and np.abs(numerators - kernel * divisor).max(initial=0.0) <= NEGLIGIBLE * divisor
        ):
            return numerators, divisor
    return kernel, 1.0


def ratio(numerator: Floats, denominator: Floats) -> Floats:
    """Return a quotient that is NaN, without a warning, where the denominator is not above zero."""
    out: Floats = np.full(np.shape(numerator), np.nan)
    np.divide(numerator, denominator, out=out, where=(denominator > 0) & ~np.isnan(numerator))
    return out
