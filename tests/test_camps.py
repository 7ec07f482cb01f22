"""Camps: found by a stated rule, independent of order, and honest about those that fall apart."""

import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import stances
from stances import MEASURES, VOTE, Positions, Question, StancesError, agreement_matrix, divergence_matrix
from stances.clusters.stability import likenesses, verdict
from stances.dendrogram import best_cut, dendrogram_of, silhouettes
from stances.distances import Distances, comparable, distances_of, rounded_off
from stances.errors import FieldError, MissingExtraError, TooFewActorsError
from stances.expansion import select_actors
from stances.strategies import positions
from stances.testing import made_up_votes

WEST = ("AUT", "CZE", "DEU", "ESP", "FRA", "GBR", "HUN", "ISR", "POL", "TUR", "UKR", "USA")
OTHERS = ("BRA", "CHN", "EGY", "IDN", "IND", "RUS", "SAU", "ZAF")

pytest.importorskip("scipy", reason="camps need the extra plot")


@pytest.fixture(scope="module")
def landmark():
    """Agreement on the shipped votes of the General Assembly."""
    return agreement_matrix(stances.load("un-landmark-votes"))


@cache
def read(path):
    """Read votes of the General Assembly once."""
    return agreement_matrix(stances.read_un_votes(path).select(sessions="78"))


@pytest.fixture
def session_78(shared_file):
    """Agreement in session 78 of the General Assembly, or a skip where its votes are not at hand."""
    return read(shared_file("data/unga/ga_voting_2019-2024.csv.gz"))


def groups(sizes=(4, 4, 4), n_questions=30, noise=0.1, seed=1, **about):
    """Votes of groups, each with a line of its own that members leave now and then."""
    rng = np.random.default_rng(seed)
    lines = rng.integers(0, 3, (len(sizes), n_questions))
    codes = np.repeat(lines, sizes, axis=0)
    codes = np.where(rng.random(codes.shape) < noise, rng.integers(0, 3, codes.shape), codes)
    return Positions.from_codes(codes, scale=VOTE, **about)


@st.composite
def distances(draw, min_actors=4, max_actors=9):
    """Distances between actors, with ties now and then."""
    n = draw(st.integers(min_actors, max_actors))
    above = draw(st.lists(st.integers(0, 40), min_size=n * (n - 1) // 2, max_size=n * (n - 1) // 2))
    values = np.zeros((n, n))
    values[np.triu_indices(n, 1)] = np.array(above) / 40
    return Distances(tuple(f"a{k}" for k in range(n)), values + values.T, ())


def slow_silhouettes(d, labels):
    """Rousseeuw's definition, actor by actor."""
    result = []
    for i, own in enumerate(labels):
        mates = [d[i, j] for j in range(len(labels)) if labels[j] == own and j != i]
        others = [
            sum(d[i, j] for j in range(len(labels)) if labels[j] == camp) / list(labels).count(camp)
            for camp in set(labels) - {own}
        ]
        a, b = (sum(mates) / len(mates) if mates else 0.0), min(others)
        result.append((b - a) / max(a, b) if mates and max(a, b) > 0 else 0.0)
    return result


def slow_cut(d, n_camps):
    """Average linkage by hand: join the two camps with the smallest mean distance, again and again."""
    camps = [[i] for i in range(len(d))]
    while len(camps) > n_camps:
        pairs = [(i, j) for i in range(len(camps)) for j in range(i)]
        means = [np.mean([d[a, b] for a in camps[i] for b in camps[j]]) for i, j in pairs]
        i, j = pairs[int(np.argmin(means))]
        camps[j] += camps.pop(i)
    return {frozenset(camp) for camp in camps}


def parts(labels):
    """A partition as a set of sets."""
    return {frozenset(np.flatnonzero(labels == k).tolist()) for k in set(labels.tolist())}


@given(distances(), st.data())
def test_silhouettes_are_rousseeuws(given_distances, data):
    """Every silhouette is the one of the definition, lone actors and ties included."""
    n = len(given_distances.actors)
    labels = np.array(data.draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)))
    labels = np.unique(labels, return_inverse=True)[1]
    if labels.max() == 0:
        labels[0] = 1
    expected = slow_silhouettes(given_distances.values, labels.tolist())
    assert silhouettes(given_distances.values, labels) == pytest.approx(expected, abs=1e-12)


