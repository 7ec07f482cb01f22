"""The measures against slow oracles of ten lines, and against other libraries on the questions that a pair shares."""

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances import MEASURES, SUPPORT, VOTE, Positions, agreement_matrix
from stances.measures.chance import CHANCE
from stances.strategies import positions, scales

ordered = st.sampled_from([VOTE, SUPPORT]) | scales(ordered=st.just(True))
TOLERANCE = 1e-12
RATIOS = [measure for measure in MEASURES.values() if measure.chance]


def pairs(**about):
    """Two actors on the questions of one scale, with weights."""
    about = {"weights": st.sampled_from([1.0, 0.5, 2.0])} | about
    return ordered.flatmap(
        lambda scale: positions(min_actors=2, max_actors=2, scales=st.just(scale), **about)
    )


def shared(table):
    """The questions both took a level on, as (weight, first level, second level), the weights with mean 1."""
    used = [
        (question.weight, int(a), int(b))
        for question, (a, b) in zip(table.questions, table.codes.T, strict=True)
        if a >= 0 and b >= 0
    ]
    mean = sum(w for w, _, _ in used) / len(used) if used else 1
    return [(w / mean, a, b) for w, a, b in used]


def distance(kernel, scale, items):
    """The disagreement of two levels, by a plain formula."""
    x = scale.unit_values
    if kernel == "ordinal":
        counts = Counter()
        for w, a, b in items:
            counts[a] += w
            counts[b] += w

        def between(k, l):
            low, high = sorted((k, l))
            return (sum(counts[m] for m in range(low, high + 1)) - (counts[low] + counts[high]) / 2) ** 2

        largest = max(between(k, l) for k, l in product(range(scale.n_levels), repeat=2))
        return lambda k, l: between(k, l) / largest if k != l and largest else 0.0
    return {
        "nominal": lambda k, l: float(k != l),
        "linear": lambda k, l: abs(x[k] - x[l]),
        "squared": lambda k, l: (x[k] - x[l]) ** 2,
    }[kernel]


def mean_over(draws, far):
    """The mean distance over weighted pairs of answers."""
    return sum(w * far(a, b) for w, a, b in draws) / sum(w for w, _, _ in draws)


def own(items, far, n_levels):
    """Every answer of the first beside every answer of the second."""
    return mean_over([(v * w, a, b) for v, a, _ in items for w, _, b in items], far)


def pooled(items, far, n_levels):
    """Every answer of both beside every answer of both."""
    answers = [(w, level) for w, *levels in items for level in levels]
    return mean_over([(v * w, a, b) for v, a in answers for w, b in answers], far)


def uniform(items, far, n_levels):
    """Every level beside every level."""
    return mean_over([(1, a, b) for a, b in product(range(n_levels), repeat=2)], far)


def without_replacement(items, far, n_levels):
    """Every answer of both beside every other answer; for weights, with one answer's worth less to draw from."""
    n = 2 * len(items)
    return pooled(items, far, n_levels) * n / (n - 1)


def gwet(items, far, n_levels):
    """One minus the weights of agreement times the spread of the answers, over q (q - 1)."""
    total = 2 * sum(w for w, _, _ in items)
    share = [sum(w * ((a == k) + (b == k)) for w, a, b in items) / total for k in range(n_levels)]
    near = sum(1 - far(k, l) for k, l in product(range(n_levels), repeat=2))
    return 1 - near * sum(p * (1 - p) for p in share) / (n_levels * (n_levels - 1))


SLOW = {
    "own": own,
    "pooled": pooled,
    "uniform": uniform,
    "without replacement": without_replacement,
    "gwet": gwet,
}


def test_every_chance_model_has_an_oracle():
    """No chance model is without a slow oracle."""
    assert set(SLOW) == set(CHANCE)


@pytest.mark.parametrize("measure", RATIOS, ids=lambda measure: measure.name)
@given(pairs())
def test_chance_corrected_measures_equal_slow_oracles(measure, table):
    """Value, observed and expected disagreement are what plain loops over the questions give."""
    cell = agreement_matrix(table, measure).cell(*table.actors)
    items = shared(table)
    if not items:
        assert np.isnan(cell.value)
        return
    scale = table.questions[0].scale
    far = distance(measure.kernel, scale, items)
    observed, expected = mean_over(items, far), SLOW[measure.chance](items, far, scale.n_levels)
    assert cell.observed == pytest.approx(observed, abs=TOLERANCE)
    assert cell.expected == pytest.approx(expected, abs=TOLERANCE)
    if expected > 1e-9:
        assert cell.value == pytest.approx(1 - observed / expected, abs=1e-9)
    elif expected < 1e-13:
        assert cell.why == "no_variation"


