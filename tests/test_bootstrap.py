"""Bootstrap intervals: what is drawn, from where, and that it can be repeated."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stances import MEASURES, VOTE, Positions, StancesError, agreement_matrix, matrices_by
from stances.bootstrap import blocks_of, resampling
from stances.models import Question
from stances.scales import Scale
from stances.strategies import positions
from stances.uncertainty import Interval, seed_of


def table(n=20, n_actors=3, seed=1, **about):
    """Votes of some actors, half of them alike."""
    codes = np.random.default_rng(seed).integers(0, 3, (n_actors, n))
    codes[1, : n // 2] = codes[0, : n // 2]
    return Positions.from_codes(codes, scale=VOTE, **about)


def drawn(data, measure="agreement", **about):
    """A matrix with bootstrap intervals of few resamples."""
    about = {"interval": 0.95, "method": "bootstrap", "n_resamples": 60, "rng": 7} | about
    return agreement_matrix(data, measure, **about)


@pytest.mark.parametrize("measure", MEASURES)
@settings(max_examples=10)
@given(positions(min_actors=2, max_actors=3, weights=st.sampled_from([0.5, 1.0, 2.0])))
def test_bootstrap_intervals_keep_what_intervals_keep(measure, data):
    """They contain the value, lie in the range, and are missing where the value is."""
    matrix = drawn(data, measure, n_resamples=20)
    low, high = MEASURES[measure].range
    defined = ~np.isnan(matrix.values)
    assert np.array_equal(defined, ~np.isnan(matrix.lower))
    assert (matrix.lower[defined] <= matrix.values[defined]).all()
    assert (matrix.values[defined] <= matrix.upper[defined]).all()
    assert matrix.lower[defined].min(initial=low) >= low - 1e-12
    assert matrix.upper[defined].max(initial=high) <= high + 1e-12


def test_the_same_seed_gives_the_same_numbers():
    """An int, its SeedSequence, and the seed kept in the result repeat a run; another int does not."""
    first = drawn(table(), rng=42)
    for rng in (42, np.int64(42), np.random.SeedSequence(42), first.interval.seed):
        assert np.array_equal(drawn(table(), rng=rng).lower, first.lower)
    assert not np.array_equal(drawn(table(), rng=43).lower, first.lower)


def test_without_a_seed_the_entropy_is_kept():
    """A run without a seed can be repeated from the entropy in its result."""
    first = drawn(table(), rng=None)
    assert first.interval.document()["entropy"] == first.interval.entropy
    assert np.array_equal(drawn(table(), rng=first.interval.entropy).upper, first.upper)
    assert agreement_matrix(table(), interval=0.9).interval.entropy is None


def test_a_generator_goes_on():
    """A Generator gives other numbers at each call, and the same ones from the same start."""
    one, other = np.random.default_rng(5), np.random.default_rng(5)
    first, second = drawn(table(), rng=one), drawn(table(), rng=one)
    assert not np.array_equal(first.lower, second.lower)
    assert np.array_equal(drawn(table(), rng=other).lower, first.lower)
    assert np.array_equal(drawn(table(), rng=np.random.PCG64(5)).lower, first.lower)


@pytest.mark.parametrize("rng", [True, -1, 1.5, "seed", np.random.RandomState(1)])
def test_what_is_no_seed_is_refused(rng):
    """A bool, a negative or broken number and the old RandomState are no seeds."""
    with pytest.raises(StancesError, match="rng"):
        seed_of(rng)


def test_tiles_do_not_matter():
    """Tiles of two actors draw the questions that one tile draws."""
    data = table(n_actors=5)
    whole = drawn(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resampling, "TILE", 2)
        tiled = drawn(data)
    assert np.allclose(tiled.lower, whole.lower, atol=1e-12, equal_nan=True)


def test_bootstrap_and_influence_agree_on_many_questions():
    """With 400 questions the two methods give nearly the same ends."""
    data = table(400)
    for measure in ("agreement", "cohen_kappa", "kendall_tau_b"):
        one, other = agreement_matrix(data, measure, interval=0.95), drawn(data, measure, n_resamples=600)
        width = one.upper[0, 1] - one.lower[0, 1]
        assert other.lower[0, 1] == pytest.approx(one.lower[0, 1], abs=0.12 * width)
        assert other.upper[0, 1] == pytest.approx(one.upper[0, 1], abs=0.12 * width)


def clustered(n_blocks=8, per_block=10):
    """Two actors who agree on all questions of every second session."""
    sessions = np.repeat(np.arange(n_blocks), per_block)
    codes = np.vstack([np.full(len(sessions), 2), np.where(sessions % 2, 2, 0)])
    questions = [
        Question(f"q{j}", "?", VOTE, session=f"s{k}", date=str(2000 + k), issues=["gaza"])
        for j, k in enumerate(sessions)
    ]
    return Positions.from_codes(codes, scale=VOTE, questions=questions)


def test_blocks_widen_intervals_of_clustered_questions():
    """Where the questions of a session go together, drawing sessions shows how little 80 questions say."""
    data = clustered()
    single, sessions, years = (
        drawn(data, n_resamples=300, blocks=blocks) for blocks in (None, "session", "year")
    )
    width = single.upper[0, 1] - single.lower[0, 1]
    assert sessions.upper[0, 1] - sessions.lower[0, 1] > 2 * width
    assert np.array_equal(sessions.lower, years.lower)
    assert "sessions drawn anew 300 times" in str(sessions)


def test_one_block_is_refused():
    """If all questions lie in one block, nothing can vary, and the error says so."""
    with pytest.raises(StancesError, match="one block"):
        drawn(clustered(), blocks="issue")


def test_questions_without_a_name_are_blocks_of_their_own():
    """A question without a session is drawn by itself."""
    names = ["s1", None, "s1", None]
    questions = [Question(f"q{j}", "?", VOTE, session=name) for j, name in enumerate(names)]
    data = Positions.from_codes([[0, 1, 2, 1]], scale=VOTE, questions=questions)
    assert blocks_of(data, "session").tolist() == [0, 1, 0, 2]
    assert blocks_of(data, None).tolist() == [0, 1, 2, 3]


def test_complete_agreement_has_a_width():
    """Two actors who agree on all ten questions are not sure to agree on the next."""
    codes = np.tile(np.arange(10) % 3, (2, 1))
    lower = drawn(Positions.from_codes(codes, scale=VOTE), n_resamples=300).lower[0, 1]
    assert 0.5 < lower < 0.95


def test_one_question_says_nothing():
    """With one shared question the interval is the whole range."""
    matrix = drawn(Positions.from_codes([[2, 1], [0, -1]], scale=VOTE))
    assert (matrix.lower[0, 1], matrix.upper[0, 1]) == (0, 1)


def test_progress_is_told():
    """The callable hears of every resample, or of every question where these are fewer."""
    heard = []
    drawn(table(), n_resamples=12, progress=lambda done, due: heard.append((done, due)))
    assert heard == [(k, 12) for k in range(1, 13)]
    heard.clear()
    drawn(table(n=8), n_resamples=12, progress=lambda done, due: heard.append((done, due)))
    assert heard == [(k, 8) for k in range(1, 9)]


def test_slices_have_seeds_of_their_own():
    """Each year of a bootstrap has its own numbers, and the whole can be repeated."""
    data = clustered()
    one, other = (
        matrices_by(data, "year", interval=0.9, method="bootstrap", n_resamples=20, rng=3) for _ in range(2)
    )
    assert {name: m.lower.tolist() for name, m in one.items()} == {
        name: m.lower.tolist() for name, m in other.items()
    }
    assert len({m.interval.seed.spawn_key for m in one.values()}) == len(one)


@pytest.mark.parametrize(
    ("about", "message"),
    [
        ({"method": "bootstrap", "interval": None}, "goes with an interval"),
        ({"rng": 1, "interval": None, "method": "influence"}, "goes with an interval"),
        ({"method": "jackknife"}, "not one of influence, bootstrap"),
        ({"blocks": "sessions"}, "did you mean 'session'"),
        ({"blocks": "session", "method": "influence"}, "goes with method='bootstrap'"),
        ({"n_resamples": 0}, "n_resamples"),
        ({"n_resamples": True}, "n_resamples"),
    ],
)
def test_requests_that_make_no_sense(about, message):
    """What does not fit together is refused with what would."""
    with pytest.raises(StancesError, match=message):
        drawn(table(), **about)


def test_a_record_tells_all_that_repeats_it():
    """The record beside a file holds level, method, blocks, number, entropy and numpy's version."""
    about = Interval(0.9, "bootstrap", "session", 50, 11).document()
    assert about == {
        "level": 0.9,
        "method": "bootstrap",
        "blocks": "session",
        "n_resamples": 50,
        "entropy": 11,
        "spawn_key": [],
        "numpy": np.__version__,
    }
    assert Interval(0.9).document() == {"level": 0.9, "method": "influence"}


