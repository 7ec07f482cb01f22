"""Pair counts against a slow oracle, and their blocks, tiles and weights."""

import itertools
import math

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from stances import MEASURES, SUPPORT, VOTE, Measure, PairCounts, Positions, StancesError, agreement_matrix
from stances.computing import computed as computing_module
from stances.counts import EVERYTHING, Answers, Plan, by_scale
from stances.counts import answers as answers_module
from stances.counts import products as products_module
from stances.scales import Scale
from stances.silence import Policy, evaluate
from stances.strategies import positions, scales

weighted = positions(scales=st.sampled_from([VOTE, SUPPORT]), weights=st.sampled_from([0.0, 1.0, 0.5, 2.0]))


def slow_counts(table):
    """Count pair by pair and question by question, with plain dictionaries."""
    cells, shared, lone = {}, {}, {}
    for i, j in itertools.product(range(table.n_actors), repeat=2):
        for q, question in enumerate(table.questions):
            a, b = int(table.codes[i, q]), int(table.codes[j, q])
            k, l = (code if code >= 0 else "gap" if code in (-2, -3) else None for code in (a, b))
            if question.weight == 0 or None in (k, l):
                continue
            cells[i, j, question.scale.id, k, l] = (
                cells.get((i, j, question.scale.id, k, l), 0) + question.weight
            )
            shared[i, j] = shared.get((i, j), 0) + (k != "gap" and l != "gap")
            lone[i, j] = lone.get((i, j), 0) + ((k == "gap") != (l == "gap"))
    return cells, shared, lone


@pytest.mark.parametrize("few", [0, 8])
@given(weighted)
def test_counts_equal_the_slow_oracle(few, table):
    """The products of planes count what a plain loop counts, weight by weight or question by question."""
    cells, shared, lone = slow_counts(table)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answers_module, "FEW_WEIGHTS", few)
        counts = PairCounts.of(table)
    for i, j in itertools.product(range(table.n_actors), repeat=2):
        assert counts.n_shared[i, j] == shared.get((i, j), 0)
        assert counts.n_lone[i, j] == lone.get((i, j), 0)
    for stratum in counts.strata:
        names = [*range(stratum.scale.n_levels), "gap"]
        for index in np.ndindex(stratum.cells.shape):
            i, j, k, l = index
            expected = cells.get((i, j, stratum.scale.id, names[k], names[l]), 0)
            assert stratum.cells[index] == pytest.approx(expected, abs=1e-12)


@given(positions(max_questions=12, scales=st.just(VOTE)))
def test_block_length_does_not_matter(table):
    """Blocks of three questions give exactly the counts of one block."""
    whole = PairCounts.of(table)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(products_module, "QUESTION_BLOCK", 3)
        blocked = PairCounts.of(table)
    assert np.array_equal(blocked.n_shared, whole.n_shared)
    for one, other in zip(blocked.strata, whole.strata, strict=True):
        assert np.array_equal(one.cells, other.cells)


@pytest.mark.parametrize("measure", MEASURES)
@given(positions(max_actors=7, max_questions=12, weights=st.sampled_from([1.0, 0.5])))
def test_tiles_do_not_matter(measure, table):
    """Tiles of two actors, pieces of three questions and parts of a few pairs give the same, bit by bit."""
    whole = agreement_matrix(table, measure)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(computing_module, "TILE", 2)
        patch.setattr(computing_module, "PART_NUMBERS", 1)
        patch.setattr(answers_module, "PIECE", 3)
        patch.setattr(products_module, "PLANES", 1)
        tiled = agreement_matrix(table, measure)
    assert np.array_equal(tiled.values, whole.values, equal_nan=True)
    assert np.array_equal(tiled.n_shared, whole.n_shared)


