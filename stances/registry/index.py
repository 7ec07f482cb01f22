"""The registry: actors by id, code and name."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from attrs import Factory, field, frozen

from stances import validators as check
from stances.dates import Span
from stances.errors import AmbiguousActorError, UnregisteredActorError
from stances.models import Actor, Source
from stances.registry.codes import CowCode
from stances.registry.folding import fold
from stances.registry.membership import Blocs

SUGGESTED = 3
NEAR = 0.8


def _spellings(entry: "Entry") -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(name) for name in (entry.actor.name or "", *entry.actor.aliases)))


@frozen
class Entry:
    """What the registry knows of one actor.

    Attributes
    ----------
    actor : Actor
        Id, name, kind and aliases.
    iso2, m49 : str or None
        ISO 3166-1 alpha-2; the three digits of the UN's M49.
    predecessors : tuple of str
        Ids of those who held its seat or its territory before.
    note : str
        What its row in the file says besides.
    cow : tuple of CowCode
        Its Correlates of War codes, the latest last.
    lifetime : Span or None
        When a state began or ended, where it did so beside another actor of the registry.
    spellings : tuple of str
        What is compared of its name and aliases.
    """

    actor: Actor
    iso2: str | None = None
    m49: str | None = None
    predecessors: tuple[str, ...] = ()
    note: str = ""
    cow: tuple[CowCode, ...] = ()
    lifetime: Span | None = None
    spellings: tuple[str, ...] = field(init=False, default=Factory(_spellings, takes_self=True))

    @property
    def label(self) -> str:
        """Name and id, as a message shows them."""
        return f"{self.actor.name} ({self.actor.id})"

    @property
    def codes(self) -> tuple[str, ...]:
        """Its codes, which are matched letter by letter."""
        return (self.actor.id,) if self.iso2 is None else (self.actor.id, self.iso2)


def _by_code(registry: "Registry") -> Mapping[str, str]:
    return {code: id for id, entry in registry.entries.items() for code in entry.codes}


def _by_name(registry: "Registry") -> Mapping[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for id, entry in registry.entries.items():
        for spelling in entry.spellings:
            names[spelling] = (*names.get(spelling, ()), id)
    return names


@frozen(repr=False)
class Registry:
    """Actors by id, code and name, and the blocs they belong to.

    Attributes
    ----------
    entries : mapping of str to Entry
        By id.
    blocs : Blocs
        Dated memberships.
    sources : mapping of str to Source
        What each bloc's dates rest on, by the bloc's id.
    """

    entries: Mapping[str, Entry]
    blocs: Blocs
    sources: Mapping[str, Source]
    _codes: Mapping[str, str] = field(init=False, eq=False, default=Factory(_by_code, takes_self=True))
    _names: Mapping[str, tuple[str, ...]] = field(
        init=False, eq=False, default=Factory(_by_name, takes_self=True)
    )

    def candidates(self, name: str) -> tuple[str, ...]:
        """Return the ids of those who have this code, name or alias: none, one or several."""
        code = self._codes.get(name.strip())
        return (code,) if code is not None else self._names.get(fold(name), ())

    def entry(self, name: str) -> Entry:
        """Return what is known of the one actor of this code, name or alias."""
        found = self.candidates(check.text("actor", name))
        if len(found) > 1:
            raise AmbiguousActorError(name, tuple(self.entries[id].label for id in found))
        if not found:
            raise self.unregistered(name)
        return self.entries[found[0]]

    def known(self, name: str) -> Entry | None:
        """Return what is known of the one actor of this code, name or alias; None where it is not one."""
        found = self.candidates(name)
        return self.entries[found[0]] if len(found) == 1 else None

    def unregistered(self, name: str) -> UnregisteredActorError:
        """Return the error that says that no actor is called so, with those whose names are near."""
        near = tuple(entry.label for entry in self.find(name)[:SUGGESTED])
        return UnregisteredActorError(name, tuple(self.entries), near)

    def find(self, text: str) -> tuple[Entry, ...]:
        """Return those whose code or name is `text`, starts with it, or holds it; else those near it."""
        sought = fold(text)
        if not sought:
            return ()
        ranks = {id: _rank(sought, entry) for id, entry in self.entries.items()}
        found = sorted((id for id, rank in ranks.items() if rank), key=lambda id: (-ranks[id], id))
        return tuple(self.entries[id] for id in found or self._near(sought))

    def _near(self, sought: str) -> tuple[str, ...]:
        """Return the ids of those whose spelling is close, the closest first."""
        known = {**self._names, **{fold(code): (id,) for code, id in self._codes.items()}}
        close = get_close_matches(sought, sorted(known), n=SUGGESTED, cutoff=NEAR)
        return tuple(dict.fromkeys(id for spelling in close for id in known[spelling]))

    def resolve(self, names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return an id per name, and the names that stay as they are."""
        given = tuple(check.text("actor", name) for name in names)
        found = {name: self.candidates(name) for name in dict.fromkeys(given)}
        known = {name: ids[0] for name, ids in found.items() if len(ids) == 1}
        return tuple(known.get(name, name) for name in given), tuple(n for n in found if n not in known)


def _rank(sought: str, entry: Entry) -> int:
    """Return 4 for the same code or name, 3 for the same start, 2 for a word's start, 1 for a part."""
    if sought in entry.spellings or sought in map(fold, entry.codes):
        return 4
    if any(spelling.startswith(sought) for spelling in entry.spellings):
        return 3
    if any(f" {sought}" in spelling for spelling in entry.spellings):
        return 2
    return int(any(sought in spelling for spelling in entry.spellings))
