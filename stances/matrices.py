"""Agreement and divergence matrices: where records and arithmetic meet."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from attrs import evolve
from numpy.typing import ArrayLike, NDArray

from stances.bootstrap import bootstrap_interval
from stances.counts import PairCounts
from stances.dataset import Dataset
from stances.errors import ChoiceError, FieldError, NeedsDatasetError, SilencePolicyError
from stances.intervals import influence_interval
from stances.matrix import REASONS, Matrix
from stances.measures import Measure, find_measure
from stances.moments import outcome, suits
from stances.positions import Positions
from stances.silence import Outcome, Policy, evaluate, find_policy
from stances.slices import slices_of
from stances.uncertainty import Interval, Progress

TILE = 512
AnyMeasure = str | Measure | ArrayLike | Callable[..., Any]
NO_SHARED, TOO_FEW = (REASONS.index(reason) for reason in ("no_shared_questions", "too_few_shared"))


def agreement_matrix(
    data: Dataset | Positions,
    measure: AnyMeasure = "agreement",
    silence: str = "skip",
    min_shared: int = 1,
    interval: float | None = None,
    *,
    drop_unanimous: bool = False,
    salience: str | None = None,
    method: str = "influence",
    blocks: str | None = None,
    n_resamples: int = 1000,
    rng: Any = None,
    progress: Progress | None = None,
    **rules: Any,
) -> Matrix:
    """Return who agrees with whom: one value per pair of actors, with its support.

    Parameters
    ----------
    data : Dataset or Positions
        Records, or codes.
    measure : str, Measure, array_like or callable
        A name in `MEASURES`; or a measure of your own: a kernel of shape (n_levels, n_levels), or a
        function of the pair table (see `Measure.of`).
    silence : {"skip", "half", "neutral", "bounds"}
        What counts where one side took a level and the other was silent or absent.
    min_shared : int
        Resting on fewer questions a value is undefined (``too_few_shared``). Silences count where
        the policy counts them.
    interval : float, optional
        Nominal coverage in (0, 1), such as 0.95: fills ``lower`` and ``upper``. It imagines that
        the questions are drawn anew, which hand-picked questions are not.
    drop_unanimous : bool
        Leave out questions on which all actors of `data` who took a level took the same one.
    salience : {None, "mean"}
        Multiply the weight of each question by the mean of the two actors' saliences; a question is
        left out where one of them has none.
    method : {"influence", "bootstrap"}
        From the pair tables alone, or by drawing questions again.
    blocks : {None, "issue", "year", "session"}
        Bootstrap: what is drawn as one, where questions come in clusters.
    n_resamples : int
        Bootstrap: how often.
    rng : int, numpy.random.Generator, SeedSequence or BitGenerator, optional
        Bootstrap: where the numbers come from (SPEC 7); what was drawn is kept in the result.
    progress : callable, optional
        Bootstrap: called with the number of resamples done and due.
    **rules
        How records become positions; see `Dataset.positions`. Only for a Dataset.

    Returns
    -------
    Matrix
        n_actors x n_actors, in the order of the actors of `data`; NaN where undefined, with the
        reason in ``why``.

    Raises
    ------
    UnknownMeasureError, SilencePolicyError, UnorderedScaleError
        If measure, policy and scales do not fit together.
    NeedsDatasetError
        If rules for records come with Positions.

    Examples
    --------
    >>> from stances import VOTE, Positions
    >>> votes = Positions.from_codes([[2, 0, 1], [2, 2, -1]], scale=VOTE, actors=["CHN", "FRA"])
    >>> m = agreement_matrix(votes)
    >>> m["CHN", "FRA"], int(m.n_shared[0, 1])
    (0.5, 2)
    >>> cell = agreement_matrix(votes, interval=0.95).cell("CHN", "FRA")
    >>> round(cell.lower, 2), round(cell.upper, 2)
    (0.0, 1.0)
    """
    request = interval_of(interval, method, blocks, n_resamples, rng)
    positions = positions_of(data, rules, drop_unanimous=drop_unanimous, salience=salience)
    return _matrix(positions, "agreement", measure, silence, min_shared, request, progress)


def divergence_matrix(
    data: Dataset | Positions,
    measure: AnyMeasure = "agreement",
    silence: str = "skip",
    min_shared: int = 1,
    interval: float | None = None,
    *,
    drop_unanimous: bool = False,
    salience: str | None = None,
    method: str = "influence",
    blocks: str | None = None,
    n_resamples: int = 1000,
    rng: Any = None,
    progress: Progress | None = None,
    **rules: Any,
) -> Matrix:
    """Return how far every two actors are apart.

    The mean disagreement, in [0, 1], for measures without chance correction; 1 minus the value
    otherwise. Parameters, result and errors are those of `agreement_matrix`.

    Examples
    --------
    >>> from stances import VOTE, Positions
    >>> votes = Positions.from_codes([[2, 0, 1], [2, 2, -1]], scale=VOTE, actors=["CHN", "FRA"])
    >>> divergence_matrix(votes, "signorino_ritter_s")["CHN", "FRA"]
    0.5
    """
    request = interval_of(interval, method, blocks, n_resamples, rng)
    positions = positions_of(data, rules, drop_unanimous=drop_unanimous, salience=salience)
    return _matrix(positions, "divergence", measure, silence, min_shared, request, progress)


def matrices_by(
    data: Dataset | Positions,
    by: str,
    measure: AnyMeasure = "agreement",
    silence: str = "skip",
    min_shared: int = 1,
    kind: str = "agreement",
    interval: float | None = None,
    *,
    drop_unanimous: bool = False,
    salience: str | None = None,
    method: str = "influence",
    blocks: str | None = None,
    n_resamples: int = 1000,
    rng: Any = None,
    progress: Progress | None = None,
    **rules: Any,
) -> dict[str, Matrix]:
    """Return one matrix per issue, year or session.

    Parameters
    ----------
    data : Dataset or Positions
        Records, or codes.
    by : {"issue", "year", "session"}
        A question with several issues counts in each; questions without one are left out.
    measure, silence, min_shared, **rules
        See `agreement_matrix`.
    kind : {"agreement", "divergence"}
        Which matrices.
    drop_unanimous, interval, method, blocks, n_resamples, rng, progress
        See `agreement_matrix`. Each matrix of a bootstrap has a seed of its own.

    Returns
    -------
    dict of str to Matrix
        Issues in the order of the questions, years and sessions sorted.
    """
    if kind not in ("agreement", "divergence"):
        raise ChoiceError("kind", kind, ("agreement", "divergence"))
    positions = positions_of(data, rules, drop_unanimous=drop_unanimous, salience=salience)
    request = interval_of(interval, method, blocks, n_resamples, rng)
    parts = [(name, part.about(name)) for name, part in slices_of(positions, by)]
    return {
        name: _matrix(part, kind, measure, silence, min_shared, request and request.child(), progress)
        for name, part in parts
    }


def interval_of(
    interval: float | None, method: str, blocks: str | None, n_resamples: int, rng: Any
) -> Interval | None:
    """Return how intervals are asked for, or None for none.

    Raises
    ------
    FieldError, ChoiceError
        If the arguments make no sense, or ask how without asking for an interval.
    """
    if interval is not None:
        return Interval(interval, method, blocks, n_resamples, rng)
    if method != "influence" or blocks is not None or rng is not None:
        asked = {"method": method, "blocks": blocks, "rng": rng}
        name = next(k for k, v in asked.items() if v not in (None, "influence"))
        raise FieldError(name, asked[name], "goes with an interval", "give interval=0.95 too")
    return None


def positions_of(
    data: Dataset | Positions,
    rules: dict[str, Any],
    *,
    drop_unanimous: bool = False,
    salience: str | None = None,
) -> Positions:
    """Return positions as they are, or those of a dataset under the rules given.

    They keep their saliences only if these are to count.
    """
    if not isinstance(data, Dataset | Positions):
        raise FieldError(
            "data", data, "is neither a Dataset nor Positions", "read one with stances.load(...)"
        )
    if isinstance(data, Positions) and rules:
        raise NeedsDatasetError(tuple(sorted(rules)))
    positions = data.positions(**rules) if isinstance(data, Dataset) else data
    positions = positions.select(drop_unanimous=True) if drop_unanimous else positions
    return _with_salience(positions, salience)


def _with_salience(positions: Positions, salience: str | None) -> Positions:
    if salience is None:
        return positions if positions.saliences is None else evolve(positions, saliences=None)
    if salience != "mean":
        raise ChoiceError("salience", salience, ("mean",))
    if positions.saliences is None:
        raise FieldError("salience", salience, "needs saliences, and these positions have none")
    return positions.ruled("weighted by mean salience")


def _matrix(
    positions: Positions,
    kind: str,
    measure: AnyMeasure,
    silence: str,
    min_shared: int,
    interval: Interval | None,
    progress: Progress | None,
) -> Matrix:
    if isinstance(min_shared, bool) or not isinstance(min_shared, int) or min_shared < 1:
        raise FieldError("min_shared", min_shared, "is not a whole number of at least 1")
    policy = find_policy(silence)
    return compute(positions, kind, find_measure(measure), policy, min_shared, interval, progress)


def compute(
    positions: Positions,
    kind: str,
    measure: Measure,
    policy: Policy,
    min_shared: int = 1,
    interval: Interval | None = None,
    progress: Progress | None = None,
) -> Matrix:
    """Compute a matrix tile by tile.

    Actors and questions are taken in the order of their ids, so that the result is the same bit
    by bit whatever order they came in; it is given back in the order they came in.
    """
    if interval is not None and policy is Policy.BOUNDS:
        raise SilencePolicyError("bounds", "gives two ends of its own, and so no interval")
    ordered, order = _canonical(positions)
    weights, n = _scaled(ordered.weights), len(order)
    arrays = {name: np.full((n, n), np.nan) for name in ("values", "observed", "expected", "lower", "upper")}
    arrays |= {name: np.zeros((n, n), dtype=np.int64) for name in ("n_shared", "n_used", "reasons")}
    for rows, columns in _tiles(n):
        tile = _tile(ordered, weights, rows, columns, kind, measure, policy, min_shared, interval)
        for name, array in arrays.items():
            array[rows, columns] = tile[name]
    if interval is not None:
        if interval.method == "bootstrap":
            ends = bootstrap_interval(ordered, weights, measure, policy, kind, interval, progress)
            arrays["lower"], arrays["upper"] = ends
        _enclose(arrays)
    back = np.argsort(order)
    whole: dict[str, Any] = {name: _mirrored(array)[np.ix_(back, back)] for name, array in arrays.items()}
    if interval is None and policy is not Policy.BOUNDS:
        whole["lower"] = whole["upper"] = None
    whole["reasons"] = whole["reasons"].astype(np.int8)
    about: dict[str, Any] = {"measure": measure, "silence": policy, "kind": kind, "interval": interval}
    return Matrix(positions.actors, positions=positions, **about, **whole)


def _tile(
    ordered: Positions,
    weights: NDArray[np.float64],
    rows: slice,
    columns: slice,
    kind: str,
    measure: Measure,
    policy: Policy,
    min_shared: int,
    interval: Interval | None,
) -> dict[str, NDArray[Any]]:
    """Return all arrays of one tile, with intervals if they come from the counts."""
    if interval is None and suits(ordered, measure, policy):
        found = outcome(ordered, weights, measure, rows=rows, columns=columns)
        return _finish(found, found.n_used, kind, measure, min_shared)
    salience = ordered.saliences is not None
    counts = PairCounts.of(ordered, weights=weights, rows=rows, columns=columns, salience=salience)
    tile = _finish(evaluate(counts, measure, policy), counts.n_shared, kind, measure, min_shared)
    if interval is not None and interval.method == "influence":
        tile["lower"], tile["upper"] = influence_interval(counts, measure, policy, kind, interval.level)
    return tile


def _enclose(arrays: dict[str, NDArray[Any]]) -> None:
    """Make intervals contain the value; an undefined value has none."""
    undefined = np.isnan(arrays["values"])
    for name, pick in (("lower", np.fmin), ("upper", np.fmax)):
        arrays[name] = np.where(undefined, np.nan, pick(arrays[name], arrays["values"]))


def _canonical(positions: Positions) -> tuple[Positions, NDArray[np.intp]]:
    order = np.array(sorted(range(positions.n_actors), key=lambda i: positions.actors[i]), dtype=np.intp)
    columns = sorted(range(positions.n_questions), key=lambda j: positions.questions[j].id)
    return positions.take(columns).rows(positions.actors[i] for i in order), order


def _scaled(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return weights with a largest of 1: no sum overflows, and equal weights count as none."""
    return weights / weights.max() if weights.size and weights.max() > 0 else weights


