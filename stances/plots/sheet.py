"""The sheet that is drawn on: an Axes given, or a figure of its own that is as large as its content."""

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from attrs import frozen

from stances.errors import FieldError, MissingExtraError
from stances.plots.credits import credit
from stances.plots.lettering import HEIGHT, Letters
from stances.plots.palette import INK, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from stances.printable import Printable

POINTS = 72.0  # in an inch
TITLE, BODY, NOTE = 9.0, 8.0, 6.5  # sizes of letters, in points
MARGIN, GAP = 0.1, 0.08  # inches
# Said by tables alone: what to type, what they leave out, and brackets, which are hollow marks here.
_ELSEWHERE = re.compile(r"Next: stances |\(\.\.\.\)  |\d+ more( rows)?: --")
NARROWEST = 3.4  # inches: a column of a journal
_STYLE: Any = {
    "font.size": BODY,
    "axes.linewidth": 0.6,
    "axes.labelsize": BODY,
    "axes.edgecolor": INK,
    "xtick.labelsize": BODY - 0.5,
    "ytick.labelsize": BODY - 0.5,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "legend.fontsize": BODY - 1,
    "legend.frameon": False,
    "text.parse_math": False,
    "text.usetex": False,
}
_ONE_AT_A_TIME = threading.RLock()  # settings are global while one draws


@frozen
class Sheet:
    """What one drawing is made on.

    Attributes
    ----------
    axes : tuple of Axes
        One, or one per panel.
    is_own : bool
        Whether the figure is ours, and so ours to size.
    letters : Letters
    credit : str
        The sources of what is drawn.
    """

    axes: "tuple[Axes, ...]"
    is_own: bool
    letters: Letters
    credit: str

    @property
    def ax(self) -> "Axes":
        """The first Axes."""
        return self.axes[0]

    def finish(self, title: str, notes: Iterable[str]) -> None:
        """Write the title above, notes and credit below, and give a figure of ours the size of all that."""
        told = [note for note in (*notes, self.credit) if note and not _ELSEWHERE.match(note)]
        if self.is_own:
            _fitted(self.axes, title, told, self.letters)
        else:
            _lettered(self.ax, title, told, self.letters)


def figure_of(ax: "Axes") -> "Figure":
    """Return the figure that an Axes is in, which may be in a part of it."""
    from matplotlib.figure import SubFigure

    figure = ax.figure
    while isinstance(figure, SubFigure):
        figure = figure.figure
    return figure


