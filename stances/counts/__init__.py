"""Counts: what every two actors have in common, summed over the questions."""

from stances.counts.answers import Answers, Groups, by_scale, relative
from stances.counts.pair_counts import PairCounts, Stratum
from stances.counts.plan import EVERYTHING, Plan

__all__ = ["EVERYTHING", "Answers", "Groups", "PairCounts", "Plan", "Stratum", "by_scale", "relative"]
