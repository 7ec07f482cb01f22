"""Parts counted here, one after another: memory holds one part, and the counts."""

import pickle
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import frozen

from stances.parts.tasks import Form, Survey, Tally, counted, gathered, question_of, split, surveyed

Tick = Callable[[], None]


@frozen
class Here:
    """The process that asks."""

    tick: Tick

    def surveys(self, parts: Sequence[Any], form: Form) -> list[Survey]:
        """Return what each part holds."""
        found = []
        for part in parts:
            found.append(surveyed(part, form))
            self.tick()
        return found

    def question_of(self, part: Any, form: Form, wanted: int) -> str:
        """Return the question of a part that has a hash, or nothing."""
        return question_of(part, form, wanted)

    def total(self, parts: Sequence[Any], form: Form, actors: Sequence[str]) -> Tally:
        """Return the sum of the counts of all parts."""
        return self._sum(lambda k: counted(parts[k], form, actors), len(parts))

    def _sum(self, tally: Callable[[int], Tally], n: int) -> Tally:
        total = tally(0)
        self.tick()
        for k in range(1, n):
            total += tally(k)
            self.tick()
        return total

    def shuffled(
        self, parts: Sequence[Any], form: Form, actors_of: Callable[[list[Sequence[str]]], Sequence[str]]
    ) -> Tally:
        """Return the sum of the counts of rows shuffled by their question, by way of a temporary folder."""
        n = len(parts)
        with TemporaryDirectory(prefix="stances-") as folder:
            buckets = [Path(folder, f"{k}.rows") for k in range(n)]
            found = []
            for part in parts:
                actors, *slices = split(part, form, n)
                found.append(actors)
                for bucket, rows in zip(buckets, slices, strict=True):
                    with bucket.open("ab") as file:
                        pickle.dump(rows, file, protocol=pickle.HIGHEST_PROTOCOL)
                self.tick()
            everyone = actors_of(found)
            return self._sum(lambda k: gathered(_loaded(buckets[k], n), form, everyone), n)


def _loaded(bucket: Path, n: int) -> list[Any]:
    with bucket.open("rb") as file:
        return [pickle.load(file) for _ in range(n)]  # noqa: S301  # written above, in a folder of our own
