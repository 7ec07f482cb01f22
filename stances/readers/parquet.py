"""Parquet files, a batch of rows at a time: of the texts, only those that differ are held."""

from collections.abc import Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from stances.errors import FormatError, MissingColumnError, MissingExtraError, TooLargeError
from stances.readers.arrow_columns import Coder
from stances.readers.factors import Factor, Table, refusal
from stances.readers.telling import tell
from stances.readers.values import as_text, told

PARQUET = b"PAR1"
MAX_ROWS = 500_000_000
MAX_BYTES = 20_000_000_000  # as the metadata say
BATCH = 1 << 21  # rows; a row group that has more is read in several batches


def is_parquet(path: Path) -> bool:
    """Tell by its first bytes whether a file is Parquet."""
    with path.open("rb") as file:
        return file.read(len(PARQUET)) == PARQUET


def read_parquet(path: Path, columns: Sequence[str]) -> Table:
    """Return some columns of a Parquet file as factors.

    Raises
    ------
    MissingExtraError
        If pyarrow is not installed.
    DatasetError
        If the file is damaged, too large, lacks a column, or holds in one what is neither text, number
        nor date.
    """
    if find_spec("pyarrow") is None:
        raise MissingExtraError("pyarrow", "'stances[arrow]'")
    import pyarrow as pa
    from pyarrow import parquet

    try:
        texts = _texts(parquet.read_schema(path), columns)
        with parquet.ParquetFile(path, read_dictionary=texts) as file:
            _check(file, path.name, columns)
            factors = _factors(file, path.name, dict.fromkeys(columns))
            rows = range(1, file.metadata.num_rows + 1)
    except (pa.ArrowException, OSError, UnicodeError) as error:  # also a name that is no UTF-8
        problem = f"is not a readable Parquet file ({str(error).splitlines()[0][:80]})"
        raise refusal(path.name, FormatError(problem)) from None
    chosen = tuple(factors[column] for column in columns)
    return Table(path.name, chosen, rows, frozenset(columns), of_rows=True)


def _texts(schema: Any, columns: Sequence[str]) -> list[str]:
    """Return the columns that hold texts: these are read in codes."""
    import pyarrow as pa

    kinds = (pa.types.is_string, pa.types.is_large_string)
    return [f.name for f in schema if f.name in columns and any(is_kind(f.type) for is_kind in kinds)]


def _check(file: Any, name: str, columns: Sequence[str]) -> None:
    about = file.metadata
    size = sum(about.row_group(k).total_byte_size for k in range(about.num_row_groups))
    if about.num_rows > MAX_ROWS or size > MAX_BYTES:
        raise refusal(name, TooLargeError(f"has {about.num_rows} rows in {size} bytes"))
    missing = [column for column in columns if column not in file.schema_arrow.names]
    if missing:
        raise refusal(name, MissingColumnError(missing[0], tuple(file.schema_arrow.names)))


def _factors(file: Any, name: str, columns: dict[str, None]) -> dict[str, Factor]:
    coders = {column: Coder() for column in columns}
    kinds = {column: partial(_kind, file.schema_arrow.field(column).type) for column in columns}
    done = 0
    for batch in _batches(file, list(columns)):
        batch.validate(full=True)  # codes of a damaged file may point beyond their dictionary
        done += batch.num_rows
        tell(done, file.metadata.num_rows)
        for column, coder in coders.items():
            with told(name, column, kinds[column]):
                for chunk in batch[column].chunks:
                    coder.take(chunk)
    factors = {}
    for column in columns:
        with told(name, column, kinds[column]):
            factors[column] = coders.pop(column).factor(partial(as_text, column))
    return factors


def _batches(file: Any, columns: list[str]) -> Iterator[Any]:
    """Yield the rows in order: whole row groups, which is fastest, or parts of large ones."""
    from pyarrow import Table as ArrowTable

    for k in range(file.num_row_groups):
        if file.metadata.row_group(k).num_rows <= BATCH:
            yield file.read_row_group(k, columns=columns)
            continue
        for batch in file.iter_batches(BATCH, row_groups=[k], columns=columns):
            yield ArrowTable.from_batches([batch])


def _kind(kind: Any) -> object:
    """Return a type of Arrow by the name that it has for frames of any library."""
    import narwhals as nw
    import pyarrow as pa

    return nw.from_native(pa.chunked_array([], kind), series_only=True).dtype
