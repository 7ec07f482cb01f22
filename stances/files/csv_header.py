"""The header of a CSV file: known columns, each once; where it is none, what was met in its place."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from stances.dialect import DELIMITERS, HOUSE, Dialect, way_out
from stances.errors import FormatError, MissingFieldError, StancesError, UnknownFieldError, near_name, shown
from stances.files.extra_columns import is_extra, lower_mark, marked, name_faults

OTHERS = "tables that others give out are read by their layout, such as --reader un or read_un_votes"
LINES_ABOVE = 20  # a title, a date and a remark; further down nobody looks for the header


def header_faults(
    header: Sequence[str], columns: Sequence[str], required: Sequence[str], dialect: Dialect | None
) -> Iterator[StancesError]:
    """Yield what is wrong with a header; a column without a name is for its cells to judge."""
    names = [cell.strip() for cell in header]
    if names and names[0].startswith("{"):
        yield FormatError("is JSON", "give the file a name that ends in .json")
        return
    if len(names) == 1 and (mark := _other_mark(names[0], dialect)):
        advice = (
            f"read it with {way_out(dialect, delimiter=mark)}"
            if dialect
            else "separate the columns by commas"
        )
        yield FormatError(f"has one column {shown(names[0])}", advice)
        return
    if not {column.casefold() for column in names} & set(required):
        yield _foreign(names, required)
        return
    meant = marked(names, columns, dialect)
    yield from _column_faults(names, meant, columns, dialect)
    kept = [name for name, column in zip(names, meant, strict=True) if name != column]
    for column in required:
        if column not in names:
            yield MissingFieldError(column, near_name(column, kept))


def _column_faults(
    names: Sequence[str], meant: Sequence[str], columns: Sequence[str], dialect: Dialect | None
) -> Iterator[StancesError]:
    """Yield the columns that stand twice, or that no dataset has."""
    for k, column in enumerate(meant):
        if column and column in meant[:k]:
            yield _twice(names[meant.index(column)], names[k])
        elif dialect is not None and is_extra(column):
            yield from name_faults(column)
        elif column and column not in columns:
            yield _unknown(column, columns, dialect)


def _twice(first: str, second: str) -> FormatError:
    if first == second:
        return FormatError(f"column {shown(first)} stands twice in the header")
    return FormatError(f"columns {shown(first)} and {shown(second)} are one", "rename one of them")


def _unknown(column: str, columns: Sequence[str], dialect: Dialect | None) -> UnknownFieldError:
    """Say of a column that no dataset has which one is near or, where none is, how it is kept."""
    meant = lower_mark(column) if dialect is not None else ""
    known = (*columns, meant) if meant else tuple(columns)
    way = "" if dialect is None or near_name(column, known) else way_out(dialect, extra="keep")
    return UnknownFieldError(column, known, way)


def _other_mark(text: str, dialect: Dialect | None) -> str:
    """Return the delimiter of another dialect that a text holds most of; nothing where it holds none."""
    mark = max((mark for mark in DELIMITERS if mark != (dialect or HOUSE).delimiter), key=text.count)
    return mark if mark in text else ""


def _foreign(names: Sequence[str], required: Sequence[str]) -> FormatError:
    """Say of a table that has none of the columns due that it is another table."""
    if not names:
        return FormatError("there is no header", "the file has no more lines than are skipped")
    problem = f"has none of the columns {', '.join(required)}, but {shown(', '.join(names))}"
    return FormatError(problem, f"rename them; {OTHERS}")


def header_below(
    lines: Iterable[tuple[int, list[str]]], required: Sequence[str], dialect: Dialect | None
) -> list[StancesError]:
    """Return a fault that names the line in which the header seems to stand, if it is one of the next."""
    own = (dialect or HOUSE).delimiter
    for line, cells in islice(lines, LINES_ABOVE):
        for mark in (own, *DELIMITERS):
            names = cells if mark == own else cells[0].split(mark)
            if set(required) <= {name.strip() for name in names}:
                change = {"skip": line - 1} | ({} if mark == own else {"delimiter": mark})
                way = f", or read it with {way_out(dialect, **change)}" if dialect else ""
                return [FormatError(f"line {line} looks like the header", f"remove the lines above it{way}")]
    return []