@given(pairs())
def test_benati_capurri_and_euclidean_equal_slow_oracles(table):
    """S minus its expectation under independence; 1 minus the root of the mean square."""
    items = shared(table)
    if items:
        scale = table.questions[0].scale
        linear, squared = (distance(kernel, scale, items) for kernel in ("linear", "squared"))
        excess = 2 * (own(items, linear, 0) - mean_over(items, linear))
        assert agreement_matrix(table, "benati_capurri").values[0, 1] == pytest.approx(excess, abs=TOLERANCE)
        root = mean_over(items, squared) ** 0.5
        assert agreement_matrix(table, "euclidean").values[0, 1] == pytest.approx(1 - root, abs=1e-9)


@given(pairs())
def test_tau_b_equals_a_slow_oracle(table):
    """Concordant less discordant pairs of questions, each pair with the product of its weights."""
    items = shared(table)
    signs = [
        (v * w, np.sign(a - c), np.sign(b - d)) for i, (v, a, b) in enumerate(items) for w, c, d in items[:i]
    ]
    first, second = (sum(w for w, *s in signs if s[k]) for k in (0, 1))
    value = agreement_matrix(table, "kendall_tau_b").values[0, 1]
    if first and second:
        expected = sum(w * x * y for w, x, y in signs) / (first * second) ** 0.5
        assert value == pytest.approx(expected, abs=1e-9)
    else:
        assert np.isnan(value)


def random_tables(n=12):
    """Pairs of actors with gaps, as codes with -1 for no record."""
    rng = np.random.default_rng(11)
    for n_levels, scale in ((3, VOTE), (5, SUPPORT)):
        for _ in range(n):
            codes = rng.integers(-1, n_levels, (2, int(rng.integers(8, 60))))
            codes[1, ::3] = codes[0, ::3]
            yield scale, codes, codes[:, (codes >= 0).all(axis=0)]


def values_of(scale, codes, *names):
    """The values of some measures for two actors."""
    table = Positions.from_codes(codes, scale=scale)
    return [agreement_matrix(table, name).values[0, 1] for name in names]


def test_kappa_equals_scikit_learn_and_statsmodels():
    """Cohen's kappa, plain, linear and quadratic, equals scikit-learn's and statsmodels'."""
    metrics = pytest.importorskip("sklearn.metrics", reason="scikit-learn is an oracle of the dev extra")
    rater = pytest.importorskip(
        "statsmodels.stats.inter_rater", reason="statsmodels is an oracle of the dev extra"
    )
    names = ("cohen_kappa", "cohen_kappa_linear", "cohen_kappa_quadratic")
    for scale, codes, complete in random_tables():
        levels = list(range(scale.n_levels))
        table = np.zeros((scale.n_levels, scale.n_levels))
        np.add.at(table, tuple(complete), 1)
        for value, weights, power in zip(
            values_of(scale, codes, *names), (None, "linear", "quadratic"), (None, 1, 2), strict=True
        ):
            sklearn = metrics.cohen_kappa_score(*complete, labels=levels, weights=weights)
            assert value == pytest.approx(sklearn, abs=TOLERANCE)
            wt = None if power is None else np.abs(np.subtract.outer(levels, levels)).astype(float) ** power
            statsmodels = rater.cohens_kappa(table, weights=wt, return_results=False)
            assert value == pytest.approx(float(statsmodels), abs=TOLERANCE)


def test_alpha_equals_krippendorff():
    """Alpha, nominal, ordinal and interval, equals the package krippendorff's, which drops lone answers too."""
    oracle = pytest.importorskip("krippendorff", reason="krippendorff is an oracle of the dev extra")
    levels = {"nominal": "krippendorff_alpha"}
    levels |= {level: f"krippendorff_alpha_{level}" for level in ("ordinal", "interval")}
    for scale, codes, _ in random_tables():
        ratings = np.where(codes >= 0, codes, np.nan)
        for level, name in levels.items():
            expected = oracle.alpha(
                ratings, level_of_measurement=level, value_domain=list(range(scale.n_levels))
            )
            assert values_of(scale, codes, name)[0] == pytest.approx(expected, abs=TOLERANCE)


def test_correlations_equal_scipy():
    """Tau-b and Pearson's r equal scipy's."""
    stats = pytest.importorskip("scipy.stats", reason="scipy is an oracle of the dev extra")
    for scale, codes, complete in random_tables():
        tau, r = values_of(scale, codes, "kendall_tau_b", "pearson")
        assert tau == pytest.approx(stats.kendalltau(*complete).statistic, abs=TOLERANCE)
        assert r == pytest.approx(stats.pearsonr(*complete).statistic, abs=TOLERANCE)


def test_fleiss_of_two_is_scott():
    """For two raters Fleiss' kappa is Scott's pi; statsmodels' agrees on the shared questions."""
    rater = pytest.importorskip(
        "statsmodels.stats.inter_rater", reason="statsmodels is an oracle of the dev extra"
    )
    for scale, codes, complete in random_tables():
        counts = np.stack([(complete == k).sum(axis=0) for k in range(scale.n_levels)], axis=1)
        assert values_of(scale, codes, "scott_pi")[0] == pytest.approx(
            rater.fleiss_kappa(counts), abs=TOLERANCE
        )
