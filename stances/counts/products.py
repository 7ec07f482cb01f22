"""Sums over questions of products of planes, by blocks: whole numbers stay whole whatever the engine."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stances.codes import Codes
from stances.counts import engines
from stances.counts.planes import Bits, Bundle, Form, packed, planes

QUESTION_BLOCK = 2048
FEWEST_BITS = 1024  # in a row, below which bits are no faster than numbers
STRIP = 64  # rows of bits at a time
CACHED = 2**20  # bytes of them that need no strips
PLANES = 2**21  # numbers in the planes of one block
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
    n_bits = one.shape[1] * len(form.left[0])
    if form.is_binary and n_bits >= FEWEST_BITS and engines.current() == engines.SIMSIMD:
        return _unfolded(_of_bits(one, other, form), form, len(one), len(other))
    length = _block_length(form, max(len(one), len(other)))
    exact = int(EXACT // form.bound) if form.is_whole and form.bound else 0
    if exact >= min(64, one.shape[1]):
        total = _blocks(one, other, form, np.float32, max(min(length, exact), 1))
    else:
        total = _blocks(one, other, form, np.float64, length)
    return _unfolded(total, form, len(one), len(other))


def _block_length(form: Form, n_actors: int) -> int:
    """Return how many questions are multiplied at a time: fewer where planes would be large."""
    n_planes = max(len(form.left), len(form.second)) * len(form.left[0])
    return min(QUESTION_BLOCK, max(PLANES // (n_planes * max(n_actors, 1)), 64))


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
    total = np.zeros((len(form.left) * len(one), len(form.second) * len(other)))
    length = _block_length(form, max(len(one), len(other)))
    for start in range(0, one.shape[1], length):
        block = slice(start, start + length)
        first = planes(one[:, block], form.left, np.float64)
        second = planes(other[:, block], form.second, np.float64)
        for number, before, after in factors:
            total += number * (
                _times(first, before, block, form.left) @ _times(second, after, block, form.second).T
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


def _blocks(one: Codes, other: Codes, form: Form, dtype: type[np.floating], length: int) -> Floats:
    """Return the sums of a form, block by block, shape (n_left * n_one, n_right * n_other).

    They add up in single precision as long as that is exact.
    """
    same = one is other and form.right is None
    fits = dtype is np.float32 and form.bound * one.shape[1] <= EXACT
    total = np.zeros(
        (len(form.left) * len(one), len(form.second) * len(other)), np.float32 if fits else np.float64
    )
    part = np.empty(total.shape, dtype)
    for start in range(0, one.shape[1], length):
        block = slice(start, start + length)
        first = planes(one[:, block], form.left, dtype)
        second = first if same else planes(other[:, block], form.second, dtype)
        total += np.matmul(first, second.T, out=part)
    return total.astype(np.float64, copy=False)


def _of_bits(one: Codes, other: Codes, form: Form) -> Floats:
    """Return the sums of a form of 0 and 1 as counts of bits.

    Two sets share half of what they hold together without what only one of them holds.
    """
    same = one is other and form.right is None
    first = packed(one, form.left)
    second = first if same else packed(other, form.second)
    nothing = np.zeros((1, first.shape[1]), dtype=np.uint8)
    sizes = _apart(first, nothing)
    shared = sizes + (sizes if same else _apart(second, nothing)).T
    shared -= _apart_by_strips(first, second, same)
    shared *= 0.5
    return shared


def _apart(first: Bits, second: Bits) -> Floats:
    """Return in how many bits every two rows differ."""
    import simsimd

    return np.asarray(simsimd.cdist(first, second, metric="hamming", dtype="bin8"), dtype=np.float64)


def _apart_by_strips(first: Bits, second: Bits, same: bool) -> Floats:
    """Return the same for many rows, by strips of the second that stay in the processor's cache."""
    if second.size <= CACHED:
        return _apart(first, second)
    apart = np.empty((len(first), len(second)))
    for start in range(0, len(second), STRIP):
        strip = slice(start, start + STRIP)
        if not same:
            apart[:, strip] = _apart(first, second[strip])
            continue
        above = apart[: start + STRIP, strip]
        above[...] = _apart(first[: start + STRIP], second[strip])
        apart[strip, :start] = above[:start].T
    return apart


def _unfolded(total: Any, form: Form, n_one: int, n_other: int) -> Floats:
    result: Floats = total.reshape(len(form.left), n_one, len(form.second), n_other).transpose(1, 3, 0, 2)
    return result
