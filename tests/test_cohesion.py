"""How blocs hold together: every index by a slow oracle, its support, and what undefined means."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stances
from stances import SUPPORT, VOTE, Actor, Membership, Positions, Question, Scale, bloc_agreement, cohesion
from stances.blocs.within_report import INDICES
from stances.codes import ABSENT, NO_RECORD
from stances.errors import ChoiceError, FieldError, UnknownBlocError
from stances.registry import Blocs
from stances.strategies import positions as any_positions

COLOURS = Scale("colours", ("red", "green", "blue"), ordered=False)


def made(rows, actors=("AUT", "DEU", "HUN", "FRA", "CHN"), **more):
    """Votes of a few states."""
    return Positions.from_codes(rows, **({"scale": VOTE, "actors": actors[: len(rows)]} | more))


def bloc_of(actors, name="THE-BLOC"):
    """A bloc of these."""
    return Blocs((Actor(name, kind="bloc"),), tuple(Membership(a, name) for a in actors))


def oracle(levels, scale):
    """The five indices on one question from a list of levels, by plain loops."""
    nan, n = math.nan, len(levels)
    if n < 2:
        return dict.fromkeys(INDICES, nan)
    counts = [levels.count(k) for k in range(scale.n_levels)]
    most, rest = max(counts), n - max(counts)
    found = {"attina": (most - rest) / n, "hix_noury_roland": nan, "rice": nan, "van_der_eijk": nan}
    if scale.n_levels > 1:
        found["hix_noury_roland"] = (most - rest / (scale.n_levels - 1)) / n
    if {"no", "yes"} <= set(scale.levels):
        no, yes = counts[scale.levels.index("no")], counts[scale.levels.index("yes")]
        found["rice"] = abs(yes - no) / (yes + no) if yes + no > 1 else nan
    if scale.ordered and scale.n_levels > 2:
        found["van_der_eijk"] = stances.dispersion.van_der_eijk_a(counts)
    values = scale.unit_values
    pairs = [
        1 - abs(values[a] - values[b]) if scale.ordered else float(a == b)
        for a, b in itertools.combinations(levels, 2)
    ]
    return found | {"pairwise": sum(pairs) / len(pairs)}


@given(any_positions(max_actors=6), st.data())
def test_every_index_is_what_plain_loops_give(table, data):
    """On any positions each index of each question, and each mean, is what a slow loop gives; parts add up."""
    inside = data.draw(st.lists(st.sampled_from(table.actors), unique=True) if table.actors else st.just([]))
    found = cohesion(table, "THE-BLOC", blocs=bloc_of(inside)).rows[0]
    rows = [table.codes[table.index(actor)] for actor in inside]
    due = [
        oracle([int(row[j]) for row in rows if row[j] >= 0], question.scale)
        for j, question in enumerate(table.questions)
    ]
    for index in INDICES:
        got = [question.values[index] for question in found.questions]
        np.testing.assert_allclose(got, [values[index] for values in due], atol=1e-9)
        assert [bool(question.why[index]) for question in found.questions] == [math.isnan(v) for v in got]
        counted = [(v, w) for v, w in zip(got, table.weights, strict=True) if v == v and w > 0]
        assert found.means[index].n == len(counted)
        parts = [
            q.contributions[index]
            for q in found.questions
            if q.contributions[index] == q.contributions[index]
        ]
        if counted:
            largest = max(w for _, w in counted)
            total = sum(w / largest for _, w in counted)
            mean = sum(v * (w / largest) for v, w in counted) / total
            assert found[index] == pytest.approx(mean, abs=1e-9)
            assert sum(parts) == pytest.approx(found[index], abs=1e-12)
        else:
            assert math.isnan(found[index])
            assert parts == []


def test_a_divided_vote_by_hand():
    """Two yes and one no: Rice 1/3, Attina 1/3, Hix-Noury-Roland 1/2, van der Eijk -1/3, a third of the pairs agree."""
    row = cohesion(made([[2], [2], [0]]), "EU").rows[0]
    assert [round(row[index], 4) for index in INDICES] == [0.3333, 0.3333, 0.5, -0.3333, 0.3333]
    assert row.questions[0].apart == ("HUN",)
    assert row.questions[0].counts == {"no": 1, "abstain": 0, "yes": 2}


@pytest.mark.parametrize(
    ("rows", "why"),
    [([[2], [ABSENT]], "one_member"), ([[ABSENT], [NO_RECORD]], "nobody_on_record")],
)
def test_one_voice_or_none_has_no_cohesion(rows, why):
    """Fewer than two members with a level leave every index undefined, with the reason."""
    row = cohesion(made(rows), "EU").rows[0]
    assert row.why == why
    assert all(math.isnan(row[index]) for index in INDICES)
    assert set(row.questions[0].why.values()) == {why}
    assert (row.n_questions, row.n_asked) == (0, 1)


def test_a_bloc_without_members_on_the_day():
    """A bloc that had no member yet has no cohesion, and says so."""
    table = made([[2], [2]], questions=[Question("r", "?", VOTE, date="1950")])
    found = cohesion(table, "EU")
    assert found.rows[0].why == "no_member"
    assert "had no member on the day" in str(found)


def test_no_question_at_all():
    """Without questions there is one row on none of them, and no warning."""
    row = cohesion(Positions(("AUT", "DEU"), (), np.empty((2, 0), dtype=np.int8)), "EU").rows[0]
    assert (row.n_questions, row.n_asked, row.questions) == (0, 0, ())
    assert math.isnan(row["rice"])


def test_what_a_scale_does_not_allow():
    """Rice needs a no and a yes, van der Eijk's A an order of three levels; the reasons tell."""
    questions = [
        Question("vote", "?", VOTE),
        Question("support", "?", SUPPORT),
        Question("colour", "?", COLOURS),
        Question("two", "?", Scale("two", ("off", "on"))),
        Question("abstained", "?", VOTE),
    ]
    rows = [[2, 4, 0, 1, 1], [2, 4, 0, 1, 1]]
    table = made(rows, questions=questions, scale=[question.scale for question in questions])
    row = cohesion(table, "EU").rows[0]
    assert [q.why["rice"] for q in row.questions] == [
        "", "not_a_vote", "not_a_vote", "not_a_vote", "few_yes_or_no",
    ]  # fmt: skip
    assert [q.why["van_der_eijk"] for q in row.questions] == ["", "", "unordered", "two_levels", ""]
    assert (row.means["rice"].n, row.means["van_der_eijk"].n, row.means["pairwise"].n) == (1, 3, 5)


