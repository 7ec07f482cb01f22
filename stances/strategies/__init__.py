"""Hypothesis strategies for every model: use them in your own property-based tests.

Plural names, keyword-only arguments; ``min_*`` and ``max_*`` bound sizes, and every other argument
is a strategy. All shrink towards fewer records, shorter texts, undated words and the lowest level;
each says to what. Bounds and defaults are part of the public interface. In an installed
environment ``st.from_type(Dataset)`` finds them by itself.
"""

from stances.strategies.registration import register

# isort: split
# Hypothesis calls `register` while the strategies below import it: it must be there already
from stances.strategies.arithmetic import kernels, matrices, measures, pair_counts, pair_tables
from stances.strategies.basics import dates, identifiers, labels, partial_dates, spans, texts, weights
from stances.strategies.codes import positions
from stances.strategies.records import (
    actors,
    evidences,
    issues,
    memberships,
    questions,
    scales,
    sources,
    stances,
    uncodeds,
)
from stances.strategies.whole import datasets

__all__ = [
    "actors",
    "datasets",
    "dates",
    "evidences",
    "identifiers",
    "issues",
    "kernels",
    "labels",
    "matrices",
    "measures",
    "memberships",
    "pair_counts",
    "pair_tables",
    "partial_dates",
    "positions",
    "questions",
    "register",
    "scales",
    "sources",
    "spans",
    "stances",
    "texts",
    "uncodeds",
    "weights",
]