def test_a_pair_within_one_block_is_not_sure():
    """Where all that two actors share lies in one session, drawing sessions tells nothing of the pair."""
    rng = np.random.default_rng(4)
    sessions = np.repeat(["1", "2"], [40, 5])
    codes = rng.integers(0, 3, (3, 45))
    codes[1, 40:] = -1
    questions = [Question(f"q{j}", "?", VOTE, session=name) for j, name in enumerate(sessions)]
    data = Positions.from_codes(codes, scale=VOTE, questions=questions)
    matrix = drawn(data, blocks="session")
    assert (matrix.lower[0, 1], matrix.upper[0, 1]) == (0, 1)
    assert matrix.upper[0, 2] - matrix.lower[0, 2] < 1


def test_a_slice_of_one_block_leaves_the_others_alone():
    """A year with a single session has no block interval; the other years keep theirs."""
    names = ["a", "a", "b", "b", "c", "c"]
    years = [2001, 2001, 2001, 2001, 2002, 2002]
    questions = [
        Question(f"q{j}", "?", VOTE, session=name, date=str(year))
        for j, (name, year) in enumerate(zip(names, years, strict=True))
    ]
    data = Positions.from_codes([[2, 0, 1, 2, 2, 0], [2, 1, 1, 0, 2, 2]], scale=VOTE, questions=questions)
    by_year = matrices_by(
        data, "year", interval=0.9, method="bootstrap", blocks="session", n_resamples=20, rng=1
    )
    assert (by_year["2002"].lower[0, 1], by_year["2002"].upper[0, 1]) == (0, 1)
    assert by_year["2001"].upper[0, 1] - by_year["2001"].lower[0, 1] < 1


