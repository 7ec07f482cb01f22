"""Rows of a table parted by what one of its columns holds, and the rows of several tables joined."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from stances.readers.factors import Factor, Table, by_appearance, gathered, smallest

MAX_INT32 = 2**31 - 1


def parted(table: Table, column: int, targets: Sequence[int], n_parts: int) -> list[Table]:
    """Return the rows of a table in several tables; each row still knows its place.

    Parameters
    ----------
    table : Table
    column : int
        Index of the factor whose value decides.
    targets : sequence of int
        For each of its values the part that its rows go to.
    n_parts : int
    """
    factor = table.factors[column]
    goals = gathered(np.array(targets, dtype=smallest(n_parts)), factor.numbers)
    order = np.argsort(goals, kind="stable")
    ends = np.searchsorted(goals[order], np.arange(n_parts + 1))
    parts = [_rows(table, order[start:end]) for start, end in pairwise(ends)]
    return [evolve(parts[0], faults=list(table.faults)), *parts[1:]]


def _rows(table: Table, rows: NDArray[np.intp]) -> Table:
    """Return some rows of a table, in their order, with the values that they have."""
    factors = tuple(_used(factor, rows) for factor in table.factors)
    lines = rows + table.lines.start if isinstance(table.lines, range) else table.lines[rows]
    kind = np.int32 if lines.max(initial=0) <= MAX_INT32 else np.int64
    return Table(table.name, factors, lines.astype(kind), table.present, [], table.of_rows)


def _used(factor: Factor, rows: NDArray[np.intp]) -> Factor:
    order, numbers = by_appearance(factor.numbers[rows], len(factor.values))
    return Factor(tuple(factor.values[k] for k in order), numbers)


def joined(tables: Sequence[Table], name: str) -> Table:
    """Return the rows of several tables of the same columns as one table, whose rows know their files."""
    starts = np.cumsum([0, *(len(table.lines) for table in tables)])
    sources = tuple(
        (int(start), table.name, table.of_rows) for start, table in zip(starts[:-1], tables, strict=True)
    )
    factors = tuple(_joined(columns) for columns in zip(*(table.factors for table in tables), strict=True))
    lines = np.concatenate([np.asarray(table.lines, dtype=np.int64) for table in tables])
    faults = [fault for table in tables for fault in table.faults]
    return Table(name, factors, lines, tables[0].present, faults, tables[0].of_rows, sources)


def _joined(factors: Sequence[Factor]) -> Factor:
    index: dict[object, int] = {}
    for factor in factors:
        for value in factor.values:
            index.setdefault(value, len(index))
    kind = smallest(len(index))
    tables = [np.array([index[value] for value in factor.values], dtype=kind) for factor in factors]
    numbers = [gathered(table, factor.numbers) for table, factor in zip(tables, factors, strict=True)]
    return Factor(tuple(index), np.concatenate(numbers))
