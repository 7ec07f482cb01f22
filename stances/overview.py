"""A large matrix in a few lines: its nearest and furthest pairs, and how its blocs hold together."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from stances import captions
from stances.origin import Origin
from stances.printable import Printable, cell_text
from stances.tables import Grid

if TYPE_CHECKING:
    from stances.matrix import Matrix

LARGE = 12  # actors whose matrix still fits a terminal
PAIRS = 10


@frozen(eq=False, repr=False, str=False)
class Overview(Printable):
    """The nearest and the furthest pairs of a matrix, and how its blocs hold together.

    Attributes
    ----------
    matrix : Matrix
    blocs : mapping of str to tuple of str
        Members by bloc; a bloc is shown if it has two members here at least, and somebody else is.
    n_pairs : int
        Pairs at each end. Values that rest on fewer than five questions are not ranked.
    """

    matrix: "Matrix"
    blocs: Mapping[str, tuple[str, ...]]
    n_pairs: int = PAIRS

    def made_of(self) -> tuple[Origin, ...]:
        """Return where the matrix comes from."""
        return self.matrix.made_of()

    def columns(self) -> dict[str, list[Any]]:
        """Return the pairs of the matrix that are shown, from the highest value to the lowest."""
        order = ranked(self.matrix)
        middle = range(self.n_pairs, len(order) - self.n_pairs)
        ends = np.delete(order, middle, axis=0)
        wanted = {(self.matrix.actors[i], self.matrix.actors[j]) for i, j in ends}
        columns = self.matrix.pairs().columns()
        pairs = zip(columns["actor1"], columns["actor2"], strict=True)
        keep = [k for k, pair in enumerate(pairs) if pair in wanted]
        return {name: [cells[k] for k in keep] for name, cells in columns.items()}

    def grids(self) -> tuple[Grid, ...]:
        """Return both ends of the ranking, and the blocs."""
        order = ranked(self.matrix)
        first, last = "Nearest pairs", "Furthest pairs"
        if self.matrix.kind == "divergence":
            first, last = last, first
        top = _pairs(self.matrix, order[: self.n_pairs], f"{captions.title(self.matrix)} · {first.lower()}")
        bottom = _pairs(self.matrix, order[self.n_pairs :][::-1][: self.n_pairs], last)
        grids = [evolve(top, notes=(self._scope(len(order)),)), bottom, blocs_grid(self.matrix, self.blocs)]
        return tuple(grid for grid in grids if grid.rows or grid is grids[0])

    def _scope(self, n_ranked: int) -> str:
        n = len(self.matrix.actors)
        n_pairs = n * (n - 1) // 2
        return (
            f"{n} actors, {n_pairs} pairs, {n_pairs - n_ranked} of them undefined or on fewer than "
            f"{captions.THIN} shared questions. Whole: --format csv, html or json."
        )


def ranked(matrix: "Matrix") -> NDArray[np.intp]:
    """Return the pairs that rest on enough, from the highest value to the lowest, shape (n, 2)."""
    rows, columns = np.triu_indices(len(matrix.actors), 1)
    solid = (matrix.n_shared[rows, columns] >= captions.THIN) & ~np.isnan(matrix.values[rows, columns])
    rows, columns = rows[solid], columns[solid]
    order = np.lexsort((columns, rows, -matrix.values[rows, columns]))
    return np.stack([rows[order], columns[order]], axis=1)


def _pairs(matrix: "Matrix", order: NDArray[np.intp], title: str) -> Grid:
    lone = captions.lone_counts(matrix.positions)
    rows = tuple(
        (matrix.actors[i], matrix.actors[j], captions.cell(matrix, i, j, lone)) for i, j in order.tolist()
    )
    return Grid(title, ("actor", "actor", matrix.kind), rows)


def blocs_grid(matrix: "Matrix", blocs: Mapping[str, Iterable[str]]) -> Grid:
    """Return the mean value within each bloc and with all others, of pairs that rest on enough."""
    """Return the mean value within each bloc and with all others, of pairs that rest on enough."""
    rows = []
    for name, members in blocs.items():
        inside = np.isin(matrix.actors, list(members))
        means = [_mean(matrix, inside, others) for others in (inside, ~inside)]
        if not np.isnan(means).any():
            rows.append((name, str(int(inside.sum())), *map(cell_text, means)))
    header = ("bloc", "members here", "mean among themselves", "mean with all others")
    return Grid("Blocs", header, tuple(rows))


def _mean(matrix: "Matrix", first: NDArray[np.bool_], second: NDArray[np.bool_]) -> float:
    """Return the mean value between two groups of actors, of pairs that rest on enough; NaN if none does."""
    between = first[:, None] & second[None, :] & ~np.eye(len(first), dtype=np.bool_)
    values = matrix.values[between & (matrix.n_shared >= captions.THIN) & ~np.isnan(matrix.values)]
    return float(values.mean()) if values.size else float("nan")
