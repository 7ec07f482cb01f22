"""Frames of any library as numbered columns: no loop over rows, and each library by what it does best."""

import sys
from collections.abc import Sequence
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stances.errors import MissingColumnError, MissingExtraError, NoTableError
from stances.readers.arrow_columns import Coder, encoded
from stances.readers.factors import Factor, Table, by_appearance, refusal, smallest
from stances.readers.values import NOTHING, as_text, told

BACKENDS = ("pyarrow", "polars", "pandas")


def numbered(frame: Any, name: str, columns: Sequence[str]) -> Table:
    """Return some columns of a frame as factors.

    Parameters
    ----------
    frame : frame
        Of pandas, polars, pyarrow, DuckDB, or whatever narwhals or the Arrow C stream gives.
    name : str
        For messages.
    columns : sequence of str
        Those to read; all must be there.

    Raises
    ------
    NoTableError
        If it is no frame.
    DatasetError
        If a column is not there, or holds what is neither text, number nor date.
    """
    table = _eager(frame)
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise refusal(name, MissingColumnError(missing[0], tuple(str(column) for column in table.columns)))
    factors = {column: _factor(table[column], name, column) for column in dict.fromkeys(columns)}
    rows = range(1, len(table) + 1)
    return Table(name, tuple(factors[column] for column in columns), rows, frozenset(columns), of_rows=True)


def _eager(frame: Any) -> Any:
    """Return a frame of narwhals that is held in memory."""
    import narwhals as nw

    try:
        known = nw.from_native(frame, eager_only=True, pass_through=True)
        if isinstance(known, nw.DataFrame):
            return known
        if hasattr(frame, "__arrow_c_stream__"):
            return nw.from_arrow(frame, backend=_backend())
        lazy = nw.from_native(frame, pass_through=True)
        if isinstance(lazy, nw.LazyFrame):
            return lazy.collect()
    except (TypeError, ValueError, nw.exceptions.NarwhalsError) as error:
        raise NoTableError(f"{type(frame).__name__} ({str(error).splitlines()[0][:120]})") from None
    raise NoTableError(type(frame).__name__)


def _backend() -> Any:
    """Return a library that can hold a table, one that is loaded already if there is any."""
    there = [name for name in BACKENDS if name in sys.modules] + [b for b in BACKENDS if find_spec(b)]
    if not there:
        raise MissingExtraError("pyarrow", "'stances[arrow]'")
    return there[0]


def _factor(series: Any, name: str, column: str) -> Factor:
    """Return a column with each distinct value once, as text."""
    library = series.implementation
    with told(name, column, lambda: series.dtype):
        if library.is_pyarrow() or (library.is_polars() and find_spec("pyarrow") is not None):
            coder = Coder()
            coder.take(encoded(series.to_native()))
            return coder.factor(partial(as_text, column))
        if library.is_pandas():
            return _factorized(series.to_native(), column)
        return _replaced(series, column)


def _factorized(series: Any, column: str) -> Factor:
    """Return a column of pandas as a factor; its codes are -1 where a cell is empty."""
    if hasattr(series.dtype, "categories"):
        codes, distinct = series.cat.codes.to_numpy(), series.cat.categories
    else:
        codes, distinct = series.factorize()
    values = [*distinct.tolist(), None]
    n_values = len(values) if (codes < 0).any() else len(distinct)
    numbers = codes.astype(smallest(len(values)))
    numbers[codes < 0] = len(distinct)
    order, numbers = by_appearance(numbers, n_values)
    return Factor(tuple(as_text(column, values[k]) for k in order), numbers)


def _replaced(series: Any, column: str) -> Factor:
    """Return a column of a library that only narwhals knows as a factor; the last value is an empty cell."""
    import narwhals as nw

    if series.dtype in (nw.Categorical, nw.Enum):
        series = series.cast(nw.String)
    if series.dtype.is_float():
        return _decimals(np.asarray(series.to_numpy(), dtype=np.float64), column)
    present = series.drop_nulls()
    distinct = present.unique(maintain_order=True).to_list()
    texts = tuple(as_text(column, value) for value in distinct)
    codes = present.replace_strict(distinct, list(range(len(distinct))), return_dtype=nw.Int64)
    numbers = np.full(len(series), len(texts), dtype=smallest(len(texts) + 1))
    numbers[~np.asarray(series.is_null().to_numpy(), dtype=np.bool_)] = codes.to_numpy()
    return Factor((*texts, NOTHING), numbers)


def _decimals(values: NDArray[np.float64], column: str) -> Factor:
    """Return numbers as a factor."""
    distinct, numbers = np.unique(values, return_inverse=True)
    order, numbers = by_appearance(numbers, len(distinct))
    return Factor(tuple(as_text(column, value) for value in distinct[order]), numbers)
