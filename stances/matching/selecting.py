"""The k smallest of each column, ties by row: who is nearest."""

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

DIGITS = 12  # what is alike to this many digits is a tie
FEW, LONG = 16, 512  # so few are kept by comparing rows of this length; else by sorting
FAR = 2.0  # stands for undefined: further than any disagreement in [0, 1]
Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


@frozen(eq=False)
class Chosen:
    """The nearest parties of a block of voters; all of shape (k, n_voters).

    Attributes
    ----------
    rows : ndarray of int
        Of the parties, in the order of their ids.
    values : ndarray of float
        NaN where undefined.
    n_shared, n_used, reasons : ndarray of int
        As in a `Matrix`.
    """

    rows: Rows
    values: Floats
    n_shared: NDArray[np.int64]
    n_used: NDArray[np.int64]
    reasons: NDArray[np.int64]


def smallest(distances: Floats, k: int) -> Rows:
    """Return the rows of the k smallest of each column, equal ones in the order of rows.

    Parameters
    ----------
    distances : ndarray of float, shape (n_rows, n_columns)
        From 0 to 2; alike to twelve digits is equal.
    k : int
        At most n_rows.

    Returns
    -------
    ndarray of int, shape (k, n_columns)

    Examples
    --------
    >>> smallest(np.array([[0.5, 0.2], [0.5, 0.1], [0.0, 0.3]]), 2).tolist()
    [[2, 1], [0, 0]]
    """
    n_rows, n_columns = distances.shape
    scaled = distances * 10.0**DIGITS
    keys = np.rint(scaled, out=scaled).astype(np.int64)
    keys *= n_rows
    keys += np.arange(n_rows)[:, None]  # no two are equal now, and each tells its row
    rows: Rows
    if k > FEW or n_columns < LONG:
        rows = np.sort(np.partition(keys, min(k, n_rows - 1), axis=0)[:k], axis=0) % n_rows
        return rows
    best = np.full((k, n_columns), np.iinfo(np.int64).max)
    spare = np.empty(n_columns, dtype=np.int64)
    for key in keys:
        falling = key
        for kept in best:  # the smaller one stays, the larger one falls on
            np.maximum(kept, falling, out=spare)
            np.minimum(kept, falling, out=kept)
            falling, spare = spare, falling
    rows = best % n_rows
    return rows


def highest(values: Floats, k: int) -> Rows:
    """Return the rows of the k highest values of each column, equal ones in the order of rows, NaN last.

    Examples
    --------
    >>> highest(np.array([[np.nan], [1e300], [-2.0], [1e300]]), 4).T.tolist()
    [[1, 3, 2, 0]]
    """
    small = np.abs(values) < 10.0 ** (15 - DIGITS)
    keys = np.where(small, np.round(np.where(small, values, 0.0), DIGITS), values)
    order: Rows = np.argsort(-keys, axis=0, kind="stable")[:k]
    return order


def alike(first: Floats, second: Floats) -> NDArray[np.bool_]:
    """Tell where two values are defined and equal to twelve digits."""
    equal: NDArray[np.bool_] = np.abs(first - second) <= 0.5 * 10.0**-DIGITS
    return equal
