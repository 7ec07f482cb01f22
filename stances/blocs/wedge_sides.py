"""A member between its bloc and a rival: three positions per question, and two distances."""

from collections.abc import Iterable, Iterator

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances.bloc_positions import Members, own_codes
from stances.blocs.wedge_report import Wedge, WedgeQuestion
from stances.comparison import Side
from stances.errors import FieldError, NotAMemberError, RivalInsideError, UnknownActorError
from stances.mean_intervals import Mean, parts
from stances.measures import Measure
from stances.positions import CODE_NAMES, CONFLICT, NO_RECORD, Codes, Positions
from stances.registry import Blocs
from stances.selection import several

Floats = NDArray[np.float64]
LIMITS, SHARE = (-1.0, 1.0), (0.0, 1.0)


@frozen(eq=False)
class Sides:
    """A bloc and its rival in a table.

    Attributes
    ----------
    positions : Positions
    bloc : Members
    rival : str
        Its id.
    rival_members : Members or None
        Of a rival that is a bloc.
    rival_inside : ndarray of bool, shape (n_questions,)
        Where the rival itself was a member.
    """

    positions: Positions
    bloc: Members
    rival: str
    rival_members: Members | None
    rival_inside: NDArray[np.bool_]

    @classmethod
    def of(cls, positions: Positions, bloc: str, rival: str, blocs: Blocs) -> "Sides":
        """Return both, or say why they are none; see `wedges`."""
        members = Members.of(positions, bloc, blocs)
        is_bloc = rival in blocs
        name = blocs.bloc(rival) if is_bloc else rival
        if name == members.bloc:
            raise FieldError("rival", rival, "is the bloc itself", "name a rival from outside the bloc")
        if not is_bloc and name not in positions.actors:
            raise UnknownActorError(rival, positions.actors)
        inside = np.zeros(positions.n_questions, dtype=np.bool_)
        if name in positions.actors:
            inside = members.inside[positions.index(name)]
        if inside.size and inside.all():
            raise RivalInsideError(name, members.bloc)
        return cls(positions, members, name, Members.of(positions, name, blocs) if is_bloc else None, inside)

    def chosen(self, members: str | Iterable[str] | None) -> tuple[str, ...]:
        """Return the members asked for, or all."""
        ever = [self.positions.actors[i] for i in np.flatnonzero(self.bloc.inside.any(axis=1))]
        own = tuple(actor for actor in ever if actor != self.rival)
        wanted = set(own) if members is None else several(members)
        for name in sorted(wanted - set(own)):
            self.positions.index(name)  # raises where it is nobody's
            raise NotAMemberError(name, self.bloc.bloc, own)
        return tuple(actor for actor in own if actor in wanted)

    def rival_codes(self, member: str) -> Codes:
        """Return where the rival stands; a rival that is a bloc does without the member."""
        if self.rival_members is None:
            row: Codes = self.positions.codes[self.positions.index(self.rival)]
            return row
        return self.rival_members.without(self.positions, member).codes(self.positions)


class MemberBetween:
    """One member of a bloc, with the positions of the bloc and the rival beside its own.

    Parameters
    ----------
    sides : Sides
    measure : Measure
        A mean over questions.
    member : str
        Its id.
    """

    def __init__(self, sides: Sides, measure: Measure, member: str) -> None:
        self.sides, self.member, self.positions = sides, member, sides.positions
        row = self.positions.index(member)
        eligible = sides.bloc.inside[row] & ~sides.rival_inside & (self.positions.weights > 0)
        line = sides.bloc.without(self.positions, member).codes(self.positions)
        self.own = own_codes(self.positions, sides.bloc.bloc) != NO_RECORD
        self.codes = np.stack([self.positions.codes[row], line, sides.rival_codes(member)])
        self.levels = (self.codes >= 0) & eligible
        self.tied = (line == CONFLICT) & ~self.own & self.levels[0] & self.levels[2]
        self.used = self.levels.all(axis=0)
        self.from_bloc, self.from_rival = self._distances(measure, 1), self._distances(measure, 2)

    def _distances(self, measure: Measure, other: int) -> Floats:
        """Return how far the member is from the bloc or the rival, shape (n_questions,); NaN where unused."""
        found = np.full(self.positions.n_questions, np.nan)
        for scale in dict.fromkeys(question.scale for question in self.positions.questions):
            kernel = measure.disagreement(scale)
            own = np.array([question.scale == scale for question in self.positions.questions], dtype=np.bool_)
            columns = np.flatnonzero(own & self.used)
            found[columns] = kernel[self.codes[0, columns], self.codes[other, columns]]
        return found

    def rows(self, slices: Iterable[tuple[str, list[int]]], level: float | None) -> Iterator[Wedge]:
        """Yield the wedge on the questions of each slice."""
        for name, columns in slices:
            yield self._row(name, columns, level)

    def _row(self, name: str, columns: list[int], level: float | None) -> Wedge:
        weights = self.positions.weights[columns]
        near, far = self.from_bloc[columns], self.from_rival[columns]
        mean, shares = Mean.of(near - far, weights, LIMITS, level), parts(near - far, weights)
        member, bloc, rival = self.levels[:, columns]
        return Wedge(
            self.member,
            self.sides.bloc.bloc,
            self.sides.rival,
            name,
            mean.value,
            mean.lower,
            mean.upper,
            mean.n,
            Mean.of(near, weights, SHARE).value,
            Mean.of(far, weights, SHARE).value,
            n_nearer=int((near > far).sum()),
            n_further=int((near < far).sum()),
            n_member_rival=int((member & rival).sum()),
            n_member_bloc=int((member & bloc).sum()),
            n_bloc_rival=int((bloc & rival).sum()),
            n_tied=int(self.tied[columns].sum()),
            why="" if mean.n else "no_common_question",
            questions=tuple(
                self._question(j, float(shares[k])) for k, j in enumerate(columns) if self.used[j]
            ),
        )

    def _question(self, j: int, contribution: float) -> WedgeQuestion:
        near, far = float(self.from_bloc[j]), float(self.from_rival[j])
        return WedgeQuestion(
            self.positions.questions[j],
            self._side(self.member, int(self.codes[0, j]), j),
            self._side(self.sides.bloc.bloc, int(self.codes[1, j]), j),
            self._side(self.sides.rival, int(self.codes[2, j]), j),
            bool(self.own[j]),
            near,
            far,
            near - far,
            contribution,
        )

    def _side(self, actor: str, code: int, j: int) -> Side:
        question = self.positions.questions[j]
        label = question.scale.levels[code] if code >= 0 else CODE_NAMES[code]
        return Side(actor, label, self.positions.origin.records.get((actor, question.id), ()))
