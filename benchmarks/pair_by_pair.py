"""Tools that take two actors at a time, timed on a sample of pairs and scaled to all of them."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.contests import Contest, Plan, Row, at_least, run_all
from benchmarks.workloads import Size, codes, largest, matrix
from stances import Matrix

SAMPLE = 40
Pairs = NDArray[np.intp]
Floats = NDArray[np.float64]


def rows(plan: Plan) -> Iterator[Row]:
    """Yield a row for each tool."""
    return run_all(_contests(plan), plan)


def _contests(plan: Plan) -> Iterator[Contest]:
    tools = (
        ("krippendorff_alpha", "krippendorff.alpha", "krippendorff", krippendorff),
        ("cohen_kappa", "scikit-learn cohen_kappa_score", "sklearn.metrics", sklearn),
        ("cohen_kappa", "statsmodels cohens_kappa", "statsmodels.stats.inter_rater", statsmodels),
    )
    for letter, size in plan.among("A"):
        for measure, name, needs, tool in tools:
            yield _contest(letter, size, measure, name, needs, tool)


def _contest(
    letter: str, size: Size, measure: str, name: str, needs: str, tool: Callable[[Size], Any]
) -> Contest:
    pairs = some_pairs(size.n_actors)
    every = size.n_actors * (size.n_actors - 1) // 2

    def theirs() -> Callable[[], Floats]:
        one = tool(size)
        return lambda: np.array([one(i, j) for i, j in pairs], dtype=np.float64)

    def differ(ours: Matrix, values: Floats) -> float:
        return largest(ours.values[pairs[:, 0], pairs[:, 1]], values)

    return Contest(
        letter,
        f"{measure}, against {name} per pair",
        matrix(size, measure),
        theirs,
        at_least(400),
        differ,
        needs=(needs,),
        theirs_scale=every / len(pairs),
        note=f"theirs: {len(pairs)} of {every} pairs, scaled",
    )


def some_pairs(n_actors: int) -> Pairs:
    """Return some pairs of two actors, shape (n_pairs, 2)."""
    rows, columns = np.triu_indices(n_actors, k=1)
    chosen = np.random.default_rng(1).permutation(len(rows))[:SAMPLE]
    return np.stack([rows[chosen], columns[chosen]], axis=1)


def krippendorff(size: Size) -> Callable[[int, int], float]:
    """Prepare nominal alpha of two actors."""
    from krippendorff import alpha

    found = codes(size)
    answers = np.where(found < 0, np.nan, found.astype(np.float64))
    domain = list(range(size.n_levels))
    return lambda i, j: alpha(
        reliability_data=answers[[i, j]], level_of_measurement="nominal", value_domain=domain
    )


def sklearn(size: Size) -> Callable[[int, int], float]:
    """Prepare kappa of two actors over the questions that both answered."""
    from sklearn.metrics import cohen_kappa_score

    found = codes(size)

    def one(i: int, j: int) -> float:
        both = (found[i] >= 0) & (found[j] >= 0)
        return float(cohen_kappa_score(found[i, both], found[j, both]))

    return one


def statsmodels(size: Size) -> Callable[[int, int], float]:
    """Prepare kappa of two actors from their table, counted by numpy."""
    from statsmodels.stats.inter_rater import cohens_kappa

    found, n = codes(size).astype(np.intp), size.n_levels

    def one(i: int, j: int) -> float:
        both = (found[i] >= 0) & (found[j] >= 0)
        table = np.bincount(found[i, both] * n + found[j, both], minlength=n * n).reshape(n, n)
        return float(cohens_kappa(table, return_results=True).kappa)

    return one
