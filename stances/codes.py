"""Codes: one signed byte per actor and question, a level or the reason why there is none."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from stances.cells import cells_of, is_number
from stances.errors import CodesError, LevelError, shown
from stances.models import Question, Silence
from stances.scales import MAX_LEVELS, Scale

NO_RECORD, SILENT, ABSENT, NOT_ELIGIBLE, CONFLICT = -1, -2, -3, -4, -5
SILENCE_CODES = {
    Silence.NO_RECORD: NO_RECORD,
    Silence.SILENT: SILENT,
    Silence.ABSENT: ABSENT,
    Silence.NOT_ELIGIBLE: NOT_ELIGIBLE,
}
CODE_NAMES = {code: silence.value for silence, code in SILENCE_CODES.items()} | {CONFLICT: "conflict"}
Codes = NDArray[np.int8]


def codes_of(codes: ArrayLike) -> Codes:
    """Return codes as a read-only array of signed bytes, or say why they are none.

    Cells that are masked or hold nothing, such as None, NaN or pandas' NA, are no record.
    """
    if type(codes) is np.ndarray and codes.dtype == np.int8:
        array: NDArray[Any] = codes
    else:
        array = _whole(*_cells(codes))
    if array.ndim != 2:
        raise CodesError(f"codes have {array.ndim} dimensions; due are 2, actors x questions")
    result = array.astype(np.int8, order="C")  # always a copy: nobody else holds it
    result.setflags(write=False)
    return result


def _cells(codes: ArrayLike) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    try:
        return cells_of(codes)
    except ValueError:
        raise CodesError("codes have rows of different lengths") from None


def _whole(cells: NDArray[Any], gaps: NDArray[np.bool_]) -> NDArray[Any]:
    """Return cells as whole numbers, -1 in the gaps; CodesError if there is anything else."""
    if cells.dtype == np.bool_:
        raise CodesError("codes are booleans; write 0 and 1 on a scale of two levels")
    if cells.dtype.kind not in "iufO":
        raise CodesError(f"codes of type {cells.dtype} are not whole numbers")
    filled = np.where(gaps, np.float64(NO_RECORD), cells) if gaps.any() else cells
    numbers = _numbers(filled) if cells.dtype == object else filled
    whole = (numbers >= CONFLICT) & (numbers < MAX_LEVELS) & (numbers == np.floor(numbers))
    if not whole.all():
        raise _no_code(cells[np.unravel_index(int(np.argmin(whole)), whole.shape)])
    return numbers


def _numbers(cells: NDArray[Any]) -> NDArray[np.float64]:
    """Return cells as numbers; truth values and texts are none, also among others that are."""
    for cell in cells.flat:
        if not is_number(cell):
            raise _no_code(cell)
    try:
        return cells.astype(np.float64)
    except OverflowError:
        raise CodesError("codes are beyond all numbers; write levels as 0, 1, 2 ...") from None


def _no_code(cell: object) -> CodesError:
    return CodesError(
        f"code {shown(cell)} is not a whole number from -5 to 126; write -1 where there is no record"
    )


def check_shapes(
    codes: Codes, saliences: NDArray[np.float64] | None, n_actors: int, n_questions: int
) -> None:
    """Raise CodesError if codes or saliences do not fit the actors and questions."""
    shape = (n_actors, n_questions)
    if codes.shape != shape:
        raise CodesError(
            f"codes of shape {codes.shape} do not fit {n_actors} actors x {n_questions} questions"
        )
    if saliences is not None and saliences.shape != shape:
        raise CodesError(f"saliences of shape {saliences.shape} do not fit codes of shape {shape}")


def check_levels(codes: Codes, actors: Sequence[str], questions: Sequence[Question]) -> None:
    """Raise CodesError if a code is neither a level of its question's scale nor a silence."""
    highest = np.array([question.scale.n_levels for question in questions], dtype=np.int16)
    wrong = (codes < CONFLICT) | (codes >= highest)
    if wrong.any():
        i, j = np.argwhere(wrong)[0]
        scale = questions[j].scale
        raise CodesError(
            f"code {codes[i, j]} of {actors[i]} on {questions[j].id} "
            f"is neither a level of scale {scale.id!r} (0 to {scale.n_levels - 1}) nor a silence"
        )


