"""Many voters against a few parties: the nearest of each."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

import stances
from benchmarks import bare
from benchmarks.contests import Contest, Due, Plan, Row, run_all
from benchmarks.workloads import Size, codes, largest, made, positions

K = 5
SAMPLE = 2_000  # voters that a join is timed on


def rows(plan: Plan) -> Iterator[Row]:
    """Yield a row for each way to do it."""
    for letter, size in plan.among("E"):
        if nearest() is None:
            yield Row(letter, "nearest", note="the library has no nearest yet")
            continue
        yield from run_all(_contests(letter, size), plan)


def _contests(letter: str, size: Size) -> Iterator[Contest]:
    parties = party_size(size)
    what = f"nearest, {size.n_actors:,} voters, top {K} of {size.n_parties}, against"

    def ours() -> Callable[[], Any]:
        voters, others = positions(size), made(codes(parties), parties, "party")
        return lambda: nearest()(voters, others, k=K)

    def product() -> Callable[[], Any]:
        voters, others = codes(size), codes(parties)
        return lambda: bare.nearest(voters, others, size.n_levels, K)[1]

    part = min(SAMPLE, size.n_actors)
    yield Contest(
        letter,
        f"{what} a bare product and argpartition",
        ours,
        product,
        Due("<="),
        values_apart,
    )
    yield Contest(
        letter,
        f"{what} scipy cdist cityblock",
        ours,
        lambda: cdist(size),
        Due(">="),
        needs=("scipy.spatial",),
        note="theirs: complete data, distances alone, no top: results not compared",
    )
    yield Contest(
        letter,
        f"{what} a join in DuckDB",
        ours,
        lambda: duckdb_join(size, part),
        Due(">="),
        values_apart,
        needs=("duckdb", "pyarrow"),
        theirs_scale=size.n_actors / part,
        note=f"theirs: {part:,} voters, scaled; compared on these",
    )


def nearest() -> Any:
    """Return the function of the library; None where it has none."""
    return getattr(stances, "nearest", None)


def party_size(size: Size) -> Size:
    """Return the workload of the parties."""
    return evolve(size, n_actors=size.n_parties, n_parties=0, missing=0.05)


def cdist(size: Size) -> Callable[[], Any]:
    """Prepare the distances of all voters from all parties by scipy, as if nobody had skipped a question."""
    from scipy.spatial.distance import cdist as distances

    voters = codes(size, complete=True).astype(np.float64)
    parties = codes(party_size(size), complete=True).astype(np.float64)
    return lambda: distances(voters, parties, "cityblock")


QUERY = """
    select voter, party, agreement from (
        select v.actor as voter, p.actor as party, avg(1 - abs(v.level - p.level) / $most) as agreement
        from voters v join parties p using (question) group by all
    ) qualify row_number() over (partition by voter order by agreement desc) <= $k
    order by voter, agreement desc
"""


def duckdb_join(size: Size, part: int) -> Callable[[], Any]:
    """Prepare the same for the first voters in SQL, on one thread."""
    import duckdb
    import pyarrow as pa

    connection = duckdb.connect()
    connection.execute("set threads=1")
    for name, found in (("voters", codes(size)[:part]), ("parties", codes(party_size(size)))):
        actor, question = np.nonzero(found >= 0)
        level = found[actor, question].astype(np.float64)
        connection.register(name, pa.table({"actor": actor, "question": question, "level": level}))

    def run() -> NDArray[Any]:
        columns = connection.execute(QUERY, {"most": size.n_levels - 1.0, "k": K}).fetchnumpy()
        top: NDArray[Any] = np.asarray(columns["agreement"]).reshape(part, -1)
        return top

    return run


def values_apart(ours: Any, theirs: NDArray[Any]) -> float:
    """Return the largest difference in the agreement of the same rank; ties may fall either way."""
    return largest(np.asarray(ours.values, dtype=np.float64)[: len(theirs)], theirs.astype(np.float64))
