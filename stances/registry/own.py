"""Blocs of the user's own, from a small CSV file."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from stances import validators as check
from stances.errors import (
    AmbiguousActorError,
    DatasetError,
    Fault,
    FormatError,
    LimitError,
    Place,
    StancesError,
    StancesWarning,
    listed,
)
from stances.models import Actor, Membership
from stances.registry.index import Registry
from stances.registry.membership import Blocs

if TYPE_CHECKING:
    from stances.files.strict_csv import Row, Table

COLUMNS = ("bloc", "actor", "since", "until")
REQUIRED = ("bloc", "actor")


@frozen
class _Reading:
    """What has been read so far."""

    registry: Registry
    records: list[Membership] = field(factory=list)
    faults: list[Fault] = field(factory=list)
    unknown: dict[str, None] = field(factory=dict)


def blocs_of(path: Path, registry: Registry) -> Blocs:
    """Return the blocs that a CSV file holds; DatasetError with every fault otherwise."""
    table, faults = _table(path)
    reading = _Reading(registry, faults=faults)
    for row in table.rows:
        _read(row, table, reading)
    if reading.faults:
        raise DatasetError(tuple(sorted(reading.faults, key=lambda fault: fault.places[0].line or 0)))
    if reading.unknown:
        warnings.warn(_unknown(path, tuple(reading.unknown)), StancesWarning, stacklevel=3)
    blocs = dict.fromkeys(record.bloc for record in reading.records)
    actors = tuple(Actor(bloc, kind="bloc") for bloc in blocs)
    return Blocs(actors, tuple(reading.records), tuple(reading.unknown))


def _unknown(path: Path, names: tuple[str, ...]) -> str:
    return f"{path.name}: not in the registry and kept as they are: {listed(names)}"


def _table(path: Path) -> "tuple[Table, list[Fault]]":
    from stances.files.file_in import file_content  # here, so that a reader may stand on the registry
    from stances.files.table_in import read_table

    try:
        content = file_content(path)
    except (FormatError, LimitError) as error:
        raise DatasetError((Fault(error, (Place(path.name),)),)) from None
    return read_table(content, path.name, COLUMNS, REQUIRED)


def _read(row: "Row", table: "Table", reading: _Reading) -> None:
    """Add the membership of one row, or its faults."""
    cells = {column: cell.strip() for column, cell in row.cells.items()}
    faults = list(_faults(cells, reading.registry))
    if not faults:
        actor = _actor(cells["actor"], reading.registry)
        if actor not in reading.registry.entries:
            reading.unknown[actor] = None
        try:
            reading.records.append(Membership(actor, cells["bloc"], cells.get("since"), cells.get("until")))
        except StancesError as error:
            faults.append(("", error))
    reading.faults.extend(Fault(error, (table.place(row.line, column),)) for column, error in faults)


def _faults(cells: dict[str, str], registry: Registry) -> Iterator[tuple[str, StancesError]]:
    """Yield what is wrong with each cell, and its column."""
    for column in COLUMNS:
        try:
            if column == "actor":
                _actor(cells[column], registry)
            elif column == "bloc":
                check.identifier(column, cells[column])
            elif not check.blank(cells.get(column)):
                check.date(column, cells[column])
        except StancesError as error:
            yield column, error


def _actor(name: str, registry: Registry) -> str:
    """Return the id of a name; what is unknown stays as it is, if it can be an id."""
    found = registry.candidates(check.text("actor", name))
    if len(found) > 1:
        raise AmbiguousActorError(name, tuple(registry.entries[id].label for id in found))
    if found:
        return found[0]
    try:
        return check.identifier("actor", name)
    except StancesError:
        raise registry.unregistered(name) from None
