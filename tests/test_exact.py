"""All measures against exact rational arithmetic on small tables, weights far apart, and counts beyond float32."""

from itertools import product

import numpy as np
import pytest
from exact_values import NOTHING, exact, shared
from hypothesis import given, settings
from hypothesis import strategies as st

from stances import (
    MEASURES,
    SUPPORT,
    VOTE,
    PairCounts,
    Positions,
    agreement_matrix,
    divergence_matrix,
    matrix_of_counts,
)
from stances.counts import engines
from stances.counts.expansions import shared_form, table_form
from stances.counts.products import product as summed
from stances.errors import FieldError
from stances.measures.kernels import KERNELS
from stances.measures.tables import in_whole_numbers
from stances.scales import Scale
from stances.strategies import positions, scales

every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
some = settings(max_examples=max(10, settings().max_examples // 4))  # for each of the measures
ROUNDING = 1e-13
EVERYDAY = st.sampled_from([1.0, 0.5, 2.0, 0.1])


def pairs(measure, weights):
    """Two actors on the questions of one scale, or of two that pool, which the measure takes."""
    kind = st.sampled_from([VOTE, SUPPORT]) | scales(ordered=st.just(True) if measure.needs_order else None)
    return st.lists(kind, min_size=1, max_size=2, unique_by=lambda scale: scale.id).flatmap(
        lambda some: positions(min_actors=2, max_actors=2, scales=st.sampled_from(some), weights=weights)
    )


def compare(measure, table):
    """Check a cell, and its divergence, against the exact value."""
    cell = agreement_matrix(table, measure).cell(*table.actors)
    strata = shared(table)
    assert cell.n_shared == sum(map(len, strata.values()))
    if not strata:
        assert cell.why == "no_shared_questions"
        return
    value, below = exact(measure, strata)
    if below <= NOTHING:
        assert value is not None or np.isnan(cell.value)
        assert cell.why in ("no_variation", "")
        return
    tolerance = max(ROUNDING / float(below), 1e-7 if measure.name == "euclidean" and value > 1 - 1e-7 else 0)
    assert cell.value == pytest.approx(float(value), abs=tolerance)
    due = (1 - value) / 2 if measure.signed else 1 - value
    assert divergence_matrix(table, measure)[table.actors] == pytest.approx(float(due), abs=tolerance)


@every_measure
@given(data=st.data())
@some
def test_measures_are_exact(measure, data):
    """Every value is that of rational arithmetic, up to rounding."""
    compare(measure, data.draw(pairs(measure, EVERYDAY)))


UNEVEN = Scale("uneven", ["a", "b", "c", "d"], [0, 1, 3, 10])


@every_measure
def test_scales_pool_exactly(measure):
    """What three scales add to numerators and denominators is all there, none in place of another's."""
    rng = np.random.default_rng(3)
    kinds = [VOTE] * 9 + [SUPPORT] * 12 + [UNEVEN] * 7
    codes = np.array([[rng.integers(-1, kind.n_levels) for kind in kinds] for _ in range(2)])
    table = Positions.from_codes(codes, scale=kinds, weights=rng.choice([0.5, 1.0, 3.0], len(kinds)))
    assert all(len(items) > 2 for items in shared(table).values())
    compare(measure, table)


@pytest.mark.parametrize(
    ("measure", "codes", "weights"),
    [
        ("pearson", [1, 0, 0, 1, 3, 2, 1, 4], [3.3, 1.1, 0.7, 3.3, 3.3, 0.1, 0.1, 0.1]),
        (
            "pearson",
            [1, 2, 4, 3, 2, 1, 3, 2, 2, 3, 0],
            [0.7, 3.3, 0.1, 1.1, 0.1, 0.7, 3.3, 3.3, 0.3, 1.1, 0.1],
        ),
        ("kendall_tau_b", [0, 2, 1, 2, 2, 3], [0.3, 0.1, 3.3, 3.3, 0.3, 0.7]),
        ("kendall_tau_b", [4, 1, 0, 2, 2, 0], [3.3, 0.1, 0.1, 0.1, 3.3, 0.3]),
    ],
)
def test_rounding_leads_out_of_no_range(measure, codes, weights):
    """Two who are alike, or opposed, in all come to 1 or -1 and no digit beyond, as the sums alone would here."""
    for other, due in ((codes, 1), ([4 - code for code in codes], -1)):
        value = agreement_matrix(
            Positions.from_codes([codes, other], scale=SUPPORT, weights=weights), measure
        )["a1", "a2"]
        assert abs(value) <= 1
        assert value == pytest.approx(due)


@every_measure
@given(data=st.data())
@some
def test_weights_may_be_far_apart(measure, data):
    """Weights that are 1e300 apart in one pair give what rational arithmetic gives; no question is dropped."""
    with np.errstate(all="raise"):
        compare(measure, data.draw(pairs(measure, st.sampled_from([1.0, 3.0, 1e-200, 1e-280]))))
        compare(measure, data.draw(pairs(measure, st.sampled_from([1.0, 3.0, 1e200, 1e280]))))


CODES = [[0, 1, 2, 2, 0, 1, 2, 0, 2], [0, 1, 1, 2, 0, 2, 2, 1, -1], [-1] * 8 + [2]]
WEIGHTS = np.array([1.0, 2, 1, 3, 1, 1, 2, 1])


def beside_a_heavy_question(factor):
    """Two actors on light questions, one of whom shares a heavy one with a third."""
    return Positions.from_codes(CODES, scale=VOTE, weights=[*(WEIGHTS * factor), 1.0], actors=list("ABC"))


@every_measure
@pytest.mark.parametrize("factor", [1e-60, 1e-100, 1e-150, 1e-200, 1e-290])
def test_a_faint_pair_keeps_its_value(measure, factor):
    """A pair whose questions all weigh next to nothing beside another's has the value of equal weights."""
    due = agreement_matrix(beside_a_heavy_question(1.0), measure).cell("A", "B")
    with np.errstate(all="raise"):
        got = agreement_matrix(beside_a_heavy_question(factor), measure).cell("A", "B")
    assert got.value == pytest.approx(due.value, abs=1e-12)
    assert got.n_shared == due.n_shared == 8


@every_measure
@pytest.mark.parametrize(
    ("factor", "kept"), [(1e-100, True), (1e-150, False), (1e-161, False), (1e-290, False)]
)
def test_intervals_of_faint_pairs_are_right_or_everything(measure, factor, kept):
    """An interval is that of equal weights down to 1e-145 of the heaviest; below it is the whole range."""
    due = agreement_matrix(beside_a_heavy_question(1.0), measure, interval=0.95).cell("A", "B")
    with np.errstate(all="raise"):
        got = agreement_matrix(beside_a_heavy_question(factor), measure, interval=0.95).cell("A", "B")
    ends = (due.lower, due.upper) if kept else measure.range
    assert (got.lower, got.upper) == pytest.approx(ends, abs=1e-9)


def test_a_weight_that_is_lost_is_refused():
    """A weight that would vanish, or lose digits, beside another is refused: no question is dropped in silence."""
    for light, heavy in ((1e-30, 1e300), (1e-310, 1.0)):
        table = Positions.from_codes([[0, 1], [0, 2]], scale=VOTE, weights=[light, heavy])
        with pytest.raises(FieldError, match=rf"weight {light} is lost beside a weight 1e308 times as large"):
            agreement_matrix(table)


@every_measure
def test_no_warning_whatever_numpy_is_set_to(measure):
    """Matrices and intervals of nothing, of one answer and of extreme weights trip no alarm of numpy."""
    tables = [
        np.empty((2, 0), dtype=int),
        [[0], [0]],
        [[0, 0], [0, 0]],
        [[0, 2], [2, 0]],
        [[-1], [-2]],
        CODES[:2],
    ]
    with np.errstate(all="raise"):
        for codes, factor, interval in product(tables, (1.0, 5e-324, 1e-300, 1e300), (None, 0.95)):
            table = Positions.from_codes(codes, scale=VOTE, weights=np.full(np.shape(codes)[1], factor))
            agreement_matrix(table, measure, interval=interval)


@pytest.mark.parametrize("name", ["nominal", "linear", "squared", "directional", "hybrid"])
@pytest.mark.parametrize("n_levels", range(1, 9))
def test_kernels_of_even_scales_are_whole_numbers(name, n_levels):
    """Sums of a table are exact, as the kernel is whole numbers over the smallest divisor that makes it so."""
    scale = Scale("even", [str(k) for k in range(n_levels)])
    kernel = KERNELS[name](scale, np.zeros(n_levels))
    numerators, divisor = in_whole_numbers(kernel)
    assert np.array_equal(numerators, np.rint(numerators))
    assert np.allclose(numerators / divisor, kernel, rtol=0, atol=1e-15)
    steps = max(n_levels - 1, 1)
    assert divisor in {1, steps, steps**2}
    smaller = {d for d in (1, steps) if d < divisor}
    assert not any(np.allclose(kernel * d, np.rint(kernel * d), rtol=0, atol=1e-9) for d in smaller)


def test_kernels_of_uneven_scales_stay_as_they_are():
    """Broken numbers, and kernels of each pair's own, are not rounded."""
    kernel = np.array([[0, 1 / 3 + 1e-9], [1 / 3 + 1e-9, 0]])
    for other in (kernel, np.stack([1.0 - np.eye(2)] * 3)):
        numerators, divisor = in_whole_numbers(other)
        assert numerators is other
        assert divisor == 1


@pytest.mark.parametrize("engine", engines.installed())
def test_counts_beyond_single_precision(engine):
    """More questions than float32 can number are counted one by one."""
    n = 2**24 + 5
    one, other = np.ones((1, n), dtype=np.int8), np.ones((1, n), dtype=np.int8)
    one[0, :3] = 0
    with engines.only(engine):
        assert summed(one, other, shared_form(2)).ravel().tolist() == [n]
        assert summed(one, other, table_form(2)).ravel().tolist() == [0, 3, 0, n - 3]


@every_measure
def test_counts_beyond_double_precision(measure):
    """Counts added up to more than 2**53 questions stay whole, and give the value of the exact shares."""
    table = Positions.from_codes(CODES[:2], scale=VOTE, actors=["A", "B"])
    counts = PairCounts.of(table)
    for _ in range(56):
        counts = counts + counts
    with np.errstate(all="raise"):
        cell = matrix_of_counts(counts, measure).cell("A", "B")
    assert cell.n_shared == 8 * 2**56
    often = 1000 if measure.chance == "without replacement" else 1
    value, _ = exact(measure, {VOTE: shared(table)[VOTE] * often})
    assert cell.value == pytest.approx(
        float(value), abs=1e-4 if measure.chance == "without replacement" else 1e-13
    )
