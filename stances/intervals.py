"""Intervals from pair tables alone: what the value could have been, had other questions been asked.

The questions are taken as a sample of those that could have been asked. Every value is a function
of its table, so its sampling error follows from the derivative of the value by each cell: no
resampling is needed, whatever the measure. Hand-picked questions are no sample, so intervals are
given on request only.
"""

from collections.abc import Iterator
from typing import Any, cast

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from stances.counts import PairCounts, Stratum
from stances.measures import Measure
from stances.measures.chance import CHANCE
from stances.measures.slopes import SLOPES
from stances.measures.tables import added, ratio
from stances.silence import Policy, evaluate, placed
from stances.student import half_width

MASS = 2.0  # questions that a table is smoothed by
STEP = 1e-6  # of the weight of a table, for derivatives
VANISHING = 2.0**-970  # squares of weights below are no numbers of full precision
Floats = NDArray[np.float64]


@frozen(eq=False)
class Influences:
    """How each kind of question moves the value of each pair.

    Attributes
    ----------
    values : ndarray of float, shape (n_rows, n_columns)
        The measure.
    cells : tuple of ndarray of float, shape (n_rows, n_columns, n_states, n_states)
        Per scale: the derivative of the value by the share of questions with these two answers,
        centred to a mean of zero over the table; zero for what does not count.
    """

    values: Floats
    cells: tuple[Floats, ...]


def influences(counts: PairCounts, measure: Measure, policy: Policy, kind: str) -> Influences:
    """Return the influence of every cell of the tables on the value.

    Leaving one of n equal questions out changes the value by minus its influence over n - 1, up to
    terms of the order of 1 / n squared.

    Parameters
    ----------
    counts : PairCounts
    measure : Measure
    policy : {skip, half}
        Under `neutral`, give the counts that `placed` returns, and `skip`.
    kind : {"agreement", "divergence"}
    """
    weight = _weight(counts, policy)
    base = measure.values(evaluate(counts, measure, policy).parts, kind)
    slopes = _slopes(counts, measure, policy, kind)
    means = [
        _over_cells(stratum, policy, slope) for stratum, slope in zip(counts.strata, slopes, strict=True)
    ]
    mean = ratio(sum(means, np.zeros(counts.shape)), weight)
    for stratum, slope in zip(counts.strata, slopes, strict=True):
        for k, l in _counted(stratum, policy):
            slope[..., k, l] -= mean
    return Influences(base, tuple(slopes))


def _of_a_mean(counts: PairCounts, measure: Measure, kind: str) -> list[Floats]:
    """Return the value that each cell adds to a mean, for `half` half a disagreement beside a silence."""
    slopes = []
    for stratum in counts.strata:
        silences = stratum.cells.shape[-1] - stratum.scale.n_levels
        kernel = np.pad(measure.disagreement(stratum.scale), (0, silences), constant_values=0.5)
        terms = measure.from_observed(kernel) if kind == "agreement" else kernel
        slopes.append(np.broadcast_to(terms, stratum.cells.shape).copy())
    return slopes


def _slopes(counts: PairCounts, measure: Measure, policy: Policy, kind: str) -> list[Floats]:
    """Return the derivative of the value by the share of each cell: in closed form where there is one."""
    if measure.adds_up:
        return _of_a_mean(counts, measure, kind)
    if measure.formula is None and measure.chance is not None and measure.kernel != "ordinal":
        return _of_a_ratio(counts, measure, kind)
    return _by_moving(counts, measure, policy, kind)


