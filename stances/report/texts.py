"""Words of the page that several of its parts use."""

from collections.abc import Sequence

from stances.blocs.wedge_captions import signed
from stances.captions import bracketed, policy_words
from stances.positions import CODE_NAMES
from stances.printable import rounded

__all__ = [
    "ALL_ISSUES",
    "BASES",
    "REASONS",
    "STATED",
    "VOICES",
    "count",
    "listed",
    "percent",
    "policy_words",
    "supported",
    "supported_step",
]

ALL_ISSUES = "All issues"
BASES = {"word": "words alone", "deed": "deeds alone", "assessment": "what others judge"}
REASONS = {name: name.replace("_", " ") for name in CODE_NAMES.values()}
VOICES = {
    "own": "in its own words",
    "joint": "in a joint statement",
    "reported": "reported by another actor",
    "narrated": "told by the author",
}
STATED = {"word": "said", "deed": "did", "assessment": "judged by others"}


def supported(value: float, n: int, lower: float = float("nan"), upper: float = float("nan")) -> str:
    """Return a value with its interval and its support, in brackets where that is thin.

    Examples
    --------
    >>> supported(0.5, 4), supported(1.0, 12, 0.8, 1.0), supported(float("nan"), 0)
    ('(0.50) of 4', '1.00 [0.80, 1.00] of 12', 'undefined')
    """
    if value != value:
        return "undefined"
    ends = "" if lower != lower else f" [{rounded(lower)}, {rounded(upper)}]"
    return f"{bracketed(rounded(value) + ends, n)} of {n}"


def supported_step(value: float, n: int, lower: float = float("nan"), upper: float = float("nan")) -> str:
    """Return a wedge, which has a sign, as `supported` returns a value.

    Examples
    --------
    >>> supported_step(0.25, 8), supported_step(-0.5, 2)
    ('+0.25 of 8', '(-0.50) of 2')
    """
    ends = "" if lower != lower else f" [{signed(lower)}, {signed(upper)}]"
    return f"{bracketed(signed(value) + ends, n)} of {n}"


def percent(part: int, whole: int) -> str:
    """Return a share as people read it, never as nothing or all where it is not.

    Examples
    --------
    >>> percent(1, 3), percent(999, 1000), percent(1, 1000), percent(3, 3)
    ('33 %', '>99 %', '<1 %', '100 %')
    """
    share = round(100 * part / whole)
    if share == 100 and part < whole:
        return ">99 %"
    return "<1 %" if share == 0 and part else f"{share} %"


def count(n: int, thing: str, things: str = "") -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> count(1, "pair"), count(0, "silence"), count(1234, "party", "parties")
    ('1 pair', '0 silences', '1,234 parties')
    """
    return f"{n:,} {thing if n == 1 else things or thing + 's'}"


def listed(words: Sequence[str], most: int = 3) -> str:
    """Return words as a list of a sentence, the rest counted.

    Examples
    --------
    >>> listed(["France"]), listed(["France", "China"]), listed(["a", "b", "c", "d", "e"])
    ('France', 'France and China', 'a, b, c and 2 more')
    """
    shown = list(words[:most])
    if len(words) > most:
        shown.append(f"{len(words) - most} more")
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))
