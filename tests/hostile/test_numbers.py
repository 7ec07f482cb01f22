"""Draws, seeds and sizes that make no sense, and those that do."""

import random

import numpy as np
import pytest

from stances import VOTE, Positions, agreement_matrix
from stances.errors import FieldError

POSITIONS = Positions.from_codes([[0, 1, 2, -1], [2, 1, 0, -2], [0, 0, 0, 0]], scale=VOTE)


def drawn(positions=POSITIONS, **how):
    """A matrix with bootstrap intervals."""
    return agreement_matrix(positions, interval=0.95, method="bootstrap", **{"n_resamples": 20, **how})


@pytest.mark.hostile("N18")
@pytest.mark.parametrize("rng", [True, -1, "1", 1.5, np.random.RandomState(1)])
def test_what_is_no_seed_is_refused(rng):
    """A truth, a negative, a text, a half and a RandomState are no seeds."""
    with pytest.raises(FieldError, match="rng"):
        drawn(rng=rng)


@pytest.mark.hostile("N18")
def test_a_generator_goes_on():
    """A Generator that is used again gives other numbers, and the same from the same start."""
    first, again = np.random.default_rng(7), np.random.default_rng(7)
    one, two = drawn(rng=first), drawn(rng=first)
    assert not np.array_equal(one.lower, two.lower)
    assert np.array_equal(one.lower, drawn(rng=again).lower)


@pytest.mark.hostile("N19")
def test_an_unseeded_result_can_be_repeated():
    """Without a seed two results differ, each keeps what repeats it, and nobody's random state moves."""
    before = random.getstate(), np.random.get_state()[1].tolist()  # noqa: NPY002 - the state that is not to move
    one, two = drawn(), drawn()
    assert not np.array_equal(one.lower, two.lower)
    assert np.array_equal(one.lower, drawn(rng=one.interval.seed).lower)
    assert (random.getstate(), np.random.get_state()[1].tolist()) == before  # noqa: NPY002 - likewise


@pytest.mark.hostile("N20")
@pytest.mark.parametrize("n", [0, 1, 10**9, True, 20.0])
def test_numbers_of_resamples_have_bounds(n):
    """None, one and a billion resamples are refused with the bounds."""
    with pytest.raises(FieldError, match="from 10 to 100000"):
        drawn(n_resamples=n)


@pytest.mark.hostile("N20")
def test_one_question_leaves_the_whole_range():
    """Of one question nothing can be drawn anew: the interval is all of the range."""
    matrix = drawn(Positions.from_codes([[0], [1]], scale=VOTE), rng=1)
    assert (matrix.lower["a1", "a2"] if hasattr(matrix.lower, "answer") else matrix.lower[0, 1]) == 0
    assert matrix.upper[0, 1] == 1


@pytest.mark.hostile("N21")
def test_resamples_in_which_a_pair_shares_nothing_are_left_out():
    """Two actors with one shared question among forty have ends that are numbers, though most draws miss it."""
    codes = np.full((2, 40), -1)
    codes[0, :20], codes[1, 19:] = 1, 1
    codes[1, 0] = 1
    matrix = drawn(Positions.from_codes(codes, scale=VOTE), rng=1, n_resamples=50)
    assert np.isfinite([matrix.lower[0, 1], matrix.upper[0, 1]]).all()
