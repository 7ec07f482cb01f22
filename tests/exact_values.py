"""The formulas written out pair by pair in exact fractions: what fast code is held against."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import numpy as np

NOTHING = 2e-12  # a denominator below may be what rounding leaves


def shared(table):
    """The questions both took a level on, by scale: exact weight, first and second level."""
    found = {question.scale: [] for question in table.questions}
    for question, w, (a, b) in zip(table.questions, table.weights, table.codes.T, strict=True):
        if a >= 0 and b >= 0 and w > 0:
            found[question.scale].append((Fraction(w), int(a), int(b)))
    return {scale: items for scale, items in found.items() if items}


def unit(scale):
    """The exact values of the levels from 0 to 1."""
    values = [Fraction(v) for v in scale.values or range(scale.n_levels)]
    return [(v - values[0]) / (values[-1] - values[0]) for v in values]


def margins(items, n_levels):
    """Exact shares of the levels, of the first actor and of the second."""
    total = sum(w for w, _, _ in items)
    return [[sum(w for w, *at in items if at[side] == k) / total for k in range(n_levels)] for side in (0, 1)]


def kernel(name, scale, items):
    """The exact disagreement of two levels."""
    x, q = unit(scale), scale.n_levels
    if name == "ordinal":
        pooled = [a + b for a, b in zip(*margins(items, q), strict=True)]
        middles = [sum(pooled[:k]) + pooled[k] / 2 for k in range(q)]
        largest = max((a - b) ** 2 for a, b in product(middles, repeat=2))
        return [[(a - b) ** 2 / (largest or 1) for b in middles] for a in middles]
    nominal = name == "nominal" or (name == "graded" and not scale.ordered)
    far = [[Fraction(k != l) if nominal else abs(a - b) for l, b in enumerate(x)] for k, a in enumerate(x)]
    half = Fraction(1, 2)
    sides = [[half - 2 * (a - half) * (b - half) for b in x] for a in x]
    if name == "squared":
        return [[d * d for d in row] for row in far]
    if name == "hybrid":
        return [[(d + s) / 2 for d, s in zip(*rows, strict=True)] for rows in zip(far, sides, strict=True)]
    return sides if name == "directional" else far


def expected(chance, d, items, q):
    """The exact disagreement that a chance model expects."""
    first, second = margins(items, q)
    pooled = [(a + b) / 2 for a, b in zip(first, second, strict=True)]
    if chance == "uniform":
        first = second = [Fraction(1, q)] * q
    elif chance == "gwet":
        near = sum(1 - d[k][l] for k, l in product(range(q), repeat=2))
        return 1 - near * sum(p * (1 - p) for p in pooled) / (q * (q - 1))
    elif chance != "own":
        first = second = pooled
    n = 2 * len(items) if chance == "without replacement" else 0
    mean = sum(first[k] * second[l] * d[k][l] for k, l in product(range(q), repeat=2))
    return mean * Fraction(n, n - 1) if n else mean


def root(number):
    """The square root to 28 digits, of a fraction or of a float."""
    number = Fraction(number)
    return (Decimal(number.numerator) / Decimal(number.denominator)).sqrt()


def association(measure, scale, items):
    """What one scale adds to the numerator and to both parts of the denominator of Pearson's r or of tau-b."""
    if measure == "pearson":
        x, total = unit(scale), sum(w for w, _, _ in items)
        (a, b) = (sum(w * x[at[side]] for w, *at in items) / total for side in (0, 1))
        moments = [(w, x[k] - a, x[l] - b) for w, k, l in items]
    else:
        moments = [
            (v * w, Fraction(int(np.sign(a - c))), Fraction(int(np.sign(b - d))))
            for i, (v, a, b) in enumerate(items)
            for w, c, d in items[:i]
        ]
    return [sum((w * f(s, t) for w, s, t in moments), Fraction(0)) for f in PRODUCTS]


PRODUCTS = (lambda s, t: s * t, lambda s, t: s * s, lambda s, t: t * t)


def exact(measure, strata):
    """The exact value, and the smallest denominator that it is divided by; scales pool by adding both."""
    total = sum(w for items in strata.values() for w, _, _ in items)

    def observed(name):
        parts = ((kernel(name, scale, items), items) for scale, items in strata.items())
        return sum(w * d[k][l] for d, items in parts for w, k, l in items) / total

    def by_chance(model, name):
        return sum(
            sum(w for w, _, _ in items) * expected(model, kernel(name, scale, items), items, scale.n_levels)
            for scale, items in strata.items()
        ) / Fraction(total)

    if measure.name in ("pearson", "kendall_tau_b"):
        sums = [association(measure.name, scale, items) for scale, items in strata.items()]
        above, one, other = (sum(parts) / total / total for parts in zip(*sums, strict=True))
        below = min(one, other) * (total if measure.name == "pearson" else 1)
        return (float(above) / float(root(one) * root(other)) if below > NOTHING else None), below
    if measure.name == "euclidean":
        return 1 - root(observed("squared")), 1
    if measure.name == "benati_capurri":
        return 2 * (by_chance("own", "linear") - observed("linear")), 1
    if measure.chance is None:
        do = observed(measure.kernel)
        return (1 - 2 * do if measure.signed else 1 - do), 1
    chance = by_chance(measure.chance, measure.kernel)
    return (1 - observed(measure.kernel) / chance if chance else None), chance
