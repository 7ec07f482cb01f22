"""Agreement and divergence matrices: where records and arithmetic meet."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from stances.counts import PairCounts
from stances.dataset import Dataset
from stances.errors import ChoiceError, FieldError, NeedsDatasetError
from stances.matrix import REASONS, Matrix
from stances.measures import Measure, find_measure
from stances.positions import Positions
from stances.silence import Outcome, Policy, evaluate, find_policy

TILE = 512
NO_SHARED, TOO_FEW = (REASONS.index(reason) for reason in ("no_shared_questions", "too_few_shared"))
SLICES = ("issue", "year", "session")


def agreement_matrix(
    data: Dataset | Positions,
    measure: str | Measure = "agreement",
    silence: str = "skip",
    min_shared: int = 1,
    **rules: Any,
) -> Matrix:
    """Return who agrees with whom: one value per pair of actors, with its support.

    Parameters
    ----------
    data : Dataset or Positions
        Records, or codes.
    measure : str or Measure
        A name in `MEASURES`, or a measure.
    silence : {"skip", "half", "neutral", "bounds"}
        What counts where one side took a level and the other was silent or absent.
    min_shared : int
        Resting on fewer questions a value is undefined (``too_few_shared``). Silences count where
        the policy counts them.
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
    """
    return _matrix(data, "agreement", measure, silence, min_shared, rules)


def divergence_matrix(
    data: Dataset | Positions,
    measure: str | Measure = "agreement",
    silence: str = "skip",
    min_shared: int = 1,
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
    return _matrix(data, "divergence", measure, silence, min_shared, rules)


def matrices_by(
    data: Dataset | Positions,
    by: str,
    measure: str | Measure = "agreement",
    silence: str = "skip",
    min_shared: int = 1,
    kind: str = "agreement",
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

    Returns
    -------
    dict of str to Matrix
        Issues in the order of the questions, years and sessions sorted.
    """
    if by not in SLICES:
        raise ChoiceError("by", by, SLICES)
    if kind not in ("agreement", "divergence"):
        raise ChoiceError("kind", kind, ("agreement", "divergence"))
    positions = positions_of(data, rules)
    return {
        name: _matrix(part.about(name), kind, measure, silence, min_shared, {})
        for name, part in _slices(positions, by)
    }


def positions_of(data: Dataset | Positions, rules: dict[str, Any]) -> Positions:
    """Return positions as they are, or those of a dataset under the rules given."""
    if isinstance(data, Dataset):
        return data.positions(**rules)
    if not isinstance(data, Positions):
        raise FieldError(
            "data", data, "is neither a Dataset nor Positions", "read one with stances.load(...)"
        )
    if rules:
        raise NeedsDatasetError(tuple(sorted(rules)))
    return data


def _slices(positions: Positions, by: str) -> Iterator[tuple[str, Positions]]:
    keys: dict[str, list[int]] = {}
    for j, question in enumerate(positions.questions):
        year = str(question.date.first.year) if question.date else None
        names = {"issue": question.issues, "year": (year,), "session": (question.session,)}[by]
        for name in names:
            if name is not None:
                keys.setdefault(name, []).append(j)
    for name in keys if by == "issue" else sorted(keys):
        yield name, positions.take(keys[name])


def _matrix(
    data: Dataset | Positions,
    kind: str,
    measure: str | Measure,
    silence: str,
    min_shared: int,
    rules: dict[str, Any],
) -> Matrix:
    positions = positions_of(data, rules)
    if isinstance(min_shared, bool) or not isinstance(min_shared, int) or min_shared < 1:
        raise FieldError("min_shared", min_shared, "is not a whole number of at least 1")
    return compute(positions, kind, find_measure(measure), find_policy(silence), min_shared)


def compute(positions: Positions, kind: str, measure: Measure, policy: Policy, min_shared: int = 1) -> Matrix:
    """Compute a matrix tile by tile.

    Actors and questions are taken in the order of their ids, so that the result is the same bit
    by bit whatever order they came in; it is given back in the order they came in.
    """
    sorted_positions, order = _canonical(positions)
    weights = _scaled(sorted_positions.weights)
    n = len(order)
    arrays = {name: np.full((n, n), np.nan) for name in ("values", "observed", "expected", "lower", "upper")}
    counted = {name: np.zeros((n, n), dtype=np.int64) for name in ("n_shared", "n_used", "reasons")}
    for rows, columns in _tiles(n):
        counts = PairCounts.of(sorted_positions, weights=weights, rows=rows, columns=columns)
        tile = _finish(evaluate(counts, measure, policy), counts, kind, measure, min_shared)
        for name, array in (arrays | counted).items():
            array[rows, columns] = tile[name]
    back = np.argsort(order)
    whole: dict[str, Any] = {
        name: _mirrored(array)[np.ix_(back, back)] for name, array in (arrays | counted).items()
    }
    if policy is not Policy.BOUNDS:
        whole["lower"] = whole["upper"] = None
    whole["reasons"] = whole["reasons"].astype(np.int8)
    return Matrix(positions.actors, measure=measure, silence=policy, kind=kind, positions=positions, **whole)


def _canonical(positions: Positions) -> tuple[Positions, NDArray[np.intp]]:
    order = np.array(sorted(range(positions.n_actors), key=lambda i: positions.actors[i]), dtype=np.intp)
    columns = sorted(range(positions.n_questions), key=lambda j: positions.questions[j].id)
    return evolve(
        positions,
        actors=tuple(positions.actors[i] for i in order),
        questions=tuple(positions.questions[j] for j in columns),
        codes=positions.codes[np.ix_(order, np.array(columns, dtype=np.intp))],
    ), order


def _scaled(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return weights with a largest of 1: no sum overflows, and equal weights count as none."""
    return weights / weights.max() if weights.size and weights.max() > 0 else weights


def _tiles(n: int) -> Iterator[tuple[slice, slice]]:
    """Yield the tiles on and above the diagonal."""
    starts = range(0, n, TILE)
    return ((slice(i, i + TILE), slice(j, j + TILE)) for i in starts for j in starts if i <= j)


def _finish(
    outcome: Outcome, counts: PairCounts, kind: str, measure: Measure, min_shared: int
) -> dict[str, NDArray[Any]]:
    values = outcome.parts.values if kind == "agreement" else measure.divergence(outcome.parts)
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
        "n_shared": counts.n_shared,
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
