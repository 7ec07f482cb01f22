"""The shipped registry, read once and only when it is asked for."""

import csv
import io
from functools import lru_cache

from stances.dates import PartialDate, Span
from stances.models import Actor, Membership, Source
from stances.registry.codes import CowCode
from stances.registry.index import Entry, Registry
from stances.registry.membership import Blocs
from stances.shipped import shipped_content

FOLDER = "registry"
_Row = dict[str, str]


def _rows(name: str) -> list[_Row]:
    """Return the rows of one shipped file as text; NA is Namibia, and nothing is missing."""
    text = shipped_content(f"{FOLDER}/{name}").decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _date(cell: str) -> PartialDate | None:
    return PartialDate.parse(cell) if cell else None


def _entry(row: _Row, cow: tuple[CowCode, ...], lifetime: Span | None) -> Entry:
    actor = Actor(row["id"], row["name"], kind=row["kind"], aliases=_parts(row["aliases"]))
    predecessors = _parts(row["predecessors"])
    return Entry(actor, row["iso2"] or None, row["m49"] or None, predecessors, row["note"], cow, lifetime)


def _cow() -> dict[str, tuple[CowCode, ...]]:
    codes: dict[str, tuple[CowCode, ...]] = {}
    for row in _rows("cow.csv"):
        code = CowCode(int(row["code"]), row["abbreviation"], _date(row["since"]), _date(row["until"]))
        codes[row["actor"]] = (*codes.get(row["actor"], ()), code)
    return codes


def _lifetimes() -> dict[str, Span]:
    return {row["actor"]: Span(_date(row["since"]), _date(row["until"])) for row in _rows("lifetimes.csv")}


def _bloc(row: _Row) -> Actor:
    return Actor(row["id"], row["name"], kind="bloc", aliases=_parts(row["aliases"]))


@lru_cache(maxsize=1)
def shipped_registry() -> Registry:
    """Return the registry of the shipped files."""
    cow, lifetimes = _cow(), _lifetimes()
    states = [_entry(row, cow.get(row["id"], ()), lifetimes.get(row["id"])) for row in _rows("actors.csv")]
    blocs = {row["id"]: row for row in _rows("blocs.csv")}
    actors = tuple(map(_bloc, blocs.values()))
    memberships = tuple(
        Membership(row["actor"], row["bloc"], row["since"], row["until"]) for row in _rows("memberships.csv")
    )
    entries = [*states, *(Entry(actor, note=blocs[actor.id]["note"]) for actor in actors)]
    sources = {
        row["id"]: Source(row["id"], row["title"], publisher=row["publisher"], url=row["url"])
        for row in _rows("sources.csv")
    }
    return Registry(
        {entry.actor.id: entry for entry in entries},
        Blocs(actors, memberships),
        {bloc: sources[row["source"]] for bloc, row in blocs.items()},
    )
