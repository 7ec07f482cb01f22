"""How a CSV is written, said on the command line: wherever a dataset is read, and nowhere else."""

import io
import json
import shutil

import pytest

from stances import Dialect, load
from stances.cli.reading import READERS

GERMAN = ("--delimiter", ";", "--decimal", ",", "--encoding", "cp1252", "--skip", "2", "--times", "drop")
LINES = """\
Übersicht der Stimmen

actor;question;position;scale;salience;date;source;speaker;coder
FRA;r1;yes;vote;1,5;2024-05-01 10:30;rede;Präsident;ann
CHN;r1;no;vote;2;2024-05-01 10:30;rede;;ann
FRA;r1;no;vote;1,5;2024-05-01 10:30;rede;Präsident;ben
"""


@pytest.fixture
def sheet(tmp_path):
    """A file as a German spreadsheet writes it, in the folder of the command."""
    path = tmp_path / "stimmen.csv"
    path.write_bytes(LINES.encode("cp1252").replace(b"\n", b"\r\n"))
    return path


VERBS = {
    "show": ("show", "stimmen.csv"),
    "show --questions": ("show", "stimmen.csv", "--questions"),
    "agreement": ("agreement", "stimmen.csv"),
    "compare": ("compare", "CHN", "FRA", "stimmen.csv"),
    "deeds": ("deeds", "stimmen.csv"),
    "cite": ("cite", "stimmen.csv"),
    "reliability": ("reliability", "stimmen.csv"),
    "common-ground": ("common-ground", "stimmen.csv"),
    "cohesion": ("cohesion", "EU", "stimmen.csv"),
    "nearest": ("nearest", "stimmen.csv", "stimmen.csv"),
    "diff": ("diff", "stimmen.csv", "stimmen.csv"),
    "check": ("check", "stimmen.csv"),
    "convert": ("convert", "stimmen.csv", "out.json"),
    "merge": ("merge", "stimmen.csv"),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.usefixtures("sheet")
def test_every_verb_reads_it(verb, run):
    """Each verb that reads a dataset reads one in a dialect, and none without it."""
    assert run(*VERBS[verb], *GERMAN)[0] in (0, 1)
    status, _, err = run(*VERBS[verb])
    assert status == 3
    assert "not UTF-8: byte 0xDC in line 1" in err
    assert "--encoding cp1252" in err


def test_what_is_converted_is_what_the_library_reads(run, sheet, tmp_path):
    """The options mean the fields of the same names."""
    assert run("convert", "stimmen.csv", "out.json", *GERMAN)[0] == 0
    dialect = Dialect(delimiter=";", decimal=",", encoding="cp1252", skip=2, times="drop")
    assert load(tmp_path / "out.json") == load(sheet, dialect=dialect)


def test_standard_input_has_a_dialect(run, monkeypatch):
    """What comes from - is read as it is said to be; the word tab stands for the sign."""
    for typed in ("tab", "\t"):
        content = LINES.replace(";", "\t").encode("utf-16")
        monkeypatch.setattr("sys.stdin", type("In", (), {"buffer": io.BytesIO(content)}))
        options = (
            "--delimiter",
            typed,
            "--decimal",
            ",",
            "--encoding",
            "utf-16",
            "--skip",
            "2",
            "--times",
            "drop",
        )
        status, out, _ = run("show", "-", *options)
        assert status == 0
        assert "FRA" in out


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.usefixtures("sheet")
def test_readers_have_layouts_of_their_own(reader, run):
    """An option that says how a CSV is written is a mistake of usage beside any --reader."""
    status, out, err = run("show", "stimmen.csv", "--reader", reader, "--scale", "vote", "--skip", "2")
    assert (status, out) == (2, "")
    assert f"--skip is for the CSV of a dataset; --reader {reader} has a layout of its own" in err


WRONG = {
    "encoding": (("--encoding", "cp1522"), "--encoding: encoding 'cp1522' is no encoding of text that Python knows; did you"),
    "delimiter": (("--delimiter", "semicolon"), "--delimiter: delimiter 'semicolon' is no delimiter"),
    "decimal": (("--decimal", ","), "--decimal: decimal ',' is the delimiter too"),
    "skip": (("--skip", "-1"), "--skip: skip -1 is not a whole number"),
    "times": (("--times", "shift"), "--times: times 'shift' is not one of refuse, drop"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
@pytest.mark.usefixtures("sheet")
@pytest.mark.hostile("L10")
def test_what_no_file_is_written_in_is_a_mistake_of_usage(case, run):
    """A value that no dialect has ends with status 2, the option and what is allowed."""
    options, fragment = WRONG[case]
    status, out, err = run("show", "stimmen.csv", *options)
    assert (status, out) == (2, "")
    assert fragment in err


def test_of_several_files_the_csv_files_have_it(run, sheet, tmp_path):
    """A JSON file beside a CSV file is read as ever; alone, a dialect for it is refused."""
    run("convert", "stimmen.csv", "old.json", *GERMAN)
    assert run("diff", "old.json", "stimmen.csv", *GERMAN)[0] == 0
    assert run("nearest", "stimmen.csv", "old.json", *GERMAN)[0] == 0
    merged = run("merge", "old.json", "stimmen.csv", *GERMAN)[1]
    assert len(json.loads(merged)["stances"]) == 3
    for verb in (("show", "old.json"), ("diff", "old.json", "old.json"), ("nearest", "old.json", "old.json")):
        status, _, err = run(*verb, "--skip", "2")
        assert status == 3
        assert "is JSON, which is always UTF-8; leave the dialect out" in err
    shutil.copy(tmp_path / "old.json", tmp_path / "also.json")
    assert "leave the dialect out" in run("merge", "old.json", "also.json", "--skip", "2")[2]
