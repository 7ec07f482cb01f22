"""How camps read: who is in which, how alike they are within and between, and which of them hold."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from stances import captions
from stances.clusters.stability import FALLS_APART, Stability, verdict
from stances.dendrogram import MOST_CAMPS, SEPARATION, Dendrogram, Labels
from stances.matrix import ByPair, Matrix
from stances.origin import Origin
from stances.printable import Printable, cell_text, rounded
from stances.prompts import next_line
from stances.tables import Grid

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = NDArray[np.float64]
WAVERERS = 8  # named below, at most
_STRUCTURE = ((0.7, "strong"), (0.5, "reasonable"), (SEPARATION, "weak"), (-1.0, "none to speak of"))


@frozen
class Camp:
    """Actors who stand together.

    Attributes
    ----------
    number : int
        From 1, the largest camp first.
    members : tuple of str
        Sorted by id.
    central : str
        The member nearest to the others on average; of several, the first by id.
    within : float
        Mean value of the pairs of members; NaN for a camp of one.
    between : float
        Mean value of the pairs of a member and somebody from another camp; NaN for a single camp.
    silhouette : float
        Mean over the members, -1 to 1: how much nearer they are to each other than to the nearest
        other camp. NaN for a single camp.
    jaccard : float
        Mean likeness to the camp most like it among questions drawn anew, 0 to 1; NaN if
        stability was not asked for.
    lower, upper : float
        Between what the middle share of these likenesses lies; NaN if no interval was asked for.
    """

    number: int
    members: tuple[str, ...]
    central: str
    within: float
    between: float
    silhouette: float
    jaccard: float
    lower: float = float("nan")
    upper: float = float("nan")

    @property
    def falls_apart(self) -> bool:
        """Whether it is not found again among questions drawn anew: a likeness below 0.6."""
        return self.jaccard < FALLS_APART


@frozen(eq=False, repr=False, str=False)
class Camps(Printable):
    """The camps of a matrix; iterating gives one `Camp` after the other.

    Attributes
    ----------
    camps : tuple of Camp
        The largest first; of equal ones, the one with the first id.
    matrix : Matrix
        What they were found in; `within` and `between` are means of its values.
    actors : tuple of str
        All who have a camp, sorted by id.
    labels : ndarray of int, shape (n_actors,)
        The place in `camps` of the camp of each.
    silhouettes : ndarray of float, shape (n_actors,)
        See `Camp`.
    means : ndarray of float, shape (n_camps, n_camps)
        Mean value of the pairs between two camps, within one on the diagonal.
    left_out : tuple of str
        Actors who share fewer than five questions with too many others.
    asked : int or None
        The number of camps that was asked for; None if it was chosen by the rule.
    stability : Stability or None
    dendrogram : Dendrogram
        The tree that was cut.
    level : float or None
        The middle share of the likenesses that `Camp.lower` and `Camp.upper` bound.
    """

    camps: tuple[Camp, ...]
    matrix: Matrix
    actors: tuple[str, ...]
    labels: Labels
    silhouettes: Floats
    means: Floats
    left_out: tuple[str, ...]
    asked: int | None
    stability: Stability | None = field(repr=False)
    dendrogram: Dendrogram = field(repr=False)
    level: float | None = None

    def __iter__(self) -> Iterator[Camp]:
        return iter(self.camps)

    def __len__(self) -> int:
        return len(self.camps)

    def of(self, actor: str) -> Camp | None:
        """Return the camp of an actor; None for one who was left out."""
        self.matrix.positions.index(actor)  # raises for an unknown one
        return next((camp for camp in self.camps if actor in camp.members), None)

    @property
    def together(self) -> ByPair[float]:
        """How often two actors were in one camp, 0 to 1; NaN without stability, or if never compared."""
        share = None if self.stability is None else self.stability.together
        return ByPair(self.actors, lambda i, j: float("nan") if share is None else float(share[i, j]))

    @property
    def loyalty(self) -> Floats:
        """How often each actor was with the others of its camp, on average; shape (n_actors,), 0 to 1.

        NaN for a camp of one, and without stability.
        """
        result = np.full(len(self.actors), np.nan)
        for i in range(len(self.actors)):
            others = np.flatnonzero((self.labels == self.labels[i]) & (np.arange(len(self.labels)) != i))
            if self.stability is not None and others.size:
                shares = self.stability.together[i, others]
                shares = shares[~np.isnan(shares)]
                result[i] = shares.mean() if shares.size else np.nan
        return result

    def made_of(self) -> tuple[Origin, ...]:
        """Return where the matrix comes from."""
        return self.matrix.made_of()

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per actor who has a camp."""
        own = [self.camps[k] for k in self.labels.tolist()]
        return {
            "actor": list(self.actors),
            "camp": [camp.number for camp in own],
            "central": [camp.central == actor for camp, actor in zip(own, self.actors, strict=True)],
            "silhouette": self.silhouettes.tolist(),
            "loyalty": self.loyalty.tolist(),
            "jaccard": [camp.jaccard for camp in own],
            "lower": [camp.lower for camp in own],
            "upper": [camp.upper for camp in own],
        }

    def document(self) -> dict[str, Any]:
        """Return the camps with their members, the means between them, and what repeats them."""
        names = (
            "number",
            "members",
            "central",
            "within",
            "between",
            "silhouette",
            "jaccard",
            "lower",
            "upper",
        )
        return {
            "title": self.title,
            "rule": self.rule,
            "camps": [{name: getattr(camp, name) for name in names} for camp in self.camps],
            "means": self.means.tolist(),
            "left_out": self.left_out,
            "stability": self.stability.document() if self.stability else None,
            "actors": self.columns(),
        }

    @property
    def title(self) -> str:
        """What was parted, under which policies."""
        return f"Camps · {captions.title(self.matrix).partition(' · ')[2]}"

    @property
    def rule(self) -> str:
        """How the number of camps came about, as a sentence."""
        n, silhouette = len(self.camps), float(self.silhouettes.mean())
        if np.isnan(silhouette):
            why = f"no cut reaches a mean silhouette of {SEPARATION:g}"
            return f"All {len(self.actors)} actors are in one camp: {why}."
        word = next(word for least, word in _STRUCTURE if silhouette >= least)
        most = min(MOST_CAMPS, len(self.actors) - 2)
        how = "as asked for" if self.asked else f"of 2 to {most} the number with the largest mean silhouette"
        return f"{n} camps, {how}: {rounded(silhouette)}, structure {word}."

    def grids(self) -> tuple[Grid, ...]:
        """Return the camps, with their members below, and the means between three camps or more."""
        again = ("found again",) if self.stability else ()
        header = ("camp", "actors", "most central", "within", "with others", "silhouette", *again)
        rows = tuple(tuple(self._row(camp)) for camp in self.camps)
        grid = Grid(self.title, header, rows, tuple(self._notes()))
        return (grid, self._between()) if len(self.camps) > 2 else (grid,)

    def _row(self, camp: Camp) -> Iterator[str]:
        yield from (str(camp.number), str(len(camp.members)), camp.central)
        yield from map(cell_text, (camp.within, camp.between, camp.silhouette))
        if self.stability:
            ends = "" if np.isnan(camp.lower) else f" [{rounded(camp.lower)}, {rounded(camp.upper)}]"
            yield f"{cell_text(camp.jaccard)}{ends}, {verdict(camp.jaccard)}"

    def _between(self) -> Grid:
        numbers = tuple(str(camp.number) for camp in self.camps)
        rows = tuple((n, *map(cell_text, row)) for n, row in zip(numbers, self.means.tolist(), strict=True))
        return Grid(f"Mean {self.matrix.kind} between camps", ("camp", *numbers), rows)

    def _notes(self) -> Iterator[str]:
        yield self.rule
        for camp in self.camps:
            yield f"Camp {camp.number}: {', '.join(camp.members)}."
        if self.left_out:
            few = f"fewer than {captions.THIN} questions"
            yield f"Left out, sharing {few} with too many others: {', '.join(self.left_out)}."
        yield from self._steadiness()
        if not self.matrix.positions.origin.counted:
            yield self._next()

    def _steadiness(self) -> Iterator[str]:
        if self.stability is None:
            yield "Whether other questions would give the same camps was not tried."
            return
        drawn = f"{self.stability.blocks}s" if self.stability.blocks else "questions"
        n_times = self.stability.n_resamples
        yield (
            f"Found again: mean likeness to the nearest camp, {drawn} drawn anew {n_times} "
            f"times; below {FALLS_APART:g} a camp falls apart (Hennig 2007)."
        )
        if self.level is not None:
            yield f"[...]  the middle {100 * self.level:g} % of these likenesses."
        loyalty = self.loyalty
        order = np.argsort(loyalty, kind="stable")
        names = [f"{self.actors[i]} ({loyalty[i]:.0%})" for i in order if loyalty[i] < FALLS_APART]
        more = f" and {len(names) - WAVERERS} more" if len(names) > WAVERERS else ""
        if names:
            yield f"Seldom with the rest of their camp: {', '.join(names[:WAVERERS])}{more}."

    def _next(self) -> str:
        """Return what to type next: whether the camps hold, and then how two of them differ."""
        command = "agreement {}"
        if self.stability is None:
            command = "camps {} --stability 200"
        elif len(self.camps) > 1:
            command = f"compare {self.camps[0].central} {self.camps[1].central} {{}}"
        return next_line(command, self.matrix.positions.origin.name)

    def plot(self, ax: "Axes | None" = None) -> "Axes":
        """Draw it, on `ax` or a figure of its own; see `stances.plots.dendrogram`."""
        from stances.plots import dendrogram

        return dendrogram(self, ax)

    def __repr__(self) -> str:
        return f"<Camps: {len(self.camps)} of {len(self.actors)} actors>"
