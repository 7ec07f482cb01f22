"""`stances deeds`, `common-ground`, `fault-lines` and `diff`: what they print, and with which exit status."""

import csv
import io
import json
from pathlib import Path

import pytest

import stances
from stances.cli import main

VOTES = "actor,question,position\nFRA,r1,yes\nCHN,r1,no\nUSA,r1,yes\nFRA,r2,yes\nCHN,r2,yes\n"


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """Run the command line in a folder with two editions of a file; return status, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    Path("old.csv").write_text(VOTES)
    Path("new.csv").write_text(VOTES.replace("CHN,r1,no", "CHN,r1,abstain"))

    def call(*arguments):
        status = main(list(arguments))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


@pytest.mark.parametrize("style", ["plain", "github", "latex", "html", "csv", "json"])
@pytest.mark.parametrize(
    "verb",
    [
        ["deeds"],
        ["deeds", "--pairs"],
        ["deeds", "un-landmark-votes"],
        ["common-ground"],
        ["common-ground", "--question", "cooperate-on-trade"],
        ["fault-lines"],
        ["fault-lines", "--by", "issue"],
        ["diff", "old.csv", "new.csv", "--scale", "vote"],
        ["diff", "old.csv", "old.csv", "--scale", "vote"],
        ["diff", "old.csv", "new.csv", "--scale", "vote", "--cell", "CHN", "FRA"],
    ],
)
def test_every_format(run, verb, style):
    """Every verb prints every format."""
    status, out, err = run(*verb, "--format", style)
    assert status == (1 if "new.csv" in verb else 0)
    assert (out.endswith("\n"), err) == (True, "")
    if style == "json":
        json.loads(out)


def test_deeds_of_one_actor(run):
    """One actor's account comes with its interval, and the caption says what is imagined."""
    status, out, err = run("deeds", "--actor", "China", "--interval", "0.95")
    assert (status, err) == (0, "")
    assert "(0.50 [0.00, 1.00]) of 1" in out
    assert "as if the questions were drawn anew" in out
    assert "Next: stances deeds --pairs" in out


def test_deeds_on_one_issue(run):
    """An issue without both says so, and --no-inferred leaves out what was read between the lines."""
    assert "nobody has a word and a deed" in run("deeds", "--issue", "gaza")[1]
    assert "nobody has a word and a deed" in run("deeds", "--no-inferred")[1]
    assert "(0.50) of 1" in run("deeds", "--issue", "trade")[1]


def test_deeds_by_issue(run):
    """There is an account for each issue, under its name; the whole is the trade account of the report."""
    status, out, err = run("deeds", "--by", "issue", "--actor", "CHN")
    assert (status, err) == (0, "")
    assert out.count("Who keeps its word") == 4
    assert "paris-beijing-2025 · trade · words against deeds" in out
    rows = run("deeds", "--by", "issue", "--format", "csv")[1].splitlines()
    assert [row.split(",")[:3] for row in rows[1:]] == [["trade", "CHN", "open-chinese-market"]]


def test_pairs_compare_two_at_a_time(run):
    """--pairs with an actor or an interval is a mistake of usage."""
    for more in (("--actor", "CHN"), ("--interval", "0.9")):
        status, out, err = run("deeds", "--pairs", *more)
        assert (status, out) == (2, "")
        assert "two actors at a time" in err


def test_pairs_of_the_report(run):
    """China and France are the one pair that is defined in words and in deeds."""
    _, out, _ = run("deeds", "--pairs", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["first"], row["second"], row["n_words"], row["n_deeds"]) == ("CHN", "FRA", "3", "1")


def test_common_ground_of_a_selection(run):
    """Actors, issue and the fewest who must have spoken are chosen by options."""
    _, out, _ = run(
        "common-ground",
        "un-landmark-votes",
        "--actors",
        "FRA,DEU,POL",
        "--min-actors",
        "3",
        "--issue",
        "ukraine",
    )
    assert "3 actors" in out
    assert "yes 3: FRA, DEU, POL" in out
    assert run("common-ground", "--min-actors", "1")[0] == 2


def test_common_ground_finds_issues_of_roll_calls(run):
    """Roll calls without issues are grouped by the shipped rules."""
    row = "yes,2022-03-02,ES-11,A/RES/ES-11/1,Aggression against Ukraine"
    rows = [f"{state},{row.replace('yes', 'Y')}" for state in ("FRA", "DEU")]
    Path("votes.csv").write_text("\n".join(["ms_code,ms_vote,date,session,resolution,title", *rows]) + "\n")
    _, out, _ = run("common-ground", "votes.csv", "--reader", "un")
    assert "ukraine · 1" in out
    assert "issues by the shipped rules" in out


