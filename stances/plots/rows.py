"""What charts of rows share: a name at the left, marks along a line, words at the right."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stances.plots.palette import FAINT, INK
from stances.plots.sheet import BODY, NOTE, Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW, SHORTEST = 0.21, 0.5  # inches
MOST = 40  # rows of a figure


def height_of(n_rows: int) -> float:
    """Return how high so many rows are, in inches."""
    return max(n_rows * ROW, SHORTEST)


def beyond(n: int, thing: str) -> list[str]:
    """Return a note that so many are not drawn; nothing where none are.

    Examples
    --------
    >>> beyond(1, "question"), beyond(2, "row"), beyond(0, "row")
    (['1 more question is not drawn.'], ['2 more rows are not drawn.'], [])
    """
    return (
        [f"{n} more {thing} is not drawn." if n == 1 else f"{n} more {thing}s are not drawn."]
        if n > 0
        else []
    )


def draw_rows(page: Sheet, names: Sequence[str], words: Sequence[str], right: "Axes | None" = None) -> None:
    """Name the rows from the top, and write words at the right of each."""
    ax = page.ax
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_yticks(range(len(names)), [page.letters.line(name, 40) for name in names], size=BODY - 0.5)
    ax.tick_params(axis="y", length=0)
    for k, text in enumerate(words):
        beside = right or ax
        beside.annotate(
            page.letters.line(text, 60), (1, k), (5, 0), xycoords=("axes fraction", "data"),
            textcoords="offset points", va="center", size=NOTE, color=INK, annotation_clip=False,
        )  # fmt: skip
    ax.grid(axis="x", color=FAINT, linewidth=0.4)
    ax.set_axisbelow(True)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
