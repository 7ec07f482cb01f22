"""In which order actors are drawn, and which camp each is in."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import frozen

from stances.captions import THIN
from stances.dendrogram import Dendrogram, best_cut, by_size, dendrogram_of
from stances.distances import MIN_ACTORS, distances_of
from stances.errors import TooFewActorsError

if TYPE_CHECKING:
    from stances.matrix import Matrix


@frozen
class Standing:
    """Actors in the order of a figure, and their camps.

    Attributes
    ----------
    actors : tuple of str
        Neighbours beside each other; who shares too little comes last.
    camps : mapping of str to int
        Number from 1, the largest camp first, as `camps` numbers them; without those who have none.
    tree : Dendrogram or None
        None where fewer than four actors can be compared.
    """

    actors: tuple[str, ...]
    camps: Mapping[str, int]
    tree: Dendrogram | None

    @property
    def note(self) -> str:
        """How the order came about."""
        if self.tree is None:
            return (
                f"Actors in the order given: an order by camps takes {MIN_ACTORS} actors, every two of whom "
                f"share {THIN} questions."
            )
        sizes = [size for _, size in sorted(Counter(self.camps.values()).items())]
        if len(sizes) == 1:
            return "Actors in the order of average linkage; all in one camp."
        return f"Actors in the order of {len(sizes)} camps (average linkage), of {_and(sizes)}."

    def borders(self, actors: tuple[str, ...]) -> Iterator[int]:
        """Yield each place in a row of actors before which a camp begins or ends."""
        for k in range(1, len(actors)):
            if self.camps and self.camps.get(actors[k - 1]) != self.camps.get(actors[k]):
                yield k


def standing_of(matrix: "Matrix") -> Standing:
    """Return the order and the camps of the actors of a matrix; the order given where camps mean nothing.

    Raises
    ------
    MissingExtraError
        If SciPy is not installed, and four actors can be compared.
    """
    try:
        distances = distances_of(matrix, "an order by camps")
    except TooFewActorsError:
        return Standing(matrix.actors, {}, None)
    tree = dendrogram_of(distances)
    numbers = by_size(best_cut(tree)).tolist()
    camps = {actor: number + 1 for actor, number in zip(tree.actors, numbers, strict=True)}
    return Standing((*tree.order, *distances.left_out), camps, tree)


def _and(sizes: list[int]) -> str:
    return f"{', '.join(map(str, sizes[:-1]))} and {sizes[-1]}"
