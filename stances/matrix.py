"""A matrix of actors by actors, in which every cell carries its support and, if undefined, the reason."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from stances import captions
from stances import validators as check
from stances.coverage import Coverage, coverage
from stances.dyads import dyads, year_of
from stances.errors import ChoiceError, OnlyCountsError, UnknownActorError
from stances.measures import Measure
from stances.origin import Origin
from stances.overview import LARGE, PAIRS, Overview
from stances.positions import Positions
from stances.printable import Listing, Printable
from stances.registry import blocs as shipped_blocs
from stances.registry import cow
from stances.silence import Policy
from stances.tables import Grid
from stances.uncertainty import Interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
REASONS = ("", "no_shared_questions", "too_few_shared", "no_variation", "measure_undefined")
T = TypeVar("T")


@frozen
class ByPair(Generic[T]):
    """Something that can be asked for by two actors: ``m.why["CHN", "FRA"]``."""

    actors: tuple[str, ...]
    answer: Callable[[int, int], T]

    def __getitem__(self, pair: tuple[str | int, str | int]) -> T:
        first, second = pair
        return self.answer(row_of(self.actors, first), row_of(self.actors, second))


def row_of(actors: tuple[str, ...], actor: str | int) -> int:
    """Return the row of an actor given by id, or by its row."""
    if isinstance(actor, str):
        if actor not in actors:
            raise UnknownActorError(actor, actors)
        return actors.index(actor)
    return range(len(actors))[actor]


@frozen
class Cell:
    """One cell of a matrix with all that it carries; NaN where there is none."""

    value: float
    n_shared: int
    n_used: int
    lower: float
    upper: float
    observed: float
    expected: float
    why: str


def read_only(array: NDArray[Any]) -> NDArray[Any]:
    """Return a view of an array that cannot be written to."""
    view = array.view()
    view.setflags(write=False)
    return view


def _optional_array(array: NDArray[Any] | None) -> NDArray[Any] | None:
    return None if array is None else read_only(array)


@frozen(eq=False, repr=False, str=False)
class Matrix(Printable):
    """Agreement or divergence of every two actors; symmetric.

    Attributes
    ----------
    actors : tuple of str
        Ids; n of them, in the order of rows and columns.
    values : ndarray of float, shape (n, n)
        In the measure's range; NaN where undefined, and `why` says why. The diagonal compares an
        actor with itself.
    n_shared : ndarray of int, shape (n, n)
        Questions on which both took a level: the support.
    n_used : ndarray of int, shape (n, n)
        Questions that the value rests on; above `n_shared` under the policies that count silences.
    observed, expected : ndarray of float, shape (n, n)
        Mean disagreement in [0, 1], and the one expected by chance (NaN without chance correction).
    lower, upper : ndarray of float, shape (n, n), or None
        Ends of an interval or, under ``silence="bounds"``, the lowest and the highest value that
        any answers of the silent side could give.
    reasons : ndarray of int, shape (n, n)
        Index into `REASONS`.
    measure : Measure
    silence : Policy
    kind : str
        ``agreement`` or ``divergence``.
    positions : Positions
        What was compared; without questions if the matrix was made of counts.
    interval : Interval or None
        How `lower` and `upper` came about: level, method and, for a bootstrap, the seed.
    """

    actors: tuple[str, ...]
    values: Floats = field(converter=read_only)
    n_shared: Integers = field(converter=read_only)
    n_used: Integers = field(converter=read_only)
    observed: Floats = field(converter=read_only)
    expected: Floats = field(converter=read_only)
    lower: Floats | None = field(converter=_optional_array)
    upper: Floats | None = field(converter=_optional_array)
    reasons: NDArray[np.int8] = field(converter=read_only)
    measure: Measure
    silence: Policy
    kind: str
    positions: Positions
    interval: Interval | None = None

    def __getitem__(self, pair: tuple[str, str]) -> float:
        first, second = pair
        return float(self.values[row_of(self.actors, first), row_of(self.actors, second)])

    @property
    def why(self) -> ByPair[str]:
        """Why a cell is undefined: "" where it is defined."""
        return ByPair(self.actors, lambda i, j: REASONS[self.reasons[i, j]])

    @property
    def coverage(self) -> ByPair[Coverage]:
        """What two actors are on record for: both, one of them, neither; silences of each.

        Raises
        ------
        OnlyCountsError
            If the matrix was made of counts, which do not tell.
        """
        if self.positions.origin.counted:
            raise OnlyCountsError("coverage")
        return ByPair(self.actors, lambda i, j: coverage(self.positions, self.actors[i], self.actors[j]))

    def cell(self, first: str, second: str) -> Cell:
        """Return one cell with everything it carries."""
        at = row_of(self.actors, first), row_of(self.actors, second)
        ends = [float("nan") if array is None else float(array[at]) for array in (self.lower, self.upper)]
        return Cell(
            value=float(self.values[at]),
            n_shared=int(self.n_shared[at]),
            n_used=int(self.n_used[at]),
            lower=ends[0],
            upper=ends[1],
            observed=float(self.observed[at]),
            expected=float(self.expected[at]),
            why=REASONS[self.reasons[at]],
        )

    def select(self, actors: str | Iterable[str]) -> "Matrix":
        """Return the matrix of some actors, one or several, in the order asked for."""
        wanted = tuple(dict.fromkeys([actors] if isinstance(actors, str) else actors))
        rows = np.array([row_of(self.actors, actor) for actor in wanted], dtype=np.intp)
        names = ("values", "n_shared", "n_used", "observed", "expected", "lower", "upper", "reasons")
        arrays = {name: getattr(self, name) for name in names}
        chosen: dict[str, Any] = {
            name: None if array is None else array[np.ix_(rows, rows)] for name, array in arrays.items()
        }
        return evolve(self, actors=wanted, positions=self.positions.select(actors=wanted), **chosen)

    def sorted_by(self, order: str) -> "Matrix":
        """Return the matrix with its actors in another order.

        Parameters
        ----------
        order : {"camps"}
            Those who stand together beside each other: the leaves of the tree that `camps` cuts, in
            the order in which neighbours are nearest. Who shares too little comes last. Needs the extra
            `plot` (SciPy).

        Raises
        ------
        TooFewActorsError
            If fewer than four actors can be compared.
        """
        from stances.dendrogram import dendrogram_of
        from stances.distances import distances_of

        if order != "camps":
            raise ChoiceError("order", order, ("camps",))
        distances = distances_of(self, "an order by camps")
        return self.select((*dendrogram_of(distances).order, *distances.left_out))

    def iter_pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the row and column of every unordered pair of two actors."""
        n = len(self.actors)
        return ((i, j) for i in range(n) for j in range(i + 1, n))

    def made_of(self) -> tuple[Origin, ...]:
        """Return where the positions come from."""
        return self.positions.made_of()

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per pair of two actors: codes, year, value, support, interval and reason."""
        pairs, year = list(self.iter_pairs()), year_of(self.positions)
        numbers = [cow(actor, year) for actor in self.actors]
        cells = [self.cell(self.actors[i], self.actors[j]) for i, j in pairs]
        names = ("value", "n_shared", "n_used", "lower", "upper", "observed", "expected", "why")
        columns: dict[str, list[Any]] = {
            "actor1": [self.actors[i] for i, _ in pairs],
            "actor2": [self.actors[j] for _, j in pairs],
            "ccode1": [numbers[i] for i, _ in pairs],
            "ccode2": [numbers[j] for _, j in pairs],
            "year": [year] * len(pairs),
        }
        columns |= {name: [getattr(cell, name) for cell in cells] for name in names}
        return columns | {
            "measure": [self.measure.name] * len(pairs),
            "silence": [self.silence.value] * len(pairs),
        }

    def pairs(self) -> Listing:
        """Return the pairs as a list, the defined ones first, from the highest value to the lowest."""
        columns = self.columns()
        order = sorted(
            range(len(columns["value"])),
            key=lambda k: (
                columns["why"][k] != "",
                -columns["value"][k] if not columns["why"][k] else 0.0,
                k,
            ),
        )
        return Listing(
            captions.title(self), {name: [cells[k] for k in order] for name, cells in columns.items()}
        )

    def top(self, n_pairs: int = PAIRS) -> Overview:
        """Return the nearest and the furthest pairs, and how blocs hold together.

        Parameters
        ----------
        n_pairs : int
            Pairs at each end.
        """
        day = max((q.date.last for q in self.positions.questions if q.date is not None), default=None)
        shipped, n = shipped_blocs(), check.count("n_pairs", n_pairs)
        return Overview(self, {bloc: shipped.members(bloc, day) for bloc in shipped.ids}, n)

    def to_dyads(self, *, directed: bool = False, codes: str = "iso3") -> Listing:
        """Return one row per pair, with codes of the Correlates of War and the year; see `dyads`."""
        return dyads(self, directed=directed, codes=codes)

    def to_table(self, style: str = "plain", *, color: bool = False) -> str:
        """Return the matrix as text; ``plain`` shows only the ends of more than a dozen actors."""
        if style == "plain" and len(self.actors) > LARGE:
            return self.top().to_table(style, color=color)
        return super().to_table(style, color=color)

    def _repr_html_(self) -> str:
        """Return what a notebook shows: as `to_table`, only the ends of more than a dozen actors."""
        return super()._repr_html_() if len(self.actors) <= LARGE else self.top()._repr_html_()

    def to_pandas(self, fill: float | None = None) -> Any:
        """Return the values as a square pandas.DataFrame.

        Parameters
        ----------
        fill : float, optional
            What stands where a value is undefined; NaN by default.
        """
        square = Listing(
            "", {actor: self.values[:, k].tolist() for k, actor in enumerate(self.actors)}
        ).to_pandas()
        square.index = list(self.actors)
        return square if fill is None else square.fillna(fill)

    def document(self) -> dict[str, Any]:
        """Return the matrix with everything its cells carry."""
        return captions.document(self)

    def grids(self) -> tuple[Grid, ...]:
        """Return the table that people read: thin values in brackets, what is left out below."""
        return (captions.matrix_grid(self),)

    def plot(self, ax: "Axes | None" = None) -> "Axes":
        """Draw it, on `ax` or a figure of its own; see `stances.plots.heatmap`."""
        from stances.plots import heatmap

        return heatmap(self, ax)

    def __repr__(self) -> str:
        return f"<Matrix of {self.kind} ({self.measure.name}): {len(self.actors)} actors>"