def test_silhouettes_are_those_of_scikit_learn(landmark):
    """On real votes the silhouettes are those that scikit-learn computes."""
    metrics = pytest.importorskip("sklearn.metrics")
    found = distances_of(landmark, "camps")
    labels = dendrogram_of(found).cut(4)
    expected = metrics.silhouette_samples(found.values, labels, metric="precomputed")
    assert silhouettes(found.values, labels) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_cuts_are_those_of_average_linkage_by_hand(seed):
    """Without ties, every cut of the tree is the one that plain loops find."""
    d = np.random.default_rng(seed).random((9, 9))
    d = np.triu(d, 1) + np.triu(d, 1).T
    tree = dendrogram_of(Distances(tuple("abcdefghi"), d, ()))
    for k in range(1, 10):
        assert parts(tree.cut(k)) == slow_cut(d, k)


@given(distances())
def test_the_number_of_camps_follows_the_rule(given_distances):
    """Of the cuts that part no tie, the one with the largest mean silhouette, if that is 0.25 at least."""
    tree = dendrogram_of(given_distances)
    heights = [-1.0, *tree.merges[:, 2]]
    n, best, chosen = len(tree.actors), 0.0, 1
    for k in range(2, min(8, n - 2) + 1):
        if heights[n - k + 1] - heights[n - k] > 1e-9:
            mean = round(float(np.mean(slow_silhouettes(given_distances.values, tree.cut(k).tolist()))), 10)
            if mean >= 0.25 and mean > best:
                best, chosen = mean, k
    assert len(parts(best_cut(tree))) == chosen


def test_three_groups_are_found():
    """Votes made of three lines fall into three camps, and those of one line into none."""
    found = stances.camps(agreement_matrix(groups((5, 4, 3))))
    assert [camp.members for camp in found] == [
        ("a1", "a2", "a3", "a4", "a5"), ("a6", "a7", "a8", "a9"), ("a10", "a11", "a12"),
    ]  # fmt: skip
    alone = stances.camps(agreement_matrix(groups((8,), noise=0.0)))
    assert len(alone) == 1
    assert "All 8 actors are in one camp: no cut reaches a mean silhouette of 0.25." in str(alone)


@settings(max_examples=20)
@given(
    positions(min_actors=6, max_actors=8, min_questions=6, max_questions=12, silences=st.nothing()), st.data()
)
@pytest.mark.hostile("N17")
def test_camps_do_not_depend_on_order(data, choices):
    """Actors and questions in any order give the same camps, bit by bit."""
    actors = choices.draw(st.permutations(data.actors))
    questions = choices.draw(st.permutations(range(data.n_questions)))
    one = stances.camps(agreement_matrix(data), stability=10, rng=3)
    other = stances.camps(agreement_matrix(data.take(questions).rows(actors)), stability=10, rng=3)
    assert repr(one.document()) == repr(other.document())


def test_camps_do_not_depend_on_the_kind_of_matrix(landmark):
    """A divergence matrix, and Signorino and Ritter's S on the same kernel, give the camps of agreement."""
    data = stances.load("un-landmark-votes")
    found = [camp.members for camp in stances.camps(landmark)]
    for other in (divergence_matrix(data), agreement_matrix(data, "signorino_ritter_s")):
        assert [camp.members for camp in stances.camps(other)] == found


