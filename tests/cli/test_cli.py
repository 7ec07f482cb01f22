"""The command line: what it prints, where, and with which exit status."""

import hashlib
import io
import json
import os
import subprocess
import sys

import pytest

import stances
from stances.cli import cli, main

VERBS = sorted(cli.commands)
CSV = "actor,question,position\nFRA,r1,yes\nCHN,r1,abstain\n"


@pytest.fixture
def run(capsys):
    """Run the command line and return status, stdout and stderr."""

    def call(*arguments):
        status = main(list(arguments))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


def test_agreement_prints_to_stdout(run):
    """The first command prints a matrix to stdout and nothing to stderr."""
    status, out, err = run("agreement")
    assert status == 0
    assert "(1.00) of 4, 3 silent" in out
    assert err == ""


def test_divergence_by_issue(run):
    """One matrix per issue is printed, Gaza with its reason."""
    status, out, _ = run("divergence", "--by", "issue")
    assert status == 0
    assert out.count("Who diverges from whom") == 4
    assert "only CHN (2 positions) is on record" in out


def test_compare_lists_the_silence(run):
    """compare prints evidence by paragraph and the unanswered calls with who asked."""
    status, out, _ = run("compare", "CHN", "FRA")
    assert status == 0
    assert "Asked but not answered" in out
    assert "report 15" in out


@pytest.mark.parametrize("verb", VERBS)
def test_help_has_examples_and_fits(run, verb):
    """Every verb explains itself with an example, in 80 columns."""
    status, out, _ = run(verb, "--help")
    assert status == 0
    assert f"stances {verb}" in out.split("Options:")[0].split("Usage:")[1].split("\n", 1)[1]
    assert max(map(len, out.split("\n"))) <= 80


@pytest.mark.parametrize("style", ["plain", "github", "latex", "html", "csv", "json"])
@pytest.mark.parametrize(
    "verb",
    [
        ["agreement"],
        ["agreement", "--by", "issue"],
        ["compare", "CHN", "FRA"],
        ["show"],
        ["check"],
        ["measures"],
        ["seeds"],
    ],
)
def test_every_format(run, verb, style):
    """Every verb prints every format."""
    status, out, _ = run(*verb, "--format", style)
    assert status == 0
    assert out.endswith("\n")
    if style == "json":
        json.loads(out)


USAGE = {
    "verb": (["agrement"], "Did you mean 'agreement'?"),
    "measure": (["agreement", "--measure", "cohens_kappa"], "did you mean 'cohen_kappa'?"),
    "actor": (["compare", "CHN", "FRN"], "did you mean 'FRA'?"),
    "issue": (["agreement", "--issue", "ukrain"], "did you mean 'ukraine'?"),
    "dataset": (["agreement", "paris"], "no file, folder or shipped dataset 'paris'"),
    "policy and measure": (["agreement", "--measure", "cohen_kappa", "--silence", "half"], "without chance correction"),
    "option": (["agreement", "--mesure", "x"], "--measure"),
    "choice": (["agreement", "--silence", "skipp"], "skip"),
    "option twice": (["agreement", "--measure", "exact", "--measure", "agreement"], "--measure is given more than once"),
    "option twice, by two names": (["agreement", "-o", "a.csv", "--output", "b.csv"], "--output is given more than once"),
    "source": (["check", "--source", "nothing"], "ID=FILE"),
    "scale": (["agreement", "--scale", "x"], ""),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "hint"), list(USAGE.values())[:-1], ids=list(USAGE)[:-1])
@pytest.mark.hostile("L10")
def test_usage_errors(run, arguments, hint):
    """A mistake of usage ends with status 2, a hint on stderr and nothing on stdout."""
    status, out, err = run(*arguments)
    assert status == 2
    assert out == ""
    assert hint in err


@pytest.mark.hostile("L10")
def test_no_verb_takes_an_option_twice():
    """Every verb, and every figure, is a command that looks for it."""
    import click

    from stances.cli import cli
    from stances.cli.command import Command

    def commands(group):
        for name in group.list_commands(None):
            found = group.get_command(click.Context(group), name)
            yield from commands(found) if isinstance(found, click.Group) else [found]

    verbs = list(commands(cli))
    assert len(verbs) >= 30
    assert all(isinstance(verb, Command) for verb in verbs)
    many = [option for verb in verbs for option in verb.params if getattr(option, "multiple", False)]
    assert all("may be repeated" in option.help for option in many)


