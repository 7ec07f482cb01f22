"""Agreement and divergence matrices: published numbers, oracles, slices and refusals."""

from pathlib import Path

import numpy as np
import pytest

import stances
from stances import VOTE, Measure, Positions, agreement_matrix, divergence_matrix, matrices_by
from stances.errors import (
    ChoiceError,
    FieldError,
    NeedsDatasetError,
    UnknownActorError,
    UnknownMeasureError,
    UnorderedScaleError,
)
from stances.models import Question
from stances.scales import Scale

COLOURS = Scale("colours", ["red", "green", "blue"], ordered=False)


def test_signorino_ritter_s_as_defined():
    """S is 1 for the same answers, -1 for opposite ends, 0 half-way (Signorino and Ritter 1999)."""
    table = Positions.from_codes([[0, 2, 1], [0, 2, 1], [2, 0, 1]], scale=VOTE)
    values = agreement_matrix(table, "signorino_ritter_s").values
    assert values[0, 1] == 1
    assert values[0, 2] == pytest.approx(1 - 2 * 2 / 3)


def test_constant_raters_have_no_kappa():
    """Two actors who always say the same one thing agree, but kappa is undefined."""
    table = Positions.from_codes([[2, 2], [2, 2]], scale=VOTE)
    assert agreement_matrix(table)["a1", "a2"] == 1
    matrix = agreement_matrix(table, "cohen_kappa")
    assert np.isnan(matrix["a1", "a2"])
    assert matrix.why["a1", "a2"] == "no_variation"
    assert (matrix.observed[0, 1], matrix.expected[0, 1]) == (0, 0)


def test_min_shared_hides_thin_values():
    """Below `min_shared` a value is undefined, and the support still tells how thin it was."""
    table = Positions.from_codes([[2, 2, -1], [2, 0, 1]], scale=VOTE)
    matrix = agreement_matrix(table, min_shared=3)
    assert matrix.why["a1", "a2"] == "too_few_shared"
    assert matrix.n_shared[0, 1] == 2
    assert matrix["a2", "a2"] == 1


@pytest.mark.parametrize("wrong", [0, -1, 1.5, True, "2"])
def test_min_shared_is_a_count(wrong):
    """`min_shared` is a whole number of at least one."""
    with pytest.raises(FieldError, match="min_shared"):
        agreement_matrix(Positions.from_codes([[0]], scale=VOTE), min_shared=wrong)


def test_an_unknown_measure_is_named():
    """A misspelt measure gets the nearest known one, as a KeyError too."""
    with pytest.raises(UnknownMeasureError, match="did you mean 'cohen_kappa'") as caught:
        agreement_matrix(Positions.from_codes([[0]], scale=VOTE), "cohens_kappa")
    assert isinstance(caught.value, KeyError)


def test_graded_measures_refuse_unordered_scales():
    """S on colours is an error; agreement falls back to identity, as documented."""
    table = Positions.from_codes([[0, 1], [2, 1]], scale=COLOURS)
    with pytest.raises(UnorderedScaleError, match="colours"):
        agreement_matrix(table, "signorino_ritter_s")
    assert agreement_matrix(table)["a1", "a2"] == agreement_matrix(table, "exact")["a1", "a2"] == 0.5


def test_rules_need_records():
    """Rules that choose among records are refused for codes, which have none."""
    with pytest.raises(NeedsDatasetError, match="basis"):
        agreement_matrix(Positions.from_codes([[0]], scale=VOTE), basis="word")


def test_data_must_be_data():
    """Something that is neither a dataset nor positions is refused by name."""
    with pytest.raises(FieldError, match="neither"):
        agreement_matrix([[0, 1]])


def test_a_measure_of_ones_own_takes_the_same_path():
    """A Measure object gives what its name gives."""
    own = Measure("mine", "identity", "nobody", kernel="nominal")
    table = Positions.from_codes([[0, 1, 2], [0, 2, 2]], scale=VOTE)
    assert agreement_matrix(table, own)["a1", "a2"] == agreement_matrix(table, "exact")["a1", "a2"]


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (1, 0), (1, 3), (3, 0)])
def test_small_tables_make_small_matrices(shape):
    """No actors, one actor or no questions give a matrix of that size, which prints."""
    table = Positions.from_codes(np.zeros(shape, dtype=int), scale=VOTE)
    for matrix in (agreement_matrix(table), divergence_matrix(table, "cohen_kappa")):
        assert matrix.values.shape == (shape[0], shape[0])
        assert str(matrix)
        assert len(matrix.pairs()) == shape[0] * (shape[0] - 1) // 2


