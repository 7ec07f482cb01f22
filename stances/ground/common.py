"""common_ground: questions on which all who took a level stand on the same side."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from attrs import field, frozen

from stances.captions import THIN
from stances.dataset import Dataset
from stances.errors import FieldError, UnknownQuestionError
from stances.ground.standing import Standing, chosen_positions, conflicts_note, sources_of, standings
from stances.mean_intervals import Mean
from stances.models import Source
from stances.origin import Origin
from stances.positions import CODE_NAMES, Positions
from stances.printable import Printable, rounded
from stances.prompts import next_line
from stances.scales import Scale
from stances.tables import Grid
from stances.uncertainty import Interval

SHOWN = 12


@frozen
class Ground:
    """One question on which all who took a level stand on the same side.

    Attributes
    ----------
    standing : Standing
        Who stands where, with the evidence.
    side : str
        ``above``, ``at`` or ``below`` the middle of the scale; "" where the scale has no middle, on
        which only the same level is common ground.
    level : str
        The level that all of them took; "" where they share the side alone.
    """

    standing: Standing
    side: str
    level: str

    @property
    def kind(self) -> str:
        """``same level``, or only ``same side``."""
        return "same level" if self.level else "same side"

    @property
    def shared(self) -> str:
        """What they share, in words: ``supportive`` or ``above the middle``."""
        return self.level or f"{self.side} the middle"


def sides_of(scale: Scale) -> tuple[str, ...]:
    """Return where each level lies: ``below``, ``at`` or ``above`` the middle; "" without a middle.

    Examples
    --------
    >>> from stances import VOTE
    >>> sides_of(VOTE), sides_of(Scale.parse("no < yes"))
    (('below', 'at', 'above'), ('', ''))
    """
    if scale.middle is None:
        return ("",) * scale.n_levels
    order = (
        ("below", "at", "above")[(k > scale.middle) + (k >= scale.middle)] for k in range(scale.n_levels)
    )
    return tuple(order)


@frozen(repr=False, str=False)
class CommonGround(Printable):
    """Questions on which all who took a level stand on the same side.

    Attributes
    ----------
    grounds : tuple of Ground
        By how many took a level, from most to fewest.
    n_asked : int
        Questions on which `min_actors` took a level: of these the grounds are some.
    n_actors, min_actors : int
        Actors in all, and how many had to take a level.
    name, subject, rules : str
        Of the data, what they were cut down to, and how records became positions.
    all_standings : tuple of Standing
        All questions, common ground or not.
    share : Mean
        The grounds' share of the questions asked, 0 to 1; NaN where none was asked.
    level : float or None
        Nominal coverage of its interval.
    origin : Origin or None
        The data it was made of, for citations; None where that is not known.
    """

    grounds: tuple[Ground, ...]
    n_asked: int
    n_actors: int
    min_actors: int
    name: str
    subject: str
    rules: str
    all_standings: tuple[Standing, ...]
    share: Mean
    level: float | None = None
    origin: Origin | None = field(default=None, kw_only=True, repr=False, eq=False)

    def question(self, question: str) -> Standing:
        """Return who stands where on a question: the positions and the evidence behind its row.

        Raises
        ------
        UnknownQuestionError
            If no question that counts has this id.
        """
        return standing_on(self.all_standings, question)

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per question, with how many spoke and how many did not, by the reason."""
        standing = [ground.standing for ground in self.grounds]
        columns: dict[str, list[Any]] = {
            "question": [s.question.id for s in standing],
            "issues": [", ".join(s.question.issues) for s in standing],
            "kind": [ground.kind for ground in self.grounds],
            "side": [ground.side for ground in self.grounds],
            "level": [ground.level for ground in self.grounds],
            "n_spoke": [s.n_spoke for s in standing],
        }
        others = {f"n_{name}": [len(s.others[name]) for s in standing] for name in CODE_NAMES.values()}
        actors = [" ".join(actor for camp in s.camps for actor in camp.actors) for s in standing]
        return columns | others | {"actors": actors, "text": [s.question.text for s in standing]}

    def grids(self) -> tuple[Grid, ...]:
        """Return the questions by issue; one with several issues stands in each of theirs."""
        parts = ("Common ground", self.name, self.subject, self.rules, f"{self.n_actors} actors")
        title = " · ".join(part for part in parts if part)
        groups = self._by_issue()
        head = Grid(title, ("",), (), tuple(self._notes()))
        return (head, *(_issue_grid(issue, grounds) for issue, grounds in groups.items()))

    def _by_issue(self) -> dict[str, list[Ground]]:
        groups: dict[str, list[Ground]] = {}
        for ground in self.grounds:
            for issue in ground.standing.question.issues or ("no issue",):
                groups.setdefault(issue, []).append(ground)
        return groups

    def _notes(self) -> Iterator[str]:
        n, due = len(self.grounds), self.min_actors
        same = sum(ground.level != "" for ground in self.grounds)
        asked = f"{self.n_asked} question{'s' * (self.n_asked != 1)} on which {due} or more took a level"
        kinds = f": {_times(same)} on the same level, {_times(n - same)} on the same side alone" if n else ""
        yield f"On {n} of the {asked}, all of them stand on the same side{kinds}."
        if self.level is not None and self.n_asked:
            ends = f"[{rounded(self.share.lower)}, {rounded(self.share.upper)}]"
            yield f"A share of {rounded(self.share.value)} {ends} ({100 * self.level:g} % interval)."
        if self.n_asked and any(ground.standing.n_spoke < THIN for ground in self.grounds):
            yield f"(...)  fewer than {THIN} of them spoke: common ground of these few, and not of all."
        if self.grounds:
            yield "Who has no level is no part of it: a silence is not consent."
        yield from filter(None, [conflicts_note(self.all_standings)])
        if self.grounds:
            first = self.grounds[0].standing.question.id
            yield next_line(f"common-ground {{}} --question {first}", self.name)
        else:
            yield next_line("fault-lines {}", self.name)

    def __repr__(self) -> str:
        return f"<CommonGround of {self.name!r}: {len(self.grounds)} of {self.n_asked} questions>"


