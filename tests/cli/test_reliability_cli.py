"""`stances merge` and `stances reliability`: a class's files from the command line."""

import io
import json

import pytest

import stances
from stances.cli import main

SHEETS = {
    "ann": ["FRA,ceasefire,for,speech,2", "CHN,ceasefire,silent,speech,2", "FRA,more-aid,for,speech,3"],
    "ben": ["FRA,ceasefire,against,speech,2", "CHN,ceasefire,for,speech,2", "FRA,more-aid,for,speech,3"],
    "coder-3": ["FRA,ceasefire,for,speech,2"],
}


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """Run the command line in a folder with the starter and three sheets; return status, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        status = main(list(arguments))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    call("new", "my-data")
    (tmp_path / "class").mkdir()
    for name, rows in SHEETS.items():
        text = "\n".join(["actor,question,position,source,locator", *rows]) + "\n"
        (tmp_path / "class" / f"{name}.csv").write_text(text)
    return call


FILES = [f"class/{name}.csv" for name in SHEETS]
MERGE = ["merge", *FILES, "--codebook", "my-data", "--coder-from-filename", "-o", "all"]


def test_merge_writes_a_dataset(run):
    """A class's sheets become one dataset, whose coders are the files' names."""
    assert run(*MERGE) == (0, "", "wrote all: 3 files, 3 coders, 7 stances\n")
    assert {stance.coder for stance in stances.load("all").stances} == set(SHEETS)


@pytest.mark.parametrize("target", ["all.json", "all"])
def test_merge_writes_what_convert_writes(run, target):
    """The ending of the target decides on the form."""
    assert run(*MERGE[:-1], target)[0] == 0
    assert len(stances.load(target).stances) == 7


def test_merge_without_a_target_goes_to_a_pipe(run, monkeypatch):
    """Without --output the dataset goes to standard output, where `stances reliability -` reads it."""
    status, out, err = run(*MERGE[:-2])
    assert (status, err) == (0, "")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(out.encode("utf-8"))))
    status, report, err = run("reliability", "-")
    assert (status, err) == (0, "")
    assert "3 coders" in report


def test_merge_writes_nothing_where_there_are_faults(run, tmp_path):
    """Faults are told by file, with status 3, and no file is written."""
    for name in ("ann", "ben"):
        with (tmp_path / "class" / f"{name}.csv").open("a") as file:
            file.write("FRA,ceasfire,for,speech,2\n")
    status, out, err = run(*MERGE)
    assert (status, out) == (3, "")
    assert err.count("unknown question 'ceasfire'; did you mean 'ceasefire'?") == 2
    assert "class/ann.csv, line 5" in err
    assert "class/ben.csv, line 5" in err
    assert not (tmp_path / "all").exists()


def test_merge_tells_what_to_do_with_nameless_files(run):
    """Files that contradict each other without a coder's name get the option that helps."""
    status, _, err = run("merge", *FILES, "--codebook", "my-data", "-o", "all")
    assert status == 3
    assert "--coder-from-filename" in err


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["merge", "-o", "all"], "Missing argument"),
        (["reliability"], "S312"),
    ],
)
def test_usage_errors(run, arguments, hint):
    """A mistake of usage ends with status 2, a hint on stderr and nothing on stdout."""
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert hint in err


def test_reliability_prints_the_report(run):
    """The report goes to stdout: agreement, coders, disputes and omissions."""
    run(*MERGE)
    status, out, err = run("reliability", "all")
    assert (status, err) == (0, "")
    for title in ("How far coders agree · my-data", "By coder", "Most disputed first", "Left out by some"):
        assert title in out
    assert "speech 2" in out


@pytest.mark.parametrize("style", ["plain", "github", "latex", "html", "csv", "json"])
def test_every_format(run, style):
    """The report prints in every format; JSON holds all tables, CSV the coefficients."""
    run(*MERGE)
    status, out, _ = run("reliability", "all", "--format", style)
    assert status == 0
    if style == "json":
        assert list(json.loads(out)) == ["dataset", "rules", "reliability", "coders", "disputed", "omissions"]
    if style == "csv":
        assert out.startswith("kind,id,n_coders")


def test_options_choose_the_records(run):
    """Issue, basis and inference are chosen as in other verbs, and told in the caption."""
    run(*MERGE)
    assert "nothing inferred" in run("reliability", "all", "--no-inferred")[1]
    assert "0 units · deeds" in run("reliability", "all", "--basis", "deed")[1]
    assert run("reliability", "all", "--issue", "ukrain")[0] == 2


def test_output_has_its_record(run, tmp_path):
    """--output writes the report, and beside it how it came about."""
    run(*MERGE)
    assert run("reliability", "all", "--format", "csv", "-o", "r.csv", "--issue", "ukraine")[0] == 0
    record = json.loads((tmp_path / "r.csv.meta.json").read_text())
    assert (record["rules"], record["issues"], record["dataset"]) == (
        "words and deeds",
        ["ukraine"],
        "my-data",
    )
