"""Intervals from the pair table: influences against leave-one-out, and what every interval keeps."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stances import (
    MEASURES,
    SUPPORT,
    VOTE,
    PairCounts,
    Positions,
    StancesError,
    agreement_matrix,
    divergence_matrix,
    intervals,
    matrices_by,
)
from stances.intervals import influence_interval, influences, prior
from stances.measures.chance import CHANCE
from stances.measures.slopes import SLOPES
from stances.models import Question
from stances.positions import ABSENT, SILENT
from stances.scales import Scale
from stances.silence import Policy
from stances.strategies import positions, scales
from stances.student import half_width

PROJECT = Path(__file__).resolve().parent.parent
ordered = st.sampled_from([VOTE, SUPPORT]) | scales(ordered=st.just(True))
pairs = positions(min_actors=2, max_actors=2, min_questions=1, scales=ordered)
weighted = positions(
    min_actors=2, max_actors=2, min_questions=1, scales=ordered, weights=st.sampled_from([0.5, 1.0, 3.0])
)
every_measure = pytest.mark.parametrize("measure", MEASURES)


def ends(matrix):
    """Value, lower and upper end of the first pair."""
    return matrix.values[0, 1], matrix.lower[0, 1], matrix.upper[0, 1]


def fraction_yes(table):
    """A function of one's own, on any scale: how often both take the highest level."""
    return table[..., -1, -1] / table.sum(axis=(-1, -2))


@every_measure
@pytest.mark.parametrize("scale", [VOTE, SUPPORT], ids=["3", "5"])
def test_influences_are_what_leaving_one_out_shows(measure, scale):
    """Leaving one of many equal questions out changes a value by its influence over n - 1."""
    rng = np.random.default_rng(5)
    codes = rng.integers(0, scale.n_levels, (2, 10))
    codes[1, :5] = codes[0, :5]
    copies = 100
    whole = Positions.from_codes(np.repeat(codes, copies, axis=1), scale=scale)
    n = whole.n_questions
    counts = PairCounts.of(whole)
    found = influences(counts, MEASURES[measure], Policy.SKIP, "agreement")
    value = agreement_matrix(whole, measure).values[0, 1]
    for j in range(0, 10, 2):
        kept = [k for k in range(n) if k != j * copies]
        without = agreement_matrix(whole.take(kept), measure).values[0, 1]
        k, l = codes[:, j]
        influence = found.cells[0][0, 1, k, l]
        assert (n - 1) * (value - without) == pytest.approx(influence, abs=2e-2)


@given(pairs)
def test_influences_on_a_mean_are_deviations(table):
    """For a share of agreement the influence of a question is its agreement minus the mean, exactly."""
    counts = PairCounts.of(table)
    assume(counts.n_shared[0, 1] > 0)
    found = influences(counts, MEASURES["agreement"], Policy.SKIP, "agreement")
    for stratum, cells in zip(counts.strata, found.cells, strict=True):
        agreed = 1 - MEASURES["agreement"].disagreement(stratum.scale)
        assert cells[0, 1, :-1, :-1] == pytest.approx(agreed - found.values[0, 1], abs=1e-5)


@every_measure
@settings(max_examples=20)
@given(weighted, st.sampled_from([0.5, 0.8, 0.95, 0.99]))
def test_intervals_contain_the_value_and_stay_in_range(measure, table, level):
    """An interval contains the estimate, lies in the measure's range and is never of zero width."""
    for kind, matrix_of in (("agreement", agreement_matrix), ("divergence", divergence_matrix)):
        matrix = matrix_of(table, measure, interval=level)
        value, lower, upper = ends(matrix)
        low, high = MEASURES[measure].range_of(kind)
        if np.isnan(value):
            assert np.isnan(lower)
            assert np.isnan(upper)
        else:
            assert low - 1e-12 <= lower <= value <= upper <= high + 1e-12
            assert lower < upper


@every_measure
def test_intervals_mirror_each_other(measure):
    """The interval of a divergence is that of the agreement, turned over."""
    codes = np.random.default_rng(3).integers(0, 3, (2, 15))
    table = Positions.from_codes(codes, scale=VOTE)
    _, lower, upper = ends(agreement_matrix(table, measure, interval=0.95))
    _, below, above = ends(divergence_matrix(table, measure, interval=0.95))
    means = MEASURES[measure].is_linear or MEASURES[measure].distance
    stretch = 0.5 if means and MEASURES[measure].signed else 1
    assert [stretch * (1 - upper), stretch * (1 - lower)] == pytest.approx([below, above], abs=1e-5)


