"""Checking measures and comparisons: what is reported when laws hold, and when they do not."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import strategies as st

from stances import MEASURES, VOTE, Measure, Positions, StancesError, agreement_matrix
from stances.errors import BrokenLawError, ChoiceError, KernelError, UnknownMeasureError
from stances.testing import LAWS, check_comparison, check_measure

NEAR_NO = [[0, 0.25, 1], [0.25, 0, 0.75], [1, 0.75, 0]]


def yes_alone(table):
    """Share of the questions on which both say yes."""
    return table[..., 2, 2] / table.sum(axis=(-1, -2))


def lopsided(table):
    """Share of the questions on which the first, and it alone, takes the lowest level."""
    return table[..., 0, 1:].sum(axis=-1) / table.sum(axis=(-1, -2))


def verdicts(report):
    """Return the verdict on each law."""
    return dict(zip(*report.columns().values(), strict=True))


def test_a_row_of_the_table_passes():
    """A measure by its name: all laws of its level are checked, and the report says which were not."""
    report = verdicts(check_measure("cohen_kappa"))
    assert list(report) == list(LAWS)
    assert set(report.values()) == {"held"}


def test_an_exemption_is_told():
    """A law that a measure need not obey stands in the report with the reason."""
    report = verdicts(check_measure("krippendorff_alpha_interval"))
    assert report["whole_weights_repeat"] == (
        "left out: weights are rescaled to the number of questions: weight is not more data"
    )
    assert report["relabelling"] == "left out: said of level nominal only"


@pytest.mark.parametrize("chance", [None, "pooled"])
def test_an_own_kernel_passes(chance):
    """A kernel of one's own obeys the laws, and none about levels is asked of it."""
    measure = Measure("near_no", "abstentions lean to no", "my own", kernel=NEAR_NO, chance=chance)
    report = verdicts(check_measure(measure))
    assert {law for law, verdict in report.items() if verdict != "held"} == {
        "relabelling",
        "spacing",
        "reversal",
    }


def test_an_own_function_passes():
    """A function of the pair table obeys the laws, with what its author says of it."""
    report = verdicts(
        check_measure(
            yes_alone,
            scales=st.just(VOTE),
            range=(0.0, 1.0),
            exempt={"self_agreement": "a no is no agreement"},
        )
    )
    assert report["pooling"] == "left out: it compares questions of one scale only"
    assert report["self_agreement"] == "left out: a no is no agreement"
    assert report["interval"] == "held"


def test_a_pipeline_passes():
    """Any function of positions can be checked, such as one that goes through a matrix."""
    report = check_comparison(
        lambda table: agreement_matrix(table, "scott_pi").values, level="nominal", range=(-1, 1)
    )
    assert str(report).startswith("17 laws held for '<lambda>'")
    assert verdicts(report)["interval"] == "left out: said of measures only"


def test_the_report_shows_the_smallest_positions():
    """All broken laws are told at once: the sentence, what was due, what came, and the smallest positions."""
    with pytest.raises(BrokenLawError) as caught:
        check_measure(lopsided)
    error = caught.value
    assert [broken.law for broken in error.broken] == ["symmetry", "self_agreement"]
    assert (error.subject, error.checked) == ("lopsided", 14)
    first = error.broken[0]
    assert first.says == LAWS["symmetry"].says
    assert (first.positions.n_actors, first.positions.n_questions) == (2, 1)
    assert set(first.positions.codes.ravel()) == {0, 1}
    assert "a1 with a2" in str(error)
    assert str(first.positions).splitlines()[-1].strip() in str(error)


def test_weights_are_shown_where_they_matter():
    """The report names the weights of the smallest positions, unless all are 1."""

    def unweighted(positions):
        plain = Positions.from_codes(positions.codes, scale=[q.scale for q in positions.questions])
        return agreement_matrix(plain, "exact").values

    with pytest.raises(BrokenLawError, match=r"whole_weights_repeat[\s\S]*weights: "):
        check_comparison(unweighted)


def test_nearly_equal_values_are_told_apart():
    """Where six digits do not show the difference, the report gives all."""

    def drifting(positions):
        values = agreement_matrix(positions, "exact").values
        return values + 1e-8 * np.triu(np.ones_like(values))

    with pytest.raises(BrokenLawError, match=r"got: 0\.0 the other|due: 1e-08|1\.00000001"):
        check_comparison(drifting)


def test_an_error_is_a_breach():
    """A comparison that raises does not answer, and nothing else is asked of it."""

    def dividing(positions):
        return np.eye(positions.n_actors) / (1 // positions.n_questions)

    with pytest.raises(BrokenLawError, match="ZeroDivisionError") as caught:
        check_comparison(dividing)
    assert [broken.law for broken in caught.value.broken] == ["answers"]
    assert caught.value.checked == 1


def test_the_error_is_an_assertion():
    """A broken law fails a test as any assertion does, and is an error of the library."""
    assert issubclass(BrokenLawError, AssertionError)
    assert issubclass(BrokenLawError, StancesError)
    assert BrokenLawError("mine", (), 0).code == "S320"


def test_what_is_said_of_a_measure_is_checked():
    """Unknown levels, laws and measures are refused by name."""
    with pytest.raises(ChoiceError, match="'ordnal'"):
        check_measure("exact", level="ordnal")
    with pytest.raises(ChoiceError, match="'symetry'"):
        check_comparison(np.eye, exempt={"symetry": "it is not"})
    with pytest.raises(UnknownMeasureError):
        check_measure("kapa")
    with pytest.raises(KernelError):
        check_measure([[0, 1], [0.5, 0]])


def test_every_exemption_names_a_law():
    """The measures of the library are exempt from nothing that does not exist."""
    assert {law for measure in MEASURES.values() for law in measure.exempt} <= set(LAWS)


def test_it_is_quiet_outside_pytest(tmp_path):
    """It works in a plain interpreter, and writes nothing but the error."""
    code = (
        "from stances.testing import check_measure\n"
        "check_measure([[0, 1], [1, 0]])\n"
        "try:\n"
        "    check_measure(lambda table: table[..., 0, 1] / table.sum(axis=(-1, -2)))\n"
        "except AssertionError as error:\n"
        "    print(str(error).splitlines()[0])\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert (done.stdout, done.stderr) == ("'<lambda>' breaks 2 of 14 laws\n", "")
