"""Agreement and divergence matrices of a dataset or of positions, whole or by slices."""

from collections.abc import Callable
from typing import Any

from attrs import evolve
from numpy.typing import ArrayLike

from stances.bootstrap import check_blocks
from stances.computing import compute
from stances.dataset import Dataset
from stances.errors import ChoiceError, FieldError, NeedsDatasetError
from stances.matrix import Matrix
from stances.measures import Measure, find_measure
from stances.positions import Positions
from stances.progress import Progress, share
from stances.silence import find_policy
from stances.slices import slices_of
from stances.uncertainty import Interval

AnyMeasure = str | Measure | ArrayLike | Callable[..., Any]


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
        Called with the number of steps done and due: tiles of actors, or resamples of a bootstrap.
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
    MatrixTooLargeError
        If it is larger than all memory of the machine.

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
    check_blocks(positions, blocks)
    return matrix_of(positions, "agreement", measure, silence, min_shared, request, progress)


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
    check_blocks(positions, blocks)
    return matrix_of(positions, "divergence", measure, silence, min_shared, request, progress)


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
    check_blocks(positions, blocks)
    measure, _ = find_measure(measure), find_policy(silence)
    parts = [(name, part.about(name)) for name, part in slices_of(positions, by)]
    return {
        name: matrix_of(
            part,
            kind,
            measure,
            silence,
            min_shared,
            request and request.child(),
            share(progress, k, len(parts)),
        )
        for k, (name, part) in enumerate(parts)
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
        request = Interval(interval, method, blocks, n_resamples, rng)
        if rng is not None and request.method == "influence":
            raise FieldError("rng", rng, "goes with method='bootstrap' only")
        return request
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


def matrix_of(
    positions: Positions,
    kind: str,
    measure: AnyMeasure,
    silence: str,
    min_shared: int,
    interval: Interval | None,
    progress: Progress | None,
) -> Matrix:
    """Return a matrix of positions whose saliences, if they have any, count; see `agreement_matrix`."""
    if isinstance(min_shared, bool) or not isinstance(min_shared, int) or min_shared < 1:
        raise FieldError("min_shared", min_shared, "is not a whole number of at least 1")
    policy = find_policy(silence)
    return compute(positions, kind, find_measure(measure), policy, min_shared, interval, progress)
