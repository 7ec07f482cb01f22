"""The key of a heatmap: from where to where the colours go, and what they mean."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from stances.plots.lettering import Letters
from stances.plots.palette import PAPER, SCALE
from stances.plots.sheet import NOTE, figure_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from stances.matrix import Matrix

_MEANING = {"agreement": "darker: more agreement", "divergence": "darker: more divergence"}
_CHANCE = {"agreement": 0.0, "divergence": 1.0}
WIDEST = 2.0  # what a measure without an end is drawn to, at most


@frozen
class Scale:
    """The values that the two ends of the colours stand for.

    Attributes
    ----------
    low, high : float
        The range of the measure where it has one, so that figures compare; values beyond have the colour
        of the end.
    extend : str
        Which end some value lies beyond: ``neither``, ``min``, ``max`` or ``both``.
    label : str
        Measure and direction.
    chance : float or None
        The value that stands for agreement as by chance; None for a measure not corrected for it.
    """

    low: float
    high: float
    extend: str
    label: str
    chance: float | None

    def color(self, value: float) -> tuple[float, ...]:
        """Return the colour of a value."""
        from matplotlib import colormaps

        share = (value - self.low) / (self.high - self.low)
        return tuple(map(float, colormaps[SCALE](min(max(share, 0.0), 1.0))))


def scale_of(matrices: "Sequence[Matrix]") -> Scale:
    """Return one scale for matrices of one kind and measure.

    A measure corrected for chance may fall without end below 0, and is drawn from -1; what lies beyond
    is pointed at. A measure without ends is drawn from its lowest to its highest value.
    """
    first = matrices[0]
    low, high = first.measure.range_of(first.kind)
    off = [~np.eye(len(m.actors), dtype=np.bool_) & ~np.isnan(m.values) for m in matrices]
    values = np.concatenate([m.values[keep] for m, keep in zip(matrices, off, strict=True)])
    values = values if values.size else np.zeros(1)
    if np.isinf(low) and np.isinf(high):
        low, high = float(values.min()), float(values.max())
    low, high = max(low, -1.0) if np.isinf(low) else low, min(high, WIDEST) if np.isinf(high) else high
    if not low < high:
        low, high = low - 0.5, low + 0.5
    beyond = bool((values < low - 1e-9).any()), bool((values > high + 1e-9).any())
    extend = {(False, False): "neither", (True, False): "min", (False, True): "max", (True, True): "both"}[
        beyond
    ]
    chance = _CHANCE[first.kind] if first.measure.chance is not None else None
    named = "" if first.measure.name == first.kind else f" ({first.measure.name})"
    line = "" if chance is None else f"; white line: {chance:g}, as by chance"
    return Scale(low, high, extend, f"{first.kind}{named}; {_MEANING[first.kind]}{line}", chance)


def draw_key(ax: "Axes", scale: Scale, letters: Letters) -> None:
    """Draw the colours with their values beside an Axes, as high as it is."""
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import Normalize

    figure = figure_of(ax)
    inches = ax.get_window_extent().width / figure.dpi
    beside = ax.inset_axes((1 + 0.12 / inches, 0, 0.12 / inches, 1))
    mappable = ScalarMappable(Normalize(scale.low, scale.high), SCALE)
    key = figure.colorbar(mappable, cax=beside, extend=scale.extend)
    key.ax.tick_params(labelsize=NOTE, length=2)
    key.outline.set_linewidth(0.6)
    height = ax.get_window_extent().height / figure.dpi * 72
    key.set_label("\n".join(letters.wrapped(scale.label, NOTE, max(height, 80.0))), size=NOTE)
    if scale.chance is not None and scale.low < scale.chance < scale.high:
        key.ax.axhline(scale.chance, color=PAPER, linewidth=1.2)
