"""wedges: where a member of a bloc stands nearer to a rival than to its own bloc."""

from collections.abc import Iterable
from typing import Any

from stances.bloc_positions import blocs_for
from stances.blocs.claims import Claim, claims_of
from stances.blocs.slicing import columns_by
from stances.blocs.wedge_report import Wedge, Wedges
from stances.blocs.wedge_sides import MemberBetween, Sides
from stances.captions import THIN
from stances.dataset import Dataset
from stances.errors import FieldError
from stances.matrices import AnyMeasure, positions_of
from stances.measures import find_measure
from stances.models import Source, Stance
from stances.positions import Positions
from stances.registry import Blocs
from stances.uncertainty import Interval


def wedges(
    data: Dataset | Positions,
    bloc: str,
    rival: str,
    members: str | Iterable[str] | None = None,
    by: str | None = "issue",
    measure: AnyMeasure = "agreement",
    interval: float | None = None,
    *,
    blocs: Blocs | None = None,
    assessments: Iterable[Stance] = (),
    sources: Iterable[Source] = (),
    **rules: Any,
) -> Wedges:
    """Return who of a bloc stands nearer to a rival than to the bloc, on what, and how surely.

    For every member, its divergence from the bloc minus its divergence from the rival, only on
    questions on which member, bloc and rival all have a level. 0 is halfway; above it the member is
    nearer to the rival than to its own bloc.

    Parameters
    ----------
    data : Dataset or Positions
        Records, or codes.
    bloc : str
        Its id, name or alias. Its own recorded stance stands where there is one; its position is else
        made by its other members on the day, as in `with_bloc`.
    rival : str
        Id of an actor, or a bloc.
    members : str or iterable of str, optional
        Ids; all members in the data by default. They count on the days on which they were members.
    by : {None, "issue", "question", "year", "session"}
        A row per member and slice; all questions together for None, and where no question has an
        issue.
    measure : str, Measure or array_like
        A mean over questions: any measure without chance correction or formula of its own.
    interval : float, optional
        Nominal coverage in (0, 1). It imagines that the questions are drawn anew.
    blocs : Blocs, optional
        Who belonged to which; `blocs_for(data)` by default.
    assessments : iterable of Stance, optional
        Records among which the judgements of third parties are looked for, and named; a Dataset
        brings its own.
    sources : iterable of Source, optional
        What the evidence of Positions comes from; a Dataset brings its own.
    **rules
        See `Dataset.positions`.

    Returns
    -------
    Wedges
        NaN where no question has all three, with who is missing on what. Questions on whose day the
        rival was itself a member are left out, and counted.

    Raises
    ------
    RivalInsideError
        If the rival was a member on the day of every question.
    NotAMemberError
        If one of `members` was none on the day of any question.
    UnknownBlocError, UnknownActorError
        If a bloc or an actor is not known.
    FieldError
        If the measure is no mean over questions.

    Examples
    --------
    >>> from stances import VOTE
    >>> votes = Positions.from_codes(
    ...     [[2, 2], [2, 2], [0, 2], [0, 0]], scale=VOTE, actors=["AUT", "DEU", "HUN", "RUS"]
    ... )
    >>> for row in wedges(votes, "EU", "RUS").rows:
    ...     print(row.member, row.value, row.n_questions)
    HUN 0.0 2
    AUT -1.0 1
    DEU -1.0 1
    """
    coefficient = find_measure(measure)
    if not coefficient.is_linear:
        advice = "use agreement, exact, or a kernel of your own"
        raise FieldError("measure", coefficient.name, "is no mean over questions", advice)
    positions, known = positions_of(data, rules), blocs_for(data) if blocs is None else blocs
    level = None if interval is None else Interval(interval).level
    sides = Sides.of(positions, bloc, rival, known)
    by = by if by != "issue" or positions.issues else None
    slices = list(columns_by(positions, by))
    between = [MemberBetween(sides, coefficient, member) for member in sides.chosen(members)]
    rows = [row for member in between for row in member.rows(slices, level)]
    if isinstance(data, Dataset):
        assessments, sources = data.stances, data.sources
    return Wedges(
        sides.bloc.bloc,
        sides.rival,
        by,
        tuple(sorted(rows, key=_rank)),
        coefficient.name,
        level,
        _claims(positions, assessments, {sides.bloc.bloc, sides.rival, *(row.member for row in rows)}),
        int(sides.rival_inside.sum()),
        positions.n_questions,
        positions.origin.name,
        positions.origin.subject,
        positions.origin.rules,
        tuple(sources),
        origin=positions.origin,
    )


def _rank(row: Wedge) -> tuple[bool, bool, float, str, str]:
    """Put rows that rest on enough first, the undefined last, and the strongest wedge before others."""
    value = 0.0 if row.why else -row.value
    return bool(row.why), row.n_questions < THIN, value, row.member, row.name


def _claims(positions: Positions, records: Iterable[Stance], actors: set[str]) -> tuple[Claim, ...]:
    """Return what third parties judge of some actors, unless positions rest on it."""
    counted = {id(record) for cell in positions.origin.records.values() for record in cell}
    claims = claims_of(records, positions.questions, actors)
    return tuple(claim for claim in claims if id(claim.record) not in counted)
