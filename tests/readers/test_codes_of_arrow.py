"""Dictionaries of Arrow, Parquet and categories: what they hold is read as if it stood in every row."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances import DatasetError, StancesWarning, from_table
from stances.readers import parquet
from stances.readers.arrow_columns import Coder, crossed
from stances.readers.frames import numbered
from stances.readers.values import as_text

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

WORDS = st.sampled_from(["a", "b", "c", "", None])
COLUMNS = ("actor", "question", "position")


def cells(table):
    """The text of every cell, column by column."""
    return [[factor.values[k] for k in factor.numbers] for factor in table.factors]


@given(st.lists(st.lists(WORDS, max_size=6), max_size=5), st.randoms(use_true_random=False))
def test_chunks_with_dictionaries_of_their_own(chunks, random):
    """Whatever order, unused values and empty entries the dictionaries have, rows keep their texts."""
    coder = Coder()
    for chunk in chunks:
        words = ["a", "b", "c", "", None, "unused"]
        random.shuffle(words)
        indices = [None if word is None and random.random() < 0.5 else words.index(word) for word in chunk]
        coder.take(pa.DictionaryArray.from_arrays(pa.array(indices, pa.int8()), pa.array(words, pa.string())))
    factor = coder.factor(lambda value: "nothing" if value is None else value)
    due = ["nothing" if word is None else word for chunk in chunks for word in chunk]
    assert [factor.values[k] for k in factor.numbers] == due
    assert list(factor.values) == list(dict.fromkeys(due))


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=20), st.integers(1, 7), st.booleans())
def test_parquet_in_row_groups_and_batches(tmp_path_factory, rows, size, coded):
    """However a file is cut into row groups and batches, it has the rows of the table."""
    path = tmp_path_factory.mktemp("parquet") / "t.parquet"
    columns = (
        dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True))
        if rows
        else {key: [] for key in COLUMNS}
    )
    table = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    pq.write_table(table, path, row_group_size=size, use_dictionary=coded)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parquet, "BATCH", 3)
        read = parquet.read_parquet(path, COLUMNS)
    assert cells(read) == [[word or "" for word in values] for values in columns.values()]
    assert list(read.lines) == list(range(1, len(rows) + 1))


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=3, max_size=3), max_size=20))
def test_columns_taken_together(rows):
    """Several columns become one, whose values are the distinct rows in the order in which they appear."""
    coders = [Coder() for _ in range(3)]
    for coder, column in zip(coders, zip(*rows, strict=True) if rows else [()] * 3, strict=True):
        coder.take(pa.array(column, pa.string()))
    factor = crossed([coder.factor(str) for coder in coders])
    assert [factor.values[k] for k in factor.numbers] == list(map(tuple, rows))
    assert factor.values == tuple(dict.fromkeys(map(tuple, rows)))


VALUES = {
    "texts": (["b", None, "a", "b"], ["b", "", "a", "b"]),
    "whole numbers": ([3, None, 1, 3], ["3", "", "1", "3"]),
    "numbers": ([2.0, None, 0.5, 2.0], ["2", "", "0.5", "2"]),
    "truths": ([True, None, False, True], ["true", "", "false", "true"]),
    "days": ([dt.date(2024, 5, 1), None, dt.date(2023, 5, 1)], ["2024-05-01", "", "2023-05-01"]),
    "nothing": ([None, None], ["", ""]),
}


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("coded", [False, True])
def test_every_kind_of_value_in_every_library(kind, coded, tmp_path):
    """Texts, numbers, truths, days and nothing are the same texts in every library, in codes or not."""
    values, texts = VALUES[kind]
    array = pa.array(values).dictionary_encode() if coded and kind != "nothing" else pa.array(values)
    table = pa.table({"c": array})
    frames = [table, pytest.importorskip("pandas").DataFrame({"c": values}, dtype=object)]
    if kind == "texts":
        frames += [pytest.importorskip("polars").from_arrow(table), table.to_pandas()]
    pq.write_table(table, tmp_path / "t.parquet")
    read = [numbered(frame, "t", ("c",)) for frame in frames]
    for found in [*read, parquet.read_parquet(tmp_path / "t.parquet", ("c",))]:
        assert cells(found) == [texts]


@pytest.mark.hostile("N29")
def test_categories_that_no_row_has_are_no_actors():
    """Unused categories are no actors, and the order is that of the rows, not of the categories."""
    pd, pl = pytest.importorskip("pandas"), pytest.importorskip("polars")
    names = ["ABC", "CHN", "FRA", "USA"]
    rows = {"question": ["q", "q"], "position": ["yes", "no"]}
    frames = [
        pd.DataFrame({"actor": pd.Categorical(["USA", "CHN"], categories=names), **rows}),
        pl.DataFrame({"actor": pl.Series(["USA", "CHN"], dtype=pl.Enum(names)), **rows}),
        pa.table({"actor": pa.DictionaryArray.from_arrays(pa.array([3, 1]), pa.array(names)), **rows}),
    ]
    for frame in frames:
        assert from_table(frame, scale="vote").actors == ("USA", "CHN")


def test_categories_that_fill_a_byte():
    """As many categories as one byte can number leave room for empty cells."""
    pd = pytest.importorskip("pandas")
    names = [f"a{k}" for k in range(127)]
    frame = pd.DataFrame({"c": pd.Categorical([None, *names[::-1]], categories=names)})
    assert cells(numbered(frame, "t", ("c",))) == [["", *names[::-1]]]
    table = pa.table(
        {"c": pa.DictionaryArray.from_arrays(pa.array([None, *range(127)], pa.int8()), pa.array(names))}
    )
    assert cells(numbered(table, "t", ("c",))) == [["", *names]]


def test_categories_mean_what_plain_values_mean():
    """A category of whole decimals or days is read like the decimals and days themselves."""
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"a": [1.0, 2.5], "b": pd.to_datetime(["2024-05-01", "2024-05-02"])}).astype(
        "category"
    )
    assert cells(numbered(frame, "t", ("a", "b"))) == [["1", "2.5"], ["2024-05-01", "2024-05-02"]]


@pytest.mark.parametrize("zero", [0.0, -0.0, np.float32(0), float("nan")])
def test_zeros_and_no_numbers(zero):
    """Minus zero is zero, and what is no number is an empty cell."""
    assert as_text("c", zero) == ("" if np.isnan(zero) else "0")
    table = pa.table({"c": pa.array([0.0, zero])})
    assert cells(numbered(table, "t", ("c",))) == [["0", as_text("c", zero)]]


@pytest.mark.parametrize("values", [[["a"]], [{"a": 1}], [b"a"], [dt.time(1)], [dt.timedelta(1)]])
@pytest.mark.hostile("J13")
def test_parquet_of_other_kinds(values, tmp_path):
    """A column of lists, records, bytes or times is refused in a file as in a frame."""
    frame = pa.table({"actor": ["FRA"], "question": ["q"], "position": values})
    pq.write_table(frame, tmp_path / "table")
    told = []
    for source in (frame, tmp_path / "table"):
        with pytest.raises(DatasetError, match="neither text, number nor date") as caught:
            from_table(source, scale="vote")
        told.append(str(caught.value))
    assert told[0] == told[1]


def test_rows_of_parquet_in_faults(tmp_path):
    """Repeats and differing rows of a file in several row groups are told by their numbers."""
    rows = {
        "actor": ["FRA", "CHN", "FRA", "CHN"],
        "question": ["q"] * 4,
        "position": ["yes", "no", "yes", "no"],
    }
    pq.write_table(pa.table(rows), tmp_path / "t.parquet", row_group_size=1)
    with pytest.warns(StancesWarning, match="t.parquet: 2 rows repeat earlier ones"):
        from_table(tmp_path / "t.parquet", scale="vote")
    rows["position"][3] = "abstain"
    pq.write_table(pa.table(rows), tmp_path / "t.parquet", row_group_size=1)
    with pytest.raises(DatasetError) as caught:
        from_table(tmp_path / "t.parquet", scale="vote")
    (fault,) = caught.value.faults
    assert str(fault).startswith(
        "t.parquet, row 2 and t.parquet, row 4: 'CHN' on 'q' is both 'no' and 'abstain'"
    )
