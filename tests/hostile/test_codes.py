"""Arrays of codes in every form: the same result, or an error that says what they are."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from attrs import evolve

from stances import VOTE, Positions, Silence, agreement_matrix
from stances.errors import CodesError, LevelError

CODES = np.array([[0, 1, 2, -1], [2, 1, 0, -2], [0, 0, 0, 0]])
FORMS = {
    "single": CODES.astype(np.float32),
    "bytes": CODES.astype(np.int8),
    "objects": CODES.astype(object),
    "columns first": np.asfortranarray(CODES),
    "swapped bytes": CODES.astype(CODES.dtype.newbyteorder()),
    "strided": np.repeat(CODES, 2, axis=1)[:, ::2],
    "backwards": CODES[:, ::-1].copy()[:, ::-1],
    "masked": np.ma.masked_equal(np.where(CODES == -1, 9, CODES), 9),
    "decimals": np.vectorize(lambda code: Decimal(int(code)), otypes=[object])(CODES),
    "fractions": np.vectorize(lambda code: Fraction(int(code)), otypes=[object])(CODES),
}


@pytest.mark.hostile("N23", "N24")
@pytest.mark.parametrize("form", FORMS)
def test_forms_of_an_array_count_for_nothing(form):
    """Every form gives the same matrix, and is left as it was, also where it cannot be written to."""
    given = FORMS[form]
    before = given.copy()
    given.setflags(write=False)
    positions = Positions.from_codes(given, scale=VOTE)
    assert np.array_equal(positions.codes, CODES)
    assert np.array_equal(np.ma.getdata(given), np.ma.getdata(before))


class Touchy:
    """Something that will not be compared."""

    def __ne__(self, other):
        raise LookupError("never")

    __hash__ = None


def _with(cell):
    """One row of objects, of which the last is a cell."""
    cells = np.zeros((1, 2), dtype=object)
    cells[0, 1] = cell
    return cells


REFUSED = {
    "N23 booleans": CODES == 1,
    "N23 complex": CODES.astype(complex),
    "N23 texts": CODES.astype(str),
    "N23 times": np.array([["2020"]], dtype="datetime64[D]"),
    "N23 rows of different lengths": [[1], [1, 2]],
    "N23 one dimension": [1, 2],
    "N24 a half": [[Fraction(3, 2)]],
    "N24 endless": [[np.inf, np.nan]],
    "N23 a boolean among missing": [[True, None]],
    "N23 a text among objects": np.array([["1", None]], dtype=object),
    "N23 a numpy truth value among objects": np.array([[np.True_, None]], dtype=object),
    "N23 an array in a cell": _with(np.array([0, 1])),
    "N23 an empty array in a cell": _with(np.array([])),
    "N23 an imaginary part among objects": _with(np.complex128(2 + 5j)),
    "N23 a span of time among objects": _with(np.timedelta64(1, "D")),
    "N23 masked truth values": np.ma.masked_array([[True, False]], mask=[[0, 1]]),
    "N23 an object of anybody's": _with(Touchy()),
    "N24 beyond all numbers": _with(10**400),
    "N24 no time": [[np.datetime64("NaT")]],
    "N24 beyond a byte": [[300]],
}


@pytest.mark.hostile(*REFUSED)
@pytest.mark.parametrize("form", REFUSED)
def test_what_is_no_code_is_refused(form):
    """What is no whole number gets our error: no cast, no warning of numpy, no ValueError of its."""
    with pytest.raises(CodesError):
        Positions.from_codes(REFUSED[form], scale=VOTE)


@pytest.mark.hostile("N24")
@pytest.mark.parametrize(
    "nothing", [None, np.nan, np.float32("nan"), np.datetime64("NaT"), Decimal("NaN"), Decimal("sNaN")]
)
def test_cells_that_hold_nothing_are_no_record(nothing):
    """None, NaN and NaT are no record, never a level; beside them, numbers stay what they are."""
    given = np.array([[nothing, 1], [2, nothing]], dtype=object)
    assert Positions.from_codes(given, scale=VOTE).codes.tolist() == [[-1, 1], [2, -1]]


@pytest.mark.hostile("N23", "N24")
@pytest.mark.parametrize("kind", ["u1", "u8", "i1", "i8", "f4", "O"])
def test_masked_cells_are_no_record(kind):
    """Whatever the type of the numbers, and whatever stands beneath the mask."""
    given = np.ma.masked_array(np.array([[0, 99], [2, 1]], dtype=kind), mask=[[0, 1], [0, 0]])
    assert Positions.from_codes(given, scale=VOTE).codes.tolist() == [[0, -1], [2, 1]]


@pytest.mark.hostile("N24")
def test_categories_beside_numbers():
    """A frame of several types has each missing cell where it is."""
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"r1": pandas.Categorical([0, None]), "r2": [1, 1]})
    assert Positions.from_codes(frame, scale=VOTE).codes.tolist() == [[0, 1], [-1, 1]]


@pytest.mark.hostile("N24")
def test_missing_values_of_pandas_are_no_record():
    """pandas.NA and NaT are no record, in a list and in a frame of its own types."""
    pandas = pytest.importorskip("pandas")
    for nothing in (pandas.NA, pandas.NaT):
        assert Positions.from_codes([[nothing, 1]], scale=VOTE).codes.tolist() == [[-1, 1]]
    for kind in ("Int64", "float64", "Float32", "object"):
        frame = pandas.DataFrame({"r1": [2, None], "r2": [None, 0]}).astype(kind)
        assert Positions.from_codes(frame, scale=VOTE).codes.tolist() == [[2, -1], [-1, 0]]


@pytest.mark.hostile("N01", "N23")
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"codes": [["yes"]]}, "codes of type <U3 are not whole numbers"),
        (
            {"codes": [[1.5]]},
            "code .*1.5.* is not a whole number from -5 to 126; write -1 where there is no record",
        ),
        ({"codes": [[3]]}, r"code 3 of a1 on q1 is neither a level of scale 'vote' \(0 to 2\) nor a silence"),
        (
            {"codes": [[0]], "actors": ["A", "B"]},
            r"codes of shape \(1, 1\) do not fit 2 actors x 1 questions",
        ),
        ({"codes": [[0]], "weights": [1, 2]}, "1 questions, 1 scales and 2 weights do not match"),
        ({"codes": [[0]], "scale": [VOTE, VOTE]}, "1 questions, 2 scales and 1 weights do not match"),
    ],
)
def test_codes_that_fit_nothing(more, said):
    """What is off the scale, or of another size than the rest, is told with both sides."""
    with pytest.raises(CodesError, match=said):
        Positions.from_codes(**{"scale": VOTE} | more)


@pytest.mark.hostile("N23")
def test_saliences_that_do_not_fit():
    """Saliences have the shape of the codes, and are numbers of at least 0."""
    positions = Positions.from_codes([[0, 1]], scale=VOTE)
    with pytest.raises(CodesError, match=r"saliences of shape \(1, 1\) do not fit codes of shape \(1, 2\)"):
        evolve(positions, saliences=[[1.0]])
    with pytest.raises(CodesError, match="saliences are numbers of at least 0"):
        evolve(positions, saliences=[[1.0, -1.0]])


@pytest.mark.hostile("N01")
def test_recoding_what_is_no_level():
    """A label that no scale has is refused with the nearest one."""
    with pytest.raises(LevelError, match="did you mean 'abstain'"):
        Positions.from_codes([[0, 1]], scale=VOTE).recode({"abstein": Silence.SILENT})


@pytest.mark.hostile("L01")
def test_arrays_passed_in_or_given_out_change_nothing():
    """A caller's array is copied, and arrays given out are read-only."""
    given = CODES.astype(np.int8)
    positions = Positions.from_codes(given, scale=VOTE)
    given[0, 0] = 2
    assert positions.codes[0, 0] == 0
    matrix = agreement_matrix(positions)
    for array in (positions.codes, matrix.values, matrix.n_shared):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1


