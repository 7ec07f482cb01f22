"""From rows to an array of codes: one cell per actor and question, repeats and differing rows found.

Everything is done on numbers, by whole arrays; texts are looked at only to say what is wrong.
"""

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances import validators as check
from stances.errors import (
    DatasetError,
    Fault,
    FieldError,
    QuestionsDifferError,
    RowsDifferError,
    StancesError,
    StancesWarning,
    TooLargeError,
)
from stances.readers.columns import Factor, Numbers, Table, refusal

MAX_CELLS = 1_000_000_000
NOTHING = -999  # the code of a row that says nothing: it was at fault
FAULTS_EACH = 1000  # a table in which one thing is wrong everywhere says so a thousand times
Codes = NDArray[np.int8]
Meaning = TypeVar("Meaning")


@frozen(eq=False)
class Axis:
    """The actors, or the questions: their names, and which of them each row is about.

    Attributes
    ----------
    names : tuple of str
        All different.
    numbers : ndarray of int, shape (n_rows,)
        Index of the row's name; -1 where the row has none.
    """

    names: tuple[str, ...]
    numbers: Numbers

    @classmethod
    def of(cls, factor: Factor, names: Sequence[str | None], order: Sequence[str] | None = None) -> "Axis":
        """Return an axis of the names that stand for a factor's values; several may share a name.

        Parameters
        ----------
        factor : Factor
            Of n_values values.
        names : sequence of str or None, length n_values
            None leaves the value's rows out.
        order : sequence of str, optional
            All names in the order wanted; as they come by default.
        """
        known = tuple(dict.fromkeys(name for name in names if name is not None) if order is None else order)
        index = {name: k for k, name in enumerate(known)}
        targets = [-1 if name is None else index[name] for name in names]
        return cls(known, looked_up(factor, targets))


def looked_up(factor: Factor, targets: Sequence[int]) -> Numbers:
    """Return the target of each row's value, shape (n_rows,)."""
    table: Numbers = np.array(targets, dtype=np.int64)
    return table[factor.numbers]


def rows_of(factor: Factor, value: int) -> list[int]:
    """Return the first thousand rows in which a value stands."""
    return [int(row) for row in np.flatnonzero(factor.numbers == value)[:FAULTS_EACH]]


def faults_at(table: Table, factor: Factor, value: int, column: str, error: StancesError) -> list[Fault]:
    """Return one fault per row in which a value stands."""
    return [Fault(error, (table.place(row, column),)) for row in rows_of(factor, value)]


def meanings(
    table: Table, factor: Factor, column: str, meaning: Callable[[Any], Meaning]
) -> tuple[list[Meaning | None], list[Fault]]:
    """Return what each value of a factor means, None for those at fault; and a fault per row of these."""
    found: list[Meaning | None] = []
    faults: list[Fault] = []
    for k, value in enumerate(factor.values):
        try:
            found.append(meaning(value))
        except StancesError as error:
            found.append(None)
            faults += faults_at(table, factor, k, column, error)
    return found, faults


def filled(column: str, text: str) -> str:
    """Return a text without blanks around it; FieldError where nothing is left."""
    if not text.strip():
        raise FieldError(column, text, "is empty")
    return text.strip()


def named(column: str, text: str) -> str:
    """Return a name without blanks around it; FieldError where one of its characters cannot be printed."""
    return check.name(column, filled(column, text))


