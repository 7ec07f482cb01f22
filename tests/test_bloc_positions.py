"""Blocs as actors: their own records, what their members make, ties, and membership on the day."""

from collections import Counter
from statistics import median_high, median_low

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stances
from stances import VOTE, Actor, Membership, Positions, Question, Scale, Stance, bloc_line, with_bloc
from stances.bloc_positions import blocs_for
from stances.codes import ABSENT, CONFLICT, NO_RECORD, NOT_ELIGIBLE, SILENT
from stances.errors import UnknownActorError, UnknownBlocError
from stances.registry import Blocs
from stances.strategies import positions as any_positions

COLOURS = Scale("colours", ("red", "green", "blue"), ordered=False)


def made(rows, actors=("AUT", "DEU", "HUN", "FRA"), **more):
    """Votes of a few members of the EU."""
    return Positions.from_codes(rows, **({"scale": VOTE, "actors": actors[: len(rows)]} | more))


def code(rows, **more):
    """What the bloc makes of votes on one question."""
    return int(with_bloc(made([[row] for row in rows], **more), "EU").codes[-1, 0])


@pytest.mark.parametrize(
    ("rows", "due"),
    [
        ([2, 2, 0], 2),
        ([2, 1, 0], 1),
        ([0, 0, 2, 2], CONFLICT),
        ([0, 1, 1, 2], 1),
        ([2, ABSENT, SILENT, 0], CONFLICT),
        ([2, ABSENT, SILENT, NO_RECORD], 2),
        ([ABSENT, SILENT, NO_RECORD, CONFLICT], NO_RECORD),
    ],
)
def test_the_median_of_those_with_a_level(rows, due):
    """On an ordered scale the bloc stands at the median; two middle levels that differ are a tie; silence does not count."""
    assert code(rows) == due


@pytest.mark.parametrize(("rows", "due"), [([0, 0, 2], 0), ([0, 1, 2], CONFLICT), ([2, 2, 0, 0], CONFLICT)])
def test_the_most_frequent_level_where_there_is_no_order(rows, due):
    """On an unordered scale the bloc stands where most members do, and two modes are a tie."""
    assert code(rows, scale=COLOURS) == due


@pytest.mark.parametrize("own", [2, SILENT, ABSENT, NOT_ELIGIBLE, CONFLICT])
def test_what_the_bloc_itself_recorded_stands(own):
    """A level, a silence or a conflict of the bloc's own is not replaced by its members'."""
    table = made([[0], [0], [own]], actors=("AUT", "DEU", "EU"))
    assert with_bloc(table, "EU").codes.tolist() == [[0], [0], [own]]
    assert with_bloc(table, "EU", leave_out="AUT").codes.tolist() == [[0], [0], [own]]


def test_a_row_without_a_record_is_completed_in_its_place():
    """The bloc's row stays where it was, and only what it has no record of is made by its members."""
    table = made([[0, 0], [2, NO_RECORD], [0, 2]], actors=("AUT", "EU", "DEU"))
    made_up = with_bloc(table, "EU")
    assert made_up.actors == ("AUT", "EU", "DEU")
    assert made_up.codes.tolist() == [[0, 0], [2, CONFLICT], [0, 2]]


def test_membership_on_the_day():
    """Who had left the bloc on the day of a question does not count on it."""
    questions = [Question(f"r{day}", "?", VOTE, date=day) for day in ("2020-01-31", "2020-02-01")]
    table = made([[0, 0], [2, 2], [0, 0]], actors=("GBR", "DEU", "CHN"), questions=questions)
    assert with_bloc(table, "EU").codes[-1].tolist() == [CONFLICT, 2]
    assert [row.n_members for row in bloc_line(table, "EU").questions] == [28, 27]


def test_without_a_member_on_the_day_the_bloc_is_not_eligible():
    """Before its first member joined, a bloc could not take a position."""
    table = made([[2]], actors=("DEU",), questions=[Question("r", "?", VOTE, date="1950")])
    assert int(with_bloc(table, "EU").codes[-1, 0]) == NOT_ELIGIBLE
    assert bloc_line(table, "EU").questions[0].why == "no_member"


def test_a_bloc_of_one():
    """A bloc of one stands where its member does, and nowhere without it."""
    own = Blocs((Actor("SOLO", kind="bloc"),), (Membership("FRA", "SOLO"),))
    table = made([[1]], actors=("FRA",))
    assert with_bloc(table, "SOLO", blocs=own).codes[-1].tolist() == [1]
    assert with_bloc(table, "SOLO", blocs=own, leave_out="FRA").codes[-1].tolist() == [NOT_ELIGIBLE]


def test_names_and_strangers():
    """A bloc may be called by its name; who is neither bloc nor actor is an error, as is a stranger left out."""
    table = made([[2], [2]])
    assert with_bloc(table, "European Union").actors[-1] == "EU"
    with pytest.raises(UnknownBlocError, match="did you mean 'EU'"):
        with_bloc(table, "EUU")
    with pytest.raises(UnknownActorError):
        with_bloc(table, "EU", leave_out="XYZ")


