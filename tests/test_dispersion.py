"""Cohesion and dispersion: published numbers, oracles, laws and refusals."""

import json
import math
from itertools import combinations, permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances import dispersion
from stances.errors import FieldError

PUBLISHED = json.loads((Path(__file__).parent / "reference" / "dispersion.json").read_text("utf-8"))
KINDS = ("rice-", "hnr-", "attina-", "agrmt-", "er-", "rq-")
TOLERANCE = 1e-12
ON_LEVELS = [name for name in dispersion.__all__ if name not in ("rice", "esteban_ray", "overlap")]

counts = st.lists(st.integers(0, 20), min_size=2, max_size=7).filter(any)
enough = st.lists(st.integers(0, 20), min_size=3, max_size=7).filter(any)
pairs = st.integers(2, 6).flatmap(
    lambda n: st.tuples(*[st.lists(st.integers(0, 9), min_size=n, max_size=n).filter(any)] * 2)
)
every_function = pytest.mark.parametrize("name", ON_LEVELS)
RANGES = {
    "attina_ai": (-1, 1), "hix_noury_roland_ai": (0, 1), "leik": (0, 1), "polarization": (0, 1),
    "reynal_querol": (0, 1), "tastle_wierman": (0, 1), "van_der_eijk_a": (-1, 1),
}  # fmt: skip


def call(name, *arguments, **named):
    """One function by name."""
    return getattr(dispersion, name)(*arguments, **named)


@pytest.mark.parametrize("entry", PUBLISHED, ids=lambda entry: entry["id"])
def test_published_numbers(entry):
    """A published number comes out; the entry names its source."""
    value = call(entry["function"], **entry["arguments"])
    assert value == pytest.approx(entry["expected"], abs=max(entry["tolerance"], 1e-12)), entry["source"]


def test_examples_that_are_given_to_us_are_all_used(shared_file):
    """Each example of cohesion or dispersion in the development data is reproduced."""
    given = json.loads(shared_file("reference/golden.json").read_text("utf-8"))
    due = {entry["id"] for entry in given if entry["id"].startswith(KINDS)}
    assert due <= {entry["id"] for entry in PUBLISHED}


def test_every_function_but_overlap_has_a_published_number():
    """Only the overlap of two groups, a plain distance, is checked by laws alone."""
    assert set(dispersion.__all__) - {entry["function"] for entry in PUBLISHED} == {"overlap"}


@every_function
@given(enough)
def test_range(name, frequencies):
    """Values lie within their stated range."""
    low, high = RANGES[name]
    assert low - TOLERANCE <= call(name, frequencies) <= high + TOLERANCE


@every_function
@given(enough, st.sampled_from([0.25, 3, 1e300, 1e-300]))
def test_counts_or_shares(name, frequencies, factor):
    """Counts, shares and any multiple of them say the same."""
    multiple = [count * factor for count in frequencies]
    assert call(name, multiple) == pytest.approx(call(name, frequencies), abs=1e-9)


@every_function
@given(enough)
def test_direction_does_not_matter(name, frequencies):
    """A scale read from its other end says the same."""
    assert call(name, frequencies[::-1]) == pytest.approx(call(name, frequencies), abs=TOLERANCE)


@pytest.mark.parametrize("name", ["attina_ai", "hix_noury_roland_ai", "reynal_querol"])
@given(enough, st.randoms(use_true_random=False))
def test_order_does_not_matter_without_one(name, frequencies, random):
    """What knows no order of the levels does not change when they are shuffled."""
    shuffled = random.sample(frequencies, len(frequencies))
    assert call(name, shuffled) == pytest.approx(call(name, frequencies), abs=TOLERANCE)


@every_function
@given(st.integers(3, 7), st.integers(0, 6), st.integers(1, 9))
def test_one_level_is_unanimity(name, n_levels, level, count):
    """Where all choose one level, cohesion is complete and dispersion zero."""
    frequencies = [count if k == level % n_levels else 0 for k in range(n_levels)]
    due = 0.0 if name in ("leik", "polarization", "reynal_querol") else 1.0
    assert call(name, frequencies) == pytest.approx(due, abs=TOLERANCE)


