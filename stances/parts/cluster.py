"""Parts counted by the workers of a Dask cluster: a future per part, and sums that go up a tree."""

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from importlib.util import find_spec
from operator import add, getitem
from typing import Any
from weakref import ref

from attrs import define, field

from stances.errors import FieldError, MissingExtraError, StancesWarning
from stances.parts.here import Tick
from stances.parts.tasks import Form, Survey, Tally, counted, gathered, question_of, split, surveyed

FAN_IN = 4  # tallies that are added up by one task
VARIABLES = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")


@define
class Cluster:
    """The workers of a client.

    Attributes
    ----------
    client : distributed.Client
    tick : callable
        Called after each part.
    asked : list of weakref to distributed.Future
        What was asked for, and is cancelled if anything goes wrong. A worker drops a result that nobody
        here holds and no other task needs.
    """

    client: Any
    tick: Tick
    asked: list[Any] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        if find_spec("distributed") is None:
            raise MissingExtraError("distributed", "'stances[dask]'")
        from distributed import Client

        if not isinstance(self.client, Client):
            problem = "is no distributed.Client"
            raise FieldError("client", self.client, problem, "make one, or leave it out to count here")
        _check_threads(self.client.run(blas_threads))

    def surveys(self, parts: Sequence[Any], form: Form) -> list[Survey]:
        """Return what each part holds."""
        with self._cancelling():
            return self._collected([self._ask(surveyed, part, form) for part in parts])

    def question_of(self, part: Any, form: Form, wanted: int) -> str:
        """Return the question of a part that has a hash, or nothing."""
        name: str = self._ask(question_of, part, form, wanted).result()
        return name

    def total(self, parts: Sequence[Any], form: Form, actors: Sequence[str]) -> Tally:
        """Return the sum of the counts of all parts."""
        with self._cancelling():
            everyone = self._ask(tuple, actors)  # a task, and so made again where its worker dies
            return self._sum([self._ask(counted, part, form, everyone) for part in parts])

    def shuffled(
        self, parts: Sequence[Any], form: Form, actors_of: Callable[[list[Sequence[str]]], Sequence[str]]
    ) -> Tally:
        """Return the sum of the counts of rows shuffled by their question; each row moves once at most."""
        with self._cancelling():
            splits = [self._ask(split, part, form, len(parts)) for part in parts]
            found: list[Sequence[str]] = self._collected([self._ask(getitem, rows, 0) for rows in splits])
            everyone = self._ask(tuple, actors_of(found))
            buckets = ([self._ask(getitem, rows, k) for rows in splits] for k in range(1, len(parts) + 1))
            leaves = [self._ask(gathered, bucket, form, everyone) for bucket in buckets]
            splits.clear()
            return self._sum(leaves)

    def _ask(self, function: Callable[..., Any], *args: Any, priority: int = 0) -> Any:
        future = self.client.submit(function, *args, pure=False, priority=priority)
        self.asked.append(ref(future))
        return future

    def _collected(self, futures: list[Any]) -> list[Any]:
        """Return results in their order, ticking in the order in which they come."""
        from distributed import as_completed

        for future in as_completed(futures):  # type: ignore[no-untyped-call]
            future.result()  # raises what was raised there
            self.tick()
        results: list[Any] = self.client.gather(futures)
        return results

    def _sum(self, leaves: list[Any]) -> Tally:
        """Return the sum; sums come before parts, and a tally is dropped once it is in a sum."""
        from distributed import as_completed

        level, depth = list(leaves), 0
        while len(level) > 1:
            depth += 1
            level = [self._ask(_added, *few, priority=depth) for few in _fours(level)]
        coming = as_completed(leaves)  # type: ignore[no-untyped-call]
        leaves.clear()
        for leaf in coming:
            if leaf.status == "error":
                leaf.result()
            self.tick()
        total: Tally = level[0].result()
        return total

    @contextmanager
    def _cancelling(self) -> Iterator[None]:
        """Cancel what was asked for if anything goes wrong, an interrupt by the user too."""
        try:
            yield
        except BaseException:
            held = [future() for future in self.asked]
            self.client.cancel([future for future in held if future is not None], force=True)
            raise
        finally:
            self.asked.clear()


def _added(*tallies: Tally) -> Tally:
    return reduce(add, tallies)


def _fours(futures: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (futures[k : k + FAN_IN] for k in range(0, len(futures), FAN_IN))


def blas_threads() -> int:
    """Return how many threads this process multiplies with, as far as can be told."""
    if find_spec("threadpoolctl") is not None:
        import numpy as np  # noqa: F401  # its library has to be there to be asked
        from threadpoolctl import threadpool_info

        return max(
            (pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"), default=1
        )
    told = [os.environ[name] for name in VARIABLES if os.environ.get(name, "").isdigit()]
    return int(told[0]) if told else os.cpu_count() or 1


def _check_threads(found: dict[str, int]) -> None:
    """Warn where a worker multiplies with several threads, which get in each other's way."""
    several = {worker: n for worker, n in found.items() if n > 1}
    if several:
        worker, n = next(iter(several.items()))
        problem = f"{len(several)} of {len(found)} workers multiply with several threads ({worker}: {n})"
        advice = "start them with OMP_NUM_THREADS=1, as the processes of a LocalCluster are"
        warnings.warn(StancesWarning(f"{problem}; {advice}"), stacklevel=4)
