"""Document symbols of the United Nations, in the one spelling that ids have."""

import re
import warnings
from collections import Counter
from collections.abc import Iterable

from stances.errors import StancesWarning, listed

_BLANKS = re.compile(r"\s+")
_FOREIGN = re.compile(r"[^A-Za-z0-9._:/()\[\]-]")
_WHOLE = re.compile(r"(\d+)\.0+")


def symbol(text: str) -> str:
    """Return a symbol without blanks, whole from its first letter on.

    Examples
    --------
    >>> symbol("A/RES/78/183 B"), symbol("R/60/7"), symbol(" A/RES/75/254[C]")
    ('A/RES/78/183B', 'A/RES/60/7', 'A/RES/75/254[C]')
    """
    bare = _BLANKS.sub("", text)
    bare = f"A/RES/{bare[2:]}" if bare.startswith("R/") else bare
    return _FOREIGN.sub("_", bare)


def note_foreign(texts: Iterable[str], file: str) -> None:
    """Warn of symbols with characters that no id has."""
    strange = sorted({text for text in texts if _FOREIGN.search(_BLANKS.sub("", text))})
    if strange:
        message = f"{file}: a character that no id has became _ in {len(strange)} symbols: {listed(strange)}"
        warnings.warn(StancesWarning(message), stacklevel=3)


def whole(text: str) -> str:
    """Return a number as text without the ``.0`` of a column that was taken for decimals.

    Examples
    --------
    >>> whole("78.0"), whole("ES-11"), whole(" 4601 ")
    ('78', 'ES-11', '4601')
    """
    bare = text.strip()
    match = _WHOLE.fullmatch(bare)
    return match[1] if match else bare


def roll_call_ids(calls: Iterable[tuple[str, str, bool]]) -> list[str]:
    """Return ids of roll calls of which several may be on one resolution.

    Parameters
    ----------
    calls : iterable of (str, str, bool)
        Roll call id; symbol, or nothing; whether it is on a whole text, not on a part of it or on a change.

    Returns
    -------
    list of str
        The symbol for the one vote on the whole text; the symbol, a colon and the roll call id for all
        others, and where several are on the whole; the roll call id where there is no symbol.

    Examples
    --------
    >>> roll_call_ids([("4594", "R/60/231", True), ("5778", "R/60/231", False), ("5815", "", True)])
    ['A/RES/60/231', 'A/RES/60/231:5778', '5815']
    """
    known = [(rcid, symbol(text), on_whole) for rcid, text, on_whole in calls]
    wholes = Counter(name for _, name, on_whole in known if on_whole)
    return [
        (name if on_whole and wholes[name] == 1 else f"{name}:{rcid}") if name else rcid
        for rcid, name, on_whole in known
    ]
