"""Measures of the user's own: a kernel in place of a name, a function of the pair table in place of a formula."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stances import (
    MEASURES,
    SUPPORT,
    VOTE,
    Measure,
    Positions,
    agreement_matrix,
    compare,
    divergence_matrix,
)
from stances.errors import (
    ChoiceError,
    KernelError,
    MeasureFunctionError,
    SilencePolicyError,
    UnorderedScaleError,
)
from stances.measures.own import OWN
from stances.positions import SILENT
from stances.scales import Scale
from stances.strategies import positions

LINEAR = [[0, 0.5, 1], [0.5, 0, 0.5], [1, 0.5, 0]]
votes = positions(scales=st.just(VOTE), weights=st.sampled_from([0.5, 1.0, 2.0]))
COLOURS = Scale("colours", ["red", "green", "blue"], ordered=False)


def exact(table):
    """Share of the weight on the diagonal."""
    return np.trace(table, axis1=-2, axis2=-1) / table.sum(axis=(-1, -2))


def kappa(table):
    """Cohen's kappa, written out."""
    shares = table / table.sum(axis=(-1, -2), keepdims=True)
    chance = (shares.sum(axis=-1) * shares.sum(axis=-2)).sum(axis=-1)
    return (np.trace(shares, axis1=-2, axis2=-1) - chance) / (1 - chance)


@given(votes)
@pytest.mark.parametrize("policy", ["skip", "half", "neutral", "bounds"])
def test_a_kernel_takes_the_place_of_its_name(policy, table):
    """The linear kernel as an array gives what its name gives, under every policy."""
    own, named = (agreement_matrix(table, measure, policy) for measure in (LINEAR, "agreement"))
    assert np.allclose(own.values, named.values, atol=1e-12, equal_nan=True)
    assert np.array_equal(own.n_used, named.n_used)


@settings(max_examples=30)
@given(votes)
def test_a_kernel_goes_with_every_chance_model(table):
    """The nominal kernel as an array, with a chance model by name, gives the published coefficient."""
    identity = 1 - np.eye(3)
    for name in ("bennett_s", "cohen_kappa", "scott_pi", "krippendorff_alpha", "gwet_ac1"):
        mine = Measure("mine", "as published", "here", kernel=identity, chance=MEASURES[name].chance)
        one, other = agreement_matrix(table, mine), agreement_matrix(table, name)
        assert np.allclose(one.values, other.values, atol=1e-12, equal_nan=True)


@settings(max_examples=30)
@given(votes)
def test_a_function_takes_the_place_of_a_name(table):
    """The share of agreement and kappa as functions give what their names give, weights and gaps included."""
    for function, name in ((exact, "exact"), (kappa, "cohen_kappa")):
        own, named = agreement_matrix(table, function), agreement_matrix(table, name)
        both = ~np.isnan(own.values) & ~np.isnan(named.values)
        assert np.allclose(own.values[both], named.values[both], atol=1e-9)
        assert np.array_equal(own.n_shared, named.n_shared)


def test_a_function_that_cannot_tell_says_so():
    """Where a function divides by zero the value is undefined, without a warning, and the reason is its own."""
    table = Positions.from_codes([[2, 2], [2, 2]], scale=VOTE)
    matrix = agreement_matrix(table, kappa)
    assert np.isnan(matrix["a1", "a2"])
    assert matrix.why["a1", "a2"] == "measure_undefined"
    assert "undefined of 2" in str(matrix)


def test_a_function_is_not_asked_about_nothing():
    """Pairs that share no question are undefined as everywhere."""
    table = Positions.from_codes([[2, -1], [-1, 2]], scale=VOTE)
    matrix = agreement_matrix(table, lambda counts: np.ones(counts.shape[:-2]))
    assert matrix.why["a1", "a2"] == "no_shared_questions"
    assert matrix["a1", "a1"] == 1


def test_a_function_cannot_change_the_counts():
    """What a function does to its table stays its own."""

    def greedy(table):
        table += 100
        return exact(table)

    table = Positions.from_codes([[2, 1], [2, 0]], scale=VOTE)
    matrix = agreement_matrix(table, greedy)
    assert matrix.n_shared[0, 1] == 2
    assert np.array_equal(agreement_matrix(table, "exact").values, agreement_matrix(table, exact).values)


