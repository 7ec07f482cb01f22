"""Camps: who stands together, how the camps were found, and whether they would be found again."""

from stances.clusters.finding import camps
from stances.clusters.report import Camp, Camps
from stances.clusters.stability import Stability

__all__ = ["Camp", "Camps", "Stability", "camps"]