@given(st.integers(3, 9), st.integers(1, 9))
def test_poles_and_uniformity(n_levels, count):
    """Halves at both ends are the most dispersed; even use of all levels has A = 0."""
    poles = [count, *[0] * (n_levels - 2), count]
    assert dispersion.van_der_eijk_a(poles) == pytest.approx(-1, abs=TOLERANCE)
    assert dispersion.leik(poles) == pytest.approx(1, abs=TOLERANCE)
    assert dispersion.tastle_wierman(poles) == pytest.approx(0, abs=TOLERANCE)
    assert dispersion.van_der_eijk_a([count] * n_levels) == 0
    assert dispersion.hix_noury_roland_ai([count] * n_levels) == pytest.approx(0, abs=TOLERANCE)


def slow_a(frequencies):
    """Take layer after layer off the frequencies, and count triples one by one (van der Eijk 2001)."""
    left, total, k, result = list(frequencies), sum(frequencies), len(frequencies), 0.0
    while any(left):
        height = min(count for count in left if count)
        layer = [int(count > 0) for count in left]
        triples = list(combinations(layer, 3))
        one, two = triples.count((1, 1, 0)) + triples.count((0, 1, 1)), triples.count((1, 0, 1))
        u = ((k - 2) * one - (k - 1) * two) / ((k - 2) * (one + two)) if one + two else 1.0
        result += sum(layer) * height / total * u * (1 - (sum(layer) - 1) / (k - 1))
        left = [count - height if count else 0 for count in left]
    return result


@given(enough)
def test_van_der_eijk_equals_a_slow_oracle(frequencies):
    """A is the mean over layers, each judged by its triples of levels."""
    assert dispersion.van_der_eijk_a(frequencies) == pytest.approx(slow_a(frequencies), abs=TOLERANCE)
    assert dispersion.polarization(frequencies) == pytest.approx((1 - slow_a(frequencies)) / 2, abs=TOLERANCE)


@given(counts)
def test_leik_and_consensus_equal_slow_oracles(frequencies):
    """Leik sums cumulative shares; Tastle and Wierman take logarithms of distances to the mean."""
    n, k = sum(frequencies), len(frequencies)
    shares = [count / n for count in frequencies]
    cumulated = [sum(shares[: i + 1]) for i in range(k)]
    spread = sum(f if f < 0.5 else 1 - f for f in cumulated)
    assert dispersion.leik(frequencies) == pytest.approx(2 * spread / (k - 1), abs=1e-9)
    mean = sum(i * p for i, p in enumerate(shares))
    logs = sum(p * math.log2(1 - abs(i - mean) / (k - 1)) for i, p in enumerate(shares) if p)
    assert dispersion.tastle_wierman(frequencies) == pytest.approx(1 + logs, abs=1e-9)


@given(st.lists(st.integers(0, 50), min_size=3, max_size=3).filter(any))
def test_hix_noury_roland_is_attina_rescaled(votes):
    """On three options the two indices of agreement differ by their zero alone."""
    rescaled = (dispersion.attina_ai(votes) + 1 / 3) / (4 / 3)
    assert dispersion.hix_noury_roland_ai(votes) == pytest.approx(rescaled, abs=TOLERANCE)


@given(st.integers(0, 50), st.integers(1, 50))
def test_rice_is_attina_of_two(yes, no):
    """Rice's index is the distance of two shares, in either order, and Attina's on two options."""
    value = dispersion.rice(yes, no)
    assert value == dispersion.rice(no, yes)
    assert value == pytest.approx(dispersion.attina_ai([yes, no]), abs=TOLERANCE)
    assert 0 <= value <= 1


@given(pairs)
def test_overlap_is_symmetric(groups):
    """Two groups overlap from 0 to 1, alike from either side, and each fully with itself."""
    p, r = groups
    value = dispersion.overlap(p, r)
    assert value == dispersion.overlap(r, p)
    assert 0 <= value <= 1
    assert dispersion.overlap(p, p) == 1
    common = sum(min(x / sum(p), y / sum(r)) for x, y in zip(p, r, strict=True))
    assert value == pytest.approx(common, abs=TOLERANCE)


camps = st.lists(st.tuples(st.integers(0, 9), st.integers(-5, 5)), min_size=1, max_size=6).filter(
    lambda groups: any(size for size, _ in groups)
)


