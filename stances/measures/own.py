"""Measures of the user's own: an array in place of a kernel, a function in place of a formula."""

from collections.abc import Callable
from typing import Any

import numpy as np

from stances.errors import KernelError, MeasureFunctionError
from stances.measures.parts import Parts
from stances.measures.tables import NEGLIGIBLE, Floats, Tables
from stances.scales import Scale

OWN = "of the user's own"
Rows = tuple[tuple[float, ...], ...]
Function = Callable[[Floats], Any]


def rows_of(values: Any) -> Rows:
    """Return the rows of a kernel.

    Raises
    ------
    KernelError
        If the values are not a square of numbers, symmetric and in [0, 1].
    """
    try:
        array = _reals(values)
    except (TypeError, ValueError):
        raise KernelError("is not an array of numbers") from None
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise KernelError(f"has shape {array.shape}; due is (n_levels, n_levels)")
    if not ((array >= 0) & (array <= 1)).all():
        raise KernelError("is not in [0, 1]", "divide it by its largest entry")
    if np.abs(array - array.T).max(initial=0.0) > NEGLIGIBLE:
        raise KernelError("is not symmetric", "an agreement is that of both actors")
    return tuple(tuple(row) for row in array.tolist())


def _reals(values: Any) -> Floats:
    """Return values as an array of real numbers; TypeError or ValueError if they are none."""
    array = np.asarray(values)
    if array.dtype.kind == "c":
        raise TypeError(values)
    return array.astype(np.float64)


def kernel_on(rows: Rows, scale: Scale) -> Floats:
    """Return the kernel as an array, shape (n_levels, n_levels); KernelError if the scale differs."""
    if len(rows) != scale.n_levels:
        raise KernelError(f"has {len(rows)} levels, and scale {scale.id!r} has {scale.n_levels}")
    return np.array(rows)


def evaluate(function: Function, name: str, tables: Tables, shape: tuple[int, ...]) -> Parts:
    """Return what a function makes of the one pair table there is.

    A value that is not finite is undefined; pairs that share nothing are not asked for.

    Raises
    ------
    MeasureFunctionError
        If there are several scales, or the function returns anything but one number per pair.
    """
    empty = np.full(shape, np.nan)
    if not tables:
        return Parts(empty, empty, empty, np.zeros(shape))
    if len(tables) > 1:
        scales = ", ".join(table.scale.id for table in tables)
        raise MeasureFunctionError(name, f"takes the table of one scale, and here are several: {scales}")
    counts, weight = tables[0].counts, tables[0].weight
    with np.errstate(all="ignore"):
        values = _numbers(function(counts.copy()), name, counts.shape[:-2])
    defined = np.isfinite(values) & (weight > 0)
    return Parts(np.where(defined, values, np.nan), empty, empty, weight)


def _numbers(result: Any, name: str, shape: tuple[int, ...]) -> Floats:
    try:
        values = _reals(result)
    except (TypeError, ValueError):
        raise MeasureFunctionError(name, "returned something that is no array of numbers") from None
    if values.shape != shape:
        due = ", ".join([*map(str, shape), "n_levels, n_levels"])
        raise MeasureFunctionError(name, f"returned shape {values.shape} for tables of shape ({due})")
    return values
