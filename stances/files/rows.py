"""Rows of a table and stances: a row is one record with at most one passage of evidence."""

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve, field, frozen

from stances import validators as check
from stances.dialect import HOUSE, Dialect
from stances.errors import (
    Fault,
    FieldError,
    LevelError,
    Place,
    StancesError,
    StancesWarning,
    UnknownActorError,
    UnknownQuestionError,
    UnknownSourceError,
)
from stances.files.extra_columns import MARK, extra_of, is_extra
from stances.files.plain_cells import PLAIN, decimal
from stances.files.strict_csv import Row, Table
from stances.models import Basis, Evidence, Stance, Voice
from stances.tables import csv_lines

REQUIRED = ("actor", "question", "position")
STANCE_COLUMNS = (*REQUIRED, "date", "basis", "inferred", "asked_by", "coder", "confidence", "salience")
EVIDENCE_COLUMNS = ("source", "locator", "quote", "speaker", "voice", "summary")
COLUMNS = STANCE_COLUMNS + EVIDENCE_COLUMNS
SHOWN_REPEATS = 3
_VERBATIM = frozenset({"quote", "speaker", "summary"})


def _truth(text: str) -> bool:
    """Return true or false as spreadsheets write them."""
    if text.lower() not in ("true", "false"):
        raise FieldError("inferred", text, "is not true or false")
    return text.lower() == "true"


_PARSERS: dict[str, Callable[[str], Any]] = {
    "actor": lambda v: check.identifier("actor", v),
    "question": lambda v: check.symbol("question", v),
    "position": lambda v: check.label("position", v),
    "date": lambda v: check.when("date", v),
    "basis": lambda v: check.choice("basis", v, Basis),
    "inferred": _truth,
    "asked_by": lambda v: check.identifier("asked_by", v),
    "coder": lambda v: check.label("coder", v),
    "confidence": lambda v: check.number("confidence", decimal("confidence", v), 0, 1, above=True),
    "salience": lambda v: check.number("salience", decimal("salience", v), 0),
    "source": lambda v: check.identifier("source", v),
    "locator": lambda v: check.label("locator", v),
    "quote": lambda v: check.text("quote", v),
    "speaker": lambda v: check.text("speaker", v),
    "voice": lambda v: check.choice("voice", v, Voice),
    "summary": lambda v: check.text("summary", v),
}


@frozen
class Coded:
    """The stances of a table, the lines on which each stands, and the faults of its cells."""

    table: Table
    stances: tuple[Stance, ...]
    lines: tuple[tuple[int, ...], ...]
    faults: tuple[Fault, ...] = field(repr=False)

    def place(self, index: int, error: StancesError) -> Place:
        """Return where a fault of the stance at `index` stands."""
        return self.table.place(self.lines[index][0], _column(self.stances[index], error))


def _column(stance: Stance, error: StancesError) -> str:
    if isinstance(error, UnknownActorError):
        return "actor" if error.got == stance.actor else "asked_by"
    kinds: dict[type[StancesError], str] = {LevelError: "position", UnknownQuestionError: "question"}
    return (kinds | {UnknownSourceError: "source"}).get(type(error), "")


def read_rows(table: Table, dialect: Dialect = HOUSE) -> Coded:
    """Return the stances of a table; rows that repeat a stance add their evidence to it.

    Parameters
    ----------
    table : Table
        With columns of these names.
    dialect : Dialect
        How its numbers and dates are written.
    """
    faults: list[Fault] = []
    merged: dict[Stance, tuple[list[Evidence], list[int]]] = {}
    repeats: list[str] = []
    trimmed = 0
    verbatim = _VERBATIM.union(filter(is_extra, table.header))
    for row in table.rows:
        trimmed += sum(text != text.strip() for name, text in row.cells.items() if name not in verbatim)
        stance, problems = _read_row(row, dialect)
        faults += [Fault(error, (table.place(row.line, column),)) for column, error in problems]
        if stance is not None:
            repeats += _merge(merged, stance, row.line)
    if trimmed:
        warnings.warn(StancesWarning(f"{table.name}: blanks were trimmed from {trimmed} cells"), stacklevel=2)
    _note_repeats(table.name, repeats)
    stances = tuple(evolve(bare, evidence=tuple(evidence)) for bare, (evidence, _) in merged.items())
    return Coded(table, stances, tuple(tuple(lines) for _, lines in merged.values()), tuple(faults))