def test_fault_lines_by_issue(run):
    """The issues are ranked, the most polarized question of each named, and one can be opened."""
    _, out, _ = run("fault-lines", "un-landmark-votes", "--by", "issue")
    assert out.index("trade") < out.index("multilateralism") < out.index("gaza") < out.index("ukraine")
    next_line = next(line for line in out.splitlines() if line.startswith("Next: stances "))
    status, opened, _ = run(*next_line.removeprefix("Next: stances ").split())
    assert status == 0
    assert "Levels, from low to high: no, abstain, yes." in opened
    assert "Evidence" in opened


def test_an_unknown_question(run):
    """A question that is not there is named with the nearest."""
    status, out, err = run("fault-lines", "--question", "cooperate-on-trad")
    assert (status, out) == (2, "")
    assert "did you mean 'cooperate-on-trade'?" in err


def test_diff_tells_findings_apart(run):
    """Status 1 where anything changed, 0 where nothing did."""
    status, out, err = run("diff", "old.csv", "new.csv", "--scale", "vote")
    assert (status, err) == (1, "")
    assert "position: no -> abstain" in out
    assert "(+0.25)" in out
    status, out, _ = run("diff", "old.csv", "old.csv", "--scale", "vote")
    assert (status, out) == (0, "What changed from old.csv to old.csv\nNo difference.\n")


def test_diff_reads_both_with_one_reader(run):
    """--reader applies to both, and rules for records then make no sense."""
    how = ("old.csv", "new.csv", "--reader", "table", "--scale", "vote")
    status, out, _ = run("diff", *how)
    assert status == 1
    assert "position: no -> abstain" in out
    assert run("diff", *how, "--basis", "word")[0] == 2
    assert run("diff", *how, "--issue", "gaza")[0] == 2


def test_diff_by_another_measure(run):
    """Measure, silence policy and rules choose the matrix whose cells are compared."""
    _, out, _ = run("diff", "old.csv", "new.csv", "--scale", "vote", "--measure", "cohen_kappa")
    assert "By cohen_kappa" in out
    _, out, _ = run(
        "diff",
        "paris-beijing-2025",
        "un-landmark-votes",
        "--basis",
        "deed",
        "--no-inferred",
        "--issue",
        "gaza",
    )
    assert "deeds, nothing inferred" in out


def test_diff_opens_a_cell(run):
    """--cell shows the questions that moved the cell; one that did not move is a mistake."""
    _, out, _ = run("diff", "old.csv", "new.csv", "--scale", "vote", "--cell", "FRA", "CHN")
    assert "no -> abstain" in out
    assert "they add up to it" in out
    status, _, err = run("diff", "old.csv", "new.csv", "--scale", "vote", "--cell", "FRA", "USA")
    assert status == 2
    assert "did not move" in err


def test_only_one_side_is_stdin(run):
    """OLD and NEW cannot both be standard input."""
    assert run("diff", "-", "-")[0] == 2


def test_a_record_beside_the_file(run):
    """What was compared is kept beside a file: the hashes of both, or the rules of one."""
    run("diff", "old.csv", "new.csv", "--scale", "vote", "--format", "json", "-o", "diff.json")
    beside = json.loads(Path("diff.json.meta.json").read_text())
    assert beside["old"]["sha256"] != beside["new"]["sha256"]
    run("deeds", "-o", "deeds.txt")
    assert json.loads(Path("deeds.txt.meta.json").read_text())["dataset"] == "paris-beijing-2025"
    run("fault-lines", "--by", "issue", "-o", "lines.txt")
    assert json.loads(Path("lines.txt.meta.json").read_text())["by"] == "issue"


def test_the_verbs_print_what_the_functions_return(run, seed):
    """The command line adds nothing to what the library prints."""
    assert run("deeds")[1] == f"{stances.words_and_deeds(seed)}\n"
    assert run("deeds", "--pairs")[1] == f"{stances.speech_and_action(seed)}\n"
    assert run("common-ground")[1] == f"{stances.common_ground(seed)}\n"
    assert run("fault-lines", "--by", "issue")[1] == f"{stances.fault_lines(seed, 'issue')}\n"
