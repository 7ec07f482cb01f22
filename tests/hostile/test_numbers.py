"""Draws, seeds and sizes that make no sense, and those that do."""

import random

import numpy as np
import pytest

from stances import MEASURES, VOTE, PairCounts, Positions, agreement_matrix, matrix_of_counts
from stances.cli import main
from stances.computing import Request, canvas
from stances.errors import FieldError, MatrixTooLargeError, StancesError
from stances.memory import installed
from stances.silence import Policy

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


# --- what no machine holds


def sizes(matrix):
    """The bytes that the arrays of a matrix fill, each counted once."""
    names = ("values", "observed", "expected", "lower", "upper", "n_shared", "n_used", "reasons")
    arrays = [array for name in names if (array := getattr(matrix, name)) is not None]
    filled = [array for array in arrays if array.strides != (0, 0)]  # one number stands for all of the others
    return sum({array.__array_interface__["data"][0]: array.nbytes for array in filled}.values())


@pytest.mark.hostile("N22")
@pytest.mark.parametrize(
    "how",
    [
        {},
        {"measure": "cohen_kappa"},
        {"interval": 0.95},
        {"silence": "bounds"},
        {"silence": "half"},
        {"measure": "cohen_kappa", "interval": 0.95},
    ],
)
def test_a_matrix_beyond_all_memory_is_refused(monkeypatch, how):
    """What its arrays take is known to the byte: a machine of that size is enough, and one byte less is not."""
    positions = Positions.from_codes(np.ones((50, 3), dtype=np.int8), scale=VOTE)
    due = sizes(agreement_matrix(positions, **how))
    assert due == 50 * 50 * (due // 2500)
    monkeypatch.setattr(canvas, "installed", lambda: due)
    assert sizes(agreement_matrix(positions, **how)) == due
    monkeypatch.setattr(canvas, "installed", lambda: due - 1)
    with pytest.raises(MatrixTooLargeError, match="nearest") as caught:
        agreement_matrix(positions, **how)
    assert isinstance(caught.value, MemoryError)
    assert (caught.value.needed, caught.value.installed, caught.value.n_actors) == (due, due - 1, 50)


@pytest.mark.hostile("N22")
def test_no_matrix_fits_a_machine_that_is_too_small(monkeypatch, capsys):
    """Counts and the command line are refused alike, with both sizes; where the memory is not told nothing is."""
    positions = Positions.from_codes(np.ones((2000, 1), dtype=np.int8), scale=VOTE)
    counts = PairCounts.of(positions)
    monkeypatch.setattr(canvas, "installed", lambda: 10**8 - 1)
    said = r"a matrix of 2,000 actors needs 0\.1 GB of memory, and this machine has 0\.1 GB in all; select"
    for asked in (lambda: agreement_matrix(positions), lambda: matrix_of_counts(counts)):
        with pytest.raises(MatrixTooLargeError, match=said):
            asked()
    monkeypatch.setattr(canvas, "installed", lambda: 100)
    assert main(["agreement"]) == 2
    assert "[S310]" in capsys.readouterr().err
    monkeypatch.setattr(canvas, "installed", lambda: None)
    assert matrix_of_counts(counts).values.shape == (2000, 2000)


def test_nothing_is_reserved_before():
    """A hundred million actors are refused at once, by whatever machine runs this."""
    if installed() is None:
        pytest.skip("this system does not tell how much memory there is")
    assert installed() > 10**8
    request = Request("agreement", MEASURES["agreement"], Policy.SKIP)
    with pytest.raises(StancesError, match=r"needs 250,000,000\.0 GB"):
        canvas.Canvas.of(10**8, None, request)
