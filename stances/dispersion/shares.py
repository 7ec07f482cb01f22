"""Counts as they are given, checked and turned into shares."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from stances.errors import FieldError

Floats = NDArray[np.float64]
Result = Any  # a float for one question, an array of shape (...) for several


def finite(name: str, given: ArrayLike) -> Floats:
    """Return finite numbers as an array.

    Raises
    ------
    FieldError
        If one is missing, not finite, or no number.
    """
    if np.ma.is_masked(given):
        raise FieldError(name, given, "holds masked numbers", "write 0 for nobody")
    try:
        numbers = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise FieldError(name, given, "are not all numbers") from None
    if not np.isfinite(numbers).all():
        raise FieldError(name, given, "holds a number that is missing or not finite", "write 0 for nobody")
    return numbers


def shares_of(name: str, given: ArrayLike) -> Floats:
    """Return counts as shares that sum to 1 over the last axis; NaN where nothing was counted.

    Raises
    ------
    FieldError
        If there is no level, or a number is missing, not finite or below zero.
    """
    counts = finite(name, given)
    if counts.ndim == 0 or counts.shape[-1] == 0:
        raise FieldError(name, given, "names no levels", "give a number for each level")
    if (counts < 0).any():
        raise FieldError(name, given, "holds a number below zero")
    _, exponents = np.frexp(counts.max(axis=-1, keepdims=True))
    scaled = np.ldexp(counts, -exponents)  # exact, and no sum overflows
    totals = np.broadcast_to(scaled.sum(axis=-1, keepdims=True), counts.shape)
    shares = np.full(counts.shape, np.nan)
    np.divide(scaled, totals, out=shares, where=totals > 0)
    return shares


def result(values: Floats) -> Result:
    """Return a float for one question, the array for several."""
    return float(values) if np.ndim(values) == 0 else values


def undefined(shares: Floats) -> Result:
    """Return NaN for every question."""
    return result(np.full(shares.shape[:-1], np.nan))