def numbered(letter: str, n: int) -> tuple[str, ...]:
    """Return names for what has none: a letter and numbers from 1."""
    return tuple(f"{letter}{k + 1}" for k in range(n))


def questions_of(
    ids: Sequence[str | Question], scale: Scale | Sequence[Scale], weights: ArrayLike | None
) -> tuple[Question, ...]:
    """Return questions made of their ids, scales and weights; those that are records stay as they are.

    Raises
    ------
    CodesError
        If there are more of one than of another.
    """
    scales = (scale,) * len(ids) if isinstance(scale, Scale) else tuple(scale)
    values = (1.0,) * len(ids) if weights is None else tuple(np.asarray(weights, dtype=object).tolist())
    if not len(ids) == len(scales) == len(values):
        raise CodesError(f"{len(ids)} questions, {len(scales)} scales and {len(values)} weights do not match")
    return tuple(
        q if isinstance(q, Question) else Question(q, q, s, weight=w)
        for q, s, w in zip(ids, scales, values, strict=True)
    )


def grouped(scales: Sequence[Scale]) -> tuple[tuple[Scale, NDArray[np.intp]], ...]:
    """Return the different scales, sorted, and where each stands; the indices are read-only."""
    found: dict[int, tuple[Scale, list[int]]] = {}
    for j, scale in enumerate(scales):  # by identity first: to compare scales takes much longer
        found.setdefault(id(scale), (scale, []))[1].append(j)
    merged: dict[Scale, list[int]] = {}
    for scale, indices in found.values():
        merged.setdefault(scale, []).extend(indices)
    order = sorted(merged, key=lambda scale: (scale.id, scale.levels, scale.values or ()))
    columns = [np.sort(np.array(merged[scale], dtype=np.intp)) for scale in order]
    for column in columns:
        column.setflags(write=False)
    return tuple(zip(order, columns, strict=True))


def recoded(
    codes: Codes, questions: Sequence[Question], changes: Mapping[str | Silence, str | Silence]
) -> Codes:
    """Return codes in which levels or silences stand for others, all at once.

    Raises
    ------
    LevelError
        If a label belongs to no scale of the questions.
    """
    result = codes.copy()
    found: set[str | Silence] = set(Silence)
    for scale in dict.fromkeys(question.scale for question in questions):
        columns = [j for j, question in enumerate(questions) if question.scale == scale]
        known: dict[str, int] = {label: k for k, label in enumerate(scale.levels)} | dict(SILENCE_CODES)
        found |= set(known)
        for old, new in changes.items():
            if old in known and new in known:
                before = codes[:, columns]
                result[:, columns] = np.where(before == known[old], known[new], result[:, columns])
    for label in (*changes, *changes.values()):
        if label not in found:
            raise LevelError(label, "of this table", tuple(sorted(found - set(Silence))))
    return result


def saliences_of(saliences: ArrayLike | None) -> NDArray[np.float64] | None:
    """Return saliences as a read-only array; CodesError if one is below 0 or endless."""
    if saliences is None:
        return None
    array = np.array(saliences, dtype=np.float64)
    if not ((np.isfinite(array) & (array >= 0)) | np.isnan(array)).all():
        raise CodesError("saliences are numbers of at least 0, and NaN where they are not known")
    array.setflags(write=False)
    return array


def contested(codes: Codes) -> NDArray[np.bool_]:
    """Tell of each question whether two levels were taken at least, shape (n_questions,)."""
    highest = codes.max(axis=0, initial=NO_RECORD)
    lowest = np.where(codes >= 0, codes, MAX_LEVELS).min(axis=0, initial=MAX_LEVELS)
    differs: NDArray[np.bool_] = lowest < highest
    return differs


def participation(codes: Codes) -> NDArray[np.float64]:
    """Return each actor's share of levels among the questions it was eligible for, shape (n_actors,).

    Zero for an actor who was eligible for none.
    """
    eligible = ((codes != NOT_ELIGIBLE) & (codes != NO_RECORD)).sum(axis=1)
    shares: NDArray[np.float64] = (codes >= 0).sum(axis=1) / np.maximum(eligible, 1)
    return shares
