"""A map: actors as points in two dimensions, as far apart as they diverge, as far as that can be drawn."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from stances import captions
from stances.distances import DIGITS, distances_of
from stances.matrix import Matrix
from stances.measures.tables import ratio
from stances.origin import Origin
from stances.printable import Printable, rounded
from stances.tables import Grid

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = NDArray[np.float64]
_FIT = ((0.05, "good"), (0.1, "fair"), (0.2, "poor"))  # Kruskal's words for a stress of at most


@frozen(eq=False, repr=False, str=False)
class ActorMap(Printable):
    """Actors as points in a plane.

    Attributes
    ----------
    actors : tuple of str
        Sorted by id.
    points : ndarray of float, shape (n_actors, 2)
        Centred; in units of divergence. The first axis is the longer one. On each, the coordinate
        that is largest in size is positive.
    eigenvalues : ndarray of float, shape (n_actors,)
        Of the doubly centred matrix, the largest first; negative ones belong to what no space of any
        dimension can show.
    stress : float
        Kruskal's stress-1 against the divergences as they are, at least 0: 0 for a map on which all
        distances are right. NaN where all points coincide.
    explained : float
        The two largest eigenvalues by the sum of the positive ones, 0 to 1; NaN where there are none.
    left_out : tuple of str
        Actors who share fewer than five questions with too many others.
    matrix : Matrix
        What was drawn.
    """

    actors: tuple[str, ...]
    points: Floats = field(repr=False)
    eigenvalues: Floats = field(repr=False)
    stress: float
    explained: float
    left_out: tuple[str, ...]
    matrix: Matrix

    def made_of(self) -> tuple[Origin, ...]:
        """Return where the matrix comes from."""
        return self.matrix.made_of()

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per actor: its id and where it stands."""
        x, y = self.points.T.tolist()
        return {"actor": list(self.actors), "x": x, "y": y}

    def document(self) -> dict[str, Any]:
        """Return the points with how well they show the divergences."""
        about: dict[str, Any] = {"title": self.title, "stress": self.stress, "explained": self.explained}
        return about | {"left_out": self.left_out} | self.columns()

    @property
    def title(self) -> str:
        """What is drawn, under which policies."""
        return f"Map · {captions.title(self.matrix).partition(' · ')[2]}"

    def grids(self) -> tuple[Grid, ...]:
        """Return the points from left to right, and how far they can be trusted."""
        order = sorted(range(len(self.actors)), key=lambda i: (*self.points[i].tolist(), self.actors[i]))
        rows = tuple((self.actors[i], *(rounded(c) for c in self.points[i].tolist())) for i in order)
        return (Grid(self.title, ("actor", "x", "y"), rows, tuple(self.notes())),)

    def notes(self) -> Iterator[str]:
        """Return the lines below: what was found, and how far it can be trusted."""
        if np.isnan(self.stress):
            yield "All actors stand at one point: none diverges from another."
        else:
            fit = next((word for most, word in _FIT if self.stress <= most), "not to be relied on")
            stress = f"stress {rounded(self.stress)}, {fit}"
            yield f"Two dimensions hold {self.explained:.0%} of the spread; {stress}."
            yield "Only distances mean something: the axes have no meaning of their own."
        if self._turns():
            yield "Two directions are equally long, so that the map may be turned."
        if self.left_out:
            few = f"fewer than {captions.THIN} questions"
            yield f"Left out, sharing {few} with too many others: {', '.join(self.left_out)}."

    def _turns(self) -> bool:
        """Tell whether an axis is as long as the next one, and its direction therefore arbitrary."""
        largest = self.eigenvalues[:3]
        near = np.diff(largest) > -1e-9 * max(float(largest[0]), 1e-9)
        return bool((near & (largest[:2] > 10.0**-DIGITS)).any())

    def plot(self, ax: "Axes | None" = None) -> "Axes":
        """Draw it, on `ax` or a figure of its own; see `stances.plots.actor_map`."""
        from stances.plots import actor_map

        return actor_map(self, ax)

    def __repr__(self) -> str:
        return f"<ActorMap: {len(self.actors)} actors>"


def map_of(matrix: Matrix) -> ActorMap:
    """Return a map of the actors of a matrix, by classical scaling of their divergence.

    Actors who share fewer than five questions with too many others are left out and named, as for
    `camps`.

    Parameters
    ----------
    matrix : Matrix
        Of agreement or divergence.

    Returns
    -------
    ActorMap

    Raises
    ------
    TooFewActorsError
        If fewer than four actors can be compared.

    References
    ----------
    Torgerson, W. S. (1952), Psychometrika 17, 401-419, for the scaling; Kruskal, J. B. (1964),
    Psychometrika 29, 1-27, for stress and its words.

    Examples
    --------
    >>> import stances
    >>> drawn = stances.map_of(stances.agreement_matrix(stances.load("un-landmark-votes")))
    >>> round(drawn.stress, 2), round(drawn.explained, 2)
    (0.06, 0.95)
    """
    found = distances_of(matrix, "a map")
    eigenvalues, vectors = _axes(found.values)
    points = vectors[:, :2] * np.sqrt(np.maximum(eigenvalues[:2], 0.0))
    points = _signed(points)
    positive = np.array(eigenvalues[eigenvalues > 0].sum())
    explained = float(ratio(np.array(np.maximum(eigenvalues[:2], 0.0).sum()), positive))
    stress = stress_of(found.values, points)
    return ActorMap(found.actors, points, eigenvalues, stress, explained, found.left_out, matrix)


def stress_of(distances: Floats, points: Floats) -> float:
    """Return Kruskal's stress-1 of points for distances; NaN where all points coincide."""
    drawn = np.sqrt(((points[:, None] - points[None, :]) ** 2).sum(axis=-1))
    above = np.triu_indices(len(points), 1)
    squares = ((distances - drawn)[above] ** 2).sum(), (drawn[above] ** 2).sum()
    return float(np.sqrt(ratio(*(np.array(square) for square in squares))))


def _axes(distances: Floats) -> tuple[Floats, Floats]:
    """Return eigenvalues, the largest first, and eigenvectors of the doubly centred squares."""
    squares = distances**2
    means = squares.mean(axis=0)
    centred = -0.5 * (squares - means - means[:, None] + squares.mean())
    eigenvalues, vectors = np.linalg.eigh(centred)
    eigenvalues[np.abs(eigenvalues) < 10.0**-DIGITS] = 0.0
    return eigenvalues[::-1], vectors[:, ::-1]


def _signed(points: Floats) -> Floats:
    """Return points mirrored so that on each axis the coordinate largest in size is positive."""
    largest = np.abs(np.round(points, DIGITS - 2)).argmax(axis=0)
    turned: Floats = points * np.where(points[largest, [0, 1]] < 0, -1.0, 1.0)
    return turned + 0.0
