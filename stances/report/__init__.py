"""One page to explore and send on: who agrees with whom, and what every value rests on.

`report_of` gathers what the library computes, without any HTML; `Report.to_html` lays it out. The
browser computes nothing: it shows, sorts and opens what was computed here.
"""

from stances.report.making import report_of
from stances.report.result import Report

__all__ = ["Report", "report_of"]
