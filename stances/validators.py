"""Checks of single fields, used by every record: ids, texts, numbers, choices, dates.

Each takes the field's name and a value, returns the value the record keeps, and raises a
FieldError that names the field otherwise. Nothing is coerced that a reader could mistake: None is
no text, True no number.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from numbers import Real
from typing import TypeVar

from stances.dates import PartialDate, When, parse_when
from stances.errors import ChoiceError, DateError, DuplicateIdError, FieldError

_ID = re.compile(r"[A-Za-z0-9._:-]+", re.ASCII)
_SYMBOL = re.compile(r"[A-Za-z0-9._:/()\[\]-]+", re.ASCII)
_JOINERS = "\u200c\u200d"  # Persian, Indic scripts and emoji need them
Choice = TypeVar("Choice", bound=StrEnum)
Item = TypeVar("Item")


def foreign_character(text: str, pattern: re.Pattern[str]) -> str:
    """Return what to say of the first character of a text that a pattern does not know, if there is one."""
    character = next((c for c in text if not pattern.fullmatch(c)), "")
    return (
        f"holds {character!r} ({unicodedata.name(character, f'U+{ord(character):04X}')})" if character else ""
    )


def _matching(field: str, value: object, pattern: re.Pattern[str], allowed: str) -> str:
    if not isinstance(value, str):
        raise FieldError(field, value, "is not text")
    if not value:
        raise FieldError(field, value, "is empty")
    if pattern.fullmatch(value):
        return value
    written = _plain(value, pattern)
    advice = f"an id has {allowed}; names go into 'name' or 'text'"
    advice = f"write {written!r}; {advice}" if written else advice
    raise FieldError(field, value, foreign_character(value, pattern), advice)


def _plain(value: str, pattern: re.Pattern[str]) -> str:
    """Return the id nearest to a text: without accents, and with hyphens for blanks; "" if there is none.

    A letter of another script may not be left out: what remained would be the id of somebody else.
    """
    decomposed = unicodedata.normalize("NFKD", value)
    if any(c.isalnum() and not c.isascii() for c in decomposed):
        return ""
    folded = decomposed.encode("ascii", "ignore").decode("ascii")
    words = "".join(c if pattern.fullmatch(c) else " " for c in folded).split()
    return "-".join(words)[:60]


def identifier(field: str, value: object) -> str:
    """Return an id: ASCII letters, digits and ``._:-``."""
    return _matching(field, value, _ID, "letters, digits and ._:- of ASCII")


def symbol(field: str, value: object) -> str:
    """Return a question's id, which may be a document symbol such as A/RES/75/254[C]."""
    return _matching(field, value, _SYMBOL, "letters, digits and ._:-/()[] of ASCII")


def blank(value: object) -> bool:
    """Tell whether an optional field is left out: None, or the empty text of a table's cell."""
    return value is None or value == ""


def text(field: str, value: object) -> str:
    """Return a text that is not blank and can be written to any file."""
    if not isinstance(value, str):
        raise FieldError(field, value, "is not text")
    if not value.strip():
        raise FieldError(field, value, "is empty")
    if "\0" in value:
        raise FieldError(field, value, "holds a NUL character")
    if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
        raise FieldError(field, value, "holds half of a surrogate pair")
    return value


def label(field: str, value: object) -> str:
    """Return a text of one line without blanks around it."""
    checked = text(field, value)
    if checked != checked.strip():
        raise FieldError(field, value, "has blanks around it")
    if len(checked.splitlines()) > 1:
        raise FieldError(field, value, "has more than one line")
    return checked


def name(field: str, value: object) -> str:
    """Return a label in which every character can be seen; joiners of letters aside."""
    if isinstance(value, str) and value.isprintable() and value and value == value.strip(" "):
        return value  # printable leaves out all that is refused below, and every blank but this one
    checked = label(field, value)
    for character in checked:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in _JOINERS:
            raise FieldError(field, value, f"holds the invisible character U+{ord(character):04X}")
    return checked


def composed(name: str) -> str:
    """Return a name in the one spelling (NFC) by which equal names are told."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def distinct(kind: str, ids: Sequence[str]) -> None:
    """Raise DuplicateIdError for the first id that was there before."""
    if len(set(ids)) == len(ids):
        return
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            raise DuplicateIdError(kind, id)
        seen.add(id)


def number(
    field: str, value: object, minimum: float, maximum: float = math.inf, *, above: bool = False
) -> float:
    """Return a finite number between two bounds; `above` leaves the lower one out."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise FieldError(field, value, "is not a number")
    try:
        result = float(value)
    except OverflowError:
        result = math.inf
    if not math.isfinite(result) or not minimum <= result <= maximum or (above and result == minimum):
        bounds = f" {'above' if above else 'at least'} {minimum:g}" if minimum > -math.inf else ""
        bounds += f" and at most {maximum:g}" if maximum < math.inf else ""
        raise FieldError(field, value, f"is not a finite number{bounds}")
    return result


def count(field: str, value: object) -> int:
    """Return a whole number of at least one."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise FieldError(field, value, "is not a whole number of at least 1")
    return value


def flag(field: str, value: object) -> bool:
    """Return a truth value; no other type stands for one."""
    if not isinstance(value, bool):
        raise FieldError(field, value, "is not true or false")
    return value


def choice(field: str, value: object, allowed: type[Choice]) -> Choice:
    """Return a word from a fixed list."""
    words = {word.value: word for word in allowed}
    if not isinstance(value, str) or value not in words:
        raise ChoiceError(field, value, tuple(words))
    return words[value]


def when(field: str, value: object) -> When:
    """Return a date or span, given as text or already parsed."""
    if isinstance(value, When):
        return value
    if not isinstance(value, str):
        raise DateError(field, value, "is not text")
    return parse_when(value)


def date(field: str, value: object) -> PartialDate:
    """Return a single date, given as text or already parsed."""
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, str):
        raise DateError(field, value, "is not text")
    return PartialDate.parse(value)


def items(field: str, value: object, check: Callable[..., Item], *context: str) -> tuple[Item, ...]:
    """Return a sequence as a tuple, each item checked by ``check(*context, item)``; a text is no sequence."""
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        raise FieldError(field, value, "is not a list")
    return tuple(check(*context, item) for item in value)


def texts_by_name(field: str, value: object) -> tuple[tuple[str, str], ...]:
    """Return texts by name, sorted by it, from a mapping, or from pairs as a record keeps them."""
    if isinstance(value, tuple | dict) and not value:  # as of by far the most records
        return ()
    pairs = tuple(value.items()) if isinstance(value, Mapping) else value
    if not isinstance(pairs, tuple) or not all(isinstance(p, tuple) and len(p) == 2 for p in pairs):
        raise FieldError(field, value, "is no table of texts by name")
    found = tuple((name(field, key), text(f"{field}:{key}", told)) for key, told in pairs)
    distinct(field, [key for key, _ in found])
    return tuple(sorted(found))


def records(field: str, value: object, model: type[Item]) -> tuple[Item, ...]:
    """Return a sequence of records of one model as a tuple."""

    def check(item: object) -> Item:
        if not isinstance(item, model):
            raise FieldError(field, item, f"is not a {model.__name__}")
        return item

    return items(field, value, check)
