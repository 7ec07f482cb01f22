"""The smallest sums give what whole tables give, and both engines the same bit by bit."""

from pathlib import Path

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from stances import (
    MEASURES,
    SUPPORT,
    VOTE,
    Measure,
    PairCounts,
    Positions,
    Question,
    agreement_matrix,
    matrices_by,
)
from stances.counts import EVERYTHING, Plan, engines, products
from stances.counts.expansions import _centred as centred
from stances.counts.expansions import expansion, levels_of, margins_form, shared_form, table_form
from stances.counts.plan import MANY_LEVELS, Need
from stances.counts.planes import Form
from stances.errors import NotCountedError
from stances.scales import Scale
from stances.silence import Policy, evaluate
from stances.strategies import positions, scales

PROJECT = Path(__file__).resolve().parents[2]
YES_NO = Scale("yes_no", ["no", "yes"])
LONG = Scale("long", [str(k) for k in range(12)])
kinds = (
    scales(min_levels=11, max_levels=21, ordered=st.just(True))
    | scales(min_levels=2, max_levels=6, ordered=st.just(True))
    | st.sampled_from([VOTE, SUPPORT, LONG])
)
tables = positions(
    min_actors=2, max_actors=5, min_questions=1, scales=kinds, weights=st.sampled_from([0.5, 1.0, 3.0])
)
WITH_KERNEL = [name for name, measure in MEASURES.items() if measure.formula is None]


@pytest.mark.parametrize("name", WITH_KERNEL)
@settings(max_examples=30)
@given(tables, st.data())
def test_sums_equal_tables(name, table, data):
    """Value, weight and support are those of the tables, weighted or not, with saliences or without."""
    salience = data.draw(st.none() | st.sampled_from([0.5, 2.0, float("nan")]))
    if salience is not None:
        drawn = [[data.draw(st.sampled_from([1.0, salience])) for _ in row] for row in table.codes]
        table = evolve(table, saliences=np.array(drawn).reshape(table.codes.shape))
    about = {"salience": table.saliences is not None}
    plan = Plan(MEASURES[name], silences=False, squares=False)
    few, whole = (PairCounts.of(table, plan=p, **about) for p in (plan, EVERYTHING))
    one, other = (evaluate(counts, MEASURES[name], Policy.SKIP) for counts in (few, whole))
    assert np.allclose(one.parts.values, other.parts.values, atol=1e-9, equal_nan=True)
    assert np.allclose(one.parts.weight, other.parts.weight, atol=1e-9)
    assert np.array_equal(one.n_used, other.n_used)


@pytest.mark.parametrize(
    "name", ["agreement", "exact", "signorino_ritter_s_squared", "directional", "hybrid"]
)
@pytest.mark.parametrize("bits", [False, True])
@given(scales(max_levels=30, ordered=st.just(True)))
def test_expansions_are_the_kernel(bits, name, scale):
    """The products of two levels' planes make the kernel of these levels."""
    measure = MEASURES[name]
    if scale.n_levels < 2:
        return
    found = expansion(measure, scale, bits)
    total = np.full((scale.n_levels, scale.n_levels), found.constant)
    for factor, form in found.terms:
        left = np.array(form.left[0])
        right = left if form.right is None else np.array(form.right[0])
        total += factor * (left.T @ right)
    assert np.allclose(total / found.divisor, measure.disagreement(scale), rtol=0, atol=1e-11)


@pytest.mark.skipif(len(engines.installed()) < 2, reason="the extra fast (simsimd) is not installed")
@pytest.mark.parametrize("policy", list(Policy))
@pytest.mark.parametrize("name", MEASURES)
@settings(max_examples=12)
@given(
    positions(max_actors=6, max_questions=30, scales=kinds, weights=st.floats(0.1, 9) | st.just(1.0)),
    st.booleans(),
)
def test_bits_equal_numbers(name, policy, table, salience):
    """Matrices are the same bit by bit with simsimd and without, however many weights there are."""
    about = {"salience": "mean"} if salience else {}
    if salience:
        table = evolve(table, saliences=np.linspace(0.1, 1, table.codes.size).reshape(table.codes.shape))
    if policy is not Policy.SKIP and not MEASURES[name].is_linear:
        return
    if policy is Policy.NEUTRAL and any(q.scale.middle is None for q in table.questions):
        return
    found = []
    for engine in engines.ENGINES:
        with engines.only(engine), pytest.MonkeyPatch.context() as patch:
            patch.setattr(products, "FEWEST_BITS", 1)
            found.append(agreement_matrix(table, name, policy.value, **about))
    for array in ("values", "observed", "expected", "n_shared", "n_used", "reasons"):
        assert np.array_equal(*(getattr(m, array) for m in found), equal_nan=array[0] in "voe"), array


