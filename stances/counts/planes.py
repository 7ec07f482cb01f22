"""Planes: what tables of codes are multiplied as, one number per actor and question.

A plane gives each level a number: 1 for yes and 0 else, say. A sum over questions of products of
two planes counts, for two actors, how often the one took this level and the other that one. Planes
of 0 and 1 may be packed eight to a byte.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances.codes import ABSENT, SILENT, Codes

Row = tuple[float, ...]
Bundle = tuple[Row, ...]
Bits = NDArray[np.uint8]
Floats = NDArray[np.float64]


@frozen
class Form:
    """What is summed over questions: products of planes of two actors.

    Attributes
    ----------
    left : tuple of tuple of Row
        Bundles of planes of the first actor; the planes of a bundle are added up. A row holds one
        number per level, and may hold one more for silent or absent.
    right : tuple of tuple of Row, or None
        Those of the second actor; the same for None, so that the sums are symmetric.

    Examples
    --------
    How often two actors take the same of two levels, and a level at all:

    >>> Form((((1, 0), (0, 1)), )).bound, Form((((1, 1),), )).is_binary
    (1.0, True)
    """

    left: tuple[Bundle, ...]
    right: tuple[Bundle, ...] | None = None

    @property
    def second(self) -> tuple[Bundle, ...]:
        """The bundles of the second actor."""
        return self.left if self.right is None else self.right

    @cached_property
    def is_binary(self) -> bool:
        """Whether all planes are of 0 and 1."""
        return all(value in (0, 1) for value in self._numbers)

    @cached_property
    def is_whole(self) -> bool:
        """Whether all planes are of whole numbers."""
        return all(value == int(value) for value in self._numbers)

    @property
    def _numbers(self) -> Iterator[float]:
        return (value for bundle in (*self.left, *self.second) for row in bundle for value in row)

    @cached_property
    def bound(self) -> float:
        """The most that a question can add to a sum."""
        first, second = np.abs(np.array(self.left)), np.abs(np.array(self.second))
        return float(np.einsum("arx,bry->abxy", first, second).max(initial=0.0))

    @property
    def cost(self) -> float:
        """Products of two planes of all actors that it takes; a symmetric one is half the work."""
        whole = len(self.left) * len(self.left[0])
        return whole * len(self.left) / 2.0 if self.right is None else float(whole * len(self.right))


def planes(codes: Codes, bundles: tuple[Bundle, ...], dtype: type[np.floating]) -> NDArray[np.floating]:
    """Return planes, those of a bundle side by side, the bundles below each other.

    Parameters
    ----------
    codes : ndarray of int8, shape (n_actors, n_questions)
    bundles : tuple of tuple of Row
        All of one length.
    dtype : numpy type

    Returns
    -------
    ndarray, shape (n_bundles * n_actors, n_planes * n_questions)
    """
    (n, q), width = codes.shape, len(bundles[0])
    stacked = np.empty((len(bundles), n, width, q), dtype)
    for i, bundle in enumerate(bundles):
        for r, row in enumerate(bundle):
            stacked[i, :, r] = _plane(codes, row)
    return stacked.reshape(len(bundles) * n, width * q)


def packed(codes: Codes, bundles: tuple[Bundle, ...]) -> Bits:
    """Return planes of 0 and 1 packed to bits, shape (n_bundles * n_actors, n_bytes)."""
    n, width = len(codes), -(-codes.shape[1] // 8)
    stacked = np.empty((len(bundles), n, len(bundles[0]), width), dtype=np.uint8)
    for i, bundle in enumerate(bundles):
        for r, row in enumerate(bundle):
            stacked[i, :, r] = np.packbits(_plane(codes, row), axis=1)
    return stacked.reshape(len(bundles) * n, len(bundles[0]) * width)


def _plane(codes: Codes, row: Row) -> NDArray[Any]:
    """Return the number of the row at each code: as truth values for 0 and 1, zero where there is none."""
    levels = [k for k, value in enumerate(row) if value]
    if all(row[k] == 1 for k in levels):
        return _any_of(codes, levels, len(row))
    if all(value == int(value) and abs(value) < 64 for value in row):
        return _steps(codes, row)
    table = np.zeros(256)
    table[: len(row)] = row
    plane: Floats = table[codes.view(np.uint8)]
    return plane


def _any_of(codes: Codes, levels: list[int], n_levels: int) -> NDArray[np.bool_]:
    """Tell where the code is one of some levels; those from the lowest, or up to the highest, at once."""
    found: NDArray[np.bool_]
    if len(levels) == 1:
        found = codes == levels[0]
    elif levels and levels == list(range(levels[0], n_levels)):
        found = codes >= levels[0]
    elif levels == list(range(len(levels))):
        found = codes.view(np.uint8) < len(levels)  # what is no level is 128 at least
    else:
        found = np.isin(codes, levels)
    return found


def _steps(codes: Codes, row: Row) -> NDArray[np.int8]:
    """Return small whole numbers as a sum of steps from level to level, in bytes."""
    plane = np.zeros(codes.shape, dtype=np.int8)
    for k, (value, before) in enumerate(zip(row, (0, *row), strict=False)):
        if value != before:
            plane += (codes >= k).view(np.int8) * np.int8(value - before)
    return plane


def with_gap(codes: Codes, n_levels: int) -> Codes:
    """Return codes in which silent and absent are one level more, after the last."""
    gap = (codes == SILENT) | (codes == ABSENT)
    return np.where(gap, np.int8(n_levels), codes)