def _merge(
    merged: dict[Stance, tuple[list[Evidence], list[int]]], stance: Stance, line: int
) -> Iterator[str]:
    evidence, lines = merged.setdefault(evolve(stance, evidence=()), ([], []))
    if lines and all(passage in evidence for passage in stance.evidence):
        yield f"line {line} repeats line {lines[0]}"
    evidence += [passage for passage in stance.evidence if passage not in evidence]
    lines.append(line)


def _note_repeats(name: str, repeats: Sequence[str]) -> None:
    """Say once which rows repeat others: the first few, and how many more."""
    if not repeats:
        return
    more = f" and {len(repeats) - SHOWN_REPEATS} more" if len(repeats) > SHOWN_REPEATS else ""
    counted = " and is counted once" if len(repeats) == 1 else "; what repeats is counted once"
    message = f"{name}: {', '.join(repeats[:SHOWN_REPEATS])}{more}{counted}"
    warnings.warn(StancesWarning(message), stacklevel=2)


def _read_row(row: Row, dialect: Dialect) -> tuple[Stance | None, list[tuple[str, StancesError]]]:
    values: dict[str, Any] = {}
    problems: list[tuple[str, StancesError]] = []
    for column in COLUMNS:
        text = row.cells.get(column, "")
        text = text if column in _VERBATIM else text.strip()
        if not text and column not in REQUIRED:
            continue
        try:
            plain = PLAIN[column](column, text, dialect) if column in PLAIN else text
            values[column] = _PARSERS[column](plain)
        except StancesError as error:
            problems.append((column, error))
    about = {name: values.pop(name) for name in EVIDENCE_COLUMNS if name in values}
    if problems:
        return None, problems
    if about and "source" not in about:
        advice = "name the source that the passage stands in"
        return None, [
            ("source", FieldError("source", "", f"is empty, but {', '.join(about)} is given", advice))
        ]
    try:
        passages = (Evidence(**about),) if about else ()
        return Stance(**values, evidence=passages, extra=extra_of(row.cells)), []
    except StancesError as error:
        field = error.field if isinstance(error, FieldError) else ""
        return None, [(field if is_extra(field) else "", error)]


def write_rows(stances: Sequence[Stance], beside: Mapping[str, Callable[[Stance], str]] | None = None) -> str:
    """Return stances as CSV text with the columns they use, those `beside` the position, and their own."""
    rows = [row for stance in stances for row in _cells(stance, beside or {})]
    used = [name for name in COLUMNS if name in REQUIRED or any(row.get(name) for row in rows)]
    own = sorted({f"{MARK}{name}" for stance in stances for name, _ in stance.extra})
    header = [*used[: len(REQUIRED)], *(beside or {}), *used[len(REQUIRED) :], *own]
    return csv_lines([header, *([row.get(name, "") for name in header] for row in rows)])


def _cells(stance: Stance, beside: Mapping[str, Callable[[Stance], str]]) -> list[dict[str, str]]:
    """Return one row per passage of evidence; only what differs from the default is written."""
    base = {name: _text(getattr(stance, name)) for name in STANCE_COLUMNS}
    base |= {"basis": "" if stance.basis is Basis.WORD else stance.basis.value}
    base |= {name: value(stance) for name, value in beside.items()}
    base |= {f"{MARK}{name}": text for name, text in stance.extra}
    passages = [{name: _text(getattr(e, name)) for name in EVIDENCE_COLUMNS} for e in stance.evidence]
    return [base | passage for passage in passages] or [base]


def _text(value: object) -> str:
    if value is None or value is False:
        return ""
    return "true" if value is True else repr(value) if isinstance(value, float) else str(value)
