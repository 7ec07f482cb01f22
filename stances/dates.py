"""Partial ISO dates and spans: ``2025``, ``2025-07``, ``2025-12-04``, ``2022/``, ``2025-07/2025-12``.

A date keeps the precision it was written with: 2025 is never the first of January. A span is
two dates with a bar between them, either of which may be open.
"""

import re
from calendar import monthrange
from datetime import date as Day

from attrs import frozen

from stances.errors import DateError

_PATTERN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@frozen
class PartialDate:
    """A year, a month of a year, or a day, as precise as it is known.

    Attributes
    ----------
    year : int
        1 to 9999.
    month : int or None
        1 to 12; None where only the year is known.
    day : int or None
        Day of the month; None where it is not known.

    Examples
    --------
    >>> PartialDate.parse("2025-07").last
    datetime.date(2025, 7, 31)
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __attrs_post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise DateError("date", str(self), "has a day but no month")
        try:
            Day(self.year, self.month or 1, self.day or 1)
        except ValueError as error:
            raise DateError("date", str(self), f"does not exist ({error})") from None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Return the date that `text` writes; DateError where it writes none."""
        match = _PATTERN.fullmatch(text)
        if match is None:
            raise DateError("date", text, "is not an ISO 8601 date")
        return cls(*(int(part) if part else None for part in match.groups()))  # type: ignore[arg-type]  # the year always matches

    @property
    def first(self) -> Day:
        """First day that this date may mean."""
        return Day(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> Day:
        """Last day that this date may mean."""
        month = self.month or 12
        return Day(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@frozen
class Span:
    """From one date to another, both included; None where an end is open.

    Attributes
    ----------
    start, end : PartialDate or None
        At least one is given, and the start does not lie after the end.

    Examples
    --------
    >>> print(Span.parse("2022/"), Span.parse("2025-07/2025-12").end)
    2022/ 2025-12
    """

    start: PartialDate | None
    end: PartialDate | None

    def __attrs_post_init__(self) -> None:
        if self.start is None and self.end is None:
            raise DateError("span", str(self), "has neither start nor end")
        if self.start is not None and self.end is not None and self.start.first > self.end.last:
            raise DateError("span", str(self), "starts after it ends")

    @classmethod
    def parse(cls, text: str) -> "Span":
        """Return the span that `text` writes; DateError where it writes none."""
        start, bar, end = text.partition("/")
        if not bar or "/" in end:
            raise DateError("span", text, "is not two dates with a bar between them")
        return cls(PartialDate.parse(start) if start else None, PartialDate.parse(end) if end else None)

    @property
    def first(self) -> Day:
        """First day that the span may cover."""
        return self.start.first if self.start else Day.min

    @property
    def last(self) -> Day:
        """Last day that the span may cover."""
        return self.end.last if self.end else Day.max

    def __str__(self) -> str:
        return f"{self.start or ''}/{self.end or ''}"


When = PartialDate | Span


def parse_when(text: str) -> When:
    """Return the date or span that `text` writes.

    Parameters
    ----------
    text : str
        An ISO 8601 date of any precision, or two of them around a bar.

    Raises
    ------
    DateError
        If the text writes no such date, or one that does not exist.

    Examples
    --------
    >>> parse_when("2025-12-04").day
    4
    """
    return Span.parse(text) if "/" in text else PartialDate.parse(text)


def overlap(one: When | None, other: When | None) -> bool:
    """Tell whether two dates may share a day; what is undated may share any."""
    if one is None or other is None:
        return True
    return one.first <= other.last and other.first <= one.last


def holds_on(when: When | None, day: Day) -> bool:
    """Tell whether what is dated `when` had surely begun and not surely ended on `day`.

    A single date says when a stance was taken, and it holds from then on; only a span ends.
    What has no date has not surely begun.
    """
    if when is None:
        return False
    if isinstance(when, PartialDate):
        return when.last <= day
    begun = when.start is None or when.start.last <= day
    return begun and day <= when.last
