"""The few sums for scales of many levels give what the tables give."""

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from stances import MEASURES, Measure, PairCounts, Positions, agreement_matrix
from stances import computing as computing_module
from stances.moments import MANY_LEVELS, outcome, suits
from stances.scales import Scale
from stances.silence import Policy, evaluate
from stances.strategies import positions, scales

many = scales(min_levels=MANY_LEVELS, max_levels=21, ordered=st.just(True)) | scales(
    max_levels=4, ordered=st.just(True)
)
tables = positions(min_actors=2, min_questions=1, scales=many, weights=st.sampled_from([0.5, 1.0, 3.0]))
LINEAR = ["agreement", "exact", "signorino_ritter_s", "signorino_ritter_s_squared"]


@pytest.mark.parametrize("name", LINEAR)
@given(tables, st.data())
def test_sums_equal_tables(name, table, data):
    """Value, support and weight are those of the tables, weighted or not, with saliences or without."""
    salience = data.draw(st.none() | st.sampled_from([0.5, 2.0, float("nan")]))
    if salience is not None:
        drawn = [[data.draw(st.sampled_from([1.0, salience])) for _ in row] for row in table.codes]
        table = evolve(table, saliences=np.array(drawn).reshape(table.codes.shape))
    few = outcome(table, table.weights, MEASURES[name])
    counts = PairCounts.of(table, salience=table.saliences is not None)
    whole = evaluate(counts, MEASURES[name], Policy.SKIP)
    assert np.allclose(few.parts.values, whole.parts.values, atol=1e-9, equal_nan=True)
    assert np.allclose(few.parts.weight, whole.parts.weight, atol=1e-9)
    assert np.array_equal(few.n_used, counts.n_shared)


@given(tables)
def test_tiles_do_not_matter(table):
    """Tiles of two actors give the matrix that one tile gives."""
    whole = agreement_matrix(table)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(computing_module, "TILE", 2)
        tiled = agreement_matrix(table)
    assert np.allclose(tiled.values, whole.values, atol=1e-12, equal_nan=True)


def test_who_takes_the_short_way():
    """Means of known distances under `skip` on a scale of many levels; nothing else."""
    wide = Scale("wide", [str(k) for k in range(MANY_LEVELS)])
    table = Positions.from_codes([[0], [9]], scale=wide)
    narrow = Positions.from_codes([[0], [1]], scale=Scale("narrow", ["a", "b"]))
    assert suits(table, MEASURES["agreement"], Policy.SKIP)
    assert not suits(narrow, MEASURES["agreement"], Policy.SKIP)
    assert not suits(table, MEASURES["agreement"], Policy.HALF)
    assert not suits(table, MEASURES["cohen_kappa"], Policy.SKIP)
    assert not suits(table, MEASURES["directional"], Policy.SKIP)
    assert not suits(table, Measure("own", "t", "r", kernel=np.zeros((10, 10))), Policy.SKIP)
    assert agreement_matrix(table)["a1", "a2"] == 0


def test_unordered_scales_take_identity_or_refuse():
    """On an unordered scale of many levels `agreement` is identity, and a distance is refused."""
    colours = Scale("colours", [f"colour {k}" for k in range(12)], ordered=False)
    table = Positions.from_codes([[0, 3], [0, 9]], scale=colours)
    assert agreement_matrix(table)["a1", "a2"] == 0.5
    with pytest.raises(ValueError, match="needs ordered levels"):
        agreement_matrix(table, "signorino_ritter_s")
