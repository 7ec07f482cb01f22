"""Every measure under the test kit that users run on theirs, with thousands of examples for each law."""

import pytest
from hypothesis import given, settings

from stances import MEASURES
from stances.testing import LAWS, check_measure, of_measure
from stances.testing.search import breach_of, quiet

DEEP = settings().max_examples >= 5000
SUBJECTS = [of_measure(measure) for measure in MEASURES]
few = ["agreement", "krippendorff_alpha_ordinal"]  # the rest is in test_laws.py, law by law


@pytest.mark.parametrize("measure", few)
def test_conformance(measure):
    """All laws that are said of a measure hold, but those that it is exempt from with a reason."""
    verdicts = dict(zip(*check_measure(measure).columns().values(), strict=True))
    assert list(verdicts) == list(LAWS)
    assert {law for law, verdict in verdicts.items() if verdict != "held"} >= set(MEASURES[measure].exempt)


@pytest.mark.skipif(not DEEP, reason="5,000 examples for each law are for the profile deep")
@pytest.mark.parametrize("needs_order", [False, True])
@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_every_measure_under_every_law(law, needs_order):
    """What `check_measure` draws for one measure is held against all that take the same scales, in one go."""
    of_these = [s for s in SUBJECTS if s.measure.needs_order is needs_order and not law.spared(s)]
    if not of_these:
        pytest.skip("said of none of these")

    @quiet()
    @given(law.inputs(of_these[0]))
    def holds(case):
        for subject in of_these:
            breach = breach_of(law, subject, case)
            assert breach is None, f"{subject.name}: {breach}"

    holds()
