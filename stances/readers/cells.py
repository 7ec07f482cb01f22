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
from stances.readers.factors import Factor, Numbers, Table, blocks, firsts, gathered, refusal, smallest

MAX_CELLS = 1_000_000_000
NOTHING = -128  # the code of a row that says nothing: it was at fault
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
        if targets == list(range(len(targets))):
            return cls(known, factor.numbers)
        return cls(known, gathered(np.array(targets, dtype=smallest(len(known))), factor.numbers))


def rows_of(factor: Factor, values: Sequence[int]) -> Iterator[list[int]]:
    """Yield for each of some values, which ascend, the first thousand rows in which it stands."""
    if not values:
        return
    asked = np.zeros(len(factor.values), dtype=np.bool_)
    asked[list(values)] = True
    rows = np.flatnonzero(gathered(asked, factor.numbers))
    rows = rows[np.argsort(factor.numbers[rows], kind="stable")]
    ends = np.searchsorted(factor.numbers[rows], np.array(values), side="right")
    for start, end in zip([0, *ends[:-1]], ends, strict=True):
        yield [int(row) for row in rows[start:end][:FAULTS_EACH]]


def meanings(
    table: Table, factor: Factor, column: str, meaning: Callable[[Any], Meaning]
) -> tuple[list[Meaning | None], list[Fault]]:
    """Return what each value of a factor means, None for those at fault; and a fault per row of these."""
    found: list[Meaning | None] = []
    errors: dict[int, StancesError] = {}
    for k, value in enumerate(factor.values):
        try:
            found.append(meaning(value))
        except StancesError as error:
            found.append(None)
            errors[k] = error
    places = zip(errors.values(), rows_of(factor, list(errors)), strict=True)
    return found, [Fault(error, (table.place(row, column),)) for error, rows in places for row in rows]


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
    codes: Codes,
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
    codes : ndarray of int8, shape (n_rows,)
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
    flat = np.full(shape[0] * shape[1], NOTHING, dtype=np.int8)
    n_rows = 0
    for rows, cells, given in _filling(actors, questions, codes):
        flat[cells] = given
        n_rows += len(rows)
    n_repeats = n_rows - sum(int(np.count_nonzero(flat[block] != NOTHING)) for block in blocks(flat.size))
    faults = list(_differing(table, actors, questions, codes, flat, say)) if n_repeats else []
    if n_repeats and not faults:
        _note_repeats(table, n_repeats)
    for part in map(flat.__getitem__, blocks(flat.size)):
        part[part == NOTHING] = empty
    return flat.reshape(shape), faults


def _filling(actors: Axis, questions: Axis, codes: Codes, step: int = 1) -> Iterator[tuple[Any, Any, Any]]:
    """Yield by blocks the rows that say something, their cells, and what they say; backwards by step -1."""
    for block in list(blocks(len(codes)))[::step]:
        actor, question, given = actors.numbers[block], questions.numbers[block], codes[block]
        rows = np.flatnonzero((actor >= 0) & (question >= 0) & (given != NOTHING))
        cells = actor.astype(np.intp) * len(questions.names) + question
        if len(rows) < len(cells):
            cells, given = cells[rows], given[rows]
        yield (block.start + rows)[::step], cells[::step], given[::step]


def _differing(
    table: Table, actors: Axis, questions: Axis, codes: Codes, flat: Codes, say: Callable[[int], str]
) -> Iterator[Fault]:
    """Yield a fault for each of the first thousand rows that differ from the first row of their cell."""
    for _, cells, given in _filling(actors, questions, codes, -1):
        flat[cells] = given  # the first row of a cell comes last, and stays
    found: dict[int, int] = {}
    for rows, cells, given in _filling(actors, questions, codes):
        at = np.flatnonzero(flat[cells] != given)[: FAULTS_EACH - len(found)]
        found |= zip(rows[at].tolist(), cells[at].tolist(), strict=True)
    first = _first_rows(actors, questions, codes, set(found.values()))
    for row, cell in found.items():
        actor, question = divmod(cell, len(questions.names))
        said = (say(int(codes[first[cell]])), say(int(codes[row])))
        error = RowsDifferError(actors.names[actor], questions.names[question], said)
        yield Fault(error, (table.place(first[cell]), table.place(row)))


def _first_rows(actors: Axis, questions: Axis, codes: Codes, asked: set[int]) -> dict[int, int]:
    """Return the first row of each of some cells."""
    first: dict[int, int] = {}
    wanted = np.array(sorted(asked), dtype=np.intp)
    for rows, cells, _ in _filling(actors, questions, codes) if asked else ():
        at = np.flatnonzero(np.isin(cells, wanted))[::-1]
        first = dict(zip(cells[at].tolist(), rows[at].tolist(), strict=True)) | first
    return first


def _note_repeats(table: Table, n: int) -> None:
    rows = "row repeats an earlier one and is" if n == 1 else "rows repeat earlier ones and are"
    warnings.warn(StancesWarning(f"{table.name}: {n} {rows} counted once"), stacklevel=2)


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
    words = [str(value) for value in (same if same is not None else factor.values)]
    merged = {word: k for k, word in reversed(list(enumerate(words)))}
    numbers = gathered(np.array([merged[word] for word in words], dtype=smallest(len(words))), factor.numbers)
    heads = firsts(questions.numbers, len(questions.names))
    faults = []
    for question, row in _second_values(questions, numbers, numbers[heads]):
        places = (int(heads[question]), row)
        first, second = (words[factor.numbers[place]] for place in places)
        error = QuestionsDifferError(column, questions.names[question], (first, second))
        faults.append(Fault(error, tuple(table.place(place, column) for place in places)))
    return [int(factor.numbers[row]) for row in heads], faults


def _second_values(questions: Axis, numbers: Numbers, due: Numbers) -> list[tuple[int, int]]:
    """Return the questions that have more than one value, and the first row of each with a second one."""
    found: dict[int, int] = {}
    for block in blocks(len(numbers)):
        about = questions.numbers[block]
        at = np.flatnonzero(about >= 0)
        at = at[numbers[block][at] != due[about[at]]]
        for k in at[np.unique(about[at], return_index=True)[1]]:
            found.setdefault(int(about[k]), block.start + int(k))
    return sorted(found.items(), key=lambda pair: pair[1])[:FAULTS_EACH]


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
