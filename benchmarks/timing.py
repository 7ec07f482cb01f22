"""Timing in turn: every round runs each candidate once, so that a busy minute meets them all alike."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from attrs import frozen

LEAST = 0.01  # seconds; a shorter call is repeated until it has taken as long
COLD = 3  # from this number of rounds on, the first one does not count


@frozen
class Times:
    """What the rounds took.

    Attributes
    ----------
    rounds : tuple of tuple of float
        Seconds of each candidate, round by round.
    results : tuple
        What each candidate returned last.
    """

    rounds: tuple[tuple[float, ...], ...]
    results: tuple[Any, ...]

    def seconds(self, candidate: int) -> float:
        """Return the median over the rounds."""
        return statistics.median(times[candidate] for times in self.rounds)

    def ratio(self, above: int, below: int) -> float:
        """Return the median of the ratios within each round."""
        return statistics.median(times[above] / times[below] for times in self.rounds)


def alternate(candidates: Sequence[Callable[[], Any]], rounds: int, budget: float) -> Times:
    """Time candidates in turn, until all rounds are done or the budget of seconds is spent."""
    done: list[tuple[float, ...]] = []
    results: list[Any] = [None] * len(candidates)
    start = time.perf_counter()
    while len(done) < rounds and (not done or time.perf_counter() - start < budget):
        times = []
        for k, candidate in enumerate(candidates):
            results[k] = None  # two results of a large workload need not fit into memory with a third
            gc.collect()
            seconds, results[k] = once(candidate)
            times.append(seconds)
        done.append(tuple(times))
    return Times(tuple(done[1:] if len(done) >= COLD else done), tuple(results))


def once(candidate: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds that one call takes, and what it returned."""
    calls, start = 0, time.perf_counter()
    while True:
        result = candidate()
        calls += 1
        elapsed = time.perf_counter() - start
        if elapsed >= LEAST:
            return elapsed / calls, result
