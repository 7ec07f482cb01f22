"""nearest: for each voter the parties that stand nearest."""

from typing import Any

import numpy as np
from attrs import asdict, frozen
from numpy.typing import ArrayLike, NDArray

from stances import validators as check
from stances.dataset import Dataset
from stances.errors import SilencePolicyError
from stances.matching import lookup
from stances.matching.joining import Floats, Joined, joined
from stances.matching.pairs import Pairs
from stances.matching.report import Nearest
from stances.matching.selecting import Chosen, alike
from stances.matching.weights import weights_of
from stances.matrices import AnyMeasure, positions_of
from stances.measures import Measure, find_measure
from stances.positions import NO_RECORD, Codes, Positions
from stances.progress import Progress
from stances.silence import Policy, find_policy

BLOCK = 4096  # voters at a time, at most
MEMORY = 64_000_000  # bytes of a block, about


def nearest(
    voters: Dataset | Positions,
    parties: Dataset | Positions,
    k: int = 5,
    *,
    measure: AnyMeasure = "agreement",
    silence: str = "skip",
    weights: ArrayLike | None = None,
    min_shared: int = 1,
    progress: Progress | None = None,
) -> Nearest:
    """Return for each of many voters the k nearest of some parties.

    The values are those of `agreement_matrix` between a voter and a party, over the questions that
    both tables hold: the same id, and the same levels. Voters go through in blocks, so that memory
    grows with what is asked for alone.

    Parameters
    ----------
    voters, parties : Dataset or Positions
        Whoever is compared with whom. The questions are those of `parties`, with their weights.
    k : int
        How many of the parties; all of them if there are fewer.
    measure : str, Measure, array_like or callable
        As in `agreement_matrix`. Means over questions take one product of matrices per block;
        chance-corrected measures and functions need a table for each voter and party, and far longer.
    silence : {"skip", "half", "neutral"}
        What counts where one side took a level and the other was silent or absent.
    weights : array_like of float, shape (n_questions,) or (n_voters, n_questions), optional
        By which the weight of each question is multiplied, for all or for each voter, such as the
        double weight of a voting advice application. The questions are those of `voters`, in their
        order. At least 0; what has weight 0 does not count.
    min_shared : int
        Resting on fewer questions a value is undefined (``too_few_shared``).
    progress : callable, optional
        Called after each block with the number of voters done and due.

    Returns
    -------
    Nearest
        Parties that are equally near (to twelve digits) come in the order of their ids, whatever
        the order of `parties`. Undefined values are NaN, with a reason, and come last.

    Raises
    ------
    NoQuestionsInCommonError, DifferentScalesError
        If no question has the same id in both tables, or one has other levels.
    UnknownMeasureError, SilencePolicyError, UnorderedScaleError
        If measure, policy and scales do not fit together. ``bounds`` gives two ends to each value,
        and orders nobody.
    FieldError
        If weights, k or min_shared make no sense.

    See Also
    --------
    agreement_matrix : every two actors of one table, with intervals.

    References
    ----------
    Mendez, F. (2012), Policy & Internet 4(2), art. 3, for what voting advice applications compute.

    Examples
    --------
    >>> from stances import VOTE, Positions
    >>> parties = Positions.from_codes([[2, 2, 0], [0, 1, 2]], scale=VOTE, actors=["left", "right"])
    >>> voters = Positions.from_codes([[2, 1, 0], [-1, 1, 2]], scale=VOTE, actors=["v1", "v2"])
    >>> found = nearest(voters, parties, k=1)
    >>> [(m.party, round(m.value, 2), m.n_shared) for voter in ("v1", "v2") for m in found[voter]]
    [('left', 0.83, 3), ('right', 1.0, 2)]
    """
    most, least = check.count("k", k), check.count("min_shared", min_shared)
    chosen, policy = find_measure(measure), find_policy(silence)
    if policy is Policy.BOUNDS:
        raise SilencePolicyError("bounds", "gives two ends to each value, by which nobody is nearest")
    many, few = positions_of(voters, {}), positions_of(parties, {})
    factors = weights_of(weights, many.n_actors, many.n_questions)
    for_all = None if factors is None or factors.ndim == 2 else factors.astype(np.float64)
    each = None if for_all is not None else factors
    both = joined(many, few, for_all)
    engine, size = _engine(both, chosen, policy, each)
    result = _Arrays.empty(many.n_actors, min(most, few.n_actors))
    for start in range(0, many.n_actors, size):
        block = slice(start, min(start + size, many.n_actors))
        answers, own = _answers(both, each, block)
        result.fill(block, both.order, engine.nearest(answers, own, result.n_chosen(few.n_actors), least))
        if progress is not None:
            progress(block.stop, many.n_actors)
    return Nearest(both, chosen, policy, least, weights is not None, **result.filled)