def test_what_camps_print_is_what_loops_give(landmark):
    """Means within and between, the most central member and the silhouette are those of plain loops."""
    found = stances.camps(landmark, 4)
    d = {(a, b): round(1 - landmark[a, b], 10) for a in found.actors for b in found.actors}
    scores = slow_silhouettes(
        np.array([[d[a, b] for b in found.actors] for a in found.actors]), found.labels.tolist()
    )
    for k, camp in enumerate(found):
        others = [a for a in found.actors if a not in camp.members]
        inner = [landmark[a, b] for i, a in enumerate(camp.members) for b in camp.members[:i]]
        assert camp.within == pytest.approx(np.mean(inner), abs=1e-12) if inner else np.isnan(camp.within)
        outer = [landmark[a, b] for a in camp.members for b in others]
        assert camp.between == pytest.approx(np.mean(outer), abs=1e-12)
        sums = {a: round(sum(d[a, b] for b in camp.members), 9) for a in camp.members}
        assert camp.central == min(sums, key=lambda a: (sums[a], a))
        own = [s for s, a in zip(scores, found.actors, strict=True) if a in camp.members]
        assert camp.silhouette == pytest.approx(np.mean(own), abs=1e-12)
        for l, other in enumerate(found):
            cells = [landmark[a, b] for a in camp.members for b in other.members if a != b]
            assert found.means[k, l] == (
                pytest.approx(np.mean(cells)) if cells else pytest.approx(np.nan, nan_ok=True)
            )


@given(st.integers(2, 7), st.data())
@pytest.mark.hostile("N06")
def test_who_is_left_out(n, data):
    """The one with the most missing pairs goes first, then the one with less on record, then the last id."""
    above = data.draw(st.lists(st.booleans(), min_size=n * n, max_size=n * n))
    solid = np.triu(np.array(above).reshape(n, n), 1)
    solid = solid | solid.T
    on_record = data.draw(st.lists(st.integers(0, 3), min_size=n, max_size=n))
    actors = tuple(data.draw(st.permutations("abcdefg"[:n])))
    kept = list(actors)
    while True:
        lacks = {a: sum(not solid[actors.index(a), actors.index(b)] for b in kept if a != b) for a in kept}
        if not any(lacks.values()):
            break
        kept.remove(max(kept, key=lambda a: (lacks[a], -on_record[actors.index(a)], a)))
    assert [actors[i] for i in comparable(actors, solid, np.array(on_record))] == sorted(kept)


def test_thin_pairs_leave_actors_out():
    """An actor who shares four questions with the others is left out and named."""
    data = groups((4, 4))
    codes = data.codes.copy()
    codes[2, 4:] = -1
    found = stances.camps(agreement_matrix(evolve(data, codes=codes)))
    assert found.left_out == ("a3",)
    assert found.of("a3") is None
    assert found.of("a1").number == 2
    assert "Left out, sharing fewer than 5 questions with too many others: a3." in str(found)
    with pytest.raises(StancesError, match="unknown actor"):
        found.of("a99")


def test_too_few_actors_are_refused(seed):
    """On the shipped report camps mean nothing, and the error says what they would take."""
    with pytest.raises(TooFewActorsError, match="it takes 4 actors, every two of whom share 5 questions"):
        stances.camps(agreement_matrix(seed))
    with pytest.raises(TooFewActorsError, match="only a1, a2, a3 do"):
        stances.camps(agreement_matrix(groups((3,))))


