"""compare: the questions behind one cell add up to it, and nothing behind it is hidden."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances import MEASURES, SUPPORT, VOTE, Positions, agreement_matrix, compare
from stances.errors import FieldError, UnknownActorError
from stances.strategies import datasets, positions

pairs = positions(min_actors=2, max_actors=2, weights=st.sampled_from([0.0, 1.0, 0.5, 3.0]))
UNCORRECTED = [name for name, measure in MEASURES.items() if measure.is_linear]
CORRECTED = [name for name, measure in MEASURES.items() if not measure.is_linear]


@pytest.mark.parametrize("measure", UNCORRECTED)
@pytest.mark.parametrize("policy", ["skip", "half", "neutral", "bounds"])
@given(pairs)
def test_contributions_sum_to_the_cell(measure, policy, table):
    """The parts of all questions, half-counted silences included, sum to the value of the cell."""
    result = compare(table, "a1", "a2", measure, policy)
    value = agreement_matrix(table, measure, policy).values[0, 1]
    assert result.value == pytest.approx(value, abs=1e-15, nan_ok=True)
    parts = [item.contribution for item in (*result.shared, *result.unanswered)]
    counted = [part for part in parts if not math.isnan(part)]
    assert sum(counted) == pytest.approx(0 if math.isnan(value) else value, abs=1e-12)


@pytest.mark.parametrize("measure", CORRECTED)
@given(pairs)
def test_influence_is_what_leaving_out_changes(measure, table):
    """For a measure that is no mean over questions, a contribution is the value minus the value without the question."""
    result = compare(table, "a1", "a2", measure)
    assert result.contributions_are == "leave-one-out influence"
    for item in result.shared:
        rest = table.take([q.id != item.question.id for q in table.questions])
        expected = result.value - agreement_matrix(rest, measure).values[0, 1]
        if item.question.weight:
            assert item.contribution == pytest.approx(expected, abs=1e-12, nan_ok=True)


@given(pairs)
def test_every_question_is_accounted_for(table):
    """Shared, unanswered, conflicting and one-sided questions leave only those neither is on record for."""
    result = compare(table, "a1", "a2")
    told = [
        item.question.id for group in (result.shared, result.unanswered, result.conflicts) for item in group
    ]
    assert len(told) == len(set(told))
    one_sided = result.only_first + result.only_second
    rest = [q.id for q, codes in zip(table.questions, table.codes.T, strict=True) if set(codes) <= {-1, -4}]
    assert len(told) + one_sided + len(rest) == table.n_questions
    weighed = [q for q in table.questions if q.weight]
    assert result.n_shared == sum(item.question in weighed for item in result.shared)


@given(datasets(min_actors=2, min_questions=1))
def test_any_dataset_can_be_explained(data):
    """Whatever is on record, comparing two actors prints, exports and agrees with the matrix."""
    first, second = (actor.id for actor in data.actors[:2])
    result = compare(data, first, second)
    assert str(result)
    assert "<table>" in result._repr_html_()
    lengths = {len(column) for column in result.columns().values()}
    assert len(lengths) == 1
    assert result.value == pytest.approx(agreement_matrix(data)[first, second], nan_ok=True)


@given(pairs)
def test_turning_the_pair_turns_the_sides(table):
    """Comparing B with A tells the same with sides exchanged."""
    one, other = compare(table, "a1", "a2"), compare(table, "a2", "a1")
    assert one.value == pytest.approx(other.value, nan_ok=True)
    assert [i.first.position for i in one.shared] == [i.second.position for i in other.shared]
    assert (one.only_first, one.only_second) == (other.only_second, other.only_first)


def test_the_seed_is_explained(seed):
    """China and France: four joint or reported agreements, three unanswered calls, one conflict."""
    result = compare(seed, "CHN", "FRA")
    assert result.n_shared == 4
    assert {side.rests_on for item in result.shared for side in item.sides} == {
        "joint word",
        "reported word",
        "joint deed",
    }
    calls = {item.question.id: item for item in result.unanswered}
    assert set(calls) == {"join-french-call", "ceasefire-soon", "infrastructure-moratorium"}
    assert all(item.first.position == "silent" and item.first.asked_by == "FRA" for item in calls.values())
    (conflict,) = result.conflicts
    assert {(r.basis, r.evidence[0].locator) for r in conflict.first.records} == {
        ("word", "21"),
        ("deed", "18"),
    }
    text = str(result)
    assert "report 7" in text
    assert "did not respond to France's call" in text
    assert "publisher not given" in text


def test_a_preference_settles_the_conflict(seed):
    """Preferring deeds, China's own market question has a level and no conflict."""
    assert not compare(seed, "CHN", "FRA", prefer="deed").conflicts


