"""Large CSV files by way of pyarrow, where this provably reads what the strict reader would.

Whatever is not plain is left to the strict reader, and so is every fault: it tells them by line.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np

from stances.errors import StancesError
from stances.readers.arrow_columns import Coder, crossed
from stances.readers.factors import Factor, Table
from stances.readers.inflow import opened
from stances.readers.plain_text import NEWLINE, NotPlainError, plain_pieces

WORTHWHILE = 1_000_000  # bytes; a smaller file is read before pyarrow is loaded
BATCH = 64  # pieces of text that are parsed at a time
PART = 1 << 22  # bytes that each thread of pyarrow takes
Find = Callable[[Sequence[str]], Mapping[str, int]]


def read_plain(path: Path, groups: Sequence[Sequence[str]], find: Find) -> Table | None:
    """Return some columns of a large CSV file, or None where the strict reader has to look.

    Held at the same time are at most four bytes per row and column, the distinct values of each part, and
    one batch of text.

    Parameters
    ----------
    path : Path
        A ``.csv`` or ``.csv.gz`` file.
    groups : sequence of sequence of str
        The columns to read; those of a group become one factor.
    find : callable
        Returns where each column stands in a header.
    """
    if not path.is_file() or path.stat().st_size < WORTHWHILE or find_spec("pyarrow") is None:
        return None
    import pyarrow as pa

    try:
        with opened(path) as stream:
            pieces = plain_pieces(stream)
            header, first = _header(next(pieces, b""))
            places = find(header)
            coders = _parsed(chain([first] if first else [], pieces), len(header), set(places.values()))
    except (NotPlainError, StancesError, OSError, csv.Error, pa.ArrowException):
        return None
    columns = {column: coders[place].factor(str) for column, place in places.items()}
    n_rows = len(next(iter(columns.values())).numbers)
    factors = tuple(_together(group, columns, n_rows) for group in groups)
    return Table(path.name, factors, range(2, n_rows + 2), frozenset(places))


def _header(piece: bytes) -> tuple[list[str], bytes]:
    """Return the cells of the first line, and what comes after it."""
    end = piece.find(b"\n") + 1
    header = next(csv.reader([piece[:end].decode()], strict=True), [])
    if not header:
        raise NotPlainError
    return header, piece[end:]


def _parsed(pieces: Iterable[bytes], width: int, places: set[int]) -> dict[int, Coder]:
    """Return the columns at some places; Arrow raises if a row is not as wide as the header."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    if not places:
        raise NotPlainError
    names = [str(place) for place in range(width)]
    wanted = [names[place] for place in sorted(places)]
    reading = arrow_csv.ReadOptions(column_names=names, block_size=PART)
    parsing = arrow_csv.ParseOptions(double_quote=True, newlines_in_values=False, ignore_empty_lines=True)
    converting = arrow_csv.ConvertOptions(
        check_utf8=False,
        include_columns=wanted,
        column_types=dict.fromkeys(wanted, pa.dictionary(pa.int32(), pa.string())),
        null_values=[],
    )
    coders = {place: Coder() for place in places}
    for batch in _batches(iter(pieces)):
        table = arrow_csv.read_csv(pa.BufferReader(batch), reading, parsing, converting)
        if table.num_rows != np.count_nonzero(np.frombuffer(batch, dtype=np.uint8) == NEWLINE):
            raise NotPlainError  # a line is blank
        for place, coder in coders.items():
            for chunk in table[names[place]].chunks:
                coder.take(chunk)
    return coders


def _batches(pieces: Iterator[bytes]) -> Iterator[bytes]:
    while batch := b"".join(islice(pieces, BATCH)):
        yield batch


def _together(group: Sequence[str], columns: Mapping[str, Factor], n_rows: int) -> Factor:
    """Return the columns of a group as one factor; one that is not there reads as empty."""
    empty = Factor(("",) if n_rows else (), np.zeros(n_rows, dtype=np.int8))
    there: list[Any] = [columns.get(column, empty) for column in group]
    return there[0] if len(there) == 1 else crossed(there)
