"""Who agrees with whom, about what, how surely, and on what evidence.

Load a dataset, compare its actors, and ask why::

    data = stances.load("paris-beijing-2025")
    print(stances.agreement_matrix(data))
    print(stances.compare(data, "CHN", "FRA"))
"""

from stances import dispersion, registry, reliability
from stances.checking import check_dataset
from stances.comparison import Comparison
from stances.counts import PairCounts
from stances.dataset import Dataset
from stances.dates import PartialDate, Span
from stances.errors import DatasetError, StancesError, StancesWarning
from stances.explain import compare
from stances.files import dump, load
from stances.issue_rules import assign_issues, explain_issues
from stances.matrices import agreement_matrix, divergence_matrix, matrices_by
from stances.matrix import Matrix
from stances.measures import MEASURES, Measure
from stances.merging import merge
from stances.models import (
    Actor,
    Basis,
    Evidence,
    Issue,
    Membership,
    Question,
    Silence,
    Source,
    Stance,
    Uncoded,
    Voice,
)
from stances.positions import Positions
from stances.readers import (
    from_table,
    read_ches,
    read_un_votes,
    read_unvotes,
    read_voeten,
    read_voteview,
    read_wahlomat,
)
from stances.registry import actor
from stances.scales import SUPPORT, VOTE, Scale
from stances.shipped import shipped_datasets

__version__ = "0.1.0"

__all__ = [
    "MEASURES",
    "SUPPORT",
    "VOTE",
    "Actor",
    "Basis",
    "Comparison",
    "Dataset",
    "DatasetError",
    "Evidence",
    "Issue",
    "Matrix",
    "Measure",
    "Membership",
    "PairCounts",
    "PartialDate",
    "Positions",
    "Question",
    "Scale",
    "Silence",
    "Source",
    "Span",
    "Stance",
    "StancesError",
    "StancesWarning",
    "Uncoded",
    "Voice",
    "actor",
    "agreement_matrix",
    "assign_issues",
    "check_dataset",
    "compare",
    "dispersion",
    "divergence_matrix",
    "dump",
    "explain_issues",
    "from_table",
    "load",
    "matrices_by",
    "merge",
    "read_ches",
    "read_un_votes",
    "read_unvotes",
    "read_voeten",
    "read_voteview",
    "read_wahlomat",
    "registry",
    "reliability",
    "shipped_datasets",
]