@pytest.mark.hostile("N08")
@pytest.mark.parametrize("shape", [(0, 0), (1, 0), (0, 1), (1, 1), (2, 1)])
def test_small_tables_have_matrices(shape):
    """No actors, one, no questions, one: a matrix of that size that prints in every form."""
    matrix = agreement_matrix(Positions.from_codes(np.zeros(shape, dtype=int), scale=VOTE))
    assert matrix.values.shape == (shape[0], shape[0])
    assert np.isnan(matrix.values).all() == (shape[1] == 0 or shape[0] == 0)
    for style in ("plain", "html", "latex", "github"):
        assert matrix.to_table(style)


@pytest.mark.hostile("N05", "N06")
def test_nothing_shared_is_undefined():
    """No shared question is NaN with n = 0 and its reason; without any level so is the diagonal."""
    matrix = agreement_matrix(Positions.from_codes([[0, -1], [-1, 0], [-1, -1]], scale=VOTE))
    assert np.array_equal(np.isnan(matrix.values), [[0, 1, 1], [1, 0, 1], [1, 1, 1]])
    assert matrix.n_shared.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert matrix.why["a1", "a2"] == matrix.why["a3", "a3"] == "no_shared_questions"


@pytest.mark.hostile("N07")
@pytest.mark.parametrize("measure", ["pearson", "kendall_tau_b"])
def test_no_variation_is_undefined(measure):
    """An actor that never varies has no correlation, and still an agreement; numpy warns of nothing."""
    positions = Positions.from_codes([[1, 1, 1], [0, 1, 2]], scale=VOTE)
    matrix = agreement_matrix(positions, measure=measure)
    assert np.isnan(matrix["a1", "a2"])
    assert matrix.why["a1", "a2"] == "no_variation"
    assert agreement_matrix(positions)["a1", "a2"] == pytest.approx(2 / 3)


@pytest.mark.hostile("N03")
@pytest.mark.parametrize("weights", [[1e308] * 4, [1e-308] * 4])
def test_extreme_weights_neither_overflow_nor_vanish(weights):
    """Weights at the ends of the numbers give what equal weights give."""
    plain = agreement_matrix(Positions.from_codes(CODES, scale=VOTE)).values
    weighed = agreement_matrix(Positions.from_codes(CODES, scale=VOTE, weights=weights)).values
    assert np.allclose(weighed, plain, rtol=1e-12, atol=0)


@pytest.mark.hostile("N03")
@pytest.mark.parametrize("weight", [-1, np.nan, np.inf, "1"])
def test_weights_that_are_none_are_refused(weight):
    """A weight is a finite number of at least 0; all at 0 leave nothing to share."""
    with pytest.raises(ValueError, match="weight"):
        Positions.from_codes(CODES, scale=VOTE, weights=[weight, 1, 1, 1])
    matrix = agreement_matrix(Positions.from_codes(CODES, scale=VOTE, weights=[0] * 4))
    assert np.isnan(matrix.values).all()
    assert not matrix.n_shared.any()


@pytest.mark.hostile("N15")
def test_names_change_labels_alone():
    """Renaming an actor leaves every value; a question given twice is refused by its id."""
    one, other = (Positions.from_codes(CODES, scale=VOTE, actors=names) for names in ("abc", "xyz"))
    assert np.array_equal(agreement_matrix(one).values, agreement_matrix(other).values)
    with pytest.raises(ValueError, match="'q'"):
        Positions.from_codes(CODES[:, :2], scale=VOTE, questions=["q", "q"])
