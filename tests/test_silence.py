"""What each silence policy does with a question on which one side said nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances import MEASURES, SUPPORT, VOTE, Positions, StancesError, agreement_matrix
from stances.errors import ChoiceError, SilencePolicyError
from stances.positions import ABSENT, CONFLICT, NO_RECORD, NOT_ELIGIBLE, SILENT
from stances.scales import Scale
from stances.strategies import positions

UNCORRECTED = [name for name, measure in MEASURES.items() if measure.is_linear]
EVEN = Scale("even", ["against", "for"])


def pair(*columns, scale=VOTE):
    """Two actors, one column of two codes per question."""
    return Positions.from_codes(np.array(columns).T, scale=scale, actors=["FRA", "CHN"])


def test_half_counts_half_agreement():
    """One full agreement and one silence make (1 + 1/2) / 2."""
    matrix = agreement_matrix(pair((2, 2), (2, SILENT)), silence="half")
    assert matrix["FRA", "CHN"] == 0.75
    assert (matrix.n_shared[0, 1], matrix.n_used[0, 1]) == (1, 2)


def test_half_is_the_middle_of_any_range():
    """For S, half agreement is zero: one agreement and one silence make 1/2."""
    assert agreement_matrix(pair((2, 2), (2, ABSENT)), "signorino_ritter_s", "half")["FRA", "CHN"] == 0.5


def test_neutral_takes_the_middle_level():
    """The silent side is put at "abstain": at distance 1/2 from "yes" and none from "abstain"."""
    matrix = agreement_matrix(pair((2, 2), (2, SILENT), (1, SILENT)), silence="neutral")
    assert matrix["FRA", "CHN"] == pytest.approx((1 + 0.5 + 1) / 3)
    assert matrix.n_used[0, 1] == 3


@pytest.mark.parametrize("gap", [SILENT, ABSENT])
def test_bounds_say_what_answers_could_give(gap):
    """With one agreement and one open answer to "yes", the value lies between 1/2 and 1."""
    matrix = agreement_matrix(pair((2, 2), (2, gap)), silence="bounds")
    assert matrix["FRA", "CHN"] == 1.0
    assert (matrix.lower[0, 1], matrix.upper[0, 1]) == (0.5, 1.0)


def test_bounds_respect_how_far_a_level_can_be():
    """From the middle level nothing is further than half the scale."""
    matrix = agreement_matrix(pair((2, 2), (1, SILENT)), silence="bounds")
    assert (matrix.lower[0, 1], matrix.upper[0, 1]) == (0.75, 1.0)


@pytest.mark.parametrize("policy", ["skip", "half", "neutral", "bounds"])
@pytest.mark.parametrize("code", [NO_RECORD, NOT_ELIGIBLE, CONFLICT])
@pytest.mark.hostile("N13")
def test_some_gaps_never_count(policy, code):
    """No record, not eligible and conflict are skipped under every policy."""
    matrix = agreement_matrix(pair((2, 2), (2, code)), silence=policy)
    assert matrix["FRA", "CHN"] == 1.0
    assert matrix.n_used[0, 1] == matrix.n_shared[0, 1] == 1


@pytest.mark.parametrize("policy", ["skip", "half", "neutral", "bounds"])
@pytest.mark.parametrize(
    "codes", [(SILENT, SILENT), (SILENT, ABSENT), (ABSENT, NO_RECORD), (NO_RECORD, NO_RECORD)]
)
@pytest.mark.hostile("N13")
def test_two_gaps_never_count(policy, codes):
    """A question on which neither took a level is never counted."""
    matrix = agreement_matrix(pair((2, 1), codes), silence=policy)
    assert matrix["FRA", "CHN"] == 0.5
    assert matrix.n_used[0, 1] == 1


@pytest.mark.parametrize(
    ("policy", "value"), [("skip", None), ("half", 0.5), ("neutral", 0.5), ("bounds", None)]
)
def test_silences_alone_make_what_the_policy_says(policy, value):
    """Where both took a level on nothing, the value is the policy's own, or undefined; support is zero."""
    matrix = agreement_matrix(pair((2, SILENT), (SILENT, 0)), silence=policy)
    assert matrix.n_shared[0, 1] == 0
    if value is None:
        assert np.isnan(matrix["FRA", "CHN"])
        assert matrix.why["FRA", "CHN"] == "no_shared_questions"
    else:
        assert matrix["FRA", "CHN"] == value
        assert matrix.n_used[0, 1] == 2


