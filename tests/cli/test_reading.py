"""Votes and other foreign layouts from the command line: readers, blocs, sessions, records of what was read."""

import csv
import hashlib
import io
import json

import pytest

from stances.cli import main

STATES = {"FRA": "YYYN", "DEU": "YYYA", "GBR": "YYYY", "CHN": "NYAY", "USA": "YYNX"}
ROLL_CALLS = (
    ("2019-12-01", "74", "A/RES/74/1", "Situation in Ukraine"),
    ("2019-12-02", "74", "A/RES/74/2", "Strengthening of the United Nations"),
    ("2021-12-01", "76", "A/RES/76/1", "Embargo"),
    ("2022-02-01", "76", "A/RES/76/2", "Something else"),
)


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """Run the command line in a folder with a file of UN votes; return status, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    rows = [["ms_code", "ms_vote", "date", "session", "resolution", "title"]]
    for k, (date, session, symbol, title) in enumerate(ROLL_CALLS):
        rows += [[state, letters[k], date, session, symbol, title] for state, letters in STATES.items()]
    with (tmp_path / "ga_voting.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)

    def call(*arguments):
        status = main(list(arguments))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


UN = ("ga_voting.csv", "--reader", "un")


def test_votes_become_a_matrix(run):
    """One command from the downloaded file to the table; absences are told as such."""
    status, out, err = run("agreement", *UN, "--actors", "FRA,United States,China")
    assert (status, err) == (0, "")
    assert "FRA  4 on record" in out
    assert "1 absent" in out
    assert "not voting (X) counts as absent" in out


def test_blocs_expand_to_members_on_the_day(run):
    """@EU leaves the United Kingdom its votes of 2019 and not those of 2021."""
    _, out, _ = run("agreement", *UN, "--actors", "@EU,CHN", "--format", "csv")
    rows = {(r["actor1"], r["actor2"]): r for r in csv.DictReader(io.StringIO(out))}
    assert rows["DEU", "FRA"]["n_shared"] == "4"
    assert rows["FRA", "GBR"]["n_shared"] == "2"
    assert ("CHN", "USA") not in rows
    assert "members of EU on the day" in run("agreement", *UN, "--actors", "@EU")[1]


def test_own_blocs_are_taken(run, tmp_path):
    """A file of one's own blocs goes beside the shipped ones."""
    (tmp_path / "own.csv").write_text("bloc,actor,since,until\nPAIR,France,,\nPAIR,China,,\n")
    _, out, _ = run("agreement", *UN, "--actors", "@PAIR,USA", "--blocs", "own.csv", "--format", "csv")
    assert len(out.splitlines()) == 4


@pytest.mark.parametrize(
    ("options", "n_shared"),
    [
        (["--session", "74"], 2),
        (["--session", "74", "--session", "76"], 4),
        (["--since", "2021"], 2),
        (["--until", "2021-12"], 3),
        (["--since", "2019-12-02", "--until", "2021-12-31"], 2),
        (["--drop-unanimous"], 3),
        (["--issue", "ukraine"], 1),
    ],
)
def test_selections(run, options, n_shared):
    """Sessions, dates, contested questions and issues narrow what is compared."""
    _, out, _ = run("agreement", *UN, *options, "--actors", "FRA,DEU", "--format", "csv")
    assert next(csv.DictReader(io.StringIO(out)))["n_shared"] == str(n_shared)


def test_who_took_part(run):
    """A state that missed too many votes is left out."""
    _, out, _ = run("agreement", *UN, "--min-participation", "0.9")
    assert "USA" not in out
    assert "actors with a level on 90 % at least" in out


def test_sessions_make_one_tidy_file(run):
    """--by session --format csv has the keys of dyad-years in every row."""
    _, out, _ = run("agreement", *UN, "--by", "session", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 20
    assert {(row["by"], row["year"]) for row in rows} == {("74", "2019"), ("76", "2021")}
    assert {row["ccode1"] for row in rows} >= {"710", "220"}


def test_rules_of_ones_own(run, tmp_path):
    """A rule file replaces the shipped issues."""
    (tmp_path / "rules.toml").write_text(
        '[[rules]]\nissue = "trade"\nreason = "an embargo is about trade"\ntitle_any = ["embargo"]\n'
    )
    status, out, err = run("agreement", *UN, "--rules", "rules.toml", "--by", "issue")
    assert (status, err) == (0, "")
    assert " trade " in out
    assert "ukraine" not in out


def test_top_pairs(run):
    """--top prints both ends of the ranking, or nothing where every pair is thin."""
    _, out, _ = run("agreement", "un-landmark-votes", "--top", "2")
    assert out.count("of 20") == 4
    assert "nearest pairs" in out


def test_the_record_tells_what_was_read(run, tmp_path):
    """The record beside a file has the reader, the actors and the hash of the file that was read."""
    assert run("agreement", *UN, "--actors", "@EU", "--format", "csv", "-o", "eu.csv")[0] == 0
    record = json.loads((tmp_path / "eu.csv.meta.json").read_text("utf-8"))
    assert (record["reader"], record["actors"], record["dataset"]) == ("un", "@EU", "ga_voting")
    assert record["sha256"] == hashlib.sha256((tmp_path / "ga_voting.csv").read_bytes()).hexdigest()


def test_one_cell_of_votes(run):
    """`compare` lists the roll calls behind a cell; without records there is no evidence to show."""
    status, out, _ = run("compare", "FRA", "CHN", *UN, "--session", "74")
    assert status == 0
    assert "A/RES/74/1" in out
    assert "session 74" in out
    assert "Evidence" not in out


def test_questions_of_votes(run):
    """`show --questions` tells dates, sessions and which rule gave which issue."""
    status, out, _ = run("show", *UN, "--questions")
    assert status == 0
    assert "A/RES/74/1" in out
    assert "ukraine" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-", "--reader", "un"], "needs a file or folder"),
        (["--reader", "un"], "--reader un needs a file or folder, and there is no 'paris-beijing-2025'"),
        (["ga_voting.csv", "--reader", "table"], "needs --scale"),
        ([*UN, "--basis", "word"], "votes have none"),
        ([*UN, "--actors", "FRA,Atlantis"], "Atlantis"),
        ([*UN, "--actors", "@Hanse"], "Hanse"),
        ([*UN, "--session", "99"], "99"),
        ([*UN, "--salience", "mean"], "these positions have none"),
        ([".", "--reader", "voteview"], "one file of members and one of votes"),
    ],
)
def test_usage_errors(run, arguments, message):
    """A mistake of usage ends with status 2 and says what would do."""
    status, out, err = run("agreement", *arguments)
    assert (status, out) == (2, "")
    assert message in err


def test_broken_files_are_told_by_line(run, tmp_path):
    """A letter that is no vote is told with its line, and the status is 3."""
    path = tmp_path / "ga_voting.csv"
    path.write_text(path.read_text().replace("FRA,Y", "FRA,Q", 1))
    status, _, err = run("agreement", *UN)
    assert status == 3
    assert "line 2" in err
