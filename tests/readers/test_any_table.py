"""`from_table`: any tidy table, from a file or a frame of any library."""

import contextlib
import datetime as dt
import gzip
import importlib.util
import subprocess
import sys
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances import SUPPORT, VOTE, DatasetError, Scale, StancesError, StancesWarning, from_table
from stances.codes import ABSENT, NO_RECORD, NOT_ELIGIBLE, SILENT
from stances.errors import FieldError, NoTableError

pytestmark = pytest.mark.usefixtures("both_ways")

COLUMNS = {
    "country": ["FRA", "NA", "CHN", "FRA", "CHN"],
    "item": ["r1", "r1", "r1", "r2", "r2"],
    "vote": ["yes", "no", "absent", None, "abstain"],
    "day": ["2024-05-01", "2024-05-01", "2024-05-01", "2024-06", "2024-06"],
    "topic": ["gaza;trade", "gaza;trade", "gaza;trade", "", ""],
    "size": [1.0, 1.0, 1.0, 2.5, 2.5],
    "meeting": [78, 78, 78, 79, 79],
}
NAMED = {
    "actor": "country",
    "question": "item",
    "position": "vote",
    "date": "day",
    "issue": "topic",
    "weight": "size",
    "session": "meeting",
}


class Stream:
    """Something of which nothing is known but that it has an Arrow C stream."""

    def __init__(self, table):
        self.table = table

    def __arrow_c_stream__(self, requested_schema=None):
        return self.table.__arrow_c_stream__(requested_schema)


def csv_file(columns, folder, pack=bytes):
    """Write columns as a CSV file."""
    rows = zip(*columns.values(), strict=True)
    text = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in [columns, *rows])
    path = folder / "votes.csv"
    path.write_bytes(pack(text.encode()))
    return path


def pandas_frame(columns, _):
    """The columns in pandas."""
    return pytest.importorskip("pandas").DataFrame(columns)


def polars_frame(columns, _):
    """The columns in polars."""
    return pytest.importorskip("polars").DataFrame(columns)


def arrow_table(columns, _):
    """The columns in pyarrow."""
    return pytest.importorskip("pyarrow").table(columns)


def parquet_file(columns, folder):
    """The columns as a Parquet file."""
    table = arrow_table(columns, folder)
    pytest.importorskip("pyarrow.parquet").write_table(table, folder / "votes.parquet")
    return folder / "votes.parquet"


def duckdb_relation(columns, folder):
    """The columns as a DuckDB relation."""
    duckdb = pytest.importorskip("duckdb")
    table = arrow_table(columns, folder)
    return duckdb.from_arrow(table)


