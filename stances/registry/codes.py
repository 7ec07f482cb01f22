"""Correlates of War codes, which follow a state's history: West Germany is 260, Germany 255."""

from collections.abc import Sequence

from attrs import frozen

from stances.dates import PartialDate


@frozen
class CowCode:
    """One code, and from when to when it was used.

    Attributes
    ----------
    code : int
        Of the Correlates of War state list, 1 to 999.
    abbreviation : str
        Its three letters there, which are not those of ISO 3166.
    since, until : PartialDate or None
        First and last day; None where one code serves from, or to, any date.
    """

    code: int
    abbreviation: str
    since: PartialDate | None = None
    until: PartialDate | None = None

    def used_in(self, year: int) -> bool:
        """Tell whether it was used on some day of a year."""
        begun = self.since is None or self.since.first.year <= year
        return begun and (self.until is None or year <= self.until.last.year)


def code_in(codes: Sequence[CowCode], year: int | None) -> int | None:
    """Return the latest code of a year, or of all time; None where there is none.

    Examples
    --------
    >>> west = CowCode(260, "GFR", until=PartialDate(1990, 10, 2))
    >>> germany = (west, CowCode(255, "GMY", since=PartialDate(1990, 10, 3)))
    >>> [code_in(germany, year) for year in (1980, 1990, 1995, None)]
    [260, 255, 255, 255]
    """
    used = [code.code for code in codes if year is None or code.used_in(year)]
    return used[-1] if used else None