@given(
    st.data(),
    st.sampled_from([2, 8]),
    st.integers(0, 9),
    st.booleans(),
    st.sampled_from([(), (0,), (1,), (3,)]),
)
def test_pieces_hold_each_question_once(data, few, n_questions, salience, actors):
    """However weights differ, each question stands in one piece of at most three, with its own weights."""
    shape = (*actors, n_questions)
    n_weights = math.prod(shape)
    drawn = data.draw(st.lists(st.sampled_from([0.5, 1, 2, 3]), min_size=n_weights, max_size=n_weights))
    weights = np.array(drawn, dtype=float).reshape(shape)
    chosen = np.flatnonzero(data.draw(st.lists(st.booleans(), min_size=n_questions, max_size=n_questions)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answers_module, "PIECE", 3)
        patch.setattr(answers_module, "FEW_WEIGHTS", few)
        pieces = list(answers_module.pieces_of(chosen, weights, salience))
    met = [(np.arange(n_questions)[questions], factor) for questions, factor in pieces]
    assert all(len(questions) <= 3 for questions, _ in met)
    assert sorted(q for questions, _ in met for q in questions) == ([] if 0 in actors else chosen.tolist())
    for questions, factor in met:
        assert np.array_equal(np.broadcast_to(factor, (*actors, len(questions))), weights[..., questions])


def test_counts_of_different_actors_do_not_add():
    """Adding counts of other actors is refused, not aligned by luck."""
    one = PairCounts.of(Positions.from_codes([[0]], scale=VOTE, actors=["FRA"]))
    other = PairCounts.of(Positions.from_codes([[0]], scale=VOTE, actors=["CHN"]))
    due = "^counts of different actors cannot be added; select the same actors, in one order$"
    with pytest.raises(StancesError, match=due):
        one + other


@given(weighted, weighted)
def test_counts_add_scale_by_scale(one, other):
    """The sum has the scales of both, each with its cells and squares of weights; counts of nothing add nothing."""
    n = min(one.n_actors, other.n_actors)
    first, second = (PairCounts.of(table.select(actors=table.actors[:n])) for table in (one, other))
    total = first + second
    kinds = {scale.id: scale for counts in (first, second) for scale in (s.scale for s in counts.strata)}
    assert {stratum.scale.id for stratum in total.strata} == set(kinds)
    for stratum in total.strata:
        parts = [s for counts in (first, second) for s in counts.strata if s.scale == stratum.scale]
        assert np.array_equal(stratum.cells, sum(part.cells for part in parts))
        assert np.allclose(stratum.squares, sum(part.squares for part in parts), rtol=1e-15)


def test_squares_of_plain_counts_are_no_second_table():
    """Where every weight is 1 the squares are the cells themselves, also of a sum and of a part."""
    plain = PairCounts.of(Positions.from_codes([[0, 1], [0, 2]], scale=VOTE))
    heavy = PairCounts.of(Positions.from_codes([[0, 1], [0, 2]], scale=VOTE, weights=[2.0, 2.0]))
    for counts in (plain, plain + plain, plain.part(slice(0, 1))):
        assert counts.strata[0].squares is counts.strata[0].cells
    for counts in (heavy, plain + heavy, heavy + plain):
        assert counts.strata[0].squares is not counts.strata[0].cells
    assert np.array_equal((plain + heavy).strata[0].squares, 5 * plain.strata[0].cells)


@pytest.mark.hostile("N02")
def test_scales_of_one_level_are_left_out():
    """A question with a single level compares nothing and is not counted."""
    table = Positions.from_codes([[0, 2], [0, 2]], scale=[Scale("one", ["yes"]), VOTE])
    matrix = agreement_matrix(table)
    assert matrix.n_shared.tolist() == [[1, 1], [1, 1]]
    assert "Left out, as a single level compares nothing: q1.\n" in str(matrix)
    nothing = str(agreement_matrix(table.select(questions=["q1"])))
    assert nothing.endswith(
        "no question is left to compare.\nLeft out, as a single level compares nothing: q1."
    )


@given(
    st.lists(scales(ordered=st.just(True)), min_size=1, max_size=3, unique_by=lambda scale: scale.id),
    st.data(),
)
def test_scales_pool_by_sums(kinds, data):
    """Questions on several scales pool as one mean over questions, not as a mean of means."""
    table = data.draw(positions(min_actors=2, max_actors=2, scales=st.sampled_from(kinds)))
    terms = [
        abs(q.scale.unit_values[a] - q.scale.unit_values[b])
        for q, (a, b) in zip(table.questions, table.codes.T, strict=True)
        if a >= 0 and b >= 0
    ]
    value = agreement_matrix(table).values[0, 1]
    assert np.isnan(value) if not terms else value == pytest.approx(1 - sum(terms) / len(terms), abs=1e-12)


def test_counts_add_up_exactly():
    """Counts of blocks are added in whole numbers, however many there are."""
    n = 2**24 + 3
    codes = np.zeros((2, 8), dtype=np.int8)
    table = Positions.from_codes(codes, scale=VOTE)
    total = PairCounts.of(table)
    for _ in range(21):
        total = total + total
    assert total.n_shared[0, 1] == 8 * 2**21 == 2**24
    assert (total + PairCounts.of(table.take([0, 1, 2]))).strata[0].table[0, 1, 0, 0] == n


def test_what_is_counted_can_be_chosen():
    """Weights in place of the questions' own, questions by number, once or twice, and saliences."""
    table = Positions.from_codes([[0, 1, 2], [0, 2, 2]], scale=VOTE, weights=[1.0, 2.0, 3.0])
    salient = evolve(table, saliences=np.array([[1.0, 3.0, np.nan], [2.0, 1.0, 1.0]]))
    twice = PairCounts.of(table, groups=[(VOTE, np.array([0, 2, 2]))])
    heavy = PairCounts.of(table, weights=np.array([0.0, 7.0, 0.5]))
    by_salience = PairCounts.of(salient, salience=True)
    assert (twice.n_shared[0, 1], heavy.n_shared[0, 1], by_salience.n_shared[0, 1]) == (3, 2, 2)
    for counts, due in (
        (twice, {(0, 0): 1, (2, 2): 6}),
        (heavy, {(1, 2): 7, (2, 2): 0.5}),
        (by_salience, {(0, 0): 1.5, (1, 2): 4}),
    ):
        table_of_two = counts.strata[0].table[0, 1]
        assert {at: table_of_two[at] for at in zip(*np.nonzero(table_of_two), strict=True)} == due


def test_saliences_go_with_their_actors():
    """Where actors are taken in another order, so are their saliences; where none is known, nothing counts."""
    table = Positions.from_codes([[0, 1], [0, 2], [1, 2]], scale=VOTE)
    saliences = np.array([[1.0, 3.0], [2.0, 1.0], [5.0, 7.0]])
    order = np.array([2, 0, 1])
    turned = Answers.of(evolve(table, saliences=saliences), order=order, salience=True)
    assert turned.actors == ("a3", "a1", "a2")
    assert turned.codes.tolist() == [[1, 2], [0, 1], [0, 2]]
    assert turned.saliences.tolist() == [[5, 7], [1, 3], [2, 1]]
    assert Answers.of(evolve(table, saliences=saliences), order=order).saliences is None
    assert PairCounts.of(table, salience=True).n_shared.tolist() == [[0] * 3] * 3


@pytest.mark.parametrize("few", [0, 8])
@given(positions(scales=st.just(VOTE), weights=st.sampled_from([0.5, 2.0])), st.data())
def test_squared_weights_equal_a_plain_loop(few, table, data):
    """What intervals rest on: the square of weight times mean salience, question by question."""
    drawn = st.lists(st.sampled_from([0.5, 1.0, 3.0]), min_size=table.codes.size, max_size=table.codes.size)
    saliences = np.array(data.draw(drawn)).reshape(table.codes.shape)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answers_module, "FEW_WEIGHTS", few)
        plain, salient = (
            PairCounts.of(evolve(table, saliences=saliences), salience=by) for by in (False, True)
        )
    for i, j in itertools.product(range(table.n_actors), repeat=2):
        due = np.zeros((2, 4, 4))
        for q, weight in enumerate(table.weights):
            k, l = (3 if code in (-2, -3) else int(code) for code in table.codes[[i, j], q])
            if min(k, l) >= 0:
                due[0, k, l] += weight**2
                due[1, k, l] += (weight * saliences[[i, j], q].mean()) ** 2
        for counts, squares in zip((plain, salient), due, strict=True):
            found = counts.strata[0].squares[i, j] if counts.strata else np.zeros((4, 4))
            assert np.allclose(found, squares, rtol=1e-14)