@pytest.mark.parametrize(
    "wrong",
    [
        {"n_camps": 1}, {"n_camps": 21}, {"n_camps": True}, {"n_camps": 2.0}, {"stability": 0},
        {"stability": 9}, {"stability": True}, {"blocks": "issue"}, {"rng": 1},
        {"stability": 10, "blocks": "colour"}, {"stability": 10, "rng": -1},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(landmark, wrong):
    """Numbers of camps and resamples are checked, and drawing is spoken of only with stability."""
    with pytest.raises(StancesError):
        stances.camps(landmark, **wrong)


def test_one_block_is_refused():
    """If all questions lie in one session nothing can vary, and the error says so."""
    matrix = agreement_matrix(made_up_votes().select(sessions="1"))
    with pytest.raises(StancesError, match="all questions into one block"):
        stances.camps(matrix, stability=10, blocks="session")


def test_without_scipy_the_extra_is_named(landmark, monkeypatch):
    """Where SciPy is not installed the error says what to install."""
    monkeypatch.setitem(sys.modules, "scipy.cluster", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'stances\[plot\]'"):
        stances.camps(landmark)


@given(st.lists(st.integers(0, 2), min_size=4, max_size=8), st.data())
def test_likeness_is_jaccards(own, data):
    """A camp's likeness is members in both by members in either, at best, among those who were placed."""
    found = data.draw(st.lists(st.integers(-1, 3), min_size=len(own), max_size=len(own)))
    labels = np.unique(own, return_inverse=True)[1]
    placed = {i for i, k in enumerate(found) if k >= 0}
    for camp, got in enumerate(likenesses(labels, np.array(found))):
        mine = {i for i in placed if labels[i] == camp}
        others = [{i for i in placed if found[i] == k} for k in range(4)]
        if not mine:
            assert np.isnan(got)
        else:
            assert got == max(len(mine & o) / len(mine | o) for o in others if o)


def slow_stability(matrix, found, n_resamples, rng):
    """Draw questions, write each down as often as it was drawn, and seek camps by hand."""
    positions = matrix.positions.take(
        sorted(range(matrix.positions.n_questions), key=lambda j: matrix.positions.questions[j].id)
    ).rows(found.actors)
    n, sums = positions.n_questions, np.zeros(len(found))
    together = np.zeros((len(found.actors),) * 2)
    for child in np.random.SeedSequence(rng).spawn(n_resamples):
        drawn = np.random.default_rng(child).integers(n, size=n)
        again = divergence_matrix(Positions.from_codes(positions.codes[:, drawn], scale=VOTE))
        d = rounded_off(again.values)
        labels = best_cut(dendrogram_of(Distances(found.actors, d, ())))
        together += labels[:, None] == labels
        sums += likenesses(found.labels, labels)
    return sums / n_resamples, together / n_resamples


def test_stability_is_that_of_plain_resampling():
    """Weights in place of repeats give the likeness and the pairs together of questions written down anew."""
    matrix = agreement_matrix(groups((4, 4, 3), n_questions=12, noise=0.35))
    found = stances.camps(matrix, stability=40, rng=11)
    jaccard, together = slow_stability(matrix, found, 40, 11)
    assert found.stability.jaccard == pytest.approx(jaccard, abs=1e-12)
    assert found.stability.together == pytest.approx(together, abs=1e-12)
    assert [camp.jaccard for camp in found] == list(found.stability.jaccard)
    assert found.together["a1", "a2"] == found.stability.together[0, found.actors.index("a2")]


def test_a_camp_that_falls_apart_is_shown_as_such():
    """Asked for three camps of votes that have two, the third is told to fall apart, and who wavers."""
    data = groups((5, 5), n_questions=30, noise=0.2, seed=1)
    found = stances.camps(agreement_matrix(data), 3, stability=60, rng=2)
    assert [camp.members for camp in found][::2] == [("a1", "a2", "a3", "a4", "a5"), ("a7",)]
    assert [verdict(camp.jaccard) for camp in found] == ["holds", "is doubtful", "falls apart"]
    assert [camp.falls_apart for camp in found] == [False, False, True]
    assert "0.46, falls apart" in str(found)
    assert "Seldom with the rest of their camp: a8 (49%)." in str(found)


def test_stability_can_be_repeated():
    """The same seed gives the same numbers, blocks give others, and the seed is kept."""
    matrix = agreement_matrix(made_up_votes())
    told = []
    first = stances.camps(matrix, stability=20, rng=4, progress=lambda done, due: told.append((done, due)))
    again = stances.camps(matrix, stability=20, rng=first.stability.seed)
    blocked = stances.camps(matrix, stability=20, rng=4, blocks="session")
    assert first.stability.jaccard == again.stability.jaccard
    assert np.array_equal(first.stability.together, again.stability.together, equal_nan=True)
    assert blocked.stability.jaccard != first.stability.jaccard
    assert "sessions drawn anew 20 times" in str(blocked)
    assert told == [(k + 1, 20) for k in range(20)]
    assert first.document()["stability"]["entropy"] == 4


def test_resamples_leave_out_who_shares_nothing_there():
    """Where an actor shares nothing with another among the questions drawn, the rest are parted without it."""
    data = groups((4, 4), n_questions=12)
    codes = data.codes.copy()
    codes[0, 5:], codes[1, :5] = -1, -1
    codes[1, 0] = codes[0, 0]
    sparse = evolve(data, codes=codes)
    found = stances.camps(agreement_matrix(sparse), stability=30, rng=1)
    assert found.left_out
    codes[1, :5] = codes[0, :5]
    codes[1, 5:] = -1
    found = stances.camps(agreement_matrix(evolve(data, codes=codes)), stability=30, rng=1)
    assert not np.isnan(found.stability.jaccard).any()


def test_weights_and_silences_count_in_stability():
    """Questions of weight 0 are never drawn, and a silence policy holds in the resamples too."""
    data = groups((4, 4), n_questions=20)
    questions = [evolve(q, weight=0.0 if k < 10 else 1e300) for k, q in enumerate(data.questions)]
    weighted = stances.camps(agreement_matrix(evolve(data, questions=questions)), stability=20, rng=1)
    half = data.take(range(10, 20))
    assert (
        weighted.stability.jaccard
        == stances.camps(agreement_matrix(half), stability=20, rng=1).stability.jaccard
    )
    silent = evolve(data, codes=np.where(np.arange(20) % 7 == 0, -2, data.codes))
    assert len(stances.camps(agreement_matrix(silent, silence="half"), stability=10, rng=1)) == 2


@pytest.mark.parametrize("measure", ["cohen_kappa", "euclidean", "pearson", "krippendorff_alpha"])
def test_every_kind_of_measure_has_camps(measure):
    """Corrected measures, distances and correlations give the camps of votes that have clear ones."""
    found = stances.camps(agreement_matrix(groups((4, 4)), measure), stability=10, rng=1)
    assert [set(camp.members) for camp in found] == [{"a1", "a2", "a3", "a4"}, {"a5", "a6", "a7", "a8"}]
    assert measure in MEASURES


def test_camps_print_every_format(landmark):
    """Every format has the camps, and the columns have a row per actor."""
    found = stances.camps(landmark, 3, stability=10, rng=1)
    columns = found.columns()
    assert {len(column) for column in columns.values()} == {20}
    assert sum(columns["central"]) == len(found) == 3
    assert "Mean agreement between camps" in str(found)
    assert found.to_json().startswith("{")
    assert repr(found) == "<Camps: 3 of 20 actors>"
    assert found.loyalty.shape == (20,)


def test_a_matrix_sorted_by_camps_keeps_camps_together(landmark):
    """In the order by camps the members of every camp stand side by side, and no cell is lost."""
    ordered = landmark.sorted_by("camps")
    assert sorted(ordered.actors) == sorted(landmark.actors)
    assert ordered.actors[-1] == "EU"
    assert ordered["FRA", "USA"] == landmark["FRA", "USA"]
    for k in range(2, 9):
        for camp in stances.camps(landmark, k):
            places = sorted(ordered.actors.index(member) for member in camp.members)
            assert places == list(range(places[0], places[0] + len(places)))
    backwards = landmark.select(landmark.actors[::-1]).sorted_by("camps")
    assert backwards.actors == ordered.actors
    with pytest.raises(StancesError, match="camps"):
        landmark.sorted_by("size")


def test_the_shipped_votes_fall_into_two_camps(landmark):
    """On the landmark votes twelve states of the West and eight others stand apart."""
    found = stances.camps(landmark)
    assert [camp.members for camp in found] == [
        WEST,
        OTHERS,
    ]
    assert "2 camps, of 2 to 8 the number with the largest mean silhouette: 0.69" in str(found)


def test_session_78_has_two_camps_that_hold(session_78):
    """In session 78 the Assembly falls into camps of 135 and 53, and both are found again."""
    found = stances.camps(session_78, stability=10, rng=1)
    assert [len(camp.members) for camp in found] == [135, 53]
    assert {"CHN", "RUS", "IND", "BRA", "ZAF", "IDN"} <= set(found.camps[0].members)
    assert {"USA", "ISR", "FRA", "DEU", "JPN", "TUR", "UKR"} <= set(found.camps[1].members)
    assert found.left_out == ("FJI", "STP", "SWZ", "VEN", "WSM")
    assert min(camp.jaccard for camp in found) > 0.85
    assert [round(camp.within, 2) for camp in found] == [0.90, 0.89]
    assert round(found.camps[0].between, 2) == 0.62


def test_the_page_on_camps_is_true(session_78, shared_file):
    """What the how-to says of session 78 comes out: camps, likenesses, who wavers, and the Union's own line."""
    page = (Path(__file__).parent.parent / "docs/how-to/find-camps.md").read_text("utf-8")
    found = stances.camps(session_78, stability=50, rng=1)
    for row in found.grids()[0].rows:
        assert f"| {' | '.join(row)} |" in page
    assert "Seldom with the rest of their camp: PLW (49%)." in str(found)
    assert "in 49 % of the drawings" in page
    four = stances.camps(session_78, 4, stability=50, rng=1)
    assert [f"{camp.jaccard:.2f}" for camp in four][2:] == ["0.93", "0.08"]
    assert "which holds (0.93)" in page
    assert "which falls apart (0.08)" in page
    votes = stances.read_un_votes(shared_file("data/unga/ga_voting_2019-2024.csv.gz")).select(sessions="78")
    union = stances.camps(agreement_matrix(select_actors(votes, "@EU")), stability=50, rng=1)
    assert [len(camp.members) for camp in union] == [23, 4]
    assert union.camps[1].members == ("AUT", "CYP", "IRL", "MLT")
    assert f"{union.camps[1].jaccard:.2f} {union.means[0, 1]:.2f}" == "0.94 0.90"
    assert "found again with 0.94. Even between these camps agreement is 0.90." in page


def test_a_question_may_have_a_weight_of_its_own():
    """A question drawn twice counts with twice its weight."""
    asked = [Question(f"q{k}", "?", VOTE, weight=w) for k, w in enumerate([1, 2] * 6)]
    data = Positions.from_codes(groups((4, 4), n_questions=12).codes, scale=VOTE, questions=asked)
    twice = [Question(f"q{k}-{c}", "?", VOTE) for k, q in enumerate(asked) for c in range(int(q.weight))]
    columns = [k for k, q in enumerate(asked) for _ in range(int(q.weight))]
    written = Positions.from_codes(data.codes[:, columns], scale=VOTE, questions=twice)
    one, other = (stances.camps(agreement_matrix(d)) for d in (data, written))
    assert one.means == pytest.approx(other.means, abs=1e-12)


def test_the_interval_of_being_found_again_is_that_of_the_likenesses():
    """Lower and upper are percentiles of what the mean likeness is made of; asked for with stability alone."""
    pytest.importorskip("scipy")
    matrix = stances.agreement_matrix(stances.load("un-landmark-votes"))
    found = stances.camps(matrix, stability=40, rng=3, interval=0.8)
    for k, camp in enumerate(found):
        values = sorted(found.stability.likeness[:, k])
        assert camp.jaccard == pytest.approx(sum(values) / 40)
        assert values[3] <= camp.lower <= values[4]
        assert values[35] <= camp.upper <= values[36]
        assert f"{camp.jaccard:.2f} [{camp.lower:.2f}, {camp.upper:.2f}], " in str(found)
    assert "[...]  the middle 80 % of these likenesses." in str(found)
    plain = stances.camps(matrix, stability=40, rng=3)
    assert [camp.jaccard for camp in plain] == [camp.jaccard for camp in found]
    assert np.isnan([camp.lower for camp in plain]).all()
    with pytest.raises(FieldError, match="goes with stability"):
        stances.camps(matrix, interval=0.95)
    with pytest.raises(FieldError):
        stances.camps(matrix, stability=40, interval=1.0)
