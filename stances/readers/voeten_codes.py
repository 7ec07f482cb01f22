"""What Erik Voeten's files and those made of them share: issues, flags, and roll calls as questions."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from stances.errors import ChoiceError, Fault, StancesError
from stances.models import Question
from stances.readers.cells import Axis, one_per_question
from stances.readers.factors import Factor, Table
from stances.readers.roll_calls import made
from stances.readers.symbols import roll_call_ids, whole
from stances.scales import VOTE

CALL = ("rcid", "date", "session", "unres", "amend", "para", "short", "descr")
ISSUES = {
    "me": "Palestinian conflict",
    "nu": "nuclear weapons and nuclear material",
    "di": "arms control and disarmament",
    "hr": "human rights",
    "co": "colonialism",
    "ec": "economic development",
}
_FLAGS = {"TRUE": True, "T": True, "1": True, "FALSE": False, "F": False, "0": False, "": False, "NA": False}


def flag(column: str, text: str) -> bool:
    """Return a flag as R and spreadsheets write it; empty and NA stand for no."""
    word = whole(text).upper()
    if word not in _FLAGS:
        raise ChoiceError(column, text, ("TRUE", "FALSE", "1", "0"))
    return _FLAGS[word]


def given(text: str) -> str:
    """Return a text of a roll call without blanks around it; R writes NA where there is none."""
    bare = text.strip()
    return "" if bare == "NA" else bare


def flagged(flags: Mapping[str, str]) -> tuple[str, ...]:
    """Return the issues whose flag is set."""
    return tuple(issue for issue in ISSUES if flag(issue, flags.get(issue, "")))


def questions_of(
    table: Table,
    axis: Axis,
    call: Factor,
    columns: Sequence[str],
    issues_of: Callable[[Mapping[str, str]], tuple[str, ...]],
) -> tuple[list[Question], list[Fault]]:
    """Return the roll calls of a table as questions, and what is wrong with them.

    Parameters
    ----------
    table : Table
        For places.
    axis : Axis
        Which roll call each row is about, by rcid.
    call : Factor
        The columns that describe it; symbol, session and date must not differ between its rows.
    columns : sequence of str
        Their names, of which `CALL` are used here.
    issues_of : callable
        Given the columns of a roll call by name, the ids of its issues.
    """
    faults: list[Fault] = []
    chosen: list[int] = []
    for column in ("unres", "session", "date"):
        words = [whole(row[columns.index(column)]) for row in call.values]
        chosen, differing = one_per_question(table, axis, call, column, words)
        faults += differing
    facts: list[dict[str, Any]] = []
    calls = [{c: given(v) for c, v in zip(columns, call.values[k], strict=True)} for k in chosen]
    wholes = []
    for k, row in zip(chosen, calls, strict=True):
        try:
            wholes.append(not (flag("para", row["para"]) or flag("amend", row["amend"])))
            facts.append(_facts(row) | {"issues": issues_of(row)})
        except StancesError as error:
            faults.append(Fault(error, (table.first(call, k, str(getattr(error, "field", ""))),)))
    if faults:
        return [], faults
    ids = roll_call_ids(
        (whole(row["rcid"]), row["unres"], on_whole) for row, on_whole in zip(calls, wholes, strict=True)
    )
    named = [{"id": name, **fact} for name, fact in zip(ids, facts, strict=True)]
    return made(
        named, lambda k, column: table.first(call, chosen[k], column), {"id": "unres", "text": "descr"}
    )


def _facts(call: Mapping[str, str]) -> dict[str, Any]:
    return {
        "text": call["descr"] or call["short"] or f"roll call {whole(call['rcid'])}",
        "scale": VOTE,
        "date": call["date"],
        "session": whole(call["session"]),
    }