def fill(
    table: Table,
    actors: Axis,
    questions: Axis,
    codes: Numbers,
    empty: int,
    say: Callable[[int], str],
) -> tuple[Codes, list[Fault]]:
    """Return the codes of all rows as an array, and a fault for each row that differs from an earlier one.

    Parameters
    ----------
    table : Table
        For places.
    actors, questions : Axis
        What each row is about.
    codes : ndarray of int, shape (n_rows,)
        What it says; `NOTHING` where the row was at fault.
    empty : int
        The code where there is no row.
    say : callable
        The words for a code.

    Returns
    -------
    ndarray of int8, shape (n_actors, n_questions)
    list of Fault
    """
    shape = (len(actors.names), len(questions.names))
    if shape[0] * shape[1] > MAX_CELLS:
        problem = f"would have {shape[0]} actors x {shape[1]} questions; at most {MAX_CELLS} cells are read"
        raise refusal(table.name, TooLargeError(problem))
    used = np.flatnonzero((actors.numbers >= 0) & (questions.numbers >= 0) & (codes != NOTHING))
    cells = actors.numbers[used] * shape[1] + questions.numbers[used]
    given = codes[used].astype(np.int8)
    flat = np.full(shape[0] * shape[1], empty, dtype=np.int8)
    flat[cells[::-1]] = given[::-1]  # the first row of a cell comes last, and stays
    differing = np.flatnonzero(flat[cells] != given)
    faults = list(_differing(table, actors, questions, used, cells, differing, codes, say))
    if not faults:
        _note_repeats(table, cells, flat.size)
    return flat.reshape(shape), faults


def _differing(
    table: Table,
    actors: Axis,
    questions: Axis,
    used: Numbers,
    cells: Numbers,
    differing: Numbers,
    codes: Numbers,
    say: Callable[[int], str],
) -> Iterator[Fault]:
    for k in differing[:FAULTS_EACH]:
        first, row = int(used[np.argmax(cells == cells[k])]), int(used[k])
        actor, question = int(actors.numbers[row]), int(questions.numbers[row])
        said = (say(int(codes[first])), say(int(codes[row])))
        error = RowsDifferError(actors.names[actor], questions.names[question], said)
        yield Fault(error, (table.place(first), table.place(row)))


def _note_repeats(table: Table, cells: Numbers, n_cells: int) -> None:
    seen = np.zeros(n_cells, dtype=np.bool_)
    seen[cells] = True
    repeats = cells.size - int(seen.sum())
    if repeats:
        rows = "row repeats an earlier one and is" if repeats == 1 else "rows repeat earlier ones and are"
        warnings.warn(StancesWarning(f"{table.name}: {repeats} {rows} counted once"), stacklevel=2)


def one_per_question(
    table: Table, questions: Axis, factor: Factor, column: str, same: Sequence[str] | None = None
) -> tuple[list[int], list[Fault]]:
    """Return the index of the one value that a column has on each question, and a fault where it has two.

    Parameters
    ----------
    table : Table
        For places.
    questions : Axis
        What each row is about.
    factor : Factor
        The column.
    column : str
        Its name.
    same : sequence of str, optional
        What the values stand for: values that stand for the same do not differ.

    Returns
    -------
    list of int, length n_questions
        Index of a value.
    list of Fault
    """
    used = np.flatnonzero(questions.numbers >= 0)
    about = questions.numbers[used]
    heads = np.zeros(len(questions.names), dtype=np.int64)
    heads[about[::-1]] = used[::-1]  # the first row of each comes last, and stays
    words = [str(value) for value in (same if same is not None else factor.values)]
    merged = {word: k for k, word in reversed(list(enumerate(words)))}
    numbers = np.array([merged[word] for word in words], dtype=np.int64)[factor.numbers]
    differing = used[numbers[used] != numbers[heads[about]]]
    _, firsts = np.unique(questions.numbers[differing], return_index=True)
    faults = []
    for row in np.sort(differing[firsts])[:FAULTS_EACH]:
        question = int(questions.numbers[row])
        said = (words[factor.numbers[heads[question]]], words[factor.numbers[row]])
        error = QuestionsDifferError(column, questions.names[question], said)
        faults.append(
            Fault(error, (table.place(int(heads[question]), column), table.place(int(row), column)))
        )
    return [int(factor.numbers[row]) for row in heads], faults


def settle(faults: Sequence[Fault]) -> None:
    """Raise all faults together, in the order of the rows of each file."""
    if faults:
        files = list(dict.fromkeys(fault.places[-1].file for fault in faults))
        raise DatasetError(tuple(sorted(faults, key=lambda f: (files.index(f.places[-1].file), _row(f)))))


def _row(fault: Fault) -> int:
    """Return the number by which a fault's place is known: ``line 7``, ``row 7`` or ``[7]``."""
    place = fault.places[-1]
    digits = re.sub(r"\D", "", place.record)
    return place.line if place.line is not None else int(digits or 0)
