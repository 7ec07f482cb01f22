"""Salience: how much a question matters to each of two actors, as the weight of their comparison."""

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from stances import MEASURES, VOTE, Dataset, Positions, Stance, StancesError, agreement_matrix, compare
from stances.errors import CodesError
from stances.models import Actor, Question
from stances.strategies import positions

saliences = st.none() | st.sampled_from([0.5, 1.0, 2.0, 10.0])


@st.composite
def salient(draw):
    """Positions with a salience, or none, in every cell."""
    table = draw(
        positions(min_actors=2, max_actors=4, scales=st.just(VOTE), weights=st.sampled_from([1.0, 2.0]))
    )
    drawn = [[draw(saliences) for _ in range(table.n_questions)] for _ in range(table.n_actors)]
    array = np.array(drawn, dtype=np.float64).reshape(table.codes.shape)
    return evolve(table, saliences=array)


def repeated(table, i, j):
    """The two actors on questions whose weight is their mean salience, without those not known."""
    mean = table.saliences[[i, j]].mean(axis=0)
    known = np.flatnonzero(~np.isnan(mean))
    return Positions.from_codes(
        table.codes[np.ix_([i, j], known)], scale=VOTE, weights=table.weights[known] * mean[known]
    )


@pytest.mark.parametrize(
    "measure", ["agreement", "cohen_kappa", "krippendorff_alpha_ordinal", "kendall_tau_b"]
)
@given(salient())
def test_a_pair_weighs_by_the_mean_of_two(measure, table):
    """A matrix by mean salience is, pair by pair, that of questions with this mean as their weight."""
    matrix = agreement_matrix(table, measure, salience="mean", interval=0.95)
    for i in range(table.n_actors):
        for j in range(i):
            pair = agreement_matrix(repeated(table, i, j), measure, interval=0.95)
            for name in ("values", "lower", "upper"):
                one, other = getattr(matrix, name)[i, j], getattr(pair, name)[0, 1]
                assert one == pytest.approx(other, abs=1e-7, nan_ok=True)
            assert matrix.n_shared[i, j] == pair.n_shared[0, 1]


@given(salient())
def test_salience_is_off_by_default(table):
    """Without being asked for, saliences change nothing."""
    plain = evolve(table, saliences=None)
    for measure in MEASURES:
        one, other = agreement_matrix(table, measure), agreement_matrix(plain, measure)
        assert np.array_equal(one.values, other.values, equal_nan=True)


@given(salient())
def test_contributions_add_up_by_salience(table):
    """What `compare` shows adds up to the value under the same weights."""
    comparison = compare(table, *table.actors[:2], salience="mean")
    if not comparison.why:
        parts = [item.contribution for item in comparison.shared if not np.isnan(item.contribution)]
        assert sum(parts) == pytest.approx(comparison.value, abs=1e-12)


def test_records_give_saliences():
    """The salience of a stance is that of its cell, and follows it through selections."""
    data = Dataset(
        "parties",
        questions=[Question("q1", "?", VOTE), Question("q2", "?", VOTE)],
        actors=[Actor("A", kind="party"), Actor("B", kind="party")],
        stances=[
            Stance("A", "q1", "yes", salience=8),
            Stance("A", "q2", "no", salience=2),
            Stance("B", "q1", "yes", salience=4),
            Stance("B", "q2", "yes", salience=0),
        ],
    )
    table = data.positions()
    assert table.saliences.tolist() == [[8, 2], [4, 0]]
    assert table.select(questions="q2", actors=["B", "A"]).saliences.tolist() == [[0], [2]]
    assert agreement_matrix(data, salience="mean")["A", "B"] == pytest.approx(6 / 7)
    assert "weighted by mean salience" in str(agreement_matrix(data, salience="mean"))


def test_no_saliences_no_weights():
    """Asking for what is not there is an error, and so is an unknown way."""
    table = Positions.from_codes([[2], [1]], scale=VOTE)
    with pytest.raises(StancesError, match="these positions have none"):
        agreement_matrix(table, salience="mean")
    with pytest.raises(StancesError, match="not one of mean"):
        agreement_matrix(table, salience="product")


@pytest.mark.parametrize("wrong", [[[1.0, 2.0]], [[-1.0], [1.0]], [[float("inf")], [1.0]]])
def test_saliences_fit_the_codes(wrong):
    """Saliences of another shape, below zero or endless are refused."""
    with pytest.raises(CodesError, match="saliences"):
        evolve(Positions.from_codes([[2], [1]], scale=VOTE), saliences=wrong)


def test_endless_saliences_do_not_overflow():
    """Saliences count relative to the largest, however large that is."""
    table = Positions.from_codes([[2, 0, 1], [2, 2, 1]], scale=VOTE)
    plain, huge = (
        agreement_matrix(evolve(table, saliences=np.full((2, 3), s)), salience="mean", interval=0.95)
        for s in (1.0, 1.7e308)
    )
    assert plain["a1", "a2"] == huge["a1", "a2"]
    assert plain.lower[0, 1] == huge.lower[0, 1]


def test_what_matters_to_nobody_is_not_shared():
    """Where every salience is zero there is nothing to compare, and the reason says so."""
    table = evolve(Positions.from_codes([[2, 0], [2, 2]], scale=VOTE), saliences=np.zeros((2, 2)))
    assert agreement_matrix(table, salience="mean").why["a1", "a2"] == "no_shared_questions"


@given(salient(), st.sampled_from(["krippendorff_alpha_ordinal", "scott_pi", "agreement"]))
def test_differences_make_the_observed_disagreement(table, measure):
    """The weighted mean of the differences that `compare` shows is the cell's observed disagreement."""
    first, second = table.actors[:2]
    comparison = compare(table, first, second, measure, salience="mean")
    weights = table.weights * table.saliences[:2].mean(axis=0)
    terms = {item.question.id: item.difference for item in comparison.shared if not np.isnan(item.difference)}
    by_id = {q.id: w for q, w in zip(table.questions, weights, strict=True)}
    total = sum(by_id[name] for name in terms)
    if total > 0 and not np.isnan(comparison.observed):
        mean = sum(by_id[name] * difference for name, difference in terms.items()) / total
        assert mean == pytest.approx(comparison.observed, abs=1e-9)
