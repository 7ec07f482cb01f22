"""The arrays of a matrix while they fill up: what is computed above the diagonal is mirrored below."""

from functools import lru_cache
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances.computing.request import Request
from stances.errors import MatrixTooLargeError
from stances.memory import installed
from stances.silence import Policy

Floats = NDArray[np.float64]
Arrays = dict[str, NDArray[Any]]


@frozen(eq=False)
class Canvas:
    """Arrays of all pairs of actors.

    Attributes
    ----------
    n : int
        Number of actors.
    order : ndarray of int, shape (n_actors,), or None
        Where each of the actors that are computed stands; in the same place for None.
    drawn : dict of str to ndarray
        The arrays that are filled.
    even : bool
        Whether what is computed is symmetric in every bit by itself.
    """

    n: int
    order: NDArray[np.intp] | None
    drawn: Arrays
    even: bool = False

    @classmethod
    def of(cls, n: int, order: NDArray[np.intp] | None, request: Request, even: bool = False) -> "Canvas":
        """Return empty arrays for what a request gives.

        Raises
        ------
        MatrixTooLargeError
            If they are larger than all memory of the machine.
        """
        kinds = _kinds(request)
        needed = n**2 * sum(kind.itemsize for kind in kinds.values())
        there = installed()
        if there is not None and needed > there:
            raise MatrixTooLargeError(n, needed, there)
        return cls(n, order, {name: np.empty((n, n), dtype=kind) for name, kind in kinds.items()}, even)

    def put(self, row: int, column: int, part: Arrays) -> None:
        """Write a part of the pairs that begins at a row and a column; left of the diagonal none count."""
        for name, whole in self.drawn.items():
            if name in part and part[name].shape == whole.shape and self.order is None:
                self.drawn[name] = part[name] if self.even else mirrored(part[name])
            elif name in part:
                start = max(row - column, 0)
                self._write(whole, row, column + start, part[name][:, start:])

    def _write(self, whole: NDArray[Any], row: int, column: int, array: NDArray[Any]) -> None:
        height = len(array)
        if row == column:
            self._copy(whole, slice(row, row + height), slice(row, row + height), mirrored(array[:, :height]))
            column, array = column + height, array[:, height:]
        rows, columns = slice(row, row + height), slice(column, column + array.shape[1])
        self._copy(whole, rows, columns, array)
        self._copy(whole, columns, rows, array.T)

    def _copy(self, whole: NDArray[Any], rows: slice, columns: slice, array: NDArray[Any]) -> None:
        if self.order is None:
            whole[rows, columns] = array
        else:
            whole[np.ix_(self.order[rows], self.order[columns])] = array

    @property
    def arrays(self) -> dict[str, Any]:
        """All arrays of a matrix; those that are alike everywhere, or the same as another, take no room."""
        nothing = np.broadcast_to(np.float64("nan"), (self.n, self.n))
        return {
            "expected": nothing,
            "n_used": self.drawn["n_shared"],
            "lower": None,
            "upper": None,
        } | self.drawn


def _kinds(request: Request) -> dict[str, "np.dtype[Any]"]:
    """Return the type of each array that is to be filled."""
    floats = ["values", "observed"]
    floats += [] if request.measure.is_linear else ["expected"]
    floats += ["lower", "upper"] if request.has_ends else []
    counts = ["n_shared", "n_used"] if request.policy in (Policy.HALF, Policy.NEUTRAL) else ["n_shared"]
    kinds = dict.fromkeys(floats, np.dtype(np.float64)) | dict.fromkeys(counts, np.dtype(np.int64))
    return kinds | {"reasons": np.dtype(np.int8)}


def mirrored(array: NDArray[Any]) -> NDArray[Any]:
    """Return the square whose lower triangle repeats the upper one exactly."""
    return np.where(_below(len(array)), array.T, array)


@lru_cache(maxsize=2)
def _below(n: int) -> NDArray[np.bool_]:
    return np.tri(n, k=-1, dtype=np.bool_)


def enclosing(ends: tuple[Floats, Floats], values: Floats) -> tuple[Floats, Floats]:
    """Return intervals that contain the value; an undefined value has none."""
    undefined = np.isnan(values)
    lower, upper = np.fmin(ends[0], values), np.fmax(ends[1], values)
    return np.where(undefined, np.nan, lower), np.where(undefined, np.nan, upper)
