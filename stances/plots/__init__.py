"""Figures for print: each takes a result, and an Axes of yours or none, and returns the Axes drawn on.

Nothing is shown and no global setting is changed. ``ax.figure`` is the figure; `save` writes it as SVG,
PDF or PNG. Needs the extra ``plot`` (matplotlib, SciPy).

In every figure colour never speaks alone, what rests on fewer than five questions is hollow, what is
undefined has no colour of the scale, and the caption says of which data, under which policies.
"""

from stances.plots.bars import cohesion
from stances.plots.cells import heatmap
from stances.plots.leaves import dendrogram
from stances.plots.panels import small_multiples
from stances.plots.plane import actor_map
from stances.plots.promises import dumbbell
from stances.plots.pulled import wedges
from stances.plots.saving import save
from stances.plots.timeline import trend

__all__ = [
    "actor_map",
    "cohesion",
    "dendrogram",
    "dumbbell",
    "heatmap",
    "save",
    "small_multiples",
    "trend",
    "wedges",
]
