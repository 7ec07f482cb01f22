"""Dyads: one row per pair of states and year, under the codes that scholars merge by."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from stances.errors import ChoiceError
from stances.positions import Positions
from stances.printable import Listing
from stances.registry import cow, cow_abbreviation

if TYPE_CHECKING:
    from stances.matrix import Matrix

CODES = ("iso3", "cow")


def year_of(positions: Positions) -> int | None:
    """Return the year that positions belong to.

    That of their questions; where these are of one session that spans several years, the year in
    which it began. None for undated questions, and for several years of several sessions.
    """
    dates = [question.date.first for question in positions.questions if question.date is not None]
    sessions = {question.session for question in positions.questions}
    years = {date.year for date in dates}
    one = len(years) == 1 or (len(sessions) == 1 and None not in sessions)
    return min(years) if years and one else None


def dyads(matrix: "Matrix", *, directed: bool = False, codes: str = "iso3") -> Listing:
    """Return one row per pair of two actors, for merging onto data in dyad-years.

    Parameters
    ----------
    matrix : Matrix
    directed : bool
        Whether each pair comes twice, once from either side.
    codes : {"iso3", "cow"}
        What ``actor1`` and ``actor2`` hold: the ids of the matrix, or the abbreviations of the
        Correlates of War. With ``cow`` only actors with such a code have rows, and the lower code
        comes first, as in undirected dyad-years there.

    Returns
    -------
    Listing
        Columns ``actor1, actor2, ccode1, ccode2, year, value, n_shared, lower, upper, why,
        measure, silence``; a code or year that is not known is None.

    Raises
    ------
    ChoiceError
        If the codes are unknown.
    """
    if codes not in CODES:
        raise ChoiceError("codes", codes, CODES)
    year = year_of(matrix.positions)
    numbers = [cow(actor, year) for actor in matrix.actors]
    names = list(matrix.actors)
    if codes == "cow":
        names = [cow_abbreviation(n) if n is not None else "" for n in numbers]
    rows = [_row(matrix, i, j, names, numbers, year) for i, j in _pairs(matrix, directed, codes, numbers)]
    columns = ("actor1", "actor2", "ccode1", "ccode2", "year", "value", "n_shared", "lower", "upper", "why")
    data: dict[str, list[Any]] = {name: [row[k] for row in rows] for k, name in enumerate(columns)}
    data |= {"measure": [matrix.measure.name] * len(rows), "silence": [matrix.silence.value] * len(rows)}
    return Listing("Dyads", data)


def _pairs(
    matrix: "Matrix", directed: bool, codes: str, numbers: list[int | None]
) -> Iterator[tuple[int, int]]:
    for i, j in matrix.iter_pairs():
        first, second = numbers[i], numbers[j]
        if codes == "cow" and (first is None or second is None):
            continue
        turned = codes == "cow" and first is not None and second is not None and first > second
        pair = (j, i) if turned else (i, j)
        yield pair
        if directed:
            yield pair[::-1]


def _row(
    matrix: "Matrix", i: int, j: int, names: list[str], numbers: list[int | None], year: int | None
) -> tuple[Any, ...]:
    cell = matrix.cell(matrix.actors[i], matrix.actors[j])
    about = (names[i], names[j], numbers[i], numbers[j], year)
    return (*about, cell.value, cell.n_shared, cell.lower, cell.upper, cell.why)
