"""What the readers of roll calls share: from records of questions, and rows, to positions."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date as Day
from pathlib import Path
from typing import Any

import numpy as np
from attrs import fields, frozen

from stances import validators as check
from stances.codes import CODE_NAMES
from stances.dates import PartialDate
from stances.errors import ChoiceError, Fault, Place, StancesError
from stances.models import Question
from stances.positions import Codes, Origin, Positions
from stances.readers.cells import NOTHING, Axis, fill, meanings, settle
from stances.readers.factors import Factor, Table, gathered

_QUESTION_FIELDS = {field.name for field in fields(Question)}


def stem(path: Path) -> str:
    """Return the name of a file without its endings.

    Examples
    --------
    >>> stem(Path("votes/ga_voting.csv.gz"))
    'ga_voting'
    """
    return re.sub(r"(\.(csv|gz|parquet|tsv|txt))+$", "", path.name, flags=re.IGNORECASE) or path.name


def letter(column: str, letters: Mapping[str, int]) -> Callable[[str], int]:
    """Return what reads a letter, in capitals or not, as a code."""

    def code(text: str) -> int:
        known = text.strip().upper()
        if known not in letters:
            raise ChoiceError(column, text, tuple(letters))
        return letters[known]

    return code


def coded(
    table: Table, factor: Factor, column: str, meaning: Callable[[Any], int]
) -> tuple[Codes, list[Fault]]:
    """Return the code of each row, shape (n_rows,), and a fault per row that has none."""
    found, faults = meanings(table, factor, column, meaning)
    codes = np.array([NOTHING if code is None else code for code in found], dtype=np.int8)
    return gathered(codes, factor.numbers), faults


def made(
    facts: Sequence[Mapping[str, Any]], place: Callable[[int, str], Place], columns: Mapping[str, str]
) -> tuple[list[Question], list[Fault]]:
    """Return one question per mapping of facts, and a fault for each that is none.

    Parameters
    ----------
    facts : sequence of mapping
        The fields of a `Question`; its date as text, which is a single date.
    place : callable
        Where the facts of an index stand, given a column.
    columns : mapping of str to str
        In which column a field stands, where that has another name.
    """
    questions, faults = [], []
    for k, fact in enumerate(facts):
        try:
            day = fact.get("date")
            dated = {"date": PartialDate.parse(day) if day else None}
            questions.append(Question(**{**fact, **dated}))
        except StancesError as error:
            field = str(getattr(error, "field", ""))
            field = "id" if field == "question" else "issues" if field == "issue" else field
            column = columns.get(field, field) if field in _QUESTION_FIELDS else ""
            faults.append(Fault(error, (place(k, column),)))
    return questions, faults


def when(question: Question) -> tuple[Day, str]:
    """Return what questions are sorted by: their date, the undated last, then their id."""
    return (question.date.first if question.date is not None else Day.max, question.id)


@frozen(eq=False)
class Ballots:
    """Rows of votes, ready to become positions.

    Attributes
    ----------
    table : Table
        Where the rows stand.
    actors, questions : Axis
        What each row is about.
    codes : ndarray of int8, shape (n_rows,)
        What it says.
    """

    table: Table
    actors: Axis
    questions: Axis
    codes: Codes

    def array(self, empty: int, words: Sequence[str], faults: list[Fault]) -> Codes:
        """Return the codes as an array; DatasetError with all faults, of these rows and before."""

        def say(code: int) -> str:
            return words[code] if code >= 0 else CODE_NAMES[code]

        codes, differing = fill(self.table, self.actors, self.questions, self.codes, empty, say)
        settle([*self.table.faults, *faults, *self._unnameable(), *differing])
        return codes

    def _unnameable(self) -> list[Fault]:
        """Return a fault, at its first row, for each actor whose name cannot be printed."""
        faults = []
        for k, actor in enumerate(self.actors.names):
            try:
                check.name("actor", actor)
            except StancesError as error:
                faults.append(Fault(error, (self._place(k),)))
        return faults

    def _place(self, actor: int) -> Place:
        """Return the first row of an actor; the header for one that has no row below it."""
        rows = np.flatnonzero(self.actors.numbers == actor)
        return self.table.place(int(rows[0])) if rows.size else Place(self.table.name, 1)


def in_order(actors: Sequence[str], questions: Sequence[Question], codes: Codes, origin: Origin) -> Positions:
    """Return positions with actors sorted by id and questions by date, whatever the order of rows."""
    rows = sorted(range(len(actors)), key=lambda i: actors[i])
    columns = sorted(range(len(questions)), key=lambda j: when(questions[j]))
    chosen = codes[np.ix_(np.array(rows, dtype=np.intp), np.array(columns, dtype=np.intp))]
    return Positions([actors[i] for i in rows], [questions[j] for j in columns], chosen, origin)
