"""Finishing functions of measures that are no plain ratio of disagreements.

Each takes the pair tables and the shape of the results and returns the parts. Strata pool by adding
what stands above and below the fraction.
"""

import numpy as np

from stances.measures.chance import own
from stances.measures.kernels import Kernel, linear, squared
from stances.measures.parts import Parts
from stances.measures.tables import NEGLIGIBLE, Floats, Tables, ratio


def _weight(tables: Tables, shape: tuple[int, ...]) -> Floats:
    return sum((table.weight for table in tables), np.zeros(shape))


def euclidean(tables: Tables, shape: tuple[int, ...]) -> Parts:
    """Return 1 minus the root of the mean squared distance."""
    disagreed = sum((t.disagreed(squared(t.scale, t.pooled)) for t in tables), np.zeros(shape))
    weight = _weight(tables, shape)
    distance = np.sqrt(ratio(disagreed, weight))
    return Parts(1.0 - distance, distance, np.full(shape, np.nan), weight)


def benati_capurri(tables: Tables, shape: tuple[int, ...], kernel: Kernel = linear) -> Parts:
    """Return S minus the S of independent answers with the same margins: 2 (De - Do)."""
    weight, disagreed, expected = _weight(tables, shape), np.zeros(shape), np.zeros(shape)
    for table in tables:
        distances = kernel(table.scale, table.pooled)
        disagreed += table.disagreed(distances)
        expected += own(distances, table)
    observed, chance = ratio(disagreed, weight), ratio(expected, weight)
    return Parts(2.0 * (chance - observed), observed, chance, weight)


def _undefined(values: Floats, weight: Floats) -> Parts:
    empty = np.full(values.shape, np.nan)
    return Parts(values, empty, empty, weight)


def pearson(tables: Tables, shape: tuple[int, ...]) -> Parts:
    """Return the product-moment correlation of the levels' values, within scales."""
    covariance, first, second = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for table in tables:
        x = np.array(table.scale.unit_values)
        mean_x, mean_y = (ratio(margin @ x, table.weight) for margin in (table.rows, table.columns))
        dx, dy = x - np.nan_to_num(mean_x)[..., None], x - np.nan_to_num(mean_y)[..., None]
        for k in range(len(x)):
            for l in range(len(x)):
                covariance += table.counts[..., k, l] * dx[..., k] * dy[..., l]
        first += (table.rows * dx**2).sum(axis=-1)
        second += (table.columns * dy**2).sum(axis=-1)
    weight = _weight(tables, shape)
    varied = (first > NEGLIGIBLE * weight) & (second > NEGLIGIBLE * weight)
    values = ratio(covariance, np.sqrt(np.where(varied, first * second, 0.0)))
    return _undefined(np.clip(values, -1.0, 1.0), weight)


def kendall_tau_b(tables: Tables, shape: tuple[int, ...]) -> Parts:
    """Return (C - D) over the root of the pairs of questions that are not tied for either actor."""
    difference, first, second = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for table in tables:
        difference += _concordance(table.counts)
        first += (table.weight**2 - (table.rows**2).sum(axis=-1)) / 2.0
        second += (table.weight**2 - (table.columns**2).sum(axis=-1)) / 2.0
    weight = _weight(tables, shape)
    varied = (first > NEGLIGIBLE * weight**2) & (second > NEGLIGIBLE * weight**2)
    values = ratio(difference, np.sqrt(np.where(varied, first * second, 0.0)))
    return _undefined(np.clip(values, -1.0, 1.0), weight)


def _concordance(counts: Floats) -> Floats:
    """Return concordant minus discordant pairs of questions, shape (...)."""
    n_levels = counts.shape[-1]
    result = np.zeros(counts.shape[:-2])
    for k in range(n_levels):
        for l in range(n_levels):
            above = counts[..., k + 1 :, l + 1 :].sum(axis=(-1, -2))
            below = counts[..., k + 1 :, :l].sum(axis=(-1, -2))
            result += counts[..., k, l] * (above - below)
    return result
