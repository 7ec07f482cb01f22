"""Fault lines: questions and issues by polarization, with the camps named."""

import json
import math
import re
from fractions import Fraction
from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import stances
from stances import SUPPORT, VOTE, Positions, Question, Scale, dispersion, fault_lines
from stances.errors import ChoiceError, NeedsDatasetError, UnknownQuestionError
from stances.strategies import datasets, positions

TWO = Scale("two", ("no", "yes"))
COLOURS = Scale("colour", ("red", "green", "blue"), ordered=False)
tables = positions(min_actors=1, max_actors=8, max_questions=6, weights=st.sampled_from([0.0, 1.0, 0.5, 3.0]))


def slow_van_der_eijk(counts):
    """Return (1 - A) / 2 by peeling layers off in exact fractions, triples of levels counted one by one."""
    left, n, k, agreement = list(counts), sum(counts), len(counts), Fraction(0)
    while any(left):
        height = min(c for c in left if c)
        layer = [c > 0 for c in left]
        patterns = [tuple(layer[x] for x in triple) for triple in combinations(range(k), 3)]
        one = sum(p in ((True, True, False), (False, True, True)) for p in patterns)
        two = sum(p == (True, False, True) for p in patterns)
        u = Fraction((k - 2) * one - (k - 1) * two, (k - 2) * (one + two)) if one + two else Fraction(1)
        s = sum(layer)
        agreement += Fraction(s * height, n) * u * (1 - Fraction(s - 1, k - 1))
        left = [c - height if c else 0 for c in left]
    return float((1 - agreement) / 2)


def slow_polarization(question, codes):
    """Return the polarization of a question by plain loops; None where fewer than two took a level."""
    counts = [sum(int(code) == k for code in codes) for k in range(question.scale.n_levels)]
    n = sum(counts)
    if n < 2:
        return None
    if question.scale.n_levels == 2:
        return 2 * min(counts) / n
    if not question.scale.ordered:
        return sum(4 * (c / n) ** 2 * (1 - c / n) for c in counts)
    return slow_van_der_eijk(counts)


def slow_lines(table):
    """Return the polarization of every question that counts."""
    return {
        q.id: slow_polarization(q, table.codes[:, j])
        for j, q in enumerate(table.questions)
        if q.weight > 0 and q.scale.n_levels > 1
    }


@given(tables)
def test_questions_are_as_polarized_as_plain_loops_say(table):
    """The number of every question is that of the published formula, worked out slowly."""
    due = slow_lines(table)
    lines = {line.name: line for line in fault_lines(table).lines}
    assert lines.keys() == due.keys()
    for name, value in due.items():
        if value is None:
            assert math.isnan(lines[name].value)
            assert lines[name].why in ("no_level", "one_level")
        else:
            assert lines[name].value == pytest.approx(value, abs=1e-12)
            assert lines[name].why == ""
            assert 0 <= lines[name].value <= 1


@given(tables, st.sampled_from(["issue", "year", "session"]))
def test_an_issue_is_the_mean_of_its_questions(table, by):
    """An issue's number is the weighted mean of its questions with two on record, and its parts add up to it."""
    questions = [
        Question(q.id, q.text, q.scale, issues=("a", "b")[k % 3 : 2], weight=q.weight, date=f"202{k % 2}", session=str(k % 2))
        for k, q in enumerate(table.questions)
    ]  # fmt: skip
    table = Positions(table.actors, questions, table.codes)
    slow = slow_lines(table)
    for line in fault_lines(table, by).lines:
        own = [
            q
            for q in questions
            if q.id in slow
            and line.name
            in {"issue": q.issues, "year": (str(q.date.first.year),), "session": (q.session,)}[by]
        ]
        counted = [q for q in own if slow[q.id] is not None]
        assert len(line.parts) == len(own)
        assert line.support == len(counted)
        if not counted:
            assert line.why == "no_questions"
            assert math.isnan(line.value)
            continue
        mean = sum(q.weight * slow[q.id] for q in counted) / sum(q.weight for q in counted)
        assert line.value == pytest.approx(mean, abs=1e-12)
        parts = [part.contribution for part in line.parts if not part.polarization.why]
        assert sum(parts) == pytest.approx(line.value, abs=1e-12)
        inner = [part.polarization.value for part in line.parts if not part.polarization.why]
        assert inner == sorted(inner, reverse=True)


@given(tables)
def test_lines_are_ranked(table):
    """Undefined lines come last, thin ones after those on enough, and each group from high to low."""
    keys = [(l.why != "", l.is_thin, 0 if l.why else -l.value) for l in fault_lines(table).lines]
    assert keys == sorted(keys)