@pytest.mark.parametrize("measure", ["agreement", "exact", "bennett_s", "gwet_ac1", "euclidean"])
def test_complete_agreement_is_not_certain(measure):
    """Two actors who agree on everything get an interval that narrows with the number of questions."""
    widths = []
    for n in (2, 5, 10, 30, 100, 1000):
        codes = np.tile(np.arange(n) % 3, (2, 1))
        value, lower, upper = ends(
            agreement_matrix(Positions.from_codes(codes, scale=VOTE), measure, interval=0.95)
        )
        assert value == upper == pytest.approx(1.0)
        widths.append(upper - lower)
    assert all(wide >= narrow > 0 for wide, narrow in itertools.pairwise(widths))
    assert widths[-1] < 0.2 * widths[0]


@every_measure
def test_intervals_narrow_with_the_number_of_questions(measure):
    """The same answers ten times over make the interval about three times narrower."""
    codes = np.random.default_rng(8).integers(0, 3, (2, 40))
    codes[1, :20] = codes[0, :20]
    few, many = (
        agreement_matrix(
            Positions.from_codes(np.repeat(codes, times, axis=1), scale=VOTE), measure, interval=0.95
        )
        for times in (1, 10)
    )
    ratio = (few.upper[0, 1] - few.lower[0, 1]) / (many.upper[0, 1] - many.lower[0, 1])
    assert 2.5 < ratio < 4.2


@every_measure
def test_one_question_says_nothing(measure):
    """With one shared question the interval is the whole range."""
    table = Positions.from_codes([[2, 1], [0, -1]], scale=VOTE)
    value, lower, upper = ends(agreement_matrix(table, measure, interval=0.95))
    if not np.isnan(value):
        assert (lower, upper) == MEASURES[measure].range


@given(weighted)
def test_a_higher_level_is_wider(table):
    """A 99 % interval contains the 80 % one."""
    _, inner_low, inner_high = ends(agreement_matrix(table, interval=0.8))
    _, outer_low, outer_high = ends(agreement_matrix(table, interval=0.99))
    assume(not np.isnan(inner_low))
    assert outer_low <= inner_low <= inner_high <= outer_high


def test_equal_weights_do_not_count():
    """Weights that are all alike give the interval without weights; uneven ones a wider one."""
    codes = np.random.default_rng(2).integers(0, 3, (2, 30))
    plain, heavy, uneven = (
        agreement_matrix(Positions.from_codes(codes, scale=VOTE, weights=w), "cohen_kappa", interval=0.95)
        for w in (None, np.full(30, 7.0), np.where(np.arange(30) < 3, 10.0, 1.0))
    )
    assert heavy.lower[0, 1] == pytest.approx(plain.lower[0, 1], abs=1e-9)
    assert uneven.upper[0, 1] - uneven.lower[0, 1] > 1.3 * (plain.upper[0, 1] - plain.lower[0, 1])


def test_a_function_of_ones_own_has_intervals():
    """A function of the pair table gets an interval from the same arithmetic, equal to the built-in one."""
    codes = np.random.default_rng(4).integers(0, 3, (3, 25))
    table = Positions.from_codes(codes, scale=VOTE)

    def exact_share(counts):
        return np.trace(counts, axis1=-2, axis2=-1) / counts.sum(axis=(-1, -2))

    own, named = (agreement_matrix(table, m, interval=0.95) for m in (exact_share, "exact"))
    inside = np.clip(own.lower, 0, 1), np.clip(own.upper, 0, 1)
    assert np.allclose(inside, (named.lower, named.upper), atol=1e-12)
    assert agreement_matrix(table, fraction_yes, interval=0.95).lower.shape == (3, 3)


def test_the_smoothing_mass_lies_as_told():
    """A half lies evenly, a quarter on the cells of agreement, a quarter on those of disagreement."""
    for n_levels in (2, 3, 5):
        spread = prior(n_levels)
        assert spread.sum() == pytest.approx(1)
        assert np.trace(spread) == pytest.approx(0.5 / n_levels + 0.25)


