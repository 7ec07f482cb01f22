"""`stances show --questions`: what the questions say, their issues, and which rule gave them."""

import json

import pytest

import stances
from stances.cli import main

TITLES = {
    "A/RES/ES-11/1": ("2022-03-02", "Aggression against Ukraine"),
    "A/RES/78/7": ("2023-11-02", "Necessity of ending the embargo against Cuba"),
    "A/RES/74/241": ("2019-12-19", "International Tea Day"),
}


@pytest.fixture
def run(capsys):
    """Run the command line and return status, stdout and stderr."""

    def call(*arguments):
        status = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


@pytest.fixture
def roll_calls(tmp_path):
    """A dataset of three roll calls without issues."""
    asked = [
        stances.Question(symbol, title, stances.VOTE, date=date, session=symbol.split("/")[2])
        for symbol, (date, title) in TITLES.items()
    ]
    actors = [stances.Actor("CHN"), stances.Actor("FRA")]
    votes = [stances.Stance(a.id, q.id, "yes", date=q.date, basis="deed") for a in actors for q in asked]
    stances.dump(
        stances.Dataset("votes", questions=asked, actors=actors, stances=votes), tmp_path / "votes.json"
    )
    return tmp_path / "votes.json"


@pytest.fixture
def tea(tmp_path):
    """A rule file of one's own."""
    path = tmp_path / "tea.toml"
    path.write_text(
        '[[rules]]\nissue = "drinks"\nreason = "It is a drink."\ntitle_any = ["tea"]\n', encoding="utf-8"
    )
    return path


def test_roll_calls_get_their_issue_and_the_rule_is_named(run, roll_calls):
    """Each roll call is printed with date, session, issue and the number of its rule, whose reason stands below."""
    status, out, err = run("show", roll_calls, "--questions")
    assert (status, err) == (0, "")
    header, *rows = out.split("\n")[1:5]
    assert header.split() == ["question", "date", "session", "issues", "rule", "scale", "text"]
    assert rows[0].split()[:5] == ["A/RES/ES-11/1", "2022-03-02", "ES-11", "ukraine", "1"]
    assert rows[2].split()[1:5] == ["2019-12-19", "74", "-", "-"]
    assert "Without an issue: 1 of 3." in out
    assert "Issues by the shipped rules" in out
    assert "An embargo forbids trade." in out


def test_issues_by_rules_can_be_selected(run, roll_calls):
    """--issue takes what the rules assigned, with and without --questions, and the caption tells of the rules."""
    status, out, _ = run("show", roll_calls, "--issue", "trade")
    assert status == 0
    assert "A/RES/78/7" in out
    assert "A/RES/ES-11/1" not in out
    assert "issues by the shipped rules" in out.split("\n")[0]
    _, out, _ = run("show", roll_calls, "--questions", "--issue", "ukraine")
    assert "1 question\n" in out


def test_rules_of_your_own_replace_the_shipped(run, roll_calls, tea):
    """--rules FILE takes the place of the shipped rules."""
    status, out, _ = run("show", roll_calls, "--questions", "--rules", tea)
    assert status == 0
    assert "drinks" in out
    assert "ukraine" not in out
    assert "Issues by tea.toml" in out


def test_rules_of_your_own_replace_the_issues_given(run, tea):
    """--rules FILE also takes the place of the issues that a dataset has."""
    _, out, _ = run("show", "un-landmark-votes", "--questions", "--rules", tea)
    assert "Without an issue: 20 of 20." in out


def test_a_codebook_keeps_its_own_issues(run):
    """Questions that have issues keep them, no rule is named, and propositions are no roll calls."""
    _, out, _ = run("show", "un-landmark-votes", "--questions")
    assert "By issue: ukraine 5, gaza 5, trade 5, multilateralism 5." in out
    assert "The issues are its own." in out
    _, out, _ = run("show", "--questions", "--issue", "gaza")
    assert out.split("\n")[1].split() == ["question", "issues", "scale", "text"]
    assert "Issues by" not in out


def test_the_formats_hold_all_columns(run, roll_calls):
    """JSON has every column, with the reason of the rule in full."""
    _, out, _ = run("show", roll_calls, "--questions", "--format", "json")
    columns = json.loads(out)
    assert columns["rule"] == ["1", "10", ""]
    assert columns["reason"][2] == ""
    assert columns["weight"] == [1.0, 1.0, 1.0]


def test_faults_of_a_rule_file(run, tmp_path, roll_calls):
    """A broken rule file ends with its faults and status 3, a missing one with status 2."""
    (tmp_path / "bad.toml").write_text('[[rules]]\nissue = "x"\ntitel_any = ["y"]\n', encoding="utf-8")
    status, out, err = run("show", roll_calls, "--rules", tmp_path / "bad.toml")
    assert (status, out) == (3, "")
    assert "did you mean 'title_any'?" in err
    assert "'reason' is missing" in err
    assert run("show", roll_calls, "--rules", tmp_path / "none.toml")[0] == 2


def test_weights_are_shown_where_they_differ(run, tmp_path):
    """A column of weights is printed only if a question weighs something else than 1."""
    asked = [
        stances.Question("q1", "One.", stances.VOTE, weight=2),
        stances.Question("q2", "Two.", stances.VOTE),
    ]
    stances.dump(stances.Dataset("w", questions=asked, actors=[stances.Actor("FRA")]), tmp_path / "w.json")
    _, out, _ = run("show", tmp_path / "w.json", "--questions")
    assert out.split("\n")[1].split() == ["question", "issues", "scale", "weight", "text"]
