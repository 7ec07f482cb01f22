"""What stands behind each cell, for whoever reads the page without scripts: pairs with their questions."""

from attrs import frozen

from stances.comparison import Comparison, Item
from stances.explain import compare
from stances.ground.standing import standings
from stances.matrix import Matrix
from stances.positions import Positions

LIMIT = 5000  # questions of pairs on a page; beyond them scripts alone open a cell


@frozen
class Pair:
    """Two actors and the questions between them.

    Attributes
    ----------
    row, column : int
        Of the two actors, the higher first: the cell below the diagonal.
    comparison : Comparison
    unanswered : tuple of Item
        Those of its unanswered questions on which one of the two took a level.
    """

    row: int
    column: int
    comparison: Comparison
    unanswered: tuple[Item, ...]


def pairs_of(matrix: Matrix, interval: float | None) -> tuple[Pair, ...]:
    """Return the pairs of a matrix between whom a question stands, or none where they are too many."""
    positions, n = matrix.positions, len(matrix.actors)
    if n * (n - 1) // 2 * max(positions.n_questions, 1) > LIMIT:
        return ()
    counting = positions.select(questions=[standing.question.id for standing in standings(positions)])
    pairs = (_pair(matrix, counting, i, j, interval) for i, j in matrix.iter_pairs())
    return tuple(pair for pair in pairs if pair.comparison.shared or pair.unanswered)


def _pair(matrix: Matrix, positions: Positions, i: int, j: int, interval: float | None) -> Pair:
    who = positions.actors[i], positions.actors[j]
    found = compare(positions, *who, matrix.measure, matrix.silence, interval)
    taken = {
        q.id
        for q, codes in zip(positions.questions, positions.codes[[i, j]].T, strict=True)
        if codes.max() >= 0
    }
    return Pair(j, i, found, tuple(item for item in found.unanswered if item.question.id in taken))
