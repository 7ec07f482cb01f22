"""Cells that hold nothing, in the words of any library: None, NaN, NaT, pandas' NA."""

import numpy as np
from numpy.typing import NDArray


def missing_in(table: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Tell of each cell whether it holds nothing.

    Parameters
    ----------
    table : ndarray of any shape and type

    Returns
    -------
    ndarray of bool, of the same shape
        Whole numbers, truth values and texts are never missing.

    Examples
    --------
    >>> missing_in(np.array([[None, 0], [float("nan"), ""]], dtype=object))
    array([[ True, False],
           [ True, False]])
    """
    found: NDArray[np.bool_]
    if table.dtype == object:
        found = np.array([_is_nothing(cell) for cell in table.flat], dtype=np.bool_).reshape(table.shape)
    elif table.dtype.kind in "fcmM":
        found = np.isnat(table) if table.dtype.kind in "mM" else np.isnan(table)
    else:
        found = np.zeros(table.shape, dtype=np.bool_)
    return found


def _is_nothing(cell: object) -> bool:
    """Tell None, whatever differs from itself, and what has no truth value, such as pandas' NA."""
    try:
        return cell is None or bool(cell != cell)
    except (TypeError, ValueError, ArithmeticError):
        return True
