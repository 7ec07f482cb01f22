"""Writing is all or nothing: every step is made to fail in turn."""

import os
import stat
from pathlib import Path

import pytest

from stances import atomic
from stances.atomic import write_files


def write_text(path, text):
    """One file of text, by the same way."""
    write_files({path: text.encode("utf-8")})


@pytest.fixture
def old(tmp_path):
    """A file with old contents."""
    path = tmp_path / "data.txt"
    path.write_text("old")
    return path


def test_a_file_is_written(tmp_path):
    """A new file has the text, as UTF-8, and nothing else is left."""
    write_text(tmp_path / "a.txt", "é\n")
    assert (tmp_path / "a.txt").read_bytes() == "é\n".encode()
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("step", ["fsync", "open"])
@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()])
@pytest.mark.hostile("F05", "F06")
def test_a_failed_write_changes_nothing(old, monkeypatch, step, error):
    """Whatever fails while staging, the old file is whole and no temporary is left."""

    def fail(*_, **__):
        raise error

    monkeypatch.setattr(atomic.os, step, fail)
    with pytest.raises(type(error)):
        write_text(old, "new")
    monkeypatch.undo()
    assert old.read_text() == "old"
    assert [p.name for p in old.parent.iterdir()] == ["data.txt"]


@pytest.mark.parametrize("failing", [1, 2])
def test_several_files_change_together(tmp_path, monkeypatch, failing):
    """If one file cannot be moved into place, all have their old contents, and new ones are gone."""
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_text("old")
    calls = []
    replace = Path.replace

    def sometimes(self, target):
        calls.append(target)
        if len(calls) == failing:
            raise OSError("no")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", sometimes)
    with pytest.raises(OSError, match="no"):
        write_files({first: b"new", second: b"new"})
    assert first.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["first"]


@pytest.mark.hostile("F09")
def test_permissions_stay(old):
    """A replaced file keeps its mode; a new one has that of the umask."""
    old.chmod(0o640)
    write_text(old, "new")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    before = os.umask(0o027)
    try:
        write_text(old.with_name("new.txt"), "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE(old.with_name("new.txt").stat().st_mode) == 0o640


@pytest.mark.hostile("F08")
def test_links_are_written_through(old):
    """A link stays a link, and its target is replaced."""
    link = old.with_name("link")
    link.symlink_to(old)
    write_text(link, "new")
    assert link.is_symlink()
    assert old.read_text() == "new"


@pytest.mark.hostile("F08")
def test_folders_are_refused(tmp_path):
    """A folder is no file to write to."""
    with pytest.raises(IsADirectoryError):
        write_text(tmp_path, "x")


@pytest.mark.hostile("F08")
def test_read_only_files_are_refused(old, monkeypatch):
    """A read-only file is not replaced behind its owner's back."""
    monkeypatch.setattr(atomic.os, "access", lambda *_: False)
    with pytest.raises(PermissionError, match="read-only"):
        write_text(old, "new")
    assert old.read_text() == "old"
