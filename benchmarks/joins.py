"""Long rows joined with themselves, on part of the questions and scaled to all of them."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.contests import Contest, Plan, Row, at_least, run_all
from benchmarks.workloads import Size, codes, largest, made, matrix
from stances import Matrix, agreement_matrix

PARTS = {"pandas": 30, "duckdb": 10, "polars": 10}
Long = dict[str, NDArray[Any]]


def rows(plan: Plan) -> Iterator[Row]:
    """Yield a row for each library."""
    return run_all(_contests(plan), plan)


def _contests(plan: Plan) -> Iterator[Contest]:
    for letter, size in plan.among("A"):
        for name, tool in (("pandas", by_pandas), ("duckdb", by_duckdb), ("polars", by_polars)):
            yield _contest(letter, size, name, tool)


def _contest(letter: str, size: Size, name: str, tool: Callable[[Long], Callable[[], Long]]) -> Contest:
    kept = codes(size)[:, :: PARTS[name]]

    def theirs() -> Callable[[], Long]:
        actor, question = np.nonzero(kept >= 0)
        return tool({"actor": actor, "question": question, "level": kept[actor, question].astype(np.int64)})

    def differ(_: Matrix, joined: Long) -> float:
        ours = agreement_matrix(made(kept, size), "exact")
        found = np.full_like(ours.values, np.nan)
        found[joined["one"], joined["other"]] = joined["share"]
        return largest(ours.values, found)

    return Contest(
        letter,
        f"exact, against a self-join in {name}",
        matrix(size, "exact"),
        theirs,
        at_least(50),
        differ,
        needs=(name, *(["pyarrow"] if name == "duckdb" else [])),
        theirs_scale=size.n_questions / kept.shape[1],
        note=f"theirs: {kept.shape[1]} of {size.n_questions} questions, scaled; compared on these",
    )


def by_pandas(long: Long) -> Callable[[], Long]:
    """Prepare a merge and a group-by."""
    import pandas as pd

    frame = pd.DataFrame(long)

    def run() -> Long:
        joined = frame.merge(frame, on="question")
        joined["same"] = joined["level_x"] == joined["level_y"]
        share = joined.groupby(["actor_x", "actor_y"])["same"].mean().reset_index()
        columns = ("one", "actor_x"), ("other", "actor_y"), ("share", "same")
        return {name: share[column].to_numpy() for name, column in columns}

    return run


def by_duckdb(long: Long) -> Callable[[], Long]:
    """Prepare the same in SQL, on one thread."""
    import duckdb
    import pyarrow as pa

    connection = duckdb.connect()
    connection.execute("set threads=1")
    connection.register("long", pa.table(long))
    query = """
        select a.actor as one, b.actor as other, avg((a.level = b.level)::int) as share
        from long a join long b using (question) group by all
    """
    return lambda: connection.execute(query).fetchnumpy()


def by_polars(long: Long) -> Callable[[], Long]:
    """Prepare the same on lazy frames."""
    import polars as pl

    frame = pl.DataFrame(long)

    def run() -> Long:
        same = (pl.col("level") == pl.col("level_other")).mean().alias("share")
        joined = frame.lazy().join(frame.lazy(), on="question", suffix="_other")
        share = joined.group_by("actor", "actor_other").agg(same).collect()
        columns = ("one", "actor"), ("other", "actor_other"), ("share", "share")
        return {name: share[column].to_numpy() for name, column in columns}

    return run
