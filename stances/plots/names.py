"""Names of actors along an edge: all of them if need be in several rows, and never over each other."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from stances.plots.lettering import Letters
from stances.plots.sheet import BODY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SMALLEST, LINE = 5.0, 1.2  # points; the height of a name, in sizes of its font
MOST_TIERS, SHORT = 4, 26.0  # names in rows behind each other, each at most this many points wide
PAD = 3.0


def name_rows(ax: "Axes", labels: Sequence[str], pitch: float, letters: Letters, side: str = "y") -> str:
    """Write a name at each place of an axis, from 0, and return a note if not all found room.

    Parameters
    ----------
    ax : Axes
    labels : sequence of str
    pitch : float
        Points from one place to the next.
    letters : Letters
    side : {"y", "x"}
        ``x`` turns names that are wider than their place.
    """
    names = [letters.line(label) for label in labels]
    tiers = min(max(math.ceil(SMALLEST * LINE / pitch), 1), MOST_TIERS)
    size = min(max(tiers * pitch / LINE, SMALLEST), BODY if tiers == 1 else BODY - 2)
    widths = [letters.width(name, size) for name in names]
    flat = side == "x" and max(widths, default=0.0) + 2 <= pitch
    step = 1
    if (tiers > 1 and max(widths) > SHORT) or tiers * pitch < SMALLEST * LINE:
        step, tiers = math.ceil(SMALLEST * LINE / pitch), 1
        size = SMALLEST
    places = range(0, len(names), step)
    axis = ax.yaxis if side == "y" else ax.xaxis
    turn: dict[str, Any] = {"rotation": 90} if side == "x" and not flat else {}
    axis.set_ticks(places, [names[k] for k in places], fontsize=size, **turn)
    axis.set_tick_params(length=0, pad=PAD)
    if tiers > 1:
        for tick, place in zip(axis.get_major_ticks(), places, strict=True):
            tick.set_pad(PAD + (place % tiers) * (max(widths) + PAD))
    return "" if step == 1 else f"Named is every {step}th actor, for want of room."
