"""`stances camps` and `stances trend` from the command line."""

import io
import json

import pytest

import stances

VOTES = "un-landmark-votes"


@pytest.fixture
def scipy():
    """Skip where the extra plot is not installed."""
    pytest.importorskip("scipy")


def test_camps_of_the_shipped_votes(run, scipy):
    """Two camps are printed with their members, and what to type to learn whether they hold."""
    status, out, err = run("camps", VOTES)
    assert (status, err) == (0, "")
    assert (
        "2 camps, of 2 to 8 the number with the largest mean silhouette: 0.69, structure reasonable." in out
    )
    assert "Camp 2: BRA, CHN, EGY, IDN, IND, RUS, SAU, ZAF." in out
    assert out.endswith("Next: stances camps un-landmark-votes --stability 200\n")


def test_camps_with_stability_can_be_repeated(run, scipy, tmp_path):
    """With a seed the same numbers come again, and the record beside a file holds it."""
    again = [
        run("camps", VOTES, "--stability", "20", "--seed", "1", "--blocks", "issue")[1] for _ in range(2)
    ]
    assert again[0] == again[1]
    assert "issues drawn anew 20 times" in again[0]
    assert (
        run(
            "camps",
            VOTES,
            "--camps",
            "3",
            "--stability",
            "20",
            "--seed",
            "1",
            "--format",
            "csv",
            "-o",
            "c.csv",
        )[0]
        == 0
    )
    assert json.loads((tmp_path / "c.csv.meta.json").read_text())["stability"]["entropy"] == 1


def test_camps_of_the_report_are_refused(run):
    """The shipped report has too few actors who share enough, and the verb says so in a sentence."""
    status, out, err = run("camps")
    assert (status, out) == (2, "")
    assert err.startswith("error: camps would mean nothing here: it takes 4 actors")
    assert err.endswith("[S380]\n")


@pytest.mark.parametrize(
    "wrong",
    [["--seed", "1"], ["--interval", "0.95"], ["--blocks", "issue"], ["--camps", "1"], ["--stability", "1"]],
)
def test_camps_options_go_together(run, wrong):
    """Seed and blocks go with --stability, and numbers have their limits."""
    assert run("camps", VOTES, *wrong)[0] == 2


@pytest.mark.parametrize("style", ["plain", "github", "latex", "html", "csv", "json"])
def test_every_format(run, scipy, style):
    """Both verbs print every format."""
    for verb in (["camps", VOTES], ["trend", "FRA", "USA", VOTES]):
        status, out, _ = run(*verb, "--format", style)
        assert status == 0
        assert out.endswith("\n")


def test_trend_by_year_and_session(run):
    """Years come with support and interval, sessions in the order of time with those beside them last."""
    status, out, err = run("trend", "FRA", "USA", VOTES)
    assert (status, err) == (0, "")
    assert "FRA and USA by year · un-landmark-votes" in out
    assert (
        "From 2022 to 2023 agreement fell by 0.33; its interval does not exclude that nothing changed." in out
    )
    _, out, _ = run("trend", "CHN", "RUS", VOTES, "--by", "session", "--silence", "bounds")
    assert [line.split()[0] for line in out.splitlines()[2:7]] == ["76", "77", "78", "ES-11", "ES-10"]


def test_trend_takes_an_interval(run):
    """The level of the intervals can be named, or the questions drawn again."""
    assert "80 % intervals" in run("trend", "FRA", "USA", VOTES, "--interval", "0.8")[1]
    drawn = run("trend", "FRA", "USA", VOTES, "--bootstrap", "50", "--seed", "1")[1]
    assert "questions drawn anew 50 times" in drawn


def test_trend_of_a_member_and_its_bloc(run):
    """A bloc without a position of its own has that of its members without the other."""
    status, out, _ = run("trend", "HUN", "EU", VOTES)
    assert status == 0
    assert "without HUN" in out
    assert "Next: stances cohesion EU un-landmark-votes" in out


def test_trend_of_the_report_is_refused(run):
    """The shipped report has no dated questions, and the verb says so in a sentence."""
    status, out, err = run("trend", "FRA", "CHN")
    assert (status, out) == (2, "")
    assert err.startswith(
        "error: FRA and CHN cannot be followed: it takes two years, and no question has a year"
    )
    assert err.endswith("[S381]\n")


