"""The matrix object: what can be asked of it, and that nothing of it can be changed."""

import json
import math

import numpy as np
import pytest
from hypothesis import given

from stances import VOTE, Positions, StancesError, agreement_matrix
from stances.errors import UnknownActorError
from stances.models import Question
from stances.strategies import positions

CODES = [[2, 0, 1, -2, -1], [2, 2, -1, 0, -1], [-1, -1, -1, 1, -4]]


@pytest.fixture
def matrix():
    """Three actors on five votes."""
    return agreement_matrix(Positions.from_codes(CODES, scale=VOTE, actors=["FRA", "CHN", "USA"]))


def test_cells_by_name(matrix):
    """A cell is asked for by two actors, in either order."""
    assert matrix["FRA", "CHN"] == matrix["CHN", "FRA"] == 0.5
    cell = matrix.cell("FRA", "CHN")
    assert (cell.n_shared, cell.n_used, cell.why) == (2, 2, "")
    assert math.isnan(cell.lower)


def test_reasons_by_name_and_by_row(matrix):
    """`why` is asked for by ids or by rows."""
    assert matrix.why["FRA", "USA"] == matrix.why[0, 2] == "no_shared_questions"
    assert matrix.why["FRA", "CHN"] == ""


def test_coverage_counts_every_question(matrix):
    """Both, one of them and neither sum to all questions; silences of each are told by kind."""
    coverage = matrix.coverage["FRA", "CHN"]
    assert (coverage.both, coverage.only_first, coverage.only_second, coverage.neither) == (2, 1, 1, 1)
    assert coverage.silences_first == {"no_record": 1, "silent": 1}
    assert matrix.coverage["USA", "FRA"].silences_first == {"no_record": 3, "not_eligible": 1}


@given(positions(min_actors=2))
def test_coverage_is_complete(table):
    """Whatever the codes, coverage accounts for every question of every pair."""
    m = agreement_matrix(table)
    for i, j in m.iter_pairs():
        c = m.coverage[i, j]
        assert c.both + c.only_first + c.only_second + c.neither == table.n_questions
        assert c.both + c.only_first + sum(c.silences_first.values()) == table.n_questions
        assert c.both == m.n_shared[i, j]


def test_unknown_actors_are_named(matrix):
    """An unknown actor gets the nearest known one."""
    with pytest.raises(UnknownActorError, match="did you mean 'CHN'"):
        matrix["FRA", "CHM"]


def test_every_pair_is_listed_once(matrix):
    """`pairs` lists every unordered pair, defined ones first, the undefined with its reason."""
    listed = matrix.pairs().columns()
    pairs = set(zip(listed["actor1"], listed["actor2"], strict=True))
    assert pairs == {("FRA", "CHN"), ("FRA", "USA"), ("CHN", "USA")}
    assert len(listed["value"]) == 3
    assert listed["why"].count("no_shared_questions") == 1
    assert math.isnan(listed["value"][-1])


ORDERED = [[2, 2, 2, -1], [2, 2, 2, -1], [2, 2, 0, -1], [0, 0, 2, -1], [-1, -1, -1, 2]]


def test_pairs_run_from_the_highest_value_to_the_lowest():
    """Ties stay in the order of the actors; undefined pairs come last, in that order too."""
    table = Positions.from_codes(ORDERED, scale=VOTE, actors=list("DABCE"))
    listed = agreement_matrix(table).pairs()
    columns = listed.columns()
    defined = [("D", "A", 1.0), ("D", "B", 2 / 3), ("A", "B", 2 / 3), ("D", "C", 1 / 3), ("A", "C", 1 / 3)]
    assert list(zip(columns["actor1"], columns["actor2"], columns["value"], strict=True))[:5] == [
        (one, other, pytest.approx(value)) for one, other, value in defined
    ]
    assert list(zip(columns["actor1"], columns["actor2"], columns["why"], strict=True))[5:] == [
        ("B", "C", ""),
        *((actor, "E", "no_shared_questions") for actor in "DABC"),
    ]
    assert str(listed).startswith("Who agrees with whom")
    assert list(columns)[-3:] == ["why", "measure", "silence"]