def test_slices_and_weights():
    """Each issue has its row, a question with two issues stands in both, and weights count."""
    questions = [
        Question("a", "?", VOTE, issues=["gaza"], weight=3),
        Question("b", "?", VOTE, issues=["gaza", "trade"]),
        Question("c", "?", VOTE, issues=["trade"], weight=0),
    ]
    table = made([[2, 2, 2], [0, 2, 0]], questions=questions)
    found = cohesion(table, "EU", by="issue")
    assert [(row.name, row["pairwise"], row.n_questions, row.n_asked) for row in found.rows] == [
        ("gaza", 0.25, 2, 2),
        ("trade", 1.0, 1, 2),
    ]
    assert [row.name for row in cohesion(table, "EU", by="question").rows] == ["a", "b", "c"]
    with pytest.raises(ChoiceError, match="question"):
        cohesion(table, "EU", by="week")


def test_intervals_contain_the_mean_and_ask_for_sense():
    """Intervals contain the mean, one question gives the whole range, and a level of 2 is refused."""
    row = cohesion(made([[2, 2, 0], [2, 0, 0]]), "EU", interval=0.95).rows[0]
    for index in INDICES:
        mean = row.means[index]
        assert mean.lower <= mean.value <= mean.upper
    one = cohesion(made([[2], [2]]), "EU", interval=0.95).rows[0]
    assert (one.means["attina"].lower, one.means["attina"].upper) == (pytest.approx(-1 / 3), 1.0)
    with pytest.raises(FieldError, match="interval"):
        cohesion(made([[2], [2]]), "EU", interval=2)


def test_what_is_printed_is_honest():
    """Few questions stand in brackets, few members bring the warning of Desposato, missing members are counted."""
    text = str(cohesion(made([[2], [2], [0]]), "EU"))
    assert "(0.33) of 1" in text
    assert "Desposato" in text
    assert "3 of 27 members have a level" in text
    assert text.splitlines()[-1] == "Next: stances cohesion EU DATA --by question"
    with pytest.raises(UnknownBlocError):
        cohesion(made([[2]]), "EUX")


def test_the_report_has_one_member_of_the_eu(seed):
    """The report has one member of the EU on record, and so no cohesion."""
    found = cohesion(seed, "EU", by="issue")
    assert [row.why for row in found.rows] == ["one_member", "nobody_on_record", "one_member", "one_member"]
    assert "no two members of EU have a level on the same question" in str(found)
    assert found.document()["rows"]["why"][0] == "one_member"


def test_landmark_votes():
    """On the landmark votes seven members of the EU vote alike but on Gaza."""
    found = cohesion(stances.load("un-landmark-votes"), "EU", by="issue")
    assert {row.name: round(row["pairwise"], 2) for row in found.rows} == {
        "ukraine": 1.0, "gaza": 0.52, "trade": 1.0, "multilateralism": 1.0,
    }  # fmt: skip
    assert found.columns()["mean_members"] == [7.0] * 4


