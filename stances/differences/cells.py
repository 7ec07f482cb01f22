"""Which cells of the matrix moved between two editions."""

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances.matrix import Cell, Matrix

SAME = 1e-12
NOT_THERE = "not_there"
_NOWHERE = Cell(*(float("nan"), 0, 0), *(float("nan"),) * 4, NOT_THERE)


@frozen
class MovedCell:
    """One pair of actors whose value, support or reason differs between two editions.

    Attributes
    ----------
    first, second : str
    old, new : Cell
        With all that they carry; ``why`` is ``not_there`` where an edition has not both actors.
    """

    first: str
    second: str
    old: Cell
    new: Cell

    @property
    def change(self) -> float:
        """New value minus old value; NaN where one of them is undefined."""
        return self.new.value - self.old.value

    @property
    def kind(self) -> str:
        """``defined``, ``undefined`` (became so), ``value``, ``support`` or ``reason``: what moved."""
        if (self.old.why == "") != (self.new.why == ""):
            return "defined" if self.new.why == "" else "undefined"
        if self.old.why != self.new.why:
            return "reason"
        return "value" if abs(self.change) > SAME else "support"


def moved_cells(old: Matrix, new: Matrix) -> tuple[MovedCell, ...]:
    """Return the pairs that moved: those that became defined or undefined, then by how much.

    Parameters
    ----------
    old, new : Matrix
        Of the same measure and policy; the actors may differ.
    """
    actors = list(dict.fromkeys((*old.actors, *new.actors)))
    sides = [_Wide(matrix, actors) for matrix in (old, new)]
    moved = np.triu(sides[0].differs(sides[1]), k=1)
    cells = [
        MovedCell(actors[i], actors[j], *(side.cell(actors[i], actors[j]) for side in sides))
        for i, j in np.argwhere(moved)
    ]
    return tuple(sorted(cells, key=_how_much))


class _Wide:
    """A matrix over the actors of both editions."""

    def __init__(self, matrix: Matrix, actors: list[str]) -> None:
        self.matrix = matrix
        rows = [actors.index(actor) for actor in matrix.actors]
        n = len(actors)
        self.values: NDArray[np.float64] = np.full((n, n), np.nan)
        self.facts: NDArray[np.int64] = np.full((3, n, n), -1)
        square = np.ix_(rows, rows)
        self.values[square] = matrix.values
        for k, array in enumerate((matrix.n_shared, matrix.n_used, matrix.reasons)):
            self.facts[k][square] = array

    def differs(self, other: "_Wide") -> NDArray[np.bool_]:
        """Tell of each pair whether it moved; one that is in one edition only has moved if defined there."""
        values = np.abs(self.values - other.values) > SAME
        facts = (self.facts != other.facts).any(axis=0)
        alone = (self.facts[0] < 0) | (other.facts[0] < 0)
        nothing = np.isnan(self.values) & np.isnan(other.values)
        answer: NDArray[np.bool_] = (values | facts) & ~(alone & nothing)
        return answer

    def cell(self, first: str, second: str) -> Cell:
        """Return a cell of the matrix, or what stands where it has not both actors."""
        there = first in self.matrix.actors and second in self.matrix.actors
        return self.matrix.cell(first, second) if there else _NOWHERE


def _how_much(cell: MovedCell) -> tuple[int, float, int]:
    """Return what sorts moved cells: newly defined or undefined ones, by size, by support.

    Cells of actors whom only one edition has come last.
    """
    order = {"undefined": 0, "defined": 0, "value": 1, "support": 2, "reason": 3}
    change = abs(cell.change) if cell.change == cell.change else 0.0
    last = NOT_THERE in (cell.old.why, cell.new.why)
    return (len(order) if last else order[cell.kind], -change, -max(cell.old.n_shared, cell.new.n_shared))
