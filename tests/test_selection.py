"""Which actors and questions a selection keeps, and what its caption says of it."""

from datetime import date as Day

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances import VOTE, PartialDate, Positions, StancesError, agreement_matrix, matrices_by
from stances.models import Question
from stances.positions import ABSENT, NO_RECORD, NOT_ELIGIBLE
from stances.strategies import positions

NO, ABSTAIN, YES = range(3)


def votes():
    """Four states in two sessions; two votes are unanimous, one of them with an absence."""
    columns = {
        "r1": (YES, YES, NO, YES),
        "r2": (YES, YES, YES, YES),
        "r3": (YES, ABSENT, YES, YES),
        "r4": (NO, YES, ABSTAIN, NOT_ELIGIBLE),
        "r5": (ABSENT, ABSENT, ABSENT, NO_RECORD),
    }
    questions = [
        Question(name, "?", VOTE, session="1" if k < 2 else "2", date=f"200{k}")
        for k, name in enumerate(columns)
    ]
    codes = np.array(list(columns.values())).T
    return Positions.from_codes(codes, scale=VOTE, actors=["AAA", "BBB", "CCC", "DDD"], questions=questions)


def test_unanimous_questions_are_dropped_and_counted():
    """Only contested questions stay; those without any level go too, and the caption says how many."""
    kept = votes().select(drop_unanimous=True)
    assert [question.id for question in kept.questions] == ["r1", "r4"]
    assert kept.origin.rules == "3 unanimous questions dropped"
    assert "3 unanimous questions dropped" in str(agreement_matrix(votes(), drop_unanimous=True))


def test_unanimity_is_among_all_actors():
    """Whether a question is contested is told before actors are selected."""
    kept = votes().select(actors=["AAA", "BBB"], drop_unanimous=True)
    assert [question.id for question in kept.questions] == ["r1", "r4"]
    assert kept.codes.tolist() == [[YES, NO], [YES, YES]]


def test_matrices_take_the_same_switch():
    """`agreement_matrix` and `matrices_by` drop what `select` drops."""
    table = votes()
    one = agreement_matrix(table, drop_unanimous=True)
    other = agreement_matrix(table.select(drop_unanimous=True))
    assert np.array_equal(one.values, other.values, equal_nan=True)
    by = matrices_by(table, "session", drop_unanimous=True)
    assert {name: int(m.n_shared[0, 1]) for name, m in by.items()} == {"1": 1, "2": 1}


@given(positions())
def test_contested_means_two_levels(table):
    """A question stays exactly if two different levels were taken on it."""
    kept = {question.id for question in table.select(drop_unanimous=True).questions}
    for j, question in enumerate(table.questions):
        levels = {int(code) for code in table.codes[:, j] if code >= 0}
        assert (question.id in kept) == (len(levels) > 1)


def test_participation_counts_what_one_could_vote_on():
    """An actor who was not eligible is not held to have missed the vote; one who was absent is."""
    assert votes().select(min_participation=0.8).actors == ("AAA", "CCC", "DDD")
    kept = votes().select(min_participation=0.9)
    assert kept.actors == ("DDD",)
    assert kept.origin.rules == "actors with a level on 90 % at least"


@given(positions(), st.floats(0.01, 1))
def test_participation_is_a_share(table, share):
    """Those who stay took a level on the share asked for, and the others did not."""
    kept = table.select(min_participation=share).actors
    for actor, codes in zip(table.actors, table.codes, strict=True):
        eligible = sum(code not in (NOT_ELIGIBLE, NO_RECORD) for code in codes.tolist())
        levels = sum(code >= 0 for code in codes.tolist())
        assert (actor in kept) == (eligible > 0 and levels / eligible >= share)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan"), "half", True])
def test_participation_is_between_none_and_all(share):
    """A share below 0 or above 1 is refused."""
    with pytest.raises(StancesError, match="min_participation"):
        votes().select(min_participation=share)


def test_selections_are_told():
    """A session that was selected stands in the caption."""
    assert " session 2 " in str(agreement_matrix(votes().select(sessions="2")))


@pytest.mark.parametrize("since", ["2002", Day(2002, 1, 1), 2002, PartialDate(2002)])
def test_dates_in_any_form(since):
    """A day, a year, a text or a partial date says from when on, and the caption repeats it."""
    kept = votes().select(since=since)
    assert [question.id for question in kept.questions] == ["r3", "r4", "r5"]
    assert "since 2002" in str(agreement_matrix(kept))


def test_what_is_no_date_is_refused():
    """A number with a fraction, or a truth value, is no date."""
    for wrong in (2002.5, True, []):
        with pytest.raises(StancesError, match="since"):
            votes().select(since=wrong)


def test_nothing_left_is_said():
    """A selection that nothing is left of says so."""
    assert "no question is left to compare" in str(agreement_matrix(votes().select(since="2030")))


@pytest.mark.parametrize("name", ["", "  x", "a\u200bb", "\x1b[31m", "\u202e"])
def test_actors_can_be_seen(name):
    """An actor whose name is empty, or holds what cannot be seen, is refused."""
    with pytest.raises(StancesError, match="actor"):
        Positions.from_codes([[2]], scale=VOTE, actors=[name])


def test_two_spellings_of_one_name_are_one():
    """A composed and a decomposed accent make no two actors."""
    with pytest.raises(StancesError, match=r"twice|already|duplicate"):
        Positions.from_codes([[2], [1]], scale=VOTE, actors=["\u00e9", "e\u0301"])


def test_ids_that_can_be_read_once_are_named_in_the_caption():
    """Ids from a generator select as those of a list do, and the caption names them as well."""
    table = Positions(
        ("FRA",), (Question("q", "q", VOTE, issues=("gaza",)), Question("r", "r", VOTE)), [[2, 0]]
    )
    kept = table.select(issues=(issue for issue in ["gaza"]))
    assert [q.id for q in kept.questions] == ["q"]
    assert kept.origin.subject == table.select(issues=["gaza"]).origin.subject == "gaza"
