"""How a CSV file is written, where a spreadsheet of another country or another program wrote it."""

import codecs
import json
from typing import Any

from attrs import evolve, field, fields, frozen

from stances.errors import ChoiceError, FieldError, nearest

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_POINTS = (".", ",")
_TIMES = ("refuse", "drop")
_EXTRA = ("refuse", "keep")
MOST_ABOVE = 1_000_000  # lines; no table has its header further down
_ENCODINGS = (
    "utf-8", "utf-16", "utf-32", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256",
    "latin-1", "iso8859-15", "koi8-r", "mac-roman", "shift-jis", "gb18030", "big5", "euc-kr",
)  # fmt: skip
# For domain names, for Python's own source, and whatever the machine is set to: no table says that it is one.
_OF_NO_TABLE = frozenset(
    {"", "idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
)


def _encoding(value: object) -> str:
    """Return Python's own name of an encoding of text."""
    if not isinstance(value, str):
        raise FieldError("encoding", value, "is not text")
    try:
        "a".encode(value)  # refuses what makes bytes of bytes, or text of text
        name = codecs.lookup(value).name
    except (LookupError, ValueError):
        name = ""
    if name in _OF_NO_TABLE:
        near = nearest(value, _ENCODINGS)
        advice = near if near.startswith("did") else "write one such as utf-8, utf-16 or cp1252"
        raise FieldError("encoding", value, "is no encoding of text that Python knows", advice)
    return "utf-8" if name == "utf-8-sig" else name


def _delimiter(value: object) -> str:
    if not isinstance(value, str) or value not in DELIMITERS:
        raise FieldError("delimiter", value, "is no delimiter", r'write one of "," ";" "\t" "|"')
    return value


def _point(value: object) -> str:
    if not isinstance(value, str) or value not in _POINTS:
        raise FieldError("decimal", value, "is no decimal sign", 'write "." or ","')
    return value


def _skip(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_ABOVE:
        raise FieldError("skip", value, f"is not a whole number from 0 to {MOST_ABOVE}")
    return value


def _times(value: object) -> str:
    if not isinstance(value, str) or value not in _TIMES:
        raise ChoiceError("times", value, _TIMES)
    return value


def _extra(value: object) -> str:
    if not isinstance(value, str) or value not in _EXTRA:
        raise ChoiceError("extra", value, _EXTRA)
    return value


@frozen(kw_only=True)
class Dialect:
    r"""How a CSV file is written: nothing of it is guessed, and without a dialect it is as stances writes it.

    Attributes
    ----------
    encoding : str
        Any encoding of text that Python knows, such as ``cp1252``, kept by Python's own name. A byte order
        mark is passed over; ``utf-16`` and ``utf-32`` need one, ``utf-16-le`` does not. Bytes that the
        encoding does not have are refused.
    delimiter : str
        What stands between two columns: ``","``, ``";"``, ``"\t"`` or ``"|"``.
    decimal : str
        What stands before the decimals of a number: ``"."`` or ``","``. Marks between thousands are never
        read.
    skip : int
        How many lines stand above the header; faults still have the line that they have in the file.
    times : str
        What is done with a time in a column of dates: ``"refuse"``, or ``"drop"``, which keeps the local date
        as it is written and shifts it to no other zone.
    extra : str
        What is done with a column that no dataset has: ``"refuse"``, or ``"keep"``, which keeps its texts as
        `Stance.extra`, looks at them no further, and tells which columns these are.

    Raises
    ------
    FieldError
        If a field is none of these, or a comma is to be both delimiter and decimal sign.

    Examples
    --------
    >>> Dialect(delimiter=";", decimal=",", encoding="windows-1252").encoding
    'cp1252'
    """

    encoding: str = field(default="utf-8", converter=_encoding)
    delimiter: str = field(default=",", converter=_delimiter)
    decimal: str = field(default=".", converter=_point)
    skip: int = field(default=0, converter=_skip)
    times: str = field(default="refuse", converter=_times)
    extra: str = field(default="refuse", converter=_extra)

    def __attrs_post_init__(self) -> None:
        if self.decimal == self.delimiter:
            raise FieldError(
                "decimal", self.decimal, "is the delimiter too", 'name both, such as delimiter=";"'
            )


HOUSE = Dialect()


def way_out(dialect: Dialect, **change: Any) -> str:
    """Return what to write so that a file is read by a dialect with some change, in Python or as options.

    Examples
    --------
    >>> way_out(Dialect(delimiter=";"), skip=2)
    'dialect=Dialect(delimiter=";", skip=2), or --delimiter ";" --skip 2'
    """
    if change.get("delimiter") == dialect.decimal:
        change["decimal"] = "."
    told = evolve(dialect, **change)
    values = {name: getattr(told, name) for name in (f.name for f in fields(Dialect))}
    given = {k: v for k, v in values.items() if k in change or v != getattr(HOUSE, k)}
    arguments = ", ".join(f"{name}={json.dumps(value)}" for name, value in given.items())
    options = " ".join(f"--{name} {_as_typed(value)}" for name, value in given.items())
    return f"dialect=Dialect({arguments}), or {options}"


def _as_typed(value: object) -> str:
    """Return the value of an option as it is typed in a shell."""
    return {"\t": "tab", ";": '";"', "|": '"|"'}.get(str(value), str(value))
