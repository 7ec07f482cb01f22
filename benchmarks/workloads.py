"""The workloads: answers with some structure, and the positions made of them."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

import stances
from stances import SUPPORT, VOTE, Matrix, Positions, Question, Scale

SEED = 20261124
Codes = NDArray[np.int8]
Floats = NDArray[np.float64]


@frozen
class Size:
    """How large a workload is.

    Attributes
    ----------
    n_actors, n_questions, n_levels : int
    missing : float
        Share of the cells without an answer.
    n_sessions : int
        Into so many sessions the questions fall.
    n_parties : int
        So many parties the actors, voters then, are matched with.
    """

    n_actors: int
    n_questions: int
    n_levels: int
    missing: float
    n_sessions: int = 1
    n_parties: int = 0

    @property
    def scale(self) -> Scale:
        """The scale of all questions, an ordered one."""
        return VOTE if self.n_levels == VOTE.n_levels else SUPPORT


SIZES = {
    "A": Size(200, 6_000, 3, 0.25, n_sessions=60),
    "B": Size(705, 20_000, 3, 0.40),
    "C": Size(200, 78 * 80, 3, 0.25, n_sessions=78),
    "D": Size(5_000, 5_000, 5, 0.30),
    "E": Size(1_000_000, 38, 5, 0.10, n_parties=40),
    "G": Size(500, 12_500, 3, 0.20),
    "H": Size(5, 12, 3, 0.20),
}
TINY = {
    "A": Size(12, 120, 3, 0.25, n_sessions=6),
    "B": Size(15, 200, 3, 0.40),
    "C": Size(8, 24, 3, 0.25, n_sessions=3),
    "D": Size(20, 60, 5, 0.30),
    "E": Size(50, 12, 5, 0.10, n_parties=6),
    "G": Size(6, 30, 3, 0.20),
    "H": Size(5, 12, 3, 0.20),
}


def codes(size: Size, *, complete: bool = False, seed: int = SEED) -> Codes:
    """Return answers of actors on a line to questions on it, cut into levels as often taken each."""
    rng = np.random.default_rng(seed)
    place = rng.normal(size=(size.n_actors, 1)).astype(np.float32)
    slope = rng.normal(size=(1, size.n_questions)).astype(np.float32)
    leaning = place * slope
    leaning += rng.standard_normal(leaning.shape, dtype=np.float32)
    cuts = np.quantile(leaning[:500], np.arange(1, size.n_levels) / size.n_levels)
    found = np.zeros(leaning.shape, dtype=np.int8)
    for cut in cuts:
        found += leaning > cut
    if not complete:
        found[rng.random(found.shape, dtype=np.float32) < size.missing] = -1
    return found


def made(array: Codes, size: Size, actor: str = "actor") -> Positions:
    """Return positions of these codes, with the sessions of the workload."""
    share = -(-size.n_questions // size.n_sessions)
    questions = [
        Question(f"q{j:05d}", f"question {j}", size.scale, session=f"{j // share:03d}")
        for j in range(array.shape[1])
    ]
    actors = [f"{actor} {i:07d}" for i in range(len(array))]
    return Positions.from_codes(array, scale=size.scale, actors=actors, questions=questions)


@cache
def positions(size: Size, *, complete: bool = False) -> Positions:
    """Return the positions of a workload, made once."""
    return made(codes(size, complete=complete), size)


def matrix(
    size: Size, measure: str, *, complete: bool = False, **how: Any
) -> Callable[[], Callable[[], Matrix]]:
    """Return what prepares a matrix of a workload by the library."""

    def prepare() -> Callable[[], Matrix]:
        table = positions(size, complete=complete)
        return lambda: stances.agreement_matrix(table, measure, **how)

    return prepare


def sessions(size: Size, measure: str) -> Callable[[], Callable[[], dict[str, Matrix]]]:
    """Return what prepares the matrices of all sessions of a workload."""

    def prepare() -> Callable[[], dict[str, Matrix]]:
        table = positions(size)
        return lambda: stances.matrices_by(table, "session", measure)

    return prepare


def apart(ours: Matrix, theirs: Any) -> float:
    """Return the largest difference from an array between two actors; NaN where only one is defined."""
    values, other = ours.values, np.asarray(theirs, dtype=np.float64)
    off = ~np.eye(len(values), dtype=np.bool_)
    return largest(values[off], other[off])


def largest(one: NDArray[Any], other: NDArray[Any]) -> float:
    """Return the largest difference of two arrays; NaN is like NaN, and unlike any number."""
    if one.shape != other.shape:
        return float("nan")
    both = np.isnan(one) & np.isnan(other)
    return float(np.abs(np.where(both, 0.0, one - other)).max(initial=0.0))