@given(weighted, st.data())
def test_two_groups_are_counted_across(table, data):
    """Counts of two tables of codes are those of the two side by side; rows may weigh questions differently."""
    n = data.draw(st.integers(0, table.n_actors))
    weights = np.where(table.weights > 0, table.weights, 1.0)
    groups = by_scale(table, weights)
    across = PairCounts.across(groups, table.codes[:n], table.codes[n:], weights)
    each = PairCounts.across(groups, table.codes[:n], table.codes[n:], np.tile(weights, (n, 1)))
    whole = PairCounts.of(table, weights=weights)
    assert (across.rows, across.columns) == (
        tuple(map(str, range(n))),
        tuple(map(str, range(table.n_actors - n))),
    )
    assert across.plan == EVERYTHING
    few = Plan(silences=False, squares=False)
    assert PairCounts.across(groups, table.codes[:n], table.codes[n:], weights, few).plan == few
    for counts in (across, each):
        assert np.array_equal(counts.n_shared, whole.n_shared[:n, n:])
        for one, other in zip(counts.strata, whole.strata, strict=True):
            assert one.scale == other.scale
            assert np.allclose(one.cells, other.cells[:n, n:], rtol=1e-15)
            assert np.array_equal(one.n_lone, other.n_lone[:n, n:])


