"""What is known of an actor: codes of ISO 3166-1, M49 and the Correlates of War, and when it was there."""

from stances.dates import Span
from stances.errors import UnknownCowCodeError, UnregisteredActorError
from stances.registry.codes import code_in
from stances.registry.seed import shipped_registry


def iso2(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of an actor; None where it has none, or is not known.

    Examples
    --------
    >>> iso2("NAM"), iso2("EU")
    ('NA', None)
    """
    entry = shipped_registry().known(name)
    return entry.iso2 if entry else None


def from_iso2(code: str) -> str:
    """Return the id of the actor with an ISO 3166-1 alpha-2 code.

    Raises
    ------
    UnregisteredActorError
        If no actor has it.

    Examples
    --------
    >>> from_iso2("NA")
    'NAM'
    """
    known = {entry.iso2: id for id, entry in shipped_registry().entries.items() if entry.iso2}
    if code not in known:
        raise UnregisteredActorError(code, tuple(known))
    return known[code]


def m49(name: str) -> str | None:
    """Return the three digits of an actor in the UN's M49, as text; None where it has none, or is not known.

    Examples
    --------
    >>> m49("AFG")
    '004'
    """
    entry = shipped_registry().known(name)
    return entry.m49 if entry else None


def cow(name: str, year: int | None = None) -> int | None:
    """Return the Correlates of War code of an actor.

    Parameters
    ----------
    name : str
        As in `actor`.
    year : int, optional
        The year it is wanted for; if the code changed in it, the later one. Without it, the latest.

    Returns
    -------
    int or None
        1 to 999; None for whoever is not on the list of states: blocs, and actors of your own.

    Examples
    --------
    >>> cow("DEU", 1980), cow("DEU", 1995), cow("DDR"), cow("VAT")
    (260, 255, 265, None)
    """
    entry = shipped_registry().known(name)
    return code_in(entry.cow, year) if entry else None


def cow_abbreviation(code: int) -> str:
    """Return the three letters that go with a Correlates of War code; they are not those of ISO 3166.

    Raises
    ------
    UnknownCowCodeError
        If no actor of the registry has it.

    Examples
    --------
    >>> cow_abbreviation(900), cow_abbreviation(305)
    ('AUL', 'AUS')
    """
    entries = shipped_registry().entries.values()
    letters = {used.code: used.abbreviation for entry in entries for used in entry.cow}
    if code not in letters:
        raise UnknownCowCodeError(code, tuple(map(str, letters)))
    return letters[code]


def lifetime(name: str) -> Span | None:
    """Return when a state was there, if it began or ended beside another actor of the registry.

    Membership of the United Nations is another matter: Switzerland was there long before it joined. An end
    that is open says that it lies outside of what the registry covers, 1945 and after, or is yet to come.

    Returns
    -------
    Span or None
        None for a state that no other one came before or after, and for whoever is not known.

    Examples
    --------
    >>> [str(lifetime(name)) for name in ("USSR", "DDR", "South Sudan", "Switzerland")]
    ['/1991', '1949-10-07/1990-10-02', '2011-07-09/', 'None']
    """
    entry = shipped_registry().known(name)
    return entry.lifetime if entry else None
