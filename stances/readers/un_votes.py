"""Recorded votes of the United Nations, as the Digital Library of the UN gives them out."""

from pathlib import Path
from typing import Any

from stances.codes import ABSENT, NOT_ELIGIBLE
from stances.errors import Fault, FieldError
from stances.positions import Origin, Positions
from stances.readers.actors import states
from stances.readers.cells import Axis, filled, meanings, one_per_question
from stances.readers.columns import read_columns
from stances.readers.factors import Factor, Table
from stances.readers.published import GENERAL_ASSEMBLY, SECURITY_COUNCIL
from stances.readers.roll_calls import Ballots, coded, in_order, letter, made, stem
from stances.readers.symbols import note_foreign, symbol, whole
from stances.scales import VOTE

_LETTERS = {"Y": 2, "N": 0, "A": 1, "X": ABSENT}
_ABOUT = ("resolution", "draft", "date", "session", "title", "undl_link")
_GROUPS = (("ms_code", "ms_name"), ("ms_vote",), _ABOUT)
_REQUIRED = ("ms_code", "ms_vote", "date", "resolution")
ALIASES = {
    "ms_code": ("country_code", "member_state_code"),
    "ms_name": ("country", "country_name", "member_state", "council_member"),
    "ms_vote": ("vote", "member_state_vote"),
    "resolution": ("resolution_symbol", "symbol"),
    "draft": ("draft_symbol", "draft_resolution"),
    "date": ("vote_date", "date_of_vote"),
    "title": ("description", "resolution_title"),
    "undl_link": ("link", "record_link", "url"),
}
RULES = "not voting (X) counts as absent, no row as not eligible"


def read_un_votes(path: str | Path) -> Positions:
    r"""Read the General Assembly or Security Council voting file of the UN Digital Library.

    Download: https://digitallibrary.un.org/record/4060887 (General Assembly) and
    https://digitallibrary.un.org/record/4055387 (Security Council), as CSV.

    Parameters
    ----------
    path : str or Path
        A ``.csv`` or ``.csv.gz`` file, one row per member state and vote. Needed are the columns
        ``ms_code``, ``ms_vote``, ``date`` and ``resolution``, or older names of theirs; ``ms_name``,
        ``draft``, ``session``, ``title`` and ``undl_link`` are used, all others passed over.

    Returns
    -------
    Positions
        Levels of ``VOTE``: ``Y`` yes, ``A`` abstain, ``N`` no, in capitals or not. ``X`` (not voting:
        absent, or without the right to vote) is absent; a state without a row was not eligible.
        Actors are ISO 3166-1 alpha-3 codes, or those of former states, sorted. A question is a
        resolution: its id is the symbol without blanks, the draft's where no resolution was adopted;
        title, date, session and link come from its first row. Sorted by date.

    Raises
    ------
    DatasetError
        With every fault of the file: two rows of one state and resolution that differ, unknown
        letters, empty codes and symbols, with their lines. Rows that are repeated are counted once,
        and a warning says how many.

    Notes
    -----
    Lost are the totals, the agenda, the subjects, notes on votes, and the state's name as printed.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "ga.csv")
    ...     _ = path.write_text(
    ...         "ms_code,ms_vote,date,session,resolution,title\n"
    ...         "FRA,Y,2022-03-02,ES-11,A/RES/ES-11/1,Aggression against Ukraine\n"
    ...         "CHN,A,2022-03-02,ES-11,A/RES/ES-11/1,Aggression against Ukraine\n"
    ...     )
    ...     print(read_un_votes(path))
    ga · 2 actors x 1 questions · not voting (X) counts as absent, no row as not eligible
    question       CHN      FRA
    A/RES/ES-11/1  abstain  yes
    """
    path = Path(path)
    table = read_columns(path, _GROUPS, _REQUIRED, aliases=ALIASES)
    member, vote, about = table.factors
    faults: list[Fault] = []
    actors = _members(table, member, faults)
    symbols, bad = meanings(table, about, "resolution", _symbol)
    questions = Axis.of(about, symbols)
    codes, wrong = coded(table, vote, "ms_vote", letter("ms_vote", _LETTERS))
    faults += bad + wrong
    records = _questions(table, questions, about, faults)
    array = Ballots(table, actors, questions, codes).array(NOT_ELIGIBLE, VOTE.levels, faults)
    note_foreign((row[0] or row[1] for row in about.values), table.name)
    council = all(question.id.startswith("S/") for question in records)
    source = SECURITY_COUNCIL if records and council else GENERAL_ASSEMBLY
    return in_order(actors.names, records, array, Origin(stem(path), RULES, sources=(source,)))


def _members(table: Table, member: Factor, faults: list[Fault]) -> Axis:
    """Return the actors: by their code, or by their name where the code is not known."""
    codes, empty = meanings(table, member, "ms_code", lambda row: filled("ms_code", row[0] or row[1]))
    faults += empty
    good = [k for k, code in enumerate(codes) if code is not None]
    ids = dict(zip(good, states([member.values[k] for k in good], table.name), strict=True))
    return Axis.of(member, [ids.get(k) for k in range(len(codes))])


def _symbol(row: tuple[str, ...]) -> str:
    found = symbol(row[0]) or symbol(row[1])
    if not found:
        raise FieldError("resolution", row[0], "is empty, and so is the draft")
    return found


def _questions(table: Table, questions: Axis, about: Factor, faults: list[Fault]) -> list[Any]:
    dates = [row[2].strip() for row in about.values]
    sessions = [whole(row[3]) for row in about.values]
    for column, said in (("date", dates), ("session", sessions)):
        chosen, differing = one_per_question(table, questions, about, column, said)
        faults += differing
    facts = [
        {
            "id": name,
            "text": about.values[k][4].strip() or name,
            "scale": VOTE,
            "date": dates[k],
            "session": sessions[k],
            "url": about.values[k][5].strip(),
        }
        for name, k in zip(questions.names, chosen, strict=True)
    ]
    columns = {"id": "resolution", "text": "title", "url": "undl_link"}
    records, wrong = made(facts, lambda k, column: table.first(about, chosen[k], column), columns)
    faults += wrong
    return records
