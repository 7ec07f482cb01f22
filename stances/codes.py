"""Codes: one signed byte per actor and question, a level or the reason why there is none."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from stances.errors import CodesError, shown
from stances.models import Silence
from stances.scales import MAX_LEVELS

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
    """Return codes as a read-only array of signed bytes, or say why they are none."""
    array = np.ma.filled(codes, NO_RECORD) if isinstance(codes, np.ma.MaskedArray) else np.asarray(codes)
    if array.ndim != 2:
        raise CodesError(f"codes have {array.ndim} dimensions; due are 2, actors x questions")
    if array.dtype != np.int8:
        _check_whole(array)
    result = array.astype(np.int8, order="C")  # always a copy: nobody else holds it
    result.setflags(write=False)
    return result


def _check_whole(array: NDArray[Any]) -> None:
    if array.dtype == np.bool_:
        raise CodesError("codes are booleans; write 0 and 1 on a scale of two levels")
    try:
        numbers = array if array.dtype.kind in "iu" else array.astype(np.float64)
    except (TypeError, ValueError):
        raise CodesError(f"codes of type {array.dtype} are not whole numbers") from None
    whole = (numbers >= CONFLICT) & (numbers < MAX_LEVELS) & (numbers == np.floor(numbers))
    if not whole.all():
        wrong = array[np.unravel_index(int(np.argmin(whole)), whole.shape)]
        raise CodesError(
            f"code {shown(wrong)} is not a whole number from -5 to 126; write -1 where there is no record"
        )


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
