"""The laws of the test kit over all of `MEASURES`, and those that concern the library's own matrices."""

import numpy as np
import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stances import MEASURES, SUPPORT, VOTE, PairCounts, Positions, agreement_matrix, divergence_matrix
from stances.positions import ABSENT, NO_RECORD, SILENT
from stances.strategies import positions, scales
from stances.testing import LAWS, assert_valid_matrix, of_measure
from stances.testing.form import n_shared

every_measure = pytest.mark.parametrize("measure", MEASURES)
some_examples = settings(max_examples=max(10, settings().max_examples // 4))  # for each of the measures
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


def laws_of_measures():
    """Return every law with every measure it is said of; those exempt are skipped, with the reason."""
    pairs = [(law, measure) for law in LAWS.values() for measure in MEASURES.values()]
    return [
        pytest.param(
            law,
            of_measure(measure),
            id=f"{law.name}-{measure.name}",
            marks=[pytest.mark.skip(reason=measure.exempt[law.name])] if law.name in measure.exempt else [],
        )
        for law, measure in pairs
        if not law.unless(of_measure(measure))
    ]


@pytest.mark.parametrize(("law", "subject"), laws_of_measures())
@given(data=st.data())
@some_examples
def test_law(law, subject, data):
    """Every measure obeys every law that is said of it."""
    breach = law.breach(subject, data.draw(law.inputs(subject)))
    assert breach is None, f"due: {breach.due}, got: {breach.got}\n{breach.positions}"


@every_measure
@given(tables)
@some_examples
def test_matrices_are_valid(measure, table):
    """Matrices are symmetric bit by bit, undefined exactly where there is a reason, and count the support."""
    for policy in ("skip", "neutral") if _has_middles(table) else ("skip",):
        matrix = agreement_matrix(table, measure, policy)
        assert_valid_matrix(matrix)
        assert np.array_equal(matrix.n_shared, n_shared(table))


def _has_middles(table):
    return all(question.scale.middle is not None for question in table.questions)


@every_measure
@given(tables, st.randoms(use_true_random=False))
@some_examples
@pytest.mark.hostile("N14")
def test_order_does_not_matter_bit_by_bit(measure, table, random):
    """Shuffled actors and questions give the same matrix to the last bit."""
    rows, columns = list(range(table.n_actors)), list(range(table.n_questions))
    random.shuffle(rows)
    random.shuffle(columns)
    shuffled = table.take(columns).select(actors=[table.actors[i] for i in rows])
    before, after = agreement_matrix(table, measure).values, agreement_matrix(shuffled, measure).values
    assert same(before[np.ix_(rows, rows)], after)


@every_measure
@given(positions(min_actors=2, scales=ordered, weights=weights))
@some_examples
def test_nobody_else_matters_bit_by_bit(measure, table):
    """The value of a pair is the same to the last bit, whoever else is there and whatever nobody answered."""
    codes = np.hstack([table.codes, np.full((table.n_actors, 1), NO_RECORD)])
    more = Positions.from_codes(
        codes, scale=[*(q.scale for q in table.questions), VOTE], weights=[*table.weights, 1.0]
    )
    pair = table.select(actors=table.actors[:2])
    values = agreement_matrix(table, measure).values
    assert same(values, agreement_matrix(more, measure).values)
    assert same(values[:2, :2], agreement_matrix(pair, measure).values)


@every_measure
@given(tables, st.sampled_from([7.0, 0.001, 1e-300, 1e300]))
@some_examples
@pytest.mark.hostile("N03", "N04")
def test_weights_may_be_huge_or_tiny(measure, table, factor):
    """Multiplying all weights by one number changes no matrix, however large or small."""
    heavier = Positions.from_codes(
        table.codes, scale=[q.scale for q in table.questions], weights=table.weights * factor
    )
    assert near(agreement_matrix(table, measure).values, agreement_matrix(heavier, measure).values)


@every_measure
@given(tables)
@some_examples
def test_divergence_completes_agreement(measure, table):
    """Divergence is the mean disagreement, or one minus the value without chance; it is never below zero."""
    agreement, divergence = agreement_matrix(table, measure), divergence_matrix(table, measure)
    observed = np.where(np.isnan(agreement.values), np.nan, agreement.observed)
    takes_observed = MEASURES[measure].is_linear or MEASURES[measure].distance
    expected = observed if takes_observed else 1 - agreement.values
    assert near(divergence.values, expected)
    assert np.nanmin(divergence.values, initial=0) >= -TOLERANCE


@pytest.mark.parametrize("measure", [name for name, measure in MEASURES.items() if measure.is_linear])
@given(positions(min_actors=2, max_actors=2, scales=ordered), st.sampled_from([SILENT, ABSENT]), st.data())
@some_examples
def test_bounds_enclose_every_answer(measure, table, gap, data):
    """Whatever the silent side had answered, the value would lie within the bounds."""
    codes = np.where((table.codes == SILENT) | (table.codes == ABSENT), gap, table.codes)
    bounded = agreement_matrix(evolve(table, codes=codes), measure, "bounds")
    answers = [[data.draw(st.integers(0, q.scale.n_levels - 1)) for q in table.questions] for _ in range(2)]
    lone = (codes == gap) & (codes[::-1] >= 0)
    answered = agreement_matrix(evolve(table, codes=np.where(lone, answers, codes)), measure)
    assume(answered.n_shared[0, 1] > 0)
    assert bounded.lower[0, 1] - TOLERANCE <= answered.values[0, 1] <= bounded.upper[0, 1] + TOLERANCE


@given(tables, st.integers(0, 8))
def test_merged_blocks_equal_the_whole(table, cut):
    """Counts of two blocks of questions add up to the counts of all."""
    columns = np.arange(table.n_questions)
    merged = PairCounts.of(table.take(columns[:cut])) + PairCounts.of(table.take(columns[cut:]))
    whole = PairCounts.of(table)
    assert np.array_equal(merged.n_shared, whole.n_shared)
    assert np.array_equal(merged.n_lone, whole.n_lone)
    parts = {stratum.scale: stratum for stratum in merged.strata}
    for stratum in whole.strata:
        assert near(parts[stratum.scale].cells, stratum.cells)
        assert near(parts[stratum.scale].squares, stratum.squares)
    assert len(parts) == len(whole.strata)


@given(tables)
def test_s_is_agreement_stretched(table):
    """Signorino and Ritter's S is twice the graded agreement minus one."""
    s, graded = agreement_matrix(table, "signorino_ritter_s"), agreement_matrix(table, "agreement")
    assert near(s.values, 2 * graded.values - 1)
