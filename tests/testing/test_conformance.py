"""Every measure under the test kit that users run on theirs, with thousands of examples for each law."""

import pytest
from hypothesis import settings

from stances import MEASURES
from stances.testing import LAWS, check_measure

DEEP = settings().max_examples >= 5000
FEW = ("agreement", "krippendorff_alpha_ordinal")  # the rest is in test_laws.py, law by law


@pytest.mark.parametrize("measure", MEASURES if DEEP else FEW)
def test_conformance(measure):
    """All laws that are said of a measure hold, but those that it is exempt from with a reason."""
    verdicts = dict(zip(*check_measure(measure).columns().values(), strict=True))
    assert list(verdicts) == list(LAWS)
    assert {law for law, verdict in verdicts.items() if verdict != "held"} >= set(MEASURES[measure].exempt)
