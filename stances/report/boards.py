"""A matrix as the page shows it: text, support and look of every cell, as captions write them."""

from attrs import frozen

from stances import captions
from stances.matrix import Matrix
from stances.measures import Measure
from stances.printable import rounded

SQUARE = 40  # actors whose whole square is shown; of more, what is below the diagonal
STEPS = 9  # shades of those cells that rest on enough


@frozen
class Spot:
    """One cell.

    Attributes
    ----------
    text : str
        The value, in brackets where it is thin; or in words why there is none.
    support : str
        ``of 4``, or ``on record`` on the diagonal; "" where there is none.
    beside : str
        Silences: ``3 silent``.
    look : str
        ``s0`` to ``s9``, ``thin``, ``none`` or ``self``.
    row, column : int
    """

    text: str
    support: str
    beside: str
    look: str
    row: int
    column: int


@frozen
class Board:
    """One matrix with its caption and notes.

    Attributes
    ----------
    title : str
        Under which policies it came about.
    issue : str
        "" for all questions.
    measure : Measure
    rows : tuple of tuple of Spot
        Those of `shown` by those of `shown`; below the diagonal alone where the table is large.
    shown : tuple of int
        Rows of the actors who share a question with another.
    notes : tuple of str
    """

    title: str
    issue: str
    measure: Measure
    rows: tuple[tuple[Spot, ...], ...]
    shown: tuple[int, ...]
    notes: tuple[str, ...]


def board_of(matrix: Matrix, issue: str, *, half: bool) -> Board:
    """Return a matrix as a table; with `half`, only what is below the diagonal, without silences."""
    shown = captions.sharing(matrix)
    lone = {} if half else captions.lone_counts(matrix.positions)
    rows = tuple(
        tuple(_spot(matrix, i, j, lone) for j in (shown[: row + 1] if half else shown))
        for row, i in enumerate(shown)
    )
    notes = tuple(captions.notes(matrix))
    return Board(captions.title(matrix), issue, matrix.measure, rows, tuple(shown), notes)


def _spot(matrix: Matrix, i: int, j: int, lone: captions.Lone) -> Spot:
    n = int(matrix.n_shared[i, j])
    if i == j:
        return Spot(str(n), "on record", "", "self", i, j)
    beside = captions.silences(lone, i, j).removeprefix(", ")
    why = matrix.why[i, j]
    if why:
        return Spot(captions.undefined(why, 0), f"of {n}" if n else "", beside, "none", i, j)
    return Spot(captions.value(matrix, i, j), f"of {n}", beside, look(captions.shade(matrix, i, j)), i, j)


def key_of(measure: Measure) -> tuple[tuple[str, str, str], ...]:
    """Return look, value and meaning of the highest, the middle and the lowest shade of a measure.

    Examples
    --------
    >>> from stances.measures import find_measure
    >>> key_of(find_measure("agreement"))[1:]
    (('s4', '0.50', ''), ('s0', '0.00', 'least'))
    >>> key_of(find_measure("gwet_ac2_linear"))[1:]
    (('s4', '0.00', 'as by chance'), ('s0', '-1.00', 'least, or lower still'))
    """
    low, high = captions.shaded(measure.range)
    middle = (low + high) / 2
    chance = measure.chance is not None and middle == 0
    return (
        (
            look(1.0),
            rounded(high),
            "most agreement, or more still" if high < measure.range[1] else "most agreement",
        ),
        (look(0.5), rounded(middle), "as by chance" if chance else ""),
        (look(0.0), rounded(low), "least, or lower still" if measure.range[0] < low else "least"),
    )


def look(shade: float | None) -> str:
    """Return how a cell with a value looks; None stands for one that rests on too little for a shade.

    Examples
    --------
    >>> look(None), look(0.0), look(0.5), look(1.0)
    ('thin', 's0', 's4', 's9')
    """
    return "thin" if shade is None else f"s{round(shade * STEPS)}"
