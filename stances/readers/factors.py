"""The columns of a table as numbers: each distinct value once, and of a row only which of them it has.

A file of a million rows has a few thousand resolutions and two hundred members. So memory follows what
differs: a row takes one, two or four bytes per column, as many as the number of distinct values asks for.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from stances.errors import DatasetError, Fault, Place, StancesError

BLOCK = 1 << 16  # rows handled at a time: what is made of them stays in the cache
Numbers = NDArray[np.signedinteger[Any]]
Array = TypeVar("Array", bound=np.generic)


@frozen(eq=False)
class Factor:
    """One column, or several taken together: its distinct values, and which of them stands in each row.

    Attributes
    ----------
    values : tuple
        In the order in which they appear: a text, or a tuple of texts for several columns. None
        is without a row.
    numbers : ndarray of int, shape (n_rows,)
        Index of the row's value, in the smallest type that holds all.
    """

    values: tuple[Any, ...]
    numbers: Numbers


@frozen(eq=False)
class Table:
    """The columns of a table that a reader asked for.

    Attributes
    ----------
    name : str
        Of the file.
    factors : tuple of Factor
        One per group of columns, in the order asked for.
    lines : ndarray of int, shape (n_rows,), or range of that length
        Line of the file, or number of the row where there are no lines.
    present : frozenset of str
        Which of the columns asked for are there.
    faults : list of Fault
        What is wrong with the rows that were left out.
    of_rows : bool
        Whether places are told as rows.
    sources : tuple of (int, str, bool)
        Where rows of several files were joined: from which row on they come from which file, and
        whether its places are told as rows.
    """

    name: str
    factors: tuple[Factor, ...]
    lines: Numbers | range
    present: frozenset[str]
    faults: list[Fault] = field(factory=list)
    of_rows: bool = False
    sources: tuple[tuple[int, str, bool], ...] = ()

    def place(self, row: int, column: str = "") -> Place:
        """Return where a row stands."""
        number = int(self.lines[row])
        of_one = ((0, self.name, self.of_rows),)
        _, name, of_rows = next(s for s in reversed(self.sources or of_one) if s[0] <= row)
        if of_rows:
            return Place(name, None, column, f"row {number}")
        return Place(name, number, column)

    def first(self, factor: Factor, value: int, column: str = "") -> Place:
        """Return where a value stands for the first time."""
        return self.place(int(np.argmax(factor.numbers == value)), column)


def refusal(name: str, error: StancesError) -> DatasetError:
    """Return the error of a whole file."""
    return DatasetError((Fault(error, (Place(name),)),))


def smallest(n: int) -> type[np.signedinteger[Any]]:
    """Return the smallest type for numbers below n, and -1.

    Examples
    --------
    >>> smallest(128), smallest(129), smallest(1 << 20)
    (<class 'numpy.int8'>, <class 'numpy.int16'>, <class 'numpy.int32'>)
    """
    kinds = (np.int8, np.int16, np.int32)
    return next((kind for kind in kinds if n - 1 <= np.iinfo(kind).max), np.int64)


def blocks(n_rows: int) -> Iterator[slice]:
    """Yield the rows by blocks."""
    return (slice(start, min(start + BLOCK, n_rows)) for start in range(0, n_rows, BLOCK))


def gathered(table: NDArray[Array], numbers: Numbers) -> NDArray[Array]:
    """Return ``table[numbers]``, shape (n_rows,), by blocks; no number is below 0."""
    found = np.empty(len(numbers), dtype=table.dtype)
    for block in blocks(len(numbers)):
        np.take(table, numbers[block], out=found[block], mode="clip")
    return found


def firsts(numbers: Numbers, n_values: int) -> NDArray[np.int64]:
    """Return the first row of each value, shape (n_values,); n_rows where it has none.

    Rows with -1 have no value. Reading ends where the last of the values has been seen.
    """
    n_rows, left = len(numbers), n_values
    found = np.full(n_values + 1, n_rows, dtype=np.int64)
    found[-1] = -1  # what -1 finds: seen already
    for block in blocks(n_rows):
        if not left:
            break
        here = numbers[block]
        new = np.flatnonzero(found[here] == n_rows)
        rows = new + block.start
        found[here[new[::-1]]] = rows[::-1]  # the first row of each comes last, and stays
        left -= int(np.count_nonzero(found[here[new]] == rows))
    return found[:-1]


def by_appearance(numbers: Numbers, n_values: int) -> tuple[NDArray[np.int64], Numbers]:
    """Return the values that have a row in the order in which they appear, and the rows numbered anew."""
    rows = firsts(numbers, n_values)
    order = np.argsort(rows, kind="stable")
    order = order[: int(np.count_nonzero(rows < len(numbers)))]
    kind = smallest(n_values)
    if np.array_equal(order, np.arange(n_values)):
        return order, numbers.astype(kind, copy=False)
    ranks = np.zeros(n_values, dtype=kind)
    ranks[order] = np.arange(len(order))
    return order, gathered(ranks, numbers)