def test_a_function_shows_under_its_name():
    """The caption names the function, and `divergence` is one minus its value."""
    table = Positions.from_codes([[2, 1], [2, 0]], scale=VOTE)
    assert "· kappa ·" in str(agreement_matrix(table, kappa))
    assert divergence_matrix(table, exact)["a1", "a2"] == 0.5


def test_a_function_works_on_unordered_levels():
    """Nothing is assumed of the order of the levels."""
    table = Positions.from_codes([[0, 1], [0, 2]], scale=COLOURS)
    assert agreement_matrix(table, exact)["a1", "a2"] == 0.5
    assert agreement_matrix(table, 1 - np.eye(3))["a1", "a2"] == 0.5


def test_what_is_behind_a_cell_is_told_for_own_measures():
    """`compare` adds up to a kernel's value, and gives leave-one-out influence for a function."""
    table = Positions.from_codes([[2, 1, 0], [2, 0, 1]], scale=VOTE)
    own = compare(table, "a1", "a2", LINEAR)
    assert sum(item.contribution for item in own.shared) == pytest.approx(own.value)
    assert compare(table, "a1", "a2", exact).contributions_are == "leave-one-out influence"


DUE = "give one disagreement from 0 to 1 for each pair of levels"
IN_RANGE = "is not in [0, 1]; divide it by its largest entry"


@pytest.mark.parametrize(
    ("kernel", "message"),
    [
        (
            [[0, 1], [1, 0]],
            "has 2 levels, and scale 'vote' has 3; " + DUE,
        ),
        ([0, 1, 2], "has shape (3,); due is (n_levels, n_levels); " + DUE),
        (
            [[0, 1, 1], [1, 0, 1]],
            "has shape (2, 3); due is (n_levels, n_levels); " + DUE,
        ),
        ([[0, 1, 2], [1, 0, 1], [2, 1, 0]], IN_RANGE),
        ([[0, -0.1], [-0.1, 0]], IN_RANGE),
        ([[0, float("nan")], [float("nan"), 0]], IN_RANGE),
        ([[0, 1, 0], [0, 0, 1], [1, 0, 0]], "is not symmetric; an agreement is that of both actors"),
        (
            [["a", "b"], ["c", "d"]],
            "is not an array of numbers; " + DUE,
        ),
        (
            [[0, 1j], [1j, 0]],
            "is not an array of numbers; " + DUE,
        ),
        (np.zeros((0, 0)), "has 0 levels, and scale 'vote' has 3; " + DUE),
        (None, "is missing; name one, give an array, or a formula in its place"),
    ],
)
def test_what_is_no_kernel(kernel, message):
    """An array that is no kernel, or not for this scale, is refused with what is due."""
    table = Positions.from_codes([[2, 1], [2, 0]], scale=VOTE)
    with pytest.raises(KernelError) as caught:
        agreement_matrix(table, kernel)
    assert str(caught.value) == f"the kernel {message}"


def _says_nothing(table):
    return None


def _says_one_number(table):
    return 0.5


def _says_words(table):
    return np.full(table.shape[:-2], "high")


def _says_imaginary(table):
    return np.ones(table.shape[:-2]) * 1j


NO_NUMBERS = "returned something that is no array of numbers"
ONE_NUMBER = "returned shape () for tables of shape (2, 2, n_levels, n_levels)"


@pytest.mark.parametrize(
    ("function", "problem"),
    [
        (_says_nothing, ONE_NUMBER),
        (_says_one_number, ONE_NUMBER),
        (_says_words, NO_NUMBERS),
        (_says_imaginary, NO_NUMBERS),
    ],
)
def test_functions_that_return_something_else(function, problem):
    """A function must return one number per pair; what it returned is told."""
    with pytest.raises(MeasureFunctionError) as caught:
        agreement_matrix(Positions.from_codes([[2, 1], [2, 0]], scale=VOTE), function)
    assert caught.value.reason == f"measure {function.__name__!r} {problem}"


