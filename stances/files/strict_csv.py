"""Strict CSV: every row as wide as the header, every fault with its line, nothing guessed."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from attrs import frozen

from stances.dialect import DELIMITERS, HOUSE, Dialect
from stances.errors import DatasetError, Fault, FormatError, LimitError, Place, RowError, StancesError, shown
from stances.files.csv_header import header_below, header_faults
from stances.files.extra_columns import marked, note_kept
from stances.files.nameless import Nameless
from stances.limits import USUAL, Limits

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
    text: str,
    name: str,
    columns: Sequence[str],
    required: Sequence[str],
    limits: Limits = USUAL,
    dialect: Dialect | None = None,
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
    dialect : Dialect, optional
        Names the delimiter and the lines to skip, where the user may name them: errors then say so.

    Returns
    -------
    Table
        The rows that are as wide as the header.
    list of Fault
        Rows that are not, and columns that have data but no name.

    Raises
    ------
    DatasetError
        If there is no usable header, or the text is no CSV from some line on.
    """
    form = dialect or HOUSE
    lines = _split(text, name, limits, form)
    start, header = next(lines, (form.skip + 1, []))
    faults = list(header_faults(header, columns, required, dialect))
    if faults:
        faults += header_below(lines, required, dialect)
        raise DatasetError(tuple(Fault(error, (Place(name, start),)) for error in faults))
    bare = [cell.strip() for cell in header]
    names = marked(bare, columns, dialect)
    nameless = Nameless.of(names)
    rows, faulty = [], []
    for line, cells in lines:
        if len(cells) == len(names) and any(cell.strip() for cell in cells):
            nameless.look(line, cells)
            rows.append(Row(line, {key: cell for key, cell in zip(names, cells, strict=True) if key}))
        else:
            faulty.append(Fault(width_error(cells, names, form.delimiter), (Place(name, line),)))
    faulty += [Fault(error, (Place(name, start),)) for error in nameless.faults()]
    nameless.note(name)
    kept = [name for name, column in zip(bare, names, strict=True) if name != column]
    if kept:
        note_kept(name, kept, columns)
    return Table(name, tuple(filter(None, names)), tuple(rows)), faulty


def _split(text: str, name: str, limits: Limits, form: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which a row starts, and its cells; blank lines are passed over."""
    csv.field_size_limit(limits.field_characters)
    stream = io.StringIO(text, newline="")
    above = sum(1 for _ in islice(stream, form.skip))
    reader = csv.reader(stream, delimiter=form.delimiter, strict=True)
    start, n_rows = above + 1, -1  # the header is no record
    try:
        for cells in reader:
            if cells:
                n_rows += 1
                limits.check("records", n_rows)
                yield start, cells
            start = above + reader.line_num + 1
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


def width_error(cells: Sequence[str], header: Sequence[str], delimiter: str = ",") -> RowError:
    """Say how a row differs in width from the header, or that it is empty, and what to do."""
    mark = DELIMITERS[delimiter]
    if not any(cell.strip() for cell in cells):
        return RowError(f"the row holds nothing but {mark}s", "remove it")
    row = shown(delimiter.join(cells))
    problem = f"the row has {len(cells)} fields, the header has {len(header)}: {row}"
    if len(cells) > len(header):
        return RowError(problem, f"quote the field that holds a {mark}")
    return RowError(problem, f"write a {mark} for every empty field")
