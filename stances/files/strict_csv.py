"""Strict CSV: every row as wide as the header, every fault with its line, nothing guessed."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from attrs import frozen

from stances.errors import (
    DatasetError,
    Fault,
    FormatError,
    LimitError,
    MissingFieldError,
    Place,
    RowError,
    StancesError,
    UnknownFieldError,
    shown,
)
from stances.limits import USUAL, Limits

OTHERS = "tables that others give out are read by their layout, such as --reader un or read_un_votes"
LINES_ABOVE = 20  # a title, a date and a remark; further down nobody looks for the header
MAX_FIELD = USUAL.field_characters


@frozen
class Row:
    """One row: where it starts in the file, and its cells by column."""

    line: int
    cells: Mapping[str, str]


@frozen
class Table:
    """A CSV file: its name, its header and its rows."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]

    def place(self, line: int, column: str = "") -> Place:
        """Return a place in this file."""
        return Place(self.name, line, column)


def read_csv(
    text: str, name: str, columns: Sequence[str], required: Sequence[str], limits: Limits = USUAL
) -> tuple[Table, list[Fault]]:
    """Read CSV text under a header of known columns.

    Parameters
    ----------
    text : str
        The whole file.
    name : str
        For error messages.
    columns, required : sequence of str
        The columns a file may have, and those it must have.
    limits : Limits
        How many rows it may have, and how long a field may be.

    Returns
    -------
    Table
        The rows that are as wide as the header.
    list of Fault
        Rows that are not.

    Raises
    ------
    DatasetError
        If there is no usable header, or the text is no CSV from some line on.
    """
    lines = _split(text, name, limits)
    start, header = next(lines, (1, []))
    faults = list(_header_faults(header, columns, required))
    if faults:
        faults += _header_below(lines, required)
        raise DatasetError(tuple(Fault(error, (Place(name, start),)) for error in faults))
    names = [cell.strip() for cell in header]
    rows, faulty = [], []
    for line, cells in lines:
        if len(cells) == len(names) and any(cell.strip() for cell in cells):
            rows.append(Row(line, dict(zip(names, cells, strict=True))))
        else:
            faulty.append(Fault(width_error(cells, names), (Place(name, line),)))
    return Table(name, tuple(names), tuple(rows)), faulty


def _split(text: str, name: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which a row starts, and its cells; blank lines are passed over."""
    csv.field_size_limit(limits.field_characters)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start, n_rows = 1, -1  # the header is no record
    try:
        for cells in reader:
            if cells:
                n_rows += 1
                limits.check("records", n_rows)
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise DatasetError((Fault(csv_error(str(error), limits), (Place(name, start),)),)) from None
    except LimitError as error:
        raise DatasetError((Fault(error, (Place(name, start),)),)) from None


def csv_error(message: str, limits: Limits = USUAL) -> StancesError:
    """Say what the csv module stumbled over, and what to do."""
    if "unexpected end" in message:
        return FormatError(
            "a quotation mark opens here and never closes", 'write a mark inside a field twice: ""'
        )
    if "field larger" in message:
        return LimitError("field_characters", limits.field_characters)
    return FormatError(
        f"is not CSV ({message})", 'put the whole field in quotation marks, and write those inside twice: ""'
    )


def _header_faults(
    header: Sequence[str], columns: Sequence[str], required: Sequence[str]
) -> Iterator[StancesError]:
    names = [cell.strip() for cell in header]
    if names and names[0].startswith("{"):
        yield FormatError("is JSON", "give the file a name that ends in .json")
        return
    if len(names) == 1 and any(mark in names[0] for mark in ";\t"):
        yield FormatError(f"has one column {shown(names[0])}", "separate the columns by commas")
        return
    if not {column.casefold() for column in names} & set(required):
        yield _foreign(names, required)
        return
    for k, column in enumerate(names):
        if not column:
            yield FormatError(f"column {k + 1} has no name")
        elif column in names[:k]:
            yield FormatError(f"column {column!r} stands twice in the header")
        elif column not in columns:
            yield UnknownFieldError(column, tuple(columns))
    yield from (MissingFieldError(column) for column in required if column not in names)


def _foreign(names: Sequence[str], required: Sequence[str]) -> FormatError:
    """Say of a table that has none of the columns due that it is another table."""
    problem = f"has none of the columns {', '.join(required)}, but {shown(', '.join(names))}"
    return FormatError(problem, f"rename them; {OTHERS}")


def _header_below(lines: Iterator[tuple[int, list[str]]], required: Sequence[str]) -> list[StancesError]:
    """Return a fault that names the line in which the header seems to stand, if it is one of the next."""
    for line, cells in islice(lines, LINES_ABOVE):
        if set(required) <= {cell.strip() for cell in cells}:
            return [FormatError(f"line {line} looks like the header", "remove the lines above it")]
    return []


def width_error(cells: Sequence[str], header: Sequence[str]) -> RowError:
    """Say how a row differs in width from the header, or that it is empty, and what to do."""
    if not any(cell.strip() for cell in cells):
        return RowError("the row holds nothing but commas", "remove it")
    problem = f"the row has {len(cells)} fields, the header has {len(header)}: {shown(','.join(cells))}"
    if len(cells) > len(header):
        return RowError(problem, "quote the field that holds a comma")
    return RowError(problem, "write a comma for every empty field")
