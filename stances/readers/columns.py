"""The needed columns of a foreign CSV file: strictly read, each value kept once."""

import csv
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
from attrs import define, field

from stances.errors import DatasetError, Fault, FormatError, MissingColumnError, Place, StancesError
from stances.files.strict_csv import MAX_FIELD, csv_error, width_error
from stances.readers.factors import Factor, Table, refusal, smallest
from stances.readers.inflow import text_of
from stances.readers.plain_csv import read_plain

Aliases = Mapping[str, Sequence[str]]


def read_columns(path: Path, groups: Sequence[Sequence[str]], required: Iterable[str], **about: Any) -> Table:
    """Read some columns of a ``.csv`` or ``.csv.gz`` file; all others are passed over.

    Parameters
    ----------
    path : Path
        Told apart by its first bytes, whatever its name.
    groups : sequence of sequence of str
        The columns to read; those of a group become one factor.
    required : iterable of str
        The columns that must be there; others read as empty.
    **about
        ``aliases``: other names that a column goes by.

    Raises
    ------
    DatasetError
        If the file is no such table.
    OSError
        If it cannot be read.
    """
    columns = [column for group in groups for column in group]
    needed, aliases = tuple(required), about.get("aliases", {})

    def find(header: Sequence[str], line: int = 1) -> dict[str, int]:
        return _find(header, columns, needed, aliases, path.name, line)

    plain = read_plain(path, groups, find)
    if plain is not None:
        return plain
    try:
        with text_of(path) as lines:
            return _read(lines, path.name, groups, find)
    except DatasetError:
        raise
    except StancesError as error:
        raise refusal(path.name, error) from None


def _read(
    lines: Iterator[str],
    name: str,
    groups: Sequence[Sequence[str]],
    find: Callable[[Sequence[str], int], Mapping[str, int]],
) -> Table:
    rows = _rows(lines, name)
    start, header = next(rows, (1, []))
    places = find(header, start)
    encoders = [_Encoder.of([places.get(column) for column in group]) for group in groups]
    starts, faults = array("q"), []
    width = len(header)
    for line, cells in rows:
        if len(cells) != width:
            faults.append(Fault(width_error(cells, header), (Place(name, line),)))
            continue
        starts.append(line)
        for encoder in encoders:
            encoder.take(cells)
    factors = tuple(encoder.factor() for encoder in encoders)
    return Table(name, factors, np.array(starts, dtype=np.int64), frozenset(places), faults)


def _rows(lines: Iterator[str], name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which a row starts, and its cells; blank lines are passed over."""
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(lines, strict=True)
    start = 1
    try:
        for cells in reader:
            if cells:
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise DatasetError((Fault(csv_error(str(error)), (Place(name, start),)),)) from None


def header_of(path: Path) -> tuple[str, ...]:
    """Return the header of a ``.csv`` or ``.csv.gz`` file."""
    try:
        with text_of(path) as lines:
            return tuple(next(_rows(lines, path.name), (1, []))[1])
    except DatasetError:
        raise
    except StancesError as error:
        raise refusal(path.name, error) from None


def folded(header: str) -> str:
    """Return a column's name without regard to case, blanks and bars: ``Total Yes`` is ``total_yes``."""
    return re.sub(r"[\s_-]+", "_", header.strip().casefold())


def _find(
    header: Sequence[str],
    columns: Sequence[str],
    required: Sequence[str],
    aliases: Aliases,
    name: str,
    line: int,
) -> dict[str, int]:
    """Return where each column stands in the header; DatasetError where a needed one does not, or twice."""
    known = [folded(cell) for cell in header]
    found: dict[str, int] = {}
    errors: list[StancesError] = []
    for column in columns:
        names = [other for other in (column, *aliases.get(column, ())) if folded(other) in known]
        if names and known.count(folded(names[0])) > 1:
            errors.append(FormatError(f"column {names[0]!r} stands twice in the header"))
        elif names:
            found[column] = known.index(folded(names[0]))
        elif column in required:
            errors.append(MissingColumnError(column, tuple(header)))
    if errors:
        raise DatasetError(
            tuple(Fault(error, (Place(name, line),)) for error in _about_header(header, errors))
        )
    return found


def _about_header(header: Sequence[str], errors: list[StancesError]) -> list[StancesError]:
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        return [FormatError(f"has one column {header[0][:80]!r}", "separate the columns by commas")]
    return errors


@define
class _Encoder:
    """The values of some columns as they come: each kept once, and numbered."""

    pick: Callable[[Sequence[str]], Any]
    known: dict[Any, int] = field(factory=dict)
    numbers: "array[int]" = field(factory=lambda: array("i"))

    @classmethod
    def of(cls, places: Sequence[int | None]) -> "_Encoder":
        there = [place for place in places if place is not None]
        if len(there) == len(places):
            return cls(itemgetter(*there))
        return cls(lambda cells: _padded([cells[p] if p is not None else "" for p in places]))

    def take(self, cells: Sequence[str]) -> None:
        known = self.known
        self.numbers.append(known.setdefault(self.pick(cells), len(known)))

    def factor(self) -> Factor:
        return Factor(tuple(self.known), np.array(self.numbers, dtype=smallest(len(self.known))))


def _padded(values: list[str]) -> Any:
    return values[0] if len(values) == 1 else tuple(values)
