"""Agreement between coders: coefficients for many raters, and the report on a coded dataset.

The coefficients take ratings, coders by units, and know nothing of datasets::

    reliability.krippendorff_alpha([["no", "yes", None], ["no", "no", "yes"]], "nominal")

`report` takes a dataset whose stances name their coder, and says where coders differ.
"""

from stances.codings import CoderSummary, Coding, Reliability, ReliabilityReport, Unit, report
from stances.raters import (
    brennan_prediger,
    conger_kappa,
    fleiss_kappa,
    gwet_ac,
    krippendorff_alpha,
    percent_agreement,
)

__all__ = [
    "CoderSummary",
    "Coding",
    "Reliability",
    "ReliabilityReport",
    "Unit",
    "brennan_prediger",
    "conger_kappa",
    "fleiss_kappa",
    "gwet_ac",
    "krippendorff_alpha",
    "percent_agreement",
    "report",
]
