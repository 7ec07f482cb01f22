"""States by any name or code: what a foreign file calls them becomes ISO 3166-1 alpha-3."""

import warnings
from collections.abc import Sequence

from stances.errors import StancesWarning, listed
from stances.registry import resolve


def states(called: Sequence[Sequence[str]], file: str) -> list[str]:
    """Return the ids of some states.

    Parameters
    ----------
    called : sequence of sequence of str
        What a file calls each state, most trusted first: code, name. The first that is known decides.
    file : str
        For the warning.

    Returns
    -------
    list of str
        Where nothing is known, the first of its names that is not empty, as it stands; one warning
        names all of these.

    Examples
    --------
    >>> states([("NA", "Namibia"), ("", "TÜRKİYE")], "votes.csv")
    ['NAM', 'TUR']
    """
    names = list(dict.fromkeys(name.strip() for several in called for name in several if name.strip()))
    ids, unknown = resolve(names)
    known = {name: id for name, id in zip(names, ids, strict=True) if name not in set(unknown)}
    found, strange = [], []
    for several in called:
        stripped = [name.strip() for name in several if name.strip()]
        hits = [known[name] for name in stripped if name in known]
        found.append(hits[0] if hits else stripped[0])
        strange += [] if hits else stripped[:1]
    if strange:
        listing = listed(sorted(set(strange)))
        warnings.warn(
            StancesWarning(f"{file}: not in the registry, kept as they are: {listing}"), stacklevel=3
        )
    return found
