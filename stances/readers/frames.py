"""Frames of any library as numbered columns, through narwhals: no loop over rows, no library of our own."""

import sys
from collections.abc import Sequence
from datetime import date as Day
from datetime import datetime
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stances.errors import (
    FieldError,
    FormatError,
    MissingColumnError,
    MissingExtraError,
    NoTableError,
    StancesError,
    TooLargeError,
)
from stances.readers.columns import Factor, Table, refusal

NOTHING = ""  # what a cell without a value holds in a file
PARQUET = b"PAR1"
MAX_ROWS = 500_000_000
MAX_BYTES = 20_000_000_000  # of a Parquet file, as its metadata say
BACKENDS = ("pyarrow", "polars", "pandas")


def is_parquet(path: Path) -> bool:
    """Tell by its first bytes whether a file is Parquet."""
    with path.open("rb") as file:
        return file.read(len(PARQUET)) == PARQUET


def read_parquet(path: Path, columns: Sequence[str]) -> Any:
    """Return some columns of a Parquet file as a pyarrow table.

    Raises
    ------
    MissingExtraError
        If pyarrow is not installed.
    DatasetError
        If the file is damaged, too large, or lacks a column.
    """
    if find_spec("pyarrow") is None:
        raise MissingExtraError("pyarrow", "'stances[arrow]'")
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            about = file.metadata
            size = sum(about.row_group(k).total_byte_size for k in range(about.num_row_groups))
            if about.num_rows > MAX_ROWS or size > MAX_BYTES:
                raise refusal(path.name, TooLargeError(f"has {about.num_rows} rows in {size} bytes"))
            missing = [column for column in columns if column not in file.schema_arrow.names]
            if missing:
                raise refusal(path.name, MissingColumnError(missing[0], tuple(file.schema_arrow.names)))
            return file.read(columns=list(columns))
    except (pa.ArrowException, OSError) as error:
        problem = f"is not a readable Parquet file ({str(error).splitlines()[0][:80]})"
        raise refusal(path.name, FormatError(problem)) from None


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
    factors = tuple(_factor(table[column], name, column) for column in columns)
    rows = np.arange(1, len(table) + 1, dtype=np.int64)
    return Table(name, factors, rows, frozenset(columns), of_rows=True)


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
    """Return a column with each distinct value once, as text; the last is for cells without any."""
    import narwhals as nw

    if series.dtype in (nw.Categorical, nw.Enum):
        series = series.cast(nw.String)
    try:
        if series.dtype.is_float():
            return _decimals(np.asarray(series.to_numpy(), dtype=np.float64), column)
        present = series.drop_nulls()
        distinct = present.unique(maintain_order=True).to_list()
        texts = tuple(_text(column, value) for value in distinct)
        codes = present.replace_strict(distinct, list(range(len(distinct))), return_dtype=nw.Int64)
        numbers = np.full(len(series), len(texts), dtype=np.int64)
        numbers[~np.asarray(series.is_null().to_numpy(), dtype=np.bool_)] = codes.to_numpy()
    except StancesError as error:
        raise refusal(name, error) from None
    except Exception as error:  # each library has its own errors for what cannot be compared or counted
        if isinstance(error, MemoryError):
            raise
        problem = f"column {column!r} holds {series.dtype}, which is neither text, number nor date"
        raise refusal(name, FormatError(problem)) from error
    return Factor((*texts, NOTHING), numbers)


def _decimals(values: NDArray[np.float64], column: str) -> Factor:
    """Return numbers as a factor; NaN is an empty cell."""
    there = np.flatnonzero(~np.isnan(values))
    distinct, firsts, inverse = np.unique(values[there], return_index=True, return_inverse=True)
    order = np.argsort(firsts)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    numbers = np.full(len(values), len(order), dtype=np.int64)
    numbers[there] = rank[inverse]
    return Factor((*(_text(column, value) for value in distinct[order]), NOTHING), numbers)


def _text(column: str, value: object) -> str:
    """Return a value as the text that a CSV file would hold."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | np.bool_):
        return str(bool(value)).lower()
    if isinstance(value, int | np.integer):
        return str(int(value))
    if isinstance(value, float | np.floating | Decimal):
        return str(int(value)) if float(value).is_integer() else repr(float(value))
    if isinstance(value, datetime):
        if (value.hour, value.minute, value.second, value.microsecond) != (0, 0, 0, 0):
            raise FieldError(column, str(value), "has a time of the day", "give the date alone")
        return value.date().isoformat()
    if isinstance(value, Day):
        return value.isoformat()
    raise FieldError(column, value, "is neither text, number nor date")
