"""The laws that every measure obeys, each stated once and run over all of `MEASURES`."""

import numpy as np
import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from stances import MEASURES, SUPPORT, VOTE, PairCounts, Positions, agreement_matrix, divergence_matrix
from stances.positions import ABSENT, NO_RECORD, SILENT
from stances.scales import Scale
from stances.strategies import positions, scales

every_measure = pytest.mark.parametrize("measure", MEASURES)
ordered = st.sampled_from([VOTE, SUPPORT]) | scales(ordered=st.just(True))
weights = st.sampled_from([1.0, 0.5, 2.0, 3.25])
tables = positions(scales=ordered, weights=weights)
TOLERANCE = 1e-12


def same(one, other):
    """Whether two arrays of values are equal bit by bit, NaN included."""
    return np.array_equal(one, other, equal_nan=True)


def near(one, other):
    """Whether two arrays of values are equal up to rounding, NaN included."""
    return np.allclose(one, other, rtol=0, atol=TOLERANCE, equal_nan=True)


@every_measure
@given(tables)
def test_symmetry(measure, table):
    """A agrees with B exactly as B agrees with A."""
    for policy in ("skip", "neutral") if _has_middles(table) else ("skip",):
        matrix = agreement_matrix(table, measure, policy)
        assert same(matrix.values, matrix.values.T)
        assert same(matrix.n_used, matrix.n_used.T)


def _has_middles(table):
    return all(question.scale.middle is not None for question in table.questions)


@every_measure
@given(tables)
def test_range(measure, table):
    """Values lie within the measure's stated range, divergence at or above zero."""
    values = agreement_matrix(table, measure).values
    low, high = MEASURES[measure].range
    assert np.nanmin(values, initial=low) >= low - TOLERANCE
    assert np.nanmax(values, initial=low) <= high + TOLERANCE
    assert np.nanmin(divergence_matrix(table, measure).values, initial=0) >= -TOLERANCE


@every_measure
@given(tables)
def test_self_agreement(measure, table):
    """An actor agrees fully with itself wherever that is defined."""
    if "self_agreement" in MEASURES[measure].exempt:
        return
    diagonal = np.diag(agreement_matrix(table, measure).values)
    assert near(diagonal[~np.isnan(diagonal)], 1.0)


@every_measure
@given(tables)
def test_undefined_has_a_reason(measure, table):
    """A value is NaN exactly where there is a reason, and nothing shared is one."""
    matrix = agreement_matrix(table, measure)
    for i in range(table.n_actors):
        for j in range(table.n_actors):
            assert np.isnan(matrix.values[i, j]) == (matrix.why[i, j] != "")
            assert (matrix.why[i, j] == "no_shared_questions") == (matrix.n_shared[i, j] == 0)


@every_measure
@given(tables, st.randoms(use_true_random=False))
def test_order_does_not_matter(measure, table, random):
    """Shuffled actors and questions give the same values, bit by bit."""
    rows, columns = list(range(table.n_actors)), list(range(table.n_questions))
    random.shuffle(rows)
    random.shuffle(columns)
    shuffled = table.take(columns).select(actors=[table.actors[i] for i in rows])
    before, after = agreement_matrix(table, measure).values, agreement_matrix(shuffled, measure).values
    assert same(before[np.ix_(rows, rows)], after)


@pytest.mark.parametrize("measure", [m.name for m in MEASURES.values() if m.level == "nominal"])
@given(positions(scales=st.just(SUPPORT), weights=weights), st.permutations(range(5)))
def test_relabelling(measure, table, order):
    """A nominal measure does not change when levels trade their names."""
    renamed = np.where(table.codes >= 0, np.array(order)[np.maximum(table.codes, 0)], table.codes)
    assert near(
        agreement_matrix(table, measure).values,
        agreement_matrix(evolve(table, codes=renamed), measure).values,
    )


@every_measure
@given(positions(scales=st.just(SUPPORT), weights=weights))
def test_reversal(measure, table):
    """A measure does not change when the scale is turned upside down."""
    turned = np.where(table.codes >= 0, 4 - table.codes, table.codes)
    assert near(
        agreement_matrix(table, measure).values, agreement_matrix(evolve(table, codes=turned), measure).values
    )


@every_measure
@given(scales(ordered=st.just(True), min_levels=3), st.data())
def test_mirrored_values(measure, scale, data):
    """A scale with mirrored values, read backwards, gives the same."""
    table = data.draw(positions(scales=st.just(scale)))
    last = scale.n_levels - 1
    values = tuple(-value for value in reversed(scale.values or range(scale.n_levels)))
    mirror = Scale(scale.id, scale.levels, values)
    codes = np.where(table.codes >= 0, last - table.codes, table.codes)
    mirrored = Positions.from_codes(codes, scale=mirror)
    assert near(agreement_matrix(table, measure).values, agreement_matrix(mirrored, measure).values)


