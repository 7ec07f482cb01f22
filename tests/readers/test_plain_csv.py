"""The fast way through a CSV file gives what the strict reader gives, or gives way to it."""

import gzip
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stances import DatasetError, from_table
from stances.readers import columns as strict
from stances.readers import inflow, plain_csv, plain_text
from stances.readers.columns import read_columns

pytest.importorskip("pyarrow")

GROUPS = (("actor",), ("question", "position"), ("position",), ("nowhere",), ("date", "nowhere"))
REQUIRED = ("actor", "question")
HEADER = "actor,question,position\n"
PIECES = [
    "a", "b", "NA", "null", "", " ", "é", "中", "\U0001f1eb", "\ufeff", ",", '"', '""', '",', ',"', "\n", "\r\n", "\r",
    "\0", "\t", "\\", "'", ";", "\x1a", "\x0b", "\u2028", "0", "1.0", "actor", "date", "\udcff", "a,b,c\n", '"a,b",c,"d"\n',
]  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(["", "FRA", "CHN", "yes", " no ", "NA", "é", "\ufeffa", 'say "so"', "a,b", "a\nb", '"']),
    st.text(max_size=4),
)


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Every file is large enough, and consists of many pieces and batches."""
    monkeypatch.setattr(plain_csv, "WORTHWHILE", 0)
    monkeypatch.setattr(plain_csv, "BATCH", 2)
    monkeypatch.setattr(plain_text, "PIECE", 32)


def quoted(cell):
    """A cell, in quotation marks where it needs them."""
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(',"\n\r') else cell


def rows_as_text(rows, end="\n"):
    """Rows as CSV."""
    return "".join(",".join(map(quoted, row)) + end for row in rows)


def read(path, way):
    """What a reader makes of a file: the table with the values of every row, or the faults."""
    try:
        table = way(path)
    except DatasetError as error:
        return [str(fault) for fault in error.faults]
    if table is None:
        return None
    cells = [[factor.values[k] for k in factor.numbers] for factor in table.factors]
    values = [factor.values for factor in table.factors]
    return (
        table.name,
        values,
        cells,
        list(table.lines),
        table.present,
        table.of_rows,
        list(map(str, table.faults)),
    )


def plainly(path):
    """The fast way alone."""
    columns = [column for group in GROUPS for column in group]
    return plain_csv.read_plain(
        path, GROUPS, lambda header: strict._find(header, columns, REQUIRED, {}, path.name, 1)
    )


def strictly(path):
    """The strict reader alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strict, "read_plain", lambda *_: None)
        return read_columns(path, GROUPS, REQUIRED)


def compare(path, content):
    """Both ways give the same, if the fast one gives anything; return whether it did."""
    path.write_bytes(content)
    fast = read(path, plainly)
    assert fast is None or fast == read(path, strictly)
    return fast is not None


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A file that is written again and again."""
    return tmp_path_factory.mktemp("plain") / "votes.csv"


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.booleans())
@example('FRA,q,"yes"no\n', True)
@example('FRA,q,y"es"\n', True)
@example('FRA,q,"yes\nCHN,q,no"\n', True)
@example('FRA,q,"a""b"\n"""",q,""""""\n', True)
@example("FRA,q,yes\n\nCHN,q,no\n", True)
@example("FRA,q,yes\r\r\nCHN,q,no\r\n", True)
@example("\ufeff", False)
@example("\ufeff\ufeffactor,question\na,b\n", False)
def test_any_text_is_read_alike_or_not_at_all(path, body, with_header):
    """Whatever a text consists of, the fast way gives the strict reader's table, or none."""
    compare(path, ((HEADER if with_header else "") + body).encode("utf-8", "surrogateescape"))


@given(st.binary(max_size=60))
def test_any_bytes_are_read_alike_or_not_at_all(path, content):
    """Bytes that are no text are left to the strict reader."""
    compare(path, HEADER.encode() + content)


