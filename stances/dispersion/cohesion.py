"""Cohesion: how far a group votes alike, and how far two groups do."""

import numpy as np
from numpy.typing import ArrayLike

from stances.dispersion.shares import Result, finite, result, shares_of, undefined
from stances.errors import FieldError


def rice(yes: ArrayLike, no: ArrayLike) -> Result:
    """Return Rice's index of cohesion: the distance between yes and no over their sum.

    Parameters
    ----------
    yes, no : array_like, shape (...)
        How many voted so; abstentions do not count.

    Returns
    -------
    float or ndarray, shape (...)
        From 0 (halves) to 1 (all alike); NaN where nobody voted yes or no. Small groups score high by
        chance: two members who vote at random have 0.5 on average.

    Raises
    ------
    FieldError
        If a number is missing, not finite or below zero.

    References
    ----------
    Rice, S. A. (1925), Political Science Quarterly 40, 60-72.

    Examples
    --------
    >>> rice(90, 10)
    0.8
    """
    both = np.broadcast_arrays(finite("yes", yes), finite("no", no))
    shares = shares_of("yes and no", np.stack(both, axis=-1))
    return result(np.abs(shares[..., 0] - shares[..., 1]))


def attina_ai(counts: ArrayLike) -> Result:
    """Return Attina's index of agreement: the largest group minus all others, over all.

    Parameters
    ----------
    counts : array_like, shape (..., n_levels)
        How many chose each level; yes, no and abstain as published.

    Returns
    -------
    float or ndarray, shape (...)
        From 2 / n_levels - 1 (equal groups; -1/3 for three) to 1 (all on one level); NaN where nobody
        answered.

    Raises
    ------
    FieldError
        If there is no level, or a number is missing, not finite or below zero.

    References
    ----------
    Attina, F. (1990), European Journal of Political Research 18, 557-579.

    Examples
    --------
    >>> attina_ai([5, 5, 0])
    0.0
    """
    return result(2.0 * shares_of("counts", counts).max(axis=-1) - 1.0)


def hix_noury_roland_ai(counts: ArrayLike) -> Result:
    """Return the index of agreement of Hix, Noury and Roland, which starts at 0 for equal groups.

    (max - (total - max) / 2) / total for three levels, with n_levels - 1 in place of 2 for others. On
    three levels it is (Attina + 1/3) / (4/3).

    Parameters
    ----------
    counts : array_like, shape (..., n_levels)
        How many chose each level; yes, no and abstain as published.

    Returns
    -------
    float or ndarray, shape (...)
        From 0 (equal groups) to 1 (all on one level); NaN where nobody answered, and on a single level,
        where nobody can differ.

    Raises
    ------
    FieldError
        If there is no level, or a number is missing, not finite or below zero.

    References
    ----------
    Hix, S., Noury, A. and Roland, G. (2005), British Journal of Political Science 35, 209-234.

    Examples
    --------
    >>> hix_noury_roland_ai([5, 5, 0])
    0.25
    """
    shares = shares_of("counts", counts)
    n_levels = shares.shape[-1]
    if n_levels < 2:
        return undefined(shares)
    largest = shares.max(axis=-1)
    return result(np.maximum(largest - (1.0 - largest) / (n_levels - 1), 0.0))


def overlap(p: ArrayLike, r: ArrayLike) -> Result:
    """Return how far two groups answer alike: 1 minus half the summed distance of their shares.

    Parameters
    ----------
    p, r : array_like, shape (..., n_levels)
        Counts or shares of the same levels in each group.

    Returns
    -------
    float or ndarray, shape (...)
        From 0 (no level in common) to 1 (the same shares): the share of answers that can be paired with
        the same answer on the other side. NaN where a group did not answer.

    Raises
    ------
    FieldError
        If the levels do not match, or a number is missing, not finite or below zero.

    References
    ----------
    1 minus the total variation distance.

    Examples
    --------
    >>> overlap([10, 0, 30], [0.5, 0.5, 0])
    0.25
    """
    first, second = shares_of("p", p), shares_of("r", r)
    if first.shape[-1] != second.shape[-1]:
        raise FieldError(
            "r", r, f"has not {first.shape[-1]} levels, as p has", "count the same levels in both"
        )
    distance = np.abs(first - second).sum(axis=-1) / 2.0
    return result(np.clip(1.0 - distance, 0.0, 1.0))
