"""How near the numpy path is to the fastest product that numpy can make on one core."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from attrs import evolve

from benchmarks.bare import exact_agreement
from benchmarks.contests import Contest, Due, Plan, Row, at_least, run_all
from benchmarks.engines import NUMPY
from benchmarks.workloads import Size, apart, codes, matrix, sessions

SHAPE = (2048, 4096)
DUE = {"A": 0.55, "B": 0.9, "D": 0.9}


def rows(plan: Plan) -> Iterator[Row]:
    """Yield a row for each measure and workload."""
    for work, contest in _contests(plan):
        row = contest.run(plan)
        rate = f"at {work / row.theirs / 1e9:.0f} billion a second" if row.theirs else ""
        yield evolve(row, note=f"theirs: {work / 1e9:.3g} billion effective multiply-adds {rate}".rstrip())
    yield from run_all(_sessions(plan), plan)


def _contests(plan: Plan) -> Iterator[tuple[int, Contest]]:
    for letter, size in plan.among("ABD"):
        yield _contest(letter, size, "agreement", size.n_levels)
        if letter != "D":
            yield _contest(letter, size, "exact", size.n_levels + 1)


def _sessions(plan: Plan) -> Iterator[Contest]:
    for letter, size in plan.among("C"):
        yield Contest(
            letter,
            f"exact by session, {size.n_sessions} matrices, numpy alone, against bare products and ratios",
            sessions(size, "exact"),
            partial(bare_sessions, size),
            Due("<="),
            lambda ours, theirs: max(map(apart, ours.values(), theirs)),
            NUMPY,
        )


def bare_sessions(size: Size) -> Callable[[], Any]:
    """Prepare the same matrices without names, supports and reasons."""
    parts = np.array_split(codes(size), size.n_sessions, axis=1)
    return lambda: [exact_agreement(part, size.n_levels) for part in parts]


def _contest(letter: str, size: Size, measure: str, products: int) -> tuple[int, Contest]:
    """Return the multiply-adds, and ours against the time that they alone would take.

    Graded agreement of L levels needs L - 1 planes of cuts and one of support, exact agreement a
    plane of each level and one of support.
    """
    work = size.n_actors**2 * size.n_questions * products
    contest = Contest(
        letter,
        f"{measure}, numpy alone, against its {products} bare float32 products",
        matrix(size, measure),
        syrk,
        at_least(DUE[letter]),
        engine=NUMPY,
        theirs_scale=work / (SHAPE[0] ** 2 * SHAPE[1]),
    )
    return work, contest


def syrk() -> Callable[[], Any]:
    """Prepare the product of a matrix with itself, which numpy gives to SYRK."""
    plane = (np.random.default_rng(0).random(SHAPE) < 0.5).astype(np.float32)
    return lambda: plane @ plane.T