@pytest.mark.hostile("L10")
def test_a_figure_takes_no_option_twice(run):
    """The figures are verbs below a verb, and look for it too."""
    pytest.importorskip("matplotlib", reason="matplotlib is of the extra plot")
    status, out, err = run("plot", "map", "un-landmark-votes", "-o", "a.svg", "--output", "b.svg")
    assert (status, out) == (2, "")
    assert "--output is given more than once; give it once" in err


@pytest.mark.hostile("L10")
@pytest.mark.parametrize("arguments", [("--help", "--help"), ("--measure", "x", "--measure", "y", "--help")])
def test_help_comes_first(run, arguments):
    """Whoever asks for help gets it, whatever else is given twice."""
    status, out, _ = run("agreement", *arguments)
    assert status == 0
    assert "Usage: stances agreement" in out


@pytest.mark.hostile("L10")
def test_options_that_may_be_repeated(run):
    """Issues and bases add up, and the caption names them all."""
    status, out, _ = run(
        "agreement", "--issue", "gaza", "--issue", "trade", "--basis", "word", "--basis", "deed"
    )
    assert status == 0
    assert "· gaza, trade · words and deeds ·" in out


def test_a_newcomers_dataset(run, tmp_path):
    """The starter loads, checks clean and compares; a folder that is there is not overwritten."""
    folder = str(tmp_path / "my-data")
    assert run("new", folder)[0] == 0
    assert run("check", folder)[0] == 0
    assert "(0.50) of 1, 1 silent" in run("agreement", folder)[1]
    assert run("new", folder)[0] == 2


def test_check_tells_findings_apart(run, tmp_path, seed):
    """A quotation that is not there is a finding, status 1."""
    (tmp_path / "other.txt").write_text("Another text.")
    status, out, _ = run("check", "--source", f"report={tmp_path / 'other.txt'}")
    assert status == 1
    assert "missing" in out


def test_stdin_is_read(run, monkeypatch):
    """- reads CSV or JSON from stdin."""
    for text in (CSV, json.dumps({"actors": [{"id": "FRA"}]})):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert run("show", "-", "--scale", "vote")[0] == 0


def test_convert_round_trip(run, tmp_path):
    """A converted dataset is the same dataset; a form that would lose something is refused."""
    target = tmp_path / "data.json"
    assert run("convert", "paris-beijing-2025", str(target))[0] == 0
    assert stances.load(target) == stances.load("paris-beijing-2025")
    status, _, err = run("convert", "paris-beijing-2025", str(tmp_path / "data.csv"))
    assert status == 3
    assert "would lose" in err
    assert [p.name for p in tmp_path.iterdir()] == ["data.json"]


def test_output_has_its_record(run, tmp_path, monkeypatch):
    """--output writes the file and a record of version, command, measure, policy and data."""
    target = tmp_path / "m.csv"
    arguments = ["agreement", "--format", "csv", "--silence", "half", "-o", str(target)]
    monkeypatch.setattr(sys, "argv", ["stances", *arguments])
    status, out, err = run(*arguments)
    assert (status, out) == (0, "")
    assert "wrote" in err
    record = json.loads((tmp_path / "m.csv.meta.json").read_text())
    assert record["stances"] == stances.__version__
    assert record["command"][1] == "agreement"
    assert (record["measure"], record["silence"], record["dataset"]) == (
        "agreement",
        "half",
        "paris-beijing-2025",
    )
    assert len(record["sha256"]) == 64
    before = (tmp_path / "m.csv.meta.json").read_bytes()
    run(*arguments)
    assert (tmp_path / "m.csv.meta.json").read_bytes() == before


def test_output_that_cannot_be_written(run, tmp_path):
    """A target in a folder that is not there ends with status 3 and a message."""
    status, _, err = run("agreement", "-o", str(tmp_path / "no" / "m.txt"))
    assert status == 3
    assert "error:" in err


def test_notes_go_to_stderr(run, tmp_path):
    """What was trimmed or counted once is told on stderr, and the work goes on."""
    (tmp_path / "v.csv").write_text(CSV + "FRA,r1,yes\n")
    status, _, err = run("agreement", str(tmp_path / "v.csv"), "--scale", "vote")
    assert status == 0
    assert "note: v.csv: line 4 repeats line 2 and is counted once" in err


