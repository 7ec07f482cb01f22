"""Blocs: who belonged to which, from when to when."""

from collections.abc import Mapping
from datetime import date as Day
from datetime import datetime
from typing import Any

from attrs import Factory, field, frozen

from stances import validators as check
from stances.dates import PartialDate, Span
from stances.errors import UnknownBlocError
from stances.models import Actor, Membership
from stances.printable import Printable, cell_text
from stances.registry.folding import fold
from stances.tables import Grid

On = Day | PartialDate | Span | str | None


def day_of(on: On) -> Day | None:
    """Return the day that counts: the last one that a month, a year or a span may mean.

    Examples
    --------
    >>> day_of("2013"), day_of(Day(2013, 7, 1))
    (datetime.date(2013, 12, 31), datetime.date(2013, 7, 1))
    """
    if on is None:
        return None
    if isinstance(on, datetime):
        return on.date()
    return on if isinstance(on, Day) else check.when("on", on).last


def _by_bloc(blocs: "Blocs") -> Mapping[str, tuple[Membership, ...]]:
    found: dict[str, list[Membership]] = {actor.id: [] for actor in blocs.actors}
    for record in blocs.records:
        if record.bloc not in found:
            raise UnknownBlocError(record.bloc, tuple(found))
        found[record.bloc].append(record)
    return {bloc: tuple(records) for bloc, records in found.items()}


def _by_name(blocs: "Blocs") -> Mapping[str, str]:
    """Return ids by what is compared of their names; an id comes before a name or alias."""
    names = {fold(name): a.id for a in blocs.actors for name in (*a.aliases, a.name or a.id)}
    return names | {fold(actor.id): actor.id for actor in blocs.actors}


@frozen(repr=False)
class Blocs(Printable):
    """Blocs with their memberships; ``one | other`` joins two.

    Attributes
    ----------
    actors : tuple of Actor
        The blocs.
    records : tuple of Membership
        Who belonged to which, with the first and the last day.
    unknown : tuple of str
        Members that the registry does not know, as they were written.

    Examples
    --------
    >>> own = Blocs((Actor("TRIO", kind="bloc"),), (Membership("FRA", "TRIO", "2001", "2004-06-30"),))
    >>> own.members("trio", "2004-06-30"), own.members("trio", "2004-07-01")
    (('FRA',), ())
    """

    actors: tuple[Actor, ...]
    records: tuple[Membership, ...]
    unknown: tuple[str, ...] = ()
    _found: Mapping[str, tuple[Membership, ...]] = field(
        init=False, eq=False, default=Factory(_by_bloc, takes_self=True)
    )
    _names: Mapping[str, str] = field(init=False, eq=False, default=Factory(_by_name, takes_self=True))

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the blocs."""
        return tuple(self._found)

    def bloc(self, name: str) -> str:
        """Return the id of the bloc of this id, name or alias.

        Raises
        ------
        UnknownBlocError
            If there is none.
        """
        found = name if name in self._found else self._names.get(fold(name))
        if found is None:
            raise UnknownBlocError(name, self.ids)
        return found

    def memberships(self, bloc: str) -> tuple[Membership, ...]:
        """Return all memberships of a bloc, in the order of their first days."""
        return self._found[self.bloc(bloc)]

    def members(self, bloc: str, on: On = None) -> tuple[str, ...]:
        """Return who belongs to a bloc.

        Parameters
        ----------
        bloc : str
            Its id, name or alias.
        on : date, PartialDate, Span or str, optional
            The day that decides; of a month, a year or a span its last one. Without it, those
            whose membership has no end.

        Returns
        -------
        tuple of str
            Ids, sorted.
        """
        day = day_of(on)
        records = self.memberships(bloc)
        return tuple(sorted({r.actor for r in records if _holds(r, day)}))

    def is_member(self, actor: str, bloc: str, on: On = None) -> bool:
        """Tell whether the actor of this id belongs to a bloc; `on` as in `members`."""
        day = day_of(on)
        return any(_holds(record, day) for record in self.memberships(bloc) if record.actor == actor)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and (name in self._found or fold(name) in self._names)

    def __or__(self, other: "Blocs") -> "Blocs":
        """Return the blocs of both; where both have one of the same id, the right one stands."""
        if not isinstance(other, Blocs):
            return NotImplemented
        kept = {actor.id for actor in self.actors} - set(other.ids)
        return Blocs(
            tuple(actor for actor in self.actors if actor.id in kept) + other.actors,
            tuple(record for record in self.records if record.bloc in kept) + other.records,
            tuple(dict.fromkeys(self.unknown + other.unknown)),
        )

    def columns(self) -> dict[str, list[Any]]:
        """Return a row per membership, under the columns of a file that `read_blocs` reads."""
        return {
            "bloc": [record.bloc for record in self.records],
            "actor": [record.actor for record in self.records],
            "since": [str(record.since or "") for record in self.records],
            "until": [str(record.until or "") for record in self.records],
        }

    def grids(self) -> tuple[Grid, ...]:
        """Return a row per bloc: how many belonged to it ever, and who belongs to it now."""
        rows = tuple(self._row(actor) for actor in self.actors)
        notes = (f"not in the registry: {', '.join(self.unknown)}",) if self.unknown else ()
        return (Grid("Blocs", ("bloc", "name", "ever", "members without an end"), rows, notes),)

    def _row(self, actor: Actor) -> tuple[str, ...]:
        ever = {record.actor for record in self._found[actor.id]}
        now = ", ".join(self.members(actor.id))
        return (actor.id, cell_text(actor.name), str(len(ever)), cell_text(now))


def _holds(record: Membership, day: Day | None) -> bool:
    return record.until is None if day is None else record.holds_on(day)
