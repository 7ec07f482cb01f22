"""Polarization between groups: few large ones, far apart, are more polarized than many small ones."""

import numpy as np
from numpy.typing import ArrayLike

from stances.dispersion.shares import Result, finite, result, shares_of
from stances.errors import FieldError


def esteban_ray(shares: ArrayLike, positions: ArrayLike, alpha: float = 1.0) -> Result:
    """Return Esteban and Ray's polarization: the sum of ``p_i^(1 + alpha) p_j |y_i - y_j|`` over all i, j.

    Their constant K is 1 here: multiply by what your study uses, and report it with the unit of the
    positions.

    Parameters
    ----------
    shares : array_like, shape (..., n_groups)
        Sizes of the groups, or counts; they are divided by their sum.
    positions : array_like, shape (n_groups,)
        Where the groups stand, in any order.
    alpha : float
        From 0 (the mean absolute difference, twice the Gini index times the mean) to 1.6: how much it
        matters that a group is large.

    Returns
    -------
    float or ndarray, shape (...)
        At least 0, in units of the positions; largest for two equal groups at the ends. NaN where there
        is nobody.

    Raises
    ------
    FieldError
        If the positions do not match the shares, or a number is missing, not finite, or out of range.

    References
    ----------
    Esteban, J. and Ray, D. (1994), Econometrica 62, 819-851.

    Examples
    --------
    >>> esteban_ray([0.5, 0.25, 0.25], [0, 0.5, 1], alpha=0)
    0.4375
    """
    sizes, places = shares_of("shares", shares), finite("positions", positions)
    exponent = 1.0 + finite("alpha", alpha)
    if exponent.ndim or not 1.0 <= exponent <= 2.6:
        raise FieldError("alpha", alpha, "is not a number from 0 to 1.6")
    if places.shape != sizes.shape[-1:]:
        problem = f"does not give one number for each of {sizes.shape[-1]} groups"
        raise FieldError("positions", positions, problem)
    distances = np.abs(places[:, None] - places[None, :])
    return result(((sizes**exponent @ distances) * sizes).sum(axis=-1))


def reynal_querol(shares: ArrayLike) -> Result:
    """Return Reynal-Querol's polarization: 4 times the sum of p^2 (1 - p).

    Groups have no distances: each is as far from any other.

    Parameters
    ----------
    shares : array_like, shape (..., n_groups)
        Sizes of the groups, or counts; they are divided by their sum.

    Returns
    -------
    float or ndarray, shape (...)
        From 0 (a single group) to 1 (two equal groups); NaN where there is nobody.

    Raises
    ------
    FieldError
        If there is no group, or a number is missing, not finite or below zero.

    References
    ----------
    Montalvo, J. G. and Reynal-Querol, M. (2005), American Economic Review 95, 796-816.

    Examples
    --------
    >>> reynal_querol([20, 20])
    1.0
    """
    sizes = shares_of("shares", shares)
    return result(4.0 * (sizes**2 * (1.0 - sizes)).sum(axis=-1))
