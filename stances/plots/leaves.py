"""dendrogram: in which order actors join, and at which divergence."""

from typing import TYPE_CHECKING, Any

import numpy as np

from stances import captions
from stances.dendrogram import Dendrogram, best_cut, by_size, dendrogram_of
from stances.distances import distances_of
from stances.plots.names import name_rows
from stances.plots.palette import CAMPS, INK, SHAPES, SOFT, STROKES, camp_of
from stances.plots.sheet import BODY, NOTE, POINTS, figure_of, sheet
from stances.printable import rounded

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from stances.clusters import Camps
    from stances.matrix import Matrix

ROW, TALLEST, WIDTH = 0.17, 8.2, 4.2  # inches
Branch = tuple[float, float, float, float, float, int]  # height, from and to, their heights, camp or 0


def dendrogram(found: "Camps | Matrix", ax: "Axes | None" = None) -> "Axes":
    """Draw the tree of actors: two branches join at the mean divergence between their members.

    Branches of a camp have its colour and its stroke, its actors a shape; a dashed line shows where the tree
    was cut. Who shares too little is named below.

    Parameters
    ----------
    found : Camps or Matrix
        A matrix is parted as `camps` does by default.
    ax : Axes, optional
        Where to draw; a figure of its own by default, ``ax.figure`` of what is returned.

    Returns
    -------
    Axes

    Raises
    ------
    TooFewActorsError
        If fewer than four actors can be compared.
    MissingExtraError
        If matplotlib or SciPy is not installed.

    Examples
    --------
    >>> import stances
    >>> votes = stances.agreement_matrix(stances.load("un-landmark-votes"))
    >>> [label.get_text() for label in dendrogram(votes).get_yticklabels()][:3]
    ['ISR', 'USA', 'HUN']
    """
    given: Any = found
    matrix: Matrix = getattr(given, "matrix", given)
    tree: Any = getattr(given, "dendrogram", None) or dendrogram_of(distances_of(matrix, "a dendrogram"))
    labels = getattr(given, "labels", None)
    labels = by_size(best_cut(tree)) if labels is None else labels
    camps = {actor: int(k) + 1 for actor, k in zip(tree.actors, labels.tolist(), strict=True)}
    data = captions.title(matrix).partition(" · ")[2]
    n_camps = max(camps.values())
    notes = [
        data,
        "Joined by average linkage: two branches meet at the mean divergence between their members.",
    ]
    if n_camps > 1:
        notes.append(f"Cut at the dashed line into {n_camps} camps, told apart by shape, stroke and colour.")
    if tree.distances.left_out:
        few = f"fewer than {captions.THIN} questions"
        notes.append(f"Left out, sharing {few} with too many others: {', '.join(tree.distances.left_out)}.")
    height = min(len(tree.actors) * ROW, TALLEST)
    with sheet(found, ax, [*tree.actors, *notes], WIDTH, height) as page:
        pitch = page.ax.get_window_extent().height / figure_of(page.ax).dpi * POINTS / len(tree.actors)
        note = name_rows(page.ax, tree.order, pitch, page.letters)
        _draw(page.ax, tree, camps, n_camps, pitch)
        page.finish("Who joins whom, and how far apart", [*notes, note])
        return page.ax


def branches_of(tree: Dendrogram, camps: dict[str, int]) -> list[Branch]:
    """Return each join: height, places of its branches, their heights, and its camp (0 for none)."""
    places = {i: float(tree.order.index(actor)) for i, actor in enumerate(tree.actors)}
    heights = dict.fromkeys(places, 0.0)
    camp = {i: camps[actor] for i, actor in enumerate(tree.actors)}
    made: list[Branch] = []
    for step, (one, other, height, _) in enumerate(tree.merges.tolist(), start=len(tree.actors)):
        a, b = sorted((int(one), int(other)), key=lambda k: places[k])
        camp[step] = camp[a] if camp[a] == camp[b] else 0
        made.append((height, places[a], places[b], heights[a], heights[b], camp[step]))
        places[step], heights[step] = (places[a] + places[b]) / 2, height
    return made


def _draw(ax: "Axes", tree: Dendrogram, camps: dict[str, int], n_camps: int, pitch: float) -> None:
    for height, a, b, low_a, low_b, camp in branches_of(tree, camps):
        kind = camp_of(camp) if camp else 0
        style: dict[str, Any] = {
            "color": CAMPS[kind] if camp else SOFT,
            "linestyle": STROKES[kind] if camp else "-",
        }
        ax.plot([low_a, height, height, low_b], [a, a, b, b], linewidth=1.0, gid="branch", **style)
    for camp in sorted(set(camps.values())):
        rows = [k for k, actor in enumerate(tree.order) if camps[actor] == camp]
        size = max(min(pitch * 0.45, 4.5), 1.5)
        look = {"marker": SHAPES[camp_of(camp)], "color": CAMPS[camp_of(camp)], "markersize": size}
        label = f"camp {camp}, of {len(rows)}"
        ax.plot([0] * len(rows), rows, linestyle="", clip_on=False, zorder=3, label=label, **look)  # type: ignore[arg-type]  # names of Line2D
    heights = np.concatenate([[0.0], tree.merges[:, 2]])
    top = float(heights.max()) or 1.0
    if n_camps > 1:
        at = len(tree.actors) - n_camps
        ax.axvline(
            float(heights[at : at + 2].mean()), color=INK, linestyle=(0, (4, 3)), linewidth=0.7, gid="cut"
        )
        ax.legend(
            loc="lower right", bbox_to_anchor=(1, 1), ncols=min(n_camps, 4), borderaxespad=0.2, fontsize=NOTE
        )
    ax.set(xlim=(0, top * 1.05), ylim=(len(tree.actors) - 0.5, -0.5))
    ax.set_xlabel(f"divergence at which they join (largest {rounded(top)})", size=BODY)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
