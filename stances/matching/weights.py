"""Weights that differ from voter to voter, and when sums of weights are exact."""

from math import lcm, prod
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import ArrayLike, NDArray

from stances.errors import FieldError

CHECKED = 16384  # voters at a time
MOST = 1000  # parts of one, into which weights are cut to be whole numbers
SINGLE, DOUBLE = 2.0**24, 2.0**53  # below these float32 and float64 hold every whole number
Floats = NDArray[np.float64]


def weights_of(weights: ArrayLike | None, n_voters: int, n_questions: int) -> NDArray[Any] | None:
    """Return weights per question, or per voter and question, as an array.

    Raises
    ------
    FieldError
        If they are of another shape, no numbers, below 0 or not finite.
    """
    if weights is None:
        return None
    array = np.asarray(weights)
    if array.dtype.kind not in "biuf":
        raise FieldError("weights", weights, "is not an array of numbers")
    if array.shape not in ((n_questions,), (n_voters, n_questions)):
        due = f"({n_questions},) or ({n_voters}, {n_questions})"
        problem = "does not fit the voters' table"
        raise FieldError(
            "weights of shape", array.shape, problem, f"due is {due}, in the order of its questions"
        )
    for start in range(0, max(len(array), 1), CHECKED):
        block = array[start : start + CHECKED]
        wrong = ~(np.isfinite(block) & (block >= 0))
        if wrong.any():
            got = block[np.unravel_index(int(np.argmax(wrong)), wrong.shape)].item()
            raise FieldError("weights", got, "is not a finite number of at least 0")
    return array


def parts_of_one(values: NDArray[Any], most: int = MOST) -> int | None:
    """Return the fewest parts of one in which all values are whole numbers of parts; None beyond `most`.

    Examples
    --------
    >>> parts_of_one(np.array([0.5, 0.75, 2.0])), parts_of_one(np.array([0.1, 1 / 3]))
    (4, 30)
    >>> parts_of_one(np.array([0.1234567]))
    """
    distinct = np.unique(values)
    return next((n for n in range(1, most + 1) if _whole(distinct, n)), None)


def parts_of_many(values: NDArray[Any]) -> int | None:
    """Return the same for a large array: 1, 2, 10 or 100 parts."""
    if values.dtype.kind in "biu":
        return 1
    blocks = [values[start : start + CHECKED] for start in range(0, len(values), CHECKED)]
    return next((n for n in (1, 2, 10, 100) if all(_whole(block, n) for block in blocks)), None)


def _whole(values: NDArray[Any], parts: int) -> bool:
    """Tell whether all values are whole numbers of parts, but for what rounding leaves."""
    with np.errstate(over="ignore", invalid="ignore"):
        cut = values.astype(np.float64) * parts
        whole = np.rint(cut)
        return bool((np.abs(cut - whole) <= 1e-13 * whole).all())


@frozen
class Units:
    """In which units disagreement is summed up.

    Attributes
    ----------
    kernel, weight, factor : int
        Parts of one in which disagreements, weights of questions and weights of voters are whole
        numbers.
    exact : bool
        Whether all sums are whole numbers that the type holds: then what is equal is found equal,
        whatever order it was added up in.
    dtype : type
        Of the sums.
    """

    kernel: int = 1
    weight: int = 1
    factor: int = 1
    exact: bool = False
    dtype: type[np.floating] = np.float64

    @classmethod
    def of(cls, kernels: list[Floats], weights: Floats, factors: NDArray[Any] | None) -> "Units":
        """Return the units in which sums are exact; units of 1 and float64 if there are none."""
        cut = [parts_of_one(kernel) for kernel in kernels]
        cut += [parts_of_one(weights), 1 if factors is None else parts_of_many(factors)]
        parts = [n for n in cut if n is not None]
        if len(parts) < len(cut):
            return cls()
        *disagreements, weight, factor = parts
        kernel = lcm(*disagreements)
        largest = 1.0 if factors is None else float(factors.max(initial=0))
        most = prod((kernel, weight, factor)) * float(weights.sum()) * max(largest, 1.0)
        if most >= DOUBLE:
            return cls()
        return cls(kernel, weight, factor, exact=True, dtype=np.float32 if most < SINGLE else np.float64)
