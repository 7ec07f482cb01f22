"""Strategies for kernels, pair tables, measures, counts and matrices."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from stances.counts import PairCounts
from stances.matrices import agreement_matrix, divergence_matrix
from stances.matrix import Matrix
from stances.measures import MEASURES, Measure, PairTable
from stances.positions import Positions
from stances.scales import Scale
from stances.silence import Policy
from stances.strategies.basics import weights
from stances.strategies.codes import positions
from stances.strategies.engine import Draw, st
from stances.strategies.records import any_scales

Floats = NDArray[np.float64]
_weights = weights


@st.composite
def kernels(draw: Draw, *, min_levels: int = 2, max_levels: int = 5) -> Floats:
    """Return a strategy for kernels: symmetric, in [0, 1], zero on the diagonal.

    Shrinks to the fewest levels and to zero everywhere.

    Parameters
    ----------
    min_levels, max_levels : int
        At least 1.
    """
    n_levels = draw(st.integers(min_levels, max_levels))
    kernel = np.zeros((n_levels, n_levels))
    above = np.triu_indices(n_levels, 1)
    kernel[above] = draw(st.lists(st.floats(0, 1), min_size=len(above[0]), max_size=len(above[0])))
    return kernel + kernel.T


@st.composite
def pair_tables(
    draw: Draw,
    *,
    min_pairs: int = 1,
    max_pairs: int = 3,
    max_shared: int = 6,
    scales: st.SearchStrategy[Scale] | None = None,
    weights: st.SearchStrategy[float] | None = None,
) -> PairTable:
    """Return a strategy for the tables of some pairs; shape (n_pairs, n_levels, n_levels).

    Shrinks to the fewest pairs, which share nothing.

    Parameters
    ----------
    min_pairs, max_pairs : int
        Number of pairs.
    max_shared : int
        Most questions that a pair shares.
    scales : strategy of Scale, optional
        ``VOTE``, ``SUPPORT`` or any other by default.
    weights : strategy of float, optional
        Of the questions; 1, or anything from 0 to 10, by default. Weight 0 is not counted.
    """
    scale = draw(scales if scales is not None else any_scales())
    n_pairs = draw(st.integers(min_pairs, max_pairs))
    level = st.integers(0, scale.n_levels - 1)
    question = st.tuples(level, level, weights if weights is not None else _weights())
    counts = np.zeros((n_pairs, scale.n_levels, scale.n_levels))
    n_shared = np.zeros(n_pairs, dtype=np.int64)
    for pair in range(n_pairs):
        for k, l, weight in draw(st.lists(question, max_size=max_shared)):
            counts[pair, k, l] += weight
            n_shared[pair] += weight > 0
    return PairTable(scale, counts, n_shared)


def _share_alike(table: Floats) -> Floats:
    """Return the share of the questions that both answered alike."""
    alike: Floats = np.trace(table, axis1=-2, axis2=-1) / table.sum(axis=(-1, -2))
    return alike


def _never_opposed(table: Floats) -> Floats:
    """Return the share of the questions on which the two were not at opposite ends."""
    opposed: Floats = (table[..., 0, -1] + table[..., -1, 0]) / table.sum(axis=(-1, -2))
    return 1.0 - opposed


def measures(*, kernels: st.SearchStrategy[Floats] | None = None) -> st.SearchStrategy[Measure]:
    """Return a strategy for measures: rows of `MEASURES`, own kernels and own functions.

    Shrinks to ``agreement``. An own function takes questions of one scale only, an own kernel
    scales with its number of levels only.

    Parameters
    ----------
    kernels : strategy of ndarray, optional
        For measures of one's own; kernels of 3 levels, as ``VOTE`` has, by default.
    """
    own = kernels if kernels is not None else _three_levels()
    functions = st.sampled_from([_share_alike, _never_opposed])
    return st.sampled_from(list(MEASURES.values())) | (own | functions).map(Measure.of)


def _three_levels() -> st.SearchStrategy[Floats]:
    return kernels(min_levels=3, max_levels=3)


def pair_counts(*, tables: st.SearchStrategy[Positions] | None = None) -> st.SearchStrategy[PairCounts]:
    """Return a strategy for pair counts; shrinks to those of a single actor without questions.

    Parameters
    ----------
    tables : strategy of Positions, optional
        What is counted; `positions` by default.
    """
    return (tables if tables is not None else positions()).map(PairCounts.of)


@st.composite
def matrices(
    draw: Draw,
    *,
    tables: st.SearchStrategy[Positions] | None = None,
    measures: st.SearchStrategy[Measure] | None = None,
) -> Matrix:
    """Return a strategy for matrices of agreement or divergence, under every policy that fits.

    Shrinks to ``agreement`` under ``skip``, of as few actors and questions as the tables allow.
    At least 1 to 3 shared questions are asked for.

    Parameters
    ----------
    tables : strategy of Positions, optional
        What is compared; `positions` by default.
    measures : strategy of Measure, optional
        Those that fit the tables; by default the rows of `MEASURES` that do.
    """
    table = draw(tables if tables is not None else positions())
    measure = draw(measures if measures is not None else _fitting(table))
    compare = draw(st.sampled_from([agreement_matrix, divergence_matrix]))
    policy = draw(st.sampled_from(_policies(table, measure)))
    made: Matrix = compare(table, measure, policy, draw(st.integers(1, 3)))
    return made


def _scales(table: Positions) -> list[Scale]:
    return [question.scale for question in table.questions]


def _fitting(table: Positions) -> st.SearchStrategy[Measure]:
    ordered = all(scale.ordered for scale in _scales(table))
    return st.sampled_from([row for row in MEASURES.values() if ordered or not row.needs_order])


def _policies(table: Positions, measure: Measure) -> list[Any]:
    centred = all(scale.middle is not None for scale in _scales(table))
    return [
        Policy.SKIP,
        *([Policy.HALF, Policy.BOUNDS] if measure.is_linear else []),
        *([Policy.NEUTRAL] if centred else []),
    ]
