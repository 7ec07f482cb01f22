"""What a matrix says at a glance is true of its numbers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances import VOTE, Positions, agreement_matrix, divergence_matrix
from stances.captions import THIN
from stances.strategies import positions


@given(positions(min_actors=2, max_actors=4, max_questions=9, scales=st.just(VOTE)))
def test_cells_tell_their_support(table):
    """A value stands with its support, in brackets exactly below five, with silences beside it."""
    matrix = agreement_matrix(table)
    (grid,) = matrix.grids()
    names = [row[0] for row in grid.rows]
    for row, i in zip(grid.rows, map(table.actors.index, names), strict=True):
        for text, j in zip(row[1:], map(table.actors.index, names), strict=True):
            n = matrix.n_shared[i, j]
            if i == j:
                assert text == f"{n} on record"
                continue
            assert text.startswith("(") == (0 < n < THIN)
            assert (f"of {n}" in text) == (n > 0)
            for word, code in (("silent", -2), ("absent", -3)):
                lone = sum(
                    (a == code and b >= 0) or (b == code and a >= 0)
                    for a, b in zip(*table.codes[[i, j]], strict=True)
                )
                assert (re.search(rf", (\d+) {word}", text) or [0, "0"])[1] == str(lone)


@given(positions(max_actors=4, scales=st.just(VOTE)))
def test_nobody_is_dropped(table):
    """Every actor is a row, or is named below, or has nothing on record and the table is empty."""
    (grid,) = agreement_matrix(table).grids()
    rows = {row[0] for row in grid.rows}
    below = " ".join(note for note in grid.notes if note.startswith(("Left out", "Undefined")))
    for actor, codes in zip(table.actors, table.codes, strict=True):
        named = bool(re.search(rf"\b{actor}\b", below))
        assert (actor in rows) != named or (not rows and not (codes >= 0).any())


@given(positions(min_actors=2, max_questions=9, scales=st.just(VOTE)))
def test_only_solid_cells_are_shaded(table):
    """Colour is for values that rest on five questions or more, between 0 and 1."""
    for matrix in (agreement_matrix(table, "cohen_kappa"), divergence_matrix(table)):
        (grid,) = matrix.grids()
        for (row, column), shade in grid.shades.items():
            assert 0 <= shade <= 1
            assert "(" not in grid.rows[row][column]


def test_own_words_are_counted(seed):
    """The notes say on how many shared questions both speak for themselves, and what silence hides."""
    text = str(agreement_matrix(seed))
    assert (
        "CHN-FRA: none of the 4 has both in their own words; had CHN answered 3 calls of FRA: 0.68 to 1.00."
        in text
    )
    bounds = agreement_matrix(seed, silence="bounds").cell("CHN", "FRA")
    assert (f"{bounds.lower:.2f}", f"{bounds.upper:.2f}") == ("0.68", "1.00")


def test_conflicts_are_named(seed):
    """A conflict is named in the notes, and gone once a basis is preferred."""
    assert "Skipped, as the records differ: CHN on open-chinese-market." in str(agreement_matrix(seed))
    assert "Skipped" not in str(agreement_matrix(seed, prefer="word"))


def test_captions_name_policy_and_rules(seed):
    """The caption names dataset, rules, measure and policy."""
    title = str(agreement_matrix(seed, "exact", "half", inferred=False)).split("\n")[0]
    for part in ("paris-beijing-2025", "words and deeds, nothing inferred", "exact", "a silence counts half"):
        assert part in title


@pytest.mark.parametrize("codes", [[], [[2]], [[2, -1], [-1, 2]], [[-1], [-1]]])
def test_tables_of_nothing_say_why(codes):
    """Where no two actors share a question, the table says that nothing is defined and who is on record."""
    table = Positions.from_codes(
        [list(c) for c in codes] or [[]][:0] or __import__("numpy").zeros((0, 0)), scale=VOTE
    )
    text = str(agreement_matrix(table))
    assert "Undefined between all actors (no_shared_questions)" in text


def test_undefined_cells_say_why():
    """An undefined cell among others shows its reason in words."""
    table = Positions.from_codes([[2, 2], [2, 2], [2, 0]], scale=VOTE)
    assert "no variation of 2" in str(agreement_matrix(table, "cohen_kappa"))
    assert "too few of 2" in str(agreement_matrix(table, min_shared=3))