def test_what_is_summed():
    """Means take no tables; chance correction takes margins, or a table where that is not dearer."""
    votes = {name: Plan(MEASURES[name], silences=False, squares=False).on(VOTE) for name in MEASURES}
    support = {name: Plan(MEASURES[name], silences=False, squares=False).on(SUPPORT) for name in MEASURES}
    assert votes["agreement"].n_states == support["exact"].n_states == 0
    assert Plan(MEASURES["cohen_kappa"], silences=False, squares=False).on(YES_NO).n_states == 2
    for needs in (votes, support):
        assert (needs["cohen_kappa"].n_states, needs["cohen_kappa"].margins) == (0, True)
    assert support["bennett_s"].margins is False
    assert support["kendall_tau_b"].n_states == support["krippendorff_alpha_ordinal"].n_states == 5
    assert Plan(MEASURES["agreement"], silences=True, squares=False).on(VOTE).n_states == 4
    assert Plan(MEASURES["agreement"], silences=False, squares=True).on(VOTE).n_states == 3
    assert Plan(Measure("own", "t", "r", kernel=np.zeros((3, 3)))).on(VOTE).n_states == 4


def test_costs_are_products_of_planes():
    """What is counted is chosen by how many products of planes it takes; one with itself is half of one."""
    assert (shared_form(3).cost, table_form(3).cost) == (0.5, 4.5)
    assert [margins_form(3, last).cost for last in (False, True)] == [2, 3]
    assert Form((levels_of(3),)).cost == 1.5
    assert Form((levels_of(3), levels_of(3)), (levels_of(3),)).cost == 6
    assert [expansion(MEASURES["agreement"], VOTE, bits).cost for bits in (False, True)] == [1, 2]
    assert [Need(*need).n_sums(3) for need in ((4,), (0,), (0, True))] == [16, 2, 8]


@pytest.mark.parametrize(
    "measure", ["agreement", "exact", "signorino_ritter_s_squared", "directional", "hybrid"]
)
@pytest.mark.parametrize("n_levels", range(2, 9))
def test_even_scales_are_summed_in_whole_numbers(measure, n_levels):
    """So sums are exact; with bits, distances and identity are of 0 and 1 alone."""
    scale = Scale("even", [str(k) for k in range(n_levels)], [10.0 * k for k in range(n_levels)])
    plain, bits = (expansion(MEASURES[measure], scale, bits) for bits in (False, True))
    assert plain.is_whole
    assert plain.divisor == int(plain.divisor)
    if measure in ("agreement", "exact"):
        assert all(form.is_binary for _, form in bits.terms)
        assert all(form.is_binary for _, form in plain.terms) is (measure == "exact")
    assert Plan(MEASURES[measure], silences=False, squares=False).is_whole(scale)


def test_values_of_levels_are_centred_in_whole_numbers():
    """The smallest whole numbers with their middle at zero."""
    assert [centred(n) for n in (2, 3, 4)] == [((-1, 1), 2), ((-1, 0, 1), 2), ((-3, -1, 1, 3), 6)]


def uneven(n_levels):
    """A scale of growing steps."""
    return Scale("uneven", [str(k) for k in range(n_levels)], [k * k for k in range(n_levels)])


def test_broken_numbers_are_summed_by_a_table_unless_it_were_large():
    """A kernel of broken numbers is summed as it is beyond ten levels, and is not whole then."""
    plan = Plan(MEASURES["agreement"], silences=False, squares=False)
    assert plan.on(uneven(MANY_LEVELS)).n_states == MANY_LEVELS
    assert plan.on(uneven(MANY_LEVELS + 1)).n_states == 0
    assert plan.is_whole(uneven(MANY_LEVELS))
    assert not plan.is_whole(uneven(MANY_LEVELS + 1))
    assert EVERYTHING.is_whole(uneven(MANY_LEVELS + 1))
    assert plan.on(LONG).n_states == 0