def test_the_same_actor_twice_is_refused(seed):
    """Comparing an actor with itself is a mistake of the caller."""
    with pytest.raises(FieldError, match="first actor again"):
        compare(seed, "CHN", "CHN")


def test_unknown_actors_are_refused(seed):
    """An unknown actor is named with the nearest known one."""
    with pytest.raises(UnknownActorError, match="did you mean 'FRA'"):
        compare(seed, "CHN", "FRAN")


def test_codes_have_no_evidence():
    """Positions read as codes are explained question by question, without records."""
    table = Positions.from_codes([[2, 0], [2, 1]], scale=VOTE)
    result = compare(table, "a1", "a2")
    assert [item.difference for item in result.shared] == [0, 0.5]
    assert all(side.records == () for item in result.shared for side in item.sides)


@given(positions(min_actors=2, max_actors=2, scales=st.just(SUPPORT)))
def test_differences_are_distances(table):
    """The difference of a shared question is its distance on the scale."""
    for item in compare(table, "a1", "a2").shared:
        levels = [SUPPORT.levels.index(side.position) for side in item.sides]
        assert item.difference == pytest.approx(abs(levels[0] - levels[1]) / 4)


def test_influence_can_be_undefined():
    """Where leaving a question out leaves nothing to vary, its influence is undefined."""
    table = Positions.from_codes([[2, 2, 0], [2, 2, 0]], scale=VOTE)
    influences = [item.contribution for item in compare(table, "a1", "a2", "cohen_kappa").shared]
    assert np.isnan(influences[2])
    assert influences[:2] == [0.0, 0.0]


def test_an_interval_is_told_beside_the_value(seed):
    """`compare` gives the interval of the cell that the matrix gives, and its caption says so."""
    comparison = compare(seed, "CHN", "FRA", interval=0.95)
    cell = agreement_matrix(seed, interval=0.95).cell("CHN", "FRA")
    assert (comparison.lower, comparison.upper) == (cell.lower, cell.upper)
    assert "agreement 1.00 [0.42, 1.00]" in str(comparison)
    assert "95 % intervals" in str(comparison)
    drawn = compare(seed, "CHN", "FRA", interval=0.9, method="bootstrap", n_resamples=20, rng=1)
    assert "questions drawn anew 20 times" in str(drawn)


def test_a_low_kappa_explains_itself():
    """Beside a kappa near zero stand the disagreement seen and the one that chance expects."""
    votes = Positions.from_codes([[2] * 18 + [0, 2], [2] * 18 + [2, 0]], scale=VOTE, actors=["FRA", "DEU"])
    comparison = compare(votes, "FRA", "DEU", "cohen_kappa")
    assert comparison.value == pytest.approx(-0.0526, abs=1e-4)
    assert "Observed disagreement 0.10, expected by chance 0.10" in str(comparison)
    assert "agreement seen 0.90, by chance alone 0.91" in str(agreement_matrix(votes, "cohen_kappa"))


def test_an_ordinal_difference_is_that_of_the_pair():
    """Where the kernel depends on the margins, the differences are those of the pair's own."""
    votes = Positions.from_codes([[0, 1, 2, 2], [0, 2, 2, 0]], scale=VOTE)
    comparison = compare(votes, "a1", "a2", "krippendorff_alpha_ordinal")
    # margins 3, 1, 4: middles 1.5, 3.5, 6; squared distances over the largest, 4.5 squared
    assert [item.difference for item in comparison.shared] == pytest.approx([0, (2.5 / 4.5) ** 2, 0, 1])
