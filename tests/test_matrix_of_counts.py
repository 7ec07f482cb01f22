"""A matrix made of counts is that of the positions, and says what counts do not tell."""

import numpy as np
import pytest
from hypothesis import given

from stances import (
    VOTE,
    PairCounts,
    Positions,
    Scale,
    agreement_matrix,
    camps,
    divergence_matrix,
    map_of,
    matrix_of_counts,
)
from stances.counts import Plan
from stances.errors import ChoiceError, FieldError, MixedScalesError, NotCountedError, OnlyCountsError
from stances.measures import MEASURES
from stances.strategies import positions
from stances.testing import assert_valid_matrix

ARRAYS = ("values", "n_shared", "n_used", "observed", "expected", "lower", "upper", "reasons")


@pytest.fixture
def votes():
    """Eight actors on forty questions, silences among them."""
    codes = np.random.default_rng(5).integers(-2, 3, (8, 40))
    return Positions.from_codes(codes, scale=VOTE)


def assert_same(one, other):
    """Check that two matrices hold the same arrays, bit by bit."""
    assert one.actors == other.actors
    for name in ARRAYS:
        mine, theirs = getattr(one, name), getattr(other, name)
        assert (mine is None) == (theirs is None), name
        assert mine is None or np.array_equal(mine, theirs, equal_nan=True), name


@pytest.mark.parametrize("measure", list(MEASURES))
def test_every_measure_is_that_of_the_positions(votes, measure):
    """Whole tables serve all measures; sums for one measure serve that one."""
    due = agreement_matrix(votes, measure, min_shared=15)
    made = matrix_of_counts(PairCounts.of(votes), measure, min_shared=15)
    assert_same(made, due)
    assert_valid_matrix(made)
    few = PairCounts.of(votes, plan=Plan(MEASURES[measure], silences=False, squares=False))
    assert_same(matrix_of_counts(few, measure, min_shared=15), due)


@pytest.mark.parametrize("silence", ["skip", "half", "neutral", "bounds"])
def test_every_policy_is_that_of_the_positions(votes, silence):
    """Whole tables know silences, and so serve all policies."""
    made = matrix_of_counts(PairCounts.of(votes), kind="divergence", silence=silence)
    assert_same(made, divergence_matrix(votes, silence=silence))


@pytest.mark.parametrize("measure", ["agreement", "cohen_kappa"])
def test_intervals_are_those_of_the_positions(votes, measure):
    """Whole tables with their squares give intervals by influence."""
    made = matrix_of_counts(PairCounts.of(votes), measure, interval=0.9)
    assert_same(made, agreement_matrix(votes, measure, interval=0.9))
    assert "90 % intervals" in str(made)


@given(positions(min_actors=1, min_questions=1))
def test_any_positions(table):
    """Scales pool and what is undefined has its reason, as in a matrix of the positions."""
    table = table.rows(sorted(table.actors))
    made = matrix_of_counts(PairCounts.of(table), "exact")
    due = agreement_matrix(table, "exact")
    assert np.array_equal(made.reasons, due.reasons)
    assert np.array_equal(made.n_shared, due.n_shared)
    assert np.allclose(made.values, due.values, rtol=0, atol=1e-12, equal_nan=True)  # weights not scaled


def test_many_actors_go_strip_by_strip(monkeypatch, votes):
    """However few cells are finished at a time, the matrix is the same."""
    due = matrix_of_counts(PairCounts.of(votes), interval=0.95)
    monkeypatch.setattr("stances.computing.of_counts.PART_NUMBERS", 900)
    assert_same(matrix_of_counts(PairCounts.of(votes), interval=0.95), due)


def test_what_a_matrix_does_works(votes):
    """It prints, lists its pairs, selects, and is written, without telling what it does not know."""
    made = matrix_of_counts(PairCounts.of(votes), name="an archive")
    due = agreement_matrix(votes)
    text = str(made)
    assert text.startswith("Who agrees with whom · an archive · from counts of pairs, silences not shown ·")
    assert "silent" not in text
    assert "Next:" not in text
    assert made.pairs().to_csv() == due.pairs().to_csv()
    assert made.to_csv() == due.to_csv()
    assert made.select(["a3", "a1"])["a3", "a1"] == due["a3", "a1"]
    assert str(made.select(["a3", "a1"]))
    assert len(made.top(3).columns()["actor1"]) == 6
    assert made.to_dyads(directed=True).to_csv() == due.to_dyads(directed=True).to_csv()
    assert '"dataset": "an archive"' in made.to_json()


def test_camps_and_maps_need_no_questions(votes):
    """Distances are enough; only whether camps hold cannot be tried."""
    pytest.importorskip("scipy")
    made, due = matrix_of_counts(PairCounts.of(votes)), agreement_matrix(votes)
    assert [camp.members for camp in camps(made)] == [camp.members for camp in camps(due)]
    assert "Next:" not in str(camps(made))
    assert map_of(made).columns() == map_of(due).columns()
    with pytest.raises(OnlyCountsError, match="counts, which do not tell what other questions would give"):
        camps(made, stability=20)


def test_coverage_is_not_told(votes):
    """How questions fall between two actors is an error rather than zeros."""
    made = matrix_of_counts(PairCounts.of(votes))
    for matrix in (made, made.select(["a1", "a2"])):
        with pytest.raises(
            OnlyCountsError, match=r"made of counts, which do not tell coverage; read the pos"
        ):
            _ = matrix.coverage["a1", "a2"]


def test_nothing_shared_says_so():
    """Who shares nothing is undefined for that reason, and no question is said to be missing."""
    table = Positions.from_codes([[0, -1], [-1, 2]], scale=VOTE)
    text = str(matrix_of_counts(PairCounts.of(table)))
    assert "a1 (1 position), a2 (1 position) are on record" in text


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"measure": "cohen_kappa"}, NotCountedError, "what cohen_kappa needs was not counted"),
        ({"silence": "half"}, NotCountedError, "n_lone was not counted"),
        ({"silence": "bounds"}, NotCountedError, "n_lone was not counted"),
        ({"interval": 0.95}, NotCountedError, "was not counted"),
        ({"kind": "distance"}, ChoiceError, "agreement, divergence"),
        ({"min_shared": 0}, FieldError, "whole number of at least 1"),
        ({"interval": 1.5}, FieldError, "at most 1"),
    ],
)
def test_what_counts_cannot_give_is_refused(votes, options, error, words):
    """Counts of one measure say which they serve; other arguments are checked as everywhere."""
    few = PairCounts.of(votes, plan=Plan(MEASURES["agreement"], silences=False, squares=False))
    with pytest.raises(error, match=words):
        matrix_of_counts(few, **options)


def test_other_rows_than_columns_are_refused(votes):
    """A matrix compares actors with each other."""
    scale = Scale("s", ["a", "b"])
    groups = [(scale, np.arange(3))]
    codes = np.zeros((2, 3), dtype=np.int8)
    counts = PairCounts.across(groups, codes, codes[:1], np.ones(3))
    with pytest.raises(MixedScalesError, match="every two of the same actors"):
        matrix_of_counts(counts)


def test_what_is_no_counts_is_refused():
    """A number in place of counts is told so, and what makes them."""
    with pytest.raises(FieldError, match="is no PairCounts; make them with count_parts"):
        matrix_of_counts(3)


def test_counts_of_nobody_say_so():
    """A matrix of no actors at all is a sentence."""
    table = Positions.from_codes(np.empty((0, 2), dtype=int), scale=VOTE)
    assert "nobody is on record" in str(matrix_of_counts(PairCounts.of(table)))
