"""actor_map: actors as points, as far apart as they diverge, with how far that can be trusted."""

from typing import TYPE_CHECKING

import numpy as np

from stances.plots.apart import places_of
from stances.plots.palette import CAMPS, INK, SHAPES, SOFT, camp_of
from stances.plots.sheet import NOTE, POINTS, Sheet, figure_of, sheet
from stances.plots.standing import Standing, standing_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from stances.scaling import ActorMap

FEW, SMALL, LARGE = 40, 4.6, 6.4  # actors, and inches of the map of these and of more


def actor_map(drawn: "ActorMap", ax: "Axes | None" = None) -> "Axes":
    """Draw actors in a plane, with the stress of the map and what it allows to say.

    Camps have a shape and a colour. Names that find no room without covering another are left out and
    counted below. Both axes have one scale and no numbers, as only distances mean something.

    Parameters
    ----------
    drawn : ActorMap
        What `map_of` returned.
    ax : Axes, optional
        Where to draw; a figure of its own by default, ``ax.figure`` of what is returned.

    Returns
    -------
    Axes

    Raises
    ------
    MissingExtraError
        If matplotlib or SciPy is not installed.

    Examples
    --------
    >>> import stances
    >>> votes = stances.agreement_matrix(stances.load("un-landmark-votes"))
    >>> ax = actor_map(stances.map_of(votes))
    >>> len(ax.collections[0].get_offsets()), len(ax.collections[1].get_offsets())
    (12, 8)
    """
    standing = standing_of(drawn.matrix)
    data, notes = drawn.title.partition(" · ")[2], list(drawn.notes())
    side = SMALL if len(drawn.actors) <= FEW else LARGE
    with sheet(drawn, ax, [*drawn.actors, data, *notes], side, side * _flatness(drawn)) as page:
        _draw_points(page.ax, drawn, standing)
        unnamed = _draw_names(page, drawn)
        told = f"{len(unnamed)} names find no room: {', '.join(unnamed)}." if unnamed else ""
        page.finish("Map of the actors", [data, *notes, told])
        return page.ax


def _flatness(drawn: "ActorMap") -> float:
    """Return how high the map is for its width: as high as the points are, but with room for names."""
    across, up = np.ptp(drawn.points, axis=0).tolist()
    return min(max(up / across + 0.15 if across else 1.0, 0.5), 1.0)


def _draw_points(ax: "Axes", drawn: "ActorMap", standing: Standing) -> None:
    numbers = np.array([standing.camps[actor] for actor in drawn.actors])
    several = numbers.max() > 1
    for camp in sorted(set(numbers.tolist())):
        x, y = drawn.points[numbers == camp].T
        kind = camp_of(camp)
        ax.scatter(
            x,
            y,
            s=16,
            marker=SHAPES[kind],
            color=CAMPS[kind],
            linewidths=0,
            label=f"camp {camp}, of {len(x)}",
        )
    ax.set_aspect("equal", adjustable="datalim")
    ax.margins(0.08)
    ax.set(xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set(visible=True, color=SOFT, linewidth=0.6)
    if several:
        ax.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=4, borderaxespad=0.2, fontsize=NOTE)


def _draw_names(page: Sheet, drawn: "ActorMap") -> list[str]:
    """Write the names that have room, and return the others."""
    ax, letters = page.ax, page.letters
    figure = figure_of(ax)
    figure.draw_without_rendering()  # settles where the axes lie
    scale, frame = POINTS / figure.dpi, ax.get_window_extent()
    points = ax.transData.transform(drawn.points) * scale
    box = np.array([frame.x0, frame.y0, frame.x1, frame.y1]) * scale
    size = NOTE if len(drawn.actors) <= FEW else NOTE - 1
    names = [letters.line(actor) for actor in drawn.actors]
    sizes = [(letters.width(name, size) + 1, size * 1.25) for name in names]
    left = dict(enumerate(names))
    for place in places_of(points, sizes, 2.0, box):
        lead = {"arrowstyle": "-", "color": SOFT, "linewidth": 0.3, "shrinkA": 0, "shrinkB": 1}
        ax.annotate(
            left.pop(place.index),
            tuple(drawn.points[place.index]),
            (place.x, place.y),
            textcoords="offset points",
            ha="center",
            va="center",
            size=size,
            color=INK,
            arrowprops=lead if place.away > 8 else None,
            gid="name",
        )
    return [names[k] for k in sorted(left)]
