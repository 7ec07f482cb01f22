"""Rows of actor, question and position, shuffled, from a file to positions and to a matrix."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

import stances
from benchmarks.bare import exact_agreement
from benchmarks.contests import Contest, Due, Plan, Row, at_most, missing, run_all
from benchmarks.workloads import Codes, Size, codes, largest
from stances import Matrix, Positions

COLUMNS = ("actor", "question", "position")


@frozen
class Scattered:
    """What a bare reader gives: the names, sorted, and the codes."""

    actors: list[str]
    questions: list[str]
    codes: Codes


def rows(plan: Plan) -> Iterator[Row]:
    """Yield a row for each format and each end."""
    for letter, size in plan.among("G"):
        why = missing(("pyarrow", "pyarrow.parquet", "pyarrow.csv"))
        if why:
            yield Row(letter, "long rows from Parquet and CSV", due=at_most(2), note=why)
            continue
        with TemporaryDirectory() as folder:
            paths = write(size, Path(folder))
            yield from run_all((c for path in paths for c in _contests(letter, size, path)), plan)


def _contests(letter: str, size: Size, path: Path) -> Iterator[Contest]:
    kind = "Parquet" if path.suffix == ".parquet" else "CSV"
    note = "theirs: pyarrow dictionaries and a scatter, nothing checked"

    def matrix() -> Matrix:
        return stances.agreement_matrix(from_table(path, size), "exact")

    def bare() -> tuple[Scattered, NDArray[Any]]:
        read = scatter(path, size)
        return read, exact_agreement(read.codes, size.n_levels)

    reading = partial(from_table, path, size), partial(scatter, path, size)
    yield Contest(
        letter,
        f"from_table, {kind}, against a bare reading",
        lambda: reading[0],
        lambda: reading[1],
        at_most(2),
        cells_apart,
        needs=("pyarrow",),
        tolerance=0.0,
        note=note,
    )
    what = f"from_table and matrix, {kind}, against bare reading and bare products"
    yield Contest(
        letter, what, lambda: matrix, lambda: bare, Due("<="), values_apart, needs=("pyarrow",), note=note
    )


def write(size: Size, folder: Path) -> tuple[Path, Path]:
    """Write the same shuffled rows as Parquet and as CSV."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    found = codes(size)
    actor, question = np.nonzero(found >= 0)
    order = np.random.default_rng(2).permutation(len(actor))
    actor, question = actor[order], question[order]
    names = (
        (actor, [f"A{i:04d}" for i in range(size.n_actors)]),
        (question, [f"Q{j:06d}" for j in range(size.n_questions)]),
        (found[actor, question].astype(np.int64), list(size.scale.levels)),
    )
    columns = [pa.array(words).take(pa.array(numbers)) for numbers, words in names]
    table = pa.table(columns, names=list(COLUMNS))
    paths = folder / "rows.parquet", folder / "rows.csv"
    parquet.write_table(table, paths[0])
    csv.write_csv(table, paths[1])
    return paths


def from_table(path: Path, size: Size) -> Positions:
    """Read the rows by the library."""
    return stances.from_table(path, scale=size.scale)


def scatter(path: Path, size: Size) -> Scattered:
    """Read the rows by pyarrow, on one thread, and put each where it belongs."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    if path.suffix == ".parquet":
        table = parquet.read_table(path, read_dictionary=list(COLUMNS), use_threads=False)
    else:
        table = csv.read_csv(path, read_options=csv.ReadOptions(use_threads=False))
    actors, who = _numbered(pa, table["actor"])
    questions, what = _numbered(pa, table["question"])
    levels, said = _numbered(pa, table["position"])
    found = np.full((len(actors), len(questions)), -1, dtype=np.int8)
    found[who, what] = np.array([size.scale.levels.index(level) for level in levels], dtype=np.int8)[said]
    return Scattered(actors, questions, found)


def _numbered(pa: Any, column: Any) -> tuple[list[str], NDArray[Any]]:
    """Return the names, sorted, and the number of the name in each row."""
    column = (
        column.unify_dictionaries() if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    )
    one = column.combine_chunks()
    one = one.chunk(0) if isinstance(one, pa.ChunkedArray) else one
    names = np.asarray(one.dictionary.to_pylist())
    order = np.argsort(names)
    rank = np.empty(len(names), dtype=np.int32)
    rank[order] = np.arange(len(names))
    return names[order].tolist(), rank[np.asarray(one.indices)]


def cells_apart(ours: Positions, theirs: Scattered) -> float:
    """Return in how many cells two readings differ; NaN where their names do."""
    ids = [question.id for question in ours.questions]
    if sorted(ours.actors) != theirs.actors or sorted(ids) != theirs.questions:
        return float("nan")
    rows, columns = np.argsort(ours.actors), np.argsort(ids)
    return float((ours.codes[np.ix_(rows, columns)] != theirs.codes).sum())


def values_apart(ours: Matrix, theirs: tuple[Scattered, NDArray[Any]]) -> float:
    """Return the largest difference of two matrices, whatever the order of their actors."""
    order: Callable[..., Any] = np.argsort
    rows = order(ours.actors)
    return largest(ours.values[np.ix_(rows, rows)], theirs[1].astype(np.float64))
