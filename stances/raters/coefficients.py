"""Coefficients of agreement for any number of raters with missing ratings, after Gwet (2014).

Each is 1 - Do / De. What is observed, Do, is the same for all of them: the mean disagreement of two
ratings of one unit. They differ in De, what chance alone would give. Both are formed as sums of
disagreements, so that De is zero exactly where chance agreement is complete.

In all of them the ratings of units that only one coder rated count in the margins, though not in
what is observed. Krippendorff's alpha leaves them out.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from stances.raters.parts import Parts
from stances.raters.ratings import Floats, Ratings
from stances.raters.weights import disagreement

Chance = Callable[[Ratings, Floats], float]


def parts_of(ratings: Ratings, weights: str, chance: Chance) -> Parts:
    """Return observed and expected disagreement, and the number of units with two ratings or more."""
    distances = disagreement(ratings, weights)
    counts = ratings.counts
    rated = counts.sum(axis=1)
    shared = rated >= 2
    n_shared = int(shared.sum())
    if not n_shared:
        return Parts(np.nan, np.nan, 0.0)
    own, n = counts[shared], rated[shared]
    apart = (own @ distances * own).sum(axis=1) / (n * (n - 1.0))
    return Parts(float(apart.mean()), chance(ratings, distances), float(n_shared))


def _margins(ratings: Ratings) -> Floats:
    """Return the share of each level, every unit that was rated counting once; shape (n_levels,)."""
    counts = ratings.counts[ratings.counts.sum(axis=1) > 0]
    shares: Floats = (counts / counts.sum(axis=1, keepdims=True)).mean(axis=0)
    return shares


def no_chance(ratings: Ratings, distances: Floats) -> float:
    """Return 1: nothing is taken off for chance."""
    del ratings, distances
    return 1.0


def fleiss_chance(ratings: Ratings, distances: Floats) -> float:
    """Return the disagreement of two ratings drawn from the margins of all coders together."""
    margins = _margins(ratings)
    return float(margins @ distances @ margins)


def conger_chance(ratings: Ratings, distances: Floats) -> float:
    """Return the disagreement of two different coders who each draw from their own margins."""
    per_coder = (ratings.codes[..., None] == np.arange(ratings.n_levels)).sum(axis=1)
    per_coder = per_coder[per_coder.sum(axis=1) > 0]
    shares = per_coder / per_coder.sum(axis=1, keepdims=True)
    others = shares.sum(axis=0) - shares
    n_coders = len(shares)
    return float((shares @ distances * others).sum() / (n_coders * (n_coders - 1)))


def gwet_chance(ratings: Ratings, distances: Floats) -> float:
    """Return the disagreement where only ratings of hard units are random.

    The share of random ratings grows with how evenly the levels are used.
    """
    q = ratings.n_levels
    if q < 2:
        return 0.0
    margins = _margins(ratings)
    agreement = q * q - distances.sum()
    return float(1.0 - agreement * (margins * (1.0 - margins)).sum() / (q * (q - 1.0)))


def uniform_chance(ratings: Ratings, distances: Floats) -> float:
    """Return the disagreement where all levels are equally likely."""
    del ratings
    return float(distances.mean())


def percent_agreement(ratings: Any, weights: str = "identity", levels: Sequence[Any] | None = None) -> float:
    """Return how often two coders agree on a unit, not corrected for chance.

    Every unit counts once: its part is the share of its pairs of ratings that agree or, with weights,
    how close they are.

    Parameters
    ----------
    ratings : array_like or data frame, shape (n_coders, n_units)
        Numbers or texts; None or NaN where there is none.
    weights : {"identity", "linear", "quadratic", "ordinal"}
        How near misses count; Gwet's weights. ``linear`` and ``quadratic`` take distances between
        numbers, or between ranks 0 to n_levels - 1 of texts. ``ordinal`` takes ranks.
    levels : sequence, optional
        All levels that could be given; texts from low to high. If left out, those that occur, and
        weights refer to the width between the extremes that occur.

    Returns
    -------
    float
        From 0 to 1; NaN where no unit has two ratings.

    Raises
    ------
    RatingError
        If a rating is not one of `levels`.
    ChoiceError
        If the weights are unknown.
    FieldError
        If the ratings are no table of numbers or texts, or weights need an order that is not declared.

    References
    ----------
    Gwet, K. L. (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 2.

    Examples
    --------
    >>> percent_agreement([[1, 2, 3, 3, None], [1, 2, 1, 3, 2]])
    0.75
    """
    return parts_of(Ratings.of(ratings, levels), weights, no_chance).value


def fleiss_kappa(ratings: Any, weights: str = "identity", levels: Sequence[Any] | None = None) -> float:
    """Return Fleiss' kappa: agreement beyond what the margins of all coders together give by chance.

    With two coders and no missing ratings it is Scott's pi. Units that one coder alone rated count in
    the margins.

    Parameters
    ----------
    ratings, weights, levels
        See `percent_agreement`.

    Returns
    -------
    float
        At most 1, 0 for chance; NaN where no unit has two ratings or all ratings are the same.

    References
    ----------
    Fleiss, J. L. (1971), Psychological Bulletin 76, 378-382; with missing ratings and weights after
    Gwet, K. L. (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 2 and 3.

    Examples
    --------
    >>> round(fleiss_kappa([[1, 1, 2, 2], [1, 1, 2, 1], [1, 2, 2, 1]]), 3)
    0.314
    """
    return parts_of(Ratings.of(ratings, levels), weights, fleiss_chance).value


def conger_kappa(ratings: Any, weights: str = "identity", levels: Sequence[Any] | None = None) -> float:
    """Return Conger's kappa: agreement beyond what each coder's own margins give by chance.

    With two coders and no missing ratings it is Cohen's kappa. Units that one coder alone rated count
    in that coder's margins.

    Parameters
    ----------
    ratings, weights, levels
        See `percent_agreement`.

    Returns
    -------
    float
        At most 1, 0 for chance; NaN where no unit has two ratings or all ratings are the same.

    References
    ----------
    Conger, A. J. (1980), Psychological Bulletin 88, 322-328; with missing ratings and weights after
    Gwet, K. L. (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 2 and 3.

    Examples
    --------
    >>> conger_kappa([[1, 1, 2, 2], [1, 1, 2, 1]])
    0.5
    """
    return parts_of(Ratings.of(ratings, levels), weights, conger_chance).value


def gwet_ac(ratings: Any, weights: str = "identity", levels: Sequence[Any] | None = None) -> float:
    """Return Gwet's AC1 (identity weights) or AC2 (others): agreement beyond chance on hard units.

    It stays high where nearly all ratings are on one level, while kappa drops. It depends on how many
    levels there are, used or not: declare them.

    Parameters
    ----------
    ratings, weights, levels
        See `percent_agreement`. Without `levels`, those that occur count as all.

    Returns
    -------
    float
        At most 1, 0 for chance; NaN where no unit has two ratings, or only one level occurs and
        `levels` names no others.

    References
    ----------
    Gwet, K. L. (2008), British Journal of Mathematical and Statistical Psychology 61, 29-48, and (2014),
    Handbook of Inter-Rater Reliability, 4th ed., ch. 2 and 3.

    Examples
    --------
    >>> gwet_ac([["yes", "yes"], ["yes", "yes"]], levels=["no", "yes"])
    1.0
    """
    return parts_of(Ratings.of(ratings, levels), weights, gwet_chance).value


def brennan_prediger(ratings: Any, weights: str = "identity", levels: Sequence[Any] | None = None) -> float:
    """Return the Brennan-Prediger coefficient: agreement beyond what equally likely levels give by chance.

    It depends on how many levels there are, used or not: declare them.

    Parameters
    ----------
    ratings, weights, levels
        See `percent_agreement`. Without `levels`, those that occur count as all.

    Returns
    -------
    float
        At most 1, 0 for chance; NaN where no unit has two ratings, or only one level occurs and
        `levels` names no others.

    References
    ----------
    Brennan, R. L. and Prediger, D. J. (1981), Educational and Psychological Measurement 41, 687-699.

    Examples
    --------
    >>> brennan_prediger([[0, 1, 0, 1], [0, 1, 0, 0]])
    0.5
    """
    return parts_of(Ratings.of(ratings, levels), weights, uniform_chance).value
