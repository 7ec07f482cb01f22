"""Strategies for what records are made of: ids, texts, dates, weights."""

from stances.dates import PartialDate, Span, When
from stances.scales import RESERVED
from stances.strategies.engine import Draw, st

_ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:-"


def identifiers() -> st.SearchStrategy[str]:
    """Return a strategy for ids: one to six ASCII letters, digits or ``._:-``.

    Shrinks to one character.
    """
    return st.text(_ID_CHARACTERS, min_size=1, max_size=6)


def texts(*, max_size: int = 12) -> st.SearchStrategy[str]:
    """Return a strategy for texts that records can hold: anything but blanks, NUL and surrogates.

    Shrinks to one character.

    Parameters
    ----------
    max_size : int
        Most characters; at least 1.
    """
    characters = st.characters(categories=None, exclude_categories=["Cs"], exclude_characters="\0")
    return st.text(characters, min_size=1, max_size=max_size).filter(lambda text: bool(text.strip()))


def labels() -> st.SearchStrategy[str]:
    """Return a strategy for labels: one line of up to 8 characters, no reserved word.

    Shrinks to one character.
    """
    lines = texts(max_size=8).map(str.strip).filter(lambda text: len(text.splitlines()) == 1)
    return lines.filter(lambda text: text not in RESERVED)


def partial_dates() -> st.SearchStrategy[PartialDate]:
    """Return a strategy for a year, a month or a day; shrinks to the year 2000."""
    days = st.dates()
    return st.one_of(
        days.map(lambda day: PartialDate(day.year)),
        days.map(lambda day: PartialDate(day.year, day.month)),
        days.map(lambda day: PartialDate(day.year, day.month, day.day)),
    )


@st.composite
def spans(draw: Draw) -> Span:
    """Return a strategy for spans, open at one end or at none; shrinks to ``2000/2000``."""
    ends = sorted((draw(partial_dates()), draw(partial_dates())), key=lambda date: (date.first, date.last))
    kept = draw(st.sampled_from([(True, True), (True, False), (False, True)]))
    start, end = (end if keep else None for end, keep in zip(ends, kept, strict=True))
    return Span(start, end)


def dates() -> st.SearchStrategy[When]:
    """Return a strategy for partial dates and spans; shrinks to the year 2000."""
    return st.one_of(partial_dates(), spans())


FAINTEST = 1e-100  # a weight that is no 0


def weights(*, min_value: float = 0.0, max_value: float = 10.0) -> st.SearchStrategy[float]:
    """Return a strategy for weights of questions; shrinks to 1, where the bounds allow it.

    Parameters
    ----------
    min_value, max_value : float
        Bounds, both included; finite and at least 0. Where 0 is allowed, no other weight is below
        1e-100: weights that are 1e308 apart are refused when they are compared.
    """
    numbers = st.floats(min_value, max_value)
    if min_value == 0 and max_value > FAINTEST:
        numbers = st.just(0.0) | st.floats(FAINTEST, max_value)
    return st.just(1.0) | numbers if min_value <= 1 <= max_value else numbers
