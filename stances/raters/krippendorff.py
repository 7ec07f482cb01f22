"""Krippendorff's alpha, for any number of coders with missing ratings."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from stances.errors import ChoiceError, FieldError
from stances.raters.parts import Parts
from stances.raters.ratings import Floats, Ratings
from stances.raters.weights import identity, quadratic, require_order


def _nominal(ratings: Ratings, margins: Floats) -> Floats:
    del margins
    return identity(ratings)


def _ordinal(ratings: Ratings, margins: Floats) -> Floats:
    """Return squared counts of the ratings that lie between two levels, half of those on them included."""
    del ratings
    middles = np.cumsum(margins) - margins / 2.0
    squares: Floats = (middles[:, None] - middles[None, :]) ** 2
    return squares


def _interval(ratings: Ratings, margins: Floats) -> Floats:
    del margins
    return quadratic(ratings)


def _ratio(ratings: Ratings, margins: Floats) -> Floats:
    """Return squared differences over sums; zero for two zeros."""
    del margins
    if ratings.n_levels and ratings.values[0] < 0:
        raise FieldError("ratings", ratings.values[0], "is below zero, which level 'ratio' does not allow")
    values = ratings.values / max(ratings.values.max(initial=0.0), np.finfo(float).tiny)
    sums = values[:, None] + values[None, :]
    shares = np.divide(values[:, None] - values[None, :], sums, out=np.zeros_like(sums), where=sums > 0)
    squares: Floats = shares**2
    return squares


METRICS: dict[str, Callable[[Ratings, Floats], Floats]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}


def _own(level: Any, n_levels: int) -> Floats:
    """Return a metric of the user's own: symmetric, finite, not below 0, and 0 for the same level."""
    try:
        own = np.asarray(level, dtype=np.float64)
    except (TypeError, ValueError):
        own = np.empty(0)
    fits = own.shape == (n_levels, n_levels) and np.isfinite(own).all() and (own >= 0).all()
    if not fits or (own != own.T).any() or own.diagonal().any():
        advice = f"give a symmetric array of {n_levels} x {n_levels} disagreements, 0 for the same level"
        raise FieldError("level", level, "is no metric for these ratings", advice)
    return own


def _distances(ratings: Ratings, margins: Floats, level: Any) -> Floats:
    """Return the metric of a level of measurement, or the user's own, shape (n_levels, n_levels)."""
    if not isinstance(level, str):
        return _own(level, ratings.n_levels)
    if level not in METRICS:
        raise ChoiceError("level", level, tuple(METRICS))
    if level != "nominal":
        require_order(ratings, f"level {level!r}")
    return METRICS[level](ratings, margins)


def alpha_parts(ratings: Ratings, level: Any) -> Parts:
    """Return the parts of alpha, from units with two ratings or more; the metric is at most 1."""
    counts = ratings.counts
    counts = counts[counts.sum(axis=1) >= 2]
    margins = counts.sum(axis=0)
    distances = _distances(ratings, margins, level)
    if not len(counts):
        return Parts(np.nan, np.nan, 0.0)
    distances = distances / max(distances.max(), np.finfo(float).tiny)
    total = margins.sum()
    within = (counts @ distances * counts).sum(axis=1) / (counts.sum(axis=1) - 1.0)
    expected = margins @ distances @ margins / (total * (total - 1.0))
    return Parts(float(within.sum() / total), float(expected), float(total))


def krippendorff_alpha(ratings: Any, level: Any = "ordinal", levels: Sequence[Any] | None = None) -> float:
    """Return Krippendorff's alpha: agreement beyond what the values of all coders together give by chance.

    Only units with two ratings or more count. `fleiss_kappa` and its relatives let lone ratings move
    the margins.

    Parameters
    ----------
    ratings : array_like or data frame, shape (n_coders, n_units)
        Numbers or texts; None or NaN where there is none.
    level : {"nominal", "ordinal", "interval", "ratio"} or array_like, shape (n_levels, n_levels)
        Level of measurement. ``interval`` and ``ratio`` take differences between numbers, or between
        ranks 0 to n_levels - 1 of texts; ``ratio`` needs numbers of at least zero. An array is a metric
        of your own: disagreements of at least 0 between levels.
    levels : sequence, optional
        All levels that could be given; texts from low to high, which all but ``nominal`` need. Levels
        that nobody gave do not change the result, but for the ranks of texts.

    Returns
    -------
    float
        At most 1, 0 for chance, below 0 where coders differ more than by chance; NaN where no unit has
        two ratings or all ratings in such units are the same.

    Raises
    ------
    RatingError
        If a rating is not one of `levels`.
    ChoiceError
        If the level of measurement is unknown.
    FieldError
        If the ratings are no table of numbers or texts, the order of texts is not declared, or an
        array is no metric.

    References
    ----------
    Krippendorff, K. (2011), Computing Krippendorff's alpha-reliability; (2004), Content Analysis, 2nd
    ed., Sage, ch. 11.

    Examples
    --------
    The four observers of Krippendorff (2011), section C:

    >>> ratings = [
    ...     [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    ...     [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    ...     [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    ...     [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ... ]
    >>> round(krippendorff_alpha(ratings, "nominal"), 3)
    0.743
    >>> round(krippendorff_alpha(ratings, "ordinal"), 3)
    0.815
    """
    return alpha_parts(Ratings.of(ratings, levels), level).value
