"""Bootstrap intervals: questions, or whole blocks of them, drawn again with replacement."""

from typing import Any

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from stances.counts import Answers, Groups, PairCounts, Stratum, by_scale
from stances.errors import FieldError
from stances.intervals import MASS, prior, with_cells
from stances.measures import Measure
from stances.measures.tables import ratio
from stances.positions import ABSENT, SILENT, Positions
from stances.silence import Outcome, Policy, evaluate, placed
from stances.slices import names_of
from stances.uncertainty import Interval, Progress

TILE = 128  # actors; the values of all resamples of a tile are held at once
Floats = NDArray[np.float64]


def blocks_of(positions: Positions, blocks: str | None) -> NDArray[np.intp]:
    """Return the number of the block that each question is drawn with, shape (n_questions,).

    A question of several issues is drawn with those of the same issues.

    Parameters
    ----------
    positions : Positions
    blocks : {None, "issue", "year", "session"}
        A question is a block of its own for None, and where it has no issue, date or session.

    Raises
    ------
    ChoiceError
        If there are no such blocks.
    """
    numbers: dict[object, int] = {}
    keys = [(blocks and names_of(question, blocks)) or j for j, question in enumerate(positions.questions)]
    found = [numbers.setdefault(key, len(numbers)) for key in keys]
    return np.array(found, dtype=np.intp)


def check_blocks(positions: Positions, blocks: str | None) -> None:
    """Refuse blocks that all questions lie in one of, so that nothing could vary: FieldError."""
    if blocks is not None and len(set(blocks_of(positions, blocks).tolist())) == 1:
        raise FieldError("blocks", blocks, "puts all questions into one block", "draw single questions")


def _n_blocks(positions: Positions, block: NDArray[np.intp], groups: Groups, policy: Policy) -> Floats:
    """Return in how many blocks the questions lie that count for a pair, shape (n_actors, n_actors)."""
    used = np.concatenate([chosen for _, chosen in groups]) if groups else np.empty(0, dtype=np.intp)
    levels = (positions.codes >= 0).astype(np.float32)
    silent = ((positions.codes == SILENT) | (positions.codes == ABSENT)).astype(np.float32)
    counted = np.zeros((positions.n_actors, positions.n_actors))
    for number in np.unique(block[used]):
        chosen = used[block[used] == number]
        one, gap = levels[:, chosen], silent[:, chosen]
        shared = one @ one.T
        if policy in (Policy.HALF, Policy.NEUTRAL):
            shared = shared + one @ gap.T + gap @ one.T
        counted += shared > 0
    return counted


def bootstrap_interval(
    positions: Positions,
    weights: Floats,
    measure: Measure,
    policy: Policy,
    kind: str,
    interval: Interval,
    progress: Progress | None = None,
) -> tuple[Floats, Floats]:
    """Return the percentile interval of every pair over resampled questions.

    To each resample about two made-up questions are added, with answers spread as for
    `influence_interval`: two actors who agree on all there is would get no interval otherwise.
    Resamples in which a value is undefined are left out. With none left, or where all that a pair
    shares lies in a single block (or question), the interval is the whole range.

    Parameters
    ----------
    positions : Positions
        Their saliences count, if they have any.
    weights : ndarray of float, shape (n_questions,)
    measure, policy, kind
        As for `influence_interval`.
    interval : Interval
        Each resample has a child of its seed, so the order of work does not matter.
    progress : callable, optional
        Called with the number of resamples done and due.

    Returns
    -------
    lower, upper : ndarray of float, shape (n_actors, n_actors)
    """
    n, salience = positions.n_actors, positions.saliences is not None
    block, groups = blocks_of(positions, interval.blocks), by_scale(positions, weights)
    draws = [_draw(np.random.default_rng(s), block, groups) for s in interval.seeds()]
    tiles = [(slice(i, i + TILE), slice(j, j + TILE)) for i in range(0, n, TILE) for j in range(i, n, TILE)]
    lower, upper = np.full((n, n), np.nan), np.full((n, n), np.nan)
    for t, (rows, columns) in enumerate(tiles):
        values = []
        for b, (drawn, extra) in enumerate(draws):
            answers = Answers.of(positions, weights=weights, groups=drawn, salience=salience)
            counts = PairCounts.among(answers, rows, columns)
            values.append(measure.values(_evaluated(counts, extra, measure, policy).parts, kind))
            if progress is not None:
                progress(t * len(draws) + b + 1, len(tiles) * len(draws))
        ends = _percentiles(np.array(values), interval.level, measure.range_of(kind))
        lower[rows, columns], upper[rows, columns] = ends
    several = _n_blocks(positions, block, groups, policy) > 1
    low, high = measure.range_of(kind)
    return np.where(several, lower, low), np.where(several, upper, high)