def test_counts_by_different_plans_do_not_add():
    """What one plan did not sum cannot be made up for."""
    table = Positions.from_codes([[0, -2], [0, 1]], scale=VOTE)
    plans = (Plan(), Plan(silences=False), Plan(squares=False), Plan(MEASURES["exact"], False, False))
    for one, other in itertools.permutations(plans, 2):
        with pytest.raises(
            StancesError, match="counts by different plans cannot be added; count both by the same one"
        ):
            PairCounts.of(table, plan=one) + PairCounts.of(table, plan=other)


def test_weights_that_cancel_out_are_weights():
    """Parts whose weights come to the number of questions add up to the whole."""
    table = Positions.from_codes([[0, 1], [2, 1]], scale=VOTE, weights=[1.0001, 0.9999])
    plan = Plan(MEASURES["agreement"], silences=False, squares=False)
    parts = (PairCounts.of(table.take([k]), plan=plan) for k in range(2))
    one, two = (
        evaluate(c, MEASURES["agreement"], Policy.SKIP)
        for c in (PairCounts.of(table, plan=plan), next(parts) + next(parts))
    )
    assert two.parts.values[0, 1] == one.parts.values[0, 1] != 0.5


def test_what_was_counted_cannot_be_changed():
    """Arrays of counts and of the scales of positions are read-only."""
    table = Positions.from_codes([[0, 1, 2], [0, 2, 2]], scale=VOTE)
    counts = PairCounts.of(table)
    for array in (counts.n_shared, *counts.strata[0].sums.values(), table.by_scale[0][1]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_silences_that_were_not_counted_cannot_be_read():
    """The last level is not taken for silence."""
    table = Positions.from_codes([[0, -2], [0, 1]], scale=VOTE)
    stratum = PairCounts.of(table, plan=Plan(silences=False)).strata[0]
    with pytest.raises(StancesError, match="n_lone was not counted"):
        stratum.lone_rows  # noqa: B018  # asking is what fails


UNEVEN = Scale("uneven", [str(k) for k in range(12)], [0, 1, 3, 4, 7, 8, 10, 15, 16, 21, 30, 31])


@pytest.mark.parametrize("measure", ["agreement", "signorino_ritter_s_squared", "scott_pi_quadratic"])
def test_questions_of_uneven_scales_may_come_in_any_order(measure):
    """Broken numbers are summed in the order of ids, so that no bit depends on that of the table."""
    rng = np.random.default_rng(5)
    table = Positions.from_codes(rng.integers(0, 12, (20, 300)), scale=UNEVEN)
    other = table.take(rng.permutation(300))
    assert np.array_equal(agreement_matrix(table, measure).values, agreement_matrix(other, measure).values)


KERNEL = Measure("broken", "t", "r", kernel=[[0, 0.1, 0.7], [0.1, 0, 0.3], [0.7, 0.3, 0]])
BROKEN = Scale("broken", ["a", "b", "c", "d"], [0, 1, 3, 10])


@pytest.mark.parametrize("scale", [VOTE, SUPPORT, BROKEN, UNEVEN], ids=lambda scale: scale.id)
@pytest.mark.parametrize("measure", [*MEASURES.values(), KERNEL], ids=str)
def test_both_halves_are_the_same_bit_by_bit(measure, scale):
    """A agrees with B exactly as B with A, though numbers that are not whole are added in another order."""
    if measure is KERNEL and scale is not VOTE:
        pytest.skip("the kernel is one of three levels")
    codes = np.random.default_rng(0).integers(-1, scale.n_levels, (9, 80))
    matrix = agreement_matrix(Positions.from_codes(codes, scale=scale), measure)
    for array in (matrix.values, matrix.observed, matrix.expected, matrix.n_shared):
        assert np.array_equal(array, array.T, equal_nan=True)
