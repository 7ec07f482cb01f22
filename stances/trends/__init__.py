"""Two actors, or an actor and a bloc, through time: when they parted, and over what."""

from stances.trends.changes import Change, Part
from stances.trends.following import follow, in_order, pair_of, trend
from stances.trends.periods import Period
from stances.trends.report import Trend

__all__ = ["Change", "Part", "Period", "Trend", "follow", "in_order", "pair_of", "trend"]
