"""Agreement of many raters: ratings and their levels, how far levels are apart, and the coefficients.

It knows neither actors nor datasets. `stances.reliability` is its public face.
"""

from stances.raters.coefficients import (
    brennan_prediger,
    conger_kappa,
    fleiss_kappa,
    gwet_ac,
    percent_agreement,
)
from stances.raters.krippendorff import krippendorff_alpha
from stances.raters.parts import NO_SHARED_UNITS, NO_VARIATION, Parts, pooled
from stances.raters.ratings import Ratings

__all__ = [
    "NO_SHARED_UNITS",
    "NO_VARIATION",
    "Parts",
    "Ratings",
    "brennan_prediger",
    "conger_kappa",
    "fleiss_kappa",
    "gwet_ac",
    "krippendorff_alpha",
    "percent_agreement",
    "pooled",
]
