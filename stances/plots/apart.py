"""Labels beside points, never over each other."""

from collections.abc import Iterator, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_AWAY = (4.0, 9.0, 15.0, 22.0, 30.0)  # points from a dot to its name
_TOWARDS = tuple(
    (float(np.cos(t)), float(np.sin(t)))
    for t in np.deg2rad([0, 180, 90, 270, 35, 145, 215, 325, 65, 115, 245, 295])
)


@frozen
class Placed:
    """Where a label goes: the middle of its box, from its dot, in points."""

    index: int
    x: float
    y: float
    away: float


def places_of(
    points: Floats, sizes: Sequence[tuple[float, float]], dot: float, box: Floats
) -> Iterator[Placed]:
    """Yield a place for each label that has room, the outermost points first.

    Parameters
    ----------
    points : ndarray of float, shape (n, 2)
        In points of print.
    sizes : sequence of (float, float)
        Width and height of each label.
    dot : float
        Half the width of a dot; no label covers one.
    box : ndarray of float, shape (4,)
        Left, bottom, right and top of what may be written on.
    """
    taken = np.concatenate([points - dot, points + dot], axis=1)
    far = np.hypot(*(points - points.mean(axis=0)).T)
    for index in np.lexsort((np.arange(len(points)), -far)).tolist():
        width, height = sizes[index]
        for away, (x, y) in ((a, t) for a in _AWAY for t in _TOWARDS):
            middle = np.array([x * (away + width / 2), y * (away + height / 2)])
            left, bottom = points[index] + middle - (width / 2, height / 2)
            new = np.array([left, bottom, left + width, bottom + height])
            inside = (new[:2] >= box[:2]).all() and (new[2:] <= box[2:]).all()
            if inside and not _meets(new, taken):
                taken = np.concatenate([taken, new[None]])
                yield Placed(index, float(middle[0]), float(middle[1]), away)
                break


def _meets(new: Floats, taken: Floats) -> bool:
    """Tell whether a box overlaps one of others."""
    across = (new[0] < taken[:, 2]) & (taken[:, 0] < new[2])
    return bool((across & (new[1] < taken[:, 3]) & (taken[:, 1] < new[3])).any())
