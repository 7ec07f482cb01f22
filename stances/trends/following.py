"""trend: two actors through years, sessions or days."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np
from attrs import evolve

from stances.bloc_positions import Members, blocs_for, with_bloc
from stances.bootstrap import check_blocks
from stances.dataset import Dataset
from stances.dates import PartialDate
from stances.errors import FieldError, NeedsDatasetError, TooFewPeriodsError
from stances.expansion import select_actors
from stances.matrices import AnyMeasure, interval_of, matrix_of, positions_of
from stances.positions import Positions
from stances.progress import Progress, share
from stances.registry import Blocs
from stances.trends.periods import Period, stretches_of
from stances.trends.report import Trend
from stances.uncertainty import Interval

SIGN = "@"
Parts = Sequence[tuple[str, Positions]]


def trend(
    data: Dataset | Positions,
    first: str,
    second: str,
    by: str = "year",
    measure: AnyMeasure = "agreement",
    silence: str = "skip",
    min_shared: int = 1,
    interval: float | None = 0.95,
    *,
    days: Sequence[str | PartialDate] | None = None,
    blocs: Blocs | None = None,
    salience: str | None = None,
    method: str = "influence",
    blocks: str | None = None,
    n_resamples: int = 1000,
    rng: Any = None,
    progress: Progress | None = None,
    **rules: Any,
) -> Trend:
    """Return the agreement of two actors through time, and which questions made the largest change.

    Parameters
    ----------
    data : Dataset or Positions
        Records, or codes.
    first, second : str
        Ids of two actors. One that has no position of its own in `data` may be a bloc: its position is
        then the one that its members on the day make, without the other actor if that is a member.
        ``@EU`` completes what a bloc has on record itself by its members.
    by : {"year", "session"}
        Of the questions. Sessions come by their first date; one that runs beside others, as an
        emergency session does, is shown last and takes no part in changes.
    measure, silence, min_shared, salience, **rules
        See `agreement_matrix`.
    interval : float or None
        Nominal coverage, in (0, 1). On by default, as a change without it would claim too much.
    days : sequence of str or PartialDate, optional
        In place of `by`, for records that are dated: the positions as of each day. A change between
        days has no interval, as the questions are the same.
    blocs : Blocs, optional
        Who belonged to which; by default those of the dataset, and the shipped ones.
    method, blocks, n_resamples, rng, progress
        How intervals come about; see `agreement_matrix`.

    Returns
    -------
    Trend

    Raises
    ------
    TooFewPeriodsError
        If fewer than two periods have a value.
    UnknownActorError, UnknownBlocError
        If an actor is neither in the data nor a bloc.
    NeedsDatasetError
        If days or rules for records come with Positions.

    Examples
    --------
    >>> import stances
    >>> votes = stances.load("un-landmark-votes")
    >>> found = stances.trend(votes, "FRA", "USA", interval=None)
    >>> [(period.name, period.cell.n_shared, round(period.cell.value, 2)) for period in found.periods]
    [('2021', 1, 0.0), ('2022', 6, 0.92), ('2023', 12, 0.58), ('2024', 1, 0.0)]
    """
    request = interval_of(interval, method, blocks, n_resamples, rng)
    known = blocs_for(data) if blocs is None else blocs
    whole = positions_of(data, rules, salience=salience)
    pair, made = pair_of(whole, first, second, known)
    check_blocks(pair, blocks)
    if days is None:
        steps, beside = stretches_of(pair, by)
        parts = [(stretch.name, stretch.positions) for stretch in (*steps, *beside)]
        aside = {stretch.name for stretch in beside}
        return follow(parts, pair, by, measure, silence, min_shared, request, progress, aside, made)
    if not isinstance(data, Dataset):
        raise NeedsDatasetError(("days",))
    if "as_of" in rules:
        raise FieldError("as_of", rules["as_of"], "is what days are for", "put it among the days")
    on = in_order(days)
    tables = [positions_of(data, rules | {"as_of": day}, salience=salience) for day in on]
    pairs = [pair_of(table, first, second, known)[0] for table in tables]
    parts = list(zip(on, pairs, strict=True))
    return follow(parts, pair, "day", measure, silence, min_shared, request, progress, blocs=made)


def follow(
    parts: Parts,
    whole: Positions,
    by: str,
    measure: AnyMeasure = "agreement",
    silence: str = "skip",
    min_shared: int = 1,
    interval: Interval | None = None,
    progress: Progress | None = None,
    aside: Collection[str] = (),
    blocs: tuple[str, ...] = (),
) -> Trend:
    """Return the trend of two actors over periods that are at hand.

    Parameters
    ----------
    parts : sequence of (str, Positions)
        The periods by name, in the order of time, each with the positions of the two.
    whole : Positions
        Of the two in all periods; what captions say is said of them.
    by : str
        What the periods are.
    measure, silence, min_shared, interval, progress
        See `trend`.
    aside : collection of str
        Names of periods that are no step in time.
    blocs : tuple of str
        Which of the two is a bloc whose position its members make.

    Raises
    ------
    TooFewPeriodsError
        If fewer than two periods have a value.
    """
    issues = whole.issues
    subject = f"{len(issues)} issues" if len(issues) > 1 else "".join(issues)
    origin = evolve(whole.origin, subject=whole.origin.subject or subject, records={})
    periods = []
    for k, (name, part) in enumerate(parts):
        named = evolve(part, origin=evolve(origin, records=part.origin.records))
        request, told = interval and interval.child(), share(progress, k, len(parts))
        matrix = matrix_of(named, "agreement", measure, silence, min_shared, request, told)
        periods.append(Period(name, matrix, name in aside))
    first, second = whole.actors
    defined = tuple(period.name for period in periods if not period.cell.why and not period.aside)
    if len(defined) < 2:
        raise TooFewPeriodsError(by, first, second, defined, len(periods))
    return Trend(first, second, by, tuple(periods), blocs)


def pair_of(positions: Positions, first: str, second: str, blocs: Blocs) -> tuple[Positions, tuple[str, ...]]:
    """Return the positions of two actors, and which of them are blocs whose position members make.

    Raises
    ------
    FieldError
        If both are the same.
    UnknownActorError, UnknownBlocError
        If one is neither an actor of the table nor a bloc.
    """
    made = tuple(name for name in (first, second) if _is_made(positions, name, blocs))
    ids = [
        blocs.bloc(name.removeprefix(SIGN)) if name in made else select_actors(positions, name).actors[0]
        for name in (first, second)
    ]
    if ids[0] == ids[1]:
        raise FieldError("second", second, "is the first actor again")
    table = positions
    for name, other in (ids, ids[::-1]):
        if name in _ids(made, blocs):
            table = with_bloc(table, name, blocs=blocs, leave_out=_member(positions, name, other, blocs))
    return table.rows(ids), _ids(made, blocs)


def _ids(names: tuple[str, ...], blocs: Blocs) -> tuple[str, ...]:
    return tuple(blocs.bloc(name.removeprefix(SIGN)) for name in names)


def _is_made(positions: Positions, name: str, blocs: Blocs) -> bool:
    """Tell whether a name stands for a bloc that members speak for: by its sign, or as it never spoke."""
    if name.startswith(SIGN):
        return True
    spoke = name in positions.actors and (positions.codes[positions.index(name)] >= 0).any()
    return name in blocs and not spoke


def _member(positions: Positions, bloc: str, actor: str, blocs: Blocs) -> str | None:
    """Return an actor who belonged to a bloc on the day of some question, or None."""
    if actor not in positions.actors:
        return None
    inside = Members.of(positions, bloc, blocs).inside
    return actor if bool(np.any(inside[positions.index(actor)])) else None


def in_order(days: Iterable[str | PartialDate]) -> list[str]:
    """Return days as text, the earliest first.

    Raises
    ------
    DateError, FieldError
        If one is no date, or is named twice.

    Examples
    --------
    >>> in_order(["2025-12", "2025-07-31"])
    ['2025-07-31', '2025-12']
    """
    found = [PartialDate.parse(day) if isinstance(day, str) else day for day in days]
    if len(set(found)) < len(found):
        raise FieldError("days", tuple(map(str, found)), "names a day twice")
    return [str(day) for day in sorted(found, key=lambda day: (day.last, day.first))]
