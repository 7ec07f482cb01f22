"""Who agrees with whom, about what, how surely, and on what evidence.

Load a dataset, compare its actors, and ask why::

    data = stances.load("paris-beijing-2025")
    print(stances.agreement_matrix(data))
    print(stances.compare(data, "CHN", "FRA"))
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stances import dispersion, plots, registry, reliability
    from stances.bloc_positions import with_bloc
    from stances.blocs import bloc_agreement, bloc_line, cohesion, wedges
    from stances.checking import check_dataset
    from stances.citations import cite
    from stances.clusters import camps
    from stances.comparison import Comparison
    from stances.computing import matrix_of_counts
    from stances.counts import PairCounts
    from stances.dataset import Dataset
    from stances.dates import PartialDate, Span
    from stances.deeds import speech_and_action, words_and_deeds
    from stances.dialect import Dialect
    from stances.differences import diff
    from stances.errors import DatasetError, StancesError, StancesWarning
    from stances.explain import compare
    from stances.files import dump, load
    from stances.ground import common_ground, fault_lines
    from stances.issue_rules import assign_issues, explain_issues
    from stances.limits import Limits
    from stances.matching import Nearest, nearest
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
    from stances.parts import count_parts
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
    from stances.report import Report, report_of
    from stances.scales import SUPPORT, VOTE, Scale
    from stances.scaling import map_of
    from stances.shipped import shipped_datasets
    from stances.trends import trend
else:
    from stances import face

    __getattr__, __dir__ = face.fetch, face.names

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
    "Dialect",
    "Evidence",
    "Issue",
    "Limits",
    "Matrix",
    "Measure",
    "Membership",
    "Nearest",
    "PairCounts",
    "PartialDate",
    "Positions",
    "Question",
    "Report",
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
    "bloc_agreement",
    "bloc_line",
    "camps",
    "check_dataset",
    "cite",
    "cohesion",
    "common_ground",
    "compare",
    "count_parts",
    "diff",
    "dispersion",
    "divergence_matrix",
    "dump",
    "explain_issues",
    "fault_lines",
    "from_table",
    "load",
    "map_of",
    "matrices_by",
    "matrix_of_counts",
    "merge",
    "nearest",
    "plots",
    "read_ches",
    "read_un_votes",
    "read_unvotes",
    "read_voeten",
    "read_voteview",
    "read_wahlomat",
    "registry",
    "reliability",
    "report_of",
    "shipped_datasets",
    "speech_and_action",
    "trend",
    "wedges",
    "with_bloc",
    "words_and_deeds",
]
