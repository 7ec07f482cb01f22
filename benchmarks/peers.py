"""Whole matrices by other libraries, on the same work, with the results compared."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.contests import Contest, Plan, Row, at_least, at_most, run_all
from benchmarks.engines import FAST, NUMPY
from benchmarks.workloads import Size, apart, codes, matrix

Floats = NDArray[np.float64]
Prepared = Callable[[], Callable[[], Any]]


def rows(plan: Plan) -> Iterator[Row]:
    """Yield a row for each peer and each of our two engines."""
    return run_all(_contests(plan), plan)


def _contests(plan: Plan) -> Iterator[Contest]:
    for letter, size in plan.among("A"):
        whole = {"complete": True}
        yield from _both(letter, size, "exact", pdist_hamming(size), "scipy.spatial", (1.5, 8), whole)
        yield from _both(letter, size, "exact", pairwise_hamming(size), "sklearn.metrics", (1.5, 8), whole)
        yield from _both(letter, size, "agreement", cdist_cityblock(size), "scipy.spatial", (5, 5), whole)
        squared = nan_euclidean(size)
        yield from _both(letter, size, "signorino_ritter_s_squared", squared, "sklearn.metrics", (8, 8), {})
    for letter, size in plan.among("AB"):
        yield _packed(letter, size)


def _both(
    letter: str,
    size: Size,
    measure: str,
    theirs: Prepared,
    needs: str,
    due: tuple[float, float],
    how: dict[str, Any],
) -> Iterator[Contest]:
    for engine, name, bound in zip((NUMPY, FAST), ("numpy alone", "fast"), due, strict=True):
        note = "complete data" if how else ""
        what = f"{measure}, {name}, against {_name(theirs)}"
        ours = matrix(size, measure, **how)
        yield Contest(letter, what, ours, theirs, at_least(bound), apart, engine, needs=(needs,), note=note)


_NAMES = {
    "pdist_hamming": "scipy pdist hamming",
    "pairwise_hamming": "scikit-learn pairwise_distances hamming",
    "cdist_cityblock": "scipy cdist cityblock",
    "nan_euclidean": "scikit-learn nan_euclidean_distances",
}


def _name(prepared: Prepared) -> str:
    return _NAMES[prepared.__qualname__.partition(".")[0]]


def pdist_hamming(size: Size) -> Prepared:
    """Return what prepares the share of equal answers by scipy; complete data only."""

    def prepare() -> Callable[[], Any]:
        from scipy.spatial.distance import pdist, squareform

        answers = codes(size, complete=True).astype(np.float64)
        return lambda: 1 - squareform(pdist(answers, "hamming"))

    return prepare


def pairwise_hamming(size: Size) -> Prepared:
    """Return what prepares the share of equal answers by scikit-learn; complete data only."""

    def prepare() -> Callable[[], Any]:
        from sklearn.metrics import pairwise_distances

        answers = codes(size, complete=True).astype(np.float64)
        return lambda: 1 - pairwise_distances(answers, metric="hamming")

    return prepare


def cdist_cityblock(size: Size) -> Prepared:
    """Return what prepares graded agreement by scipy; complete data only."""

    def prepare() -> Callable[[], Any]:
        from scipy.spatial.distance import cdist

        answers = codes(size, complete=True).astype(np.float64)
        most = size.n_questions * (size.n_levels - 1)
        return lambda: 1 - cdist(answers, answers, "cityblock") / most

    return prepare


def nan_euclidean(size: Size) -> Prepared:
    """Return what prepares squared S by scikit-learn, which scales its squared distances to all questions."""

    def prepare() -> Callable[[], Any]:
        from sklearn.metrics.pairwise import nan_euclidean_distances

        found = codes(size)
        answers = np.where(found < 0, np.nan, found.astype(np.float64))
        most = size.n_questions * (size.n_levels - 1) ** 2
        return lambda: 1 - 2 * nan_euclidean_distances(answers, squared=True) / most

    return prepare


def _packed(letter: str, size: Size) -> Contest:
    """Return ours with the extra ``fast`` against the same library used by hand."""
    return Contest(
        letter,
        "exact, fast, against simsimd by hand on packed planes",
        matrix(size, "exact"),
        lambda: simsimd_by_hand(size),
        at_most(1.3),
        apart,
        FAST,
        needs=("simsimd",),
        note="by hand: packing, two hamming products and the ratio; no names, supports or reasons",
    )


def simsimd_by_hand(size: Size) -> Callable[[], Any]:
    """Prepare the share of equal answers from bit planes."""
    found = codes(size)

    def run() -> Floats:
        levels = np.concatenate([found == k for k in range(size.n_levels)], axis=1)
        agreed, shared = _both_set(levels), _both_set(found >= 0)
        with np.errstate(invalid="ignore"):
            share: Floats = agreed / shared
        return share

    return run


def _both_set(plane: NDArray[np.bool_]) -> Floats:
    """Return on how many columns two rows are both true: half of what they have, less what differs."""
    import simsimd

    bits = np.packbits(plane, axis=1)
    ones = plane.sum(axis=1, dtype=np.float64)
    differing = np.asarray(simsimd.cdist(bits, bits, metric="hamming", dtype="bin8"))
    count: Floats = (ones[:, None] + ones[None] - differing) / 2
    return count
