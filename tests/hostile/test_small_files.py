"""Whatever reads a file that should be small takes a regular file, and none beyond the limit."""

import os
import tracemalloc
from pathlib import Path

import pytest

import stances
from stances import VOTE, DatasetError, Limits, Positions
from stances.cli import main
from stances.errors import LimitError
from stances.files import file_in
from stances.issue_rules import read_rules
from stances.limits import USUAL
from stances.matching.weight_file import read_weights

VOTERS = Positions.from_codes([[2, 0]], scale=VOTE)
READERS = {
    "dataset.csv": stances.load,
    "dataset.json": stances.load,
    "sheet.csv": lambda path: stances.merge([path], codebook="paris-beijing-2025"),
    "weights.csv": lambda path: read_weights(path, VOTERS),
    "blocs.csv": stances.registry.read_blocs,
    "rules.toml": read_rules,
    "party.json": lambda path: stances.read_wahlomat(path.parent),
}
MIB = 2**20


def refused(name, path, capsys):
    """What is said where a file is refused: by an error of the library, or by the command."""
    if name != "source.txt":
        with pytest.raises(DatasetError) as caught:
            READERS[name](path)
        return str(caught.value)
    assert main(["check", "--source", f"sw={path}"]) == 2
    return capsys.readouterr().err


@pytest.mark.hostile("C15", "F03")
@pytest.mark.parametrize("name", [*READERS, "source.txt"])
def test_a_file_beyond_the_limit_is_not_read(name, tmp_path, capsys):
    """A file of holes, a byte larger than the limit, is refused with the limit, and takes no memory."""
    path = tmp_path / name
    path.touch()
    os.truncate(path, USUAL.file_bytes + 1)
    tracemalloc.start()
    said = refused(name, path, capsys)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "is larger than 256000000 bytes" in said
    assert peak < 40 * MIB


@pytest.mark.hostile("F03")
@pytest.mark.parametrize("name", [*READERS, "source.txt"])
@pytest.mark.parametrize("kind", ["pipe", "device"])
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes and devices are POSIX")
def test_what_is_no_regular_file_is_not_opened(kind, name, tmp_path, capsys):
    """A named pipe that nobody writes to and a device without end are refused, and neither is waited for."""
    path = tmp_path / name
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    assert "is no regular file" in refused(name, path, capsys)


def test_a_file_that_grows_is_read_to_its_end_or_to_the_limit(tmp_path, monkeypatch):
    """What a file has grown by since it was looked at is read too, and of one without end no more than the limit."""
    path = tmp_path / "votes.csv"
    path.write_text("actor,question,position\nFRA,r1,yes\n")
    monkeypatch.setattr(file_in, "_size", lambda file, limits: 10)
    assert file_in.file_content(path) == path.read_bytes()
    with pytest.raises(LimitError, match="is larger than 30 bytes"):
        file_in.file_content(Path("/dev/zero"), Limits(file_bytes=30))