def overlap_by_hand(first, second, n_levels):
    """1 minus half the distance of two lists of levels."""
    shares = [[levels.count(k) / len(levels) for k in range(n_levels)] for levels in (first, second)]
    return 1 - sum(abs(a - b) for a, b in zip(*shares, strict=True)) / 2


@given(any_positions(min_actors=3, max_actors=6))
def test_the_overlap_of_two_blocs_is_what_plain_loops_give(table):
    """The overlap of any two blocs is what a slow loop gives, and its parts add up to the mean."""
    sides = {"ONE": table.actors[:2], "OTHER": table.actors[2:]}
    blocs = bloc_of(sides["ONE"], "ONE") | bloc_of(sides["OTHER"], "OTHER")
    found = bloc_agreement(table, "ONE", "OTHER", "exact", blocs=blocs)
    for j, row in enumerate(found.questions):
        levels = [
            [int(table.codes[table.index(a), j]) for a in who if table.codes[table.index(a), j] >= 0]
            for who in sides.values()
        ]
        if all(levels):
            assert row.overlap == pytest.approx(
                overlap_by_hand(*levels, row.question.scale.n_levels), abs=1e-9
            )
        else:
            assert math.isnan(row.overlap)
    parts = [row.contribution for row in found.questions if row.contribution == row.contribution]
    assert len(parts) == found.overlap.n
    if parts:
        assert sum(parts) == pytest.approx(found.overlap.value, abs=1e-12)


def test_two_blocs_compared():
    """The lines of two blocs are compared like actors, a tie is skipped there, and the overlap still counts it."""
    found = bloc_agreement(stances.load("un-landmark-votes"), "EU", "BRICS", interval=0.9)
    both = stances.with_bloc(stances.with_bloc(stances.load("un-landmark-votes").positions(), "EU"), "BRICS")
    assert found.lines.value == stances.agreement_matrix(both)["EU", "BRICS"]
    assert (found.lines.n_shared, found.overlap.n) == (20, 20)
    assert found.overlap.lower < found.overlap.value < found.overlap.upper
    assert "mean overlap 0.28" in str(found)
    assert len(found.columns()["overlap"]) == 20


def through_years(codes, first=2001, per_year=6, **more):
    """Votes of some members, a handful in each year."""
    n = len(codes[0])
    questions = [
        Question(
            f"q{j:02}", "?", VOTE, date=str(first + j // per_year), weight=more.get("weights", [1] * n)[j]
        )
        for j in range(n)
    ]
    actors = ("AUT", "DEU", "FRA", "ITA")[: len(codes)]
    return Positions.from_codes(codes, scale=VOTE, actors=actors, questions=questions)


def test_the_largest_change_of_cohesion():
    """Three years: together, together, apart; the change is that of the last, with its interval and questions."""
    codes = [[2] * 18, [2] * 18, [2] * 12 + [0] * 6]
    found = cohesion(through_years(codes), "EU", by="year", interval=0.95)
    change = found.largest_change
    assert (change.before.name, change.after.name) == ("2002", "2003")
    assert change.value == pytest.approx(1 / 3 - 1)
    assert change.ends[0] < change.value < change.ends[1] < 0
    assert sum(part.contribution for part in change.parts) == pytest.approx(change.value, abs=1e-12)
    text = str(found)
    assert "The largest change of pairwise agreement: 2002 to 2003, -0.67 [" in text
    assert "add up to the change" in text


@given(st.data())
def test_parts_of_a_change_of_cohesion_add_up(data):
    """What the questions of both years contribute is the change, whatever their weights and gaps."""
    cell = st.sampled_from([0, 1, 2, -1, ABSENT])
    codes = [data.draw(st.lists(cell, min_size=24, max_size=24)) for _ in range(3)]
    weights = data.draw(st.lists(st.sampled_from([0.0, 0.5, 1.0, 3.0]), min_size=24, max_size=24))
    table = through_years(codes, per_year=12, weights=weights)
    change = cohesion(table, "EU", by="year").largest_change
    if change is not None:
        assert sum(p.contribution for p in change.parts) == pytest.approx(change.value, abs=1e-12)
        assert min(row.means["pairwise"].n for row in (change.before, change.after)) >= 5
        assert math.isnan(change.ends[0])


def test_no_change_without_two_periods():
    """Thin years, a single year, and slices that are no periods have no change."""
    table = through_years([[2, 0] * 6, [2] * 12])
    assert cohesion(table, "EU", by="year").largest_change is not None
    assert cohesion(table, "EU", by="question").largest_change is None
    assert cohesion(table, "EU").largest_change is None
    assert cohesion(table.select(until="2001"), "EU", by="year").largest_change is None
    assert cohesion(through_years([[2, 0] * 4, [2] * 8], per_year=4), "EU", by="year").largest_change is None
