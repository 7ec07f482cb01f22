"""Laws about the values of one table: what form they have, and what they may be."""

from itertools import product, starmap

import numpy as np
from numpy.typing import NDArray

from stances.positions import Positions
from stances.strategies.engine import st
from stances.testing.law import TOLERANCE, Breach, Case, Law, differing, outside
from stances.testing.subject import Subject


def a_table(subject: Subject) -> st.SearchStrategy[Case]:
    """Return a strategy for cases of one weighted table."""
    return st.tuples(subject.tables())


def two_actors(subject: Subject) -> st.SearchStrategy[Case]:
    """Return a strategy for cases of one weighted table of at least two actors."""
    return st.tuples(subject.tables(min_actors=2))


def _answers(subject: Subject, case: Case) -> Breach | None:
    (table,) = case
    shape, due = subject.values(table).shape, (table.n_actors, table.n_actors)
    if shape == due:
        return None
    return Breach(f"an array of shape {due}", f"an array of shape {shape}", table)


def _repeatable(subject: Subject, case: Case) -> Breach | None:
    (table,) = case
    before = table.codes.copy()
    first = subject.values(table).copy()
    if not np.array_equal(before, table.codes):
        untouched = Positions(table.actors, table.questions, before)
        return Breach("these positions, untouched", "other codes in their place", untouched)
    return differing(first, subject.values(table), table, "when asked again")


def _symmetry(subject: Subject, case: Case) -> Breach | None:
    (table,) = case
    values = subject.values(table)
    return differing(values, values.T, table, "the other way round")


def _range(subject: Subject, case: Case) -> Breach | None:
    (table,) = case
    values, (low, high) = subject.values(table), subject.range
    beyond = (values < low - TOLERANCE) | (values > high + TOLERANCE)
    return outside(beyond, values, table, f"a value from {low:g} to {high:g}")


def _self_agreement(subject: Subject, case: Case) -> Breach | None:
    (table,) = case
    values, high = subject.values(table), subject.range[1]
    due = high if np.isfinite(high) else 1.0
    less = np.eye(table.n_actors, dtype=np.bool_) & (np.abs(values - due) > TOLERANCE)
    return outside(less, values, table, f"{due:g}, or undefined")


def n_shared(table: Positions) -> NDArray[np.int64]:
    """Return on how many questions with a weight both took a level, shape (n_actors, n_actors)."""
    taken = ((table.codes >= 0) & (table.weights > 0)).astype(np.int64)
    shared: NDArray[np.int64] = taken @ taken.T
    return shared


def _undefined(subject: Subject, case: Case) -> Breach | None:
    (table,) = case
    values, nothing = subject.values(table), n_shared(table) == 0
    found = [
        (nothing & ~np.isnan(values), "undefined (NaN), as the two share no question"),
        (np.isinf(values), "a finite value, or undefined"),
    ]
    if subject.measure is not None and subject.measure.is_linear:
        found.append((~nothing & np.isnan(values), "a value, as the two share a question"))
    breaches = starmap(lambda wrong, due: outside(wrong, values, table, due), found)
    return next((breach for breach in breaches if breach is not None), None)


def _every_two_levels(table: Positions) -> Positions:
    """Return two actors who took every two levels of the first question's scale once."""
    scale = table.questions[0].scale
    codes = np.array(list(product(range(scale.n_levels), repeat=2))).T
    return Positions.from_codes(codes, scale=scale)


def _defined(subject: Subject, case: Case) -> Breach | None:
    table = _every_two_levels(case[0])
    values = subject.values(table)
    return outside(np.isnan(values) & ~np.eye(2, dtype=np.bool_), values, table, "a value")


def _one_question(subject: Subject) -> st.SearchStrategy[Case]:
    """Return a strategy for cases of one question, of which only the scale counts."""
    return st.tuples(subject.tables(max_actors=1, min_questions=1, max_questions=1))


ANSWERS = Law(
    "answers",
    "Any positions get an answer: an array with one value for each two actors, NaN where undefined.",
    a_table,
    _answers,
)
REPEATABLE = Law(
    "repeatable",
    "Asked twice it answers the same, and it leaves the positions as they were.",
    a_table,
    _repeatable,
)
FORM = (
    ANSWERS,
    REPEATABLE,
    Law("symmetry", "A agrees with B exactly as B agrees with A.", two_actors, _symmetry),
    Law("range", "Every value lies within the stated range.", a_table, _range),
    Law(
        "self_agreement",
        "An actor agrees fully with itself, wherever that is defined.",
        a_table,
        _self_agreement,
    ),
    Law(
        "undefined",
        "A value is undefined where nothing is shared, and never infinite; a mean is defined elsewhere.",
        a_table,
        _undefined,
    ),
    Law("defined", "Two actors who took every two levels once have a value.", _one_question, _defined),
)
