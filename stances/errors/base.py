"""What all errors share.

A class takes the facts of one mistake (what was got, what is allowed) and makes its own
sentence; callers never compose text. The facts stay as attributes, ``code`` is stable, and
every class also inherits the builtin that a caller would expect.

Codes: S1.. records, S2.. files, S3.. comparisons, S4.. the installation.
"""

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import ClassVar

from attrs import define, fields

SHOWN_CHARACTERS = 80
SHOWN_FAULTS = 20
SHOWN_CHOICES = 12


def shown(value: object) -> str:
    """Return `value` as one safe line of at most 80 characters."""
    try:
        text = repr(value)
    except RecursionError:
        text = f"<{type(value).__name__} nested too deeply to be shown>"
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


_DAMAGE = re.compile(r"#(REF|N/A|VALUE|NAME|DIV/0|NUM|NULL)[!?]?|\d{1,2}-[A-Z][a-z]{2}|\d\.\d+E\+\d+")


def damage(got: object) -> str:
    """Return a hint where a value is what a spreadsheet makes of another, or nothing."""
    found = isinstance(got, str) and _DAMAGE.fullmatch(got.strip())
    return "it looks like the damage of a spreadsheet: format the column as text" if found else ""


def near_name(got: object, known: Collection[str]) -> str:
    """Return the name that one got is probably meant to be, or nothing where none is near."""
    folded = {name.casefold(): name for name in sorted(known, reverse=True)}
    close = get_close_matches(str(got)[:200].casefold(), list(folded), n=1)
    return folded[close[0]] if close else ""


def nearest(got: object, known: Collection[str]) -> str:
    """Return a "did you mean" hint, or the known names where none is near."""
    near = near_name(got, known)
    if near:
        return f"did you mean {near!r}?"
    return f"known: {listed(sorted(known))}" if known else "none is known yet"


def listed(names: Sequence[str]) -> str:
    r"""Return names in a row, cut after a dozen; signs that cannot be seen are escaped.

    Examples
    --------
    >>> listed(["CHN", "F\x1bRA"])
    'CHN, F\\x1bRA'
    """
    more = len(names) - SHOWN_CHOICES
    return seen(", ".join(names[:SHOWN_CHOICES])) + (f" and {more} more" if more > 0 else "")


def seen(text: str) -> str:
    r"""Return `text` with every sign that cannot be seen escaped, as ``\x1b``: no terminal obeys it."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


class StancesWarning(UserWarning):
    """Something was read or decided that a careful user wants to know."""


@define
class StancesError(Exception):
    """Base of all errors that the library raises on purpose."""

    code: ClassVar[str] = "S000"

    @property
    def reason(self) -> str:
        """What is wrong, in one sentence."""
        raise NotImplementedError

    @property
    def hint(self) -> str:
        """What to do about it, or nothing."""
        return ""

    def __str__(self) -> str:
        return seen(f"{self.reason}; {self.hint}" if self.hint else self.reason)

    def __reduce__(self) -> tuple[type["StancesError"], tuple[object, ...]]:
        return type(self), tuple(getattr(self, fact.name) for fact in fields(type(self)))