FORMS = {
    "csv": csv_file,
    "csv.gz": lambda columns, folder: csv_file(columns, folder, gzip.compress),
    "parquet": parquet_file,
    "pandas": pandas_frame,
    "pandas objects": lambda columns, folder: pandas_frame(columns, folder).astype(object),
    "pandas categories": lambda columns, folder: pandas_frame(columns, folder).astype(dict.fromkeys(("country", "item", "vote"), "category")),
    "pandas nullable": lambda columns, folder: pandas_frame(columns, folder).convert_dtypes(),
    "polars": polars_frame,
    "polars lazy": lambda columns, folder: polars_frame(columns, folder).lazy(),
    "pyarrow": arrow_table,
    "duckdb": duckdb_relation,
    "arrow stream": lambda columns, folder: Stream(arrow_table(columns, folder)),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_positions(form, tmp_path):
    """A table means the same in a file and in a frame of any library; NA stays text."""
    votes = from_table(FORMS[form](COLUMNS, tmp_path), scale="vote", **NAMED)
    assert votes.actors == ("FRA", "NA", "CHN")
    assert votes.codes.tolist() == [[2, NO_RECORD], [0, NO_RECORD], [ABSENT, 1]]
    first, second = votes.questions
    assert (str(first.date), first.issues, first.weight, first.session) == (
        "2024-05-01",
        ("gaza", "trade"),
        1,
        "78",
    )
    assert (str(second.date), second.issues, second.weight, second.session) == ("2024-06", (), 2.5, "79")


def table(*rows, **more):
    """Columns of tidy rows, as a frame."""
    columns = (
        dict(zip(("actor", "question", "position"), map(list, zip(*rows, strict=True)), strict=True)) | more
    )
    return pandas_frame(columns, None)


def faults(source, **options):
    """The faults of a table, as printed."""
    with pytest.raises(DatasetError) as caught:
        from_table(source, **({"scale": "vote"} | options))
    return [str(fault) for fault in caught.value.faults]


def test_reserved_words_are_silences():
    """The four reserved words stand for the four silences, whatever the scale."""
    words = {"silent": SILENT, "absent": ABSENT, "not_eligible": NOT_ELIGIBLE, "no_record": NO_RECORD}
    rows = [("FRA", f"q{k}", word) for k, word in enumerate(words)]
    assert from_table(table(*rows), scale="support").codes.tolist() == [list(words.values())]


@pytest.mark.parametrize(
    ("scale", "position", "code"),
    [
        (VOTE, 2, 2), (VOTE, 2.0, 2), ("vote", "1", 1), (SUPPORT, "mixed", 2), ("low < high", "high", 1),
        (Scale("s", ("1", "2"), (5.0, 6.0)), "1", 0), (Scale("s", ("a", "b"), (-1.5, 2.0)), -1.5, 0),
        (Scale("s", ("a", "b"), (-1.5, 2.0)), "+2.0", 1),
        ({1: "yes", 3: "no"}, 3, 1), ({"1": "yes", "8": "absent", "3": "no"}, 1.0, 0), ({1: "yes", 3: "no", 8: "absent"}, 8, ABSENT),
    ],
)  # fmt: skip
def test_what_a_position_may_be(scale, position, code):
    """A position is a label, the number that the scale gives to a level, or what a mapping says."""
    assert from_table(table(("FRA", "q", position)), scale=scale).codes.tolist() == [[code]]


def test_a_mapping_declares_the_levels_from_low_to_high():
    """The labels of a mapping, in its order, are the scale; those of a vote are the vote."""
    votes = from_table(table(("FRA", "q", 1)), scale={3: "no", 2: "abstain", 1: "yes", 8: "absent"})
    assert votes.questions[0].scale == VOTE


@pytest.mark.parametrize("position", ["maybe", "3", "0.5", "1e0", "nan", "inf", "YES", True])
def test_positions_off_the_scale(position):
    """What is no level is a fault with the number of its row."""
    (found,) = faults(table(("FRA", "q", position)))
    assert found.startswith("table, row 1, column position: ")
    assert "is not a level of scale 'vote'" in found


@pytest.mark.parametrize("hidden", ["\x1b[31mFRA", "FR\x07A", "FRA\u200b", "FRA\u202e"])
def test_names_that_cannot_be_printed_are_told_by_line(hidden, tmp_path):
    """An actor's escape sequence is a fault of its row, told with every other fault of the file."""
    path = csv_file(
        {"actor": ["CHN", hidden, "USA"], "question": ["q"] * 3, "position": ["yes", "no", "x"]}, tmp_path
    )
    found = faults(path)
    assert len(found) == 2
    assert any("line 3" in fault and "holds the invisible character" in fault for fault in found)
    assert not any(set(fault) & {"\x1b", "\x07", "\u200b", "\u202e"} for fault in found)


def test_repeats_and_differing_rows():
    """A repeated row counts once with a warning; rows that differ are faults, by the numbers of the rows."""
    with pytest.warns(StancesWarning, match="table: 1 row repeats an earlier one"):
        assert from_table(table(("FRA", "q", "yes"), ("FRA", "q", "yes")), scale="vote").codes.tolist() == [
            [2]
        ]
    (found,) = faults(table(("FRA", "q", "yes"), ("CHN", "q", "yes"), ("FRA", "q", "no")))
    assert found.startswith("table, row 1 and table, row 3: 'FRA' on 'q' is both 'yes' and 'no'")


def test_an_empty_cell_beside_a_level_differs():
    """No record and a level for the same cell are two rows that differ."""
    assert "is both 'yes' and 'no_record'" in faults(table(("FRA", "q", "yes"), ("FRA", "q", None)))[0]


@pytest.mark.parametrize("nothing", ["", " ", None])
def test_empty_actors_and_questions(nothing):
    """A row without an actor or a question is a fault with its number."""
    found = faults(table(("FRA", "q", "yes"), (nothing, "q", "yes"), ("FRA", nothing, "yes")))
    assert [fault.split(":")[0] for fault in found] == [
        "table, row 2, column actor",
        "table, row 3, column question",
    ]


@pytest.mark.parametrize(
    ("option", "values", "message"),
    [
        ("date", ["2024-05-01", "2024-05-02"], "table, row 1, column extra and table, row 2, column extra: extra of 'q' is both"),
        ("issue", ["gaza", "trade"], "extra of 'q' is both 'gaza' and 'trade'"),
        ("weight", [1.0, 2.0], "extra of 'q' is both '1' and '2'"),
        ("weight", ["1", None], "is both '1' and ''"),
        ("weight", ["1,5", "1,5"], "column extra: weight '1,5' is not a number"),
        ("weight", [-1.0, -1.0], "column extra: weight -1.0 is not a finite number at least 0"),
        ("date", ["1.5.2024", "1.5.2024"], "column extra: date '1.5.2024' is not an ISO 8601 date"),
        ("issue", ["the trade", "the trade"], "column extra: issue 'the trade' holds ' '"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_question(option, values, message):
    """Date, issue, weight and session are one per question, and what they can be."""
    frame = table(("FRA", "q", "yes"), ("CHN", "q", "yes"), extra=values)
    assert message in "\n".join(faults(frame, **{option: "extra"}))


def test_dates_of_any_type():
    """Days and midnights are dates; a time of the day is refused, never dropped."""
    day = dt.date(2024, 5, 1)
    midnight = dt.datetime(2024, 5, 1)  # noqa: DTZ001  # tables have dates without zones
    for value in (day, midnight):
        votes = from_table(table(("FRA", "q", "yes"), extra=[value]), scale="vote", date="extra")
        assert str(votes.questions[0].date) == "2024-05-01"
    late = table(("FRA", "q", "yes"), extra=[midnight.replace(hour=23)])
    assert "has a time of the day" in faults(late, date="extra")[0]


def test_questions_by_name():
    """A question whose name is no id gets one, and keeps the name as its text."""
    votes = from_table(
        table(("FRA", "More tax?", "yes"), ("FRA", "More tax!", "no"), ("FRA", "A/RES/78/1", "no")),
        scale="vote",
    )
    assert [(q.id, q.text) for q in votes.questions] == [
        ("More-tax", "More tax?"),
        ("More-tax-2", "More tax!"),
        ("A/RES/78/1", "A/RES/78/1"),
    ]


def test_numbers_as_names_lose_nothing():
    """Codes with leading zeros stay text; whole numbers are written without decimals."""
    assert from_table(table(("007", "q", "yes"), ("1E3", "q", "yes")), scale="vote").actors == ("007", "1E3")
    assert from_table(table((14226.0, 3, "yes")), scale="vote").actors == ("14226",)


def test_missing_columns_name_the_nearest(tmp_path):
    """A column that is not there is named, with the nearest one present, for frames and files."""
    assert (
        "column 'position' is missing; did you mean 'positions'?"
        in faults(table(("a", "b", "yes")).rename(columns={"position": "positions"}))[0]
    )
    for form in ("csv", "parquet"):
        assert "column 'actor' is missing" in faults(FORMS[form](COLUMNS, tmp_path))[0]


@pytest.mark.parametrize("thing", [{"actor": ["FRA"]}, [1, 2], 7, None, np.zeros((2, 2))])
def test_what_is_no_table(thing):
    """An object that is no table is refused by its type."""
    with pytest.raises(NoTableError, match="is no table; give a path, or a frame"):
        from_table(thing, scale="vote")


@pytest.mark.hostile("J13")
def test_columns_of_other_types():
    """A column of lists or bytes is refused, not turned into text."""
    pa = pytest.importorskip("pyarrow")
    for values in ([["yes"]], [b"yes"], [{"a": 1}]):
        frame = pa.table({"actor": ["FRA"], "question": ["q"], "position": values})
        assert "neither text, number nor date" in faults(frame)[0]


@pytest.mark.hostile("J13")
def test_the_index_of_pandas_is_no_data():
    """The index of a frame is not taken for a column."""
    frame = table(("FRA", "q", "yes")).set_index("actor")
    assert "column 'actor' is missing" in faults(frame)[0]


def test_a_damaged_parquet_file(tmp_path):
    """A Parquet file that is cut is refused with an error of ours."""
    path = parquet_file(COLUMNS, tmp_path)
    content = path.read_bytes()
    for end in range(4, len(content), 97):
        path.write_bytes(content[:end])
        with pytest.raises(DatasetError, match="is not a readable Parquet file"):
            from_table(path, scale="vote", **NAMED)


def test_scales_that_are_none():
    """A text that declares no levels is refused before anything is read."""
    with pytest.raises(FieldError, match="declares no levels"):
        from_table("votes.csv", scale="votes")


@pytest.mark.hostile("N22")
def test_what_fits_on_no_page(monkeypatch):
    """A table with more cells than can be held is refused by its size."""
    monkeypatch.setattr("stances.readers.cells.MAX_CELLS", 3)
    assert "would have 2 actors x 2 questions" in faults(table(("a", "q", "yes"), ("b", "r", "yes")))[0]


def test_parquet_without_pyarrow(tmp_path):
    """Without pyarrow a Parquet file is refused by the name of the extra."""
    (tmp_path / "votes.parquet").write_bytes(b"PAR1PAR1")
    code = "import sys; sys.modules['pyarrow'] = None; import importlib.util as u; f = u.find_spec\nu.find_spec = lambda n, *a: None if n == 'pyarrow' else f(n, *a)\nimport stances; stances.from_table('votes.parquet', scale='vote')"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "this needs pyarrow, which is not installed; python -m pip install 'stances[arrow]'" in run.stderr


@pytest.mark.hostile("L03")
def test_importing_loads_no_frames():
    """`import stances` loads neither narwhals nor any library of frames."""
    code = "import sys, stances; print(*sorted({'narwhals', 'pandas', 'polars', 'pyarrow', 'duckdb'} & set(sys.modules)))"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == ""
    )


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.sampled_from("pqr"),
            st.sampled_from(["yes", "no", "abstain", "absent", None]),
        ),
        max_size=12,
    )
)
def test_positions_are_those_of_the_rows(rows):
    """Every cell is what its row says; only rows that differ are refused."""
    said = {}
    for actor, question, position in rows:
        said.setdefault((actor, question), set()).add(position or "no_record")
    frame = table(*rows) if rows else pandas_frame({"actor": [], "question": [], "position": []}, None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", StancesWarning)
        if any(len(words) > 1 for words in said.values()):
            with pytest.raises(DatasetError):
                from_table(frame, scale="vote")
            return
        votes = from_table(frame, scale="vote")
    columns = votes.columns()
    cells = dict(
        zip(zip(columns["actor"], columns["question"], strict=True), columns["position"], strict=True)
    )
    assert {cell: word for cell, word in cells.items() if word != "no_record"} == {
        cell: word for cell, (word,) in said.items() if word != "no_record"
    }


def test_every_prefix_loads_or_raises_our_error(tmp_path):
    """A CSV file that is cut anywhere is read, or refused with an error of ours."""
    content = csv_file(COLUMNS, tmp_path).read_bytes()
    for end in range(len(content)):
        (tmp_path / "cut.csv").write_bytes(content[:end])
        with contextlib.suppress(StancesError):
            from_table(tmp_path / "cut.csv", scale="vote", **NAMED)


@pytest.mark.skipif(importlib.util.find_spec("polars") is None, reason="polars is not installed")
def test_a_million_rows_keep_their_cells():
    """Of a million rows in any order, each stands in the cell of its actor and question."""
    rng = np.random.default_rng(7)
    cells = rng.permutation(1_200_000)[:1_000_000]
    actors, questions = np.array([f"a{k}" for k in range(200)]), np.array([f"q{k}" for k in range(6000)])
    levels = rng.integers(0, 3, len(cells))
    words = np.array(VOTE.levels)[levels]
    frame = polars_frame(
        {"actor": actors[cells // 6000], "question": questions[cells % 6000], "position": words}, None
    )
    due = np.full(1_200_000, NO_RECORD)
    due[cells] = levels
    votes = from_table(frame, scale="vote")
    rows, columns = [int(a[1:]) for a in votes.actors], [int(q.id[1:]) for q in votes.questions]
    assert (votes.codes == due.reshape(200, 6000)[np.ix_(rows, columns)]).all()
