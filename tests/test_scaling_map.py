"""The map: classical scaling, its sign and its stress, by other ways and by hand."""

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import stances
from stances import VOTE, Positions, agreement_matrix, divergence_matrix, map_of
from stances.errors import FieldError, TooFewActorsError
from stances.scaling import stress_of
from stances.strategies import positions


def matrix_with(distances):
    """A divergence matrix with these values, each resting on five questions."""
    n = len(distances)
    made = divergence_matrix(Positions.from_codes(np.zeros((n, 5), dtype=int), scale=VOTE))
    return evolve(made, values=np.array(distances, dtype=float))


def apart(points):
    """Distances between points."""
    points = np.asarray(points, dtype=float)
    return np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=-1))


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=4, max_size=8, unique=True))
def test_points_of_a_plane_come_back(points):
    """Distances between points of a plane are drawn as they are: no stress, and all is explained."""
    drawn = map_of(matrix_with(apart(np.array(points) / 20)))
    assert apart(drawn.points) == pytest.approx(apart(np.array(points) / 20), abs=1e-6)
    assert drawn.stress == pytest.approx(0, abs=1e-6)
    assert drawn.explained == pytest.approx(1, abs=1e-6)


@settings(max_examples=30)
@given(positions(min_actors=4, max_actors=7, min_questions=5, silences=st.nothing()))
def test_the_map_is_centred_signed_and_the_best_of_rank_two(data):
    """Points are centred, the largest coordinate of an axis is positive, and no plane holds more spread."""
    drawn = map_of(agreement_matrix(data))
    x, y = drawn.points.T
    assert drawn.points.sum(axis=0) == pytest.approx(0, abs=1e-9)
    assert (x**2).sum() >= (y**2).sum() - 1e-9
    for axis in (x, y):
        assert axis[np.abs(np.round(axis, 8)).argmax()] >= 0
    n = len(drawn.actors)
    d = np.array([[1 - agreement_matrix(data)[a, b] for b in drawn.actors] for a in drawn.actors])
    centring = np.eye(n) - np.ones((n, n)) / n
    eigenvalues = np.sort(np.linalg.eigvals(-0.5 * centring @ d**2 @ centring).real)[::-1]
    assert (drawn.points**2).sum() == pytest.approx(np.maximum(eigenvalues[:2], 0).sum(), abs=1e-8)
    positive = eigenvalues[eigenvalues > 1e-9].sum()
    if positive:
        assert drawn.explained == pytest.approx(np.maximum(eigenvalues[:2], 0).sum() / positive, abs=1e-6)


@given(st.integers(0, 2**32))
def test_stress_is_kruskals(seed):
    """Stress is the root of squared misfits by squared drawn distances, pair by pair."""
    rng = np.random.default_rng(seed)
    points, wanted = rng.random((5, 2)), rng.random((5, 5))
    misfit = total = 0.0
    for i in range(5):
        for j in range(i + 1, 5):
            drawn = np.hypot(*(points[i] - points[j]))
            misfit += (wanted[i, j] - drawn) ** 2
            total += drawn**2
    assert stress_of(wanted, points) == pytest.approx((misfit / total) ** 0.5)


@pytest.mark.hostile("N17")
def test_the_map_does_not_depend_on_order():
    """Actors and questions in any order give the same points to 1e-9."""
    data = stances.load("un-landmark-votes").positions()
    one = map_of(agreement_matrix(data))
    turned = data.take(range(data.n_questions)[::-1]).rows(data.actors[::-1])
    other = map_of(agreement_matrix(turned))
    assert one.actors == other.actors
    assert other.points == pytest.approx(one.points, abs=1e-9)


def test_divergence_gives_the_map_of_agreement():
    """The map of a divergence matrix is that of its agreement matrix."""
    data = stances.load("un-landmark-votes")
    one, other = map_of(agreement_matrix(data)), map_of(divergence_matrix(data))
    assert one.points == pytest.approx(other.points, abs=1e-12)


@pytest.mark.hostile("N28")
def test_the_map_says_how_much_it_shows():
    """Two dimensions hold 95 % of the landmark votes; who is left out is named, and every format works."""
    drawn = map_of(agreement_matrix(stances.load("un-landmark-votes")))
    assert "Two dimensions hold 95% of the spread; stress 0.06, fair." in str(drawn)
    assert "Left out, sharing fewer than 5 questions with too many others: EU." in str(drawn)
    assert list(drawn.columns()) == ["actor", "x", "y"]
    assert len(drawn.columns()["x"]) == 20
    assert drawn.document()["left_out"] == ("EU",)
    assert repr(drawn) == "<ActorMap: 20 actors>"
    x = dict(zip(drawn.actors, drawn.points[:, 0], strict=True))
    assert x["USA"] < x["FRA"] < 0 < x["CHN"] < x["RUS"]


def test_actors_who_all_agree_stand_at_one_point():
    """Without any divergence there is no map to speak of, and it says so."""
    drawn = map_of(matrix_with(np.zeros((4, 4))))
    assert np.isnan(drawn.stress)
    assert np.isnan(drawn.explained)
    assert not drawn.points.any()
    assert "All actors stand at one point" in str(drawn)


def test_a_map_that_may_be_turned_says_so():
    """Four actors at the corners of a square leave the direction of the axes open."""
    assert "may be turned" in str(map_of(matrix_with(apart([(0, 0), (0, 1), (1, 0), (1, 1)]))))
    assert "may be turned" not in str(map_of(matrix_with(apart([(0, 0), (0, 1), (2, 0), (2, 1)]))))


def test_too_few_actors_have_no_map(seed):
    """On the shipped report a map means nothing, and the error says what it would take."""
    with pytest.raises(TooFewActorsError, match="a map would mean nothing here: it takes 4 actors"):
        map_of(agreement_matrix(seed))


def test_data_in_place_of_a_matrix_are_refused(seed):
    """Who passes a dataset is told which function makes the matrix of it."""
    with pytest.raises(FieldError, match=r"is no Matrix; pass what agreement_matrix\(data\)"):
        map_of(seed)
