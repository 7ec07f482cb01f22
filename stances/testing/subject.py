"""What is under test: a function from positions to values, and what it claims."""

import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from stances.counts import PairCounts
from stances.measures import Measure, find_measure
from stances.positions import Positions
from stances.scales import SUPPORT, VOTE, Scale
from stances.silence import Policy, evaluate
from stances.strategies import positions
from stances.strategies.engine import Draw, st

Floats = NDArray[np.float64]
Compare = Callable[[Positions], Any]
Range = tuple[float, float]
Tables = st.SearchStrategy[Positions]
ANY = (-np.inf, np.inf)
WEIGHTS = st.sampled_from([1.0, 0.5, 2.0, 3.25])


@frozen
class Subject:
    """A comparison of positions, and what the laws must know of it.

    Attributes
    ----------
    name : str
        For messages.
    compare : callable
        From Positions to values of shape (n_actors, n_actors), NaN where undefined.
    scales : strategy of Scale
        Of the questions that it can compare.
    level : str or None
        What it claims to take from a scale: ``nominal`` (identity), ``ordinal`` (order),
        ``interval`` (distances), or None for no claim.
    range : tuple of float
        Lowest and highest value possible.
    n_scales : int
        On how many scales the questions of one table may be.
    measure : Measure or None
        If it is one.
    exempt : mapping of str to str
        Laws that it does not obey, and why.
    """

    name: str
    compare: Compare
    scales: st.SearchStrategy[Scale]
    level: str | None = None
    range: Range = ANY
    n_scales: int = 2
    measure: Measure | None = None
    exempt: Mapping[str, str] = field(factory=dict)

    def values(self, table: Positions) -> Floats:
        """Return the values of all pairs, shape (n_actors, n_actors), without numpy's warnings."""
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            return np.asarray(self.compare(table), dtype=np.float64)

    def tables(self, *, mixed: bool = False, **bounds: Any) -> Tables:
        """Return a strategy for positions that it can compare, weighted unless `bounds` say how.

        On one or two scales; if `mixed`, on two (which may be the same).
        """
        known = st.lists(self.scales, min_size=self.n_scales if mixed else 1, max_size=self.n_scales)
        sizes: dict[str, Any] = {"max_actors": 4, "max_questions": 7, "weights": WEIGHTS, **bounds}
        return known.flatmap(lambda some: positions(scales=st.sampled_from(some), **sizes))


def of_measure(measure: Any) -> Subject:
    """Return a measure as a subject: its values before a matrix puts them in order and mirrors them."""
    made = find_measure(measure)
    own_function = made.undefined == "measure_undefined"
    own = own_function or isinstance(made.kernel, tuple)

    def compare(table: Positions) -> Floats:
        return evaluate(PairCounts.of(table), made, Policy.SKIP).parts.values

    return Subject(
        made.name,
        compare,
        _scales_of(made),
        level=None if own else made.level,
        range=made.range,
        n_scales=1 if own_function else 2,
        measure=made,
        exempt=made.exempt,
    )


def _scales_of(measure: Measure) -> st.SearchStrategy[Scale]:
    """Return a strategy for scales that a measure can take."""
    if isinstance(measure.kernel, tuple):
        n_levels = len(measure.kernel)
        known = [st.just(scale) for scale in (VOTE, SUPPORT) if scale.n_levels == n_levels]
        return st.one_of(*known, _plain_scales(st.just(n_levels), st.just(True)))
    ordered = st.just(True) if measure.needs_order else st.booleans()
    return st.sampled_from([VOTE, SUPPORT]) | _plain_scales(st.integers(2, 5), ordered)


@st.composite
def _plain_scales(draw: Draw, n_levels: st.SearchStrategy[int], ordered: st.SearchStrategy[bool]) -> Scale:
    """Return a strategy for scales with plain labels and values, quick to draw and short to print."""
    labels = [f"l{k}" for k in range(draw(n_levels))]
    gaps = draw(st.none() | st.tuples(*[st.sampled_from([1, 2, 5, 50])] * len(labels)))
    values = None if gaps is None else np.cumsum(gaps).astype(float).tolist()
    return Scale("scale", labels, values, draw(ordered))


def of_comparison(compare: Compare) -> Subject:
    """Return a function of positions as a subject; `VOTE` and `SUPPORT` are what it can compare."""
    name = getattr(compare, "__name__", type(compare).__name__)
    return Subject(name, compare, st.sampled_from([VOTE, SUPPORT]))
