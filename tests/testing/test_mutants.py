"""The laws catch what they are meant for: each is broken by a mutant that is wrong in one way."""

from itertools import count

import numpy as np
import pytest
from attrs import evolve
from hypothesis import settings
from hypothesis import strategies as st

from stances import MEASURES, VOTE
from stances.errors import BrokenLawError
from stances.positions import NO_RECORD
from stances.testing import LAWS, check_comparison, check_measure, search

# Mutants: functions of the pair table


def weight_of(table):
    """The weight of all questions of a pair table."""
    return table.sum(axis=(-1, -2))


def lopsided(table):
    """Counts how often the first is below the second, and forgets the other way round."""
    return 1 - np.triu(table, 1).sum(axis=(-1, -2)) / weight_of(table)


def off_by_one(table):
    """Takes the level after one's own for one's own."""
    return np.trace(table, offset=1, axis1=-2, axis2=-1) / weight_of(table)


def with_a_pseudo_count(table):
    """Adds one question on which the two agree."""
    return (np.trace(table, axis1=-2, axis2=-1) + 1) / (weight_of(table) + 1)


def of_yes_alone(table):
    """Counts agreement at the upper end only."""
    no = table[..., 0, 0]
    return (np.trace(table, axis1=-2, axis2=-1) - no) / (weight_of(table) - no)


def of_the_third_level(table):
    """Asks for a third level, which a scale of two levels does not have."""
    return 1 - 0 * table[..., 2, 2]


def too_few_numbers(table):
    """Returns one number for all pairs."""
    return np.trace(table, axis1=-2, axis2=-1).mean()


def never_sure(table):
    """Finds every pair undefined."""
    return np.full(table.shape[:-2], np.nan)


def always_one(table):
    """Does not look at the answers, so that nothing could have come out otherwise."""
    return np.ones(table.shape[:-2])


# Mutants: functions of positions


def shares(positions, *, answered=None, weights=None, empty=np.nan):
    """The share of questions answered alike, done right: each mutant below changes one thing."""
    codes = positions.codes
    answered = codes >= 0 if answered is None else answered
    weights = positions.weights if weights is None else weights
    result = np.full((len(codes), len(codes)), empty)
    for i, j in np.ndindex(result.shape):
        weight = weights * answered[i] * answered[j]
        if weight.sum() > 0:
            result[i, j] = (weight * (codes[i] == codes[j])).sum() / weight.sum()
    return result


def forgets_the_weights(positions):
    """Counts every question once."""
    return shares(positions, weights=np.ones(positions.n_questions))


def counts_weightless_questions(positions):
    """Counts a question of weight 0 as one of a tiny weight."""
    return shares(positions, weights=np.maximum(positions.weights, 0.01))


def missing_as_a_level(positions):
    """Takes two silences for two equal answers."""
    return shares(positions, answered=np.ones(positions.codes.shape, dtype=bool))


def absence_as_the_middle(positions):
    """Takes whoever is silent to abstain."""
    abstaining = np.where(positions.codes < NO_RECORD, 1, positions.codes)
    return shares(evolve(positions, codes=abstaining))


def divides_by_all_questions(positions):
    """Divides by all questions, those that nobody is on record for included."""
    alike, answered = positions.codes[:, None, :] == positions.codes[None], positions.codes >= 0
    agreed = (alike & answered[None] & answered[:, None]).sum(axis=-1)
    return agreed / max(positions.n_questions, 1)


def a_middle_for_undefined(positions):
    """Puts one half where nothing is shared."""
    return shares(positions, empty=0.5)


def infinite_for_undefined(positions):
    """Puts infinity where nothing is shared."""
    return shares(positions, empty=np.inf)


def the_last_counts_twice(positions):
    """Gives the question that happens to come last twice its weight."""
    weights = positions.weights
    weights[-1:] *= 2
    return shares(positions, weights=weights)


def the_first_actor_is_favoured(positions):
    """Lets the actor that happens to come first agree fully with everybody."""
    result = shares(positions)
    result[0], result[:, 0] = np.where(np.isnan([result[0], result[:, 0]]), np.nan, 1)
    return result


def relative_to_the_others(positions):
    """Divides by the mean of all pairs."""
    result = shares(positions)
    return result / np.nanmean(result) if np.nansum(result) > 0 else result


def empties_its_input(positions):
    """Writes into the positions it was given."""
    result = shares(positions)
    positions.codes.setflags(write=True)
    positions.codes[...] = NO_RECORD
    return result