def _tiles(n: int) -> Iterator[tuple[slice, slice]]:
    """Yield the tiles on and above the diagonal."""
    starts = range(0, n, TILE)
    return ((slice(i, i + TILE), slice(j, j + TILE)) for i in starts for j in starts if i <= j)


def _finish(
    outcome: Outcome, n_shared: NDArray[np.int64], kind: str, measure: Measure, min_shared: int
) -> dict[str, NDArray[Any]]:
    values = measure.values(outcome.parts, kind)
    reasons = np.where(np.isnan(values), REASONS.index(measure.undefined), 0)
    reasons = np.where(outcome.n_used < min_shared, TOO_FEW, reasons)
    reasons = np.where(outcome.n_used == 0, NO_SHARED, reasons)
    ends = [_end(outcome.highest, kind, measure), _end(outcome.lowest, kind, measure)]
    lower, upper = ends if kind == "agreement" else ends[::-1]
    return {
        "values": np.where(reasons == 0, values, np.nan),
        "observed": outcome.parts.observed,
        "expected": outcome.parts.expected,
        "lower": lower,
        "upper": upper,
        "n_shared": n_shared,
        "n_used": outcome.n_used,
        "reasons": reasons,
    }


def _end(disagreement: NDArray[np.float64] | None, kind: str, measure: Measure) -> NDArray[Any]:
    if disagreement is None:
        return np.array(np.nan)
    return measure.from_observed(disagreement) if kind == "agreement" else disagreement


def _mirrored(array: NDArray[Any]) -> NDArray[Any]:
    """Return the matrix whose lower triangle repeats the upper one exactly."""
    below = np.tri(len(array), k=-1, dtype=np.bool_)
    return np.where(below, array.T, array)
