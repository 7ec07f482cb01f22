"""What holds of every result: columns that R, Stata and data frames take, and a record beside each file."""

import csv
import importlib
import io
import json
import math
import pkgutil
import re
import shutil
import subprocess

import numpy as np
import pytest
from every_result import HOSTILE, every_result, hostile, kinds, with_scipy

import stances
from stances import agreement_matrix
from stances.columnar import kind_of
from stances.printable import Listing, Printable
from stances.tables import csv_text

MIXED = {"change", "deed", "word", "old", "new", "year", "level"}  # numbers in one result, words in another


@pytest.fixture(scope="module")
def results():
    """One of every result, by the name of its class."""
    report, votes = stances.load("paris-beijing-2025"), stances.load("un-landmark-votes")
    pytest.importorskip("scipy", reason="camps and maps need the extra plot")
    return every_result(report, votes) | with_scipy(votes)


def test_every_result_is_among_them(results):
    """Each class that prints is looked at here: a new one has to be added to `every_result`."""
    for module in pkgutil.walk_packages(stances.__path__, "stances."):
        if not module.name.endswith("__main__") and "_seeds" not in module.name:
            importlib.import_module(module.name)
    assert {kind.__name__ for kind in kinds() if kind.__module__.startswith("stances.")} == set(results)


def test_names_are_those_stata_takes(results):
    """Columns are named by letters, digits and lines, at most 32, beginning with a letter, none twice."""
    for result in results.values():
        names = list(result.columns())
        assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,31}", name) for name in names), names
        assert len({name.lower() for name in names}) == len(names)


def test_an_empty_column_has_the_type_of_a_full_one(results):
    """The type that a name tells is the one that its cells have, in every result."""
    for kind, result in results.items():
        for name, cells in result.columns().items():
            if name not in MIXED and any(cell is not None for cell in cells):
                assert kind_of(name, []) is kind_of(name, cells), (kind, name)


def plain(cells):
    """Cells as Python has them, with None for every kind of missing."""
    return [None if cell is None or cell != cell else cell for cell in cells]


def frames(result):
    """The same columns in pandas, polars and Arrow; only a matrix is square in pandas."""
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    frame = Printable.to_pandas(result)
    return (
        {name: [None if pandas.isna(c) else c for c in frame[name].tolist()] for name in frame},
        {name: column.to_list() for name, column in result.to_polars().to_dict().items()},
        {name: column.to_pylist() for name, column in zip(result.to_arrow().column_names, result.to_arrow(), strict=True)},
    )  # fmt: skip


def test_frames_agree(results):
    """pandas, polars and Arrow have the same names, cells and missing cells, and types by one rule."""
    for kind, result in results.items():
        one, two, three = frames(result)
        assert list(one) == list(two) == list(three) == list(result.columns())
        assert one == two == three, kind
        types = {name: kind_of(name, cells) for name, cells in result.columns().items()}
        for name, cells in one.items():
            assert {type(cell) for cell in cells if cell is not None} <= {types[name]}, (kind, name)


def test_empty_results_keep_their_columns():
    """A matrix of one actor has no pair, and its columns have the types of a full one."""
    polars = pytest.importorskip("polars")
    full = agreement_matrix(stances.load("un-landmark-votes"))
    empty = full.select(["FRA"])
    assert empty.to_polars().schema == full.to_polars().schema
    assert empty.to_arrow().schema == full.to_arrow().schema
    assert (Printable.to_pandas(empty).dtypes == Printable.to_pandas(full).dtypes).all()
    assert empty.to_polars().height == 0
    assert full.to_polars().schema["lower"] == polars.Float64


def test_what_is_mixed_becomes_text():
    """A column of words and numbers is text in every frame."""
    assert frames(Listing("", {"a": ["x", 0.5, None]})) == ({"a": ["x", "0.5", None]},) * 3


def test_scalars_of_numpy_are_what_they_hold():
    """Numbers and truths that come from arrays keep their type."""
    data = {"n": np.array([1, 2]), "v": np.array([0.5, np.nan]), "t": np.array([True, False])}
    due = {"n": [1, 2], "v": [0.5, None], "t": [True, False]}
    assert frames(Listing("", {name: list(cells) for name, cells in data.items()})) == (due,) * 3


