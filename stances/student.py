"""Quantiles of Student's t for any degrees of freedom from 1, whole or not, over whole arrays."""

import math
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from numpy.polynomial import Chebyshev

Floats = NDArray[np.float64]
_DEGREE = 60


def half_width(level: float, df: ArrayLike) -> Floats:
    """Return how many standard errors hold a share `level` of Student's t around its centre.

    Parameters
    ----------
    level : float
        In (0, 1).
    df : array_like of float, shape (...)
        Degrees of freedom; below 1 they count as 1.

    Returns
    -------
    ndarray of float, shape (...)
        The quantile at (1 + level) / 2.

    Notes
    -----
    The quantile is a smooth function of 1 / df, from the normal one at 0 to Cauchy's at 1; it is
    solved at a few nodes and interpolated by a Chebyshev polynomial of the logarithm.

    Examples
    --------
    >>> half_width(0.95, [1, 9, 1e9]).round(3)
    array([12.706,  2.262,  1.96 ])
    """
    inverse = 1.0 / np.maximum(np.asarray(df, dtype=np.float64), 1.0)
    quantiles: Floats = np.exp(_log_quantile(float(level))(inverse))
    return quantiles


@lru_cache(maxsize=16)
def _log_quantile(level: float) -> "Chebyshev":
    """Return the logarithm of the quantile as a polynomial in 1 / df on [0, 1]."""

    def at(inverses: Floats) -> Floats:
        return np.array([math.log(_solve(level, 1.0 / inverse)) for inverse in inverses])

    from numpy.polynomial import (
        Chebyshev,
    )  # costs as much as our own modules: only where an interval is asked

    return Chebyshev.interpolate(at, _DEGREE, domain=[0.0, 1.0])


def _solve(level: float, df: float) -> float:
    """Return the quantile by bisection of the angle, x = sqrt(df) tan(angle).

    With it the density is cos(angle) ** (df - 1) over the beta function B(1/2, df/2).
    """
    log_beta = math.lgamma(0.5) + math.lgamma(df / 2.0) - math.lgamma(df / 2.0 + 0.5)
    target = level / 2.0 * math.exp(log_beta)
    low, high = 0.0, math.pi / 2.0
    while low < (middle := (low + high) / 2.0) < high:
        low, high = (middle, high) if _integral(middle, df) < target else (low, middle)
    return math.sqrt(df) * math.tan(low)


def _integral(angle: float, df: float) -> float:
    """Return the integral of cos ** (df - 1) from 0 to an angle, by Gauss and Legendre."""
    nodes, weights = _rule()
    points = angle / 2.0 * (nodes + 1.0)
    return float(angle / 2.0 * (weights * np.cos(points) ** (df - 1.0)).sum())


@cache
def _rule() -> tuple[Floats, Floats]:
    """Return the nodes and weights of Gauss and Legendre on [-1, 1]."""
    nodes, weights = np.polynomial.legendre.leggauss(80)
    return nodes, weights
