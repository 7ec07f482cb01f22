"""How far two levels are apart under Gwet's weights: 0 for the same level, 1 for the furthest apart.

Gwet writes weights of agreement; these are one minus them. Each takes ratings and returns an array of
shape (n_levels, n_levels).
"""

from collections.abc import Callable

import numpy as np

from stances.errors import ChoiceError, FieldError
from stances.raters.ratings import Floats, Ratings


def identity(ratings: Ratings) -> Floats:
    """Return 0 for the same level and 1 for any other."""
    return 1.0 - np.eye(ratings.n_levels)


def linear(ratings: Ratings) -> Floats:
    """Return the distance of the levels' values over the width of the scale."""
    values = ratings.unit_values
    distances: Floats = np.abs(values[:, None] - values[None, :])
    return distances


def quadratic(ratings: Ratings) -> Floats:
    """Return the square of the linear distance."""
    squares: Floats = linear(ratings) ** 2
    return squares


def ordinal(ratings: Ratings) -> Floats:
    """Return how many pairs of levels lie between two levels, both included, over the largest number.

    This is Gwet's ordinal weight, 1 - C(m, 2) / C(q, 2) with m levels from one to the other. It
    depends on ranks alone, and unlike Krippendorff's ordinal metric not on how often levels occur.
    """
    ranks = np.arange(ratings.n_levels, dtype=np.float64)
    steps = np.abs(ranks[:, None] - ranks[None, :])
    pairs: Floats = steps * (steps + 1.0) / 2.0
    scaled: Floats = pairs / max(pairs.max(initial=0.0), 1.0)
    return scaled


WEIGHTS: dict[str, Callable[[Ratings], Floats]] = {
    "identity": identity,
    "linear": linear,
    "quadratic": quadratic,
    "ordinal": ordinal,
}


def disagreement(ratings: Ratings, weights: str) -> Floats:
    """Return the disagreement between levels, shape (n_levels, n_levels), under weights by name.

    Raises
    ------
    ChoiceError
        If the name is unknown.
    FieldError
        If the weights need an order, and that of the texts is not known.
    """
    if not isinstance(weights, str) or weights not in WEIGHTS:
        raise ChoiceError("weights", weights, tuple(WEIGHTS))
    if weights != "identity":
        require_order(ratings, f"weights {weights!r}")
    return WEIGHTS[weights](ratings)


def require_order(ratings: Ratings, what: str) -> None:
    """Refuse texts whose order was not declared."""
    if not ratings.declared and ratings.n_levels > 1:
        advice = 'declare it from low to high: levels=["no", "abstain", "yes"]'
        raise FieldError("levels", ratings.levels, f"are texts without an order, which {what} needs", advice)