def _of_a_ratio(counts: PairCounts, measure: Measure, kind: str) -> list[Floats]:
    """Return the derivative of 1 minus observed over expected disagreement."""
    tables = [stratum.seen for stratum in counts.strata]
    kernels = [measure.disagreement(table.scale) for table in tables]
    model, slope_of = CHANCE[str(measure.chance)], SLOPES[str(measure.chance)]
    expected = added([model(k, t) for k, t in zip(kernels, tables, strict=True)], counts.shape)
    observed = added([t.disagreed(k) for k, t in zip(kernels, tables, strict=True)], counts.shape)
    weight = added([table.weight for table in tables], counts.shape)
    unit = ratio(weight if kind == "divergence" else -weight, expected)
    quotient = np.abs(unit) * ratio(observed, weight)
    slopes = [np.zeros_like(stratum.cells) for stratum in counts.strata]
    for kernel, table, slope in zip(kernels, tables, slopes, strict=True):
        first, second, constant = slope_of(kernel, table)
        for k, l in np.ndindex(kernel.shape):
            moved = first[..., k] + second[..., l] + constant
            slope[..., k, l] = unit * (kernel[k, l] - quotient * moved)
    return slopes


def _by_moving(counts: PairCounts, measure: Measure, policy: Policy, kind: str) -> list[Floats]:
    """Return the derivative by each cell, found by moving a little weight into it."""
    counts = evolve(counts, strata=tuple(with_cells(s, _own(s.cells)) for s in counts.strata))
    weight = _weight(counts, policy)

    def values() -> Floats:
        return measure.values(evaluate(counts, measure, policy).parts, kind)

    base = values()
    slopes = [np.zeros_like(stratum.cells) for stratum in counts.strata]
    for stratum, slope in zip(counts.strata, slopes, strict=True):
        for k, l in _counted(stratum, policy):
            kept = stratum.cells[..., k, l].copy()
            stratum.cells[..., k, l] += STEP * weight
            slope[..., k, l] = (values() - base) / STEP
            stratum.cells[..., k, l] = kept
    return slopes


def influence_interval(
    counts: PairCounts, measure: Measure, policy: Policy, kind: str, level: float
) -> tuple[Floats, Floats]:
    """Return the lower and the upper end of an interval for every pair.

    The table is smoothed by a mass of two questions: one spread over all cells, half a question
    over the cells of agreement, half over those of disagreement. With ``phi`` the influences on the
    smoothed table, ``p`` its shares and ``N`` the number of its questions (for weights ``w``, two
    more than ``sum(w) ** 2 / sum(w ** 2)``), the variance is ``sum(p phi ** 2) / (N - 1)``, and the
    quantile is Student's for ``min(N - 1, 2 N / (kurtosis - 1))`` degrees of freedom, which a
    variance estimated from influences of that kurtosis is worth (Satterthwaite).

    Parameters
    ----------
    counts : PairCounts
    measure : Measure
    policy : Policy
        Any but `bounds`.
    kind : {"agreement", "divergence"}
    level : float
        Nominal coverage, in (0, 1).

    Returns
    -------
    lower, upper : ndarray of float, shape (n_rows, n_columns)
        Within the range of the measure. The whole range where one question counts, or all that do weigh less
        than 1e-145 of the heaviest question there is; NaN where none does.

    References
    ----------
    Agresti, A. and Coull, B. A. (1998), The American Statistician 52, 119-126, for smoothing by added
    observations; Satterthwaite, F. E. (1946), Biometrics Bulletin 2, 110-114.
    """
    if policy is Policy.NEUTRAL:
        counts, policy = placed(counts), Policy.SKIP
    n = n_counted(counts, policy)
    smooth = _smoothed(counts, policy, n)
    found = influences(smooth, measure, policy, kind)
    spread, fourth, squares, drawn = _moments(counts, smooth, found, policy)
    n_equal = ratio(_weight(counts, policy) ** 2, drawn) + MASS
    df = np.minimum(n_equal - 1.0, 2.0 * n_equal / np.maximum(ratio(fourth, spread**2) - 1.0, STEP))
    error = np.sqrt(squares * n_equal / (n_equal - 1.0)) * half_width(level, np.nan_to_num(df))
    low, high = measure.range_of(kind)
    certain = (n > 1) & (drawn > VANISHING) & np.isfinite(found.values) & np.isfinite(error)
    lower = np.where(certain, np.maximum(found.values - error, low), low)
    upper = np.where(certain, np.minimum(found.values + error, high), high)
    return np.where(n > 0, lower, np.nan), np.where(n > 0, upper, np.nan)


