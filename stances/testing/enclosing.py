"""The law of intervals, for measures: what `agreement_matrix` makes of them with ``interval=``."""

from typing import Any

import numpy as np

from stances.matrices import agreement_matrix
from stances.strategies.engine import st
from stances.testing.form import n_shared
from stances.testing.law import TOLERANCE, Breach, Case, Law, first_cell, number, outside
from stances.testing.subject import Subject

LEVELS = st.sampled_from([0.95, 0.5])


def _inputs(subject: Subject) -> st.SearchStrategy[Case]:
    return st.tuples(subject.tables(min_actors=2, max_actors=3), LEVELS)


def _unless(subject: Subject) -> str:
    return "" if subject.measure is not None else "said of measures only"


def _breach(subject: Subject, case: Case) -> Breach | None:
    table, level = case
    measure: Any = subject.measure
    matrix: Any = agreement_matrix(table, measure, interval=level)
    lower, upper, values, (low, high) = matrix.lower, matrix.upper, matrix.values, subject.range
    single = (n_shared(table) == 1) & ~np.isnan(values)
    named = f"an interval ({level:g}) that"
    ends_off = [~np.isclose(e, limit, rtol=0, atol=TOLERANCE) for e, limit in ((lower, low), (upper, high))]
    found = [
        (~np.isnan(values) & ~(lower < upper), f"{named} has a width"),
        ((values < lower - TOLERANCE) | (values > upper + TOLERANCE), f"{named} contains the value"),
        ((lower < low - TOLERANCE) | (upper > high + TOLERANCE), f"{named} lies within the range"),
        (single & (ends_off[0] | ends_off[1]), f"{named} is the whole range at one question"),
    ]
    for wrong, due in found:
        breach = outside(wrong, values, table, due)
        if breach is not None:
            i, j = first_cell(wrong)
            ends = f"{number(lower[i, j])} to {number(upper[i, j])}"
            return Breach(due, f"{ends} around {breach.got}", table)
    return None


INTERVAL = Law(
    "interval",
    "An interval contains the value, has a width, lies in the range, and is all of it at one question.",
    _inputs,
    _breach,
    _unless,
)
