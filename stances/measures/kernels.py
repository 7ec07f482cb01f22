"""Kernels: how far two levels of a scale are apart, from 0 (the same) to 1 (the ends of the scale).

Each takes a scale and the pooled margins of the pairs, of shape (..., n_levels), and returns
disagreements of shape (n_levels, n_levels) or, where they depend on the margins, of shape
(..., n_levels, n_levels).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from stances.scales import Scale

Floats = NDArray[np.float64]
Kernel = Callable[[Scale, Floats], Floats]


def _values(scale: Scale) -> Floats:
    return np.array(scale.unit_values)


def nominal(scale: Scale, margins: Floats) -> Floats:
    """Return 0 for the same level and 1 for any other."""
    del margins
    return 1.0 - np.eye(scale.n_levels)


def linear(scale: Scale, margins: Floats) -> Floats:
    """Return the distance of the levels' values over the width of the scale."""
    del margins
    values = _values(scale)
    distances: Floats = np.abs(values[:, None] - values[None, :])
    return distances


def squared(scale: Scale, margins: Floats) -> Floats:
    """Return the square of the linear kernel."""
    distances: Floats = linear(scale, margins) ** 2
    return distances


def graded(scale: Scale, margins: Floats) -> Floats:
    """Return the linear kernel on an ordered scale, the nominal one on an unordered scale."""
    return linear(scale, margins) if scale.ordered else nominal(scale, margins)


def directional(scale: Scale, margins: Floats) -> Floats:
    """Return 1/2 - 2xy for values x and y from -1/2 to 1/2: sides and intensities, not distances.

    Two moderates on one side do not agree fully, nor do two who stand in the middle.
    """
    del margins
    values = _values(scale) - 0.5
    kernel: Floats = 0.5 - 2.0 * values[:, None] * values[None, :]
    return kernel


def hybrid(scale: Scale, margins: Floats) -> Floats:
    """Return the mean of the linear and the directional kernel."""
    return (linear(scale, margins) + directional(scale, margins)) / 2.0


def ordinal(scale: Scale, margins: Floats) -> Floats:
    """Return Krippendorff's ordinal metric: squared counts of what lies between two levels.

    (n_c / 2 + n_{c+1} + ... + n_k / 2) squared, over its largest entry; it depends on the margins.
    """
    del scale
    middles = np.cumsum(margins, axis=-1) - margins / 2.0
    distances: Floats = (middles[..., :, None] - middles[..., None, :]) ** 2
    largest = distances.max(axis=(-1, -2), keepdims=True)
    scaled: Floats = np.divide(distances, largest, out=np.zeros_like(distances), where=largest > 0)
    return scaled


KERNELS: dict[str, Kernel] = {
    "nominal": nominal,
    "linear": linear,
    "squared": squared,
    "graded": graded,
    "directional": directional,
    "hybrid": hybrid,
    "ordinal": ordinal,
}
NEEDS_ORDER = frozenset({"linear", "squared", "directional", "hybrid", "ordinal"})
