"""What holds for every matrix, whoever made it."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stances.errors import InvalidMatrixError
from stances.matrix import REASONS, Matrix

TOLERANCE = 1e-9
Bools = NDArray[np.bool_]
Facts = Iterator[tuple[Bools, str]]
ARRAYS = ("values", "n_shared", "n_used", "observed", "expected", "lower", "upper", "reasons")


def assert_valid_matrix(matrix: Matrix) -> None:
    """Check what holds for every matrix: its form, symmetry, support, reasons, range and intervals.

    Parameters
    ----------
    matrix : Matrix
        From anywhere: computed, selected, read or made by hand.

    Raises
    ------
    InvalidMatrixError
        With the first cell that is wrong, by its actors. It is an AssertionError.

    Examples
    --------
    >>> import attrs, numpy as np
    >>> from stances import VOTE, Positions, agreement_matrix
    >>> votes = Positions.from_codes([[2, 0, 1], [2, 2, -1]], scale=VOTE, actors=["CHN", "FRA"])
    >>> matrix = agreement_matrix(votes)
    >>> assert_valid_matrix(matrix)
    >>> assert_valid_matrix(attrs.evolve(matrix, values=np.array([[1.0, 0.5], [0.4, 1.0]])))
    Traceback (most recent call last):
        ...
    stances.errors.laws.InvalidMatrixError: invalid matrix at CHN, FRA: values are not symmetric
    """
    _check_form(matrix)
    for facts in (_symmetry, _support, _reasons, _range, _ends):
        for wrong, problem in facts(matrix):
            _refuse(matrix, wrong, problem)


def _present(matrix: Matrix) -> dict[str, NDArray[Any]]:
    arrays = {name: getattr(matrix, name) for name in ARRAYS}
    return {name: array for name, array in arrays.items() if array is not None}


def _check_form(matrix: Matrix) -> None:
    due = (len(matrix.actors), len(matrix.actors))
    for name, array in _present(matrix).items():
        if array.shape != due:
            raise InvalidMatrixError(f"{name} have shape {array.shape}; due is {due}")
        if array.flags.writeable:
            raise InvalidMatrixError(f"{name} can be written to")
    if (matrix.lower is None) != (matrix.upper is None):
        raise InvalidMatrixError("lower and upper come together, or not at all")


def _refuse(matrix: Matrix, wrong: Bools, problem: str) -> None:
    if wrong.any():
        i, j = np.argwhere(wrong)[0]
        raise InvalidMatrixError(problem, matrix.actors[i], matrix.actors[j])


def _symmetry(matrix: Matrix) -> Facts:
    for name, array in _present(matrix).items():
        yield (array != array.T) & ~((array != array) & (array.T != array.T)), f"{name} are not symmetric"


def _support(matrix: Matrix) -> Facts:
    shared, used = matrix.n_shared, matrix.n_used
    own = np.diag(shared)
    most = np.minimum(own[:, None], own[None, :])
    yield shared < 0, "n_shared is below zero"
    yield shared > most, "the two share more questions than one of them answered"
    yield used < shared, "n_used is below n_shared"
    if matrix.silence in ("skip", "bounds"):
        yield used != shared, f"n_used is not n_shared, though silences do not count ({matrix.silence})"


def _reasons(matrix: Matrix) -> Facts:
    undefined, why = np.isnan(matrix.values), matrix.reasons
    yield (why < 0) | (why >= len(REASONS)), "there is no such reason"
    yield undefined & (why == 0), "the value is undefined without a reason"
    yield ~undefined & (why != 0), "there is a reason, but the value is defined"
    nothing = why == REASONS.index("no_shared_questions")
    yield nothing != (matrix.n_used == 0), "no question counts, or the reason says so, but not both"


def _ends(matrix: Matrix) -> Facts:
    if matrix.lower is None or matrix.upper is None:
        return
    lower, upper = matrix.lower, matrix.upper
    yield np.isnan(lower) != np.isnan(upper), "only one end of the interval is undefined"
    yield lower > upper + TOLERANCE, "the lower end is above the upper one"
    if matrix.interval is not None:
        outside = (matrix.values < lower - TOLERANCE) | (matrix.values > upper + TOLERANCE)
        yield outside, "the value lies outside its interval"


def _range(matrix: Matrix) -> Facts:
    low, high = matrix.measure.range_of(matrix.kind)
    for name in ("values", "lower", "upper"):
        array = getattr(matrix, name)
        if array is not None:
            beyond = (array < low - TOLERANCE) | (array > high + TOLERANCE)
            yield beyond, f"{name} are outside the range of {low:g} to {high:g}"
