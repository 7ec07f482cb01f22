"""What is shipped is what was shipped: every file is held against its recorded hash when it is read."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import stances
from stances import shipped
from stances.cli import main
from stances.errors import ShippedFileError, StancesError
from stances.files import load_codebook
from stances.issue_rules import read_rules
from stances.registry.seed import shipped_registry

PROJECT = Path(__file__).resolve().parent.parent.parent
REPORT = "paris-beijing-2025"
READERS = {
    f"{REPORT}/codebook.toml": lambda: load_codebook(REPORT),
    f"{REPORT}/stances.csv": lambda: stances.load(REPORT),
    "un-landmark-votes/codebook.toml": lambda: stances.load("un-landmark-votes"),
    "un-landmark-votes/stances.csv": lambda: stances.load("un-landmark-votes"),
    "un-issues/rules.toml": read_rules,
    "registry/actors.csv": shipped_registry.__wrapped__,
    "registry/blocs.csv": shipped_registry.__wrapped__,
    "registry/cow.csv": shipped_registry.__wrapped__,
    "registry/lifetimes.csv": shipped_registry.__wrapped__,
    "registry/memberships.csv": shipped_registry.__wrapped__,
    "registry/sources.csv": shipped_registry.__wrapped__,
}
DAMAGE = {
    "one bit": lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
    "cut": lambda content: content[: len(content) // 2],
    "emptied": lambda _: b"",
    "longer": lambda content: content + b"\n",
    "other line ends": lambda content: content.replace(b"\n", b"\r\n"),
}


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A copy of the shipped files, which is taken for what was installed."""
    shutil.copytree(str(shipped.seeds()), tmp_path / "seeds")
    monkeypatch.setattr(shipped, "seeds", lambda: tmp_path / "seeds")
    return tmp_path / "seeds"


def test_the_record_is_up_to_date():
    """Every shipped file stands in the record with its hash, and nothing else does."""
    if not (PROJECT / "seeds").is_dir():
        pytest.skip("the record is renewed in a checkout")
    files = [path for path in (PROJECT / "seeds").glob("*/*") if path.name != "__pycache__"]
    due = {
        p.relative_to(PROJECT / "seeds").as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files
    }
    renew = "shipped files were changed: cd seeds && sha256sum */* > SHA256SUMS"
    assert shipped.recorded(PROJECT / "seeds") == due, renew


def test_every_file_that_is_read_is_damaged_here():
    """No shipped file is left out below, but for what only people read."""
    assert {path for path in shipped.recorded(shipped.seeds()) if "README" not in path} == set(READERS)


@pytest.mark.parametrize("file", READERS)
@pytest.mark.hostile("F15")
def test_a_damaged_file_is_refused(copy, file):
    """A shipped file that was edited, cut or deleted is refused by name; put back, it is read."""
    whole = (copy / file).read_bytes()
    READERS[file]()
    for damage in DAMAGE.values():
        (copy / file).write_bytes(damage(whole))
        with pytest.raises(ShippedFileError, match=f"{file} was changed: .* install stances again"):
            READERS[file]()
    (copy / file).unlink()
    with pytest.raises(ShippedFileError, match=f"{file} is missing; install stances again"):
        READERS[file]()
    (copy / file).write_bytes(whole)
    READERS[file]()


@pytest.mark.hostile("F15")
def test_a_copy_named_by_its_path_may_be_changed(copy, monkeypatch):
    """A folder that is named by its path is an ordinary one, though it bears the name of a shipped dataset."""
    file = copy / REPORT / "codebook.toml"
    file.write_bytes(file.read_bytes().replace(b"\ntitle = ", b"\n# mine\ntitle = "))
    with pytest.raises(ShippedFileError, match=f"named by its path: ./{REPORT}"):
        stances.load(REPORT)
    monkeypatch.chdir(copy)
    assert stances.load(f"./{REPORT}").id == REPORT


def test_the_command_line_tells_bad_data(copy, capsys):
    """The message has its code, and the exit status is that of bad data."""
    (copy / REPORT / "stances.csv").write_bytes(b"actor,question,position\n")
    assert main(["agreement"]) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert f"error: the shipped file {REPORT}/stances.csv was changed" in told.err
    assert "[S404]" in told.err


def test_a_file_that_was_not_shipped(copy):
    """A folder that somebody put beside the shipped ones has no name of its own; a record without a line refuses."""
    shutil.copytree(copy / REPORT, copy / "mine")
    assert "mine" not in stances.shipped_datasets()
    with pytest.raises(StancesError, match="no file, folder or shipped dataset 'mine'"):
        stances.load("mine")
    with pytest.raises(ShippedFileError, match=r"mine/stances\.csv is not among the files that were shipped"):
        shipped.shipped_content("mine/stances.csv")


@pytest.mark.hostile("F15")
def test_a_damaged_installation_is_refused(tmp_path):
    """A package in a folder of its own, as it is installed, refuses its own seeds once a byte of them differs."""
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(stances.__file__).parent, tmp_path / "stances", ignore=skip)
    shutil.copytree(str(shipped.seeds()), tmp_path / "stances" / "_seeds", ignore=skip, dirs_exist_ok=True)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import stances; print(stances.load({REPORT!r}))"
    )
    run = [sys.executable, "-c", code]
    sound = subprocess.run(run, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert REPORT in sound.stdout
    file = tmp_path / "stances" / "_seeds" / REPORT / "stances.csv"
    file.write_bytes(DAMAGE["one bit"](file.read_bytes()))
    damaged = subprocess.run(run, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert damaged.returncode == 1
    assert "ShippedFileError" in damaged.stderr
    assert f"{REPORT}/stances.csv was changed" in damaged.stderr
