"""What a coefficient of many raters is made of, and how it ends: 1 - Do / De."""

from collections.abc import Iterable

import numpy as np
from attrs import frozen

NEGLIGIBLE = 1e-12
NO_SHARED_UNITS = "no_shared_units"
NO_VARIATION = "no_variation"


@frozen
class Parts:
    """Disagreement observed and expected by chance.

    Attributes
    ----------
    observed : float
        Mean disagreement in [0, 1] within units that two coders or more gave a level; NaN where
        there is no such unit.
    expected : float
        Disagreement in [0, 1] that chance alone would give; 1 for coefficients without chance correction.
    weight : float
        How much it counts beside others: the number of such units, or of ratings in them.
    """

    observed: float
    expected: float
    weight: float

    @property
    def why(self) -> str:
        """Why there is no value: ``no_shared_units``, ``no_variation``; "" where there is one."""
        if not self.weight:
            return NO_SHARED_UNITS
        return "" if self.expected > NEGLIGIBLE else NO_VARIATION

    @property
    def value(self) -> float:
        """1 - Do / De; NaN where undefined."""
        return float("nan") if self.why else 1.0 - self.observed / self.expected


def pooled(several: Iterable[Parts]) -> Parts:
    """Return the parts of several sets of units together, such as questions on different scales.

    Disagreements are added with their weights. Levels of one scale are never taken for levels of
    another.

    Examples
    --------
    >>> pooled([Parts(0.2, 0.5, 10.0), Parts(0.0, 0.5, 30.0)]).value
    0.9
    """
    used = [parts for parts in several if parts.weight]
    weight = sum(parts.weight for parts in used)
    if not weight:
        return Parts(np.nan, np.nan, 0.0)
    return Parts(
        sum(parts.observed * parts.weight for parts in used) / weight,
        sum(parts.expected * parts.weight for parts in used) / weight,
        weight,
    )
