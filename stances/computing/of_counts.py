"""A matrix of counts, whose positions lie elsewhere or are too many to be held."""

from typing import Any

import numpy as np

from stances.computing.canvas import Canvas
from stances.computing.computed import PART_NUMBERS, finished
from stances.computing.request import Request
from stances.counts import PairCounts
from stances.errors import ChoiceError, FieldError, MixedScalesError
from stances.matrix import Matrix
from stances.measures import find_measure
from stances.positions import Origin, Positions
from stances.silence import Policy, find_policy
from stances.uncertainty import Interval

RULES = "from counts of pairs, silences not shown"


@np.errstate(under="ignore")  # as for a matrix of positions
def matrix_of_counts(
    counts: PairCounts,
    measure: Any = "agreement",
    kind: str = "agreement",
    silence: str = "skip",
    min_shared: int = 1,
    interval: float | None = None,
    *,
    name: str = "counts",
) -> Matrix:
    """Return a matrix made of pair counts, such as those of `count_parts`.

    Parameters
    ----------
    counts : PairCounts
        Of every two of the same actors.
    measure : str, Measure, array_like or callable
        The one that the counts were made for, or any where they are whole tables.
    kind : {"agreement", "divergence"}
        Which matrix.
    silence : {"skip", "half", "neutral", "bounds"}
        All but ``skip`` need whole tables.
    min_shared : int
        Resting on fewer questions a value is undefined (``too_few_shared``).
    interval : float, optional
        Nominal coverage in (0, 1), from whole tables; see `agreement_matrix`.
    name : str
        Of the data, for captions.

    Returns
    -------
    Matrix
        That of the positions which were counted, but that it has no questions: ``coverage`` is not
        known, and silences are not shown beside the values.

    Raises
    ------
    NotCountedError
        If the counts were made for another measure, or do not hold what policy or interval need.
    MixedScalesError
        If rows and columns are different actors.
    MatrixTooLargeError
        If it is larger than all memory of the machine.
    UnknownMeasureError, SilencePolicyError, UnorderedScaleError
        If measure, policy and scales do not fit together.

    Examples
    --------
    >>> from stances import VOTE, Positions
    >>> votes = Positions.from_codes([[2, 0, 1], [2, 2, -1]], scale=VOTE, actors=["CHN", "FRA"])
    >>> matrix_of_counts(PairCounts.of(votes), "cohen_kappa")["CHN", "FRA"]
    0.0
    """
    request = _request(counts, measure, kind, silence, min_shared, interval)
    n = len(counts.rows)
    canvas = Canvas.of(n, None, request)
    height = max(PART_NUMBERS // max(n * (_n_sums(counts) + 4), 1), 1)
    for start in range(0, n, height):
        canvas.put(start, 0, finished(counts.part(slice(start, start + height)), request))
    about = Positions(counts.rows, (), np.empty((n, 0), dtype=np.int8), Origin(name, RULES, counted=True))
    return Matrix(
        counts.rows,
        positions=about,
        measure=request.measure,
        silence=request.policy,
        kind=kind,
        interval=request.interval,
        **canvas.arrays,
    )


def _n_sums(counts: PairCounts) -> int:
    """Return how many numbers there are for each pair, at least one."""
    arrays = (array for stratum in counts.strata for array in stratum.sums.values())
    return max(sum(array.size for array in arrays) // max(len(counts.rows) ** 2, 1), 1)


def _request(
    counts: PairCounts, measure: Any, kind: str, silence: str, min_shared: int, interval: float | None
) -> Request:
    """Return what is asked for, if counts can give it at all."""
    if not isinstance(counts, PairCounts):
        raise FieldError("counts", counts, "is no PairCounts", "make them with count_parts or PairCounts.of")
    if kind not in ("agreement", "divergence"):
        raise ChoiceError("kind", kind, ("agreement", "divergence"))
    if isinstance(min_shared, bool) or not isinstance(min_shared, int) or min_shared < 1:
        raise FieldError("min_shared", min_shared, "is not a whole number of at least 1")
    if counts.rows != counts.columns:
        raise MixedScalesError("a matrix needs counts of every two of the same actors, in one order")
    policy = find_policy(silence)
    if policy is not Policy.SKIP:
        _ = counts.n_lone  # NotCountedError where silences were not counted
    wanted = None if interval is None else Interval(interval)
    return Request(kind, find_measure(measure), policy, min_shared, wanted)
