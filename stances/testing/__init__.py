"""A test kit for measures, matrices and comparisons of your own.

`check_measure` runs every law over a measure, `check_comparison` over any function of positions;
`assert_valid_matrix` checks a result. Fixtures stand in `stances.testing.plugin`. Import it by
name: it needs Hypothesis, which ``pip install 'stances[test]'`` brings.
"""

from stances.testing.law import Breach, Law
from stances.testing.laws import LAWS
from stances.testing.subject import Subject, of_comparison, of_measure
from stances.testing.validity import assert_valid_matrix
from stances.testing.verdict import check_comparison, check_measure
from stances.testing.votes import made_up_votes

__all__ = [
    "LAWS",
    "Breach",
    "Law",
    "Subject",
    "assert_valid_matrix",
    "check_comparison",
    "check_measure",
    "made_up_votes",
    "of_comparison",
    "of_measure",
]
