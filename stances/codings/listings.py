"""Listings of units: what coders dispute, and what some of them left out."""

from collections.abc import Sequence
from typing import Any

from stances.codings.units import Unit, passages_of
from stances.printable import Listing

MAX_UNITS = 5  # in print
MAX_CODERS = 6


def by_dispute(units: Sequence[Unit]) -> list[Unit]:
    """Return the disputed units, those with the largest difference first, then those with most codings."""
    disputed = [unit for unit in units if unit.is_disputed]
    return sorted(disputed, key=lambda unit: (-unit.difference, -len(unit.codings)))


def by_omission(units: Sequence[Unit]) -> list[Unit]:
    """Return the units that some coders left out, those that the largest share recorded first."""
    omitted = [unit for unit in units if unit.omitted_by]
    return sorted(omitted, key=lambda u: len(u.omitted_by) / len(u.codings))


def disputes(units: Sequence[Unit], *, in_print: bool = False) -> Listing:
    """Return a row per position on each unit, the most disputed first, with coders and passages."""
    disputed = by_dispute(units)
    rows = [
        (unit, position, codings)
        for unit in (disputed[:MAX_UNITS] if in_print else disputed)
        for position, codings in unit.by_position().items()
    ]
    columns: dict[str, list[Any]] = {
        **_where([unit for unit, *_ in rows]),
        "difference": [unit.difference for unit, *_ in rows],
        "position": [position for _, position, _ in rows],
        "n_coders": [len(codings) for *_, codings in rows],
        "passages": ["; ".join(passages_of(codings)) for *_, codings in rows],
        "coders": [_names([coding.coder for coding in codings], in_print) for *_, codings in rows],
    }
    return _listing("Most disputed first", columns, len(disputed), in_print)


def omissions(units: Sequence[Unit], *, in_print: bool = False) -> Listing:
    """Return a row per unit that some coders left out, first what most recorded, with who did not."""
    omitted = by_omission(units)
    rows = omitted[:MAX_UNITS] if in_print else omitted
    columns: dict[str, list[Any]] = {
        **_where(rows),
        "n_recorded": [len(unit.codings) for unit in rows],
        "n_omitted": [len(unit.omitted_by) for unit in rows],
        "omitted_by": [_names(unit.omitted_by, in_print) for unit in rows],
    }
    return _listing("Left out by some, first what most recorded", columns, len(omitted), in_print)


def _where(units: Sequence[Unit]) -> dict[str, list[Any]]:
    return {
        "question": [unit.question.id for unit in units],
        "actor": [unit.actor for unit in units],
        "source": [unit.source for unit in units],
    }


def _names(coders: Sequence[str], in_print: bool) -> str:
    more = len(coders) - MAX_CODERS
    if in_print and more > 1:
        return f"{', '.join(coders[:MAX_CODERS])} and {more} more"
    return ", ".join(coders)


def _listing(title: str, columns: dict[str, list[Any]], n_units: int, in_print: bool) -> Listing:
    """Return a listing; in print without columns that hold nothing, and with how many units are left."""
    if not in_print:
        return Listing(title, columns)
    kept = {name: cells for name, cells in columns.items() if any(cell is not None for cell in cells)}
    more = n_units - MAX_UNITS
    return Listing(title, kept, (f"And {more} more; --format json has them all.",) if more > 0 else ())
