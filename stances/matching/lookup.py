"""Mean disagreement by a table: what each answer adds to the distance from each party.

The table has a row per question and answer, and a column per party. Kernel, scale, weights and the
parties' silences are all in it, so that a block of voters needs one product of its answers, as 0
and 1, with the table.
"""

from functools import partial

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances.computing import NO_SHARED, TOO_FEW
from stances.counts import relative
from stances.errors import SilencePolicyError
from stances.matching.joining import Floats, Joined
from stances.matching.selecting import FAR, Chosen, Rows, smallest
from stances.matching.weights import Units
from stances.measures import Measure
from stances.positions import ABSENT, SILENT, Codes
from stances.scales import Scale
from stances.silence import Policy

Planes = NDArray[np.floating]
ARRAYS = 10  # of n_parties x n_voters that live at once, about


@frozen(eq=False)
class Lookup:
    """What every answer adds, for all parties.

    Attributes
    ----------
    joined : Joined
    measure : Measure
    counts_silence : bool
        Whether a question counts on which one side is silent or absent.
    units : Units
    disagreement, weight : ndarray, shape (n_parties, n_planes), and with the first planes only
        What an answer adds to the sum of disagreements, and to the sum of weights.
    taken, used : ndarray of float32
        What it adds to the number of questions shared, and used.
    """

    joined: Joined
    measure: Measure
    counts_silence: bool
    units: Units
    disagreement: Planes
    weight: Planes
    taken: Planes
    used: Planes

    def nearest(self, answers: Codes, factors: Floats | None, k: int, min_shared: int) -> Chosen:
        """Return the k nearest parties of some voters.

        Parameters
        ----------
        answers : ndarray of int8, shape (n_counted, n_voters)
        factors : ndarray of float, shape (n_counted, n_voters), or None
            Weights of these voters, above 0 where there is an answer.
        k, min_shared : int
        """
        heads = self._heads(answers)
        planes = self._planes(answers, heads, factors)
        weight = (self.weight @ planes[: len(heads)]).astype(np.float64)
        observed = (self.disagreement @ planes).astype(np.float64)
        n_used = weight if factors is None and self._plain else self.used @ heads.astype(np.float32)
        n_shared = self.taken @ heads[: len(answers)].astype(np.float32) if self.counts_silence else n_used
        undefined = (n_used < min_shared) | (weight <= 0)
        with np.errstate(invalid="ignore", divide="ignore"):
            observed /= weight * self.units.kernel
        if not self.units.exact:
            np.clip(observed, 0.0, 1.0, out=observed)  # rounding alone leads beyond
        observed[undefined] = FAR
        return self._chosen(smallest(observed, k), observed, weight, n_shared, n_used)

    def _chosen(
        self, rows: Rows, observed: Floats, weight: Floats, n_shared: Planes, n_used: Planes
    ) -> Chosen:
        """Return what is known of the nearest parties, these rows of the arrays."""
        at = partial(np.take_along_axis, indices=rows, axis=0)
        nearest, used = at(observed), at(n_used).astype(np.int64)
        shared = at(n_shared).astype(np.int64) if self.counts_silence else used
        values, reasons = self.measure.from_observed(nearest), np.zeros(rows.shape, dtype=np.int64)
        missing = nearest == FAR
        if missing.any():
            values[missing] = np.nan
            none = (used == 0) | (at(weight) <= 0)
            reasons[missing] = np.where(none, NO_SHARED, TOO_FEW)[missing]
        return Chosen(rows, values, shared, used, reasons)

    @property
    def _plain(self) -> bool:
        return bool((self.joined.weights == 1.0).all())

    def _heads(self, answers: Codes) -> NDArray[np.int8]:
        """Return planes of 0 and 1: took a level, and was silent or absent where that counts."""
        heads = [answers >= 0]
        if self.counts_silence:
            heads.append((answers == SILENT) | (answers == ABSENT))
        return np.concatenate(heads).view(np.int8)

    def _planes(self, answers: Codes, heads: NDArray[np.int8], factors: Floats | None) -> Planes:
        """Return the heads, and one plane per question and level above the lowest, times the factors."""
        planes = np.empty((self.disagreement.shape[1], answers.shape[1]), dtype=self.units.dtype)
        planes[: len(heads)] = heads
        start = len(heads)
        for scale, chosen in self.joined.groups:
            part = answers[chosen[0] : chosen[-1] + 1]  # they lie beside each other
            for level in range(1, scale.n_levels):
                planes[start : start + len(part)] = (part == level).view(np.int8)
                start += len(part)
        if factors is not None:
            whole = np.rint(factors * self.units.factor) if self.units.exact else relative(factors, axis=0)
            planes *= _laid_out(self.joined, self.counts_silence, whole).astype(planes.dtype)
        return planes