def test_an_actor_without_members_stands_as_it_is():
    """An actor of the table that no bloc is called after keeps its own records, and gets no others."""
    table = made([[2, NO_RECORD]], actors=("camp",), questions=["a", "b"])
    assert with_bloc(table, "camp").codes.tolist() == [[2, NOT_ELIGIBLE]]


def test_a_dataset_decides_on_its_own_actors():
    """A dataset's memberships stand for the actors it has; the shipped bloc says how many others there are."""
    data = stances.Dataset(
        "own",
        questions=[Question("q", "?", VOTE)],
        actors=[Actor("FRA"), Actor("DEU"), Actor("EU", kind="bloc")],
        memberships=[Membership("FRA", "EU")],
        stances=[Stance("FRA", "q", "yes"), Stance("DEU", "q", "no")],
    )
    blocs = blocs_for(data)
    assert "FRA" in blocs.members("EU")
    assert "DEU" not in blocs.members("EU")
    assert len(blocs.members("EU")) == 26
    row = bloc_line(data, "EU").questions[0]
    assert (row.position, row.n_at, row.n_level, row.n_members, row.share) == ("yes", 1, 1, 26, 1.0)
    assert blocs_for(data.positions()) == stances.registry.blocs()


def test_the_line_says_whose_position_it_is():
    """The line tells own records from those the members make, and counts who stands with the bloc."""
    table = made([[0, 2], [0, 0], [2, NO_RECORD]], actors=("AUT", "DEU", "EU"))
    first, second = bloc_line(table, "EU").questions
    assert (first.is_own, first.position, first.n_at, first.n_level, first.share) == (True, "yes", 0, 2, 0.0)
    assert (second.is_own, second.why, second.n_at, second.n_level) == (False, "tie", 0, 2)
    assert np.isnan(second.share)
    assert "evenly split: q2" in str(bloc_line(table, "EU"))


def test_salience_of_a_derived_row_is_not_known():
    """A bloc that is added has no salience, and its other actors keep theirs."""
    table = Positions(("AUT",), [Question("q", "?", VOTE)], [[2]], saliences=[[0.5]])
    assert with_bloc(table, "EU").saliences.tolist()[0] == [0.5]
    assert np.isnan(with_bloc(table, "EU").saliences[1, 0])


def test_it_is_compared_like_any_actor(seed):
    """A matrix and a comparison take the bloc as one more actor; a tie is skipped and listed."""
    table = made([[2, 2], [2, 0], [0, 0]], actors=("AUT", "DEU", "CHN"))
    both = with_bloc(table, "EU")
    matrix = stances.agreement_matrix(both)
    assert (matrix["EU", "CHN"], int(matrix.n_shared[3, 2])) == (0.0, 1)
    assert both.conflicts == (("EU", "q2"),)
    whole = with_bloc(seed.positions(), "EU", blocs=blocs_for(seed))
    assert stances.compare(whole, "CHN", "EU").n_shared == 5


def oracle(levels, ordered):
    """Median or mode of a list of levels, None for a tie or nothing."""
    if not levels:
        return None
    if ordered:
        low, high = median_low(levels), median_high(levels)
        return low if low == high else None
    (first, n), *rest = Counter(levels).most_common()
    return first if not rest or rest[0][1] < n else None


@given(any_positions(max_actors=6), st.data())
def test_any_bloc_stands_where_a_plain_loop_says(table, data):
    """On any positions, with any members, the line is the median or mode of those with a level."""
    inside = data.draw(st.lists(st.sampled_from(table.actors), unique=True) if table.actors else st.just([]))
    blocs = Blocs((Actor("THE-BLOC", kind="bloc"),), tuple(Membership(a, "THE-BLOC") for a in inside))
    line = with_bloc(table, "THE-BLOC", blocs=blocs).codes[-1]
    for j, question in enumerate(table.questions):
        levels = [int(table.codes[table.index(a), j]) for a in inside if table.codes[table.index(a), j] >= 0]
        due = oracle(levels, question.scale.ordered)
        if due is None:
            due = NOT_ELIGIBLE if not inside else CONFLICT if levels else NO_RECORD
        assert line[j] == due


@given(any_positions(min_actors=1, max_actors=5))
def test_leaving_a_member_out_is_a_bloc_without_it(table):
    """A bloc without a member stands where the bloc of the others does."""
    everyone, first = table.actors, table.actors[0]
    whole = Blocs((Actor("THE-BLOC", kind="bloc"),), tuple(Membership(a, "THE-BLOC") for a in everyone))
    others = Blocs((Actor("THE-BLOC", kind="bloc"),), tuple(Membership(a, "THE-BLOC") for a in everyone[1:]))
    left = with_bloc(table, "THE-BLOC", blocs=whole, leave_out=first)
    assert left.codes.tolist() == with_bloc(table, "THE-BLOC", blocs=others).codes.tolist()
