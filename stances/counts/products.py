"""Sums over questions of products of planes, by blocks: whole numbers stay whole whatever the engine."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stances.codes import Codes
from stances.counts import engines
from stances.counts.planes import Bundle, Form, packed, planes

QUESTION_BLOCK = 2048
EXACT = 2**24  # up to here float32 holds every whole number
Floats = NDArray[np.float64]
Factor = tuple[float, Floats | None, Floats | None]


def product(one: Codes, other: Codes, form: Form) -> Floats:
    """Return plain sums of a form for all pairs of two groups of actors.

    Symmetric forms of one group with itself are half the work. Whole numbers are summed in float32
    by blocks short enough for it to be exact, or as bits where the engine is `simsimd`.

    Parameters
    ----------
    one, other : ndarray of int8, shape (n_one, n_questions), (n_other, n_questions)
        The same object for the pairs of one group.
    form : Form

    Returns
    -------
    ndarray of float, shape (n_one, n_other, n_left, n_right)
    """
    if form.is_binary and engines.current() == engines.SIMSIMD:
        return _unfolded(_of_bits(one, other, form), form, len(one), len(other))
    length = QUESTION_BLOCK
    if form.is_whole and form.bound:
        length = min(length, int(EXACT // form.bound))
    exact = form.is_whole and length >= min(64, one.shape[1])
    dtype, length = (np.float32, length) if exact else (np.float64, QUESTION_BLOCK)
    total = _blocks(one, other, form, dtype, max(length, 1))
    return _unfolded(total, form, len(one), len(other))


def weighed(one: Codes, other: Codes, form: Form, factors: Sequence[Factor]) -> Floats:
    """Return sums of a form in which each question is multiplied by factors, in float64.

    Parameters
    ----------
    one, other : ndarray of int8, shape (n_one, n_questions), (n_other, n_questions)
    form : Form
    factors : sequence of (float, ndarray or None, ndarray or None)
        Terms that are added up: a number, a factor of the first actor and one of the second, of shape
        (n_questions,) or (n_actors, n_questions); None stands for ones.

    Returns
    -------
    ndarray of float, shape (n_one, n_other, n_left, n_right)
    """
    right = form.left if form.right is None else form.right
    total = np.zeros((len(form.left) * len(one), len(right) * len(other)))
    for start in range(0, one.shape[1], QUESTION_BLOCK):
        block = slice(start, start + QUESTION_BLOCK)
        first = planes(one[:, block], form.left, np.float64)
        second = planes(other[:, block], right, np.float64)
        for number, before, after in factors:
            total += number * (
                _times(first, before, block, form.left) @ _times(second, after, block, right).T
            )
    return _unfolded(total, form, len(one), len(other))


def _times(
    stacked: NDArray[Any], factor: Floats | None, block: slice, bundles: tuple[Bundle, ...]
) -> NDArray[Any]:
    """Return planes of which every question is multiplied by a factor."""
    if factor is None:
        return stacked
    wide = np.atleast_2d(factor[..., block])
    rows = len(bundles) if wide.shape[0] > 1 else 1
    return stacked * np.tile(wide, (rows, len(bundles[0])))


def _blocks(
    one: Codes, other: Codes, form: Form, dtype: type[np.floating], length: int
) -> NDArray[np.floating]:
    """Return the sums of a form, block by block, shape (n_left * n_one, n_right * n_other)."""
    right = form.left if form.right is None else form.right
    same = one is other and form.right is None
    total: Any = 0.0
    for start in range(0, max(one.shape[1], 1), length):
        block = slice(start, start + length)
        first = planes(one[:, block], form.left, dtype)
        second = first if same else planes(other[:, block], right, dtype)
        part = first @ second.T
        total = part.astype(np.float64) if start == 0 else np.add(total, part, out=total)
    result: NDArray[np.floating] = total
    return result


def _of_bits(one: Codes, other: Codes, form: Form) -> Floats:
    """Return the sums of a form of 0 and 1 as counts of bits.

    Two sets share half of what they hold together without what only one of them holds.
    """
    import simsimd

    right = form.left if form.right is None else form.right
    same = one is other and form.right is None
    first = packed(one, form.left)
    second = first if same else packed(other, right)
    nothing = np.zeros((1, first.shape[1]), dtype=np.uint8)

    def apart(left: NDArray[np.uint8], right: NDArray[np.uint8]) -> Floats:
        return np.asarray(simsimd.cdist(left, right, metric="hamming", dtype="bin8"), dtype=np.float64)

    shared: Floats = apart(first, nothing) + apart(second, nothing).T
    shared -= apart(first, second)
    shared *= 0.5
    return shared


def _unfolded(total: Any, form: Form, n_one: int, n_other: int) -> Floats:
    n_right = len(form.left if form.right is None else form.right)
    result: Floats = total.reshape(len(form.left), n_one, n_right, n_other).transpose(1, 3, 0, 2)
    return result