def _laid_out(joined: Joined, counts_silence: bool, rows: Floats) -> Floats:
    """Return one row per question as one row per plane."""
    levels = [rows[chosen] for scale, chosen in joined.groups for _ in range(1, scale.n_levels)]
    return np.concatenate([rows] * (1 + counts_silence) + levels)


def lookup(joined: Joined, measure: Measure, policy: Policy, factors: NDArray[np.number] | None) -> Lookup:
    """Return the table of a measure that adds up.

    Parameters
    ----------
    joined : Joined
    measure : Measure
    policy : Policy
        But for ``bounds``.
    factors : ndarray, shape (n_voters, n_questions), or None
        Weights of all voters, which say in what units sums are exact.
    """
    kernels = [_extended(measure, scale, policy) for scale, _ in joined.groups]
    units = Units.of(kernels, joined.weights, factors)
    weights = joined.weights * units.weight
    if units.exact:
        weights = np.rint(weights)
        kernels = [np.rint(kernel * units.kernel) for kernel in kernels]
    counts_silence = policy is not Policy.SKIP
    levels, gaps = joined.codes >= 0, (joined.codes == SILENT) | (joined.codes == ABSENT)
    taken = levels.astype(np.float32)
    used = np.hstack([taken + gaps, taken]) if counts_silence else taken
    first, silent, rest = _parts(joined, kernels)
    head = np.hstack([first, silent]) if counts_silence else first
    table = np.hstack([head, *rest]) * _laid_out(joined, counts_silence, weights)
    weight = used * np.tile(weights, 1 + counts_silence)
    arrays = (table.astype(units.dtype), weight.astype(units.dtype), taken, used)
    return Lookup(joined, measure, counts_silence, units, *map(np.ascontiguousarray, arrays))


def _extended(measure: Measure, scale: Scale, policy: Policy) -> Floats:
    """Return the kernel with a last row and column for the silent; what never counts is 0."""
    kernel = np.round(measure.disagreement(scale), 15)
    extended = np.zeros((scale.n_levels + 1, scale.n_levels + 1))
    extended[:-1, :-1] = kernel
    if policy is Policy.HALF:
        extended[-1, :-1] = extended[:-1, -1] = 0.5
    if policy is Policy.NEUTRAL:
        if scale.middle is None:
            raise SilencePolicyError("neutral", f"needs a level in the middle; scale {scale.id!r} has none")
        extended[-1, :-1] = extended[:-1, -1] = kernel[scale.middle]
    return extended


def _parts(joined: Joined, kernels: list[Floats]) -> tuple[Floats, Floats, list[Floats]]:
    """Return what the lowest level adds, what silence adds, and what each level adds beyond the lowest."""
    first, silent = np.zeros(joined.codes.shape), np.zeros(joined.codes.shape)
    rest = []
    for (scale, chosen), kernel in zip(joined.groups, kernels, strict=True):
        codes = joined.codes[:, chosen]
        gap = (codes == SILENT) | (codes == ABSENT)
        states = np.where(codes >= 0, codes, scale.n_levels)
        added = kernel[:, states] * ((codes >= 0) | gap)
        first[:, chosen], silent[:, chosen] = added[0], added[-1]
        rest += [added[level] - added[0] for level in range(1, scale.n_levels)]
    return first, silent, rest
