"""Intervals against the recipe written out: one pair, cell by cell, with derivatives by moving a little weight."""

import math

import numpy as np
import pytest
from exact_values import exact, shared

from stances import MEASURES, SUPPORT, VOTE, Positions, agreement_matrix, divergence_matrix
from stances.positions import ABSENT, SILENT
from stances.scales import Scale
from stances.student import half_width

STEP = 1e-4
UNEVEN = Scale("uneven", ["a", "b", "c"], [0, 1, 4])
SMOOTH = [name for name, m in MEASURES.items() if m.chance != "without replacement" and name != "euclidean"]


def smoothed(strata):
    """Weight and squared weight of each cell, two questions added: one evenly, half each as like and unlike."""
    items = [(scale, float(w), k, l) for scale, some in strata.items() for w, k, l in some]
    n, unit = len(items), sum(w for _, w, _, _ in items) / len(items)
    cells = {}
    for scale, some in strata.items():
        q, mass = scale.n_levels, 2 * len(some) / n
        for k in range(q):
            for l in range(q):
                share = 0.5 / q**2 + (0.25 / q if k == l else 0.25 / (q * (q - 1)))
                cells[scale, k, l] = [mass * share * unit, mass * share * unit**2]
    for scale, w, k, l in items:
        cells[scale, k, l][0] += w
        cells[scale, k, l][1] += w**2
    return cells


def value_of(measure, weights):
    """The measure of a table of weights by scale and levels."""
    strata = {}
    for (scale, k, l), w in weights.items():
        strata.setdefault(scale, []).append((w, k, l))
    return float(exact(measure, strata)[0])


def half_of(cells, slopes, drawn, level):
    """Half the width: the spread of the influences, and Student's quantile for what their kurtosis is worth."""
    total = sum(w for w, _ in cells.values())
    mean = sum(w * slopes[cell] for cell, (w, _) in cells.items()) / total
    phi = {cell: slope - mean for cell, slope in slopes.items()}
    spread, fourth = (sum(cells[c][0] * phi[c] ** power for c in cells) / total for power in (2, 4))
    squares = sum(cells[c][1] * phi[c] ** 2 for c in cells) / total**2
    n = sum(drawn) ** 2 / sum(w**2 for w in drawn) + 2
    df = min(n - 1, 2 * n / (fourth / spread**2 - 1))
    return math.sqrt(squares * n / (n - 1)) * float(half_width(level, df))


def slowly(measure, table, level, sign):
    """The ends before they are cut to the range and made to hold the value; for divergence `sign` is -1."""
    strata = shared(table)
    cells = smoothed(strata)
    weights = {cell: w for cell, (w, _) in cells.items()}
    total = sum(weights.values())

    def moved(cell, by):
        return value_of(measure, weights | {cell: weights[cell] + by * total})

    slopes = {cell: (moved(cell, STEP) - moved(cell, -STEP)) / (2 * STEP) for cell in cells}
    drawn = [float(w) for items in strata.values() for w, _, _ in items]
    error = half_of(cells, slopes, drawn, level)
    centre = value_of(measure, weights)
    centre = centre if sign > 0 else (1 - centre) / 2 if measure.signed else 1 - centre
    error = error / 2 if sign < 0 and measure.signed else error
    return centre - error, centre + error


def tables():
    """Pairs on one scale and on three, of equal weights and of others, long and short."""
    rng = np.random.default_rng(7)
    for n, kinds in ((4, [VOTE]), (12, [SUPPORT]), (30, [VOTE, SUPPORT, UNEVEN]), (9, [UNEVEN, VOTE])):
        scales = [kinds[k % len(kinds)] for k in range(n)]
        codes = [
            [rng.integers(-1 if k > 6 else 0, s.n_levels) for k, s in enumerate(scales)] for _ in range(2)
        ]
        yield pytest.param(Positions.from_codes(codes, scale=scales), id=f"{n} of weight 1")
        weights = rng.choice([0.5, 1.0, 4.0], n)
        yield pytest.param(
            Positions.from_codes(codes, scale=scales, weights=weights), id=f"{n} of three weights"
        )


@pytest.mark.parametrize("table", list(tables()))
@pytest.mark.parametrize("measure", SMOOTH)
def test_ends_are_those_of_a_plain_loop(measure, table):
    """Both ends, of agreement and of divergence, cut to the range and made to hold the value."""
    made = MEASURES[measure]
    for sign, matrix_of, kind in ((1, agreement_matrix, "agreement"), (-1, divergence_matrix, "divergence")):
        cell = matrix_of(table, measure, interval=0.9).cell(*table.actors)
        low, high = made.range_of(kind)
        lower, upper = slowly(made, table, 0.9, sign)
        if made.kernel == "ordinal" or np.isnan(cell.value):
            continue
        assert cell.lower == pytest.approx(min(max(lower, low), cell.value), abs=2e-5)
        assert cell.upper == pytest.approx(max(min(upper, high), cell.value), abs=2e-5)


@pytest.mark.parametrize("measure", ["agreement", "exact", "signorino_ritter_s"])
def test_half_a_disagreement_counts_as_such(measure):
    """Under `half` a silence beside a level is a question of half a disagreement, which nothing is added to."""
    codes = [[2, 0, 1, SILENT, 2, 0, ABSENT, 2, SILENT], [2, 1, 1, 0, ABSENT, 2, 1, 0, SILENT]]
    weights = [1.0, 2.0, 0.5, 1.0, 3.0, 1.0, 1.0, 2.0, 1.0]
    table = Positions.from_codes(codes, scale=VOTE, weights=weights)
    both = [(w, a, b) for w, a, b in zip(weights, *codes, strict=True) if min(a, b) >= 0]
    lone = [w for w, a, b in zip(weights, *codes, strict=True) if (a >= 0) != (b >= 0)]
    n, unit = len(both) + len(lone), (sum(w for w, _, _ in both) + sum(lone)) / (len(both) + len(lone))
    mass = 2 * len(both) / n
    cells = {"lone": [sum(lone), sum(w**2 for w in lone)]}
    disagreements = {"lone": 0.5}
    for k in range(3):
        for l in range(3):
            share = 0.5 / 9 + (0.25 / 3 if k == l else 0.25 / 6)
            here = [w for w, a, b in both if (a, b) == (k, l)]
            cells[k, l] = [sum(here) + mass * share * unit, sum(w**2 for w in here) + mass * share * unit**2]
            disagreements[k, l] = float(k != l) if measure == "exact" else abs(k - l) / 2
    worth = {c: 1 - 2 * d if measure == "signorino_ritter_s" else 1 - d for c, d in disagreements.items()}
    centre = sum(w * worth[c] for c, (w, _) in cells.items()) / sum(w for w, _ in cells.values())
    error = half_of(cells, worth, [w for w, _, _ in both] + lone, 0.9)
    found = agreement_matrix(table, measure, "half", interval=0.9).cell("a1", "a2")
    low, high = MEASURES[measure].range
    assert (found.n_shared, found.n_used) == (len(both), n)
    assert found.lower == pytest.approx(max(centre - error, low), abs=1e-12)
    assert found.upper == pytest.approx(min(centre + error, high), abs=1e-12)
