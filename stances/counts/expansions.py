"""Kernels as sums of products: the disagreement of all pairs without a table of levels by levels.

A table of L levels needs L squared products of planes, half of them by symmetry. Identity needs
one per level; distance one per cut between two levels; the square of a distance three, whatever L
is. The numbers are whole, so that sums are exact, and are divided once at the end.
"""

from functools import cache, lru_cache

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances.counts.planes import Bundle, Form, Row
from stances.measures import Measure
from stances.scales import Scale

Floats = NDArray[np.float64]
EVEN = 1e-12  # steps this much apart, of a scale from 0 to 1, are alike


@frozen
class Expansion:
    """A kernel as ``(constant + sum of factor * form) / divisor``, on questions with two levels.

    Attributes
    ----------
    constant : float
    terms : tuple of (float, Form)
    divisor : float
    """

    constant: float
    terms: tuple[tuple[float, Form], ...]
    divisor: float = 1.0

    @property
    def cost(self) -> float:
        """Products of two planes of all actors that it takes."""
        return sum(form.cost for _, form in self.terms)

    @property
    def is_whole(self) -> bool:
        """Whether all planes are of whole numbers."""
        return all(form.is_whole for _, form in self.terms)


def levels_of(n_levels: int) -> Bundle:
    """Return one plane per level: 1 where it was taken."""
    return tuple(tuple(float(k == l) for l in range(n_levels)) for k in range(n_levels))


@cache
def shared_form(n_levels: int) -> Form:
    """Return the form that counts questions on which both took a level."""
    return Form((((1.0,) * n_levels,),))


@cache
def table_form(n_states: int) -> Form:
    """Return the form that counts every two levels."""
    return Form(tuple((row,) for row in levels_of(n_states)))


@cache
def margins_form(n_levels: int, last: bool) -> Form:
    """Return the form that counts the levels of one actor where the other took any, the last too or not."""
    counted = levels_of(n_levels) if last else levels_of(n_levels)[:-1]
    return Form(tuple((row,) for row in counted), shared_form(n_levels).left)


@lru_cache(maxsize=256)
def expansion(measure: Measure, scale: Scale, bits: bool = False) -> Expansion | None:
    """Return the expansion of a measure's kernel on a scale; None where the pair's margins enter.

    In whole numbers if the kernel is one of ours and all steps of the scale are alike.

    Parameters
    ----------
    measure : Measure
        With a kernel.
    scale : Scale
        Of two levels at least.
    bits : bool
        Whether planes of 0 and 1 are wanted, where there are any.

    Raises
    ------
    UnorderedScaleError, KernelError
        As `Measure.disagreement`.
    """
    measure.check(scale)
    kernel = measure.kernel
    if kernel == "graded":
        kernel = "linear" if scale.ordered else "nominal"
    if kernel == "nominal":
        return Expansion(1.0, ((-1.0, Form((levels_of(scale.n_levels),))),))
    if kernel in ("linear", "squared", "directional", "hybrid") and _is_even(scale):
        return {"linear": _cuts(scale.n_levels, bits), "squared": _squared(scale.n_levels)}.get(
            str(kernel), _sides(scale.n_levels, hybrid=kernel == "hybrid")
        )
    return None if kernel in ("ordinal", None) else _any(measure.disagreement(scale))


def _is_even(scale: Scale) -> bool:
    """Tell whether all steps from level to level are alike."""
    steps = np.diff(scale.unit_values)
    return bool(np.ptp(steps) <= EVEN)


def _any(kernel: Floats) -> Expansion:
    """Return any kernel: the levels of one actor times the kernel's rows at the levels of the other."""
    rows: Bundle = tuple(tuple(row) for row in kernel.tolist())
    return Expansion(0.0, ((1.0, Form((levels_of(len(rows)),), (rows,))),))


def _cuts(n_levels: int, bits: bool) -> Expansion:
    """Return the distance: for each cut between two levels, whether it parts the two.

    With +1 above a cut and -1 below, products are summed that are -1 where it parts them; as bits,
    above and below are two planes, whose products count where it does not. Both give the number of cuts.
    """
    n_cuts = n_levels - 1
    above = [tuple(float(k > cut) for k in range(n_levels)) for cut in range(n_cuts)]
    below = [tuple(1.0 - value for value in row) for row in above]
    if bits:
        return Expansion(float(n_cuts), ((-1.0, Form(((*above, *below),))),), float(n_cuts))
    signs: list[Row] = [tuple(2.0 * value - 1.0 for value in row) for row in above]
    return Expansion(n_cuts / 2.0, ((-0.5, Form((tuple(signs),))),), float(n_cuts))


def _centred(n_levels: int) -> tuple[Row, float]:
    """Return whole numbers for the levels, with their middle at zero, and how far the ends are apart."""
    step = 1 if n_levels % 2 else 2
    values = [step * k - step * (n_levels - 1) / 2 for k in range(n_levels)]
    return tuple(values), values[-1] - values[0]


def _squared(n_levels: int) -> Expansion:
    """Return the squared distance: 2 (x - y)^2 = (x^2 + 1)(y^2 + 1) - (x^2 - 1)(y^2 - 1) - (2x)(2y)."""
    values, width = _centred(n_levels)
    more: Row = tuple(v * v + 1.0 for v in values)
    less: Row = tuple(v * v - 1.0 for v in values)
    twice: Row = tuple(2.0 * v for v in values)
    return Expansion(0.0, ((1.0, Form(((more,),))), (-1.0, Form(((less, twice),)))), 2.0 * width**2)


def _sides(n_levels: int, *, hybrid: bool) -> Expansion:
    """Return 1/2 - 2xy for values from -1/2 to 1/2; for the hybrid, its mean with the distance."""
    values, width = _centred(n_levels)
    product = (-4.0, Form(((values,),)))
    if not hybrid:
        return Expansion(width**2, (product,), 2.0 * width**2)
    cuts = _cuts(n_levels, bits=False)
    scaled = 2.0 * width**2 / cuts.divisor
    terms = tuple((scaled * factor, form) for factor, form in cuts.terms)
    return Expansion(width**2 + scaled * cuts.constant, (*terms, product), 4.0 * width**2)
