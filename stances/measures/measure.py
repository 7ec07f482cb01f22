"""A measure: sums over the pair table and a finishing function."""

from collections.abc import Callable, Mapping

import numpy as np
from attrs import field, frozen

from stances.errors import UnorderedScaleError
from stances.measures.chance import CHANCE
from stances.measures.kernels import KERNELS, NEEDS_ORDER
from stances.measures.parts import Parts
from stances.measures.tables import Floats, Tables, ratio, total
from stances.scales import Scale

NEGLIGIBLE = 1e-12
Formula = Callable[[Tables, tuple[int, ...]], Parts]


@frozen
class Measure:
    """A coefficient: a kernel, a chance model and a range, or a formula of its own.

    Attributes
    ----------
    name : str
        Its key in `MEASURES`.
    title : str
        What it says, in a line.
    reference : str
        Where it was published.
    kernel : str or None
        Disagreement between two levels, a name in `KERNELS`; None for a formula of its own.
    chance : str or None
        Model of the disagreement expected by chance, a name in `CHANCE`; None for none.
    signed : bool
        Without chance correction: whether the value is 1 - 2 Do instead of 1 - Do.
    formula : callable or None
        In place of kernel and chance model: from pair tables and the shape of the results to `Parts`.
    distance : bool
        Whether what a formula observes is itself a distance, and so the divergence.
    level : str
        Level of measurement that it takes the scale to have: ``nominal``, ``ordinal``, ``interval``.
    range : tuple of float
        Lowest and highest value possible.
    exempt : mapping of str to str
        Laws that it does not obey, and why.
    """

    name: str
    title: str
    reference: str
    kernel: str | None = field(default=None, kw_only=True)
    chance: str | None = field(default=None, kw_only=True)
    signed: bool = field(default=False, kw_only=True)
    formula: Formula | None = field(default=None, kw_only=True, repr=False)
    distance: bool = field(default=False, kw_only=True)
    level: str = field(default="interval", kw_only=True)
    range: tuple[float, float] = field(default=(0.0, 1.0), kw_only=True)
    exempt: Mapping[str, str] = field(factory=dict, kw_only=True, repr=False, eq=False)

    @property
    def is_linear(self) -> bool:
        """Whether the value is a mean over questions: no chance correction, no formula of its own."""
        return self.formula is None and self.chance is None

    @property
    def needs_order(self) -> bool:
        """Whether it has no meaning on an unordered scale."""
        return self.level != "nominal" if self.kernel is None else self.kernel in NEEDS_ORDER

    def disagreement(self, scale: Scale, margins: Floats | None = None) -> Floats:
        """Return the kernel on a scale.

        Parameters
        ----------
        scale : Scale
            Of the questions.
        margins : ndarray of float, shape (..., n_levels), optional
            Pooled margins of the pairs, for kernels that depend on them.

        Returns
        -------
        ndarray of float, shape (n_levels, n_levels) or (..., n_levels, n_levels)
            In [0, 1].

        Raises
        ------
        UnorderedScaleError
            If the kernel is graded and the scale has no order.
        """
        self._check_order(scale)
        empty = np.zeros(scale.n_levels)
        return KERNELS[self.kernel or "nominal"](scale, empty if margins is None else margins)

    def _check_order(self, scale: Scale) -> None:
        if self.needs_order and not scale.ordered:
            raise UnorderedScaleError(self.name, scale.id)

    def evaluate(self, tables: Tables, shape: tuple[int, ...]) -> Parts:
        """Return the measure for pair tables.

        Parameters
        ----------
        tables : sequence of PairTable
            One per scale; they pool by adding numerators and denominators.
        shape : tuple of int
            Of the results.
        """
        for table in tables:
            self._check_order(table.scale)
        if self.formula is not None:
            return self.formula(tables, shape)
        weight, disagreed, expected = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        for table in tables:
            kernel = self.disagreement(table.scale, table.pooled)
            weight += table.weight
            disagreed += total(kernel, table.counts)
            if self.chance is not None:
                expected += CHANCE[self.chance](kernel, table)
        observed = ratio(disagreed, weight)
        if self.chance is None:
            return Parts(self.from_observed(observed), observed, np.full(shape, np.nan), weight)
        chance = ratio(expected, weight)
        varied = np.where(chance > NEGLIGIBLE, chance, 0.0)
        return Parts(1.0 - ratio(observed, varied), observed, chance, weight)

    def from_observed(self, observed: Floats) -> Floats:
        """Return the value of a linear measure from the mean disagreement."""
        return 1.0 - 2.0 * observed if self.signed else 1.0 - observed

    def divergence(self, parts: Parts) -> Floats:
        """Return Do for measures without chance correction, 1 - value otherwise."""
        return parts.observed if self.is_linear or self.distance else 1.0 - parts.values

    def __str__(self) -> str:
        return self.name
