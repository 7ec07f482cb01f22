"""All groups of rows, in the order of the table."""

from collections.abc import Iterator

from benchmarks import (
    ceilings,
    fast_path,
    intervals,
    joins,
    long_rows,
    memory,
    pair_by_pair,
    peers,
    small,
    voters,
)
from benchmarks.contests import Plan, Row

GROUPS = (ceilings, fast_path, peers, joins, pair_by_pair, intervals, long_rows, voters, small, memory)


def run(plan: Plan) -> Iterator[Row]:
    """Yield every row of the workloads chosen, each as soon as it is known."""
    for group in GROUPS:
        yield from group.rows(plan)
