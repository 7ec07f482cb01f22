"""fault_lines: questions and issues ranked by polarization."""

from collections.abc import Iterable
from typing import Any

from stances.dataset import Dataset
from stances.errors import ChoiceError
from stances.ground.lines import FaultLine, FaultLines, Part
from stances.ground.polarized import Polarization, polarization_of
from stances.ground.standing import Standing, chosen_positions, sources_of, standings
from stances.mean_intervals import Mean
from stances.models import Source
from stances.positions import Positions
from stances.slices import SLICES, names_of
from stances.uncertainty import Interval

BY = ("question", *SLICES)
Known = tuple[Standing, Polarization]


def fault_lines(
    data: Dataset | Positions,
    by: str = "question",
    actors: str | Iterable[str] | None = None,
    interval: float | None = None,
    *,
    sources: Iterable[Source] = (),
    **rules: Any,
) -> FaultLines:
    """Return questions, or issues, by how polarized they are, with the camps named.

    The polarization of a question is van der Eijk's on three ordered levels or more, which it takes
    as evenly spaced; on two levels Leik's D, and on unordered levels Reynal-Querol's (see
    `stances.dispersion`). That of an issue is the mean over its questions, weighted as they are.

    Parameters
    ----------
    data : Dataset or Positions
        Records, or codes.
    by : {"question", "issue", "year", "session"}
        A question with several issues counts in each; one without any in none.
    actors : str or iterable of str, optional
        Only these, as `select_actors` takes them: ids, names, ``@EU``; all by default.
    interval : float, optional
        Nominal coverage in (0, 1), such as 0.95, of an interval of each mean over questions; a single
        question has none.
    sources : iterable of Source, optional
        What the evidence of Positions comes from; a Dataset brings its own.
    **rules
        How records become positions; see `Dataset.positions`. Only for a Dataset.

    Returns
    -------
    FaultLines
        Lines on fewer than five come after those on more. Questions of weight 0, and on scales of a
        single level, do not count.

    Raises
    ------
    ChoiceError
        If `by` is none of the four.
    FieldError
        If the coverage is no share.
    NeedsDatasetError
        If rules for records come with Positions.

    References
    ----------
    van der Eijk, C. (2001), Quality & Quantity 35, 325-341; Leik, R. K. (1966), Pacific Sociological
    Review 9, 85-90; Montalvo, J. G. and Reynal-Querol, M. (2005), American Economic Review 95, 796-816.

    Examples
    --------
    >>> from stances import VOTE
    >>> votes = Positions.from_codes([[2, 2], [2, 1], [0, 2], [0, 2]], scale=VOTE)
    >>> [(line.name, line.value) for line in fault_lines(votes).lines]
    [('q1', 1.0), ('q2', 0.125)]
    """
    if by not in BY:
        raise ChoiceError("by", by, BY)
    level = None if interval is None else Interval(interval).level
    positions = chosen_positions(data, rules, actors)
    known = [(s, polarization_of(s)) for s in standings(positions, sources_of(data, sources))]
    if by == "question":
        lines = [_question_line(*one) for one in known]
    else:
        lines = [_mean_line(name, group, level) for name, group in _groups(known, by).items()]
    lines.sort(key=_rank)
    origin = positions.origin
    return FaultLines(
        tuple(lines),
        by,
        positions.n_actors,
        origin.name,
        origin.subject,
        origin.rules,
        tuple(standing for standing, _ in known),
        level,
        origin=origin,
    )


def _rank(line: FaultLine) -> tuple[bool, bool, float]:
    """Return what sorts lines: the defined first, those on enough before the thin, by their value."""
    return (line.why != "", line.is_thin, 0.0 if line.why else -line.value)


def _groups(known: list[Known], by: str) -> dict[str, list[Known]]:
    groups: dict[str, list[Known]] = {}
    for standing, polarization in known:
        for name in names_of(standing.question, by):
            groups.setdefault(name, []).append((standing, polarization))
    return groups


def _question_line(standing: Standing, polarization: Polarization) -> FaultLine:
    part = Part(standing, polarization, polarization.value)
    return FaultLine(standing.question.id, polarization.value, polarization.why, standing.n_spoke, (part,))


def _mean_line(name: str, group: list[Known], level: float | None) -> FaultLine:
    """Return the weighted mean over questions, each with its part of it, the largest first."""
    counted = [s.question.weight for s, polarization in group if not polarization.why]
    largest = max(counted, default=1.0)
    total = sum(weight / largest for weight in counted)
    parts = [
        Part(
            s,
            polarization,
            polarization.value * (s.question.weight / largest) / total if total else float("nan"),
        )
        for s, polarization in group
    ]
    parts.sort(key=lambda part: (part.polarization.why != "", -part.polarization.value))
    value = sum(part.contribution for part in parts if not part.polarization.why) if counted else float("nan")
    weights = [s.question.weight for s, _ in group]
    mean = Mean.of([polarization.value for _, polarization in group], weights, (0.0, 1.0), level)
    why = "" if counted else "no_questions"
    return FaultLine(name, value, why, len(counted), tuple(parts), mean.lower, mean.upper)