@given(camps, st.floats(0, 1.6), st.randoms(use_true_random=False))
def test_esteban_ray_equals_a_slow_oracle(groups, alpha, random):
    """Polarization sums over all pairs of groups; their order does not matter, nor where zero lies."""
    total = sum(size for size, _ in groups)
    due = sum(
        (a / total) ** (1 + alpha) * (b / total) * abs(x - y)
        for (a, x), (b, y) in permutations([*groups, (0, 0)], 2)
    )
    sizes, places = zip(*random.sample(groups, len(groups)), strict=True)
    value = dispersion.esteban_ray(sizes, places, alpha)
    assert value == pytest.approx(due, abs=1e-9)
    moved = dispersion.esteban_ray(sizes, [place + 7 for place in places], alpha)
    assert moved == pytest.approx(due, abs=1e-9)


@given(camps)
def test_esteban_ray_without_identification(groups):
    """With alpha 0 it is the mean absolute difference of two members drawn at random."""
    sizes, places = zip(*groups, strict=True)
    members = np.repeat(places, sizes)
    mean = np.abs(members[:, None] - members[None, :]).mean()
    assert dispersion.esteban_ray(sizes, places, 0) == pytest.approx(mean, abs=1e-9)


@every_function
def test_many_questions_at_once(name):
    """An array of questions gives what one question at a time gives; the empty one is NaN."""
    several = np.array([[[4, 0, 1], [1, 1, 1]], [[0, 0, 0], [0, 2, 2]]])
    values = call(name, several)
    assert values.shape == (2, 2)
    one_by_one = [[call(name, question) for question in row] for row in several]
    assert np.array_equal(values, one_by_one, equal_nan=True)
    assert np.argwhere(np.isnan(values)).tolist() == [[1, 0]]


def test_many_questions_of_two_groups():
    """Rice, overlap and Esteban-Ray take many questions too."""
    assert dispersion.rice([90, 0], [10, 0]).tolist() == pytest.approx([0.8, math.nan], nan_ok=True)
    p = np.array([[1, 1], [2, 0], [0, 0]])
    assert dispersion.overlap(p, [1, 1]).tolist() == pytest.approx([1, 0.5, math.nan], nan_ok=True)
    assert dispersion.esteban_ray(p, [0, 1]).tolist() == pytest.approx([0.25, 0, math.nan], nan_ok=True)


def test_one_question_is_a_float():
    """One question gives a Python float."""
    assert all(type(call(name, [1, 2, 3])) is float for name in ON_LEVELS)
    assert type(dispersion.rice(1, 2)) is float


@pytest.mark.parametrize("name", ["hix_noury_roland_ai", "leik", "tastle_wierman"])
def test_a_single_level_has_no_width(name):
    """Nobody can differ on a single level, so these say nothing."""
    assert math.isnan(call(name, [5]))


def test_two_levels_have_no_pattern_of_two_peaks():
    """Van der Eijk's A needs three levels."""
    assert math.isnan(dispersion.van_der_eijk_a([1, 2]))
    assert np.isnan(dispersion.polarization([[1, 2], [2, 1]])).all()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "names no levels"),
        (3, "names no levels"),
        ([1, -1], "below zero"),
        ([1, None], "missing or not finite"),
        ([1, math.nan], "missing or not finite"),
        ([1, math.inf], "missing or not finite"),
        (["a", "b"], "are not all numbers"),
    ],
    ids=str,
)
@every_function
def test_refused_counts(name, given, message):
    """What are no counts is refused."""
    with pytest.raises(FieldError, match=message):
        call(name, given)


def test_refused_groups():
    """Groups without a place, levels that do not match and alpha out of range are refused."""
    with pytest.raises(FieldError, match="one number for each of 2 groups"):
        dispersion.esteban_ray([1, 1], [0, 1, 2])
    with pytest.raises(FieldError, match="alpha 2"):
        dispersion.esteban_ray([1, 1], [0, 1], alpha=2)
    with pytest.raises(FieldError, match="has not 2 levels"):
        dispersion.overlap([1, 1], [1, 1, 1])
    with pytest.raises(FieldError, match="below zero"):
        dispersion.rice(-1, 1)