@pytest.mark.parametrize("policy", ["half", "bounds"])
def test_corrected_measures_refuse(policy):
    """Half agreement and bounds have no meaning once chance is taken out."""
    with pytest.raises(SilencePolicyError, match="without chance correction"):
        agreement_matrix(pair((2, SILENT)), "cohen_kappa", policy)


def test_neutral_needs_a_middle():
    """A scale of two levels has no middle, and an unordered one neither."""
    unordered = Scale("colours", ["red", "green", "blue"], ordered=False)
    for scale in (EVEN, unordered):
        with pytest.raises(SilencePolicyError, match="middle"):
            agreement_matrix(pair((0, SILENT), scale=scale), silence="neutral")


def test_the_middle_is_by_value():
    """On uneven values the middle level is the one halfway, if any."""
    assert Scale("uneven", ["a", "b", "c"], [0, 1, 10]).middle is None
    assert Scale("uneven", ["a", "b", "c", "d"], [0, 1, 5, 10]).middle == 2


def test_an_unknown_policy_is_named():
    """A misspelt policy gets the nearest known one."""
    with pytest.raises(ChoiceError, match="did you mean 'bounds'"):
        agreement_matrix(pair((2, 2)), silence="bound")


@given(
    positions(min_actors=2, max_actors=2, scales=st.sampled_from([VOTE, SUPPORT])),
    st.sampled_from(UNCORRECTED),
)
def test_policies_equal_a_slow_oracle(table, measure):
    """Each policy gives what a plain loop over the questions gives."""
    signed = MEASURES[measure].signed
    for policy in ("skip", "half", "neutral"):
        distances = list(_distances(table, policy, MEASURES[measure].kernel))
        expected = np.nan
        if distances:
            mean = sum(distances) / len(distances)
            expected = 1 - 2 * mean if signed else 1 - mean
        value = agreement_matrix(table, measure, policy).values[0, 1]
        assert value == pytest.approx(expected, abs=1e-12, nan_ok=True)


KERNELS = {
    "nominal": lambda x, y: float(x != y),
    "squared": lambda x, y: (x - y) ** 2,
    "directional": lambda x, y: 0.5 - 2 * (x - 0.5) * (y - 0.5),
    "hybrid": lambda x, y: (abs(x - y) + 0.5 - 2 * (x - 0.5) * (y - 0.5)) / 2,
}


def _distances(table, policy, kernel):
    for question, codes in zip(table.questions, table.codes.T, strict=True):
        a, b = (int(code) for code in codes)
        middle = (question.scale.n_levels - 1) // 2
        both = a >= 0 and b >= 0
        if not both:
            if max(a, b) < 0 or min(a, b) not in (SILENT, ABSENT) or policy == "skip":
                continue
            if policy == "half":
                yield 0.5
                continue
            a, b = (middle if code < 0 else code for code in (a, b))
        x, y = (level / (question.scale.n_levels - 1) for level in (a, b))
        yield KERNELS.get(kernel, lambda x, y: abs(x - y))(x, y)


def test_errors_are_of_one_family():
    """Every refusal is a StancesError and a ValueError."""
    for error in (SilencePolicyError, ChoiceError):
        assert issubclass(error, StancesError)
        assert issubclass(error, ValueError)


@pytest.mark.parametrize("policy", ["half", "bounds"])
def test_agreement_on_levels_without_an_order_is_identity(policy):
    """Under the policies that count silences too, no colour is nearer to another."""
    colours = Scale("colours", ["red", "green", "blue"], ordered=False)
    table = pair((0, 0), (0, 1), (0, 2), (1, SILENT), scale=colours)
    graded, exact = (agreement_matrix(table, measure, policy) for measure in ("agreement", "exact"))
    assert np.array_equal(graded.values, exact.values, equal_nan=True)
    assert graded.observed[0, 1] == (2.5 / 4 if policy == "half" else 2 / 3)
