"""`stances nearest` from the command line."""

import csv
import json

import pytest

from stances.cli import main

PARTIES = "actor,question,position\nLeft,q1,agree\nLeft,q2,disagree\nRight,q1,disagree\nRight,q2,agree\n"
VOTERS = "actor,question,position\nanna,q1,agree\nanna,q2,agree\nben,q2,agree\n"
SCALE = ["--scale", "disagree < neutral < agree"]


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """Run the command line beside a file of voters and one of parties; return status, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "voters.csv").write_text(VOTERS)
    (tmp_path / "parties.csv").write_text(PARTIES)

    def call(*arguments):
        status = main(["nearest", *arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


def test_the_nearest_are_printed(run):
    """Each voter stands beside the nearest parties, and below how often each comes first."""
    status, out, err = run("voters.csv", "parties.csv", *SCALE)
    assert (status, err) == (0, "")
    assert "anna     Left (0.50) of 2   Right (0.50) of 2" in out
    assert "Left     0        1\n" in out


def test_every_layout_of_the_same_voters(run):
    """A table, and a dataset whose parties declare the scale, give the same."""
    plain = run("voters.csv", "parties.csv", *SCALE, "--format", "csv")[1]
    table = ["--reader", "table", "--voters-reader", "table"]
    assert run("voters.csv", "parties.csv", *SCALE, *table, "--format", "csv")[1] == plain


def test_the_scale_of_voters_is_that_of_the_parties(run, tmp_path):
    """Voters need not declare the scale that all questions of the parties have."""
    header, *rows = PARTIES.splitlines()
    declared = [f"{header},scale", *(f"{row},disagree < neutral < agree" for row in rows)]
    (tmp_path / "declared.csv").write_text("\n".join(declared) + "\n")
    status, out, _ = run("voters.csv", "declared.csv", "-k", "1", "--format", "json")
    assert status == 0
    assert json.loads(out)["matches"]["party"] == ["Left", "Right"]
    mixed = [*declared[:-1], "Right,q2,b,a < b"]
    (tmp_path / "mixed.csv").write_text("\n".join(mixed) + "\n")
    assert run("voters.csv", "mixed.csv")[0] == 3


def test_weights_come_from_a_file(run, tmp_path):
    """What a voter weighs double counts double, and the record beside a file names the weights."""
    (tmp_path / "w.csv").write_text("voter,question,weight\nanna,q2,3\n")
    arguments = [*SCALE, "--weights", "w.csv", "--k", "1", "--format", "csv", "-o", "n.csv"]
    assert run("voters.csv", "parties.csv", *arguments)[0] == 0
    rows = list(csv.DictReader((tmp_path / "n.csv").read_text().splitlines()))
    assert [(row["voter"], row["party"], row["value"]) for row in rows] == [
        ("anna", "Right", "0.75"),
        ("ben", "Right", "1.0"),
    ]
    record = json.loads((tmp_path / "n.csv.meta.json").read_text())
    assert (record["weights"], record["k"], record["voters"]["dataset"]) == ("w.csv", 1, "voters")


def test_every_fault_of_a_weight_file_is_told(run, tmp_path):
    """Unknown ids, weights that are none and cells given twice come with their lines."""
    rows = ["ann,q1,2", "anna,q9,2", "anna,q1,-1", "ben,q1,x", "ben,q2,2", "ben,q2,2", "ben"]
    (tmp_path / "w.csv").write_text("voter,question,weight\n" + "\n".join(rows) + "\n")
    status, out, err = run("voters.csv", "parties.csv", *SCALE, "--weights", "w.csv")
    assert (status, out) == (3, "")
    for line, said in (
        (2, "did you mean 'anna'?"),
        (3, "unknown question 'q9'"),
        (4, "weight -1.0 is not a finite number"),
        (5, "weight 'x' is not a number"),
        (7, "'ben on q2' is given twice"),
    ):
        assert any(f"w.csv, line {line}" in told and said in told for told in err.splitlines())
    assert "line 8" in err
    (tmp_path / "w.csv").write_bytes(b"\xff\xfe\x00")
    assert run("voters.csv", "parties.csv", *SCALE, "--weights", "w.csv")[0] == 3


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["voters.csv", "parties.csv", *SCALE, "--measure", "agrement"], "did you mean 'agreement'?"),
        (["voters.csv", "parties.csv", *SCALE, "--silence", "bounds"], "two ends"),
        (["voters.csv", "parties.csv", *SCALE, "--k", "0"], "not in the range"),
        (["-", "-"], "only one of VOTERS and PARTIES"),
        (["voters.csv", "un-landmark-votes"], "vote"),
        (["paris-beijing-2025", "un-landmark-votes"], "no question was asked on both sides"),
        (["voters.csv"], "Missing argument"),
    ],
)
def test_mistakes_are_told(run, wrong, said):
    """Each mistake is a sentence, and no traceback."""
    status, out, err = run(*wrong)
    assert status in (2, 3)
    assert out == ""
    assert said in err


@pytest.mark.parametrize("style", ["plain", "github", "latex", "html", "csv", "json"])
def test_every_format(run, style):
    """The verb prints every format."""
    status, out, _ = run("un-landmark-votes", "un-landmark-votes", "--issue", "gaza", "--format", style)
    assert status == 0
    assert out.endswith("\n")


def test_the_wahlomat_and_a_file_of_answers(run, tmp_path, shared_file):
    """A voter's file is matched with the parties of an election, on the scale that these have."""
    folder = shared_file("data/wahlomat/data/2021/deutschland")
    (tmp_path / "me.csv").write_text("actor,question,position\nme,s1,agree\nme,s2,disagree\n")
    status, out, _ = run("me.csv", str(folder), "--reader", "wahlomat", "-k", "2")
    assert status == 0
    assert "2 questions on both sides; on one alone: s3" in out
