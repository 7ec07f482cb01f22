"""A handful of actors, and what it takes to import the library."""

import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from benchmarks.contests import Contest, Plan, Row, at_least, at_most
from benchmarks.workloads import Size, codes, matrix

TIMED = "from time import perf_counter as now; start = now(); import {}; print(now() - start)"


def rows(plan: Plan) -> Iterator[Row]:
    """Yield the row of the latency and that of the import."""
    for letter, size in plan.among("H"):
        yield _latency(letter, size).run(plan)
        yield _imports(letter, plan)


def _latency(letter: str, size: Size) -> Contest:
    return Contest(
        letter,
        f"agreement of {size.n_actors} actors, against pandas DataFrame.corr on the same table",
        matrix(size, "agreement"),
        lambda: pandas_corr(size),
        at_least(1),
        needs=("pandas",),
        note="theirs is another measure (Pearson), without supports and reasons: results not compared",
    )


def pandas_corr(size: Size) -> Callable[[], Any]:
    """Prepare the correlations of all pairs over the questions that both answered."""
    import pandas as pd

    found = codes(size)
    frame = pd.DataFrame(np.where(found < 0, np.nan, found.astype(np.float64)).T)
    corr: Callable[[], Any] = frame.corr
    return corr


def _imports(letter: str, plan: Plan) -> Row:
    """Return the row of fresh processes that import one of two modules and say how long it took."""
    taken = [(_import("stances"), _import("numpy")) for _ in range(plan.rounds + 1)]
    taken = taken[1:]  # the first one compiles, and reads from disk
    ours, theirs = (statistics.median(times) for times in zip(*taken, strict=True))
    ratio = statistics.median(one / other for one, other in taken)
    note = "each in fresh processes, without the start of Python"
    return Row(letter, "import stances, against import numpy", ours, theirs, ratio, at_most(2), note=note)


def _import(module: str) -> float:
    command = [sys.executable, "-c", TIMED.format(module)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - two names of ours
    return float(done.stdout)
