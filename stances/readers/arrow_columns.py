"""Columns of Arrow as factors: the texts are numbered by Arrow, and each becomes a Python object once."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from attrs import define, field

from stances.readers.factors import Factor, Numbers, by_appearance, firsts, gathered, smallest


@define
class Coder:
    """A column that comes in chunks, each with a dictionary of its own or with none.

    Attributes
    ----------
    numbers : list of ndarray of int, shape (n_rows of the chunk,)
        Index in the dictionary of the chunk; one beyond its end where the cell is empty.
    dictionaries : list of pyarrow.Array
        The distinct values of each chunk.
    n_empty : int
        How many cells are empty.
    """

    numbers: list[Numbers] = field(factory=list)
    dictionaries: list[Any] = field(factory=list)
    n_empty: int = 0

    def take(self, chunk: Any) -> None:
        """Add a chunk, a pyarrow array; Arrow raises where it cannot tell values apart."""
        import pyarrow as pa

        if not pa.types.is_dictionary(chunk.type):
            chunk = chunk.dictionary_encode()
        self.numbers.append(_filled(chunk.indices, len(chunk.dictionary)))
        self.dictionaries.append(chunk.dictionary)
        self.n_empty += chunk.indices.null_count

    def factor(self, text: Callable[[Any], str]) -> Factor:
        """Return all chunks as one factor; `text` says what a value is as text, None for an empty cell."""
        import pyarrow as pa

        if not self.dictionaries:
            return Factor((), np.empty(0, dtype=np.int8))
        merged = pa.concat_arrays(self.dictionaries).dictionary_encode()
        nothing = len(merged.dictionary)
        n_values = nothing + bool(self.n_empty + merged.indices.null_count)
        order, numbers = by_appearance(self._joined(_filled(merged.indices, nothing), nothing), n_values)
        values = pa.concat_arrays([merged.dictionary, pa.nulls(1, merged.dictionary.type)])
        return Factor(tuple(text(value) for value in values.take(pa.array(order)).to_pylist()), numbers)

    def _joined(self, places: Numbers, nothing: int) -> Numbers:
        """Return the numbers of all chunks, by the places of their values in one dictionary."""
        joined = np.empty(sum(map(len, self.numbers)), dtype=smallest(nothing + 1))
        start = first = 0
        for k, dictionary in enumerate(self.dictionaries):
            table = np.append(places[first : first + len(dictionary)], nothing).astype(joined.dtype)
            numbers, self.numbers[k] = self.numbers[k], self.numbers[k][:0]  # what has been read is freed
            joined[start : start + len(numbers)] = gathered(table, numbers)
            start, first = start + len(numbers), first + len(dictionary)
        return joined


def encoded(column: Any) -> Any:
    """Return a column that is in memory, a pyarrow or polars one, as one array with one dictionary."""
    import pyarrow as pa

    if not isinstance(column, pa.ChunkedArray):
        column = pa.chunked_array([column.to_arrow()])
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    return column.unify_dictionaries().combine_chunks()


def _filled(indices: Any, nothing: int) -> Numbers:
    """Return the indices of a chunk as numbers; where there is none, `nothing`."""
    if indices.null_count:
        indices = indices.cast("int64").fill_null(nothing)
    return np.asarray(indices.to_numpy(zero_copy_only=False)).astype(smallest(nothing + 1), copy=False)


def crossed(columns: Sequence[Factor]) -> Factor:
    """Return several columns as one factor, whose values are tuples of theirs."""
    import pyarrow as pa

    keys, n_values = columns[0].numbers.astype(np.int64), len(columns[0].values)
    for column in columns[1:]:
        pairs = pa.array(keys * max(1, len(column.values)) + column.numbers).dictionary_encode()
        keys, n_values = pairs.indices.to_numpy().astype(np.int64), len(pairs.dictionary)
    order, numbers = by_appearance(keys, n_values)
    rows = firsts(numbers, len(order))
    parts = [[column.values[k] for k in column.numbers[rows]] for column in columns]
    return Factor(tuple(zip(*parts, strict=True)), numbers)