def test_functions_take_one_scale():
    """Tables of several scales cannot be handed to one function, and the scales are named."""
    table = Positions.from_codes([[2, 1], [2, 0]], scale=[VOTE, SUPPORT])
    due = "measure 'exact' takes the table of one scale, and here are several: support, vote"
    with pytest.raises(MeasureFunctionError, match=due):
        agreement_matrix(table, exact)


def test_functions_take_no_half_silences():
    """`half` and `bounds` have no meaning for a function; `skip` and `neutral` do."""
    table = Positions.from_codes([[2, 1], [2, SILENT]], scale=VOTE)
    with pytest.raises(SilencePolicyError):
        agreement_matrix(table, exact, "half")
    assert agreement_matrix(table, exact, "neutral")["a1", "a2"] == 1.0


def test_unknown_parts_are_named():
    """A misspelt kernel or chance model gets the nearest known one."""
    with pytest.raises(ChoiceError, match=r"^kernel 'lineal' is not one of .* did you mean 'linear'"):
        Measure("m", "t", "r", kernel="lineal")
    with pytest.raises(ChoiceError, match=r"^chance 'pool' is not one of .* did you mean 'pooled'"):
        Measure("m", "t", "r", kernel="linear", chance="pool")


def test_ranges_follow_from_the_parts():
    """Without a stated range, a mean lies in [0, 1], a signed one in [-1, 1], and a corrected one has no lower end."""
    assert Measure("m", "t", "r", kernel=LINEAR).range == (0, 1)
    assert Measure("m", "t", "r", kernel=LINEAR, signed=True).range == (-1, 1)
    assert Measure("m", "t", "r", kernel=LINEAR, chance="own").range == (-np.inf, 1)


@pytest.mark.parametrize(
    ("measure", "due"),
    [
        ("agreement", (0, 1)),
        ("signorino_ritter_s", (0, 1)),
        ("euclidean", (0, 1)),
        ("cohen_kappa", (0, 2)),
        ("gwet_ac2_linear", (0, np.inf)),
        ("pearson", (0, 2)),
        ("benati_capurri", (-1, 3)),
    ],
)
def test_ranges_of_divergence(measure, due):
    """A mean disagreement and a distance lie in [0, 1]; others in 1 minus the range of the agreement."""
    assert MEASURES[measure].range_of("agreement") == MEASURES[measure].range
    assert MEASURES[measure].range_of("divergence") == due


def _without_a_title(table):
    return exact(table)


class Weighing:
    """A measure with a state of its own.

    The rest is not shown.
    """

    def __call__(self, table):
        """Return the share of agreement."""
        return exact(table)


@pytest.mark.parametrize(
    ("what", "name", "title"),
    [
        (LINEAR, "kernel", "1 minus the mean of a kernel of the user's own"),
        (kappa, "kappa", "Cohen's kappa, written out."),
        (_without_a_title, "_without_a_title", "a function of the pair table"),
        (Weighing(), "Weighing", "A measure with a state of its own."),
    ],
)
def test_own_measures_have_a_name_and_a_title(what, name, title):
    """An array is called a kernel, a function by its name and its first line."""
    made = Measure.of(what)
    assert (made.name, made.title, made.reference) == (name, title, OWN)
    assert made.range == ((0, 1) if what is LINEAR else (-np.inf, np.inf))


def test_what_adds_up_question_by_question():
    """A mean of a kernel does; not what is corrected for chance, has a formula, or rests on margins."""
    ordinal = Measure("m", "t", "r", kernel="ordinal")
    assert [
        measure.adds_up
        for measure in (MEASURES["agreement"], Measure.of(LINEAR), MEASURES["signorino_ritter_s"])
    ] == [True] * 3
    assert [
        measure.adds_up
        for measure in (ordinal, MEASURES["cohen_kappa"], MEASURES["pearson"], Measure.of(kappa))
    ] == [False] * 4
    assert ordinal.is_linear


def test_a_scale_without_order_is_refused_by_name():
    """The error names the measure and the scale."""
    table = Positions.from_codes([[0, 1], [0, 2]], scale=COLOURS)
    for name in ("euclidean", "signorino_ritter_s", "krippendorff_alpha_interval"):
        with pytest.raises(UnorderedScaleError, match=f"{name}.*colours"):
            agreement_matrix(table, name)
