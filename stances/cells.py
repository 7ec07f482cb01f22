"""Tables in the form of any library: their cells, which of them hold nothing, and which are numbers."""

from decimal import Decimal
from numbers import Real
from typing import Any, TypeGuard

import numpy as np
from numpy.typing import DTypeLike, NDArray


def cells_of(table: Any, dtype: DTypeLike | None = None) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Return a table as an array, and where its cells are masked or hold nothing.

    Parameters
    ----------
    table : array_like, masked array or data frame
    dtype : dtype, optional
        Of the array; as numpy takes it by default.

    Returns
    -------
    cells, gaps : ndarray, ndarray of bool, of one shape

    Raises
    ------
    ValueError
        If its rows are of different lengths.

    Examples
    --------
    >>> cells_of([[None, 0], ["", float("nan")]], object)[1]
    array([[ True, False],
           [False,  True]])
    """
    masked = None
    if hasattr(table, "isna") and hasattr(table, "dtypes") and table.ndim == 2:
        masked = np.asarray(table.isna(), dtype=np.bool_)
        if not all(isinstance(kind, np.dtype) for kind in table.dtypes):
            table = table.astype(object)  # numpy has no missing values for types that pandas alone has
    elif _is_masked(table):
        masked = np.ma.getmaskarray(table)
    cells = np.asarray(table, dtype)
    gaps = _missing_in(cells)
    return cells, gaps if masked is None else gaps | masked


def _is_masked(table: object) -> bool:
    """Return whether a table is a masked array; asking numpy.ma loads it, so plain arrays do without."""
    special = isinstance(table, np.ndarray) and type(table) is not np.ndarray
    return special and isinstance(table, np.ma.MaskedArray)


def _missing_in(cells: NDArray[Any]) -> NDArray[np.bool_]:
    """Tell of each cell of an array whether it holds nothing: None, NaN, NaT, pandas' NA."""
    found: NDArray[np.bool_]
    if cells.dtype == object:
        found = np.array([_is_nothing(cell) for cell in cells.flat], dtype=np.bool_).reshape(cells.shape)
    elif cells.dtype.kind in "mM":
        found = np.isnat(cells)
    elif cells.dtype.kind in "fc":
        found = np.isnan(cells)
    else:
        found = np.zeros(cells.shape, dtype=np.bool_)
    return found


def _is_nothing(cell: Any) -> bool:
    """Tell None, and whatever differs from itself: NaN says so, and pandas' NA gives itself for an answer."""
    try:
        differs = cell != cell
    except ArithmeticError:  # a signalling NaN of decimal
        return True
    except Exception:  # noqa: BLE001  # an object of anybody's
        return False
    if isinstance(differs, bool | np.bool_):
        return cell is None or bool(differs)
    return differs is cell


def is_number(cell: object) -> TypeGuard[Real | Decimal]:
    """Tell whether a cell is a real number; truth values, texts and spans of time are none."""
    return isinstance(cell, Real | Decimal) and not isinstance(cell, bool | np.timedelta64)
