"""A measure: sums over the pair table and a finishing function."""

from collections.abc import Sequence

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from stances.errors import UnorderedScaleError
from stances.measures.chance import CHANCE, total
from stances.measures.kernels import KERNELS, NEEDS_ORDER, Kernel
from stances.scales import Scale

Floats = NDArray[np.float64]
Tables = Sequence[tuple[Scale, Floats]]
NEGLIGIBLE = 1e-12


@frozen(eq=False)
class Parts:
    """What a measure makes of pair tables; all of shape (...), NaN where undefined.

    Attributes
    ----------
    values : ndarray of float
        The measure.
    observed : ndarray of float
        Mean disagreement, in [0, 1].
    expected : ndarray of float
        Disagreement expected by chance; NaN throughout for measures without chance correction.
    weight : ndarray of float
        Weight of the questions that were used.
    """

    values: Floats
    observed: Floats
    expected: Floats
    weight: Floats


@frozen
class Measure:
    """A published coefficient: a kernel, a chance model and a range.

    Attributes
    ----------
    name : str
        Its key in `MEASURES`.
    title : str
        What it says, in a line.
    kernel : str
        Disagreement between two levels: ``nominal``, ``linear`` or ``graded``.
    chance : str or None
        Model of the disagreement expected by chance, or None.
    signed : bool
        Without chance correction: whether the value is 1 - 2 Do instead of 1 - Do.
    range : tuple of float
        Lowest and highest value possible.
    reference : str
        Where it was published.
    """

    name: str
    title: str
    kernel: str
    reference: str
    chance: str | None = None
    signed: bool = False
    range: tuple[float, float] = field(default=(0.0, 1.0))

    @property
    def corrected(self) -> bool:
        """Whether chance agreement is taken out."""
        return self.chance is not None

    def disagreement(self, scale: Scale) -> Kernel:
        """Return the kernel on a scale, shape (n_levels, n_levels).

        Raises
        ------
        UnorderedScaleError
            If the kernel is graded and the scale has no order.
        """
        if self.kernel in NEEDS_ORDER and not scale.ordered:
            raise UnorderedScaleError(self.name, scale.id)
        return KERNELS[self.kernel](scale)

    def evaluate(self, tables: Tables, shape: tuple[int, ...]) -> Parts:
        """Return the measure for pair tables.

        Parameters
        ----------
        tables : sequence of (Scale, ndarray of shape (*shape, n_levels, n_levels))
            One per scale; they pool by adding numerators and denominators.
        shape : tuple of int
            Of the results.
        """
        weight, disagreed, expected = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        for scale, table in tables:
            kernel = self.disagreement(scale)
            weight += table.sum(axis=(-1, -2))
            disagreed += total(kernel, table)
            if self.chance is not None:
                expected += CHANCE[self.chance](kernel, table)
        observed = ratio(disagreed, weight)
        if self.chance is None:
            return Parts(self.from_observed(observed), observed, np.full(shape, np.nan), weight)
        chance = ratio(expected, weight)
        varied = np.where(chance > NEGLIGIBLE, chance, 0.0)
        return Parts(1.0 - ratio(observed, varied), observed, chance, weight)

    def from_observed(self, observed: Floats) -> Floats:
        """Return the value of an uncorrected measure from the mean disagreement."""
        return 1.0 - 2.0 * observed if self.signed else 1.0 - observed

    def divergence(self, parts: Parts) -> Floats:
        """Return Do for measures without chance correction, 1 - value otherwise."""
        return 1.0 - parts.values if self.corrected else parts.observed


def ratio(numerator: Floats, denominator: Floats) -> Floats:
    """Return a quotient that is NaN, without a warning, where the denominator is zero."""
    out: Floats = np.full(np.shape(numerator), np.nan)
    np.divide(numerator, denominator, out=out, where=(denominator > 0) & ~np.isnan(numerator))
    return out