def n_counted(counts: PairCounts, policy: Policy) -> NDArray[np.int64]:
    """Return the number of questions that count, shape (n_rows, n_columns)."""
    return counts.n_shared + counts.n_lone if policy in (Policy.HALF, Policy.NEUTRAL) else counts.n_shared


def _counted(stratum: Stratum, policy: Policy) -> Iterator[tuple[int, int]]:
    """Yield the cells that count: both took a level, or under `half` one did."""
    last = stratum.scale.n_levels
    for k in range(last + (policy is Policy.HALF)):
        for l in range(last + (policy is Policy.HALF)):
            if (k < last and l < last) or (policy is Policy.HALF and (k < last or l < last)):
                yield k, l


def _over_cells(stratum: Stratum, policy: Policy, terms: Floats) -> Floats:
    """Return the sum of the cells times terms, over the cells that count, shape (n_rows, n_columns)."""
    total = np.zeros(stratum.n_shared.shape)
    for k, l in _counted(stratum, policy):
        total += stratum.cells[..., k, l] * terms[..., k, l]
    return total


def _own(cells: Floats) -> Floats:
    """Return a copy that lies in memory as the cells do, one level after the other."""
    return cells.copy(order="K")


def with_cells(stratum: Stratum, cells: Floats, squares: Floats | None = None) -> Stratum:
    """Return a stratum with other cells, and other squares if these are given."""
    changed = {"cells": cells} if squares is None else {"cells": cells, "squares": squares}
    return evolve(stratum, sums={**stratum.sums, **changed})


def _weight(counts: PairCounts, policy: Policy) -> Floats:
    cells = (s.cells[..., k, l] for s in counts.strata for k, l in _counted(s, policy))
    return sum(cells, np.zeros(counts.shape))


def prior(n_levels: int) -> Floats:
    """Return how the mass that smooths a table lies on its cells, shape (n_levels, n_levels)."""
    same = np.eye(n_levels) / n_levels
    other = (1.0 - np.eye(n_levels)) / (n_levels * (n_levels - 1))
    spread: Floats = 0.5 / n_levels**2 + 0.25 * same + 0.25 * other
    return spread


def _smoothed(counts: PairCounts, policy: Policy, n: NDArray[np.int64]) -> PairCounts:
    """Return tables with two questions more, in units of the pair's mean weight, shared over scales."""
    unit = np.nan_to_num(ratio(_weight(counts, policy), n.astype(np.float64)))
    return evolve(counts, strata=tuple(_with_mass(stratum, n, unit) for stratum in counts.strata))


def _with_mass(stratum: Stratum, n: NDArray[np.int64], unit: Floats) -> Stratum:
    mass = MASS * np.nan_to_num(ratio(stratum.n_shared.astype(np.float64), n.astype(np.float64)))
    cells, squares = _own(stratum.cells), _own(stratum.squares)
    weight, square = mass * unit, mass * unit**2
    for (k, l), share in np.ndenumerate(prior(stratum.scale.n_levels)):
        cells[..., k, l] += share * weight
        squares[..., k, l] += share * square
    n_shared = cast("Any", stratum.n_shared + mass)
    return evolve(with_cells(stratum, cells, squares), n_shared=n_shared)


def _moments(
    counts: PairCounts, smooth: PairCounts, found: Influences, policy: Policy
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the second and fourth moment of the influences, their sampling variance, and sum w squared."""
    weight = _weight(smooth, policy)
    spread, fourth, squares, drawn = (np.zeros(counts.shape) for _ in range(4))
    for plain, stratum, phi in zip(counts.strata, smooth.strata, found.cells, strict=True):
        for k, l in _counted(stratum, policy):
            squared = phi[..., k, l] * phi[..., k, l]
            weighed = stratum.cells[..., k, l] * squared
            spread += weighed
            fourth += weighed * squared
            squares += stratum.squares[..., k, l] * squared
            drawn += plain.squares[..., k, l]
    return ratio(spread, weight), ratio(fourth, weight), ratio(squares, weight**2), drawn