@given(tables, st.integers(0, 8))
def test_merged_blocks_equal_the_whole(table, cut):
    """Counts of two blocks of questions add up to the counts of all."""
    columns = np.arange(table.n_questions)
    merged = PairCounts.of(table.take(columns[:cut])) + PairCounts.of(table.take(columns[cut:]))
    whole = PairCounts.of(table)
    assert np.array_equal(merged.n_shared, whole.n_shared)
    assert np.array_equal(merged.n_lone, whole.n_lone)
    parts = {stratum.scale: stratum.cells for stratum in merged.strata}
    for stratum in whole.strata:
        assert near(parts[stratum.scale], stratum.cells)
    assert len(parts) == len(whole.strata)


@every_measure
@given(tables, st.sampled_from([SILENT, ABSENT]), st.data())
def test_a_silence_is_skipped(measure, table, gap, data):
    """Under `skip`, a question on which one side is silent leaves the value unchanged."""
    level = data.draw(st.integers(0, 2))
    column = np.full((table.n_actors, 1), gap)
    column[0] = level
    before = agreement_matrix(table, measure)
    codes = np.hstack([table.codes, column])
    more = Positions.from_codes(
        codes, scale=[*(q.scale for q in table.questions), VOTE], weights=[*table.weights, 1.0]
    )
    after = agreement_matrix(more, measure)
    others = np.triu_indices(table.n_actors, 1)
    assert near(before.values[others], after.values[others])
    assert np.array_equal(before.n_shared[others], after.n_shared[others])


@every_measure
@given(tables, st.sampled_from([7.0, 0.001, 1e-300, 1e300]))
def test_only_relative_weights_count(measure, table, factor):
    """Multiplying all weights by one number changes nothing, however large or small."""
    heavier = Positions.from_codes(
        table.codes, scale=[q.scale for q in table.questions], weights=table.weights * factor
    )
    assert near(agreement_matrix(table, measure).values, agreement_matrix(heavier, measure).values)


@every_measure
@given(positions(scales=ordered, weights=st.integers(0, 3).map(float)))
def test_a_whole_weight_repeats_the_question(measure, table):
    """A question of weight 3 counts as three questions of weight 1, and one of weight 0 as none."""
    if "whole_weights_repeat" in MEASURES[measure].exempt:
        return
    repeated = np.repeat(np.arange(table.n_questions), table.weights.astype(int))
    plain = Positions.from_codes(
        table.codes[:, repeated], scale=[table.questions[j].scale for j in repeated], actors=table.actors
    )
    assert near(agreement_matrix(table, measure).values, agreement_matrix(plain, measure).values)


@every_measure
@given(positions(min_actors=2, max_actors=2, scales=ordered), st.sampled_from([SILENT, ABSENT]), st.data())
def test_bounds_enclose_every_answer(measure, table, gap, data):
    """Whatever the silent side had answered, the value would lie within the bounds."""
    if not MEASURES[measure].is_linear:
        return
    codes = np.where((table.codes == SILENT) | (table.codes == ABSENT), gap, table.codes)
    bounded = agreement_matrix(evolve(table, codes=codes), measure, "bounds")
    answers = [[data.draw(st.integers(0, q.scale.n_levels - 1)) for q in table.questions] for _ in range(2)]
    lone = (codes == gap) & (codes[::-1] >= 0)
    answered = agreement_matrix(evolve(table, codes=np.where(lone, answers, codes)), measure)
    assume(answered.n_shared[0, 1] > 0)
    assert bounded.lower[0, 1] - TOLERANCE <= answered.values[0, 1] <= bounded.upper[0, 1] + TOLERANCE


@given(tables)
def test_s_is_agreement_stretched(table):
    """Signorino and Ritter's S is twice the graded agreement minus one."""
    s, graded = agreement_matrix(table, "signorino_ritter_s"), agreement_matrix(table, "agreement")
    assert near(s.values, 2 * graded.values - 1)


@every_measure
@given(tables)
def test_divergence_completes_agreement(measure, table):
    """Divergence is the mean disagreement, or one minus the value where chance is taken out."""
    agreement, divergence = agreement_matrix(table, measure), divergence_matrix(table, measure)
    observed = np.where(np.isnan(agreement.values), np.nan, agreement.observed)
    takes_observed = MEASURES[measure].is_linear or MEASURES[measure].distance
    expected = observed if takes_observed else 1 - agreement.values
    assert near(divergence.values, expected)


@every_measure
@given(tables)
def test_nobody_else_matters(measure, table):
    """The value of a pair does not depend on which other actors are in the table."""
    assume(table.n_actors >= 2)
    pair = table.select(actors=table.actors[:2])
    assert same(agreement_matrix(table, measure).values[:2, :2], agreement_matrix(pair, measure).values)


@every_measure
@given(positions(scales=ordered))
def test_no_record_is_no_information(measure, table):
    """A question that nobody is on record for changes nothing."""
    codes = np.hstack([table.codes, np.full((table.n_actors, 1), NO_RECORD)])
    more = Positions.from_codes(codes, scale=[*(q.scale for q in table.questions), VOTE])
    assert same(agreement_matrix(table, measure).values, agreement_matrix(more, measure).values)
