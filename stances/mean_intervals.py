"""A weighted mean over questions, with its support, and an interval on request.

The interval follows the recipe of `intervals` for means whose parts are known one by one, such as
differences of two distances or indices of cohesion.
"""

import numpy as np
from attrs import frozen
from numpy.typing import ArrayLike, NDArray

from stances.intervals import MASS
from stances.measures.tables import NEGLIGIBLE
from stances.student import half_width

Floats = NDArray[np.float64]
NAN = float("nan")


@frozen
class Mean:
    """A weighted mean over questions.

    Attributes
    ----------
    value : float
        NaN where no question counts.
    n : int
        Questions that count.
    lower, upper : float
        Ends of its interval; NaN where none was asked for, or the mean is undefined.
    """

    value: float
    n: int
    lower: float = NAN
    upper: float = NAN

    @classmethod
    def of(
        cls, values: ArrayLike, weights: ArrayLike, limits: tuple[float, float], level: float | None = None
    ) -> "Mean":
        """Return the mean of the values that are defined and have a weight.

        Parameters
        ----------
        values : array_like of float, shape (n_questions,)
            NaN where a question does not count.
        weights : array_like of float, shape (n_questions,)
            At least 0.
        limits : tuple of float
            Between what the values can lie.
        level : float, optional
            Nominal coverage of an interval, in (0, 1).

        Examples
        --------
        >>> mean = Mean.of([1.0, 0.0, float("nan"), 1.0], [1, 2, 1, 1], (0, 1))
        >>> mean.value, mean.n
        (0.5, 3)
        """
        x, w = np.asarray(values, dtype=np.float64), np.asarray(weights, dtype=np.float64)
        counts = ~np.isnan(x) & (w > 0)
        n = int(counts.sum())
        if n == 0:
            return cls(NAN, 0)
        scaled = w[counts] / w[counts].max()  # no sum overflows, and equal values have exactly their mean
        value = float((scaled * x[counts]).sum() / scaled.sum())
        if level is None:
            return cls(value, n)
        lower, upper = mean_interval(x[counts], w[counts], limits, level)
        return cls(value, n, min(lower, value), max(upper, value))


def parts(values: Floats, weights: Floats) -> Floats:
    """Return what each question adds to the weighted mean, shape (n_questions,); NaN where it does not count.

    They sum to the mean, up to rounding.
    """
    counts = ~np.isnan(values) & (weights > 0)
    scaled = weights / weights[counts].max() if counts.any() else weights  # no sum overflows
    total = scaled[counts].sum()
    return np.where(counts, scaled * np.nan_to_num(values) / (total if total > 0 else 1.0), np.nan)


def mean_interval(
    values: Floats, weights: Floats, limits: tuple[float, float], level: float
) -> tuple[float, float]:
    """Return the ends of an interval for a weighted mean of values between two limits.

    Two made-up questions of mean weight are added, one at each limit. With ``N`` the number of equal
    questions that the weights are worth, and two more, the variance of the mean is that of these
    values times ``N / (N - 1)``, and the quantile is Student's for ``min(N - 1, 2 N / (kurtosis - 1))``
    degrees of freedom.

    Parameters
    ----------
    values, weights : ndarray of float, shape (n_questions,)
        All of them count.
    limits : tuple of float
    level : float
        Nominal coverage, in (0, 1).

    Returns
    -------
    lower, upper : float
        Within the limits, and the limits themselves for a single question.

    References
    ----------
    Agresti, A. and Coull, B. A. (1998), The American Statistician 52, 119-126; Satterthwaite, F. E.
    (1946), Biometrics Bulletin 2, 110-114.

    Examples
    --------
    >>> lower, upper = mean_interval(np.zeros(20), np.ones(20), (-1.0, 1.0), 0.95)
    >>> round(lower, 2), round(upper, 2)
    (-0.18, 0.18)
    """
    low, high = limits
    if len(values) < 2:
        return low, high
    w = weights / weights.max()
    n_equal = w.sum() ** 2 / (w**2).sum() + MASS
    x = np.append(values, limits)
    w = np.append(w, np.full(2, w.mean() * MASS / 2.0))
    centre = (w * x).sum() / w.sum()
    spread, fourth = ((w * (x - centre) ** power).sum() / w.sum() for power in (2, 4))
    kurtosis = fourth / spread**2 if spread > 0 else 1.0
    df = min(n_equal - 1.0, 2.0 * n_equal / max(kurtosis - 1.0, NEGLIGIBLE))
    variance = ((w * (x - centre)) ** 2).sum() / w.sum() ** 2 * n_equal / (n_equal - 1.0)
    error = float(np.sqrt(variance) * half_width(level, df))
    return max(float(centre) - error, low), min(float(centre) + error, high)