def library() -> Any:
    """Return matplotlib.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    try:
        return import_module("matplotlib")
    except ImportError:
        raise MissingExtraError("matplotlib", "'stances[plot]'") from None


@contextmanager
def sheet(
    drawn: "Printable",
    ax: "Axes | None",
    texts: Iterable[str],
    width: float,
    height: float,
    n_columns: int = 1,
    n_rows: int = 1,
) -> "Iterator[Sheet]":
    """Give what to draw on, and hold the style while it is drawn.

    Parameters
    ----------
    drawn : Printable
        What is drawn; it knows its sources.
    ax : Axes or None
        Where to draw; a figure of its own for None.
    texts : iterable of str
        All that may be written, from which fonts are chosen.
    width, height : float
        Of each Axes of a figure of its own, in inches.
    n_columns, n_rows : int
        Axes of a figure of its own.

    Raises
    ------
    FieldError
        If `ax` is no Axes.
    MissingExtraError
        If matplotlib is not installed.
    """
    mpl = library()
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    if ax is not None and not isinstance(ax, Axes):
        raise FieldError("ax", ax, "is no Axes", "pass one axis of plt.subplots(), or none")
    with _ONE_AT_A_TIME:
        sources = credit(drawn)
        letters = Letters.of([*texts, sources])
        with mpl.rc_context(_STYLE | {"font.family": list(letters.families)}):
            if ax is not None:
                yield Sheet((ax,), False, letters, sources)
            else:
                size = ((width + 1.0) * n_columns, (height + 1.0) * n_rows)
                yield Sheet(
                    _axes(Figure(figsize=size), width, height, n_columns, n_rows), True, letters, sources
                )


def _axes(figure: "Figure", width: float, height: float, n_columns: int, n_rows: int) -> "tuple[Axes, ...]":
    """Return Axes of a given size in rows, apart by half an inch."""
    total_width, total_height = figure.get_size_inches()
    made = []
    for row in range(n_rows):
        for column in range(n_columns):
            left, top = column * (width + 0.5), row * (height + 0.5)
            box = (left / total_width, 1 - (top + height) / total_height)
            made.append(figure.add_axes((*box, width / total_width, height / total_height)))
    return tuple(made)


def _fitted(axes: "Sequence[Axes]", title: str, notes: list[str], letters: Letters) -> None:
    """Size the figure to its content, with the title above and the notes below; nothing is clipped."""
    figure = figure_of(axes[0])
    left, bottom, right, top = _extent(axes)
    width = max(right - left, NARROWEST)
    heading = letters.wrapped(title, TITLE, width * POINTS, "bold")
    lines = [line for note in notes for line in letters.wrapped(note, NOTE, width * POINTS)]
    above, below = _height(heading, TITLE) + GAP, _height(lines, NOTE) + GAP
    new = (width + 2 * MARGIN, above + (top - bottom) + below + 2 * MARGIN)
    old = figure.get_size_inches().copy()
    for ax in axes:
        box = ax.get_position()
        x, y = box.x0 * old[0] - left + MARGIN, box.y0 * old[1] - bottom + MARGIN + below
        size = (box.width * old[0] / new[0], box.height * old[1] / new[1])
        ax.set_position((x / new[0], y / new[1], *size))
    figure.set_size_inches(*new)
    at = MARGIN / new[0]
    style: dict[str, Any] = {"ha": "left", "color": INK, "linespacing": HEIGHT / 1.2}
    figure.text(at, 1 - MARGIN / new[1], "\n".join(heading), va="top", size=TITLE, weight="bold", **style)
    style["color"] = SOFT
    figure.text(at, MARGIN / new[1], "\n".join(lines), va="bottom", size=NOTE, **style)


def _extent(axes: "Sequence[Axes]") -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of all that is drawn, in inches."""
    figure = figure_of(axes[0])
    figure.draw_without_rendering()
    boxes = [box for box in (ax.get_tightbbox() for ax in axes) if box is not None]
    corners = [(box.x0, box.y0, box.x1, box.y1) for box in boxes]
    ends = [min(c[0] for c in corners), min(c[1] for c in corners)]
    ends += [max(c[2] for c in corners), max(c[3] for c in corners)]
    left, bottom, right, top = (float(end) / figure.dpi for end in ends)
    return left, bottom, right, top


def _height(lines: Sequence[str], size: float) -> float:
    return len(lines) * size * HEIGHT / POINTS


def _lettered(ax: "Axes", title: str, notes: list[str], letters: Letters) -> None:
    """Write title and notes at an Axes of somebody else's figure, as wide as it is."""
    figure = figure_of(ax)
    inches = ax.get_window_extent().width / figure.dpi
    width = max(inches, 1.5) * POINTS
    figure.draw_without_rendering()
    box, own = ax.get_tightbbox(), ax.get_window_extent()
    up = max((box.y1 if box else own.y1) - own.y1, 0.0) / figure.dpi * POINTS + GAP * POINTS
    heading = "\n".join(letters.wrapped(title, TITLE, width, "bold"))
    ax.set_title(heading, loc="left", size=TITLE, weight="bold", pad=up)
    down = (own.y0 - min(box.y0 if box else own.y0, own.y0)) / figure.dpi * POINTS + GAP * POINTS
    lines = [line for note in notes for line in letters.wrapped(note, NOTE, width)]
    ax.annotate(
        "\n".join(lines),
        (0, 0),
        xycoords="axes fraction",
        xytext=(0, -down),
        textcoords="offset points",
        va="top",
        size=NOTE,
        color=SOFT,
        linespacing=HEIGHT / 1.2,
        annotation_clip=False,
    )
