"""Would the camps be found again? They are sought anew among questions drawn anew."""

from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from stances.bootstrap import blocks_of, check_blocks
from stances.computing import compute
from stances.dendrogram import Labels, best_cut, dendrogram_of
from stances.distances import Distances, comparable, rounded_off
from stances.matrix import Matrix
from stances.positions import Positions
from stances.progress import Progress
from stances.uncertainty import seed_of

FALLS_APART, HOLDS = 0.6, 0.75
Floats = NDArray[np.float64]


@frozen(eq=False)
class Stability:
    """How the camps fared where the questions were drawn anew, and camps sought anew.

    Attributes
    ----------
    n_resamples : int
    blocks : str or None
        What was drawn as one: ``issue``, ``year`` or ``session``; single questions for None.
    seed : numpy.random.SeedSequence
        ``rng=stability.seed`` gives the same numbers again.
    jaccard : tuple of float
        Per camp, the mean over resamples of its likeness to the camp there that is most like it:
        members in both by members in either, among the actors who could be compared there. 0 to 1;
        NaN where none of its members ever could.
    together : ndarray of float, shape (n_actors, n_actors)
        Share of the resamples in which two actors were in one camp, among those in which both
        could be compared; NaN where they never could.
    likeness : ndarray of float, shape (n_resamples, n_camps)
        What `jaccard` is the mean of; NaN where no member could be compared.
    """

    n_resamples: int
    blocks: str | None
    seed: np.random.SeedSequence = field(repr=False)
    jaccard: tuple[float, ...]
    together: Floats = field(repr=False)
    likeness: Floats = field(repr=False)

    def middle(self, level: float) -> Floats:
        """Return between what the middle share of the likenesses lies, shape (n_camps, 2).

        Percentiles over the resamples, 0 to 1; NaN for a camp that was never seen.
        """
        ends = [(1 - level) / 2, (1 + level) / 2]
        seen = [column[~np.isnan(column)] for column in self.likeness.T]
        return np.array([np.quantile(values, ends) if values.size else [np.nan] * 2 for values in seen])

    def document(self) -> dict[str, Any]:
        """Return what repeats it."""
        drawn = {"n_resamples": self.n_resamples, "blocks": self.blocks or "questions"}
        seed = {"entropy": self.seed.entropy, "spawn_key": list(self.seed.spawn_key)}
        return drawn | seed | {"numpy": np.__version__}


def verdict(jaccard: float) -> str:
    """Return in words how a camp fared.

    References
    ----------
    Hennig, C. (2007), Computational Statistics & Data Analysis 52, 258-271; the thresholds are those
    of its implementation, `clusterboot` of the R package `fpc`.

    Examples
    --------
    >>> verdict(0.92), verdict(0.7), verdict(0.41)
    ('holds', 'is doubtful', 'falls apart')
    """
    if np.isnan(jaccard):
        return "was never seen"
    if jaccard < FALLS_APART:
        return "falls apart"
    return "holds" if jaccard >= HOLDS else "is doubtful"


def stability_of(
    matrix: Matrix,
    actors: tuple[str, ...],
    labels: Labels,
    n_camps: int | None,
    n_resamples: int,
    blocks: str | None,
    rng: Any,
    progress: Progress | None,
) -> Stability:
    """Return how the camps of a matrix fare where questions, or blocks of them, are drawn anew.

    Each resample draws as many questions, or blocks, as there are, with replacement, computes the
    matrix and seeks the camps as they were sought: by the same rule, or in the same number. Actors
    who share nothing there with another are left out of it, as they are of the whole.

    Parameters
    ----------
    matrix : Matrix
    actors : tuple of str
        Those who have a camp, sorted by id.
    labels : ndarray of int, shape (n_actors,)
        Their camps.
    n_camps : int or None
        The number that was asked for.
    n_resamples, blocks, rng, progress
        See `camps`.
    """
    columns = sorted(range(matrix.positions.n_questions), key=lambda j: matrix.positions.questions[j].id)
    positions = matrix.positions.take(columns).rows(actors)
    check_blocks(positions, blocks)
    block, seed = blocks_of(positions, blocks), seed_of(rng)
    likeness = np.full((n_resamples, int(labels.max()) + 1), np.nan)
    together, placed = (np.zeros((len(actors), len(actors))) for _ in range(2))
    for b, child in enumerate(seed_of(seed).spawn(n_resamples)):
        found = _found_again(matrix, positions, _times(child, block, positions.weights), n_camps)
        likeness[b] = likenesses(labels, found)
        here = found >= 0
        placed += here[:, None] & here
        together += (found[:, None] == found) & here
        if progress is not None:
            progress(b + 1, n_resamples)
    share = np.divide(together, placed, out=np.full(placed.shape, np.nan), where=placed > 0)
    return Stability(
        n_resamples, blocks, seed, tuple(_mean(column) for column in likeness.T), share, likeness
    )


def likenesses(labels: Labels, found: Labels) -> Floats:
    """Return of each camp the likeness of the found camp that is most like it, shape (n_camps,).

    Parameters
    ----------
    labels, found : ndarray of int, shape (n_actors,)
        Camps from 0; -1 in `found` for actors who are in none, and who do not count.

    Examples
    --------
    >>> likenesses(np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, -1]))
    array([0.66666667, 0.5       ])
    """
    result = np.full(int(labels.max()) + 1, np.nan)
    here = found >= 0
    for camp in range(len(result)):
        own = (labels == camp) & here
        others = [found == k for k in range(int(found.max()) + 1)]
        if own.any():
            result[camp] = max((own & other).sum() / (own | other).sum() for other in others)
    return result


def _times(seed: np.random.SeedSequence, block: Labels, weights: Floats) -> NDArray[np.intp]:
    """Return how often each question was drawn, shape (n_questions,); those of weight 0 never are."""
    used = np.unique(block[weights > 0])
    drawn = used[np.random.default_rng(seed).integers(len(used), size=len(used))]
    times: NDArray[np.intp] = np.bincount(drawn, minlength=int(block.max()) + 1)[block]
    return np.where(weights > 0, times, 0)


def _found_again(
    matrix: Matrix, positions: Positions, times: NDArray[np.intp], n_camps: int | None
) -> Labels:
    """Return the camps among the questions drawn, shape (n_actors,); -1 for who could not be compared."""
    drawn = _drawn(positions, times)
    again = compute(drawn, "divergence", matrix.measure, matrix.silence)
    kept = comparable(again.actors, ~np.isnan(again.values), again.n_shared.diagonal())
    found = np.full(len(positions.actors), -1, dtype=np.intp)
    if kept.size > 1:
        chosen = tuple(positions.actors[i] for i in kept)
        tree = dendrogram_of(Distances(chosen, rounded_off(again.values[np.ix_(kept, kept)]), ()))
        found[kept] = best_cut(tree) if n_camps is None else tree.cut(min(n_camps, kept.size))
    return found


def _drawn(positions: Positions, times: NDArray[np.intp]) -> Positions:
    """Return the questions drawn, each with its weight as often as it was drawn."""
    kept = np.flatnonzero(times)
    largest = positions.weights.max()
    part = positions.take(kept)
    weighed = [
        evolve(question, weight=question.weight / largest * int(n))
        for question, n in zip(part.questions, times[kept], strict=True)
    ]
    return evolve(part, questions=tuple(weighed))


def _mean(values: Floats) -> float:
    """Return the mean of the defined values; NaN if there is none."""
    defined = values[~np.isnan(values)]
    return float(defined.mean()) if defined.size else float("nan")
