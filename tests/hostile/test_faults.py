"""Every step of every writer is made to fail in turn: all files are old, or all are new."""

import errno
import importlib.util
import io
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import stances
from stances import atomic
from stances.cli import main
from stances.files.loading import parse

SEED = "paris-beijing-2025"
FSYNC = os.fsync
FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def plotted(folder):
    """A figure, written by the function of the library."""
    stances.plots.save(stances.agreement_matrix(stances.load(SEED)).plot(), folder / "figure.svg")


def command(*arguments):
    """What runs the command line in a folder, whose name ends the arguments with a slash before it."""
    return lambda folder: main([a.replace("OUT", str(folder)) for a in arguments])


LIBRARY = {
    "dump to a folder": lambda folder: stances.dump(stances.load(SEED), folder / "data"),
    "dump to JSON": lambda folder: stances.dump(stances.load(SEED), folder / "data.json"),
    "dump to CSV": lambda folder: stances.dump(tidy(), folder / "data.csv"),
    "dump to a data package": lambda folder: stances.dump(
        stances.load(SEED), folder / "p" / "datapackage.json"
    ),
    "to_csv": lambda folder: stances.agreement_matrix(stances.load(SEED)).to_csv(folder / "matrix.csv"),
    "to_html": lambda folder: stances.report_of(stances.load(SEED)).to_html(folder / "page.html"),
    "plots.save": plotted,
}
COMMANDS = {
    "agreement": command("agreement", SEED, "--format", "csv", "-o", "OUT/matrix.csv"),
    "convert": command("convert", SEED, "OUT/data.json"),
    "convert to a folder": command("convert", SEED, "OUT/some/data"),
    "merge": command("merge", SEED, "-o", "OUT/data"),
    "new": command("new", "OUT/mine"),
    "report": command("report", SEED, "-o", "OUT/page.html"),
    "plot": command("plot", "heatmap", SEED, "-o", "OUT/figure.svg"),
}
NEEDS = {"to_html": "jinja2", "report": "jinja2", "plots.save": "matplotlib", "plot": "matplotlib"}
ONLY_ONCE = {"new"}  # refuses a folder that holds anything


def tidy():
    """A dataset that a CSV file can hold."""
    return parse(b"actor,question,position\nA,q,yes\n", "data.csv", scale="vote")


class Steps:
    """The steps that write below a folder, counted; those of given numbers fail, each by its error.

    They are open, write, flush, fsync, chmod, mkdir, replace, unlink, and reading the old contents.
    """

    def __init__(self, patch, folder, failing=None):
        self.taken, self.folder, self.failing = [], str(folder), failing or {}
        for name in ("open", "chmod", "mkdir", "replace", "unlink"):
            patch.setattr(os, name, self.of_path(name, getattr(os, name)))
        patch.setattr(Path, "read_bytes", self.of_path("read", Path.read_bytes))
        patch.setattr(os, "fsync", self.synced)
        patch.setattr(atomic, "open", self.opened, raising=False)

    def step(self, name, path=None):
        """Count a step, or let it fail; an error of the system names the path where it was given one."""
        error = self.failing.get(len(self.taken))
        self.taken.append(name)
        if error is not None:
            raise error if path is None or error is not FULL else OSError(*FULL.args, str(path))

    def of_path(self, name, function):
        """A function that is counted where its first argument lies below the folder."""

        def counted(path, *arguments, **named):
            if isinstance(path, str | Path) and str(path).startswith(self.folder):
                self.step(name, path)
            return function(path, *arguments, **named)

        return counted

    def synced(self, descriptor):
        """Counted as it is."""
        self.step("fsync")
        FSYNC(descriptor)

    def opened(self, *arguments, **named):
        """A file whose writing and flushing are counted."""
        return Watched(io.open(*arguments, **named), self)  # noqa: UP020  # open is what is replaced