@pytest.mark.parametrize(("policy", "n_used"), [("half", 4), ("neutral", 4), ("skip", 2)])
def test_silences_that_count_narrow_the_interval(policy, n_used):
    """Under `half` and `neutral` the silences are questions of the sample, under `skip` they are not."""
    widest = agreement_matrix(Positions.from_codes([[2, 0], [2, 1]], scale=VOTE), interval=0.95)
    table = Positions.from_codes([[2, 0, 2, 1], [2, 1, SILENT, ABSENT]], scale=VOTE)
    matrix = agreement_matrix(table, silence=policy, interval=0.95)
    value, lower, upper = ends(matrix)
    assert matrix.n_used[0, 1] == n_used
    assert lower <= value <= upper
    whole = widest.upper[0, 1] - widest.lower[0, 1]
    assert upper - lower == pytest.approx(whole) if policy == "skip" else upper - lower < whole


def test_neutral_is_the_interval_of_the_answers_put_in():
    """Under `neutral` the interval is that of a table in which the silent side stands at the middle."""
    table = Positions.from_codes([[2, 0, 2, 1], [2, 1, SILENT, ABSENT]], scale=VOTE)
    answered = Positions.from_codes([[2, 0, 2, 1], [2, 1, 1, 1]], scale=VOTE)
    one = agreement_matrix(table, "scott_pi", silence="neutral", interval=0.9)
    other = agreement_matrix(answered, "scott_pi", interval=0.9)
    assert ends(one) == pytest.approx(ends(other))


def test_bounds_refuse_an_interval():
    """The bounds of a silence policy are no interval, and do not share its place."""
    table = Positions.from_codes([[2], [1]], scale=VOTE)
    with pytest.raises(StancesError, match="'bounds' gives two ends of its own"):
        agreement_matrix(table, silence="bounds", interval=0.95)


@pytest.mark.parametrize("level", [0, 1, 95, -0.1, float("nan"), "0.95", True])
def test_levels_are_shares(level):
    """A level is a number between 0 and 1, and no percentage."""
    with pytest.raises(StancesError, match="interval"):
        agreement_matrix(Positions.from_codes([[2], [1]], scale=VOTE), interval=level)


def test_scales_share_the_mass():
    """Questions on two scales share one mass of two questions, so that the interval is no wider."""
    codes = np.random.default_rng(6).integers(0, 3, (2, 20))
    other = Scale("other", ["low", "middle", "high"])
    one = Positions.from_codes(codes, scale=VOTE)
    mixed = Positions.from_codes(codes, scale=[VOTE] * 10 + [other] * 10)
    assert ends(agreement_matrix(one, interval=0.95)) == pytest.approx(
        ends(agreement_matrix(mixed, interval=0.95)), abs=1e-9
    )


def test_counts_that_were_merged_give_the_same_interval():
    """Blocks of questions merge, squared weights included, so that intervals need no resampling."""
    codes = np.random.default_rng(9).integers(0, 3, (3, 20))
    table = Positions.from_codes(codes, scale=VOTE, weights=np.linspace(0.2, 1, 20))
    whole = PairCounts.of(table)
    merged = PairCounts.of(table.take(range(7))) + PairCounts.of(table.take(range(7, 20)))
    for measure in MEASURES.values():
        one, other = (influence_interval(c, measure, Policy.SKIP, "agreement", 0.95) for c in (whole, merged))
        assert np.allclose(one, other, atol=1e-9)


def test_slices_have_intervals():
    """`matrices_by` passes the interval on."""
    questions = [Question(f"q{k}", "?", VOTE, issues=["gaza" if k < 5 else "trade"]) for k in range(10)]
    table = Positions.from_codes(
        np.random.default_rng(1).integers(0, 3, (2, 10)), scale=VOTE, questions=questions
    )
    for matrix in matrices_by(table, "issue", interval=0.9).values():
        assert matrix.interval.level == 0.9
        assert matrix.lower[0, 1] < matrix.values[0, 1] < matrix.upper[0, 1]


