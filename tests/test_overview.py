"""A large matrix in a terminal: its ends, its blocs, and where the whole is."""

import numpy as np
import pytest

from stances import VOTE, Positions, agreement_matrix, divergence_matrix
from stances.models import Question
from stances.overview import LARGE
from stances.registry import members

EU = members("EU", "2022-03-02")


def votes(n=30):
    """The EU's members vote alike, and China and Russia the opposite; one state is new and has few votes."""
    rng = np.random.default_rng(1)
    line = rng.choice([0, 2], n)
    codes = np.array([line] * len(EU) + [2 - line, 2 - line, np.where(np.arange(n) < 3, line, -4)])
    flips = rng.random(codes.shape) < 0.05
    codes = np.where(flips & (codes >= 0), 1, codes)
    questions = [Question(f"r{k:02}", "?", VOTE, date="2022-03-02") for k in range(n)]
    return Positions.from_codes(codes, scale=VOTE, actors=[*EU, "CHN", "RUS", "SSD"], questions=questions)


def test_a_large_matrix_shows_its_ends():
    """Printed are the nearest and the furthest pairs in order, how many there are, and the blocs."""
    matrix = agreement_matrix(votes())
    near, far, blocs = matrix.top(5).grids()
    values = [matrix[row[0], row[1]] for row in near.rows]
    assert values == sorted(values, reverse=True)
    assert values[0] == np.nanmax(
        matrix.values[np.triu_indices(30, 1)][matrix.n_shared[np.triu_indices(30, 1)] >= 5]
    )
    assert all({row[0], row[1]} & {"CHN", "RUS"} for row in far.rows)
    assert "30 actors, 435 pairs, 29 of them" in near.notes[0]
    rows = {row[0]: row[1:] for row in blocs.rows}
    assert rows["EU"][0] == "27"
    assert float(rows["EU"][1]) > 0.85 > 0.3 > float(rows["EU"][2])


def test_thin_values_are_not_ranked():
    """A state with three votes is at neither end."""
    first, *_ = agreement_matrix(votes()).top(500).grids()
    rows = first.rows
    assert len(rows) == 435 - 29
    assert not any("SSD" in row[:2] for row in rows)


def test_print_and_files():
    """A terminal gets the ends; CSV, JSON and other forms get everything."""
    matrix = agreement_matrix(votes())
    assert "nearest pairs" in str(matrix)
    assert len(matrix.to_csv().splitlines()) == 436
    assert matrix.to_table("github").count("\n") > 30
    small = matrix.select(matrix.actors[:LARGE])
    assert "nearest pairs" not in str(small)


def test_divergence_begins_with_the_furthest():
    """For divergence the highest values are the furthest pairs, and are called so."""
    first, second = divergence_matrix(votes()).top(3).grids()[:2]
    assert "furthest pairs" in first.title
    assert second.title == "Nearest pairs"
    assert {"CHN", "RUS"} & set(first.rows[0])


@pytest.mark.parametrize("n_pairs", [1, 7, 1000])
def test_columns_are_the_pairs_that_are_shown(n_pairs):
    """The columns hold the pairs of both ends, once each."""
    top = agreement_matrix(votes()).top(n_pairs)
    shown = {frozenset(row[:2]) for grid in top.grids()[:2] if "pairs" in grid.title for row in grid.rows}
    columns = top.columns()
    assert {frozenset(p) for p in zip(columns["actor1"], columns["actor2"], strict=True)} == shown
    assert len(columns["actor1"]) == len(shown)


def test_nothing_solid_to_rank():
    """Where every pair is thin, the table is empty and says so."""
    table = Positions.from_codes(np.zeros((13, 2), dtype=int), scale=VOTE)
    text = str(agreement_matrix(table))
    assert "13 actors, 78 pairs, 78 of them undefined or on fewer than 5" in text


@pytest.mark.parametrize(
    ("day", "inside", "outside"), [("2012-03-02", "GBR", "HRV"), ("2022-03-02", "HRV", "GBR")]
)
def test_blocs_are_those_of_the_day(day, inside, outside):
    """Who belonged to a bloc is asked for the last day of the questions."""
    question = Question("q", "?", VOTE, date=day)
    table = Positions.from_codes(
        [[2], [2], [0]], scale=VOTE, actors=["FRA", "GBR", "HRV"], questions=[question]
    )
    members_then = agreement_matrix(table).top().blocs["EU"]
    assert inside in members_then
    assert outside not in members_then
