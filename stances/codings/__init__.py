"""Codings: what several coders made of the same material, and where they differ."""

from stances.codings.report import ReliabilityReport, report
from stances.codings.summary import CoderSummary, Reliability
from stances.codings.units import Coding, Unit

__all__ = ["CoderSummary", "Coding", "Reliability", "ReliabilityReport", "Unit", "report"]