class Watched:
    """A file that tells before it writes or flushes."""

    def __init__(self, file, steps):
        self.file, self.steps = file, steps

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def fileno(self):
        return self.file.fileno()

    def write(self, content):
        self.steps.step("write")
        self.file.write(content[: len(content) // 2])
        self.steps.step("write")
        self.file.write(content[len(content) // 2 :])

    def flush(self):
        self.steps.step("flush")
        self.file.flush()


def held(folder):
    """Everything in a folder: the contents of files, and None for each folder."""
    paths = sorted(folder.rglob("*"))
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None for p in paths}


def lay(folder, files):
    """Make a folder hold this and nothing else."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for name, content in files.items():
        if content is None:
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(content)


def starts(name, new):
    """What may have been there before: nothing, or another version of each file."""
    old = {path: content and b"old" for path, content in new.items()}
    if name in NEEDS:  # slow, and written as the others are
        return [old]
    return [{}] if name in ONLY_ONCE else [{}, old]


def new_contents(name, act, folder):
    """What a writer leaves where nothing fails."""
    if name in NEEDS and importlib.util.find_spec(NEEDS[name]) is None:
        pytest.skip(f"{NEEDS[name]} is not installed")
    assert act(folder) in (None, 0) or name in LIBRARY
    new = held(folder)
    assert new
    assert not any(path.endswith(".part") for path in new)
    return new


def failures(name, act, folder, new):
    """Yield each run with one failing step: the error, what it raised or returned, and how it ought to end."""
    for old in starts(name, new):
        lay(folder, old)
        with pytest.MonkeyPatch.context() as patch:
            steps = Steps(patch, folder).taken
            act(folder)
        assert {"open", "write", "flush", "fsync", "chmod", "replace", "unlink"} <= set(steps)
        for k, step in enumerate(steps):
            for error in (FULL, KeyboardInterrupt()):
                lay(folder, old)
                with pytest.MonkeyPatch.context() as patch:
                    Steps(patch, folder, {k: error})
                    try:
                        ended = act(folder)
                    except (OSError, KeyboardInterrupt) as raised:
                        ended = raised
                where = f"{step}, number {k + 1} of {len(steps)}, {error!r}"
                assert held(folder) == (new if step == "unlink" else old), (
                    where
                )  # a tidying that is not needed
                yield step, error, ended, where


COLUMNS = ("read", "mkdir", "open", "write", "flush", "fsync", "chmod", "replace", "unlink")


def told():
    """The table of the docs: how many runs fail at each step of each writer."""
    page = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "how-far-it-was-tried.md"
    if not page.is_file():
        pytest.skip("the docs are tested from a checkout")
    rows = [line.strip("|").split("|") for line in page.read_text("utf-8").splitlines()]
    return {
        row[0].strip(): [int(cell.strip() or 0) for cell in row[1:]]
        for row in rows
        if len(row) == 11 and row[10].strip().isdigit()
    }


@pytest.mark.parametrize("name", LIBRARY | COMMANDS)
def test_the_page_counts_right(tmp_path, name):
    """Each step of each writer fails twice in each start, and the docs say how often that is."""
    act, out = (LIBRARY | COMMANDS)[name], tmp_path / "out"
    due = told()[name]
    out.mkdir()
    new, taken = new_contents(name, act, out), Counter()
    for old in starts(name, new):
        lay(out, old)
        with pytest.MonkeyPatch.context() as patch:
            steps = Steps(patch, out).taken
            act(out)
        taken.update(steps)
    assert [*(2 * taken[step] for step in COLUMNS), 2 * taken.total()] == due


def test_the_page_sums_up():
    """The last row is the sum of the others, and there is a row for each writer."""
    rows = told()
    everything = rows.pop("all")
    assert set(rows) == set(LIBRARY | COMMANDS)
    assert everything == [sum(column) for column in zip(*rows.values(), strict=True)]


@pytest.mark.parametrize("name", LIBRARY)
@pytest.mark.hostile("F05", "F06")
def test_no_step_of_the_library_leaves_half_of_anything(tmp_path, name):
    """Whichever step fails, the old files are whole, no other is left, and the error names the target."""
    act, out = LIBRARY[name], tmp_path / "out"
    out.mkdir()
    new = new_contents(name, act, out)
    targets = {Path(path).name for path in new}
    for step, error, ended, where in failures(name, act, out, new):
        if isinstance(error, KeyboardInterrupt):
            assert ended is error, where
        elif step != "unlink":
            assert isinstance(ended, OSError), where
            assert ended.errno == errno.ENOSPC, where
            assert step == "read" or Path(ended.filename or "").name in targets, where


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.hostile("F05", "F06")
def test_no_step_of_a_command_leaves_half_of_anything(tmp_path, capsys, name):
    """The same for the command line, whose exit status is 3, or 130 for Ctrl-C."""
    act, out = COMMANDS[name], tmp_path / "out"
    out.mkdir()
    new = new_contents(name, act, out)
    capsys.readouterr()
    for step, error, ended, where in failures(name, act, out, new):
        said = capsys.readouterr().err
        if isinstance(error, KeyboardInterrupt):
            assert ended == 130, where
            assert "interrupted" in said, where
        elif step != "unlink":
            assert ended == 3, where
            assert any(path in said for path in new) or step == "read", (where, said)
            assert ".part" not in said, where


BROKEN = OSError(errno.EIO, os.strerror(errno.EIO))
TWO = {"a": b"new a", "b": b"new b"}


def written(folder, failing):
    """Write two files while some steps fail; return the steps, and what was raised."""
    with pytest.MonkeyPatch.context() as patch:
        steps = Steps(patch, folder, failing)
        try:
            atomic.write_files({folder / name: content for name, content in TWO.items()})
        except (OSError, KeyboardInterrupt) as raised:
            return steps.taken, raised
    return steps.taken, None


def second_faults(folder, old):
    """Yield each run in which one step fails, and one of those that tidy up after it as well."""
    lay(folder, old)
    steps, _ = written(folder, {})
    for k in range(len(steps)):
        for first in (FULL, KeyboardInterrupt("first")):
            lay(folder, old)
            then, _ = written(folder, {k: first})
            for j in range(k + 1, len(then)):
                for second in (BROKEN, KeyboardInterrupt("second")):
                    lay(folder, old)
                    taken, raised = written(folder, {k: first, j: second})
                    yield (taken[k], first), (taken[j], second), raised


@pytest.mark.parametrize(
    "old", [{}, {"a": b"old a", "b": b"old b"}, {"b": b"old b"}], ids=["none", "both", "one"]
)
@pytest.mark.hostile("F05", "F06")
def test_tidying_up_may_fail_too(tmp_path, old):
    """Of two faults the first is told; each file is whole, and all are old, or the error names those that are not."""
    n_unlike = 0
    for (step, first), (then, second), raised in second_faults(tmp_path, old):
        where, found = f"{step}, {first!r}, then {then}, {second!r}", held(tmp_path)
        files = {name: found[name] for name in found if not name.endswith(".part")}
        assert all(files.get(name) in (old.get(name), TWO[name]) for name in TWO), where
        assert set(files) <= set(TWO), where
        if isinstance(second, KeyboardInterrupt):  # is never swallowed, and nothing is left undone for it
            assert raised is second or raised is first, where
            assert raised is first or step == "unlink" or first_of(raised, first), where
            assert files in (old, TWO), where
        elif step != "unlink":
            assert raised is first or raised.errno == errno.ENOSPC, where
            unlike = [name for name in TWO if files.get(name) != old.get(name)]
            n_unlike += len(unlike)
            notes = " ".join(getattr(raised, "__notes__", ()))
            assert all(str(tmp_path / name) in notes for name in unlike), where
            kept = [found[name] for name in found if name.endswith(".part")]
            assert then in ("unlink", "replace") or not kept, where
            assert then != "replace" or not unlike or all(old[name] in kept for name in unlike), where
    assert n_unlike  # some cannot be put back, and are told


def first_of(raised, first):
    """Tell whether an error came up while another was dealt with."""
    while raised is not None:
        if raised is first or (isinstance(raised, OSError) and raised.errno == errno.ENOSPC):
            return True
        raised = raised.__context__
    return False


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # stopped between open and with: Python closes it
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", ["dump to JSON", "to_csv", "new"])
@pytest.mark.hostile("F06")
def test_ctrl_c_may_come_before_any_line(tmp_path, name):
    """Stopped before each line of the module that writes, in turn, all files are old or all are new."""
    act, out = (LIBRARY | COMMANDS)[name], tmp_path / "out"
    out.mkdir()
    new = new_contents(name, act, out)
    for old in starts(name, new):
        seen, stopped = set(), 1
        while stopped:
            lay(out, old)
            stopped = interrupted(lambda: act(out), len(seen))
            assert held(out) in (old, new), (stopped, old)
            seen.add(len(seen))
        assert len(seen) > 30


def interrupted(act, after):
    """Run, but stop before a line of the module that writes; return its number, or 0 if that was never reached."""
    left, line = after, 0

    def trace(frame, event, _):
        nonlocal left, line
        if frame.f_code.co_filename != atomic.__file__:
            return None
        if event == "line":
            left -= 1
            if left == -1:
                line = frame.f_lineno
                raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        act()
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(before)
    return line


@pytest.mark.parametrize("name", sorted(COMMANDS))
@pytest.mark.hostile("F08")
def test_a_folder_is_no_file_and_a_file_no_folder(tmp_path, capsys, name):
    """Where the target is of the other kind, that is said, and everything stays."""
    act, out = COMMANDS[name], tmp_path / "out"
    out.mkdir()
    new = new_contents(name, act, out)
    first = min(new)
    lay(out, {first: b"kept"} if new[first] is None else {first: None})
    before = held(out)
    capsys.readouterr()
    assert act(out) in (2, 3)
    assert first in capsys.readouterr().err
    assert held(out) == before


@pytest.mark.skipif(os.name != "posix", reason="folders are made read-only as POSIX does")
@pytest.mark.parametrize("name", ["agreement", "convert", "new"])
@pytest.mark.hostile("F08")
def test_a_read_only_folder_is_named(tmp_path, capsys, monkeypatch, name):
    """Where no file may be made, the status is 3, the target is named, and nothing is there."""
    out = tmp_path / "out"
    out.mkdir(mode=0o500)
    if os.access(out, os.W_OK):  # an administrator may write anywhere: let the system refuse in its place
        refusal = PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(out / "refused"))
        Steps(monkeypatch, out, {0: refusal})
    assert COMMANDS[name](out) == 3
    assert "Permission denied" in capsys.readouterr().err
    out.chmod(0o700)
    assert held(out) == {}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is Linux")
@pytest.mark.parametrize("verb", [["agreement"], ["compare", "CHN", "FRA"], ["cite"], ["merge", SEED]])
@pytest.mark.hostile("F05")
def test_a_full_device_as_stdout(verb):
    """What cannot be printed is told in one line, with exit status 3."""
    program = [sys.executable, "-m", "stances", *verb]
    with Path("/dev/full").open("wb") as device:
        done = subprocess.run(program, stdout=device, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr == "error: [Errno 28] No space left on device: '<stdout>'\n"


PIPED = [
    ["report", "-o", "-"],
    ["merge", SEED],
    ["cite", "--style", "csl-json"],
    ["agreement", "--format", "html"],
]


@pytest.mark.parametrize("verb", PIPED)
@pytest.mark.hostile("F10")
def test_any_verb_ends_quietly_where_nobody_reads(verb):
    """A closed pipe gives no traceback and no message, whatever writes to it."""
    if verb[0] == "report" and importlib.util.find_spec("jinja2") is None:
        pytest.skip("jinja2 is not installed")
    program = [sys.executable, "-m", "stances", *verb]
    process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    _, said = process.communicate(timeout=60)
    assert said == b""
    assert process.returncode in (0, 141)
