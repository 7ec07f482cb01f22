"""Matrices in the few bytes in which the page carries them: one byte per cell and measure, as a rule.

A view holds a list of looks, each a text and how its cell looks, from the lowest value to the highest;
and for each pair below the diagonal, row by row, the place in that list. Supports and silences are those
of the slice, as all measures share them. The browser needs no arithmetic to show, sort or open a cell.
"""

import base64
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stances import captions
from stances.matrix import REASONS, Matrix
from stances.measures import Measure
from stances.report.boards import look
from stances.report.slices import Slice

BUDGET = 1_500_000  # characters for all views of a page
Pairs = tuple[NDArray[np.intp], NDArray[np.intp]]
Compute = Callable[[Slice, Measure], Matrix]


def packed(array: NDArray[Any]) -> str:
    """Return whole numbers as base64 of little-endian bytes, the first of which says their width.

    Examples
    --------
    >>> packed(np.array([1, 2, 3])), packed(np.array([-1])), packed(np.array([256]))
    ('AQECAw==', 'Af8=', 'AgAB')
    """
    highest = int(array.max(initial=0))
    signed = bool(array.size) and int(array.min()) < 0
    width = 1 if highest < (128 if signed else 256) else 2 if highest < 65536 else 4
    kind = np.dtype("i1" if signed else f"<u{width}")
    return base64.b64encode(bytes([width]) + array.astype(kind).tobytes()).decode("ascii")


def views_of(slices: Iterable[Slice], measures: Iterable[Measure], compute: Compute) -> list[dict[str, Any]]:
    """Return the views of slices under measures, as many as the budget holds; the first at any rate."""
    found: list[dict[str, Any]] = []
    left = BUDGET
    for part in slices:
        matrices = [compute(part, measure) for measure in measures]
        view = _view(part, matrices)
        left -= _size(view)
        if found and left < 0:
            break
        found.append(view)
    return found


def _size(view: dict[str, Any]) -> int:
    """Return how many characters the numbers of a view take."""
    shown = sum(len(one["cells"]) + 16 * len(one["looks"]) for one in view["measures"])
    return shown + len(view["shared"]) + sum(map(len, view["lone"].values()))


def _view(part: Slice, matrices: list[Matrix]) -> dict[str, Any]:
    first = matrices[0]
    below = np.tril_indices(len(first.actors), -1)
    lone = {word: counts[below] for word, counts in captions.lone_counts(part.positions).items()}
    return {
        "slice": part.key,
        "onRecord": packed(first.n_shared.diagonal()),
        "shared": packed(first.n_shared[below]),
        "lone": {word: packed(counts) for word, counts in lone.items() if counts.any()},
        "measures": [_looks(matrix, below) for matrix in matrices],
    }


def _looks(matrix: Matrix, below: Pairs) -> dict[str, Any]:
    """Return the different texts and looks of a matrix, and which of them each pair has."""
    _, first, place = np.unique(_keys(matrix, below), axis=1, return_index=True, return_inverse=True)
    looks: dict[tuple[str, str], int] = {}
    merged = np.zeros(len(first), dtype=np.int64)
    for k, (i, j) in enumerate(zip(below[0][first].tolist(), below[1][first].tolist(), strict=True)):
        merged[k] = looks.setdefault(_look(matrix, i, j), len(looks))
    return {
        "looks": list(looks),
        "cells": packed(merged[place.ravel()]),
        "title": captions.title(matrix),
        "notes": list(captions.notes(matrix)),
    }


def _look(matrix: Matrix, i: int, j: int) -> tuple[str, str]:
    why = matrix.why[i, j]
    if why:
        return captions.undefined(why, 0), "none"
    return captions.value(matrix, i, j), look(captions.shade(matrix, i, j))


def _keys(matrix: Matrix, below: Pairs) -> NDArray[np.float64]:
    """Return what decides the text of a cell, one column per pair; sorted columns rise in value.

    The undefined come first, then what is thin, then what rests on enough.
    """
    defined = matrix.reasons[below] == REASONS.index("")
    solid = defined & (matrix.n_shared[below] >= captions.THIN)
    ends = [np.nan_to_num(array[below]) for array in (matrix.lower, matrix.upper) if array is not None]
    value = np.where(defined, np.nan_to_num(matrix.values[below]), 0.0)
    return np.stack([defined + 0.0 + solid, matrix.reasons[below] + 0.0, value, *ends])
