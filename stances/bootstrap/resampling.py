"""The counts of resamples: sums of those of their blocks, or counted one by one."""

from collections.abc import Callable, Iterator
from functools import cached_property
from math import isqrt
from typing import Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from stances.bootstrap.blocks import blocks_of
from stances.bootstrap.drawing import Draws, with_extra
from stances.counts import Answers, Groups, PairCounts, Plan, Stratum, by_scale
from stances.intervals import n_counted
from stances.measures import Measure
from stances.positions import Positions
from stances.silence import Outcome, Policy, evaluate, placed
from stances.uncertainty import Interval

NUMBERS = 2**23  # held for the blocks, or the resamples, of a tile: 64 MB
STRIP = 2**20  # numbers of pairs and resamples that are worked out at a time: 8 MB, and copies
TILE = 1024
Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@frozen(eq=False)
class Tile:
    """The counts of the pairs of a tile, for every block or resample.

    Attributes
    ----------
    at : tuple of ndarray of int, shape (n_pairs,)
        Row and column of each pair in the matrix, on and above the diagonal.
    counts : PairCounts
        ``n_shared`` of shape (n_pairs, n_parts), the sums of shape (n_pairs, ..., n_parts).
    several : ndarray of bool, shape (n_pairs,)
        Whether what counts for the pair lies in more than one block.
    """

    at: tuple[Indices, Indices]
    counts: PairCounts
    several: NDArray[np.bool_]

    def strips(self, n_numbers: int) -> "Iterator[tuple[Tile, tuple[Indices, Indices]]]":
        """Yield a few pairs at a time, and where they stand; each takes so many numbers."""
        height = max(STRIP // n_numbers, 1)
        for start in range(0, len(self.several), height):
            part = slice(start, start + height)
            at = self.at[0][part], self.at[1][part]
            yield Tile(at, self.counts.part(part), self.several[part]), at


@frozen(eq=False)
class Work:
    """What a bootstrap draws from.

    Attributes
    ----------
    positions : Positions
    weights : ndarray of float, shape (n_questions,)
    groups : sequence of (Scale, indices)
        The questions that count.
    block : ndarray of int, shape (n_questions,)
        The block of each.
    draws : Draws
    additive : bool
        Whether blocks are counted once and added up; otherwise each resample is counted.
    measure : Measure
    policy : Policy
    """

    positions: Positions
    weights: Floats
    groups: Groups
    block: Indices
    draws: Draws
    additive: bool
    measure: Measure
    policy: Policy

    @classmethod
    def of(
        cls,
        positions: Positions,
        weights: Floats,
        measure: Measure,
        policy: Policy,
        interval: Interval,
    ) -> "Work":
        """Draw the resamples; see `bootstrap_interval`."""
        groups, block = by_scale(positions, weights), blocks_of(positions, interval.blocks)
        draws = Draws.of(interval, block, groups)
        additive = interval.blocks is not None or positions.n_questions <= interval.n_resamples
        return cls(positions, weights, groups, block, draws, additive, measure, policy)

    @property
    def plan(self) -> Plan:
        """What is summed."""
        return Plan(self.measure, self.policy is not Policy.SKIP, squares=False)

    @property
    def n_parts(self) -> int:
        """Number of blocks, or of resamples, that are counted."""
        return int(self.draws.times.shape[1 if self.additive else 0])

    @property
    def n_sums(self) -> int:
        """How many numbers are summed for each pair."""
        return sum(self.plan.on(scale).n_sums(scale.n_levels) for scale, _ in self.groups)

    @cached_property
    def tiles(self) -> list[tuple[slice, slice]]:
        """The tiles on and above the diagonal, as large as memory allows."""
        size = max(min(TILE, isqrt(NUMBERS // max((1 + self.n_sums) * self.n_parts, 1))), 1)
        n = self.positions.n_actors
        starts = [(i, min(i + size, n)) for i in range(0, n, size)]
        return [(slice(*rows), slice(*columns)) for rows in starts for columns in starts if rows <= columns]

    def tile(self, rows: slice, columns: slice, tick: Callable[[], None]) -> Tile:
        """Count the pairs of a tile in every block or resample, with a tick after each."""
        on_and_above = np.add.outer(-_indices(rows), _indices(columns)) >= 0
        pairs = tuple(np.nonzero(on_and_above))
        strata: list[_Filling] = []
        for p, groups in enumerate(self._parts()):
            counts = PairCounts.among(self._answers(groups), rows, columns, self.plan)
            strata = strata or [_Filling.like(s, len(pairs[0]), self.n_parts) for s in counts.strata]
            for filling, stratum in zip(strata, counts.strata, strict=True):
                filling.take(p, stratum, pairs)
            tick()
        whole = PairCounts((), (), tuple(filling.stratum for filling in strata), self.plan)
        at = pairs[0] + rows.start, pairs[1] + columns.start
        return Tile(at, whole, self._several(whole, rows, columns, pairs))

    def _parts(self) -> Iterator[Groups]:
        """Yield the questions of each block, or of each resample."""
        if self.additive:
            for number in range(self.n_parts):
                yield tuple((scale, chosen[self.block[chosen] == number]) for scale, chosen in self.groups)
            return
        for times in self.draws.times:
            yield tuple((s, np.repeat(chosen, times[self.block[chosen]])) for s, chosen in self.groups)

    def _answers(self, groups: Groups) -> Answers:
        salience = self.positions.saliences is not None
        return Answers.of(self.positions, weights=self.weights, groups=groups, salience=salience)

    def _several(
        self, whole: PairCounts, rows: slice, columns: slice, pairs: tuple[Indices, ...]
    ) -> NDArray[np.bool_]:
        """Tell of each pair whether what counts lies in more than one block, or is more than one question."""
        if self.additive:
            return np.asarray((n_counted(whole, self.policy) > 0).sum(axis=-1) > 1)
        counts = PairCounts.among(self._answers(self.groups), rows, columns, self.plan)
        return np.asarray(n_counted(counts, self.policy)[pairs] > 1)

    def drawn(self, tile: Tile) -> Outcome:
        """Return what the measure makes of every resample, and of the made-up answers in it."""
        counts = evolve(tile.counts, strata=tuple(self._resampled(s) for s in tile.counts.strata))
        policy = self.policy
        if policy is Policy.NEUTRAL:
            counts, policy = placed(counts), Policy.SKIP
        return evaluate(with_extra(counts, self.draws.extra, self.measure), self.measure, policy)

    def _resampled(self, stratum: Stratum) -> Stratum:
        """Return the sums of each resample, with resamples as the second axis."""
        times = self.draws.times.T.astype(np.float64) if self.additive else None

        def summed(array: NDArray[Any]) -> NDArray[Any]:
            drawn = (
                array
                if times is None
                else (array.reshape(-1, len(times)) @ times).reshape(*array.shape[:-1], -1)
            )
            return np.moveaxis(drawn, -1, 1)

        sums = {name: summed(array) for name, array in stratum.sums.items()}
        n_shared: Any = sums["weight"] if self._is_plain(stratum) else summed(stratum.n_shared)
        return evolve(stratum, n_shared=n_shared, sums=sums)

    def _is_plain(self, stratum: Stratum) -> bool:
        """Tell whether each question has the weight 1, so that weights are numbers of questions."""
        return (
            "weight" in stratum.sums and self.positions.saliences is None and bool((self.weights == 1).all())
        )


def _indices(part: slice) -> Indices:
    return np.arange(part.start, part.stop)


@frozen(eq=False)
class _Filling:
    """The sums of a stratum while its parts are counted; the parts are the last axis."""

    stratum: Stratum

    @classmethod
    def like(cls, stratum: Stratum, n_pairs: int, n_parts: int) -> "_Filling":
        """Return room for the sums of some pairs in all parts."""
        sums = {name: np.empty((n_pairs, *array.shape[2:], n_parts)) for name, array in stratum.sums.items()}
        return cls(evolve(stratum, n_shared=np.empty((n_pairs, n_parts), dtype=np.int64), sums=sums))

    def take(self, part: int, stratum: Stratum, pairs: tuple[Indices, ...]) -> None:
        """Take the sums of one part."""
        self.stratum.n_shared[..., part] = stratum.n_shared[pairs]
        for name, array in self.stratum.sums.items():
            array[..., part] = stratum[name][pairs]
