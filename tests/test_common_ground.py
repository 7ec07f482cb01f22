"""Common ground: questions on which all who took a level stand on the same side."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stances
from stances import SUPPORT, VOTE, Positions, Question, Scale, common_ground
from stances.errors import FieldError, NeedsDatasetError, UnknownActorError, UnknownQuestionError
from stances.strategies import datasets, positions

FOUR = Scale("four", ("--", "-", "+", "++"))
tables = positions(min_actors=1, max_actors=6, max_questions=6, weights=st.sampled_from([0.0, 1.0, 2.0]))
WORDS = {-1: "no_record", -2: "silent", -3: "absent", -4: "not_eligible", -5: "conflict"}


def slow_ground(table, min_actors=2):
    """Find common ground by plain loops: side and level of each question that has some."""
    found, n_asked = {}, 0
    for j, question in enumerate(table.questions):
        if question.weight == 0 or question.scale.n_levels < 2:
            continue
        levels = [int(code) for code in table.codes[:, j] if code >= 0]
        if len(levels) < min_actors:
            continue
        n_asked += 1
        middle = question.scale.middle
        sides = {
            "" if middle is None else "at" if k == middle else "above" if k > middle else "below"
            for k in levels
        }
        same = len(set(levels)) == 1
        if same or (middle is not None and len(sides) == 1):
            found[question.id] = (sides.pop(), question.scale.levels[levels[0]] if same else "", len(levels))
    return found, n_asked


@given(tables, st.integers(2, 4))
def test_grounds_are_those_of_plain_loops(table, min_actors):
    """Which questions are common ground, on which side and level, and of how many, is as counted by hand."""
    result = common_ground(table, min_actors=min_actors)
    due, n_asked = slow_ground(table, min_actors)
    assert {g.standing.question.id: (g.side, g.level, g.standing.n_spoke) for g in result.grounds} == due
    assert result.n_asked == n_asked


@given(tables)
def test_everybody_is_accounted_for(table):
    """Those who spoke and those who did not, by each reason, are all actors; the most spoken come first."""
    columns = common_ground(table).columns()
    for k, question in enumerate(columns["question"]):
        codes = table.codes[:, [q.id for q in table.questions].index(question)].tolist()
        assert columns["n_spoke"][k] == sum(code >= 0 for code in codes)
        for code, word in WORDS.items():
            assert columns[f"n_{word}"][k] == codes.count(code)
    assert columns["n_spoke"] == sorted(columns["n_spoke"], reverse=True)


@given(tables)
def test_the_order_of_actors_means_nothing(table):
    """Turning the table of actors round finds the same ground."""
    turned = table.rows(table.actors[::-1])
    one, other = common_ground(table), common_ground(turned)
    told = [[(g.standing.question.id, g.side, g.level) for g in result.grounds] for result in (one, other)]
    assert told[0] == told[1]


@given(tables)
def test_who_stays_silent_is_no_obstacle(table):
    """An actor without any level changes no ground, and is counted beside it."""
    silent = Positions(
        (*table.actors, "mute"), table.questions, [*table.codes.tolist(), [-2] * table.n_questions]
    )
    one, other = common_ground(table).columns(), common_ground(silent).columns()
    assert one["question"] == other["question"]
    assert [n + 1 for n in one["n_silent"]] == other["n_silent"]


@given(datasets(min_actors=2, min_questions=1, max_stances=20))
def test_any_dataset_prints(data):
    """Whatever is on record, ground prints, exports, and opens into each question."""
    result = common_ground(data)
    assert str(result)
    assert "<table>" in result._repr_html_()
    assert len({len(column) for column in result.columns().values()}) == 1
    json.loads(result.to_json())
    for standing in result.all_standings:
        opened = result.question(standing.question.id)
        assert str(opened)
        assert sum(len(camp.actors) for camp in opened.camps) == opened.n_spoke
        assert len(opened.columns()["actor"]) == len(data.actors)


def test_the_report(seed):
    """Seven of eight questions are common ground of two actors, and none of them of more."""
    result = common_ground(seed)
    assert (len(result.grounds), result.n_asked) == (7, 8)
    assert {g.standing.n_spoke for g in result.grounds} == {2}
    assert {g.kind for g in result.grounds} == {"same level"}
    text = str(result)
    assert "common ground of these few, and not of all" in text
    assert "Skipped, as the records differ: CHN on open-chinese-market." in text
    assert "report 2" in str(result.question("cooperate-on-trade"))


def test_the_landmark_votes():
    """All twenty states together share no vote; France, Germany and Poland share that on ES-11/1."""
    votes = stances.load("un-landmark-votes")
    assert common_ground(votes).grounds == ()
    assert "On 0 of the 20 questions" in str(common_ground(votes))
    few = common_ground(votes, ["FRA", "DEU", "POL"], 3)
    assert "A/RES/ES-11/1" in [g.standing.question.id for g in few.grounds]
    assert few.n_actors == 3


def test_same_level_and_same_side_are_told_apart():
    """Opposed and strongly opposed share a side, twice opposed a level, and mixed stands at the middle."""
    table = Positions.from_codes([[0, 1, 2, 1], [1, 1, 2, 3], [-2, 1, -3, -1]], scale=SUPPORT)
    told = [(g.standing.question.id, g.kind, g.shared, g.side) for g in common_ground(table).grounds]
    assert told == [
        ("q2", "same level", "opposed", "below"),
        ("q1", "same side", "below the middle", "below"),
        ("q3", "same level", "mixed", "at"),
    ]
    assert "2 times on the same level, 1 time on the same side alone" in str(common_ground(table))


def test_a_scale_without_a_middle_has_no_sides():
    """On four levels only the same level is common ground, as on unordered ones."""
    table = Positions.from_codes([[0, 2], [1, 2]], scale=FOUR)
    (ground,) = common_ground(table).grounds
    assert (ground.standing.question.id, ground.side, ground.level) == ("q2", "", "+")


def test_a_question_stands_in_each_of_its_issues():
    """A question with two issues is listed under both in print, and once in the columns."""
    questions = [Question("r1", "?", VOTE, issues=("gaza", "trade")), Question("r2", "?", VOTE)]
    table = Positions.from_codes([[2, 2], [2, 2]], scale=VOTE, questions=questions)
    result = common_ground(table)
    assert [grid.title for grid in result.grids()[1:]] == ["gaza · 1", "trade · 1", "no issue · 1"]
    assert result.columns()["question"] == ["r1", "r2"]


def test_a_long_list_is_cut_in_print_alone():
    """More than a dozen questions of an issue are counted below, and stand in the columns in full."""
    table = Positions.from_codes([[2] * 15] * 6, scale=VOTE)
    result = common_ground(table)
    assert "3 more on no issue" in str(result)
    assert len(result.columns()["question"]) == 15
    assert "(...)" not in str(result)
    assert "a1, a2, a3, a4 and 2 more" in str(result)


def test_what_is_refused(seed):
    """Ground of one, unknown actors, rules with positions and unknown questions are mistakes of the caller."""
    for wrong in (1, True, 2.0):
        with pytest.raises(FieldError, match="at least 2"):
            common_ground(seed, min_actors=wrong)
    with pytest.raises(UnknownActorError):
        common_ground(seed, ["FRAN"])
    with pytest.raises(NeedsDatasetError):
        common_ground(seed.positions(), basis="word")
    with pytest.raises(UnknownQuestionError):
        common_ground(seed).question("nothing")


def test_the_union_stands_together_most_of_the_time(shared_file):
    """On votes of 2019 to 2024 with twenty members voting, the members of the EU vote alike on 309 of 461."""
    votes = stances.read_un_votes(shared_file("data/unga/ga_voting_2019-2024.csv.gz"))
    result = common_ground(votes, "@EU", 20)
    assert (len(result.grounds), result.n_asked) == (309, 461)
    assert common_ground(votes).grounds == ()
    five = common_ground(votes, ["CHN", "FRA", "GBR", "RUS", "USA"], 5)
    due, n_asked = slow_ground(votes.rows(["CHN", "FRA", "GBR", "RUS", "USA"]), 5)
    assert ({g.standing.question.id for g in five.grounds}, five.n_asked) == (set(due), n_asked)


def test_the_share_has_an_interval_on_request():
    """The share of common ground is a mean over the questions asked, and prints its interval."""
    table = Positions.from_codes([[2, 2, 0, -1], [2, 0, 0, 1]], scale=VOTE)
    plain, sure = common_ground(table), common_ground(table, interval=0.95)
    assert (plain.share.value, plain.share.n) == (2 / 3, 3)
    assert math.isnan(plain.share.lower)
    assert "interval" not in str(plain)
    assert 0 <= sure.share.lower < 2 / 3 < sure.share.upper <= 1
    assert f"A share of 0.67 [{sure.share.lower:.2f}, {sure.share.upper:.2f}] (95 % interval)." in str(sure)
    with pytest.raises(FieldError):
        common_ground(table, interval=2)
    nothing = common_ground(table, min_actors=3, interval=0.95)
    assert (nothing.share.n, math.isnan(nothing.share.value)) == (0, True)
    assert "A share" not in str(nothing)
