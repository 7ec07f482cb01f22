"""How the sums of a stratum are formed: what the plan asks for, from products of planes."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stances.counts import engines
from stances.counts.answers import Piece, Side
from stances.counts.expansions import Expansion, expansion, margins_form, shared_form, table_form
from stances.counts.plan import Need, Plan
from stances.counts.planes import Form
from stances.counts.products import Factor, product, weighed
from stances.measures import Measure
from stances.scales import Scale

Floats = NDArray[np.float64]
Sums = dict[str, NDArray[Any]]
Summed = Callable[[Form], Floats]


def sums_of(
    scale: Scale,
    pieces: Sequence[Piece],
    one: Side,
    other: Side,
    plan: Plan,
    tick: Callable[[], None] | None = None,
) -> Sums:
    """Return the sums that a plan names, of all pairs of two sides on the questions of one scale.

    Parameters
    ----------
    scale : Scale
    pieces : sequence of Piece
        Questions and their weights, at least one.
    one, other : Side
        The same object for the pairs of one group.
    plan : Plan
    tick : callable, optional
        Called after each piece.

    Returns
    -------
    dict of str to ndarray
        The sums of a `Stratum`, and ``n_shared`` as floats.
    """
    need = plan.on(scale)
    gap = scale.n_levels if need.n_states > scale.n_levels else None
    total: Sums = {}
    for chosen, weight in pieces:
        first = one.take(chosen, gap)
        second = first if other is one else other.take(chosen, gap)
        part = (
            _plain(scale, need, plan, first, second, weight)
            if isinstance(weight, float)
            else _weighed(scale, need, plan, first, second, weight)
        )
        total = {name: total[name] + array for name, array in part.items()} if total else part
        if tick is not None:
            tick()
    return total


def _plain(scale: Scale, need: Need, plan: Plan, one: Side, other: Side, weight: float) -> Sums:
    """Return the sums of questions of one weight: those of whole numbers, times the weight."""

    def summed(form: Form) -> Floats:
        return product(one.codes, other.codes, form)

    counted = _sums(scale, need, plan.measure, summed, symmetric=one is other, exact=True)
    sums = {name: array if weight == 1.0 else array * weight for name, array in counted.items()}
    if plan.squares:
        sums["squares"] = sums["cells"] if weight == 1.0 else counted["cells"] * weight**2
    return sums | _numbers(scale, need, counted)


def _weighed(scale: Scale, need: Need, plan: Plan, one: Side, other: Side, weights: Floats) -> Sums:
    """Return the sums of questions each with a weight, or with saliences, of its own."""
    factors, squared = _factors(weights, one.saliences, other.saliences)

    def summed(form: Form) -> Floats:
        return weighed(one.codes, other.codes, form, factors)

    sums = _sums(scale, need, plan.measure, summed, symmetric=one is other, exact=False)
    if plan.squares:
        sums["squares"] = weighed(one.codes, other.codes, table_form(need.n_states), squared)
    heads = _heads(scale.n_levels, need.n_states)
    return sums | _numbers(scale, need, {"heads": product(one.codes, other.codes, heads)})


def _factors(weights: Floats, one: Floats | None, other: Floats | None) -> tuple[list[Factor], list[Factor]]:
    """Return what questions are multiplied by, weight times the mean of two saliences, and its square."""
    if one is None or other is None:
        return [(1.0, weights, None)], [(1.0, weights**2, None)]
    squares = weights**2
    return (
        [(0.5, weights * one, None), (0.5, weights, other)],
        [(0.25, squares * one**2, None), (0.5, squares * one, other), (0.25, squares, other**2)],
    )


def _sums(
    scale: Scale, need: Need, measure: Measure | None, summed: Summed, *, symmetric: bool, exact: bool
) -> Sums:
    """Return a table, or weight, disagreement and margins; exact where they are of whole numbers."""
    if need.n_states:
        return {"cells": summed(table_form(need.n_states))}
    weight = summed(shared_form(scale.n_levels))[..., 0, 0]
    bits = exact and engines.current() == engines.SIMSIMD
    kernel = expansion(measure, scale, bits) if measure else None
    assert kernel is not None  # the plan asks for sums only where there is one
    sums: Sums = {"weight": weight, "disagreement": _disagreement(kernel, weight, summed)}
    if need.margins:
        sums |= _margins(scale.n_levels, weight, summed, symmetric, exact)
    return sums


def _disagreement(kernel: Expansion, weight: Floats, summed: Summed) -> Floats:
    """Return the sum of a kernel, times the divisor of its expansion."""
    total = kernel.constant * weight
    for factor, form in kernel.terms:
        total += factor * summed(form)[..., 0, 0]
    return total


def _margins(n_levels: int, weight: Floats, summed: Summed, symmetric: bool, exact: bool) -> Sums:
    """Return how often each took each level where the other took one, shape (n_rows, n_columns, n_levels).

    Of whole numbers, that of the last level is what the others leave.
    """
    form = margins_form(n_levels, last=not exact)
    rows = summed(form)[..., 0]
    columns = rows.swapaxes(0, 1) if symmetric else summed(Form(form.second, form.left))[..., 0, :]
    return {name: _completed(m, weight, exact) for name, m in (("rows", rows), ("columns", columns))}


def _completed(margins: Floats, weight: Floats, exact: bool) -> Floats:
    """Return margins with that of the last level, one level after the other in memory."""
    planes = list(np.moveaxis(margins, -1, 0))
    planes += [weight - sum(planes)] if exact else []
    return np.moveaxis(np.stack(planes), 0, -1)


def _heads(n_levels: int, n_states: int) -> Form:
    """Return the form that counts levels together, and beside them silences where they count."""
    level = (1.0,) * n_levels
    if n_states <= n_levels:
        return shared_form(n_levels)
    return Form((((*level, 0.0),), ((0.0,) * n_levels + (1.0,),)))


def _numbers(scale: Scale, need: Need, counted: Sums) -> Sums:
    """Return in how many questions both took a level, and in how many only one where that counts."""
    n_levels = scale.n_levels
    if "cells" in counted:
        heads = _folded(counted["cells"], n_levels)
    else:
        heads = counted["heads"] if "heads" in counted else counted["weight"][..., None, None]
    numbers = {"n_shared": heads[..., 0, 0]}
    if need.n_states > n_levels:
        numbers["n_lone"] = (heads[..., 0, 1] + heads[..., 1, 0]).astype(np.int64)
    return numbers


def _folded(cells: Floats, n_levels: int) -> Floats:
    """Fold the levels together: index 0 is "a level", index 1 "silent or absent"."""
    parts = [slice(0, n_levels), slice(n_levels, None)]
    return np.stack(
        [np.stack([cells[..., k, l].sum(axis=(-1, -2)) for l in parts], axis=-1) for k in parts], axis=-2
    )