def by_session():
    """Three questions of two sessions, years and issues; one of no session."""
    asked = [
        Question("q1", "?", VOTE, issues=["ukraine"], session="77", date="2022-10"),
        Question("q2", "?", VOTE, issues=["ukraine", "gaza"], session="78", date="2023-12-12"),
        Question("q3", "?", VOTE, date="2023"),
    ]
    return Positions.from_codes([[2, 2, 0], [2, 0, 0]], scale=VOTE, actors=["FRA", "CHN"], questions=asked)


def test_matrices_by_slices():
    """A question counts in each of its issues, in its year and in its session."""
    table = by_session()
    assert {k: m["FRA", "CHN"] for k, m in matrices_by(table, "issue").items()} == {
        "ukraine": 0.5,
        "gaza": 0.0,
    }
    assert {k: m["FRA", "CHN"] for k, m in matrices_by(table, "year").items()} == {"2022": 1.0, "2023": 0.5}
    assert {k: m["FRA", "CHN"] for k, m in matrices_by(table, "session").items()} == {"77": 1.0, "78": 0.0}
    assert matrices_by(table, "year", kind="divergence")["2022"].kind == "divergence"


def test_matrices_by_refuses_what_it_does_not_know():
    """A misspelt slice or kind is refused with the known ones."""
    with pytest.raises(ChoiceError, match="issue, year, session"):
        matrices_by(by_session(), "topic")
    with pytest.raises(ChoiceError, match="agreement, divergence"):
        matrices_by(by_session(), "issue", kind="distance")


def test_select_by_session_and_date():
    """Positions select by session, issue, date and actor, and refuse unknown ids with a hint."""
    table = by_session()
    assert [q.id for q in table.select(sessions="77").questions] == ["q1"]
    assert [q.id for q in table.select(since="2023", until="2023-12-31").questions] == ["q2", "q3"]
    assert [q.id for q in table.select(since="2023-06").questions] == ["q2"]
    assert table.select(actors=["CHN"], issues="gaza").codes.tolist() == [[0]]
    with pytest.raises(UnknownActorError, match="did you mean 'FRA'"):
        table.select(actors="FRB")


def test_weights_of_zero_leave_nothing():
    """With all weights zero a value is undefined for want of shared questions."""
    table = Positions.from_codes([[0], [0]], scale=VOTE, weights=[0])
    matrix = agreement_matrix(table)
    assert (matrix.why[0, 1], matrix.n_shared[0, 1]) == ("no_shared_questions", 0)


@pytest.mark.parametrize(
    "factory", ["float32", "int8", "object", ">i4", "fortran", "strided", "masked", "read_only"]
)
def test_any_array_of_codes_will_do(factory):
    """Codes give the same whatever array holds them, and the caller's array is never touched."""
    plain = np.array([[0, 2, -1], [0, 1, 1]])
    made = {
        "fortran": lambda: np.asfortranarray(plain),
        "strided": lambda: np.repeat(plain, 2, axis=1)[:, ::2],
        "masked": lambda: np.ma.masked_equal(np.where(plain == -1, 99, plain), 99),
        "read_only": lambda: np.frombuffer(plain.tobytes(), dtype=plain.dtype).reshape(plain.shape),
    }.get(factory, lambda: plain.astype(factory))()
    table = Positions.from_codes(made, scale=VOTE)
    assert np.array_equal(table.codes, plain)
    assert not table.codes.flags.writeable
    if made.flags.writeable:
        made[0, 0] = 1
        assert table.codes[0, 0] == 0


def test_module_names_are_not_function_names():
    """No module of the package shares the name of a public function."""
    functions = {name for name in stances.__all__ if callable(getattr(stances, name))}
    modules = {path.stem for path in Path(stances.__file__).parent.iterdir()}
    assert not functions & modules


def test_ac2_can_fall_below_minus_one():
    """One side always low, the other high or between: AC2 with squared distances is -1.035, its range open."""
    codes = [[0] * 38, [1] * 5 + [2] * 33]
    value = agreement_matrix(Positions.from_codes(codes, scale=VOTE), "gwet_ac2_quadratic").values[0, 1]
    assert value == pytest.approx(-1.0352, abs=1e-4)
    assert stances.MEASURES["gwet_ac2_quadratic"].range == (-np.inf, 1)
