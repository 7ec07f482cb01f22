"""Coefficients for many raters: published numbers, oracles, laws, forms of ratings and refusals."""

import json
import math
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stances
from stances import reliability
from stances.errors import ChoiceError, FieldError, RatingError
from stances.raters import Parts, Ratings, pooled

REFERENCE = Path(__file__).parent / "reference"
PUBLISHED = json.loads((REFERENCE / "many_raters.json").read_text("utf-8"))
NOT_OFFERED = json.loads((REFERENCE / "not_offered.json").read_text("utf-8"))
KINDS = ("kripp-", "raw4raters-", "raw5observers-", "fleiss-wiki", "ben-gerry-", "cont")
KAPPAS = ("fleiss_kappa", "conger_kappa", "gwet_ac", "brennan_prediger")
WEIGHTS = ("identity", "linear", "quadratic", "ordinal")
METRICS = ("nominal", "ordinal", "interval", "ratio")
LEVELS = (1, 2, 3, 4)
TOLERANCE = 1e-12

weighted = pytest.mark.parametrize("weights", WEIGHTS)
ratings = st.tuples(st.integers(2, 5), st.integers(1, 7)).flatmap(
    lambda shape: st.lists(
        st.lists(st.sampled_from([None, *LEVELS]), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


def ratings_of(entry):
    """The coders by units of an example: ratings, counts per unit, or the table of two raters."""
    if "ratings" in entry:
        return entry["ratings"]
    if "table" in entry:
        cells = [cell for cell, n in np.ndenumerate(np.array(entry["table"])) for _ in range(n)]
        return np.array(cells).T
    return np.transpose([np.repeat(np.arange(len(unit)), unit) for unit in entry["counts"]])


@pytest.mark.parametrize("entry", PUBLISHED, ids=lambda entry: entry["id"])
def test_published_numbers(entry):
    """A published number comes out; the entry names its source."""
    function = getattr(reliability, entry["function"])
    value = function(ratings_of(entry), **entry["options"])
    assert value == pytest.approx(entry["expected"], abs=max(entry["tolerance"], 1e-9)), entry["source"]


def test_examples_that_are_given_to_us_are_all_used(shared_file):
    """Each example of many raters in the development data is reproduced, or listed with the reason."""
    given = json.loads(shared_file("reference/golden.json").read_text("utf-8"))
    due = {entry["id"] for entry in given if entry["id"].startswith(KINDS)}
    assert due <= {entry["id"] for entry in PUBLISHED} | set(NOT_OFFERED)


def units_of(table):
    """The ratings of each unit, missing ones left out."""
    return [[rating for rating in unit if rating is not None] for unit in zip(*table, strict=True)]


def apart(weights, x, y):
    """The slow distance of two levels among `LEVELS`."""
    steps = abs(x - y)
    return {
        "identity": float(x != y),
        "linear": steps / 3,
        "quadratic": (steps / 3) ** 2,
        "ordinal": math.comb(steps + 1, 2) / 6,
    }[weights]


def observed(table, distance):
    """The mean over units of the mean distance of two ratings of the unit."""
    units = [unit for unit in units_of(table) if len(unit) > 1]
    per_unit = [np.mean([distance(x, y) for x, y in permutations(unit, 2)]) for unit in units]
    return np.mean(per_unit) if units else math.nan


def corrected(do, de):
    """1 - Do / De; NaN where undefined."""
    return math.nan if math.isnan(do) or abs(de) < TOLERANCE else 1 - do / de


def near(value, expected):
    """Whether a value is as expected, NaN included."""
    return value == pytest.approx(expected, abs=TOLERANCE, nan_ok=True)


def share(unit, level):
    """The share of a level among the ratings of a unit."""
    return unit.count(level) / len(unit)


@weighted
@given(ratings)
def test_percent_agreement_equals_a_slow_oracle(weights, table):
    """Percent agreement is one minus the mean distance within units."""
    expected = 1 - observed(table, lambda x, y: apart(weights, x, y))
    assert near(reliability.percent_agreement(table, weights, LEVELS), expected)


@weighted
@given(ratings)
def test_fleiss_kappa_equals_a_slow_oracle(weights, table):
    """Fleiss' kappa draws twice from the mean shares of all units that were rated."""
    units = [unit for unit in units_of(table) if unit]
    margins = {k: np.mean([share(unit, k) for unit in units]) if units else 0.0 for k in LEVELS}
    de = sum(margins[x] * margins[y] * apart(weights, x, y) for x in LEVELS for y in LEVELS)
    expected = corrected(observed(table, lambda x, y: apart(weights, x, y)), de)
    assert near(reliability.fleiss_kappa(table, weights, LEVELS), expected)


@weighted
@given(ratings)
def test_conger_kappa_equals_a_slow_oracle(weights, table):
    """Conger's kappa takes the mean chance over all pairs of coders, each with its own margins."""
    coders = [[rating for rating in row if rating is not None] for row in table]
    pairs = list(permutations([coder for coder in coders if coder], 2))
    chances = [np.mean([apart(weights, x, y) for x in a for y in b]) for a, b in pairs]
    expected = corrected(
        observed(table, lambda x, y: apart(weights, x, y)), np.mean(chances) if chances else 0.0
    )
    assert near(reliability.conger_kappa(table, weights, LEVELS), expected)


@weighted
@given(ratings)
def test_gwet_ac_equals_a_slow_oracle(weights, table):
    """Gwet's coefficient expects agreement where levels are used evenly."""
    units = [unit for unit in units_of(table) if unit]
    margins = [np.mean([share(unit, k) for unit in units]) if units else 0.0 for k in LEVELS]
    agreement = sum(1 - apart(weights, x, y) for x in LEVELS for y in LEVELS)
    pe = agreement * sum(p * (1 - p) for p in margins) / (4 * 3)
    expected = corrected(observed(table, lambda x, y: apart(weights, x, y)), 1 - pe)
    assert near(reliability.gwet_ac(table, weights, LEVELS), expected)


@weighted
@given(ratings)
def test_brennan_prediger_equals_a_slow_oracle(weights, table):
    """The Brennan-Prediger coefficient expects all levels alike."""
    de = np.mean([apart(weights, x, y) for x in LEVELS for y in LEVELS])
    expected = corrected(observed(table, lambda x, y: apart(weights, x, y)), de)
    assert near(reliability.brennan_prediger(table, weights, LEVELS), expected)


def metric(level, x, y, pool):
    """Krippendorff's slow squared differences."""
    between = sum(min(x, y) <= v <= max(x, y) for v in pool)
    ends = (pool.count(x) + pool.count(y)) / 2
    return {
        "nominal": float(x != y),
        "ordinal": float((between - ends) ** 2) if x != y else 0.0,
        "interval": float((x - y) ** 2),
        "ratio": ((x - y) / (x + y)) ** 2,
    }[level]


@pytest.mark.parametrize("level", METRICS)
@given(ratings)
def test_alpha_equals_a_slow_oracle(level, table):
    """Krippendorff's alpha compares pairs within units with pairs of all ratings that can be paired."""
    units = [unit for unit in units_of(table) if len(unit) > 1]
    pool = [rating for unit in units for rating in unit]
    within = sum(
        metric(level, x, y, pool) / (len(unit) - 1) for unit in units for x, y in permutations(unit, 2)
    )
    every = sum(metric(level, x, y, pool) for x, y in permutations(pool, 2)) if pool else 0.0
    expected = 1 - within / len(pool) / (every / len(pool) / (len(pool) - 1)) if every else math.nan
    assert near(reliability.krippendorff_alpha(table, level), expected)


@pytest.mark.parametrize("level", METRICS)
@given(ratings)
def test_alpha_equals_the_package_krippendorff(level, table):
    """Krippendorff's alpha equals that of the package of this name wherever that is defined."""
    package = pytest.importorskip("krippendorff", reason="krippendorff is an oracle of the dev extra")
    value = reliability.krippendorff_alpha(table, level)
    if not math.isnan(value):
        theirs = package.alpha(np.array(table, dtype=float), level_of_measurement=level)
        assert value == pytest.approx(theirs, abs=TOLERANCE)


def test_fleiss_kappa_equals_statsmodels():
    """Fleiss' kappa and the Brennan-Prediger coefficient equal statsmodels' on complete ratings."""
    package = pytest.importorskip(
        "statsmodels.stats.inter_rater", reason="statsmodels is an oracle of the dev extra"
    )
    table = np.random.default_rng(5).integers(0, 4, (6, 40))
    counts, _ = package.aggregate_raters(table.T)
    assert reliability.fleiss_kappa(table) == pytest.approx(package.fleiss_kappa(counts), abs=TOLERANCE)
    uniform = package.fleiss_kappa(counts, method="uniform")
    assert reliability.brennan_prediger(table) == pytest.approx(uniform, abs=TOLERANCE)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=12))
def test_two_coders_agree_with_the_pair_measures(units):
    """On two coders without gaps each coefficient equals the matrix's measure of that kind."""
    both = np.array(units).T
    pair = stances.Positions.from_codes(both, scale=stances.VOTE, actors="ab")
    named = {
        "fleiss_kappa": "scott_pi",
        "conger_kappa": "cohen_kappa",
        "gwet_ac": "gwet_ac1",
        "brennan_prediger": "bennett_s",
    }
    for ours, theirs in named.items():
        value = getattr(reliability, ours)(both, levels=[0, 1, 2])
        assert near(value, stances.agreement_matrix(pair, theirs)["a", "b"])
    for level, theirs in {"nominal": "", "ordinal": "_ordinal", "interval": "_interval"}.items():
        value = reliability.krippendorff_alpha(both, level)
        assert near(value, stances.agreement_matrix(pair, "krippendorff_alpha" + theirs)["a", "b"])


def every_value(table, levels=LEVELS):
    """All coefficients of some ratings, by name and option."""
    alphas = {level: reliability.krippendorff_alpha(table, level, levels) for level in METRICS}
    others = {
        (name, weights): getattr(reliability, name)(table, weights, levels)
        for name in (*KAPPAS, "percent_agreement")
        for weights in WEIGHTS
    }
    return alphas | others


def alike(one, other):
    """Whether two sets of values are the same up to rounding."""
    return all(near(one[name], other[name]) for name in one)


@given(ratings, st.randoms(use_true_random=False))
def test_order_does_not_matter(table, random):
    """Neither the order of the coders nor that of the units changes a value."""
    coders = random.sample(table, len(table))
    units = random.sample(list(zip(*table, strict=True)), len(table[0]))
    assert alike(every_value(table), every_value(coders))
    assert alike(every_value(table), every_value(list(zip(*units, strict=True))))


@given(ratings)
def test_values_are_at_most_one(table):
    """No coefficient exceeds 1, and percent agreement is not below 0."""
    values = every_value(table)
    assert all(math.isnan(value) or value <= 1 + TOLERANCE for value in values.values())
    agreements = [values["percent_agreement", weights] for weights in WEIGHTS]
    assert all(math.isnan(value) or value >= -TOLERANCE for value in agreements)


@given(st.lists(st.sampled_from(LEVELS), min_size=2, max_size=6).filter(lambda unit: len(set(unit)) > 1))
def test_full_agreement_is_one(unit):
    """Coders who give the same levels, more than one of them, agree fully by every coefficient."""
    assert all(near(value, 1.0) for value in every_value([unit] * 3).values())


@given(ratings, st.sampled_from(LEVELS))
def test_alpha_leaves_lone_ratings_out(table, level):
    """A unit that one coder alone rated does not change Krippendorff's alpha, nor percent agreement."""
    more = [[*row, level if k == 0 else None] for k, row in enumerate(table)]
    before, after = every_value(table), every_value(more)
    unmoved = [*METRICS, *(("percent_agreement", weights) for weights in WEIGHTS)]
    assert all(near(before[name], after[name]) for name in unmoved)


def test_lone_ratings_move_the_margins_of_kappa():
    """A unit that one coder alone rated changes Fleiss' kappa, as in Gwet's formula."""
    table = [[1, 2, 1, None], [1, 2, 2, 2]]
    complete = [row[:3] for row in table]
    assert reliability.fleiss_kappa(table) != pytest.approx(reliability.fleiss_kappa(complete))


@given(ratings)
def test_a_coder_without_ratings_changes_nothing(table):
    """A coder who rated nothing, and a unit that nobody rated, change no value."""
    more = [[*row, None] for row in [*table, [None] * len(table[0])]]
    assert alike(every_value(table), every_value(more))


NOTHING = {
    "no unit with two ratings": [[1, None], [None, 2]],
    "no ratings": [[None, None], [None, None]],
    "no units": [[], []],
    "one coder": [[1, 2, 3]],
}


@pytest.mark.parametrize("table", NOTHING.values(), ids=NOTHING)
def test_nothing_to_compare_is_nan(table):
    """Without a unit that two coders rated, nothing is defined; nothing warns."""
    assert all(math.isnan(value) for value in every_value(table).values())
    assert all(math.isnan(value) for value in every_value(table, levels=None).values())


def test_without_variation_only_declared_levels_help():
    """Where all ratings are the same, only coefficients that know of other levels are defined."""
    same = [[2, 2, 2], [2, 2, 2]]
    defined = {name for name, value in every_value(same).items() if not math.isnan(value)}
    never = {(name, weights) for name in ("fleiss_kappa", "conger_kappa") for weights in WEIGHTS}
    assert defined == set(every_value(same)) - never - set(METRICS)
    undeclared = every_value(same, levels=None)
    assert {name for name, value in undeclared.items() if not math.isnan(value)} == {
        ("percent_agreement", weights) for weights in WEIGHTS
    }


def forms():
    """The same ratings in every form they come in, by the name of the form."""
    yield "lists", [[1, None, 2], [1, 2, 2]]
    yield "NaN", np.array([[1, np.nan, 2], [1, 2, 2]])
    yield "objects", np.array([[1, None, 2], [1, 2.0, np.float32(2)]], dtype=object)
    yield "masked", np.ma.masked_equal([[1, 0, 2], [1, 2, 2]], 0)
    yield "booleans", [[False, None, True], [False, True, True]]


@pytest.mark.parametrize("table", [table for _, table in forms()], ids=[name for name, _ in forms()])
def test_ratings_come_in_many_forms(table):
    """Lists, arrays, masks and truth values give the same codes."""
    assert Ratings.of(table).codes.tolist() == [[0, -1, 1], [0, 1, 1]]


@pytest.mark.parametrize("dtype", [object, float, "Int64"])
def test_data_frames_are_ratings(dtype):
    """A data frame has a row per coder and what pandas takes for missing."""
    pd = pytest.importorskip("pandas", reason="pandas is in the dev extra")
    frame = pd.DataFrame([[1, None, 2], [1, 2, 2]], index=["ann", "ben"]).astype(dtype)
    assert Ratings.of(frame).codes.tolist() == [[0, -1, 1], [0, 1, 1]]


def test_text_levels_are_ranks():
    """Texts stand in their declared order, evenly spaced; a level that nobody gave keeps its place."""
    words, numbers = [["lo", "hi", "lo"], ["lo", "lo", "lo"]], [[0, 2, 0], [0, 0, 0]]
    assert alike(every_value(words, ["lo", "mid", "hi"]), every_value(numbers, [0, 1, 2]))


def test_number_levels_are_values():
    """Distances are those of the numbers, in whatever order they are declared."""
    table = [[1, 10, 1], [1, 2, 2]]
    assert reliability.percent_agreement(table, "linear", [10, 2, 1]) == pytest.approx(1 - 1 / 3)
    assert reliability.percent_agreement(table, "linear") == pytest.approx(1 - (8 / 9 + 1 / 9) / 3)


def test_extreme_numbers_do_not_overflow():
    """Very large and very small numbers give what their multiples give."""
    table = np.array([[1, 2, 3.0, 1], [1, 3, 3, 2]])
    for scale in (1e300, 1e-300):
        assert alike(every_value(table, None), every_value(table * scale, None))


REFUSED = {
    "ragged": ([[1, 2], [1]], {}, "all of one length"),
    "of arrays": ([np.zeros((2, 2)), np.zeros((2, 3))], {}, "all of one length"),
    "one row": ([1, 2, 3], {}, "a row per coder"),
    "mixed": ([[1, "b"], [1, 1]], {}, "stands among numbers"),
    "infinite": ([[1, math.inf], [1, 1]], {}, "not finite"),
    "beyond all numbers": ([[10**400, 1], [1, 1]], {}, "not finite"),
    "a span of time": ([[np.timedelta64(1, "D"), 1], [1, 1]], {}, "neither a number nor a text"),
    "a table in a cell": ([[{1: np.array([1, 2])}, 1], [1, 1]], {}, "neither a number nor a text"),
    "empty text": ([["a", ""], ["a", "a"]], {}, "write None"),
    "dates": ([[object(), 1], [1, 1]], {}, "neither a number nor a text"),
    "no levels": ([[1, 1], [1, 1]], {"levels": []}, "is empty"),
    "levels twice": ([[1, 1], [1, 1]], {"levels": [1, 1]}, "repeats a level"),
    "unordered": ([["no", "yes"], ["no", "no"]], {"weights": "linear"}, "declare it from low to high"),
}


@pytest.mark.parametrize(("table", "options", "message"), REFUSED.values(), ids=REFUSED)
def test_refused_ratings(table, options, message):
    """What is no table of numbers or texts is refused with a hint."""
    with pytest.raises(FieldError, match=message):
        reliability.fleiss_kappa(table, **options)


def test_unknown_levels_are_told_with_the_nearest():
    """A rating that is not among the declared levels is named, with the nearest one."""
    with pytest.raises(RatingError, match=r"'yess' is not one of the levels no, yes; did you mean 'yes'\?"):
        reliability.gwet_ac([["yess"], ["no"]], levels=["no", "yes"])


def test_every_kind_of_missing():
    """None, NaN, NaT and pandas' NA are no ratings."""
    pd = pytest.importorskip("pandas", reason="pandas is in the dev extra")
    for missing in (None, float("nan"), np.nan, np.datetime64("NaT"), pd.NA, pd.NaT):
        table = [[1, 2, missing], [1, 1, 2]]
        assert reliability.percent_agreement(table) == 0.5


def test_a_metric_of_ones_own_takes_the_place_of_a_level():
    """Squared distances as an array give the interval alpha; an array of another size is refused."""
    table = [[1, 2, 3, 3, None], [1, 3, 3, 2, 2], [None, 2, 3, 1, 2]]
    squares = [[float((i - j) ** 2) for j in LEVELS] for i in LEVELS]
    own = reliability.krippendorff_alpha(table, squares, LEVELS)
    assert own == pytest.approx(reliability.krippendorff_alpha(table, "interval", LEVELS), abs=TOLERANCE)
    skewed = [[0, 1, 2, 3], [0, 0, 1, 2], [2, 1, 0, 1], [3, 2, 1, 0]]
    endless = [[0 if i == j else math.inf for j in LEVELS] for i in LEVELS]
    for wrong in ([[0, 1], [1, 0]], [[-1.0] * 4] * 4, [["x"] * 4] * 4, [[1], [1, 2]], skewed, endless):
        with pytest.raises(FieldError, match="is no metric for these ratings"):
            reliability.krippendorff_alpha(table, wrong, LEVELS)


def test_unknown_options_are_told_with_the_nearest():
    """A misspelt weight or level of measurement is named, with the nearest one."""
    with pytest.raises(ChoiceError, match="did you mean 'linear'"):
        reliability.gwet_ac([[1], [1]], weights="liner")
    with pytest.raises(ChoiceError, match="did you mean 'ordinal'"):
        reliability.krippendorff_alpha([[1], [1]], level="ordinall")


def test_alpha_needs_an_order_and_a_zero():
    """Ordinal alpha of texts needs their order; ratio alpha no number below zero."""
    with pytest.raises(FieldError, match="level 'ordinal' needs"):
        reliability.krippendorff_alpha([["no", "yes"], ["no", "no"]])
    with pytest.raises(FieldError, match="below zero"):
        reliability.krippendorff_alpha([[-1, 1], [1, 1]], "ratio")


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.1, 1), st.integers(0, 5)), max_size=4))
def test_pooling_adds_disagreements(several):
    """Parts pool by adding disagreements with their weights; parts that rest on nothing add nothing."""
    parts = [Parts(do, de, float(weight)) for do, de, weight in several]
    total = sum(weight for *_, weight in several)
    observed_sum = sum(do * weight for do, _, weight in several)
    expected_sum = sum(de * weight for _, de, weight in several)
    value = 1 - observed_sum / expected_sum if total else math.nan
    assert pooled(parts).value == pytest.approx(value, abs=1e-9, nan_ok=True)
    assert pooled(parts).why == ("" if total else "no_shared_units")
