"""A measure: sums over the pair table and a finishing function."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast

import numpy as np
from attrs import Factory, evolve, field, frozen

from stances.errors import ChoiceError, KernelError, UnorderedScaleError
from stances.measures import own
from stances.measures.chance import CHANCE
from stances.measures.kernels import KERNELS, NEEDS_ORDER
from stances.measures.parts import Parts
from stances.measures.tables import NEGLIGIBLE, Counted, Floats, Tables, added, audible, ratio
from stances.scales import Scale

Formula = Callable[[Tables, tuple[int, ...]], Parts]


def _kernel(value: Any) -> str | own.Rows | None:
    """Return the name of a kernel, or the rows of the user's own."""
    if value is None:
        return None
    if not isinstance(value, str):
        return own.rows_of(value)
    if value not in KERNELS:
        raise ChoiceError("kernel", value, tuple(KERNELS))
    return value


def _chance(value: Any) -> str | None:
    if value is not None and value not in CHANCE:
        raise ChoiceError("chance", value, tuple(CHANCE))
    return None if value is None else str(value)


def _ends(value: Any) -> tuple[float, float]:
    low, high = value
    return float(low), float(high)


def _range(measure: "Measure") -> tuple[float, float]:
    """Return the range that follows from kernel and chance model alone."""
    if measure.chance is not None:
        return (-np.inf, 1.0)
    return (-1.0, 1.0) if measure.signed else (0.0, 1.0)


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
    misleads : str
        When it misleads, in a line.
    kernel : str, tuple of tuple of float, or None
        Disagreement between two levels: a name in `KERNELS`, or an array of shape
        (n_levels, n_levels), symmetric and in [0, 1]; None for a formula of its own.
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
        Lowest and highest value possible; by default what kernel and chance model allow.
    undefined : str
        The reason where it is NaN though questions are shared: ``no_variation``, or
        ``measure_undefined`` for a function of the user's own.
    exempt : mapping of str to str
        Laws that it does not obey, and why.

    Raises
    ------
    ChoiceError, KernelError
        If kernel or chance model are not known, or an array is no kernel.

    Examples
    --------
    A kernel of one's own: an abstention is nearer to a no than to a yes.

    >>> from stances import VOTE, Positions, agreement_matrix
    >>> votes = Positions.from_codes([[2, 0, 1], [2, 1, 2]], scale=VOTE, actors=["CHN", "FRA"])
    >>> near_no = [[0, 0.25, 1], [0.25, 0, 0.75], [1, 0.75, 0]]
    >>> mine = Measure("near_no", "abstentions lean to no", "my own", kernel=near_no, chance="pooled")
    >>> round(agreement_matrix(votes, mine)["CHN", "FRA"], 4)
    0.25
    """

    name: str
    title: str
    reference: str
    misleads: str = field(default="", kw_only=True)
    kernel: str | own.Rows | None = field(default=None, kw_only=True, converter=_kernel)
    chance: str | None = field(default=None, kw_only=True, converter=_chance)
    signed: bool = field(default=False, kw_only=True)
    formula: Formula | None = field(default=None, kw_only=True, repr=False)
    distance: bool = field(default=False, kw_only=True)
    level: str = field(default="interval", kw_only=True)
    range: tuple[float, float] = field(
        default=Factory(_range, takes_self=True), kw_only=True, converter=_ends
    )
    undefined: str = field(default="no_variation", kw_only=True)
    exempt: Mapping[str, str] = field(factory=dict, kw_only=True, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if self.kernel is None and self.formula is None:
            raise KernelError("is missing", "name one, give an array, or a formula in its place")

    @classmethod
    def of(cls, what: Any) -> "Measure":
        """Return a measure made of a user's own kernel or function.

        Parameters
        ----------
        what : array_like of shape (n_levels, n_levels), or callable
            A kernel, whose mean is taken from 1; or a function of the pair table, an array of
            weights of shape (..., n_levels, n_levels), that returns values of shape (...), NaN
            where undefined.

        Raises
        ------
        KernelError
            If the array is not square, symmetric and in [0, 1].

        Examples
        --------
        >>> import numpy as np
        >>> from stances import VOTE, Positions, agreement_matrix
        >>> votes = Positions.from_codes([[2, 0, 1], [2, 1, 1]], scale=VOTE, actors=["CHN", "FRA"])
        >>> def both_yes(table):
        ...     return table[..., 2, 2] / table.sum(axis=(-1, -2))
        >>> round(agreement_matrix(votes, both_yes)["CHN", "FRA"], 4)
        0.3333
        """
        if not callable(what):
            return cls("kernel", "1 minus the mean of a kernel of the user's own", own.OWN, kernel=what)
        name = getattr(what, "__name__", type(what).__name__)
        title = next(iter((getattr(what, "__doc__", None) or "").strip().splitlines()), "")
        return cls(
            name,
            title or "a function of the pair table",
            own.OWN,
            formula=partial(own.evaluate, what, name),
            level="nominal",
            range=(-np.inf, np.inf),
            undefined="measure_undefined",
        )

    @property
    def is_linear(self) -> bool:
        """Whether the value is a mean over questions: no chance correction, no formula of its own."""
        return self.formula is None and self.chance is None

    @property
    def adds_up(self) -> bool:
        """Whether it is such a mean, and what a question adds hangs on the two answers alone."""
        return self.is_linear and self.kernel != "ordinal"

    @property
    def needs_order(self) -> bool:
        """Whether it has no meaning on an unordered scale."""
        if self.formula is not None:
            return self.level != "nominal"
        return self.kernel in NEEDS_ORDER

    def disagreement(self, scale: Scale, margins: Floats | None = None) -> Floats:
        """Return the kernel on a scale, the graded one where the measure has none.

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
        KernelError
            If a kernel of the user's own has another number of levels.
        """
        self.check(scale)
        if isinstance(self.kernel, tuple):
            return own.kernel_on(self.kernel, scale)
        empty = np.zeros(scale.n_levels)
        return KERNELS[self.kernel or "graded"](scale, empty if margins is None else margins)

    def check(self, scale: Scale) -> None:
        """Refuse a scale without the order that the measure needs: UnorderedScaleError."""
        if self.needs_order and not scale.ordered:
            raise UnorderedScaleError(self.name, scale.id)

    def evaluate(self, tables: Counted, shape: tuple[int, ...]) -> Parts:
        """Return the measure for pair tables.

        Parameters
        ----------
        tables : sequence of PairTable or PairSums
            One per scale; they pool by adding numerators and denominators. A formula takes tables only.
        shape : tuple of int
            Of the results.
        """
        for table in tables:
            self.check(table.scale)
        weight = added([table.weight for table in tables], shape)
        parts = self._parts(audible(tables, weight), shape)
        return evolve(parts, weight=weight)

    def _parts(self, tables: Counted, shape: tuple[int, ...]) -> Parts:
        """Return the same for pairs of which none is faint."""
        if self.formula is not None:
            return self.formula(cast("Tables", tables), shape)
        kernels = [self.disagreement(t.scale, t.pooled if self.kernel == "ordinal" else None) for t in tables]
        weight = added([table.weight for table in tables], shape)
        disagreed = [table.disagreed(kernel) for table, kernel in zip(tables, kernels, strict=True)]
        observed = ratio(added(disagreed, shape), weight)
        if self.chance is None:
            return Parts(self.from_observed(observed), observed, np.full(shape, np.nan), weight)
        model = CHANCE[self.chance]
        expected = [model(kernel, table) for table, kernel in zip(tables, kernels, strict=True)]
        chance = ratio(added(expected, shape), weight)
        varied = np.where(chance > NEGLIGIBLE, chance, 0.0)
        return Parts(1.0 - ratio(observed, varied), observed, chance, weight)

    def from_observed(self, observed: Floats) -> Floats:
        """Return the value of a linear measure from the mean disagreement."""
        return 1.0 - 2.0 * observed if self.signed else 1.0 - observed

    def divergence(self, parts: Parts) -> Floats:
        """Return Do for measures without chance correction, 1 - value otherwise."""
        return parts.observed if self.is_linear or self.distance else 1.0 - parts.values

    def values(self, parts: Parts, kind: str) -> Floats:
        """Return the ``agreement`` or the ``divergence`` of parts."""
        return parts.values if kind == "agreement" else self.divergence(parts)

    def range_of(self, kind: str) -> tuple[float, float]:
        """Return the lowest and the highest ``agreement`` or ``divergence`` possible."""
        low, high = self.range
        if kind == "agreement":
            return low, high
        return (0.0, 1.0) if self.is_linear or self.distance else (1.0 - high, 1.0 - low)

    def __str__(self) -> str:
        return self.name