def test_stata_takes_every_result(results, tmp_path):
    """A `.dta` file is read back with the same names and rows; it holds no column without any cell."""
    pandas = pytest.importorskip("pandas")
    for result in results.values():
        frame = Printable.to_pandas(result)
        frame = frame.dropna(axis="columns", how="all") if len(frame) else frame
        frame.to_stata(tmp_path / "result.dta", write_index=False, version=118)
        again = pandas.read_stata(tmp_path / "result.dta")
        assert list(again.columns) == list(frame.columns)
        assert len(again) == len(frame)


R = """
folder <- commandArgs(TRUE)[1]
for (file in sort(list.files(folder, pattern = "[.]csv$"))) {
  table <- read.csv(file.path(folder, file))
  cat(file, nrow(table), paste(names(table), collapse = ","), paste(sapply(table, class), collapse = ","), "\\n")
}
hard <- read.csv(file.path(folder, "Hard.csv"))
cat(nchar(hard$label[1]), hard$value[1] * 2, is.na(hard$value[2]), "\\n")
"""


def test_r_reads_every_result_without_options(results, tmp_path):
    """`read.csv` gives the rows, the names as they are, numbers as numbers and missing as NA."""
    if shutil.which("Rscript") is None:
        pytest.skip("R is not on this machine")
    known = results | {"Hard": Listing("", {"label": ['a "b", c\nd', "é"], "value": [-0.25, float("nan")]})}
    for name, result in known.items():
        result.to_csv(tmp_path / f"{name}.csv")
    (tmp_path / "read.R").write_text(R)
    ran = subprocess.run(
        ["Rscript", "--vanilla", tmp_path / "read.R", tmp_path], capture_output=True, text=True, check=True
    )
    *lines, hard = ran.stdout.strip().splitlines()
    assert len(lines) == len(known)
    for line in lines:
        file, n, names, classes = line.split()
        result = known[file.removesuffix(".csv")]
        columns = result.columns()
        assert int(n) == len(next(iter(columns.values())))
        assert names.split(",") == list(columns)
        for (name, cells), kind in zip(columns.items(), classes.split(","), strict=True):
            due = {int: {"integer", "numeric"}, float: {"integer", "numeric"}}.get(kind_of(name, cells))
            if due and any(cell is not None and cell == cell for cell in cells):
                assert kind in due, (file, name, kind)
    assert hard.split() == ["10", "-0.5", "TRUE"]


def test_latex_compiles(results, tmp_path):
    """Every result, and hostile labels, compile with booktabs and nothing else."""
    if shutil.which("pdflatex") is None:
        pytest.skip("LaTeX is not on this machine")
    tables = [
        r.to_table("latex")
        for r in [*hostile(), results["Matrix"].select(["CHN", "FRA", "USA"]), results["Comparison"]]
    ]
    head = r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{booktabs}\begin{document}"
    text = "\n".join([head, *(f"{table}\n\\clearpage" for table in tables), r"\end{document}"])
    (tmp_path / "tables.tex").write_text(text, "utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "tables.tex"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stdout.decode("utf-8", "replace")[-1500:]
    assert (tmp_path / "tables.pdf").stat().st_size > 1000


# --- the record beside a file ----------------------------------------------------------


def test_every_export_names_its_sources(results, tmp_path):
    """Beside each CSV lies a record with the data, their licence, their sources and a hash of the file."""
    unknown = {kind for kind, result in results.items() if not result.made_of()}
    assert unknown == {"Listing", "Blocs"}
    for kind, result in results.items():
        text = result.to_csv(tmp_path / "x.csv")
        record = json.loads((tmp_path / "x.csv.meta.json").read_text("utf-8"))
        assert record["result"] == kind
        assert (record["stances"], record["file"]) == (stances.__version__, "x.csv")
        assert (tmp_path / "x.csv").read_text("utf-8") == text.replace("\r\n", "\n")
        sides = record.get("data", [record])
        if kind not in unknown:
            assert all(side["dataset"] and side["licence"] and side["sources"] for side in sides)


def test_a_record_that_cannot_be_written_leaves_no_file(results, tmp_path):
    """File and record are written both, or neither."""
    (tmp_path / "x.csv.meta.json").mkdir()
    with pytest.raises(IsADirectoryError):
        results["Matrix"].to_csv(tmp_path / "x.csv")
    assert not (tmp_path / "x.csv").exists()


def test_spreadsheets_read_what_was_written():
    """What a spreadsheet reads is the text with its guard, and numbers as numbers."""
    text = csv_text({"label": HOSTILE, "value": [-1.5] * len(HOSTILE)})
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["label"].removeprefix("'") for row in rows] == HOSTILE
    assert {float(row["value"]) for row in rows} == {-1.5}
    assert not math.isnan(float(rows[0]["value"]))
