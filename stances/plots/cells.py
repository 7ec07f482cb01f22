"""heatmap: who agrees with whom, with what every cell rests on."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances import captions, leftovers
from stances.captions import THIN
from stances.plots.key import Scale, draw_key, scale_of
from stances.plots.lettering import Letters
from stances.plots.names import name_rows
from stances.plots.palette import FAINT, INK, NOTHING, PAPER, SCALE, SOFT, ink_on
from stances.plots.sheet import BODY, NOTE, POINTS, figure_of, sheet
from stances.plots.standing import Standing, standing_of
from stances.printable import rounded

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from stances.matrix import Matrix

FEW = 12  # actors whose cells hold a number
MANY = 40  # actors whose cells are pixels in a vector file
LARGEST = 6.4  # inches: the width of a page
WORDY = 3.2, 0.8  # inches, where nothing is drawn but the reason for it
_WIDTHS = ((FEW, 0.62), (30, 0.24), (80, 0.13))  # inches of a cell, of up to so many actors
RINGS = 0.11, 0.2  # of a cell: the frame that is left of a thin one; the heavier where frames alone tell
TINY = 2.0  # points of a cell below which a heavy frame would look full
Floats = NDArray[np.float64]


def heatmap(matrix: "Matrix", ax: "Axes | None" = None) -> "Axes":
    """Draw a matrix as coloured cells, actors in the order of their camps.

    Of up to a dozen actors, each cell holds its value and its support. A cell that rests on fewer than
    five questions is only framed by its colour; one without a value is crossed out and has none. Camps
    are parted by lines. Actors who share no question with another are named below.

    Parameters
    ----------
    matrix : Matrix
        Of agreement or divergence.
    ax : Axes, optional
        Where to draw; a figure of its own by default, ``ax.figure`` of what is returned.

    Returns
    -------
    Axes

    Raises
    ------
    MissingExtraError
        If matplotlib or SciPy is not installed.

    References
    ----------
    Nuñez, J. R., Anderton, C. R. and Renslow, R. S. (2018), PLOS ONE 13, e0199239, for the colours.

    Examples
    --------
    >>> import stances
    >>> ax = heatmap(stances.agreement_matrix(stances.load("un-landmark-votes")))
    >>> [label.get_text() for label in ax.get_yticklabels()][:3]
    ['ISR', 'USA', 'HUN']
    """
    shown = captions.sharing(matrix)
    part = matrix.select([matrix.actors[i] for i in shown])
    standing = standing_of(part)
    part = part.select(standing.actors)
    about, _, data = captions.title(matrix).partition(" · ")
    notes = [data, *_notes(matrix, part, shown, standing)]
    side = side_of(len(shown)) * (1.25 if matrix.lower is not None and len(shown) <= FEW else 1.0)
    size = (side, side) if len(shown) > 1 else WORDY
    with sheet(matrix, ax, [*matrix.actors, about, *notes], *size) as page:
        if len(shown) < 2:
            empty(page.ax, page.letters, leftovers.nothing_shared(matrix))
            page.finish(about, [data])
            return page.ax
        scale = scale_of([part])
        draw_cells(page.ax, part, scale)
        draw_borders(page.ax, part.actors, standing, page.letters)
        if len(shown) <= FEW:
            _draw_numbers(page.ax, part, scale)
        pitch = pitch_of(page.ax, len(shown))
        told = {name_rows(page.ax, part.actors, pitch, page.letters, axis) for axis in ("x", "y")}
        draw_key(page.ax, scale, page.letters)
        page.finish(about, [*notes, *sorted(told)])
        return page.ax


def side_of(n_actors: int) -> float:
    """Return how wide the cells of so many actors are together, in inches."""
    cell = next((width for most, width in _WIDTHS if n_actors <= most), 0.0)
    return min(max(n_actors * cell, 1.24), LARGEST) if cell else LARGEST


def pitch_of(ax: "Axes", n: int) -> float:
    """Return the points from one row to the next."""
    figure = figure_of(ax)
    ax.apply_aspect()
    return float(ax.get_window_extent().height / figure.dpi * POINTS / n)


def _notes(matrix: "Matrix", part: "Matrix", shown: list[int], standing: Standing) -> Iterator[str]:
    yield standing.note
    if len(shown) > FEW:
        yield f"Support, in shared questions: {support_of(part)}."
    yield from cell_notes([part])
    yield from leftovers.left_out(matrix, shown)


def support_of(part: "Matrix") -> str:
    """Return on how many shared questions the values of a matrix rest, from the fewest to the most."""
    above = np.triu_indices(len(part.actors), 1)
    n = part.n_shared[above][part.reasons[above] == 0]
    if not n.size:
        return "none"
    return f"{n.min()}" if n.min() == n.max() else f"{n.min()} to {n.max()}"


def cell_notes(parts: "Iterable[Matrix]") -> Iterator[str]:
    """Yield what framed and crossed cells mean, where there are any."""
    pairs = [
        (part.n_shared[at], part.reasons[at])
        for part in parts
        for at in [np.triu_indices(len(part.actors), 1)]
    ]
    if any(((n < THIN) & (why == 0)).any() for n, why in pairs):
        yield f"Only framed: fewer than {THIN} shared questions, a list to read, not a score."
    if any((why != 0).any() for _, why in pairs):
        yield "Crossed out: undefined."


def empty(ax: "Axes", letters: Letters, why: str) -> None:
    """Draw nothing but the reason for it."""
    ax.set_axis_off()
    figure = figure_of(ax)
    width = max(ax.get_window_extent().width / figure.dpi, 1.0) * POINTS
    text = "\n".join(letters.wrapped(why, BODY, width))
    ax.text(0.5, 0.5, text, transform=ax.transAxes, ha="center", va="center", size=BODY, color=SOFT)


@frozen
class Cells:
    """Which cells of a matrix are drawn how; each array of shape (n, n)."""

    thin: NDArray[np.bool_]
    undefined: NDArray[np.bool_]
    own: NDArray[np.bool_]

    @classmethod
    def of(cls, matrix: "Matrix") -> "Cells":
        """Return which cells are thin, undefined, and of an actor with itself."""
        own = np.eye(len(matrix.actors), dtype=np.bool_)
        undefined = np.isnan(matrix.values) & ~own
        return cls((matrix.n_shared < THIN) & ~undefined & ~own, undefined, own)


def draw_cells(ax: "Axes", matrix: "Matrix", scale: Scale) -> None:
    """Draw the cells: solid, framed where thin, crossed out where undefined, blank on the diagonal."""
    from matplotlib.collections import LineCollection, PolyCollection

    n, kinds = len(matrix.actors), Cells.of(matrix)
    values = np.ma.array(matrix.values, mask=kinds.undefined | kinds.own | np.isnan(matrix.values))
    edges = np.arange(n + 1) - 0.5
    lines: dict[str, Any] = {"edgecolors": PAPER, "linewidth": 0.8} if n <= MANY else {}
    drawn: list[Any] = [
        ax.pcolormesh(edges, edges, values, cmap=SCALE, vmin=scale.low, vmax=scale.high, **lines)
    ]
    drawn[0].set_gid("values")
    inner = 0.5 - RINGS[n > FEW and pitch_of(ax, n) > TINY]
    holes = PolyCollection(list(_squares(kinds.thin, inner)), facecolors=PAPER, edgecolors="none", gid="thin")
    grounds = PolyCollection(list(_squares(kinds.undefined, 0.5)), facecolors=NOTHING, edgecolors="none")
    crosses = LineCollection(
        list(_crosses(kinds.undefined)),
        colors=FAINT if n <= FEW else SOFT,
        linewidths=min(0.6, 40 / n),
        gid="undefined",
    )
    for collection in (holes, grounds, crosses):
        ax.add_collection(collection, autolim=False)
        drawn.append(collection)
    for artist in drawn:
        artist.set_rasterized(n > MANY)
    ax.set(xlim=(-0.5, n - 0.5), ylim=(n - 0.5, -0.5), aspect="equal")
    for spine in ax.spines.values():
        spine.set(visible=True, color=INK, linewidth=0.6)


def _squares(where: NDArray[np.bool_], half: float) -> Floats:
    """Return a square within each cell, shape (n_cells, 4, 2)."""
    rows, columns = np.nonzero(where)
    corners = np.array([(-half, -half), (half, -half), (half, half), (-half, half)])
    squares: Floats = np.stack([columns, rows], axis=1)[:, None, :] + corners
    return squares


def _crosses(where: NDArray[np.bool_]) -> Floats:
    """Return the two diagonals of each cell, shape (2 n_cells, 2, 2)."""
    rows, columns = np.nonzero(where)
    middle = np.stack([columns, rows], axis=1)[:, None, :]
    ends = np.array([[(-0.5, -0.5), (0.5, 0.5)], [(-0.5, 0.5), (0.5, -0.5)]])
    lines: Floats = np.concatenate([middle + ends[0], middle + ends[1]])
    return lines


def draw_borders(
    ax: "Axes", actors: tuple[str, ...], standing: Standing, letters: Letters | None = None
) -> None:
    """Draw lines between camps, and their numbers above, those that have room."""
    n = len(actors)
    borders = list(standing.borders(actors))
    heavy = min(1.4, 0.3 + 0.2 * pitch_of(ax, n))
    for place in borders:
        for line in (ax.axhline, ax.axvline):
            line(place - 0.5, color=INK, linewidth=heavy, gid="border")
    if letters is None or not borders:
        return
    pitch = pitch_of(ax, n)
    for first, last in pairwise([0, *borders, n]):
        number = standing.camps.get(actors[first])
        words = [f"camp {number}", str(number)] if number else ["no camp", "-"]
        text = next((w for w in words if letters.width(w, NOTE) + 4 <= (last - first) * pitch), "")
        at = ((first + last - 1) / 2, -0.5)
        ax.annotate(text, at, (0, 2), textcoords="offset points", ha="center", size=NOTE, color=SOFT)


def _draw_numbers(ax: "Axes", matrix: "Matrix", scale: Scale) -> None:
    """Write in each cell its value, its support and its interval; what a cell lacks, as the table says it."""
    kinds, n = Cells.of(matrix), len(matrix.actors)
    for i in range(n):
        for j in range(n):
            text = _words(matrix, i, j)
            solid = not (kinds.thin[i, j] or kinds.undefined[i, j] or i == j)
            ink = ink_on(scale.color(float(matrix.values[i, j]))) if solid else INK
            style: dict[str, Any] = {
                "color": ink if i != j and not kinds.undefined[i, j] else SOFT,
                "size": NOTE - 0.5,
            }
            if kinds.undefined[i, j]:
                style["bbox"] = {"facecolor": NOTHING, "edgecolor": "none", "pad": 0.6}
            ax.text(j, i, text, ha="center", va="center", linespacing=1.25, **style)


def _words(matrix: "Matrix", i: int, j: int) -> str:
    """Return what a cell says, in short lines."""
    support = int(matrix.n_shared[i, j])
    if i == j:
        return f"{support}\non record"
    why = matrix.why[i, j]
    if why:
        return captions.undefined(why, 0).replace(" ", "\n") + (f"\nof {support}" if support else "")
    value = rounded(float(matrix.values[i, j]))
    lines = [f"({value})" if support < THIN else value, f"of {support}"]
    if matrix.lower is not None and matrix.upper is not None:
        lines.append(f"[{rounded(float(matrix.lower[i, j]))}, {rounded(float(matrix.upper[i, j]))}]")
    return "\n".join(lines)
