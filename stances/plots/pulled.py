"""wedges: members of a bloc, each between the bloc and a rival."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stances.captions import THIN
from stances.plots.cells import empty
from stances.plots.palette import BLUE, FAINT, INK, ORANGE, PAPER, SOFT
from stances.plots.rows import MOST, beyond, draw_rows, height_of
from stances.plots.sheet import NOTE, Sheet, sheet
from stances.printable import rounded
from stances.tables import Grid

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from stances.blocs import Wedge, Wedges

WIDTH = 2.9  # inches


def wedges(found: "Wedges", ax: "Axes | None" = None) -> "Axes":
    """Draw how far each member diverges from its bloc and from a rival, and the difference of both.

    A round mark is the divergence from the bloc, a square that from the rival; beside them stands the wedge,
    bloc minus rival, with its interval: right of 0 the member is nearer to the rival. Marks are hollow where
    they rest on fewer than five questions. Rows without a value are counted below.

    Parameters
    ----------
    found : Wedges
        What `wedges` of the package returned, in its order: the strongest wedge first.
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
    >>> found = stances.wedges(stances.load("un-landmark-votes"), "EU", "USA", by=None)
    >>> [label.get_text() for label in wedges(found).get_yticklabels()]
    ['HUN', 'CZE', 'AUT', 'DEU', 'ESP', 'FRA', 'POL']
    """
    defined, undefined = _parted(found.rows)
    shown = defined[:MOST]
    grid: Grid = found.grids()[0]
    title, _, data = grid.title.partition(" · ")
    notes = [data, *grid.notes]
    thin = any(row.n_questions < THIN for row in shown)
    notes += [f"Hollow: fewer than {THIN} questions, a list to read, not a score."] if thin else []
    notes += beyond(len(defined) - MOST, "row")
    if undefined and shown:
        notes.append(f"Not drawn, as undefined: {', '.join(_name(row) for row in undefined)}.")
    with sheet(found, ax, [title, *notes, *map(_name, found.rows)], WIDTH, height_of(len(shown))) as page:
        if shown:
            _draw(page, found, shown)
        else:
            empty(page.ax, page.letters, "Undefined: no question has all three on record.")
        page.finish(title, notes)
        return page.ax


def _parted(rows: "Sequence[Wedge]") -> "tuple[list[Wedge], list[Wedge]]":
    """Return the rows that have a value, and those that have none."""
    return [row for row in rows if not row.why], [row for row in rows if row.why]


def _name(row: "Wedge") -> str:
    return f"{row.member} · {row.name}" if row.name else row.member


def _draw(page: Sheet, found: "Wedges", rows: "list[Wedge]") -> None:
    ax = page.ax
    right = ax.inset_axes((1.08, 0, 0.55, 1), sharey=ax)
    for k, row in enumerate(rows):
        thin = row.n_questions < THIN
        ax.plot([row.from_bloc, row.from_rival], [k, k], color=SOFT, linewidth=1.0, zorder=1, gid="between")
        for at, shape, color, size in ((row.from_bloc, "o", BLUE, 7), (row.from_rival, "s", ORANGE, 4.5)):
            fill = PAPER if thin else color
            ax.plot(at, k, shape, markersize=size, markerfacecolor=fill, markeredgecolor=color, clip_on=False)
        if row.lower == row.lower:
            right.plot([row.lower, row.upper], [k, k], color=INK, linewidth=0.9, gid="interval")
        right.plot(
            row.value, k, "D", markersize=3.2, markerfacecolor=PAPER if thin else INK, markeredgecolor=INK
        )
    draw_rows(page, [_name(row) for row in rows], [_words(row) for row in rows], right)
    ax.set(xlim=(-0.02, 1.02), xlabel="divergence")
    for shape, color, name, size in (("o", BLUE, found.bloc, 7.0), ("s", ORANGE, found.rival, 4.5)):
        ax.plot([], [], shape, color=color, markersize=size, label=f"from {page.letters.line(name)}")
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.1, fontsize=NOTE)
    right.axvline(0, color=INK, linewidth=0.6)
    right.set(xlim=(-1.02, 1.02), xticks=[-1, 0, 1], xlabel="wedge")
    right.tick_params(axis="y", length=0, labelleft=False)
    right.grid(axis="x", color=FAINT, linewidth=0.4)
    bloc, rival = page.letters.line(found.bloc, 10), page.letters.line(found.rival, 10)
    right.set_title(f"← {bloc} · {rival} →", size=NOTE, weight="normal")
    for side in ("top", "right", "left"):
        right.spines[side].set_visible(False)


def _words(row: "Wedge") -> str:
    sign = "+" if row.value > 0 else ""
    value = f"{sign}{rounded(row.value)}"
    text = f"({value})" if row.n_questions < THIN else value
    return f"{text} of {row.n_questions}"