def test_silences_at_the_middle_are_drawn_too():
    """Under `neutral` thirty agreements with a silence are no certainty."""
    data = Positions.from_codes([[1] * 30, [-2] * 30], scale=VOTE)
    assert drawn(data, silence="neutral", n_resamples=200).lower[0, 1] < 1


def test_questions_without_weight_are_not_drawn():
    """A question of weight 0 changes no interval."""
    codes = np.random.default_rng(2).integers(0, 3, (2, 12))
    plain = Positions.from_codes(codes, scale=VOTE)
    extra = [Question(f"x{k}", "?", VOTE, weight=0) for k in range(5)]
    more = Positions(
        plain.actors, [*plain.questions, *extra], np.hstack([codes, np.zeros((2, 5), dtype=int)])
    )
    assert np.array_equal(drawn(plain).lower, drawn(more).lower)


@pytest.mark.parametrize("rng", [np.int64(7), [1, 2], (3, 4), np.array([5, 6])])
def test_seeds_can_be_written_down(rng):
    """Whatever gives the seed, the record of a run is plain JSON, and repeats it."""
    matrix = drawn(table(), rng=rng)
    assert json.loads(matrix.to_json())["interval"]["entropy"] is not None
    assert np.array_equal(drawn(table(), rng=matrix.interval.entropy).lower, matrix.lower)


def test_a_generator_without_a_seed_is_refused():
    """A generator of numpy's old kind has no seed that could be kept."""
    with pytest.raises(StancesError, match="rng"):
        seed_of(np.random.Generator(np.random.RandomState(3)._bit_generator))


@pytest.mark.parametrize("n_resamples", [1, 9, 10**9])
def test_too_few_or_too_many_resamples(n_resamples):
    """A handful of resamples makes no interval, and a billion no end."""
    with pytest.raises(StancesError, match="from 10 to 100000"):
        drawn(table(), n_resamples=n_resamples)


def test_a_seed_without_a_bootstrap_is_refused():
    """The influence method draws nothing, so a seed given to it is a mistake."""
    with pytest.raises(StancesError, match="goes with method='bootstrap'"):
        agreement_matrix(table(), interval=0.95, rng=1)


def test_memory_is_bounded_whatever_the_scale():
    """A bootstrap of tables of 21 levels by 21 holds few of them at a time."""
    import tracemalloc

    codes = np.random.default_rng(2).integers(0, 21, (12, 60))
    questions = [
        Question(f"q{j}", "?", Scale("s", [str(k) for k in range(21)]), session=str(j % 5)) for j in range(60)
    ]
    data = Positions.from_codes(codes, scale=[q.scale for q in questions], questions=questions)
    tracemalloc.start()
    try:
        drawn(data, "krippendorff_alpha_ordinal", blocks="session", n_resamples=400)
        assert tracemalloc.get_traced_memory()[1] < 300e6
    finally:
        tracemalloc.stop()
