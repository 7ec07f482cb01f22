"""How far the reading of a file is, is told in steps that end at the whole."""

import gzip

import pytest

from stances import VOTE, from_table
from stances.readers import telling
from stances.readers.telling import _progress

ROWS = "".join(f"A{k % 7},q{k // 7},yes\n" for k in range(70_000))


@pytest.mark.parametrize("packed", [False, True])
def test_bytes_are_told(tmp_path, packed):
    """Bytes as they lie on disk rise up to the size of the file; the result is the same."""
    text = f"actor,question,position\n{ROWS}".encode()
    path = tmp_path / ("votes.csv.gz" if packed else "votes.csv")
    path.write_bytes(gzip.compress(text) if packed else text)
    heard = []
    with telling(lambda done, due: heard.append((done, due))):
        told = from_table(path, scale=VOTE)
    assert heard == sorted(heard)
    assert heard[-1] == (path.stat().st_size,) * 2
    assert packed or len(heard) > 2
    assert told.codes.tolist() == from_table(path, scale=VOTE).codes.tolist()


def test_rows_of_parquet_are_told(tmp_path):
    """Of Parquet it is rows, group by group."""
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    names = [f"A{k}" for k in range(10)]
    table = arrow.table({"actor": names, "question": ["q"] * 10, "position": ["yes"] * 10})
    parquet.write_table(table, tmp_path / "v.parquet", row_group_size=4)
    heard = []
    with telling(lambda done, due: heard.append((done, due))):
        from_table(tmp_path / "v.parquet", scale=VOTE)
    assert heard == [(4, 10), (8, 10), (10, 10)]


def test_an_interrupted_reading_is_told_no_more(tmp_path):
    """An interruption from within ends the reading, and the block."""
    path = tmp_path / "votes.csv"
    path.write_text(f"actor,question,position\n{ROWS}")

    def interrupt(done, due):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), telling(interrupt):
        from_table(path, scale=VOTE)
    assert _progress.get() is None
