"""`stances cohesion` and `stances wedges` from the command line."""

import csv
import io
import json

import pytest


def test_the_seed_is_the_default_and_shows_no_wedge(run):
    """The bloc comes first, the data default to the report, and the claim of third parties is named."""
    status, out, err = run("wedges", "EU", "--rival", "CHN")
    assert (status, err) == (0, "")
    assert "paris-beijing-2025 cannot show a wedge" in out
    assert "Lyle Morris, Asia Society" in out
    assert "Next: stances compare FRA CHN" in out


def test_claims_are_looked_for_where_they_belong(run):
    """Claims on other issues than those asked for are not named."""
    _, out, _ = run("wedges", "EU", "--rival", "CHN", "--issue", "ukraine")
    assert "Lyle Morris" not in out
    _, out, _ = run("wedges", "EU", "--rival", "CHN", "--basis", "assessment", "--basis", "deed")
    assert "not counted" not in out


def test_a_member_and_its_issues(run):
    """One member is opened into its questions; csv has a row per issue and its interval."""
    arguments = ("wedges", "EU", "un-landmark-votes", "--rival", "USA", "--by", "issue", "--member", "HUN")
    _, out, _ = run(*arguments, "--interval", "0.9")
    assert "What makes the wedge of HUN · gaza" in out
    assert "90 % intervals" in out
    _, out, _ = run(*arguments, "--interval", "0.9", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["issue"] for row in rows} == {"ukraine", "gaza", "trade", "multilateralism"}
    assert all(float(row["lower"]) <= float(row["wedge"]) <= float(row["upper"]) for row in rows)


def test_json_opens_every_row(run):
    """JSON has the questions of every row, which add up to it, and null where a wedge is undefined."""
    _, out, _ = run("wedges", "EU", "un-landmark-votes", "--rival", "RUS", "--format", "json")
    found = json.loads(out)
    for value, questions in zip(found["rows"]["wedge"], found["questions"], strict=True):
        assert sum(question["contribution"] for question in questions) == pytest.approx(value, abs=1e-12)
    _, out, _ = run("wedges", "EU", "--rival", "CHN", "--format", "json")
    assert json.loads(out)["rows"]["wedge"] == [None]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("wedges", "EU", "--rival", "FRA"), "is itself a member of EU"),
        (("wedges", "EU", "--rival", "CHN", "--member", "UKR"), "is no member of EU"),
        (("wedges", "EUU", "--rival", "CHN"), "did you mean 'EU'"),
        (("wedges", "EU", "--rival", "CHN", "--measure", "cohen_kappa"), "no mean over questions"),
        (("wedges", "EU"), "--rival"),
        (("cohesion", "EU", "--by", "week"), "--by"),
    ],
)
def test_what_makes_no_sense_is_an_error(run, arguments, message):
    """Usage errors have status 2 and say what is wrong."""
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert message in err


def test_cohesion_by_question_names_who_stood_apart(run):
    """By question the members' votes are counted and those apart are named."""
    status, out, _ = run("cohesion", "EU", "un-landmark-votes", "--by", "question", "--issue", "gaza")
    assert status == 0
    assert "1 no, 1 abstain, 5 yes" in out
    assert "CZE, HUN" in out


def test_blocs_of_your_own(run, tmp_path):
    """A file of blocs adds one of your own."""
    (tmp_path / "blocs.csv").write_text("bloc,actor,since,until\nPAIR,FRA,,\nPAIR,DEU,,\n")
    own = ("--blocs", str(tmp_path / "blocs.csv"))
    status, out, _ = run("cohesion", "PAIR", "un-landmark-votes", *own)
    assert status == 0
    assert "How PAIR holds together" in out
    assert "Desposato" in out


def test_a_file_has_its_record(run, tmp_path):
    """A file written has a record beside it that says of which bloc and with which rival."""
    target = tmp_path / "wedges.csv"
    run("wedges", "EU", "un-landmark-votes", "--rival", "CHN", "-o", str(target), "--format", "csv")
    record = json.loads((tmp_path / "wedges.csv.meta.json").read_text())
    assert (record["bloc"], record["rival"], record["dataset"]) == ("EU", "CHN", "un-landmark-votes")