def test_sums_of_one_measure_serve_no_other():
    """Counts say so when they are asked for what was not counted."""
    table = Positions.from_codes([[0, 2], [1, 2]], scale=VOTE)
    counts = PairCounts.of(table, plan=Plan(MEASURES["agreement"], silences=False, squares=False))
    assert evaluate(counts, MEASURES["agreement"], Policy.SKIP).parts.values[0, 1] == 0.75
    with pytest.raises(NotCountedError, match="cohen_kappa"):
        evaluate(counts, MEASURES["cohen_kappa"], Policy.SKIP)
    with pytest.raises(NotCountedError, match="n_lone was not counted"):
        counts.n_lone  # noqa: B018  # asking is what fails
    with pytest.raises(ValueError, match="cannot be added"):
        counts + PairCounts.of(table)


def test_unordered_scales_take_identity_or_refuse():
    """On an unordered scale of many levels `agreement` is identity, and a distance is refused."""
    colours = Scale("colours", [f"colour {k}" for k in range(12)], ordered=False)
    table = Positions.from_codes([[0, 3], [0, 9]], scale=colours)
    assert agreement_matrix(table)["a1", "a2"] == 0.5
    with pytest.raises(ValueError, match="needs ordered levels"):
        agreement_matrix(table, "signorino_ritter_s")


def test_progress_is_told_tile_by_tile(monkeypatch):
    """A callable hears of every step, of which there are as many as it was told."""
    from stances.computing import computed

    monkeypatch.setattr(computed, "TILE", 2)
    table = Positions.from_codes(np.zeros((5, 3), dtype=int), scale=VOTE)
    heard = []
    agreement_matrix(table, progress=lambda done, due: heard.append((done, due)))
    assert heard == [(k, 6) for k in range(1, 7)]
    heard.clear()
    agreement_matrix(table.take([]), progress=lambda done, due: heard.append((done, due)))
    assert heard == [(1, 1)]


def test_progress_of_slices_is_one():
    """Slices of any size are told as parts of one whole, which rises to its end."""
    questions = [
        Question("q1", "?", VOTE, session="1", weight=2.0),
        Question("q2", "?", VOTE, session="1"),
        Question("q3", "?", SUPPORT, session="1"),
        Question("q4", "?", VOTE, session="2"),
        Question("q5", "?", VOTE, session="3", weight=0.0),
    ]
    table = Positions.from_codes(
        np.zeros((2, 5), dtype=int), scale=[q.scale for q in questions], questions=questions
    )
    heard = []
    matrices_by(table, "session", progress=lambda done, due: heard.append((done, due)))
    assert heard == sorted(heard)
    assert {due for _, due in heard} == {3000}
    assert heard[-1] == (3000, 3000)


def cost_of(name, scale):
    """The products that a measure takes on a scale, as the documents count them."""
    need = Plan(MEASURES[name], silences=False, squares=False).on(scale)
    if need.n_states:
        return table_form(need.n_states).cost
    margins = margins_form(scale.n_levels, last=False).cost * need.margins
    return shared_form(scale.n_levels).cost + expansion(MEASURES[name], scale).cost + margins


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("`exact`, a plane", "exact"),
        ("`agreement`, `signorino_ritter_s`", "signorino_ritter_s"),
        ("squared distances", "signorino_ritter_s_squared"),
        ("kappa, pi, AC1, alpha", "cohen_kappa"),
        ("the same with linear kernels", "scott_pi_linear"),
        ("all else", "kendall_tau_b"),
    ],
)
def test_the_documents_count_right(row, name):
    """The page on performance tells what each measure takes."""
    page = (PROJECT / "docs" / "reference" / "performance.md").read_text(encoding="utf-8")
    told = next(line for line in page.splitlines() if line.startswith(f"| {row.split(',')[0]}"))
    numbers = [float(cell) for cell in told.split("|")[3:6]]
    assert numbers == [cost_of(name, Scale("s", [str(k) for k in range(n)])) for n in (3, 5, 7)]
