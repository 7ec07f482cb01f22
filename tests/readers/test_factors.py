"""Columns as numbers, and rows as cells: against plain loops over the rows."""

import warnings

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stances import StancesWarning
from stances.errors import FieldError
from stances.readers import cells, factors
from stances.readers.cells import NOTHING, Axis, fill, meanings, one_per_question
from stances.readers.factors import Factor, Table, by_appearance, firsts, gathered, smallest


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Blocks of four rows, and at most three faults of a kind."""
    monkeypatch.setattr(factors, "BLOCK", 4)
    monkeypatch.setattr(cells, "FAULTS_EACH", 3)


NUMBERS = st.lists(st.integers(0, 5), max_size=30)


def table_of(n_rows):
    """A table of that many rows."""
    return Table("t", (), range(1, n_rows + 1), frozenset(), of_rows=True)


def rows_told(fault):
    """The numbers of the rows that a fault names."""
    return [int(place.record.removeprefix("row ")) - 1 for place in fault.places]


@given(NUMBERS)
def test_values_in_the_order_in_which_they_appear(numbers):
    """Values without a row go, and the others are numbered as they come."""
    order, renumbered = by_appearance(np.array(numbers, dtype=np.int8), 6)
    assert order.tolist() == list(dict.fromkeys(numbers))
    assert [order[k] for k in renumbered] == numbers


@given(st.lists(st.integers(-1, 5), max_size=30))
def test_first_rows(numbers):
    """The first row of each value is where a list finds it; -1 is no value."""
    found = firsts(np.array(numbers, dtype=np.int8), 6).tolist()
    assert found == [numbers.index(k) if k in numbers else len(numbers) for k in range(6)]


@given(NUMBERS)
def test_gathering_by_blocks(numbers):
    """What is gathered by blocks is what one index would give."""
    table = np.arange(6, dtype=np.int16) * 7
    assert gathered(table, np.array(numbers, dtype=np.int8)).tolist() == [7 * k for k in numbers]


@pytest.mark.parametrize("n", [0, 1, 127, 128, 129, 32768, 32769, 1 << 31, (1 << 31) + 1])
def test_numbers_fit_their_type(n):
    """The smallest type holds every number of n values, and -1."""
    kind = np.iinfo(smallest(n))
    assert kind.min <= -1
    assert n - 1 <= kind.max


ROWS = st.lists(
    st.tuples(st.integers(-1, 3), st.integers(-1, 3), st.sampled_from([NOTHING, -1, 0, 1, 2])), max_size=30
)


@given(ROWS)
@example([(0, 0, 1), (0, 0, NOTHING), (0, 0, 1), (0, 0, 2)])
@example([(0, 0, 1)] * 4 + [(0, 0, 2)] * 5)
def test_cells_are_filled_as_by_a_loop(rows):
    """Each cell says what its first row says; rows that differ are told with it, and repeats are counted."""
    actors, questions, codes = (
        (np.array(column, dtype=np.int8) for column in zip(*rows, strict=True))
        if rows
        else (np.empty(0, np.int8),) * 3
    )
    first, differing, repeats = {}, [], 0
    for k, (actor, question, code) in enumerate(rows):
        if actor < 0 or question < 0 or code == NOTHING:
            continue
        if (actor, question) not in first:
            first[actor, question] = k
        elif rows[first[actor, question]][2] != code:
            differing.append([first[actor, question], k])
        else:
            repeats += 1
    names = tuple("abcd")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", StancesWarning)
        array, faults = fill(table_of(len(rows)), Axis(names, actors), Axis(names, questions), codes, -4, str)
    assert [rows_told(fault) for fault in faults] == differing[:3]
    if not differing:
        assert array.tolist() == [
            [rows[first[i, j]][2] if (i, j) in first else -4 for j in range(4)] for i in range(4)
        ]
        assert [str(warning.message).split()[1] for warning in caught] == ([str(repeats)] if repeats else [])


def test_many_actors_and_questions_do_not_overflow():
    """A cell is found by its number also where that of an actor or a question takes one byte."""
    names = tuple(map(str, range(128)))
    numbers = np.arange(128, dtype=np.int8)
    array, faults = fill(
        table_of(128), Axis(names, numbers), Axis(names, numbers), np.ones(128, np.int8), -1, str
    )
    assert not faults
    assert (np.diag(array) == 1).all()
    assert (array == 1).sum() == 128


@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(0, 2)), max_size=30))
def test_one_value_per_question_as_by_a_loop(rows):
    """The value of a question is that of its first row; the first row with another one is told with it."""
    known = list(dict.fromkeys(question for question, _ in rows if question >= 0))
    about = np.array([known.index(q) if q >= 0 else -1 for q, _ in rows], dtype=np.int8)
    column = Factor(("x", "y", "z"), np.array([value for _, value in rows], dtype=np.int8))
    heads, seconds = {}, {}
    for k, (question, value) in enumerate(rows):
        if question >= 0 and rows[heads.setdefault(question, k)][1] != value:
            seconds.setdefault(question, k)
    chosen, faults = one_per_question(table_of(len(rows)), Axis(tuple(map(str, known)), about), column, "c")
    assert chosen == [rows[heads[question]][1] for question in known]
    assert [rows_told(fault) for fault in faults] == [[heads[q], k] for q, k in seconds.items()][:3]


@given(NUMBERS)
def test_faults_of_values_as_by_a_loop(numbers):
    """A value at fault is told at the first rows in which it stands, value by value."""
    factor = Factor(tuple("012345"), np.array(numbers, dtype=np.int8))

    def odd(text):
        if int(text) % 2 == 0:
            raise FieldError("c", text, "is even")
        return int(text)

    found, faults = meanings(table_of(len(numbers)), factor, "c", odd)
    assert found == [None, 1, None, 3, None, 5]
    due = [k for value in (0, 2, 4) for k in [k for k, n in enumerate(numbers) if n == value][:3]]
    assert [rows_told(fault)[0] for fault in faults] == due