def five_shared(tmp_path):
    """A file with five shared questions, so that a cell may be shaded."""
    rows = [f"{actor},r{k},yes" for actor in ("FRA", "CHN") for k in range(5)]
    path = tmp_path / "five.csv"
    path.write_text("\n".join(["actor,question,position", *rows]) + "\n")
    return str(path)


@pytest.mark.parametrize(
    ("option", "environment", "colored"),
    [
        ("always", {}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
        ("auto", {}, False),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, False),
    ],
)
@pytest.mark.hostile("F11")
def test_colour(run, tmp_path, monkeypatch, option, environment, colored):
    """Colour follows the option, then NO_COLOR, FORCE_COLOR and TERM, then the terminal."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    _, out, _ = run("agreement", five_shared(tmp_path), "--scale", "vote", "--color", option)
    assert ("\x1b[" in out) is colored


def python(*arguments, **environment):
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "import sys; from stances.cli import main; sys.exit(main())", *arguments],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.hostile("F12", "N16")
def test_bytes_do_not_depend_on_the_machine():
    """Hash seed and time zone leave every byte as it is."""
    first = python("agreement", "--by", "issue", PYTHONHASHSEED="0", TZ="UTC")
    other = python("agreement", "--by", "issue", PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C")
    assert first.returncode == other.returncode == 0
    assert first.stdout.replace("·".encode(), b"-") == other.stdout.replace("·".encode(), b"-")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.hostile("F11")
def test_poor_terminals_get_ascii(encoding):
    """A stream that cannot hold a sign gets one in ASCII, and never an exception."""
    done = python("compare", "CHN", "FRA", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == 0
    assert done.stderr == b""
    done.stdout.decode(encoding)


@pytest.mark.hostile("F10")
def test_a_closed_pipe_ends_quietly():
    """Whoever stops reading gets no traceback."""
    code = "import sys; from stances.cli import main; sys.exit(main(['compare', 'CHN', 'FRA']))"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    _, err = process.communicate(timeout=60)
    assert err == b""
    assert process.returncode in (0, 141)


def test_python_m_works():
    """The module runs as a program."""
    done = subprocess.run(
        [sys.executable, "-m", "stances", "seeds"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "paris-beijing-2025" in done.stdout


VERBS_WITH_DATA = [
    ["agreement"], ["divergence"], ["compare", "CHN", "FRA"], ["show"], ["deeds"], ["common-ground"], ["fault-lines"],
    ["check"], ["agreement", "--by", "issue"],
]  # fmt: skip


@pytest.mark.parametrize("verb", VERBS_WITH_DATA, ids=" ".join)
@pytest.mark.parametrize("style", ["plain", "github", "latex", "html", "csv", "json"])
def test_every_file_names_its_sources(verb, style, tmp_path):
    """The record names data, licence and sources; text formats name the sources themselves, CSV and JSON stay clean."""
    file = tmp_path / "out.txt"
    assert main([*verb, "--format", style, "-o", str(file)]) == 0
    record = json.loads((tmp_path / "out.txt.meta.json").read_text("utf-8"))
    assert record["dataset"] == "paris-beijing-2025"
    assert record["licence"].startswith("MIT")
    assert [source["id"] for source in record["sources"]] == ["report"]
    content = file.read_bytes()
    assert record["file_sha256"] == hashlib.sha256(content).hexdigest()
    named = b"out.txt.meta.json" in content and b"Source report: News report on" in content
    assert named == (style not in ("csv", "json"))


def test_votes_that_were_read_name_the_published_file(tmp_path):
    """A table made of the voting file of the UN names that file."""
    votes = tmp_path / "ga.csv"
    votes.write_text("ms_code,ms_vote,date,resolution\nFRA,Y,2022-03-02,A/RES/1\nCHN,N,2022-03-02,A/RES/1\n")
    out = tmp_path / "m.tex"
    assert main(["agreement", str(votes), "--reader", "un", "--format", "latex", "-o", str(out)]) == 0
    last = [line for line in out.read_text("utf-8").splitlines() if line.startswith("%")]
    assert "digitallibrary.un.org/record/4060887" in last[0]
    assert last[1] == "% How it was made: m.tex.meta.json."
