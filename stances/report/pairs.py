"""What stands behind each cell, for whoever reads the page without scripts: pairs with their questions."""

from attrs import frozen

from stances.comparison import Comparison, Item
from stances.explain import compare
from stances.matrix import Matrix

LIMIT = 5000  # questions of pairs on a page; beyond them scripts alone open a cell


@frozen
class Pair:
    """Two actors and the questions between them.

    Attributes
    ----------
    row, column : int
        Of the two actors, the higher first: the cell below the diagonal.
    comparison : Comparison
    """

    row: int
    column: int
    comparison: Comparison


def pairs_of(matrix: Matrix) -> tuple[Pair, ...]:
    """Return the pairs of a matrix between whom a question stands, or none where they are too many."""
    positions, n = matrix.positions, len(matrix.actors)
    if n * (n - 1) // 2 * max(positions.n_questions, 1) > LIMIT:
        return ()
    how = (matrix.measure, matrix.silence)
    pairs = (
        Pair(j, i, compare(positions, positions.actors[i], positions.actors[j], *how))
        for i, j in matrix.iter_pairs()
    )
    return tuple(pair for pair in pairs if any(items_of(pair.comparison)))


def items_of(comparison: Comparison) -> tuple[tuple[Item, ...], ...]:
    """Return the shared, the unanswered and the conflicting questions of a pair."""
    return comparison.shared, comparison.unanswered, comparison.conflicts
