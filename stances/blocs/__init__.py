"""Blocs as actors: where they stand, how they hold together, and who is drawn away from them."""

from stances.blocs.between import BlocAgreement, OverlapQuestion, bloc_agreement
from stances.blocs.claims import Claim
from stances.blocs.line import BlocLine, LineQuestion, bloc_line
from stances.blocs.through_time import CohesionChange, CohesionPart
from stances.blocs.wedge_report import Wedge, WedgeQuestion, Wedges
from stances.blocs.wedging import wedges
from stances.blocs.within import cohesion
from stances.blocs.within_report import Cohesion, CohesionQuestion, CohesionRow

__all__ = [
    "BlocAgreement",
    "BlocLine",
    "Claim",
    "Cohesion",
    "CohesionChange",
    "CohesionPart",
    "CohesionQuestion",
    "CohesionRow",
    "LineQuestion",
    "OverlapQuestion",
    "Wedge",
    "WedgeQuestion",
    "Wedges",
    "bloc_agreement",
    "bloc_line",
    "cohesion",
    "wedges",
]
