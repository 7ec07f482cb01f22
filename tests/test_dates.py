"""Partial dates and spans keep the precision they were written with."""

from datetime import date as Day

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances.dates import PartialDate, Span, holds_on, overlap, parse_when
from stances.errors import DateError
from stances.strategies import dates


@given(dates())
@pytest.mark.hostile("D01")
def test_what_is_written_is_read(when):
    """Every date and span reads back from its own text."""
    assert parse_when(str(when)) == when
    assert when.first <= when.last


@pytest.mark.parametrize(
    "text",
    [
        "2025-13", "2022-02-30", "0000-01-01", "10000-01-01", "-0044-03-15", "20220224", "2022-W08-4", "2022-2",
        "24/02/2022", "44616", "2022-02-24T23:30:00-05:00", "٢٠٢٥", "2025 ", "", "/", "2025/2024", "2024/2025/2026",
    ],
)  # fmt: skip
@pytest.mark.hostile("D02", "D03", "D05")
def test_other_spellings_are_refused(text):
    """D01 to D06: only ISO 8601 dates that exist, in one written form, and spans that run forward."""
    with pytest.raises(DateError, match="write 2025"):
        parse_when(text)


@pytest.mark.hostile("D01")
def test_a_year_is_not_its_first_day():
    """2025 means some day of the year."""
    year = PartialDate.parse("2025")
    assert (year.first, year.last) == (Day(2025, 1, 1), Day(2025, 12, 31))
    assert PartialDate.parse("2024-02").last == Day(2024, 2, 29)
    assert year != PartialDate.parse("2025-01-01")


def test_a_day_needs_its_month():
    """A day of an unknown month is no date, nor is a span without ends."""
    with pytest.raises(DateError, match="no month"):
        PartialDate(2025, None, 3)
    with pytest.raises(DateError, match="neither start nor end"):
        Span(None, None)


@given(st.none() | dates(), st.none() | dates())
def test_overlap_is_mutual(one, other):
    """Two dates may share a day in either order, and a date always shares its own."""
    assert overlap(one, other) == overlap(other, one)
    assert overlap(one, one)


@pytest.mark.parametrize(
    ("when", "day", "holds"),
    [
        ("2025-12-04", "2025-12-03", False),
        ("2025-12-04", "2025-12-04", True),
        ("2025-12-04", "2030-01-01", True),  # a date says when a stance was taken, not when it ended
        ("2025", "2025-12-30", False),  # not surely begun
        ("2025", "2025-12-31", True),
        ("2022/", "2030-01-01", True),
        ("2025-07/2025-12", "2025-07-30", False),
        ("2025-07/2025-12", "2025-12-31", True),  # not surely ended
        ("2025-07/2025-12", "2026-01-01", False),
        ("/2025", "1950-01-01", True),
    ],
)
def test_as_of_counts_what_had_surely_begun_and_not_surely_ended(when, day, holds):
    """A stance holds from when it had surely begun until it had surely ended."""
    assert holds_on(parse_when(when), Day.fromisoformat(day)) is holds
    assert not holds_on(None, Day.fromisoformat(day))
