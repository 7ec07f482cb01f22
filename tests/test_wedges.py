"""Wedges: a member between its bloc and a rival, by a slow oracle, and what cannot be shown."""

import math
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stances
from stances import VOTE, Actor, Membership, Positions, Question, Silence, cohesion, wedges
from stances.codes import ABSENT, NO_RECORD, SILENT
from stances.errors import (
    FieldError,
    NotAMemberError,
    RivalInsideError,
    UnknownActorError,
    UnknownBlocError,
    UnorderedScaleError,
)
from stances.mean_intervals import Mean, mean_interval
from stances.measures import find_measure
from stances.registry import Blocs
from stances.strategies import positions as any_positions

PAGE = Path(__file__).resolve().parent.parent / "docs" / "how-to" / "is-france-being-wedged-away.md"


def made(rows, actors=("AUT", "DEU", "HUN", "RUS"), **more):
    """Votes of three members of the EU and of Russia."""
    return Positions.from_codes(rows, **({"scale": VOTE, "actors": actors[: len(rows)]} | more))


def oracle(table, inside, rival, member, measure):
    """The differences on the questions that count, by plain loops: {question: (difference, weight)}."""
    found = {}
    for j, question in enumerate(table.questions):
        others = [int(table.codes[table.index(a), j]) for a in inside if a != member]
        levels = sorted(level for level in others if level >= 0)
        if not levels:
            continue
        if question.scale.ordered:
            low, high = levels[(len(levels) - 1) // 2], levels[len(levels) // 2]
            line = low if low == high else None
        else:
            tops = [k for k in set(levels) if levels.count(k) == max(map(levels.count, levels))]
            line = tops[0] if len(tops) == 1 else None
        own, far = int(table.codes[table.index(member), j]), int(table.codes[table.index(rival), j])
        if line is None or min(own, far) < 0 or question.weight == 0:
            continue
        kernel = find_measure(measure).disagreement(question.scale)
        found[question.id] = (float(kernel[own, line] - kernel[own, far]), question.weight)
    return found


@given(any_positions(min_actors=3, max_actors=6), st.sampled_from(["agreement", "exact"]))
def test_every_wedge_is_what_plain_loops_give(table, measure):
    """On any positions each wedge, its support and its parts are what a slow loop gives."""
    *inside, rival = table.actors
    blocs = Blocs((Actor("THE-BLOC", kind="bloc"),), tuple(Membership(a, "THE-BLOC") for a in inside))
    found = wedges(table, "THE-BLOC", rival, measure=measure, blocs=blocs, interval=0.9)
    assert {row.member for row in found.rows} == (set(inside) if table.n_questions else set())
    for row in found.rows:
        due = oracle(table, inside, rival, row.member, measure)
        assert {q.question.id: pytest.approx(q.difference) for q in row.questions} == {
            name: difference for name, (difference, _) in due.items()
        }
        assert row.n_questions == len(due)
        if not due:
            assert (math.isnan(row.value), row.why) == (True, "no_common_question")
            assert row.missing
            continue
        largest = max(w for _, w in due.values())
        total = sum(w / largest for _, w in due.values())
        assert row.value == pytest.approx(sum(d * (w / largest) for d, w in due.values()) / total, abs=1e-9)
        assert sum(q.contribution for q in row.questions) == pytest.approx(row.value, abs=1e-12)
        assert row.value == pytest.approx(row.from_bloc - row.from_rival, abs=1e-9)
        assert -1 <= row.lower <= row.value <= row.upper <= 1
    assert str(found)


@given(any_positions(min_actors=3, max_actors=6, min_questions=1))
def test_a_wedge_turns_its_sign_with_the_sides(table):
    """With the bloc and the rival changed for each other, a wedge has the other sign, where both are single actors."""
    member, first, second, *_ = table.actors
    blocs = [
        Blocs((Actor("B", kind="bloc"),), (Membership(member, "B"), Membership(other, "B")))
        for other in (first, second)
    ]
    one = wedges(table, "B", second, member, blocs=blocs[0]).rows
    other = wedges(table, "B", first, member, blocs=blocs[1]).rows
    for a, b in zip(one, other, strict=True):
        assert a.n_questions == b.n_questions
        if not a.why:
            assert a.value == pytest.approx(-b.value, abs=1e-12)


def test_by_hand():
    """Hungary votes with Russia against its bloc once, and with its bloc against Russia once: halfway."""
    rows = {row.member: row for row in wedges(made([[2, 2], [2, 2], [0, 2], [0, 0]]), "EU", "RUS").rows}
    assert (rows["HUN"].value, rows["HUN"].n_questions) == (0.0, 2)
    assert [q.difference for q in rows["HUN"].questions] == [1.0, -1.0]
    assert (rows["AUT"].value, rows["AUT"].n_questions, rows["AUT"].n_tied) == (-1.0, 1, 1)


def test_the_bloc_does_without_the_member():
    """A member does not make the position that it is compared with, but an own record of the bloc stands."""
    alone = made([[0], [2], [2]], actors=("HUN", "DEU", "RUS"))
    assert wedges(alone, "EU", "RUS", "HUN").rows[0].questions[0].bloc.position == "yes"
    own = made([[0], [2], [2], [0]], actors=("HUN", "DEU", "RUS", "EU"))
    (row,) = wedges(own, "EU", "RUS", "HUN").rows
    assert (row.value, row.questions[0].bloc_is_own, row.questions[0].bloc.position) == (-1.0, True, "no")


def test_the_ranking_puts_what_rests_on_little_after_the_rest():
    """Rows on fewer than five questions come after the others, and the undefined last."""
    rows = [[2] * 6, [2] * 6, [0, *[NO_RECORD] * 5], [ABSENT] * 6, [0] * 6]
    found = wedges(made(rows, actors=("AUT", "DEU", "HUN", "FRA", "RUS")), "EU", "RUS")
    assert [row.member for row in found.rows] == ["AUT", "DEU", "HUN", "FRA"]
    assert [row.value for row in found.rows[:3]] == [-1.0, -1.0, 1.0]
    assert "(+1.00) of 1" in str(found)
    assert "Nobody stands nearer to RUS than to EU on 5 questions or more." in str(found)


def test_who_is_missing_on_what():
    """Where no question has all three, the row names for each pair the third that is missing."""
    rows = [[NO_RECORD, 2, NO_RECORD], [2, NO_RECORD, 2], [0, 0, NO_RECORD]]
    (row,) = wedges(made(rows, actors=("DEU", "HUN", "RUS")), "EU", "RUS", "HUN").rows
    due = "EU is not on record on the one question of HUN and RUS, nor HUN on the one of EU and RUS"
    assert row.missing == due
    (silent,) = wedges(
        made([[SILENT], [SILENT], [SILENT]], actors=("DEU", "HUN", "RUS")), "EU", "RUS", "HUN"
    ).rows
    assert silent.missing == "no two of HUN, EU and RUS are on record together"
    (tied,) = wedges(made([[2], [0], [2], [0]], actors=("AUT", "DEU", "HUN", "RUS")), "EU", "RUS", "HUN").rows
    assert tied.missing.endswith("on 1 of these its other members are evenly split")


def test_a_bloc_of_one_has_nobody_to_be_drawn_from():
    """Without its only member a bloc has no position, unless it is on record itself."""
    own = Blocs((Actor("SOLO", kind="bloc"),), (Membership("FRA", "SOLO"),))
    (row,) = wedges(made([[1], [2]], actors=("FRA", "RUS")), "SOLO", "RUS", blocs=own).rows
    assert row.why == "no_common_question"
    (row,) = wedges(made([[1], [2], [1]], actors=("FRA", "RUS", "SOLO")), "SOLO", "RUS", blocs=own).rows
    assert (row.value, row.n_questions) == (-0.5, 1)


def test_no_members_in_the_data():
    """Without a member in the data there is no row, and a sentence."""
    found = wedges(made([[1], [2]], actors=("CHN", "RUS")), "EU", "RUS")
    assert found.rows == ()
    assert "nobody in the data was a member of EU" in str(found)


def test_a_rival_inside_the_bloc():
    """A rival that is a member on every day is an error; on some days those questions are left out and counted."""
    with pytest.raises(RivalInsideError, match="itself a member of EU"):
        wedges(made([[2], [2]]), "EU", "DEU")
    with pytest.raises(FieldError, match="is the bloc itself"):
        wedges(made([[2], [2]]), "EU", "European Union")
    questions = [Question(f"r{day}", "?", VOTE, date=day) for day in ("2019", "2021")]
    table = made([[2, 2], [2, 2], [0, 0]], actors=("AUT", "DEU", "GBR"), questions=questions)
    found = wedges(table, "EU", "GBR")
    assert found.n_inside == 1
    assert [(row.member, row.n_questions) for row in found.rows] == [("AUT", 1), ("DEU", 1)]
    assert "Left out: 1 of the 2 questions, as GBR was itself a member" in str(found)


def test_a_member_on_its_days_only():
    """Who left the bloc counts on the days on which it was a member."""
    questions = [Question(f"r{day}", "?", VOTE, date=day) for day in ("2019", "2021")]
    table = made([[2, 2], [0, 0], [0, 0]], actors=("DEU", "GBR", "RUS"), questions=questions)
    (row,) = wedges(table, "EU", "RUS", "GBR").rows
    assert [q.question.id for q in row.questions] == ["r2019"]


def test_a_rival_may_be_a_bloc():
    """A rival that is a bloc stands where its members do, without the member that is looked at."""
    rows = [[2], [2], [0], [0], [1]]
    table = made(rows, actors=("AUT", "DEU", "CHN", "RUS", "HUN"))
    (row,) = wedges(table, "EU", "BRICS", "HUN").rows
    assert (row.questions[0].rival.actor, row.questions[0].rival.position, row.value) == ("BRICS", "no", 0.0)


def test_errors_name_what_is_wrong():
    """Unknown actors and blocs, who is no member, and measures that are no means are errors."""
    table = made([[2], [2], [0], [0]])
    with pytest.raises(UnknownActorError):
        wedges(table, "EU", "XYZ")
    with pytest.raises(UnknownActorError):
        wedges(table, "EU", "RUS", "XYZ")
    with pytest.raises(NotAMemberError, match="'RUS' is no member of EU"):
        wedges(table, "EU", "RUS", ["RUS"])
    with pytest.raises(UnknownBlocError):
        wedges(table, "XX", "RUS")
    with pytest.raises(FieldError, match="no mean over questions"):
        wedges(table, "EU", "RUS", measure="cohen_kappa")
    unordered = stances.Scale("colours", ("a", "b", "c"), ordered=False)
    with pytest.raises(UnorderedScaleError):
        wedges(made([[2], [2], [0], [0]], scale=unordered), "EU", "RUS", measure="signorino_ritter_s")


def test_the_report_cannot_show_a_wedge(seed):
    """On the report of Beijing no question has France, the EU and China on record; two third parties claim a wedge."""
    by_issue = wedges(seed, "EU", "CHN").rows
    assert [(row.member, math.isnan(row.value)) for row in by_issue] == [("FRA", True)] * 4
    found = wedges(seed, "EU", "CHN", by=None)
    (row,) = found.rows
    assert (row.member, row.n_questions, row.why) == ("FRA", 0, "no_common_question")
    assert (row.n_member_rival, row.n_member_bloc, row.n_bloc_rival) == (4, 3, 1)
    assert [(claim.by, claim.passage) for claim in found.claims] == [
        ("some experts", "report 23"),
        ("Lyle Morris, Asia Society", "report 24"),
    ]
    text = str(found)
    assert "paris-beijing-2025 cannot show a wedge" in text
    assert "Lyle Morris, Asia Society" in text
    assert "drive a wedge into this EU" in text


def test_claims_that_count_are_not_named_as_uncounted(seed):
    """Where assessments are asked for, they are positions, and not named beside them."""
    assert wedges(seed, "EU", "CHN", basis=["word", "deed", "assessment"]).claims == ()


def test_silent_claims_and_claims_without_passages_are_told():
    """An assessment without a passage is named as such, and one that only tells of a silence is not named."""
    data = stances.Dataset(
        "own",
        questions=[Question("q", "Deals come before the bloc.", VOTE)],
        actors=[Actor("FRA"), Actor("CHN"), Actor("EU", kind="bloc")],
        memberships=[Membership("FRA", "EU")],
        stances=[
            stances.Stance("CHN", "q", "yes", basis="assessment", coder="ab"),
            stances.Stance("FRA", "q", Silence.SILENT, basis="assessment"),
        ],
    )
    (claim,) = wedges(data, "EU", "CHN").claims
    assert (claim.by, claim.passage, claim.evidence) == ("ab", "none given", None)


def test_evidence_of_a_single_member():
    """Of a single member the questions and the records behind them are shown."""
    found = wedges(stances.load("un-landmark-votes"), "EU", "USA", "HUN", "issue")
    row = found.rows[-1]
    assert (row.name, row.value, row.n_questions, row.n_tied) == ("gaza", 0.75, 2, 3)
    assert row.questions[0].member.records[0].position == "no"
    text = str(found)
    assert "What makes the wedge of HUN · gaza" in text
    assert "ES-10-21 A/ES-10/PV.41" in text
    assert len(found.document()["questions"][0]) == found.rows[0].n_questions


@pytest.mark.parametrize("n", [5, 10, 20, 50])
@pytest.mark.parametrize(
    "shares", [(0.0, 0.0, 0.9, 0.0, 0.1), (0.2,) * 5, (0.5, 0.0, 0.0, 0.0, 0.5), (0.0, 0.1, 0.2, 0.3, 0.4)]
)
def test_the_interval_covers(shares, n):
    """An interval of 95 % contains the true mean in at least 93 % of samples, whatever the truth tried."""
    rng, values = np.random.default_rng(7), np.array([-1.0, -0.5, 0.0, 0.5, 1.0])
    draws = rng.choice(values, size=(800, n), p=shares)
    ends = [mean_interval(draw, np.ones(n), (-1.0, 1.0), 0.95) for draw in draws]
    true = float(values @ shares)
    assert np.mean([low - 1e-12 <= true <= high + 1e-12 for low, high in ends]) >= 0.93


def test_intervals_narrow_and_keep_to_their_limits():
    """More questions give a narrower interval; one gives the limits; none gives nothing."""
    widths = [
        np.subtract(*mean_interval(np.zeros(n), np.ones(n), (-1.0, 1.0), 0.95)[::-1]) for n in (2, 10, 99)
    ]
    assert widths == sorted(widths, reverse=True)
    assert mean_interval(np.zeros(1), np.ones(1), (-1.0, 1.0), 0.95) == (-1.0, 1.0)
    assert Mean.of([math.nan, 1.0], [1.0, 0.0], (-1.0, 1.0), 0.95).n == 0


def test_only_relative_weights_matter():
    """Weights times a constant change neither the mean nor its interval."""
    values, weights = np.array([1.0, -1.0, 0.5]), np.array([1.0, 2.0, 3.0])
    one, other = (Mean.of(values, weights * k, (-1.0, 1.0), 0.9) for k in (1.0, 1e200))
    assert (one.value, one.lower, one.upper) == pytest.approx((other.value, other.lower, other.upper))


# --- the figures of the page, from the votes of 2019 to 2024 ---------------------------------


def printed(heading):
    """Return the rows of the table under a heading of the page."""
    section = PAGE.read_text("utf-8").split(f"\n### {heading}\n", 1)[1].split("\n#", 1)[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


@pytest.fixture(scope="module")
def assembly():
    """The votes of the General Assembly from 2019 to 2024, with their issues."""
    path = PAGE.parents[3] / "shared" / "data" / "unga" / "ga_voting_2019-2024.csv.gz"
    if not path.exists() or not PAGE.exists():
        pytest.skip("development data that is not on this machine")
    return stances.assign_issues(stances.read_un_votes(path))


def test_the_cohesion_of_the_page_comes_out(assembly):
    """The page's table of the EU's cohesion is what the votes give."""
    rows = {row.name: row for row in cohesion(assembly, "EU", by="issue", interval=0.95).rows}
    table = printed("How the EU holds together")
    assert [cells[0] for cells in table] == ["ukraine", "multilateralism", "trade", "gaza"]
    for name, questions, members, *cells in table:
        row = rows[name]
        assert (row.n_questions, f"{row.mean_members:.1f}") == (int(questions), members)
        for cell, index in zip(cells, ("rice", "hix_noury_roland", "pairwise"), strict=True):
            mean = row.means[index]
            numbers = [float(number) for number in re.findall(r"-?\d\.\d+", cell)]
            assert numbers == pytest.approx([mean.value, mean.lower, mean.upper], abs=0.0051)
            assert mean.n == int(re.search(r" of (\d+)$", cell)[1])


def test_the_wedges_of_the_page_come_out(assembly):
    """The page's table of wedges on Gaza is what the votes give."""
    table = printed("Who stands nearer to a rival on Gaza")
    assert len(table) == 9
    for member, rival, cell, from_bloc, from_rival, nearer, further in table:
        (row,) = wedges(assembly.select(issues="gaza"), "EU", rival, member, interval=0.95).rows
        numbers = [float(number) for number in re.findall(r"[-+]?\d\.\d+", cell)]
        assert numbers == pytest.approx([row.value, row.lower, row.upper], abs=0.0051)
        assert row.n_questions == int(re.search(r" of (\d+)$", cell)[1])
        assert [float(from_bloc), float(from_rival)] == pytest.approx(
            [row.from_bloc, row.from_rival], abs=0.0051
        )
        assert (int(nearer), int(further)) == (row.n_nearer, row.n_further)


def test_what_the_page_says_of_all_members(assembly):
    """No member is nearer to the US on any issue; nearer to China or Russia only on Gaza, within the interval."""
    assert [r for r in wedges(assembly, "EU", "USA", by="issue").rows if r.value > 0] == []
    for rival, who in (
        ("CHN", {"CYP", "MLT"}),
        ("RUS", {"BEL", "IRL", "LUX", "MLT", "PRT", "SVN", "ESP", "FRA", "POL"}),
    ):
        rows = [r for r in wedges(assembly, "EU", rival, by="issue", interval=0.95).rows if r.value > 0]
        assert {(r.member, r.name) for r in rows} == {(member, "gaza") for member in who}
        assert all(r.lower < 0 < r.value < 0.05 for r in rows)


def test_the_votes_that_divide_the_eu_most(assembly):
    """The page's most divided votes on Gaza, with the counts of the members, are what the votes give."""
    rows = cohesion(assembly.select(issues="gaza"), "EU", by="question").rows
    ranked = sorted(rows, key=lambda row: (row["pairwise"], row.name))[:3]
    for row, cells in zip(ranked, printed("What divides the EU on Gaza"), strict=True):
        question = row.questions[0]
        assert cells[0] == row.name
        assert cells[1] == str(question.question.date)
        assert [int(cell) for cell in cells[2:5]] == [question.counts[k] for k in ("yes", "abstain", "no")]
        assert float(cells[5]) == pytest.approx(row["pairwise"], abs=0.0051)
