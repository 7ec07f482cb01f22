"""Countries and blocs: ids, codes, names and dated membership.

States have their ISO 3166-1 alpha-3 code as id. A name is found letter by letter, whatever its case,
accents and punctuation; nothing is ever guessed. The files lie in ``seeds/registry/`` and are read
when first asked for.
"""

from collections.abc import Iterable
from pathlib import Path

from stances.models import Actor, Membership, Source
from stances.registry.lookups import cow, cow_abbreviation, from_iso2, iso2, lifetime, m49
from stances.registry.membership import Blocs, On
from stances.registry.own import blocs_of
from stances.registry.seed import shipped_registry

__all__ = [
    "Blocs",
    "actor",
    "actors",
    "blocs",
    "cow",
    "cow_abbreviation",
    "find",
    "from_iso2",
    "is_member",
    "iso2",
    "lifetime",
    "m49",
    "members",
    "memberships",
    "note",
    "predecessors",
    "read_blocs",
    "resolve",
    "source",
]


def actor(name: str) -> Actor:
    """Return the actor of this name.

    Parameters
    ----------
    name : str
        An id, an ISO 3166-1 alpha-2 code, a name or an alias. Codes are matched letter by letter,
        names whatever their case, accents and punctuation.

    Raises
    ------
    UnregisteredActorError
        If no actor is called so; it names those whose names are near.
    AmbiguousActorError
        If several are, such as "Korea".

    Examples
    --------
    >>> actor("Russia").id, actor("RUSSIAN FEDERATION").id, actor("NA").name, actor("EU").kind
    ('RUS', 'RUS', 'Namibia', 'bloc')
    """
    return shipped_registry().entry(name).actor


def actors() -> tuple[Actor, ...]:
    """Return all actors: states and others by id, then blocs."""
    return tuple(entry.actor for entry in shipped_registry().entries.values())


def find(text: str) -> tuple[Actor, ...]:
    """Return the actors that a text may mean, the likeliest first; for people, not for programs.

    Those whose code, name or alias is the text come first, then those that start with it, then those
    that hold it. Where there are none, those whose spelling is near.

    Examples
    --------
    >>> [found.id for found in find("korea")]
    ['KOR', 'PRK']
    >>> [found.id for found in find("Rusia")][0]
    'RUS'
    """
    return tuple(entry.actor for entry in shipped_registry().find(text))


def resolve(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return an id for each name, as far as the registry knows them.

    Parameters
    ----------
    names : iterable of str
        Ids, alpha-2 codes, names or aliases.

    Returns
    -------
    ids : tuple of str
        One per name, in their order; a name that is unknown, or that several have, stays as it is.
    unknown : tuple of str
        The names that stayed, each once.

    Examples
    --------
    >>> resolve(["TÜRKİYE", "NA", "Korea", "SPD", "SPD"])
    (('TUR', 'NAM', 'Korea', 'SPD', 'SPD'), ('Korea', 'SPD'))
    """
    return shipped_registry().resolve(names)


def predecessors(name: str) -> tuple[str, ...]:
    """Return the ids of those who held an actor's seat, or its territory or a part of it, before.

    Examples
    --------
    >>> predecessors("RUS"), predecessors("TZA"), predecessors("FRA")
    (('SUN',), ('EAT', 'EAZ'), ())
    """
    return shipped_registry().entry(name).predecessors


def note(name: str) -> str:
    """Return what the registry says besides of an actor; mostly nothing.

    Examples
    --------
    >>> note("Ukraine")
    'member beside the Soviet Union, as Ukrainian SSR until 1991'
    """
    return shipped_registry().entry(name).note


def blocs() -> Blocs:
    """Return the shipped blocs; ``blocs() | own`` adds those of your own.

    Examples
    --------
    >>> blocs().ids
    ('UN', 'UN-OBSERVERS', 'P5', 'EU', 'NATO', 'G7', 'G8', 'BRICS')
    """
    return shipped_registry().blocs


def members(bloc: str, on: On = None) -> tuple[str, ...]:
    """Return who belongs to a shipped bloc.

    Parameters
    ----------
    bloc : str
        Its id, name or alias.
    on : date, PartialDate, Span or str, optional
        The day that decides; of a month, a year or a span its last one. Without it, those whose
        membership has no end.

    Returns
    -------
    tuple of str
        Ids, sorted.

    Raises
    ------
    UnknownBlocError
        If there is no such bloc.

    Examples
    --------
    >>> members("P5", "1991-12-23"), members("P5", "1991-12-24")
    (('CHN', 'FRA', 'GBR', 'SUN', 'USA'), ('CHN', 'FRA', 'GBR', 'RUS', 'USA'))
    >>> len(members("EU", "2020-01-31")), len(members("EU", "2020-02-01"))
    (28, 27)
    """
    return blocs().members(bloc, on)


def memberships(bloc: str) -> tuple[Membership, ...]:
    """Return all memberships of a shipped bloc, with their first and last days.

    Examples
    --------
    >>> [(str(m.since), str(m.until)) for m in memberships("EU") if m.actor == "GBR"]
    [('1973-01-01', '2020-01-31')]
    """
    return blocs().memberships(bloc)


def is_member(name: str, bloc: str, on: On = None) -> bool:
    """Tell whether an actor belongs to a shipped bloc; `on` as in `members`.

    Examples
    --------
    >>> is_member("Finland", "NATO", "2023-04-03"), is_member("Finland", "NATO", "2023-04-04")
    (False, True)
    """
    return blocs().is_member(actor(name).id, bloc, on)


def source(bloc: str) -> Source:
    """Return what the dates of a shipped bloc rest on.

    Examples
    --------
    >>> print(source("NATO").title)
    NATO member countries
    """
    return shipped_registry().sources[blocs().bloc(bloc)]


def read_blocs(path: str | Path) -> Blocs:
    """Return blocs of your own from a CSV file with the columns ``bloc,actor,since,until``.

    Parameters
    ----------
    path : str or Path
        A row per membership. Actors are named as in `actor`; `since` and `until` are the first and the
        last day, month or year, and may be left out.

    Returns
    -------
    Blocs
        Members that the registry does not know stay as they are; a StancesWarning names them, and
        ``unknown`` holds them.

    Raises
    ------
    DatasetError
        If anything in the file is wrong: all faults, with line and column.
    OSError
        If it cannot be read.
    """
    return blocs_of(Path(path), shipped_registry())
