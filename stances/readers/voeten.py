"""Erik Voeten's roll calls of the General Assembly: one row per country and vote, or one per vote."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from attrs import evolve

from stances.codes import ABSENT, NO_RECORD, NOT_ELIGIBLE
from stances.errors import ChoiceError, Fault, FormatError, StancesError
from stances.positions import Codes, Origin, Positions
from stances.readers.actors import states
from stances.readers.cells import NOTHING, Axis, filled, meanings
from stances.readers.columns import folded, header_of, read_columns
from stances.readers.factors import Factor, Table, refusal
from stances.readers.published import VOETEN
from stances.readers.roll_calls import Ballots, coded, in_order, stem
from stances.readers.seats import dated_yugoslavia, from_cow
from stances.readers.symbols import whole
from stances.readers.voeten_codes import CALL, ISSUES, flagged, questions_of
from stances.scales import VOTE

_CODES = {"1": 2, "2": 1, "3": 0, "8": ABSENT, "9": NOT_ELIGIBLE, "": NO_RECORD, "NA": NO_RECORD}
_CALL = (*CALL, *ISSUES)
_STATE = ("countryname", "ccode", "country")
_ALIASES = {"countryname": ("country_name", "member"), "unres": ("resolution",), "country": ("country_code",)}
_PASSED_OVER = {
    *_CALL, "year", "resid", "importantvote", "yes", "no", "abstain", "absent", "nonmember", "",
}  # fmt: skip
RULES = "8 counts as absent, 9 and no row as not eligible"


def read_voeten(path: str | Path) -> Positions:
    r"""Read a file of Erik Voeten's United Nations General Assembly Voting Data.

    Download: doi:10.7910/DVN/LEJUQZ, in the Harvard Dataverse.

    Parameters
    ----------
    path : str or Path
        A ``.csv`` or ``.csv.gz`` file in one of two layouts. Long, told by its column ``vote``: a row
        per country and roll call, with ``rcid``, ``vote``, ``Countryname`` (or ``Country``), and what
        there is of ``date``, ``session``, ``unres``, ``descr`` and the issue flags. Wide: a row per
        roll call, with ``rcid``, ``date``, issue flags, and one column per country.

    Returns
    -------
    Positions
        Levels of ``VOTE``: 1 yes, 2 abstain, 3 no; 8 is absent, 9 and no row are not eligible, an
        empty cell or NA is no record. Actors are ISO 3166-1 alpha-3, sorted. A question's id is its
        symbol (with a colon and the ``rcid`` for votes on paragraphs and amendments), or the ``rcid``
        where there is none. Issues are ``me`` Palestinian conflict, ``nu`` nuclear weapons, ``di``
        arms control, ``hr`` human rights, ``co`` colonialism, ``ec`` economic development.

    Raises
    ------
    DatasetError
        With every fault of the file.

    Notes
    -----
    Lost are the importance that the US State Department gave to a vote, and the totals.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "wide.csv")
    ...     _ = path.write_text("rcid,date,nu,FRA,NAM\n5049,2010-10-26,TRUE,1.0,9\n")
    ...     print(read_voeten(path))
    wide · 2 actors x 1 questions · 8 counts as absent, 9 and no row as not eligible
    question    FRA    NAM
    5049        yes    not_eligible
    """
    path = Path(path)
    header = header_of(path)
    read = _read_long if "vote" in map(folded, header) else _read_wide
    return read(path, header)


def _code(column: str, text: str) -> int:
    number = whole(text)
    if number not in _CODES:
        raise ChoiceError(column, text, ("1", "2", "3", "8", "9"))
    return _CODES[number]


def _read_long(path: Path, header: Sequence[str]) -> Positions:
    states_by = [name for name in _STATE if _is_there(name, header)] or ["countryname"]
    needed = ("rcid", "vote", states_by[0])
    table = read_columns(path, (states_by, ("vote",), _CALL), needed, aliases=_ALIASES)
    who, vote, call = table.factors
    actors, faults = _countries(table, who, states_by)
    codes, wrong = coded(table, vote, "vote", lambda text: _code("vote", text))
    rcids, empty = meanings(table, call, "rcid", lambda row: filled("rcid", whole(row[0])))
    questions = Axis.of(call, rcids)
    records, bad = questions_of(table, questions, call, _CALL, flagged)
    faults += [*wrong, *empty, *bad]
    if not faults:
        actors = dated_yugoslavia(actors, questions, records)
    array = Ballots(table, actors, questions, codes).array(NOT_ELIGIBLE, VOTE.levels, faults)
    return in_order(actors.names, records, array, Origin(stem(path), RULES, sources=(VOETEN,)))


def _countries(table: Table, who: Factor, columns: Sequence[str]) -> tuple[Axis, list[Fault]]:
    """Return the actors: by name, else by Correlates of War code, else by the column ``Country``."""
    named, faults = meanings(table, who, columns[0], lambda value: filled(columns[0], "".join(value)))
    good = [k for k, name in enumerate(named) if name is not None]
    rows = [(value,) if isinstance(value, str) else value for value in who.values]
    called = [
        [from_cow(text) if c == "ccode" else text for c, text in zip(columns, rows[k], strict=True)]
        for k in good
    ]
    ids = dict(zip(good, states(called, table.name), strict=True))
    return Axis.of(who, [ids.get(k) for k in range(len(rows))]), faults


def _is_there(name: str, header: Sequence[str]) -> bool:
    return not {folded(cell) for cell in header}.isdisjoint((name, *_ALIASES.get(name, ())))


def _read_wide(path: Path, header: Sequence[str]) -> Positions:
    countries = [cell for cell in header if folded(cell) not in _PASSED_OVER]
    if not countries:
        problem = "has neither a column vote nor one per country"
        raise refusal(path.name, FormatError(problem))
    table = read_columns(path, (_CALL, countries), ("rcid", *countries))
    call, votes = table.factors
    rcids, faults = meanings(table, call, "rcid", lambda row: filled("rcid", whole(row[0])))
    questions = Axis.of(call, rcids)
    records, bad = questions_of(table, questions, call, _CALL, flagged)
    n, n_rows = len(countries), len(table.lines)
    ids = states([(name,) for name in countries], table.name)
    names = tuple(dict.fromkeys(ids))
    columns = np.array([names.index(name) for name in ids], dtype=np.int64)
    actors = Axis(names, np.tile(columns, n_rows))
    long = Axis(questions.names, np.repeat(questions.numbers, n))
    cells = evolve(table, factors=(), lines=np.repeat(table.lines, n))
    codes, wrong = _wide_codes(cells, votes, countries)
    faults += [*bad, *wrong]
    array = Ballots(cells, actors, long, codes).array(NOT_ELIGIBLE, VOTE.levels, faults)
    return in_order(names, records, array, Origin(stem(path), RULES, sources=(VOETEN,)))


def _wide_codes(cells: Table, votes: Factor, countries: Sequence[str]) -> tuple[Codes, list[Fault]]:
    """Return the code of every cell, row by row, and a fault per cell that has none."""
    known: dict[str, int] = {}
    faults: list[Fault] = []
    n = len(countries)
    firsts = {int(k): int(row) for row, k in reversed(list(enumerate(votes.numbers)))}
    patterns = np.empty((len(votes.values), n), dtype=np.int8)
    for k, row in enumerate(votes.values):
        for j, text in enumerate((row,) if isinstance(row, str) else row):
            if text not in known:
                try:
                    known[text] = _code(countries[j], text)
                except StancesError as error:
                    faults.append(Fault(error, (cells.place(firsts[k] * n + j, countries[j]),)))
                    patterns[k, j] = NOTHING
                    continue
            patterns[k, j] = known[text]
    return patterns[votes.numbers].ravel(), faults