def test_trend_by_days(run, tmp_path):
    """Records with dates are followed by days, under the rules of the command; votes are not."""
    rows = [
        "FRA,q1,for,2023",
        "CHN,q1,against,2023-01/2023-12",
        "CHN,q1,for,2024-03",
        "FRA,q2,for,2023",
        "CHN,q2,for,2023",
    ]
    (tmp_path / "d.csv").write_text("actor,question,position,date\n" + "\n".join(rows) + "\n")
    days = ["--day", "2024-12-31", "--day", "2023-12-31", "--scale", "against < open < for"]
    status, out, _ = run("trend", "FRA", "CHN", "d.csv", *days, "--format", "json", "-o", "t.json")
    assert (status, out) == (0, "")
    periods = json.loads((tmp_path / "t.json").read_text())["periods"]
    assert (periods["day"], periods["value"]) == (["2023-12-31", "2024-12-31"], [0.5, 1.0])
    assert json.loads((tmp_path / "t.json.meta.json").read_text())["days"] == ["2024-12-31", "2023-12-31"]
    (tmp_path / "v.csv").write_text("actor,question,position\nFRA,q1,yes\nCHN,q1,no\n")
    status, _, err = run(
        "trend", "FRA", "CHN", "v.csv", "--reader", "table", "--scale", "vote", "--day", "2023"
    )
    assert status == 2
    assert "--day needs records with dates" in err


def test_trend_reads_standard_input(run, monkeypatch, tmp_path):
    """A dataset may come through a pipe."""
    stances.dump(stances.load(VOTES), "v.json")
    piped = io.TextIOWrapper(io.BytesIO((tmp_path / "v.json").read_bytes()))
    monkeypatch.setattr("sys.stdin", piped)
    assert run("trend", "FRA", "USA", "-")[0] == 0


def test_camps_by_issue_are_those_of_the_issue(run, scipy):
    """One table for each issue, the same as the issue alone gives."""
    status, out, err = run("camps", VOTES, "--by", "issue", "--format", "json")
    assert (status, err) == (0, "")
    documents = json.loads(out)
    assert list(documents) == ["ukraine", "gaza", "trade", "multilateralism"]
    for issue, document in documents.items():
        alone = json.loads(run("camps", VOTES, "--issue", issue, "--format", "json")[1])
        assert document["camps"] == alone["camps"]


def test_years_without_camps_are_named(run, scipy):
    """A slice with too few actors is named in a note and costs the others nothing; all too small is an error."""
    status, out, err = run("camps", VOTES, "--by", "year")
    assert status == 0
    assert " · 2022 · " in out
    assert " · 2021 · " not in out
    assert err.startswith("note: 2021: camps would mean nothing here")
    assert run("camps", "--by", "issue")[0] == 2


def test_compare_by_issue(run):
    """One comparison for each issue, whose supports add up where no question has two."""
    documents = json.loads(run("compare", "CHN", "FRA", "--by", "issue", "--format", "json")[1])
    assert list(documents) == ["ukraine", "gaza", "trade", "multilateralism"]
    out = run("compare", "CHN", "FRA", "--by", "issue", "--interval", "0.95")[1]
    assert "· ukraine · words and deeds · agreement 1.00 [" in out
    assert "· gaza · words and deeds · agreement undefined (no_shared_questions) · 0 shared questions" in out
    status, _, err = run("compare", "CHN", "FRA", "--by", "year")
    assert status == 2
    assert "--by year: no question of paris-beijing-2025 has one" in err


def test_common_ground_by_year(run):
    """One table for each year, with an interval of its share; a question is opened in the whole alone."""
    status, out, err = run("common-ground", VOTES, "--by", "year", "--interval", "0.9")
    assert (status, err) == (0, "")
    assert " · 2023 · " in out
    assert "(90 % interval)." in out
    status, _, err = run("common-ground", VOTES, "--by", "year", "--question", "x")
    assert status == 2
    assert "leave --by out" in err
