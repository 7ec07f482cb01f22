"""Columns of a coder's own: kept beside each stance, under a mark that no column of a dataset has."""

import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence

from stances import validators as check
from stances.dialect import Dialect
from stances.errors import StancesError, StancesWarning, listed, near_name, shown

MARK = "extra:"


def marked(names: Sequence[str], known: Collection[str], dialect: Dialect | None) -> list[str]:
    """Return the names of a header, with the mark before those that are unknown and to be kept.

    What differs from a known name, or from the mark, in case alone is not kept: it was meant to be read.
    """
    if dialect is None or dialect.extra == "refuse":
        return list(names)
    ours = {name.casefold() for name in known}
    kept = [
        bool(name) and name.casefold() not in ours and not name.casefold().startswith(MARK) for name in names
    ]
    return [f"{MARK}{name}" if keep else name for name, keep in zip(names, kept, strict=True)]


def is_extra(column: str) -> bool:
    """Tell whether a column has the mark."""
    return column.startswith(MARK)


def lower_mark(column: str) -> str:
    """Return a column with its mark in small letters, or nothing where it has none in any."""
    return f"{MARK}{column[len(MARK) :]}" if column.casefold().startswith(MARK) else ""


def name_faults(column: str) -> Iterator[StancesError]:
    """Yield what is wrong with the name behind the mark."""
    try:
        check.name("column", column.removeprefix(MARK))
    except StancesError as error:
        yield error


def extra_of(cells: Mapping[str, str]) -> dict[str, str]:
    """Return what a row holds in columns of its own, by name; a blank cell holds nothing."""
    return {name.removeprefix(MARK): text for name, text in cells.items() if is_extra(name) and text.strip()}


def note_kept(file: str, names: Sequence[str], known: Collection[str]) -> None:
    """Say once which columns are kept as they are, those first that may be a slip of the pen."""
    near = {name: near_name(name, known) for name in names}
    told = [f"{shown(name)} (did you mean {near[name]!r}?)" for name in names if near[name]]
    told += [shown(name) for name in names if not near[name]]
    warnings.warn(
        StancesWarning(f"{file}: kept as they are, and not looked at: {listed(told)}"), stacklevel=3
    )