CALLS = count()


def never_twice_the_same(positions):
    """Adds a little more at each call."""
    return shares(positions) + next(CALLS) / 1000


def adds_up_scales(positions):
    """Adds the shares of the scales in place of pooling them."""
    scales = dict.fromkeys(question.scale for question in positions.questions)
    parts = [
        shares(positions.take([j for j, q in enumerate(positions.questions) if q.scale == scale]))
        for scale in scales
    ]
    undefined = np.all(np.isnan(parts), axis=0) if parts else True
    return np.where(undefined, np.nan, np.nansum(parts, axis=0) if parts else shares(positions))


# Which mutant breaks which law; behind it, what else it breaks
OF_POSITIONS = {
    missing_as_a_level: "silence_skipped",  # undefined, no_record
    absence_as_the_middle: "silence_skipped",  # undefined
    divides_by_all_questions: "no_record",  # self_agreement, undefined, silence_skipped, whole_weights_repeat
    forgets_the_weights: "whole_weights_repeat",
    counts_weightless_questions: "whole_weights_repeat",
    a_middle_for_undefined: "undefined",  # self_agreement, pooling
    infinite_for_undefined: "undefined",  # self_agreement, pooling
    the_last_counts_twice: "order",  # silence_skipped, no_record, whole_weights_repeat
    the_first_actor_is_favoured: "order",
    relative_to_the_others: "other_actors",  # self_agreement, pooling
    adds_up_scales: "pooling",  # self_agreement
    empties_its_input: "repeatable",  # the rest is not asked
    never_twice_the_same: "repeatable",  # the rest is not asked
}
OF_TABLES = {
    lopsided: "symmetry",
    off_by_one: "self_agreement",  # symmetry
    with_a_pseudo_count: "relative_weights",
    always_one: "interval",
    never_sure: "defined",
    of_the_third_level: "answers",  # the rest is not asked
    too_few_numbers: "answers",  # the rest is not asked
}
CLAIMS = {
    "S lies in [0, 1]": (evolve(MEASURES["signorino_ritter_s"], range=(0.0, 1.0)), {}, "range"),  # interval
    "distances are identity": (MEASURES["agreement"], {"level": "nominal"}, "relabelling"),  # spacing
    "distances are order": (MEASURES["agreement"], {"level": "ordinal"}, "spacing"),
    "both ends alike": (of_yes_alone, {"level": "interval", "scales": st.just(VOTE)}, "reversal"),
}


@pytest.fixture(autouse=True)
def _few_examples(monkeypatch):
    """Mutants are wrong enough to be found soon."""
    quiet = search.quiet
    monkeypatch.setattr(search, "quiet", lambda: settings(quiet(), max_examples=60))


def laws_broken(check, subject, **facts):
    """The names of the laws that a subject breaks."""
    with pytest.raises(BrokenLawError) as caught:
        check(subject, **facts)
    return {broken.law for broken in caught.value.broken}


def _name(value):
    return getattr(value, "__name__", value)


@pytest.mark.parametrize(("mutant", "law"), OF_POSITIONS.items(), ids=_name)
def test_a_broken_comparison_is_caught(mutant, law):
    """A function of positions that is wrong in one way breaks the law meant for it."""
    assert law in laws_broken(check_comparison, mutant)


@pytest.mark.parametrize(("mutant", "law"), OF_TABLES.items(), ids=_name)
@pytest.mark.hostile("N27")
def test_a_broken_measure_is_caught(mutant, law):
    """A function of the pair table that is wrong in one way breaks the law meant for it."""
    assert law in laws_broken(check_measure, mutant)


@pytest.mark.parametrize(("measure", "claim", "law"), CLAIMS.values(), ids=CLAIMS)
def test_a_false_claim_is_caught(measure, claim, law):
    """A measure that claims what it does not keep breaks the law about it."""
    assert law in laws_broken(check_measure, measure, **claim)


def test_every_law_catches_something():
    """No law stands there that none of the mutants breaks."""
    meant = {*OF_POSITIONS.values(), *OF_TABLES.values(), *(law for *_, law in CLAIMS.values())}
    assert meant == set(LAWS)


def test_the_unspoiled_comparison_passes():
    """What the mutants are made from obeys every law that is said of comparisons."""
    assert len(check_comparison(shares, level="nominal", range=(0.0, 1.0))) == len(LAWS)
