"""Many voters matched with a few parties: the values of a matrix, block by block, and ties that stay ties."""

import tracemalloc
from functools import partial

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import stances
from stances import MEASURES, SUPPORT, VOTE, Measure, Positions, Question, Scale, agreement_matrix, nearest
from stances.errors import (
    DifferentScalesError,
    FieldError,
    NoQuestionsInCommonError,
    SilencePolicyError,
    UnorderedScaleError,
)
from stances.matching import finding
from stances.strategies import positions

weights = st.sampled_from([0.0, 0.1, 0.5, 1.0, 2.0, 1 / 3, 0.7331])
tables = partial(positions, min_actors=2, max_actors=7, min_questions=1, weights=weights)
ONE_SCALE = st.just(SUPPORT)


def parted(table, n_voters=None):
    """The first actors of a table as voters, the others as parties."""
    n = n_voters or table.n_actors // 2
    return table.rows(table.actors[:n]), table.rows(table.actors[n:])


def cells(found):
    """What is known of each voter and party: value, support, questions used and reason."""
    columns = found.columns()
    names = ("value", "n_shared", "n_used", "why")
    rows = zip(*(columns[name] for name in ("voter", "party", *names)), strict=True)
    return {(voter, party): about for voter, party, *about in rows}


def assert_as_in_the_matrix(found, matrix):
    for pair, (value, n_shared, n_used, why) in cells(found).items():
        cell = matrix.cell(*pair)
        assert (n_shared, n_used, why) == (cell.n_shared, cell.n_used, cell.why)
        assert value == pytest.approx(cell.value, abs=1e-12, nan_ok=True)


def slow(voters, parties, factor):
    """Graded agreement by a plain loop, as (-value, id) in the order that is due; None where undefined."""
    for i, voter in enumerate(voters.actors):
        row = []
        for p, party in enumerate(parties.actors):
            disagreed = weight = 0.0
            for j, question in enumerate(voters.questions):
                x, y, w = voters.codes[i, j], parties.codes[p, j], question.weight * factor[i, j]
                if x >= 0 and y >= 0 and w > 0:
                    at = question.scale.unit_values
                    disagreed, weight = disagreed + w * abs(at[x] - at[y]), weight + w
            value = 1 - disagreed / weight if weight else None
            row.append((value is None, 0.0 if value is None else -round(value, 11), party))
        yield voter, sorted(row)


@given(tables(), st.data())
def test_the_plain_loop(table, data):
    """Values and order are those of a plain loop over voters, parties and questions, with weights for each voter."""
    voters, parties = parted(table)
    shape = voters.codes.shape
    factor = np.array(
        [[data.draw(st.sampled_from([0, 1, 2])) for _ in range(shape[1])] for _ in range(shape[0])]
    )
    found = nearest(voters, parties, 99, weights=factor)
    for voter, due in slow(voters, parties, factor):
        got = found[voter]
        assert [(m.why != "", m.party) for m in got] == [(none, party) for none, _, party in due]
        assert [m.value for m in got if not m.why] == pytest.approx(
            [-v for none, v, _ in due if not none], abs=1e-10
        )


@settings(max_examples=15)
@pytest.mark.parametrize("silence", ["skip", "half", "neutral"])
@pytest.mark.parametrize("measure", MEASURES)
@given(table=tables(), min_shared=st.integers(1, 3))
def test_every_cell_is_that_of_the_matrix(measure, silence, table, min_shared):
    """Value, support and reason of a voter and a party are those of the matrix of both together."""
    about = {"measure": measure, "silence": silence, "min_shared": min_shared}
    if silence == "half" and not MEASURES[measure].is_linear:
        with pytest.raises(SilencePolicyError, match="without chance correction"):
            nearest(*parted(table), **about)
        return
    assert_as_in_the_matrix(nearest(*parted(table), 99, **about), agreement_matrix(table, **about))


def half_apart(table):
    """Agree on both ends."""
    return table[..., 0, 0] + table[..., -1, -1]


