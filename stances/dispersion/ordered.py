"""Agreement and dispersion on an ordered scale, where two peaks far apart are more than variety."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from stances.dispersion.shares import Floats, Result, result, shares_of, undefined


def van_der_eijk_a(frequencies: ArrayLike) -> Result:
    """Return van der Eijk's agreement A on an ordered scale.

    The frequencies are cut into layers, each of which fills the levels that it reaches evenly. The
    agreement of a layer that fills s of K levels is its unimodality times 1 - (s - 1) / (K - 1). A is
    their mean, weighted by the layers' shares of the answers.

    Parameters
    ----------
    frequencies : array_like, shape (..., n_levels)
        Counts or shares of the levels, from low to high.

    Returns
    -------
    float or ndarray, shape (...)
        From -1 (halves at both ends) over 0 (all levels alike) to 1 (all on one level); NaN where nobody
        answered, and with fewer than three levels, where no pattern can have two peaks.

    Raises
    ------
    FieldError
        If there is no level, or a number is missing, not finite or below zero.

    References
    ----------
    van der Eijk, C. (2001), Quality & Quantity 35, 325-341.

    Examples
    --------
    >>> round(van_der_eijk_a([30, 40, 210, 130, 530, 50, 10]), 7)
    0.6113333
    """
    shares = shares_of("frequencies", frequencies)
    if shares.shape[-1] < 3:
        return undefined(shares)
    values = [_mean_of_layers(row) for row in shares.reshape(-1, shares.shape[-1])]
    return result(np.array(values).reshape(shares.shape[:-1]))


def _mean_of_layers(shares: Floats) -> float:
    if np.isnan(shares).any():
        return math.nan
    edges = np.unique(np.append(shares, 0.0))
    filled = shares > edges[:-1, None]
    sizes = np.diff(edges) * filled.sum(axis=1)
    mean = float(sizes @ [_agreement_of_layer(layer) for layer in filled])
    return min(max(mean, -1.0), 1.0)


def _agreement_of_layer(filled: NDArray[np.bool_]) -> float:
    n_levels, n_filled = len(filled), int(filled.sum())
    return _unimodality(filled) * (1.0 - (n_filled - 1) / (n_levels - 1))


def _unimodality(filled: NDArray[np.bool_]) -> float:
    """Return U, from the patterns 110 and 011 (one peak) and 101 (two peaks) among all triples of levels."""
    below = np.cumsum(filled)[~filled]  # filled levels below each empty one
    above = filled.sum() - below
    one_peak = float((below * (below - 1) / 2 + above * (above - 1) / 2).sum())
    two_peaks = float((below * above).sum())
    if one_peak + two_peaks == 0:
        return 1.0
    k = len(filled)
    return ((k - 2) * one_peak - (k - 1) * two_peaks) / ((k - 2) * (one_peak + two_peaks))


def polarization(frequencies: ArrayLike) -> Result:
    """Return polarization on an ordered scale: (1 - A) / 2, with A of `van_der_eijk_a`.

    Parameters
    ----------
    frequencies : array_like, shape (..., n_levels)
        Counts or shares of the levels, from low to high.

    Returns
    -------
    float or ndarray, shape (...)
        From 0 (all on one level) over 0.5 (all levels alike) to 1 (halves at both ends); NaN where A is.

    Raises
    ------
    FieldError
        If there is no level, or a number is missing, not finite or below zero.

    References
    ----------
    van der Eijk, C. (2001), Quality & Quantity 35, 325-341.

    Examples
    --------
    >>> polarization([5, 0, 0, 5])
    1.0
    """
    return (1.0 - van_der_eijk_a(frequencies)) / 2.0


def leik(frequencies: ArrayLike) -> Result:
    """Return Leik's ordinal dispersion D, from cumulative shares.

    Parameters
    ----------
    frequencies : array_like, shape (..., n_levels)
        Counts or shares of the levels, from low to high.

    Returns
    -------
    float or ndarray, shape (...)
        From 0 (all on one level) to 1 (halves at both ends); NaN where nobody answered, and on a single
        level, which has no width.

    Raises
    ------
    FieldError
        If there is no level, or a number is missing, not finite or below zero.

    References
    ----------
    Leik, R. K. (1966), Pacific Sociological Review 9, 85-90.

    Examples
    --------
    >>> round(leik([30, 40, 210, 130, 530, 50, 10]), 3)
    0.287
    """
    shares = shares_of("frequencies", frequencies)
    n_levels = shares.shape[-1]
    if n_levels < 2:
        return undefined(shares)
    cumulated = np.clip(shares.cumsum(axis=-1)[..., :-1], 0.0, 1.0)
    return result(2.0 * np.minimum(cumulated, 1.0 - cumulated).sum(axis=-1) / (n_levels - 1))


def tastle_wierman(frequencies: ArrayLike) -> Result:
    """Return Tastle and Wierman's consensus: 1 plus the mean of log2(1 - distance to the mean).

    Parameters
    ----------
    frequencies : array_like, shape (..., n_levels)
        Counts or shares of the levels, from low to high, taken as evenly spaced.

    Returns
    -------
    float or ndarray, shape (...)
        From 0 (halves at both ends) to 1 (all on one level); NaN where nobody answered, and on a single
        level, which has no width.

    Raises
    ------
    FieldError
        If there is no level, or a number is missing, not finite or below zero.

    References
    ----------
    Tastle, W. J. and Wierman, M. J. (2007), International Journal of Approximate Reasoning 45, 531-545.

    Examples
    --------
    >>> round(tastle_wierman([30, 40, 210, 130, 530, 50, 10]), 7)
    0.7256876
    """
    shares = shares_of("frequencies", frequencies)
    n_levels = shares.shape[-1]
    if n_levels < 2:
        return undefined(shares)
    places = np.arange(n_levels) / (n_levels - 1.0)
    nearness = 1.0 - np.abs(places - (shares @ places)[..., None])
    logs = np.zeros(shares.shape)
    np.log2(nearness, out=logs, where=(shares > 0) & (nearness > 0))
    return result(np.clip(1.0 + (shares * logs).sum(axis=-1), 0.0, 1.0))
