"""Planes and their products against plain loops, whichever engine multiplies."""

import itertools
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from stances.counts import engines, products
from stances.counts.planes import Form, packed, planes, with_gap
from stances.counts.products import product, weighed
from stances.errors import ChoiceError, MissingExtraError

N_LEVELS = 4
WHOLE = st.integers(-70, 70).map(float)
BROKEN = st.sampled_from([0.25, 1 / 3, -0.1])
CODES = st.tuples(st.integers(1, 4), st.integers(0, 70)).flatmap(
    lambda shape: arrays.arrays(np.int8, shape, elements=st.integers(-5, N_LEVELS - 1))
)


@st.composite
def forms(draw, values, symmetric=None):
    """Forms of some bundles of some planes each."""
    width = draw(st.integers(1, 3))
    row = st.tuples(*[values] * N_LEVELS)
    bundles = st.lists(st.tuples(*[row] * width), min_size=1, max_size=3).map(tuple)
    alone = draw(st.booleans()) if symmetric is None else symmetric
    return Form(draw(bundles), None if alone else draw(bundles))


def slowly(one, other, form, weigh=lambda i, j, q: 1.0):
    """Sum products of planes pair by pair and question by question."""
    right = form.left if form.right is None else form.right
    result = np.zeros((len(one), len(other), len(form.left), len(right)))
    for i, j, q in itertools.product(range(len(one)), range(len(other)), range(one.shape[1])):
        k, l = one[i, q], other[j, q]
        if k < 0 or l < 0:
            continue
        for a, b in itertools.product(range(len(form.left)), range(len(right))):
            terms = (x[k] * y[l] for x, y in zip(form.left[a], right[b], strict=True))
            result[i, j, a, b] += weigh(i, j, q) * sum(terms)
    return result


@pytest.mark.parametrize("engine", engines.installed())
@given(CODES, st.data(), st.sampled_from([3, 64, 2048]))
def test_products_equal_a_plain_loop(engine, codes, data, block):
    """Sums of whole numbers are exact, of one group with itself or of two, whatever the block or strip."""
    form = data.draw(forms(st.sampled_from([0.0, 1.0])) | forms(WHOLE))
    other = codes if data.draw(st.booleans()) else codes[::-1].copy()
    with engines.only(engine), pytest.MonkeyPatch.context() as patch:
        patch.setattr(products, "QUESTION_BLOCK", block)
        patch.setattr(products, "FEWEST_BITS", 1)
        patch.setattr(products, "CACHED", data.draw(st.sampled_from([0, 2**19])))
        patch.setattr(products, "STRIP", 3)
        assert np.array_equal(product(codes, other, form), slowly(codes, other, form))


@given(CODES, st.data())
def test_broken_numbers_are_summed_in_double_precision(codes, data):
    """Planes of broken numbers are right to the last digits of a double."""
    form = data.draw(forms(BROKEN))
    assert np.allclose(product(codes, codes, form), slowly(codes, codes, form), rtol=0, atol=1e-12)


@given(CODES, st.data(), st.sampled_from([3, 2048]))
def test_weighed_products_equal_a_plain_loop(codes, data, block):
    """Factors of a question, of the first and of the second actor are multiplied in, and terms added."""
    form = data.draw(forms(st.sampled_from([0.0, 1.0, -1.0])))
    n, q = codes.shape
    numbers = st.sampled_from([0.0, 0.5, 2.0])
    w = data.draw(arrays.arrays(float, q, elements=numbers))
    s = data.draw(arrays.arrays(float, (n, q), elements=numbers))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(products, "QUESTION_BLOCK", block)
        found = weighed(codes, codes, form, [(0.5, w * s, None), (0.5, w, s), (1.0, None, None)])
    due = slowly(codes, codes, form, lambda i, j, k: 0.5 * w[k] * (s[i, k] + s[j, k]) + 1.0)
    assert np.allclose(found, due, rtol=0, atol=1e-12)


@given(CODES, st.data())
def test_bits_hold_what_planes_hold(codes, data):
    """A packed plane has as many bits as the plane has ones."""
    form = data.draw(forms(st.sampled_from([0.0, 1.0]), symmetric=True))
    ones = planes(codes, form.left, np.float64).sum(axis=1)
    assert np.array_equal(np.unpackbits(packed(codes, form.left), axis=1).sum(axis=1), ones)


def test_silent_and_absent_may_be_a_level():
    """They become one level after the last; no record, not eligible and conflict do not."""
    codes = np.array([[0, 1, -1, -2, -3, -4, -5]], dtype=np.int8)
    assert with_gap(codes, 2).tolist() == [[0, 1, -1, 2, 2, -4, -5]]


@pytest.mark.hostile("N17")
def test_large_numbers_are_exact():
    """Where single precision would round, blocks are shorter or double precision is taken."""
    codes = np.zeros((2, 3000), dtype=np.int8)
    for value in (99.0, 4097.0, 2.0**20 + 1):
        form = Form((((value,),),))
        assert product(codes, codes, form)[0, 1, 0, 0] == 3000 * value**2


def test_more_questions_than_single_precision_counts():
    """Beyond two to the 24th, every question still counts."""
    codes = np.zeros((1, 2**24 + 3), dtype=np.int8)
    with engines.only("numpy"):
        assert product(codes, codes, Form((((1.0,),),)))[0, 0, 0, 0] == 2**24 + 3


def test_engines_are_chosen_by_name():
    """`only` holds within its block; what there is not, or what is not installed, is refused."""
    with engines.only("numpy"):
        assert engines.current() == "numpy"
    assert engines.current() == engines.installed()[-1]
    said = "engine 'numpi' is not one of numpy, simsimd; did you mean 'numpy'"
    with pytest.raises(ChoiceError, match=said), engines.only("numpi"):
        pass


def test_an_engine_that_is_missing_says_how_to_get_it(monkeypatch):
    """Without simsimd numpy counts, and asking for simsimd names the extra."""
    assert engines.installed.__wrapped__() == ("numpy", "simsimd")[: 1 + (find_spec("simsimd") is not None)]
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    assert engines.installed.__wrapped__() == ("numpy",)
    monkeypatch.setattr(engines, "installed", lambda: ("numpy",))
    assert engines.current() == "numpy"
    said = r"simsimd.*pip install 'stances\[fast\]'"
    with pytest.raises(MissingExtraError, match=said), engines.only("simsimd"):
        pass
