"""Columns of a coder's own: kept beside each stance, under a mark that no column of a dataset has."""

import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence

from stances import validators as check
from stances.dialect import Dialect
from stances.errors import StancesError, StancesWarning, listed, nearest, shown

MARK = "extra:"


def marked(names: Sequence[str], known: Collection[str], dialect: Dialect | None) -> list[str]:
    """Return the names of a header, with the mark before those that are unknown and to be kept.

    What differs from a known name in case alone is not kept: it was meant to be read.
    """
    if dialect is None or dialect.extra == "refuse":
        return list(names)
    ours = {name.casefold() for name in known}
    kept = [bool(name) and name.casefold() not in ours and not is_extra(name) for name in names]
    return [f"{MARK}{name}" if keep else name for name, keep in zip(names, kept, strict=True)]


def is_extra(column: str) -> bool:
    """Tell whether a column has the mark."""
    return column.startswith(MARK)


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
    """Say once which columns are kept as they are, so that none that was misspelt goes by unseen."""
    kept = [name for name in dict.fromkeys(names) if name and name not in known and not is_extra(name)]
    if kept:
        near = [nearest(name, known) for name in kept]
        asked = [
            f"{shown(name)} ({hint})" for name, hint in zip(kept, near, strict=True) if hint.endswith("?")
        ]
        doubt = f"; {', '.join(asked)}" if asked else ""
        message = f"{file}: kept as they are, and not looked at: {listed(kept)}{doubt}"
        warnings.warn(StancesWarning(message), stacklevel=3)
