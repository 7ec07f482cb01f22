"""The three tables of the R package ``unvotes`` and of TidyTuesday, joined by roll call."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from stances.errors import ChoiceError, Fault, FormatError, UnknownQuestionError
from stances.models import Question
from stances.positions import Origin, Positions
from stances.readers.actors import states
from stances.readers.cells import Axis, filled, meanings, settle
from stances.readers.columns import read_columns
from stances.readers.factors import Factor, Table, refusal
from stances.readers.published import UNVOTES
from stances.readers.roll_calls import Ballots, coded, in_order, stem
from stances.readers.seats import dated_yugoslavia, empty_seats
from stances.readers.symbols import whole
from stances.readers.voeten_codes import CALL, questions_of
from stances.scales import VOTE

_WORDS = {"YES": 2, "ABSTAIN": 1, "NO": 0}
_NAMES = {
    "votes": ("unvotes", "un_votes", "votes"),
    "roll_calls": ("roll_calls", "un_roll_calls"),
    "issues": ("issues", "un_roll_call_issues", "roll_call_issues"),
}
_NO_ROW = -6  # no code of positions: replaced before they are made
RULES = "no row counts as absent for UN members of the day, as not eligible for others"


def read_unvotes(
    votes: str | Path, roll_calls: str | Path | None = None, issues: str | Path | None = None
) -> Positions:
    r"""Read the votes of the R package ``unvotes``, which TidyTuesday gives out too.

    Download: https://github.com/dgrtwo/unvotes, or TidyTuesday of 2021-03-23.

    Parameters
    ----------
    votes : str or Path
        A folder that holds ``unvotes.csv``, ``roll_calls.csv`` and, if there is one, ``issues.csv``
        (or ``un_votes``, ``un_roll_calls``, ``un_roll_call_issues``), each plain or as ``.csv.gz``;
        or the first of these files.
    roll_calls, issues : str or Path, optional
        The other files, if `votes` is one. ``issues`` may be left out.

    Returns
    -------
    Positions
        Levels of ``VOTE``. Absences have no row in these files: where there is none, a UN member of
        the day was absent, another state not eligible; of an actor that the registry does not know
        there is no record. Actors are ISO 3166-1 alpha-3, sorted; "Yugoslavia" is the state that held
        its seat on the day: ``SCG`` from 4 February 2003, ``SRB`` from 3 June 2006. A question's id is
        its symbol; votes on paragraphs and amendments have a colon and the ``rcid`` behind it, and
        those without a symbol only the ``rcid``. Sorted by date.

    Raises
    ------
    DatasetError
        With every fault of the files.

    Notes
    -----
    Lost are the importance that the US State Department gave to a vote, and the countries' names.
    ``NA`` in ``country_code`` is Namibia; in the table of roll calls it means that nothing is given.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "unvotes.csv").write_text(
    ...         "rcid,country,country_code,vote\n4701,Namibia,NA,yes\n4701,Yugoslavia,YU,no\n"
    ...     )
    ...     _ = Path(folder, "roll_calls.csv").write_text(
    ...         "rcid,session,date,unres\n4701,61,2006-12-06,R/61/59\n"
    ...     )
    ...     print(read_unvotes(folder).select(actors=["NAM", "SRB"]).about("").codes.tolist())
    [[2], [0]]
    """
    paths = _paths(Path(votes), roll_calls, issues)
    issue_names = _issues(paths["issues"]) if "issues" in paths else {}
    records = _roll_calls(read_columns(paths["roll_calls"], (CALL,), ("rcid", "date")), issue_names)
    table = read_columns(
        paths["votes"], (("rcid",), ("country_code", "country"), ("vote",)), ("rcid", "country_code", "vote")
    )
    call, country, vote = table.factors
    rcids, faults = meanings(table, call, "rcid", lambda text: _known(whole(text), records))
    questions = Axis.of(call, rcids)
    codes, wrong = coded(table, vote, "vote", _vote)
    actors = _countries(table, country, faults)
    actors = dated_yugoslavia(actors, questions, [records[rcid] for rcid in questions.names])
    array = Ballots(table, actors, questions, codes).array(_NO_ROW, VOTE.levels, faults + wrong)
    chosen = [records[rcid] for rcid in questions.names]
    array = np.where(array == _NO_ROW, empty_seats(actors.names, chosen), array)
    return in_order(actors.names, chosen, array, Origin(stem(paths["votes"]), RULES, sources=(UNVOTES,)))


def _paths(votes: Path, roll_calls: str | Path | None, issues: str | Path | None) -> dict[str, Path]:
    if not votes.is_dir():
        given = {"votes": votes, "roll_calls": roll_calls, "issues": issues}
        if roll_calls is None:
            problem = "comes without its table of roll calls"
            raise refusal(
                votes.name, FormatError(problem, "give roll_calls= too, or the folder of all three")
            )
        return {table: Path(path) for table, path in given.items() if path is not None}
    found = {}
    for table, names in _NAMES.items():
        files = [votes / f"{name}{ending}" for name in names for ending in (".csv", ".csv.gz")]
        there = [file for file in files if file.is_file()]
        if there:
            found[table] = there[0]
        elif table != "issues":
            raise refusal(votes.name, FormatError(f"there is no {names[0]}.csv in the folder"))
    return found


def _vote(text: str) -> int:
    word = text.strip().upper()
    if word not in _WORDS:
        raise ChoiceError("vote", text, ("yes", "abstain", "no"))
    return _WORDS[word]


def _known(rcid: str, records: Mapping[str, Question]) -> str:
    if filled("rcid", rcid) not in records:
        raise UnknownQuestionError(rcid, tuple(records))
    return rcid


def _issues(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the issues of each roll call, in the order of the file."""
    table = read_columns(path, (("rcid", "short_name"),), ("rcid", "short_name"))
    settle(table.faults)
    found: dict[str, tuple[str, ...]] = {}
    for rcid, issue in table.factors[0].values:
        own = found.get(whole(rcid), ())
        found[whole(rcid)] = own if issue.strip() in own else (*own, issue.strip())
    return found


def _roll_calls(table: Table, issues: Mapping[str, tuple[str, ...]]) -> dict[str, Question]:
    """Return the roll calls as questions, by rcid."""
    call = table.factors[0]
    rcids, faults = meanings(table, call, "rcid", lambda row: filled("rcid", whole(row[0])))
    axis = Axis.of(call, rcids)
    records, wrong = questions_of(table, axis, call, CALL, lambda row: issues.get(whole(row["rcid"]), ()))
    settle([*table.faults, *faults, *wrong])
    return dict(zip(axis.names, records, strict=True))


def _countries(table: Table, country: Factor, faults: list[Fault]) -> Axis:
    """Return the actors: by code, or by name; ``NA`` is Namibia only where no name says otherwise."""
    named, empty = meanings(table, country, "country_code", lambda row: filled("country_code", "".join(row)))
    faults += empty
    good = [k for k, name in enumerate(named) if name is not None]
    called = [country.values[k] for k in good]
    called = [(name,) if code.strip() == "NA" and name.strip() else (code, name) for code, name in called]
    ids = dict(zip(good, states(called, table.name), strict=True))
    return Axis.of(country, [ids.get(k) for k in range(len(named))])