def _engine(
    both: Joined, measure: Measure, policy: Policy, factors: NDArray[Any] | None
) -> tuple[lookup.Lookup | Pairs, int]:
    """Return what finds the nearest, and how many voters go through it at a time."""
    n_levels = [scale.n_levels for scale, _ in both.groups]
    n_parties = max(len(both.order), 1)
    if measure.adds_up:
        n_planes = sum(len(chosen) * scale.n_levels for scale, chosen in both.groups)
        per_voter = 8 * n_parties * lookup.ARRAYS + 16 * n_planes
        return lookup.lookup(both, measure, policy, factors), _within(per_voter)
    per_voter = 8 * n_parties * Pairs.ARRAYS * sum((n + 1) ** 2 for n in n_levels)
    return Pairs(both, measure, policy), _within(per_voter)


def _within(per_voter: int) -> int:
    return max(1, min(BLOCK, MEMORY // max(per_voter, 1)))


def _answers(both: Joined, factors: NDArray[Any] | None, block: slice) -> tuple[Codes, Floats | None]:
    """Return codes and weights of some voters, shape (n_counted, n_voters); without weight no answer."""
    codes = np.ascontiguousarray(both.voters.codes[block].T[both.columns])
    if factors is None:
        return codes, None
    own = factors[block].T[both.columns].astype(np.float64)
    return np.where(own > 0, codes, NO_RECORD).astype(np.int8), own


@frozen(eq=False)
class _Arrays:
    """The result while it fills, block by block; all of shape (n_voters, k) but for `more`."""

    indices: NDArray[np.int32]
    values: Floats
    n_shared: NDArray[np.int32]
    n_used: NDArray[np.int32]
    reasons: NDArray[np.int8]
    more: NDArray[np.bool_]

    @classmethod
    def empty(cls, n_voters: int, k: int) -> "_Arrays":
        shape = (n_voters, k)
        whole = (np.empty(shape, dtype=np.int32) for _ in range(3))
        indices, n_shared, n_used = whole
        values, reasons = np.empty(shape), np.empty(shape, dtype=np.int8)
        return cls(indices, values, n_shared, n_used, reasons, np.zeros(n_voters, dtype=np.bool_))

    @property
    def filled(self) -> dict[str, NDArray[Any]]:
        """The arrays by their names."""
        return asdict(self, recurse=False)

    def n_chosen(self, n_parties: int) -> int:
        """How many to choose: one beyond the last, to see whether it is as near."""
        return min(int(self.indices.shape[1]) + 1, n_parties)

    def fill(self, block: slice, order: NDArray[np.intp], found: Chosen) -> None:
        k = self.indices.shape[1]
        self.indices[block] = order[found.rows[:k]].T
        for name in ("values", "n_shared", "n_used", "reasons"):
            getattr(self, name)[block] = getattr(found, name)[:k].T
        if k and len(found.rows) > k:
            self.more[block] = alike(found.values[k - 1], found.values[k])
