"""Chance models: the disagreement expected of two actors who answer independently.

Each takes a kernel and a pair table and returns the expected disagreement times the weight of the
table, shape (...), so that strata add up. It is a sum over the kernel, never 1 minus something, and
so zero where chance agreement is complete.
"""

from collections.abc import Callable

import numpy as np

from stances.measures.tables import Floats, PairSums, PairTable, dot, ratio

Table = PairTable | PairSums


def _expected(kernel: Floats, first: Floats, second: Floats) -> Floats:
    """Return the sum of kernel[k, l] * first[k] * second[l], shape (...)."""
    result = np.zeros(first.shape[:-1])
    for k in range(first.shape[-1]):
        result += first[..., k] * dot(kernel[..., k, :], second)
    return result


def _over(numerator: Floats, denominator: Floats) -> Floats:
    """Return a quotient that is zero where nothing was counted."""
    return np.nan_to_num(ratio(numerator, denominator))


def own(kernel: Floats, table: Table) -> Floats:
    """Answers drawn from each actor's own margins (Cohen 1960)."""
    return _over(_expected(kernel, table.rows, table.columns), table.weight)


def pooled(kernel: Floats, table: Table) -> Floats:
    """Answers drawn from the margins of both together (Scott 1955)."""
    return _over(_expected(kernel, table.pooled, table.pooled), 4.0 * table.weight)


def uniform(kernel: Floats, table: Table) -> Floats:
    """All levels equally likely (Bennett, Alpert and Goldstein 1954)."""
    expected: Floats = table.weight * kernel.mean(axis=(-1, -2))
    return expected


def without_replacement(kernel: Floats, table: Table) -> Floats:
    """Two answers drawn from all answers of both, without putting back (Krippendorff 2004).

    Weights are first rescaled to sum to the number of shared questions n: the 2n answers of a pair
    make 2n (2n - 1) draws.
    """
    n: Floats = table.n_shared.astype(np.float64)
    drawn = _expected(kernel, table.pooled, table.pooled)
    return _over(drawn * _over(n, table.weight), 2.0 * (2.0 * n - 1.0))


def gwet(kernel: Floats, table: Table) -> Floats:
    """A share of random answers that grows with how evenly the levels are used (Gwet 2008)."""
    q = table.scale.n_levels
    share = table.pooled / np.where(table.weight > 0, 2.0 * table.weight, 1.0)[..., None]
    spread = (share * (1.0 - share)).sum(axis=-1)
    agreement = q * q - kernel.sum(axis=(-1, -2))
    expected: Floats = table.weight * (1.0 - agreement * spread / (q * (q - 1.0)))
    return expected


CHANCE: dict[str, Callable[[Floats, Table], Floats]] = {
    "own": own,
    "pooled": pooled,
    "uniform": uniform,
    "without replacement": without_replacement,
    "gwet": gwet,
}
