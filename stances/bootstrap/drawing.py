"""Resamples: how often each block is drawn, and the made-up answers that join it."""

from typing import Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from stances.counts import Groups, PairCounts, Stratum
from stances.intervals import MASS, prior
from stances.measures import Measure
from stances.measures.tables import ratio
from stances.uncertainty import Interval

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@frozen(eq=False)
class Draws:
    """All resamples of a bootstrap.

    Attributes
    ----------
    times : ndarray of int, shape (n_resamples, n_blocks)
        How often each block was drawn.
    extra : tuple of ndarray of float, shape (n_resamples, n_levels, n_levels)
        Per scale, the made-up answers that were added.
    """

    times: NDArray[np.int64]
    extra: tuple[Floats, ...]

    @classmethod
    def of(cls, interval: Interval, block: Indices, groups: Groups) -> "Draws":
        """Draw blocks that hold a question which counts, and answers; each resample by a seed of its own.

        Parameters
        ----------
        interval : Interval
        block : ndarray of int, shape (n_questions,)
            The number of the block of each question.
        groups : sequence of (Scale, indices)
            The questions that count, by their scale.
        """
        used = np.unique(block[np.concatenate([chosen for _, chosen in groups])]) if groups else block[:0]
        n_blocks, seeds = int(block.max(initial=-1)) + 1, interval.seeds()
        times = np.zeros((len(seeds), n_blocks), dtype=np.int64)
        extra = [np.zeros((len(seeds), scale.n_levels, scale.n_levels)) for scale, _ in groups]
        for b, seed in enumerate(seeds):
            rng = np.random.default_rng(seed)
            drawn = used[rng.integers(len(used), size=len(used))] if len(used) else used
            times[b] = np.bincount(drawn, minlength=n_blocks)
            for answers in extra:
                answers[b] = _made_up(rng, answers.shape[-1])
        return cls(times, tuple(extra))


def _made_up(rng: np.random.Generator, n_levels: int) -> Floats:
    """Return about two answers, spread as for `influence_interval`."""
    answers = rng.multinomial(rng.poisson(MASS), prior(n_levels).ravel())
    return answers.reshape(n_levels, n_levels).astype(np.float64)


def with_extra(counts: PairCounts, extra: tuple[Floats, ...], measure: Measure) -> PairCounts:
    """Return counts with made-up answers, in units of a pair's mean weight, shared over scales.

    Parameters
    ----------
    counts : PairCounts
        Of pairs and resamples: n_shared of shape (n_pairs, n_resamples).
    extra : tuple of ndarray of float, shape (n_resamples, n_levels, n_levels)
    measure : Measure
        Whose kernel the disagreement is of.
    """
    n = counts.n_shared.astype(np.float64)
    weight = sum((s.seen.weight for s in counts.strata), np.zeros(counts.shape))
    unit = np.nan_to_num(ratio(weight, n))
    added = (_added(s, n, unit, answers, measure) for s, answers in zip(counts.strata, extra, strict=True))
    return evolve(counts, strata=tuple(added))


def _added(stratum: Stratum, n: Floats, unit: Floats, answers: Floats, measure: Measure) -> Stratum:
    share = np.nan_to_num(ratio(stratum.n_shared.astype(np.float64), n))
    n_levels, each = stratum.scale.n_levels, share * unit
    sums: dict[str, Any] = dict(stratum.sums)
    if "cells" in sums:
        sums["cells"] = stratum.cells.copy(order="K")
        sums["cells"][..., :n_levels, :n_levels] += each[..., None, None] * answers
    else:
        kernel = measure.disagreement(stratum.scale) * stratum.divisor
        terms = {"weight": answers.sum(axis=(1, 2)), "disagreement": (answers * kernel).sum(axis=(1, 2))}
        margins = {"rows": answers.sum(axis=2), "columns": answers.sum(axis=1)}
        sums |= {name: sums[name] + each * term for name, term in terms.items()}
        sums |= {name: sums[name] + each[..., None] * m for name, m in margins.items() if name in sums}
    extra: Any = stratum.n_shared + share * answers.sum(axis=(1, 2))
    return evolve(stratum, sums=sums, n_shared=extra)
