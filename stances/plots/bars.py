"""cohesion: how a bloc holds together, as bars with their intervals and their support."""

from typing import TYPE_CHECKING

from attrs import frozen

from stances.captions import THIN
from stances.plots.cells import empty
from stances.plots.palette import BLUE, INK, PAPER
from stances.plots.rows import MOST, beyond, draw_rows, height_of
from stances.plots.sheet import Sheet, sheet
from stances.printable import rounded
from stances.tables import Grid

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from stances.blocs import Cohesion
    from stances.mean_intervals import Mean

WIDTH = 3.2  # inches
INDEX, HEADS = (
    "pairwise",
    {
        "rice": "Rice",
        "attina": "Attina",
        "hix_noury_roland": "Hix-Noury-Roland",
        "van_der_eijk": "van der Eijk A",
        "pairwise": "pairwise",
    },
)


@frozen
class Bar:
    """One bar: its name, the mean it shows, and why there is none."""

    name: str
    mean: "Mean"
    why: str


def cohesion(found: "Cohesion", ax: "Axes | None" = None) -> "Axes":
    """Draw how a bloc holds together: its five indices, or the pairwise agreement in each slice.

    A bar is hollow where it rests on fewer than five questions. A slice without a value has no bar and says
    why.

    Parameters
    ----------
    found : Cohesion
        What `cohesion` of the package returned. Of one row all indices are drawn; of several the mean
        agreement of two members.
    ax : Axes, optional
        Where to draw; a figure of its own by default, ``ax.figure`` of what is returned.

    Returns
    -------
    Axes

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> import stances
    >>> ax = cohesion(stances.cohesion(stances.load("un-landmark-votes"), "EU", by="issue"))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['ukraine', 'gaza', 'trade', 'multilateralism']
    """
    bars = bars_of(found)
    grid: Grid = found.grids()[0]
    title, _, data = grid.title.partition(" · ")
    notes = [data, *grid.notes]
    if any(0 < bar.mean.n < THIN for bar in bars):
        notes.append(f"Hollow: fewer than {THIN} questions, a list to read, not a score.")
    notes += beyond(len(found.rows) - MOST, "row")
    with sheet(found, ax, [title, *notes, *(bar.name for bar in bars)], WIDTH, height_of(len(bars))) as page:
        if bars:
            _draw(page, bars, "index" if len(found.rows) == 1 else "mean agreement of two members")
        else:
            empty(page.ax, page.letters, "Undefined: there is nothing to show.")
        page.finish(title, notes)
        return page.ax


def bars_of(found: "Cohesion") -> list[Bar]:
    """Return the bars of a figure, from the top."""
    if len(found.rows) == 1:
        (row,) = found.rows
        return [Bar(head, row.means[index], row.why) for index, head in HEADS.items()]
    return [Bar(row.name, row.means[INDEX], row.why) for row in found.rows[:MOST]]


def _draw(page: Sheet, bars: list[Bar], label: str) -> None:
    ax = page.ax
    for k, bar in enumerate(bars):
        if bar.mean.n == 0:
            continue
        fill = PAPER if bar.mean.n < THIN else BLUE
        ax.barh(k, bar.mean.value, height=0.62, facecolor=fill, edgecolor=BLUE, linewidth=1.0)
        if bar.mean.lower == bar.mean.lower:
            ends = [bar.mean.lower, bar.mean.upper]
            ax.plot(ends, [k, k], color=PAPER, linewidth=2.6, zorder=3)
            ax.plot(ends, [k, k], "|-", color=INK, linewidth=1.0, markersize=5, zorder=4, gid="interval")
    draw_rows(page, [bar.name for bar in bars], [_words(bar) for bar in bars])
    low = min([0.0, *(end for bar in bars for end in (bar.mean.value, bar.mean.lower) if end == end)])
    ax.set(xlim=(low, 1.0), xlabel=label)


def _words(bar: Bar) -> str:
    if bar.mean.n == 0:
        return bar.why.replace("_", " ") or "undefined"
    value = rounded(bar.mean.value)
    return f"({value}) of {bar.mean.n}" if bar.mean.n < THIN else f"{value} of {bar.mean.n}"
