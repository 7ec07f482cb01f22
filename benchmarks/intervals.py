"""Intervals against the matrix that they belong to."""

from collections.abc import Iterator
from typing import Any

from benchmarks.contests import Contest, Due, Plan, Row, at_most, run_all
from benchmarks.engines import FAST, NUMPY
from benchmarks.timing import once
from benchmarks.workloads import Size, largest, matrix
from stances import Matrix

NAMES = {NUMPY: "numpy alone", FAST: "fast"}
DRAWS, PROBE = 1000, 20
PATIENCE = 30.0  # seconds; a bootstrap that would take longer is timed on fewer resamples


def rows(plan: Plan) -> Iterator[Row]:
    """Yield a row for each method."""
    return run_all(_contests(plan), plan)


def _contests(plan: Plan) -> Iterator[Contest]:
    for letter, size in plan.among("A"):
        for engine, name in NAMES.items():
            yield Contest(
                letter,
                f"cohen_kappa with an influence interval, {name}, against the matrix alone",
                matrix(size, "cohen_kappa", interval=0.95),
                matrix(size, "cohen_kappa"),
                at_most(3) if engine == NUMPY else Due("<="),
                _same,
                engine,
                engine,
            )
            yield _bootstrap(letter, size, engine)


def _bootstrap(letter: str, size: Size, engine: str) -> Contest:
    how: dict[str, Any] = {"interval": 0.95, "method": "bootstrap", "blocks": "session", "rng": 1}
    probed, _ = once(matrix(size, "agreement", n_resamples=PROBE, **how)())
    draws = DRAWS if probed * DRAWS / PROBE < PATIENCE else 5 * PROBE
    scaled = f"; ours: {draws} resamples, scaled" if draws < DRAWS else ""
    return Contest(
        letter,
        f"agreement with a block bootstrap of {DRAWS:,} resamples, {NAMES[engine]}, against the matrix alone",
        matrix(size, "agreement", n_resamples=draws, **how),
        matrix(size, "agreement"),
        at_most(60) if engine == NUMPY else Due("<="),
        _same,
        engine,
        engine,
        ours_scale=DRAWS / draws,
        note=f"{size.n_sessions} sessions as blocks{scaled}",
    )


def _same(ours: Matrix, theirs: Matrix) -> float:
    return largest(ours.values, theirs.values)
