"""A tree of actors: the nearest are joined first, and cut at some height it falls into camps."""

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances.distances import DIGITS, Distances
from stances.errors import MissingExtraError

MOST_CAMPS = 8
SEPARATION = 0.25  # mean silhouette below which Kaufman and Rousseeuw see no structure
Floats = NDArray[np.float64]
Labels = NDArray[np.intp]


@frozen(eq=False)
class Dendrogram:
    """Actors joined by average linkage.

    Attributes
    ----------
    distances : Distances
    merges : ndarray of float, shape (n_actors - 1, 4)
        As SciPy's `linkage` gives them: what is joined, at which height, and how many that makes.
    """

    distances: Distances
    merges: Floats

    @property
    def actors(self) -> tuple[str, ...]:
        """Ids, sorted."""
        return self.distances.actors

    @property
    def order(self) -> tuple[str, ...]:
        """The actors with the nearest beside each other, as far as the tree allows; the camps stay together.

        Of the two directions, the one in which the end with the lower id comes first.

        References
        ----------
        Bar-Joseph, Z., Gifford, D. K. and Jaakkola, T. S. (2001), Bioinformatics 17, S22-S29.
        """
        hierarchy = _hierarchy()
        best = hierarchy.optimal_leaf_ordering(self.merges, _condensed(self.distances.values))
        leaves = hierarchy.leaves_list(best).tolist()
        return tuple(self.actors[i] for i in (leaves if leaves[0] < leaves[-1] else leaves[::-1]))

    def cut(self, n_camps: int) -> Labels:
        """Return the camp of each actor, from 0, where the tree is cut into `n_camps`; shape (n_actors,)."""
        n = len(self.actors)
        labels = np.arange(n)
        for step, (one, other) in enumerate(self.merges[: n - n_camps, :2].astype(np.intp)):
            labels[(labels == one) | (labels == other)] = n + step
        numbers: Labels = np.unique(labels, return_inverse=True)[1].astype(np.intp)
        return numbers

    def is_clear(self, n_camps: int) -> bool:
        """Tell whether a cut into `n_camps` parts no tie: the next join is higher than the last one."""
        heights = np.concatenate([[-1.0], self.merges[:, 2], [np.inf]])
        at = len(self.actors) - n_camps
        return bool(heights[at + 1] - heights[at] > 10.0 ** (1 - DIGITS))


def dendrogram_of(distances: Distances) -> Dendrogram:
    """Return actors joined by average linkage; ties are joined in the order of ids.

    Raises
    ------
    MissingExtraError
        If SciPy is not installed.

    References
    ----------
    Sokal, R. R. and Michener, C. D. (1958), University of Kansas Science Bulletin 38, 1409-1438.
    """
    return Dendrogram(distances, _hierarchy().linkage(_condensed(distances.values), "average"))


def silhouettes(distances: Floats, labels: Labels) -> Floats:
    """Return how much nearer each actor is to its own camp than to the nearest other one.

    With a the mean distance to the others of its camp and b the smallest mean distance to another
    camp, (b - a) / max(a, b). Zero for an actor who is a camp of its own, and where a and b are zero.

    Parameters
    ----------
    distances : ndarray of float, shape (n_actors, n_actors)
    labels : ndarray of int, shape (n_actors,)
        Camps from 0; two of them at least.

    Returns
    -------
    ndarray of float, shape (n_actors,)
        -1 to 1.

    References
    ----------
    Rousseeuw, P. J. (1987), Journal of Computational and Applied Mathematics 20, 53-65.

    Examples
    --------
    >>> two_and_two = np.array([[0, 1, 4, 4], [1, 0, 4, 4], [4, 4, 0, 2], [4, 4, 2, 0]], dtype=float)
    >>> silhouettes(two_and_two, np.array([0, 0, 1, 1]))
    array([0.75, 0.75, 0.5 , 0.5 ])
    """
    members = np.eye(int(labels.max()) + 1)[labels]
    sums, sizes, rows = distances @ members, members.sum(axis=0), np.arange(len(labels))
    own_size = sizes[labels]
    within = sums[rows, labels] / np.maximum(own_size - 1, 1)
    means = sums / sizes
    means[rows, labels] = np.inf
    nearest = means.min(axis=1)
    larger = np.maximum(within, nearest)
    counts = (own_size > 1) & (larger > 0)
    found: Floats = np.divide(nearest - within, larger, out=np.zeros(len(labels)), where=counts)
    return found


def best_cut(tree: Dendrogram) -> Labels:
    """Return the camps of the cut with the largest mean silhouette; one camp if none parts them well.

    Tried are 2 to 8 camps, and at most two fewer than there are actors, where the cut parts no
    tie. A mean silhouette below 0.25 does not qualify. Of equal ones, the cut with fewer camps.

    References
    ----------
    Kaufman, L. and Rousseeuw, P. J. (1990), Finding Groups in Data. New York: Wiley, 83-88.
    """
    n = len(tree.actors)
    tried = [k for k in range(2, min(MOST_CAMPS, n - 2) + 1) if tree.is_clear(k)]
    scores = {k: silhouettes(tree.distances.values, tree.cut(k)) for k in tried}
    means = {k: float(np.round(score.mean(), DIGITS)) for k, score in scores.items()}
    best = max(means, key=lambda k: (means[k], -k), default=1)
    return tree.cut(best if means.get(best, 0.0) >= SEPARATION else 1)


def by_size(labels: Labels) -> Labels:
    """Return the same camps numbered from the largest; of equal ones, that of the first actor."""
    sizes, first = np.bincount(labels), np.unique(labels, return_index=True)[1]
    numbers: Labels = np.argsort(np.lexsort((first, -sizes))).astype(np.intp)[labels]
    return numbers


def _condensed(distances: Floats) -> Floats:
    values: Floats = distances[np.triu_indices(len(distances), 1)]
    return values


def _hierarchy() -> Any:
    try:
        from scipy.cluster import hierarchy
    except ImportError:
        raise MissingExtraError("scipy", "'stances[plot]'") from None
    return hierarchy