def _evaluated(counts: PairCounts, extra: list[Floats], measure: Measure, policy: Policy) -> Outcome:
    """Return what a measure makes of a resample and the made-up answers."""
    if policy is Policy.NEUTRAL:
        counts, policy = placed(counts), Policy.SKIP
    return evaluate(_with_extra(counts, extra), measure, policy)


def _draw(rng: "np.random.Generator", block: NDArray[np.intp], groups: Groups) -> tuple[Groups, list[Floats]]:
    """Return the questions of one resample by their scale, and made-up answers per scale."""
    used = np.unique(block[np.concatenate([chosen for _, chosen in groups])]) if groups else block[:0]
    drawn_ones = used[rng.integers(len(used), size=len(used))] if len(used) else used
    times = np.bincount(drawn_ones, minlength=int(block.max(initial=-1)) + 1)
    drawn = tuple((scale, np.repeat(columns, times[block[columns]])) for scale, columns in groups)
    extra = [_made_up(rng, scale.n_levels) for scale, _ in groups]
    return drawn, extra


def _made_up(rng: "np.random.Generator", n_levels: int) -> Floats:
    answers = rng.multinomial(rng.poisson(MASS), prior(n_levels).ravel())
    return answers.reshape(n_levels, n_levels).astype(np.float64)


def _with_extra(counts: PairCounts, extra: list[Floats]) -> PairCounts:
    """Return counts with the made-up answers, in units of a pair's mean weight, shared over scales."""
    n = counts.n_shared.astype(np.float64)
    weight = sum((s.table.sum(axis=(-1, -2)) for s in counts.strata), np.zeros(counts.shape))
    unit = np.nan_to_num(ratio(weight, n))
    return evolve(
        counts,
        strata=tuple(_added(s, n, unit, answers) for s, answers in zip(counts.strata, extra, strict=True)),
    )


def _added(stratum: Stratum, n: Floats, unit: Floats, answers: Floats) -> Stratum:
    share = np.nan_to_num(ratio(stratum.n_shared.astype(np.float64), n))
    n_levels = stratum.scale.n_levels
    cells = stratum.cells.copy()
    cells[..., :n_levels, :n_levels] += (share * unit)[..., None, None] * answers
    extra: Any = stratum.n_shared + share * answers.sum()
    return evolve(with_cells(stratum, cells), n_shared=extra)


def _percentiles(values: Floats, level: float, limits: tuple[float, float]) -> list[Floats]:
    """Return the lower and the upper percentile of the defined values along the first axis."""
    ordered = np.sort(values, axis=0)  # NaN comes last
    last = np.maximum((~np.isnan(values)).sum(axis=0) - 1, 0)
    ends = []
    for share, limit in zip(((1.0 - level) / 2.0, (1.0 + level) / 2.0), limits, strict=True):
        below = np.floor(share * last).astype(np.intp)
        above = np.minimum(below + 1, last)
        one, other = (np.take_along_axis(ordered, k[None], axis=0)[0] for k in (below, above))
        ends.append(np.where(np.isnan(one), limit, one + (other - one) * (share * last - below)))
    return ends