OWN = [
    [
        [0, 0.3, 0.7, 1, 1],
        [0.3, 0, 0.1, 1, 1],
        [0.7, 0.1, 0, 0.2, 0.123456],
        [1, 1, 0.2, 0, 0],
        [1, 1, 0.123456, 0, 0],
    ],
    half_apart,
    Measure("ordinal_mean", "by margins", "mine", kernel="ordinal"),
    Measure("pi", "by chance", "mine", kernel="squared", chance="pooled"),
]


@settings(max_examples=25)
@pytest.mark.parametrize("measure", OWN, ids=["kernel", "function", "margins", "chance"])
@given(table=positions(min_actors=2, min_questions=1, scales=ONE_SCALE))
def test_measures_of_ones_own(measure, table):
    """A kernel, a function of the table, and a kernel that hangs on margins give what the matrix gives."""
    assert_as_in_the_matrix(nearest(*parted(table), 99, measure=measure), agreement_matrix(table, measure))


@given(tables(), st.sampled_from(["agreement", "cohen_kappa_linear"]), st.integers(1, 4), st.data())
def test_no_order_matters(table, measure, k, data):
    """Neither the order of parties and questions nor the size of a block changes who is nearest."""
    voters, parties = parted(table)
    whole = nearest(voters, parties, k, measure=measure)
    shuffled = parties.rows(data.draw(st.permutations(parties.actors)))
    shuffled = shuffled.take(data.draw(st.permutations(range(table.n_questions))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "BLOCK", 1)
        single = nearest(voters, shuffled, k, measure=measure)
    for voter in voters.actors:
        assert [(m.party, m.n_shared, m.why) for m in whole[voter]] == [
            (m.party, m.n_shared, m.why) for m in single[voter]
        ]
    np.testing.assert_allclose(whole.values, single.values, rtol=0, atol=1e-12)


@given(tables(), st.integers(0, 2))
def test_double_weight_is_a_question_asked_twice(table, at):
    """The weight 2 gives what the same question under two ids gives."""
    at = at % table.n_questions
    again = evolve(table.questions[at], id="again")
    codes = np.hstack([table.codes, table.codes[:, [at]]])
    twice = Positions(table.actors, (*table.questions, again), codes)
    factor = np.ones((table.n_actors // 2, table.n_questions))
    factor[:, at] = 2
    once = nearest(*parted(table), 99, weights=factor)
    np.testing.assert_allclose(once.values, nearest(*parted(twice), 99).values, rtol=0, atol=1e-12)
    for_all = nearest(*parted(table), 99, weights=factor[0])
    np.testing.assert_array_equal(once.indices, for_all.indices)
    np.testing.assert_array_equal(once.n_shared, for_all.n_shared)


@pytest.mark.parametrize("measure", ["agreement", "krippendorff_alpha", "pearson"])
@given(table=tables(), data=st.data())
def test_weights_of_a_voter_are_those_of_the_questions(measure, table, data):
    """With weights of its own a voter has the values of a matrix whose questions have these weights."""
    voters, parties = parted(table, 1)
    own = [data.draw(weights) for _ in table.questions]
    weighed = [evolve(q, weight=q.weight * w) for q, w in zip(table.questions, own, strict=True)]
    matrix = agreement_matrix(evolve(table, questions=weighed), measure)
    assert_as_in_the_matrix(nearest(voters, parties, 99, measure=measure, weights=[own]), matrix)


def test_equal_sums_tie():
    """What is equal ties and comes in the order of ids, though thirds and tenths are no floats."""
    four = Scale("four", ("a", "b", "c", "d"))
    scales = [four] * 6
    rows = [[0, 0, 0, 1, 1, 1], [1, 1, 1, 0, 0, 0], [0, 0, 0, 0, 0, 3], [3, 0, 0, 0, 0, 0]]
    parties = Positions.from_codes(
        rows, scale=scales, actors=["d", "c", "b", "a"], weights=[0.1, 0.2, 0.3] * 2
    )
    voters = Positions.from_codes([[0] * 6, [1] * 6], scale=scales, actors=["v", "w"])
    found = nearest(voters, parties, 4)
    assert [m.party for m in found["w"]] == ["c", "d", "a", "b"]
    assert len(set(found.values[1, :2].tolist())) == 1
    assert nearest(voters, parties, 1).more.tolist() == [False, True]
    assert nearest(voters, parties, 1).firsts().notes == (
        "1 voter has more nearest parties than the 1 kept here.",
    )
    assert nearest(voters, parties, 1).firsts().columns() == {
        "party": ["a", "c", "b", "d"],
        "alone": [1, 0, 0, 0],
        "tied": [0, 1, 0, 0],
    }


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from([5, 600]))
def test_many_are_sorted_as_few_are(n_parties, k, n_voters):
    """Whether few are kept or many sorted, the same come out."""
    rng = np.random.default_rng(n_parties)
    parties = Positions.from_codes(rng.integers(0, 3, (n_parties, 4)), scale=VOTE)
    voters = Positions.from_codes(rng.integers(0, 3, (n_voters, 4)), scale=VOTE)
    whole = nearest(voters, parties, n_parties)
    assert whole.indices.shape == (n_voters, n_parties)
    for row, values in zip(whole.indices[:5].tolist(), whole.values[:5].tolist(), strict=True):
        due = sorted(zip(values, row, strict=True), key=lambda pair: (-pair[0], parties.actors[pair[1]]))
        assert [p for _, p in due] == row
    np.testing.assert_array_equal(nearest(voters, parties, k).indices, whole.indices[:, :k])


def test_undefined_comes_last_with_its_reason():
    """Who shares nothing, or too little, comes last and says why."""
    parties = Positions.from_codes([[2, 2, 2], [-1, -1, 2], [-1, -1, -1]], scale=VOTE, actors=["c", "b", "a"])
    voters = Positions.from_codes([[0, 0, 0], [-2, -3, -4]], scale=VOTE, actors=["v", "mute"])
    found = nearest(voters, parties, min_shared=2)
    assert [(m.party, m.why) for m in found["v"]] == [
        ("c", ""),
        ("a", "no_shared_questions"),
        ("b", "too_few_shared"),
    ]
    assert {m.why for m in found["mute"]} == {"no_shared_questions"}
    assert np.isnan(found.values[1]).all()
    assert "1 of 2 voters cannot be compared with any party." in str(found)


def test_questions_are_matched_by_id():
    """Other orders, other names of scales, and questions of one side alone do no harm."""
    other = Scale("other-name", VOTE.levels)
    parties = Positions.from_codes([[2, 0]], scale=VOTE, questions=["a", "b"])
    voters = Positions.from_codes([[0, 1, 2]], scale=other, questions=["b", "x", "a"])
    found = nearest(voters, parties)
    assert (found[0][0].value, found[0][0].n_shared) == (1.0, 2)
    assert "2 questions on both sides; on one alone: x." in str(found)


def test_the_questionnaire_is_that_of_the_parties():
    """Weights of questions are told by the parties' table; another weight among the voters is refused."""
    parties = Positions.from_codes([[2, 0], [0, 2]], scale=VOTE, weights=[3, 1])
    assert nearest(Positions.from_codes([[2, 2]], scale=VOTE), parties)[0][0].value == 0.75
    voters = Positions.from_codes([[2, 2]], scale=VOTE, weights=[2, 1])
    with pytest.raises(FieldError, match="'q1' among the voters is 3 among the parties"):
        nearest(voters, parties)


def test_what_does_not_fit_is_refused():
    """Every mistake is told in a sentence that says what to do."""
    parties = Positions.from_codes([[2, 0]], scale=VOTE)
    voters = Positions.from_codes([[2, 0]], scale=VOTE)
    with pytest.raises(
        NoQuestionsInCommonError, match="the voters have x, y, the parties q1, q2; questions are"
    ):
        nearest(Positions.from_codes([[2, 0]], scale=VOTE, questions=["x", "y"]), parties)
    with pytest.raises(DifferentScalesError, match=r"'q1' has other levels.*'support: strongly"):
        nearest(Positions.from_codes([[2, 0]], scale=SUPPORT), parties)
    with pytest.raises(SilencePolicyError, match="gives two ends"):
        nearest(voters, parties, silence="bounds")
    two = Positions.from_codes([[1]], scale=Scale("two", ("no", "yes")))
    with pytest.raises(SilencePolicyError, match="needs a level in the middle"):
        nearest(two, two, silence="neutral")
    loose = Positions.from_codes([[1]], scale=Scale("two", ("no", "yes"), ordered=False))
    with pytest.raises(UnorderedScaleError):
        nearest(loose, loose, measure="hybrid")
    for k in (0, 1.5, True):
        with pytest.raises(FieldError, match="k "):
            nearest(voters, parties, k)
    with pytest.raises(FieldError, match="min_shared"):
        nearest(voters, parties, min_shared=0)
    with pytest.raises(FieldError, match="neither a Dataset nor Positions"):
        nearest([[1]], parties)


@pytest.mark.parametrize(
    "wrong", [[1.0], [[1.0, 2.0], [1.0, 2.0]], [1.0, -1.0], [np.nan, 1.0], [[np.inf, 1.0]], ["a", "b"]]
)
def test_weights_that_make_no_sense(wrong):
    """Weights have the shape of the voters' table, and are finite and not negative."""
    voters = Positions.from_codes([[2, 0]], scale=VOTE)
    with pytest.raises(FieldError, match="weights"):
        nearest(voters, voters, weights=wrong)


def test_weights_of_any_size():
    """Neither huge nor tiny weights of a voter, or of a question, overflow or vanish."""
    parties = Positions.from_codes([[2, 0], [0, 2]], scale=VOTE, weights=[1e300, 1e300])
    voters = Positions.from_codes([[2, 2], [2, 2]], scale=VOTE)
    found = nearest(voters, parties, weights=[[3e-300, 1e-300], [1e300, 3e300]])
    assert [found[i][0].party for i in range(2)] == ["a1", "a2"]
    assert found.values[:, 0].tolist() == pytest.approx([0.75, 0.75])


def test_float32_weights_are_taken_as_they_are():
    """A tenth in single precision is no tenth, and is not made one."""
    rng = np.random.default_rng(3)
    table = Positions.from_codes(rng.integers(0, 5, (6, 9)), scale=SUPPORT)
    own = rng.choice(np.array([0.1, 0.3, 1.0, 1e30], dtype=np.float32), (3, 9))
    voters, parties = parted(table)
    for i, voter in enumerate(voters.actors):
        weighed = [evolve(q, weight=float(w)) for q, w in zip(table.questions, own[i], strict=True)]
        matrix = agreement_matrix(evolve(table, questions=weighed))
        for match in nearest(voters, parties, weights=own)[voter]:
            assert match.value == pytest.approx(matrix[voter, match.party], abs=1e-12)


def test_nobody_and_nothing():
    """No voters, no parties, and questions without weight give empty or undefined results."""
    some = Positions.from_codes([[2, 0]], scale=VOTE)
    none = some.rows([])
    assert nearest(none, some).values.shape == (0, 1)
    assert nearest(some, none).values.shape == (1, 0)
    assert str(nearest(some, none)).startswith("Nearest parties")
    idle = Positions.from_codes([[2, 0]], scale=VOTE, weights=[0, 0])
    assert nearest(some, idle)[0][0].why == "no_shared_questions"
    assert nearest(some, idle, measure="cohen_kappa")[0][0].why == "no_shared_questions"


@pytest.mark.parametrize("measure", ["agreement", "cohen_kappa"])
def test_memory_grows_with_the_result_alone(measure):
    """Beside the result, ten times the voters take hardly more memory."""
    rng = np.random.default_rng(1)
    parties = Positions.from_codes(rng.integers(0, 5, (20, 30)), scale=SUPPORT)

    def beside(n_voters):
        voters = Positions.from_codes(rng.integers(0, 5, (n_voters, 30), dtype=np.int8), scale=SUPPORT)
        tracemalloc.start()
        found = nearest(voters, parties, 3, measure=measure)
        kept, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(found) == n_voters
        return peak - kept

    many = 40_000 if measure == "agreement" else 8_000
    assert beside(many) < 2 * beside(many // 4) + 2_000_000
    assert beside(many) < 100_000_000


def test_progress_is_told_and_can_stop(monkeypatch):
    """After each block the voters done and due are told; an interrupt there leaves nothing behind."""
    monkeypatch.setattr(finding, "BLOCK", 2)
    voters, told = Positions.from_codes([[0]] * 5, scale=VOTE), []
    nearest(voters, voters, progress=lambda done, due: told.append((done, due)))
    assert told == [(2, 5), (4, 5), (5, 5)]

    def stop(done, due):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        nearest(voters, voters, progress=stop)


def test_results_are_kept_as_they_are():
    """Arrays are read-only, a voter is found by id or row, and an unknown one is told."""
    data = stances.load("un-landmark-votes")
    found = nearest(data, data, 3)
    assert repr(found) == "<Nearest (agreement): 3 of 21 parties for 21 voters>"
    for name in ("indices", "values", "n_shared", "n_used", "reasons", "more"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(found, name)[0] = 0
    assert found["FRA"][0].value == 1.0
    assert found[found.voters.index("FRA")] == found["FRA"]
    assert len(list(found)) == len(found) == 21
    with pytest.raises(stances.StancesError, match="did you mean 'FRA'"):
        found["FRX"]


def test_what_is_printed():
    """A dozen voters stand with value and support, thin ones in brackets, and below how often each party is first."""
    rng = np.random.default_rng(2)
    questions = [Question(f"q{k}", "?", VOTE) for k in range(6)]
    parties = Positions.from_codes(rng.integers(0, 3, (7, 6)), scale=VOTE, questions=questions, name="party")
    codes = rng.integers(0, 3, (20, 6))
    codes[1, :3] = -2
    voters = Positions.from_codes(codes, scale=VOTE, questions=questions, name="poll")
    found = nearest(voters, parties, 6)
    text = str(found)
    assert text.startswith("Nearest parties · party to poll · agreement · silences skipped\nvoter")
    assert " of 3" in text.splitlines()[3]
    assert "(...)  fewer than 5 shared questions" in text
    assert "Shown are 12 of 20 voters. Whole: --format csv or json." in text
    assert "How often each party is nearest, of 20 voters" in text
    assert len(found.columns()["voter"]) == 120
    assert found.to_csv().startswith("voter,rank,party,value,n_shared,n_used,why,measure,silence\n")
    assert found.document()["firsts"]["party"]
    assert "<table" in found.to_table("html")
    assert " · weighted" in nearest(voters, parties, weights=np.ones(6)).title


def test_published_agreement_of_the_wahlomat(shared_file):
    """A voter who answers as the CDU has the published agreement with the SPD, exact and graded."""
    parties = stances.read_wahlomat(shared_file("data/wahlomat/data/2021/deutschland"))
    found = {measure: nearest(parties, parties, 99, measure=measure) for measure in ("exact", "agreement")}
    values = {
        measure: {(a, m.party): m.value for a in ("CDU / CSU", "GRÜNE") for m in table[a]}
        for measure, table in found.items()
    }
    pairs = (("CDU / CSU", "SPD"), ("GRÜNE", "DIE LINKE"))
    got = [values[measure][pair] for pair in pairs for measure in ("exact", "agreement")]
    assert got == pytest.approx([0.3947, 0.5132, 0.8158, 0.8684], abs=5e-5)


def test_weights_of_a_voter_are_relative():
    """Huge weights count as equal ones do, by tables too."""
    rng = np.random.default_rng(3)
    parties, voters = (Positions.from_codes(rng.integers(0, 3, (4, 9)), scale=VOTE) for _ in range(2))
    for measure in ("agreement", "cohen_kappa"):
        one, other = (
            nearest(voters, parties, measure=measure, weights=np.full((4, 9), w)) for w in (1.0, 1e300)
        )
        assert np.array_equal(one.indices, other.indices)
        assert np.allclose(one.values, other.values)
