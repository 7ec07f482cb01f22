"""What holds for every matrix, and how a matrix that breaks it is told."""

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given

from stances import VOTE, Positions, StancesError, agreement_matrix, divergence_matrix
from stances.errors import InvalidMatrixError
from stances.strategies import matrices
from stances.testing import assert_valid_matrix, made_up_votes

VOTES = Positions.from_codes(
    [[2, 0, 1, 2], [2, 2, -1, 1], [-1, -1, -1, -1]], scale=VOTE, actors=["CHN", "FRA", "USA"]
)


@pytest.fixture
def matrix():
    """Two actors who share three questions, and one who answered none; with intervals."""
    return agreement_matrix(VOTES, interval=0.95)


@given(matrices())
def test_every_matrix_is_valid(made):
    """Whatever measure, policy and positions: what the library computes is valid."""
    assert_valid_matrix(made)


@pytest.mark.parametrize("compare", [agreement_matrix, divergence_matrix])
def test_intervals_and_selections_are_valid(compare):
    """So are matrices with intervals, and what is selected from them."""
    made = compare(made_up_votes(), "cohen_kappa", interval=0.9)
    assert_valid_matrix(made)
    assert_valid_matrix(made.select(["XAL", "XAA"]))


def changed(matrix, name, row, column, value):
    """Return a matrix in which one cell of an array, and its mirror image, is another."""
    array = getattr(matrix, name).copy()
    array[row, column] = array[column, row] = value
    return evolve(matrix, **{name: array})


WRONG = {
    "values are outside": ("values", 0, 1, 1.25),
    "upper are outside": ("upper", 0, 1, 1.5),
    "n_shared is below zero": ("n_shared", 0, 2, -1),
    "n_used is below n_shared": ("n_used", 0, 1, 1),
    "n_used is not n_shared": ("n_used", 0, 1, 4),
    "share more questions than one": ("n_shared", 0, 1, 4),
    "undefined without a reason": ("values", 0, 1, np.nan),
    "there is a reason, but": ("values", 0, 2, 0.5),
    "there is no such reason": ("reasons", 0, 1, 9),
    "or the reason says so": ("reasons", 0, 2, 2),
    "only one end": ("lower", 0, 1, np.nan),
    "above the upper one": ("upper", 0, 1, 0.05),
    "lies outside its interval": ("values", 0, 1, 0.0),
}


@pytest.mark.parametrize(("problem", "change"), WRONG.items(), ids=WRONG)
@pytest.mark.hostile("N26")
def test_a_wrong_cell_is_named(matrix, problem, change):
    """A cell that cannot be is told with its actors and what is wrong with it."""
    lower = np.where(np.isnan(matrix.lower), np.nan, 0.1)
    made = changed(evolve(matrix, lower=lower), *change)
    other = {1: "FRA", 2: "USA"}[change[2]]
    with pytest.raises(InvalidMatrixError, match=problem) as caught:
        assert_valid_matrix(made)
    assert (caught.value.first, caught.value.second) == ("CHN", other)


@pytest.mark.parametrize("name", ["values", "n_shared", "n_used", "observed", "lower", "upper", "reasons"])
@pytest.mark.hostile("N26")
def test_every_array_is_symmetric(matrix, name):
    """A cell that differs from its mirror image is told, in whichever array."""
    array = getattr(matrix, name).copy()
    array[1, 0] = 0 if array[1, 0] else 1
    with pytest.raises(InvalidMatrixError, match=f"CHN, FRA: {name} are not symmetric"):
        assert_valid_matrix(evolve(matrix, **{name: array}))


def test_the_form_is_checked(matrix):
    """Arrays are square and read-only, and the ends of intervals come together."""
    with pytest.raises(InvalidMatrixError, match=r"values have shape \(2, 2\); due is \(3, 3\)"):
        assert_valid_matrix(evolve(matrix, values=np.eye(2)))
    with pytest.raises(InvalidMatrixError, match="come together"):
        assert_valid_matrix(evolve(matrix, lower=None))
    loose = matrix.values.copy()
    object.__setattr__(matrix, "values", loose)
    with pytest.raises(InvalidMatrixError, match="values can be written to"):
        assert_valid_matrix(matrix)


def test_an_invalid_matrix_is_an_assertion():
    """It fails a test as any assertion does, and is an error of the library."""
    assert issubclass(InvalidMatrixError, AssertionError)
    assert issubclass(InvalidMatrixError, StancesError)
    assert InvalidMatrixError("wrong").code == "S321"
