"""Cohesion and dispersion: how alike, or how polarized, the answers to one question are.

All take counts or shares of the levels of one question, or of any number of questions: an array of
shape (..., n_levels) gives results of shape (...), and one question a float. A question that nobody
answered is NaN, for nothing is known of its cohesion.
"""

from stances.dispersion.camps import esteban_ray, reynal_querol
from stances.dispersion.cohesion import attina_ai, hix_noury_roland_ai, overlap, rice
from stances.dispersion.ordered import leik, polarization, tastle_wierman, van_der_eijk_a

__all__ = [
    "attina_ai",
    "esteban_ray",
    "hix_noury_roland_ai",
    "leik",
    "overlap",
    "polarization",
    "reynal_querol",
    "rice",
    "tastle_wierman",
    "van_der_eijk_a",
]
