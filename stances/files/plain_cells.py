"""Cells as a dialect writes them, made those of the house: numbers with a point, dates without a time."""

import re
from collections.abc import Callable

from stances.dialect import Dialect, way_out
from stances.errors import DateError, FieldError
from stances.validators import foreign_character

_MINUS = "\u2212"  # the minus of typeset text, which means nothing else
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:[ .,'’_\u00a0\u202f]\d{3})+(?:[.,]\d+)?", re.ASCII)
_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:[.,]\d+)?)?"
    r"(?: ?(?:Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?))?",
    re.ASCII,
)
_ASCII = re.compile(r"[\x00-\x7f]")
_OTHER = {".": ",", ",": "."}
_SHOWN = {".": "write 0.8, with a point", ",": "write 0,8, with a comma"}


def decimal(name: str, text: str) -> float:
    """Return a number written with a point; FieldError otherwise.

    Digits are those of ASCII; the minus may be a hyphen or U+2212.
    """
    plain = _pointed(text, ".")
    if not plain:
        raise FieldError(name, text, _problem(text), _SHOWN["."])
    return float(plain)


def plain_number(name: str, text: str, dialect: Dialect) -> str:
    """Return a number of a dialect written with a point; FieldError where it is none."""
    plain = _pointed(text, dialect.decimal)
    if not plain:
        raise FieldError(name, text, _problem(text), _advice(text, dialect))
    return plain


def _problem(text: str) -> str:
    """Say of a text that it is no number, and which character of another script is in it."""
    foreign = foreign_character(text.replace(_MINUS, ""), _ASCII)
    return f"is not a number: it {foreign}" if foreign else "is not a number"


def _pointed(text: str, sign: str) -> str:
    """Return a number with a point and a hyphen for its signs, or nothing where it is no such number."""
    plain = "" if _OTHER[sign] in text else text.replace(sign, ".").replace(_MINUS, "-")
    return plain if _DECIMAL.fullmatch(plain) else ""


def _advice(text: str, dialect: Dialect) -> str:
    """Return how to write a number, and how to read it as it is where that is in doubt."""
    other = _OTHER[dialect.decimal]
    usual, doubt = _SHOWN[dialect.decimal], ""
    if _THOUSANDS.fullmatch(text):
        usual, doubt = "write no mark between thousands", "if these are decimals, "
    if other == dialect.delimiter or not _pointed(text, other):
        return usual
    return f"{usual}, or {doubt}read it with {way_out(dialect, decimal=other)}"


def plain_date(name: str, text: str, dialect: Dialect) -> str:
    """Return a date or span without the times in it, where the dialect drops them; DateError otherwise."""
    plain = "/".join(_TIME.sub(r"\1", part) if _TIME.fullmatch(part) else part for part in text.split("/"))
    if plain != text and dialect.times == "refuse":
        advice = f"write the date alone, or read it with {way_out(dialect, times='drop')}"
        raise DateError(name, text, "has a time of day", advice)
    return plain


PLAIN: dict[str, Callable[[str, str, Dialect], str]] = {
    "date": plain_date,
    "confidence": plain_number,
    "salience": plain_number,
}
