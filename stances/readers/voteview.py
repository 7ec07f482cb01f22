"""Roll calls of the United States Congress, as Voteview gives them out."""

import re
import warnings
from collections import Counter
from pathlib import Path

from stances.codes import ABSENT, NOT_ELIGIBLE
from stances.errors import ChoiceError, FieldError, StancesWarning, listed
from stances.models import Question
from stances.positions import Origin, Positions
from stances.readers.cells import Axis, filled, meanings, named, settle
from stances.readers.columns import read_columns
from stances.readers.published import VOTEVIEW
from stances.readers.roll_calls import Ballots, coded, stem
from stances.readers.symbols import whole
from stances.scales import Scale

YEA_NAY = Scale("roll-call", ("nay", "yea"))
_CASTS = {
    "0": NOT_ELIGIBLE,
    **dict.fromkeys("123", 1),
    **dict.fromkeys("456", 0),
    **dict.fromkeys("789", ABSENT),
}
_CALL = ("congress", "chamber", "rollnumber")
_MEMBER = ("icpsr", "bioname", "state_abbrev")
RULES = "paired and announced votes count as cast, present and not voting as absent, no row as not eligible"


def read_voteview(members: str | Path, votes: str | Path) -> Positions:
    r"""Read members and votes of one chamber or more.

    Download: https://voteview.com/data, data types "Members' Votes" and "Member Ideology", as CSV.

    Parameters
    ----------
    members : str or Path
        Such as ``S116_members.csv``, with ``icpsr``, ``bioname``, ``state_abbrev``.
    votes : str or Path
        Such as ``S116_votes.csv`` or ``.csv.gz``, with ``congress``, ``chamber``, ``rollnumber``,
        ``icpsr``, ``cast_code``.

    Returns
    -------
    Positions
        On the scale nay < yea: cast codes 1 to 3 (yea, paired yea, announced yea) are yea, 4 to 6
        nay; 7 and 8 (present) and 9 (not voting) are absent; 0 (not a member), and no row, are not
        eligible. Actors are those with a vote, by last name and state such as ``SANDERS-VT``; where
        two have the same, with their ICPSR number behind; sorted. A president for whom positions are
        recorded is among them. Questions are roll calls such as
        ``S116-1``, in the order of their numbers; the session is the congress.

    Raises
    ------
    DatasetError
        With every fault of the files.

    Notes
    -----
    Lost are the parties, the ideal points and the fitted probabilities. These files do not tell what a
    roll call was about, nor when it was.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     members, votes = Path(folder, "members.csv"), Path(folder, "votes.csv")
    ...     _ = members.write_text('icpsr,bioname,state_abbrev\n29147,"SANDERS, Bernard",VT\n')
    ...     _ = votes.write_text("congress,chamber,rollnumber,icpsr,cast_code\n116,Senate,1,29147.0,6.0\n")
    ...     print(read_voteview(members, votes).columns())
    {'actor': ['SANDERS-VT'], 'question': ['S116-1'], 'position': ['nay'], 'code': [0]}
    """
    names = _names(Path(members))
    path = Path(votes)
    table = read_columns(path, (("icpsr",), ("cast_code",), _CALL), (*_CALL, "icpsr", "cast_code"))
    who, cast, call = table.factors
    numbers, faults = meanings(table, who, "icpsr", lambda text: filled("icpsr", whole(text)))
    actors = Axis.of(who, numbers)
    calls, empty = meanings(table, call, "rollnumber", _call)
    axis = Axis.of(call, calls, sorted({name for name in calls if name}, key=_order))
    codes, wrong = coded(table, cast, "cast_code", _cast)
    faults += [*empty, *wrong]
    array = Ballots(table, actors, axis, codes).array(NOT_ELIGIBLE, YEA_NAY.levels, faults)
    records = [_question(name) for name in axis.names]
    called = _called(actors.names, names, path.name)
    order = sorted(range(len(called)), key=lambda i: called[i])
    return Positions(
        [called[i] for i in order], records, array[order], Origin(stem(path), RULES, sources=(VOTEVIEW,))
    )


def _cast(text: str) -> int:
    code = whole(text)
    if code not in _CASTS:
        raise ChoiceError("cast_code", text, tuple(_CASTS))
    return _CASTS[code]


def _call(row: tuple[str, ...]) -> str:
    """Return the id of a roll call: ``S116-1``."""
    congress, chamber, number = (whole(cell) for cell in row)
    initial = chamber[:1].upper()
    if initial not in ("H", "S") or not (congress.isdecimal() and number.isdecimal()):
        raise FieldError(
            "roll call", " ".join(row), "is not a congress, a chamber (House or Senate) and a number"
        )
    return f"{initial}{int(congress)}-{int(number)}"


def _order(name: str) -> tuple[int, str, int]:
    congress, number = name[1:].split("-")
    return int(congress), name[0], int(number)


def _question(name: str) -> Question:
    congress, number = name[1:].split("-")
    chamber = "House" if name[0] == "H" else "Senate"
    return Question(name, f"{chamber}, congress {congress}, roll call {number}", YEA_NAY, session=congress)


def _names(path: Path) -> dict[str, str]:
    """Return last name and state of each member, by ICPSR number; of several rows the last."""
    table = read_columns(path, (_MEMBER,), _MEMBER)
    member = table.factors[0]
    numbers, faults = meanings(table, member, "icpsr", lambda row: filled("icpsr", whole(row[0])))
    names, empty = meanings(table, member, "bioname", _name)
    settle([*table.faults, *faults, *empty])
    return {number: name for number, name in zip(numbers, names, strict=True) if number and name}


def _name(row: tuple[str, ...]) -> str:
    last = named("bioname", row[1].partition(",")[0])
    return re.sub(r"\s+", "-", f"{last}-{row[2].strip()}").strip("-")


def _called(numbers: tuple[str, ...], names: dict[str, str], file: str) -> list[str]:
    """Return what people type for each member, all different."""
    strange = [number for number in numbers if number not in names]
    if strange:
        message = f"{file}: not among the members, called by their ICPSR number: {listed(sorted(strange))}"
        warnings.warn(StancesWarning(message), stacklevel=3)
    called = [names.get(number, number) for number in numbers]
    shared = {name for name, n in Counter(called).items() if n > 1}
    return [f"{name}-{n}" if name in shared else name for name, n in zip(called, numbers, strict=True)]