@given(tables)
def test_camps_are_who_took_which_level(table):
    """The camps of a line are the actors at each level, and with those without one they are all."""
    for line in fault_lines(table).lines:
        standing = line.parts[0].standing
        j = [q.id for q in table.questions].index(line.name)
        levels = {c.level: set(c.actors) for c in standing.camps}
        for k, level in enumerate(standing.question.scale.levels):
            assert levels.get(level, set()) == {
                a for i, a in enumerate(table.actors) if table.codes[i, j] == k
            }
        assert standing.n_spoke + sum(map(len, standing.others.values())) == table.n_actors


@given(datasets(min_actors=2, min_questions=1, max_stances=20), st.sampled_from(["question", "issue"]))
def test_any_dataset_prints(data, by):
    """Whatever is on record, fault lines print, export columns of one length, and open."""
    result = fault_lines(data, by)
    assert str(result)
    assert "<table>" in result._repr_html_()
    assert len({len(column) for column in result.columns().values()}) == 1
    json.loads(result.to_json())


def test_two_levels_are_two_ends():
    """On two levels Leik's D is what van der Eijk gives where the middle of three stands empty."""
    for yes in range(6):
        two = Positions.from_codes([[1]] * yes + [[0]] * (5 - yes), scale=TWO)
        three = Positions.from_codes([[2]] * yes + [[0]] * (5 - yes), scale=VOTE)
        values = [fault_lines(table).lines[0].value for table in (two, three)]
        assert values[0] == pytest.approx(values[1], abs=1e-12)


def test_the_index_fits_the_scale():
    """Each line names its index, and the caption all that were used."""
    questions = [Question("a", "?", VOTE), Question("b", "?", TWO), Question("c", "?", COLOURS)]
    scales = [q.scale for q in questions]
    table = Positions.from_codes([[2, 1, 0], [0, 0, 1]], scale=scales, questions=questions)
    result = fault_lines(table)
    assert {l.name: (l.parts[0].polarization.index, l.value) for l in result.lines} == {
        "a": ("van_der_eijk", 1.0), "b": ("leik", 1.0), "c": ("reynal_querol", 1.0),
    }  # fmt: skip
    assert "Reynal-Querol's on unordered levels" in str(result)


def test_undefined_says_why():
    """A question that nobody, or one alone, took a level on is undefined, named with the reason."""
    table = Positions.from_codes([[-2, 2, 2], [-3, -1, 0]], scale=VOTE)
    result = fault_lines(table)
    assert [(l.name, l.why, l.support) for l in result.lines] == [
        ("q3", "", 2),
        ("q1", "no_level", 0),
        ("q2", "one_level", 1),
    ]
    assert "Undefined, nobody took a level: q1." in str(result)
    assert "Undefined, one actor alone took a level: q2." in str(result)
    assert "(1.00) of 2" in str(result)
    nobody = fault_lines(table.take([0]))
    assert "On no question did two actors take a level." in str(nobody)


def test_no_question_has_a_year(seed):
    """Where no question belongs to a year, the table says so."""
    assert "No question here has a year." in str(fault_lines(seed, "year"))


def test_the_report(seed):
    """Of eight questions on which two actors stand, one divides them: the probe, between China and the EU."""
    lines = [line for line in fault_lines(seed).lines if not line.why]
    assert len(lines) == 8
    assert (lines[0].name, lines[0].support) == ("ev-subsidy-probe", 2)
    assert lines[0].value == pytest.approx(dispersion.polarization([0, 1, 0, 1, 0]))
    assert {line.value for line in lines[1:]} == {0.0}
    trade = fault_lines(seed, "issue").lines[0]
    assert (trade.name, trade.support) == ("trade", 4)
    assert trade.value == pytest.approx(lines[0].value / 4)
    assert "gaza" in [line.name for line in fault_lines(seed, "issue").lines if line.why == "no_questions"]


def test_the_landmark_votes():
    """Trade divides the twenty states most and Ukraine least; on sanctions twelve face eight."""
    votes = stances.load("un-landmark-votes")
    issues = fault_lines(votes, "issue").lines
    assert [line.name for line in issues] == ["trade", "multilateralism", "gaza", "ukraine"]
    first = fault_lines(votes).lines[0]
    assert first.value == pytest.approx(0.8)
    assert [(c.level, len(c.actors)) for c in first.parts[0].standing.camps] == [("no", 12), ("yes", 8)]


def test_a_long_list_is_cut_in_print_alone():
    """More than twenty lines are counted below, and stand in the columns in full."""
    result = fault_lines(Positions.from_codes([[2] * 23, [0] * 23], scale=VOTE))
    assert "3 more: --format csv or json." in str(result)
    assert len(result.columns()["question"]) == 23


