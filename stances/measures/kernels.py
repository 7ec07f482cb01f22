"""Kernels: how far two levels of a scale are apart, from 0 (the same) to 1 (the ends of the scale)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from stances.scales import Scale

Kernel = NDArray[np.float64]


def nominal(scale: Scale) -> Kernel:
    """Return 0 for the same level and 1 for any other, shape (n_levels, n_levels)."""
    return 1.0 - np.eye(scale.n_levels)


def linear(scale: Scale) -> Kernel:
    """Return the distance of the levels' values over the width of the scale."""
    values = np.array(scale.unit_values)
    distances: Kernel = np.abs(values[:, None] - values[None, :])
    return distances


def graded(scale: Scale) -> Kernel:
    """Return the linear kernel on an ordered scale, the nominal one on an unordered scale."""
    return linear(scale) if scale.ordered else nominal(scale)


KERNELS: dict[str, Callable[[Scale], Kernel]] = {"nominal": nominal, "linear": linear, "graded": graded}
NEEDS_ORDER = frozenset({"linear"})