def _times(n: int) -> str:
    return f"{n} time{'s' * (n != 1)}"


def standing_on(known: Iterable[Standing], question: str) -> Standing:
    """Return who stands where on a question; UnknownQuestionError if none that counts has this id."""
    by_id = {standing.question.id: standing for standing in known}
    if question not in by_id:
        raise UnknownQuestionError(question, tuple(by_id))
    return by_id[question]


def _issue_grid(issue: str, grounds: list[Ground]) -> Grid:
    rows = tuple(_row(ground) for ground in grounds[:SHOWN])
    more = len(grounds) - SHOWN
    notes = (f"{more} more on {issue}: --format csv or json.",) if more > 0 else ()
    header = ("question", "all stand", "spoke", "who spoke", "no level", "what it says")
    return Grid(f"{issue} · {len(grounds)}", header, rows, notes)


def _row(ground: Ground) -> tuple[str, ...]:
    standing = ground.standing
    n = f"({standing.n_spoke})" if standing.n_spoke < THIN else str(standing.n_spoke)
    camps = "; ".join(map(str, standing.camps))
    return (standing.question.id, ground.shared, n, camps, standing.without or "-", standing.says)


def common_ground(
    data: Dataset | Positions,
    actors: str | Iterable[str] | None = None,
    min_actors: int = 2,
    *,
    interval: float | None = None,
    sources: Iterable[Source] = (),
    **rules: Any,
) -> CommonGround:
    """Return the questions on which all who took a level stand on the same side.

    On an ordered scale with a level exactly in the middle, a side is all levels above it, all below
    it, or the middle itself; on any other scale only the same level is common ground.

    Parameters
    ----------
    data : Dataset or Positions
        Records, or codes.
    actors : str or iterable of str, optional
        Only these, as `select_actors` takes them: ids, names, ``@EU``; all by default.
    min_actors : int
        How many must have taken a level, at least 2: nobody shares ground alone.
    interval : float, optional
        Nominal coverage in (0, 1), such as 0.95, of an interval of the share of common ground among the
        questions asked.
    sources : iterable of Source, optional
        What the evidence of Positions comes from; a Dataset brings its own.
    **rules
        How records become positions; see `Dataset.positions`. Only for a Dataset.

    Returns
    -------
    CommonGround
        Sorted by how many took a level. Questions of weight 0, and on scales of a single level,
        do not count.

    Raises
    ------
    FieldError
        If `min_actors` is no whole number of at least 2, or `interval` no level.
    NeedsDatasetError
        If rules for records come with Positions.

    Examples
    --------
    >>> from stances import VOTE
    >>> votes = Positions.from_codes([[2, 0], [2, 1], [-2, 0]], scale=VOTE, actors=["CHN", "FRA", "USA"])
    >>> [(g.standing.question.id, g.kind, g.shared) for g in common_ground(votes).grounds]
    [('q1', 'same level', 'yes')]
    """
    if isinstance(min_actors, bool) or not isinstance(min_actors, int) or min_actors < 2:
        raise FieldError("min_actors", min_actors, "is not a whole number of at least 2")
    positions = chosen_positions(data, rules, actors)
    every = tuple(standings(positions, sources_of(data, sources)))
    asked = [standing for standing in every if standing.n_spoke >= min_actors]
    found = list(map(_ground, asked))
    level = None if interval is None else Interval(interval).level
    share = Mean.of([ground is not None for ground in found], np.ones(len(found)), (0, 1), level)
    grounds = [ground for ground in found if ground is not None]
    grounds.sort(key=lambda ground: -ground.standing.n_spoke)
    origin = positions.origin
    return CommonGround(
        tuple(grounds),
        len(asked),
        positions.n_actors,
        min_actors,
        origin.name,
        origin.subject,
        origin.rules,
        every,
        share,
        level,
        origin=origin,
    )


def _ground(standing: Standing) -> Ground | None:
    scale = standing.question.scale
    sides = dict(zip(scale.levels, sides_of(scale), strict=True))
    taken = [camp.level for camp in standing.camps]
    on = {sides[level] for level in taken}
    if len(taken) == 1:
        return Ground(standing, on.pop(), taken[0])
    return Ground(standing, on.pop(), "") if len(on) == 1 and on != {""} else None