def test_min_shared_hides_the_interval_too():
    """A value that is withheld has no interval."""
    table = Positions.from_codes([[2, 1], [2, 0]], scale=VOTE)
    assert np.isnan(agreement_matrix(table, min_shared=3, interval=0.95).lower[0, 1])


@given(positions(min_actors=2, max_actors=4, scales=ordered))
def test_intervals_do_not_change_values(table):
    """Asking for an interval changes nothing else."""
    plain, with_interval = agreement_matrix(table), agreement_matrix(table, interval=0.95)
    assert np.array_equal(plain.values, with_interval.values, equal_nan=True)
    assert plain.lower is None
    assert evolve(with_interval, lower=None, upper=None).interval.level == 0.95


def test_the_kurtosis_is_needed(monkeypatch):
    """With fixed degrees of freedom, tau-b of ten answers with rare levels is held in fewer than eight of ten."""
    if not (PROJECT / "benchmarks").is_dir():
        pytest.skip("the benchmarks are run from a checkout")
    monkeypatch.syspath_prepend(str(PROJECT))
    from benchmarks.coverage import study

    row = ("plain", "one level rules", 5, 10, 4000)
    assert next(study(["kendall_tau_b"], *row)).coverage > 0.95
    monkeypatch.setattr(intervals, "half_width", lambda level, df: half_width(level, np.full_like(df, 11.0)))
    assert next(study(["kendall_tau_b"], *row)).coverage < 0.8


def test_long_scales_have_intervals_soon():
    """A mean on a scale of 127 levels has its interval from a closed form, equal to the derivative's."""
    scale = Scale("long", [str(k) for k in range(12)])
    codes = np.random.default_rng(1).integers(0, 12, (2, 30))
    table = Positions.from_codes(codes, scale=scale)
    own = np.array(MEASURES["agreement"].disagreement(scale))

    def by_derivative(counts):
        return 1 - (counts * own).sum(axis=(-1, -2)) / counts.sum(axis=(-1, -2))

    one, other = (agreement_matrix(table, m, interval=0.95) for m in ("agreement", by_derivative))
    assert ends(one) == pytest.approx(ends(other), abs=1e-6)
    longest = Scale("longest", [str(k) for k in range(127)])
    matrix = agreement_matrix(Positions.from_codes([[0, 126, 5], [1, 60, 5]], scale=longest), interval=0.95)
    assert 0 <= matrix.lower[0, 1] < matrix.values[0, 1]


MIXED = [
    Question(
        f"q{j}",
        "?",
        [VOTE, SUPPORT, Scale("uneven", ["a", "b", "c", "d"], [0, 1, 5, 9])][j % 3],
        weight=[1.0, 0.3, 2.0][j % 7 % 3],
    )
    for j in range(60)
]


@pytest.mark.parametrize("kind", ["agreement", "divergence"])
@pytest.mark.parametrize("name", [n for n, m in MEASURES.items() if m.chance and m.kernel != "ordinal"])
def test_closed_forms_are_the_derivatives(name, kind):
    """The derivative of every chance model is what moving a little weight into each cell gives."""
    rng = np.random.default_rng(0)
    codes = [[rng.integers(-1, question.scale.n_levels) for question in MIXED] for _ in range(6)]
    table = Positions.from_codes(codes, scale=[q.scale for q in MIXED], questions=MIXED)
    counts = PairCounts.of(table)
    closed = intervals._of_a_ratio(counts, MEASURES[name], kind)
    moved = intervals._by_moving(counts, MEASURES[name], Policy.SKIP, kind)
    for one, other in zip(closed, moved, strict=True):
        assert np.abs(one - other).max() < 1e-4 * np.abs(other).max()


def test_intervals_of_long_scales_come_soon():
    """Kappa on 101 levels has an interval without a derivative for each of ten thousand cells."""
    scale = Scale("long", [str(k) for k in range(101)])
    codes = np.random.default_rng(4).integers(0, 101, (4, 200))
    matrix = agreement_matrix(Positions.from_codes(codes, scale=scale), "cohen_kappa_linear", interval=0.95)
    assert (matrix.lower < matrix.values)[~np.eye(4, dtype=bool)].all()


def test_every_chance_model_has_its_derivative():
    """A model that is added to the one table is added to the other."""
    assert set(SLOPES) == set(CHANCE)
