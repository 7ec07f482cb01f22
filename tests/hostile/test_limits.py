"""Every size is bounded, every bound is named in the error and can be moved."""

import io
import os

import pytest

from stances import DatasetError, Limits, dump, load
from stances.cli import main
from stances.errors import FieldError, LimitError
from stances.files import parse

ROWS = b"actor,question,position\nFRA,r1,yes\nCHN,r1,no\nCHN,r2,no\n"
DOCUMENT = b'{"actors": [{"id": "FRA", "aliases": ["a"]}, {"id": "CHN"}], "note": "x"}'
CASES = {
    "C15 a file": (ROWS, "file_bytes", len(ROWS)),
    "C15 a field": (ROWS, "field_characters", 8),
    "C28 rows": (ROWS, "records", 7),
    "C28 actors": (ROWS, "actors", 2),
    "C28 questions": (ROWS, "questions", 2),
    "J03 nesting": (DOCUMENT, "nesting", 4),
    "J04 actors of a document": (DOCUMENT, "actors", 2),
}


@pytest.mark.hostile(*CASES)
@pytest.mark.parametrize("case", CASES)
def test_limits_are_named_and_can_be_moved(case):
    """At the limit a dataset loads; one below, the error names the limit and what to write."""
    content, limit, size = CASES[case]
    name = "data.json" if content is DOCUMENT else "votes.csv"
    assert parse(content, name, scale="vote", limits=Limits(**{limit: size})).actors
    with pytest.raises(DatasetError) as caught:
        parse(content, name, scale="vote", limits=Limits(**{limit: size - 1}))
    assert any(isinstance(fault.error, LimitError) for fault in caught.value.faults)
    assert f"limits=Limits({limit}=...)" in str(caught.value)


@pytest.mark.parametrize("size", [0, -1, True, 1.5, "1"])
def test_limits_are_whole_numbers(size):
    """A limit is a whole number of at least one."""
    with pytest.raises(FieldError, match="actors"):
        Limits(actors=size)


@pytest.mark.hostile("C28")
def test_many_columns_are_told_in_a_few_lines():
    """A hundred thousand unknown columns end in twenty lines and the number of the others."""
    header = ",".join(["actor", "question", "position", *(f"c{k}" for k in range(5000))])
    with pytest.raises(DatasetError) as caught:
        parse(header.encode(), "votes.csv", scale="vote")
    assert str(caught.value).count("\n") == 20
    assert str(caught.value).endswith("and 4980 more")


@pytest.mark.hostile("F03")
def test_standard_input_is_bounded(monkeypatch, capsys):
    """No more than the limit and one byte is taken from an endless standard input."""

    class Endless(io.RawIOBase):
        def read(self, n=-1):
            assert 0 < n <= 256_000_001
            return b"actor,question,position\nFRA,r1,yes\n"

    monkeypatch.setattr("sys.stdin", type("In", (), {"buffer": Endless()}))
    assert main(["agreement", "-", "--scale", "vote"]) == 0
    assert "FRA" in capsys.readouterr().out


@pytest.mark.hostile("F03")
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX")
def test_pipes_and_devices_are_no_files(tmp_path):
    """A named pipe and a device are refused at once, alone or in a folder."""
    os.mkfifo(tmp_path / "votes.csv")
    with pytest.raises(DatasetError, match="is no regular file"):
        load(tmp_path / "votes.csv")
    with pytest.raises(DatasetError, match="is no regular file"):
        load("/dev/zero")
    os.mkfifo(tmp_path / "codebook.toml")
    with pytest.raises(DatasetError, match=r"there is no codebook\.toml"):
        load(tmp_path)


@pytest.mark.hostile("F01", "F02")
def test_a_folder_is_not_left(tmp_path):
    """A link out of the folder is refused before it is read, and its contents are not told."""
    (tmp_path / "secret.txt").write_text("hush")
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "codebook.toml").write_text('title = "x"')
    (folder / "stances.csv").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(DatasetError, match=r"stances\.csv: is a link out of the folder") as caught:
        load(folder)
    assert "hush" not in str(caught.value)
    assert "follow_symlinks=True" in str(caught.value)


@pytest.mark.hostile("F02")
def test_links_are_followed_on_demand(tmp_path, seed):
    """Files that lie elsewhere are read where links are to be followed; a device behind a link is none."""
    dump(seed, tmp_path / "store")
    linked = tmp_path / seed.id
    linked.mkdir()
    for file in (tmp_path / "store").iterdir():
        (linked / file.name).symlink_to(file)
    assert load(linked, follow_symlinks=True) == seed
    (linked / "stances.csv").unlink()
    (linked / "stances.csv").symlink_to("/dev/zero")
    with pytest.raises(DatasetError, match=r"stances\.csv"):
        load(linked, follow_symlinks=True)


@pytest.mark.hostile("F02")
def test_links_within_and_loops(tmp_path):
    """A link to a neighbour is followed, a link to the folder too, and a loop is an error."""
    (tmp_path / "book.toml").write_text('title = "x"')
    (tmp_path / "codebook.toml").symlink_to("book.toml")
    (tmp_path / "stances.csv").write_bytes(b"actor,question,position\n")
    (tmp_path / "self").symlink_to(tmp_path)
    assert load(tmp_path / "self").title == "x"
    (tmp_path / "stances.csv").unlink()
    (tmp_path / "stances.csv").symlink_to("stances.csv")
    with pytest.raises(DatasetError, match=r"there is no stances\.csv"):
        load(tmp_path)