def test_codes_are_those_of_the_year():
    """A state that changed its number of the Correlates of War has that of the questions' year."""
    for year, number in (("1980", 260), ("2000", 255)):
        question = Question("q", "?", VOTE, date=year)
        table = Positions.from_codes([[2], [2]], questions=[question], actors=["DEU", "FRA"], scale=VOTE)
        assert agreement_matrix(table).columns()["ccode1"] == [number]


def test_select_keeps_values_and_order(matrix):
    """A selection has the values of the whole, in the order asked for."""
    part = matrix.select(["CHN", "FRA"])
    assert part.actors == ("CHN", "FRA")
    assert part["CHN", "FRA"] == matrix["CHN", "FRA"]
    assert part.positions.actors == ("CHN", "FRA")


def test_nothing_can_be_changed(matrix):
    """Arrays are read-only and attributes frozen."""
    for name in ("values", "n_shared", "n_used", "observed", "expected", "reasons"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(matrix, name)[0, 0] = 1
    with pytest.raises(AttributeError):
        matrix.actors = ()


def test_to_pandas_is_square(matrix):
    """A data frame has actors both ways, NaN where undefined or what the caller asks for."""
    pytest.importorskip("pandas", reason="pandas is of the dev extra")
    frame = matrix.to_pandas()
    assert list(frame.index) == list(frame.columns) == ["FRA", "CHN", "USA"]
    assert np.isnan(frame.loc["FRA", "USA"])
    assert matrix.to_pandas(fill=0.0).loc["FRA", "USA"] == 0


def test_to_csv_leaves_undefined_empty(matrix, tmp_path):
    """CSV has a row per pair, an empty cell where undefined, and goes to a file if one is named."""
    text = matrix.to_csv(tmp_path / "m.csv")
    assert (tmp_path / "m.csv").read_text("utf-8") == text
    lines = text.splitlines()
    assert lines[0].startswith("actor1,actor2,ccode1,ccode2,year,value,n_shared")
    assert "FRA,USA,220,2,,,0,0,,,,,no_shared_questions,agreement,skip" in lines


def test_to_json_is_strict(matrix):
    """JSON has null for NaN, reasons, measure and policy."""
    document = json.loads(matrix.to_json(), parse_constant=pytest.fail)
    assert document["values"][0][2] is None
    assert document["why"][0][2] == "no_shared_questions"
    assert (document["measure"], document["silence"], document["lower"]) == ("agreement", "skip", None)


@pytest.mark.hostile("L08")
def test_repr_is_short(matrix):
    """`repr` tells sizes only; `str` is the table."""
    assert repr(matrix) == "<Matrix of agreement (agreement): 3 actors>"
    assert "(0.50) of 2, 1 silent" in str(matrix)


def test_notebooks_get_a_table(matrix):
    """A notebook shows an HTML table with a caption."""
    assert "<caption>Who agrees with whom" in matrix._repr_html_()


@pytest.mark.parametrize("n_pairs", [0, -1, 1.5, "3", True])
def test_top_wants_a_number_of_pairs(matrix, n_pairs):
    """The number of pairs is a whole number of at least one."""
    with pytest.raises(StancesError, match="n_pairs"):
        matrix.top(n_pairs)


def test_a_dyad_comes_once_unless_asked_for_twice(matrix):
    """`to_dyads` hands its choices on."""
    assert len(matrix.to_dyads().columns()["actor1"]) == 3
    assert len(matrix.to_dyads(directed=True).columns()["actor1"]) == 6


def test_one_actor_can_be_selected(matrix):
    """A single id selects one actor, and not its letters."""
    assert matrix.select("CHN").actors == ("CHN",)
