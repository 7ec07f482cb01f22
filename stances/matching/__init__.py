"""The nearest of a few parties to each of many voters, by blocks of voters."""

from stances.matching.finding import nearest
from stances.matching.report import Match, Nearest

__all__ = ["Match", "Nearest", "nearest"]