@given(
    st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=12),
    st.permutations(["actor", "question", "position", "other"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\n", "\n\n\n"]),
)
def test_tables_are_read_alike(path, rows, header, end, tail):
    """Tables with quoted cells, of any order of columns and end of lines, are read alike."""
    text = rows_as_text([header, *rows], end) + tail
    compare(path, text.encode("utf-8", "replace"))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_what_is_plain_takes_the_fast_way(path, start, end, pack):
    """Quotation marks, commas in them, other alphabets, a byte order mark and gzip are all plain."""
    rows = [["actor", "question", "position"], *([f"Å{k}", f'the "{k}", or', "yes"] for k in range(40))]
    assert compare(path, pack((start + rows_as_text(rows, end)).encode()))


@pytest.mark.parametrize(
    "text", [HEADER, HEADER.strip(), HEADER + "\n\n", HEADER + "a,b,c", HEADER + "a,b,c\n\n"]
)
def test_ends_that_are_plain(path, text):
    """A table without rows, a last line without end and blank lines at the end are plain."""
    assert compare(path, text.encode())


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "a,b\n", HEADER + "a,b,c,d\n", HEADER + "a,b,c\n\na,b,c\n", HEADER + 'a,b,"c\nd"\n', HEADER + 'a,b,"c"d\n',
        HEADER + 'a,b,c"\n', HEADER + "a,b,\0\n", "\n" + HEADER, "actor\na\n", "other,one\na,b\n", HEADER + "a,b,c\ra,b,c\n",
        HEADER + "a" * 60 + ",b,c\n",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_strict_reader(path, text):
    """Faults, lines within cells, blank lines and very long lines are told by the reader that knows lines."""
    assert not compare(path, text.encode())


def test_the_limit_holds_on_the_fast_way(path, monkeypatch):
    """A text that is larger than allowed is refused by the strict reader."""
    monkeypatch.setattr(inflow, "MAX_BYTES", 100)
    path.write_text(HEADER + "a,b,c\n" * 40)
    assert plainly(path) is None
    with pytest.raises(DatasetError, match="is larger than"):
        read_columns(path, GROUPS, REQUIRED)


def test_no_piece_is_long(monkeypatch):
    """However a text is cut, its pieces are whole lines that give it again, and no line outgrows two pieces."""
    monkeypatch.setattr(plain_text, "PIECE", 7)
    text = b"ab\nabcdef\n\nabcdefg\nxy"
    pieces = list(plain_text.plain_pieces(io.BytesIO(text)))
    assert b"".join(pieces) == text + b"\n"
    assert all(piece.endswith(b"\n") for piece in pieces)
    with pytest.raises(plain_text.NotPlainError):
        list(plain_text.plain_pieces(io.BytesIO(b"a" * 15 + b"\n")))


def test_lines_of_faults_after_the_fast_way(path):
    """A fault in a file that was read the fast way is told by its line."""
    path.write_text(HEADER + "FRA,q,yes\n" * 3 + "CHN,q,maybe\nFRA,q,no\n")
    with pytest.raises(DatasetError) as caught:
        from_table(path, scale="vote")
    first, second = map(str, caught.value.faults)
    assert "line 5, column position" in first
    assert "line 2 and " in second
    assert "line 6" in second


def test_large_files_without_pyarrow(path, monkeypatch):
    """Without pyarrow a large CSV file is read by the strict reader."""
    monkeypatch.setattr(plain_csv, "find_spec", lambda _: None)
    path.write_text(HEADER + "FRA,q,yes\n")
    assert plainly(path) is None
    assert from_table(path, scale="vote").codes.tolist() == [[2]]


def test_small_files_do_not_wait_for_pyarrow(path, monkeypatch):
    """A small file is read by the strict reader, as loading pyarrow would take longer."""
    monkeypatch.setattr(plain_csv, "WORTHWHILE", 1_000)
    path.write_text(HEADER + "FRA,q,yes\n")
    assert plainly(path) is None
