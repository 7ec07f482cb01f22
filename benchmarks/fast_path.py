"""The extra ``fast`` against numpy alone: the same cells, sooner."""

from collections.abc import Iterator

import numpy as np

from benchmarks.contests import Contest, Due, Plan, Row, at_least, run_all
from benchmarks.engines import FAST, NUMPY
from benchmarks.workloads import largest, matrix, sessions
from stances import Matrix

MEASURES = ("agreement", "signorino_ritter_s", "cohen_kappa")


def rows(plan: Plan) -> Iterator[Row]:
    """Yield a row for each measure and workload."""
    return run_all(_contests(plan), plan)


def _contests(plan: Plan) -> Iterator[Contest]:
    for letter, size in plan.among("ABD"):
        for measure in MEASURES:
            prepare = matrix(size, measure)
            what = f"{measure}, fast against numpy alone"
            yield Contest(letter, what, prepare, prepare, at_least(5), unequal, FAST, NUMPY, tolerance=0.0)
    for letter, size in plan.among("C"):
        prepare_all = sessions(size, "agreement")
        what = f"agreement by session, {size.n_sessions} matrices, fast against numpy alone"
        yield Contest(letter, what, prepare_all, prepare_all, Due(), all_unequal, FAST, NUMPY, tolerance=0.0)


def unequal(one: Matrix, other: Matrix) -> float:
    """Return the largest difference in any value; NaN where supports or reasons differ."""
    same = np.array_equal(one.n_shared, other.n_shared) and np.array_equal(one.reasons, other.reasons)
    return largest(one.values, other.values) if same else float("nan")


def all_unequal(one: dict[str, Matrix], other: dict[str, Matrix]) -> float:
    """Return the largest difference in any value of any matrix."""
    return float(np.max([unequal(one[name], other[name]) for name in one]))