def test_an_opened_line_shows_the_evidence(seed):
    """A line opens into its camps and the passages behind them."""
    text = str(fault_lines(seed).question("ev-subsidy-probe"))
    assert "report 18" in text
    assert "strongly opposed, opposed, mixed" in text


def test_what_is_refused(seed):
    """An unknown grouping, rules with positions and unknown questions are mistakes of the caller."""
    with pytest.raises(ChoiceError, match="did you mean 'issue'"):
        fault_lines(seed, "isue")
    with pytest.raises(NeedsDatasetError):
        fault_lines(seed.positions(), basis="word")
    with pytest.raises(UnknownQuestionError):
        fault_lines(seed).question("nothing")


@given(positions(min_actors=2, max_actors=6, max_questions=3, scales=st.just(SUPPORT)))
def test_turning_the_scale_changes_nothing(table):
    """Polarization is the same whether a scale is read from low to high or from high to low."""
    turned = Positions(
        table.actors, table.questions, [[4 - c if c >= 0 else c for c in row] for row in table.codes.tolist()]
    )
    values = [{l.name: l.value for l in fault_lines(t).lines} for t in (table, turned)]
    assert values[0] == pytest.approx(values[1], abs=1e-12, nan_ok=True)


def test_the_most_polarized_resolutions(shared_file):
    """Of the votes of 2019 to 2024, the order and the numbers are those of plain loops over all ballots."""
    votes = stances.read_un_votes(shared_file("data/unga/ga_voting_2019-2024.csv.gz"))
    slow = slow_lines(votes)
    lines = fault_lines(votes).lines
    assert {line.name: line.value for line in lines} == pytest.approx(slow, abs=1e-12)
    top = sorted(slow, key=lambda name: -slow[name])[:5]
    assert [line.name for line in lines[:5]] == top
    assert [line.name for line in lines[:3]] == ["A/RES/78/237", "A/RES/74/247", "A/RES/75/181"]
    assert [(c.level, len(c.actors)) for c in lines[0].parts[0].standing.camps] == [
        ("no", 53),
        ("abstain", 7),
        ("yes", 104),
    ]


def test_what_divides_the_union(shared_file):
    """What divided the members of the EU most from 2019 to 2024 is the opinion asked for in A/RES/77/247."""
    votes = stances.read_un_votes(shared_file("data/unga/ga_voting_2019-2024.csv.gz"))
    line = fault_lines(votes, actors="@EU").lines[0]
    assert line.name == "A/RES/77/247"
    assert [(c.level, len(c.actors)) for c in line.parts[0].standing.camps] == [
        ("no", 9),
        ("abstain", 11),
        ("yes", 7),
    ]
    assert line.value == pytest.approx(slow_van_der_eijk([9, 11, 7]))


def test_the_issues_of_the_assembly(shared_file):
    """By the shipped rules multilateralism divides the Assembly most and Gaza least, each as the mean says."""
    votes = stances.assign_issues(stances.read_un_votes(shared_file("data/unga/ga_voting_2019-2024.csv.gz")))
    slow = slow_lines(votes)
    lines = fault_lines(votes, "issue").lines
    assert [line.name for line in lines] == ["multilateralism", "ukraine", "trade", "gaza"]
    for line in lines:
        own = [slow[q.id] for q in votes.questions if line.name in q.issues]
        assert line.value == pytest.approx(sum(own) / len(own), abs=1e-12)
        assert line.support == len(own)


@given(tables, st.sampled_from([0.5, 0.95]))
def test_means_have_intervals_on_request(table, level):
    """The mean of a session has an interval that contains it within 0 and 1; a question has none."""
    asked = [evolve(question, session="78") for question in table.questions]
    table = Positions(table.actors, asked, table.codes)
    for line in fault_lines(table, "session", interval=level).lines:
        if line.why:
            assert math.isnan(line.lower)
        else:
            assert 0 <= line.lower <= line.value + 1e-12
            assert line.value - 1e-12 <= line.upper <= 1
            assert line.support > 1 or (line.lower, line.upper) == (0, 1)
    assert all(math.isnan(line.lower) for line in fault_lines(table, interval=level).lines)


def test_intervals_of_issues_are_printed():
    """The caption says what is imagined, and the value stands with its interval."""
    text = str(fault_lines(stances.load("un-landmark-votes"), "issue", interval=0.95))
    assert "95 % intervals, as if the questions were drawn anew" in text
    assert re.search(r"ukraine +0\.18 \[0\.\d\d, 0\.\d\d\] of 5", text)
