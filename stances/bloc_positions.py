"""A bloc as an actor: its own recorded stance, or the one that its members' stances make.

Where the bloc has no record of its own on a question, its position is the median level of its
members on the day on an ordered scale, and their most frequent level on an unordered one. Members
without a level do not count.
"""

from typing import Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from stances.dataset import Dataset
from stances.errors import UnknownBlocError
from stances.models import Actor
from stances.positions import CONFLICT, NO_RECORD, NOT_ELIGIBLE, Codes, Positions
from stances.registry import Blocs
from stances.registry import blocs as shipped_blocs

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


def blocs_for(data: Dataset | Positions) -> Blocs:
    """Return the blocs that data are read with: the shipped ones, and those of a dataset's own.

    A dataset decides which of its own actors belong to a bloc that it names. Members that it has
    not among its actors are taken from the shipped bloc of this id, so that it is known how many
    are missing.

    Examples
    --------
    >>> import stances
    >>> blocs = blocs_for(stances.load("paris-beijing-2025"))
    >>> len(blocs.members("EU")), "FRA" in blocs.members("EU")
    (27, True)
    """
    shipped = shipped_blocs()
    if not isinstance(data, Dataset) or not data.memberships:
        return shipped
    known = {actor.id: actor for actor in data.actors}
    named = tuple(dict.fromkeys(record.bloc for record in data.memberships))
    others = [
        record
        for bloc in named
        if bloc in shipped.ids
        for record in shipped.memberships(bloc)
        if record.actor not in known
    ]
    own = tuple(known.get(bloc, Actor(bloc, kind="bloc")) for bloc in named)
    return shipped | Blocs(own, (*data.memberships, *others))


@frozen(eq=False)
class Members:
    """Who of a table belonged to a bloc on the day of each question, and where they stood.

    Attributes
    ----------
    bloc : str
        Its id.
    inside : ndarray of bool, shape (n_actors, n_questions)
        Who of the table was a member.
    n_members : ndarray of int, shape (n_questions,)
        Members on the day, whether in the table or not.
    counts : ndarray of int, shape (n_questions, n_levels)
        Members at each level, padded with zeros to the longest scale.
    """

    bloc: str
    inside: Mask
    n_members: Counts
    counts: Counts

    @property
    def n_level(self) -> Counts:
        """Number of members with a level, shape (n_questions,)."""
        n: Counts = self.counts.sum(axis=1)
        return n

    @classmethod
    def of(cls, positions: Positions, bloc: str, blocs: Blocs) -> "Members":
        """Return the members of a bloc among the actors of a table.

        Parameters
        ----------
        positions : Positions
        bloc : str
            Its id, name or alias, or an actor of the table, which then has no members.
        blocs : Blocs

        Raises
        ------
        UnknownBlocError
            If it is neither a bloc nor an actor of the table.
        """
        name = bloc_id(positions, bloc, blocs)
        days = [question.date.last if question.date else None for question in positions.questions]
        on = {day: set(blocs.members(name, day)) for day in set(days) if name in blocs.ids}
        of_day = [on.get(day, set()) for day in days]
        inside = np.array([[actor in who for who in of_day] for actor in positions.actors], dtype=np.bool_)
        inside = inside.reshape(positions.codes.shape)
        n_members = np.array([len(who) for who in of_day], dtype=np.int64)
        return cls(name, inside, n_members, level_counts(positions, inside))

    def without(self, positions: Positions, actor: str) -> "Members":
        """Return the other members, as if an actor of the table had never been one."""
        row = positions.index(actor)
        only = np.zeros_like(self.inside)
        only[row] = self.inside[row]
        n_members = self.n_members - self.inside[row]
        return evolve(
            self,
            inside=self.inside & ~only,
            n_members=n_members,
            counts=self.counts - level_counts(positions, only),
        )

    def derived(self, positions: Positions) -> Codes:
        """Return the code that the members' levels make on each question, shape (n_questions,).

        A level; `CONFLICT` for a tie (two middle levels that differ, or two most frequent ones),
        `NO_RECORD` where no member has a level, `NOT_ELIGIBLE` where there is no member.
        """
        counts, n = self.counts, self.n_level[:, None]
        cumulated = counts.cumsum(axis=1)
        lower, upper = (cumulated < (n + 1) // 2).sum(axis=1), (cumulated <= n // 2).sum(axis=1)
        median = np.where(lower == upper, lower, CONFLICT)
        first, last = counts.argmax(axis=1), counts.shape[1] - 1 - counts[:, ::-1].argmax(axis=1)
        mode = np.where(first == last, first, CONFLICT)
        ordered = np.array([question.scale.ordered for question in positions.questions], dtype=np.bool_)
        found = np.where(self.n_level > 0, np.where(ordered, median, mode), NO_RECORD)
        made: Codes = np.where(self.n_members > 0, found, NOT_ELIGIBLE).astype(np.int8)
        return made

    def codes(self, positions: Positions) -> Codes:
        """Return the bloc's code on each question: its own record, else what its members make."""
        own = own_codes(positions, self.bloc)
        stands: Codes = np.where(own == NO_RECORD, self.derived(positions), own)
        return stands


def bloc_id(positions: Positions, bloc: str, blocs: Blocs) -> str:
    """Return the id of a bloc of this id, name or alias, or of an actor of the table."""
    if bloc in blocs:
        return blocs.bloc(bloc)
    if bloc in positions.actors:
        return bloc
    raise UnknownBlocError(bloc, blocs.ids)


def level_counts(positions: Positions, inside: Mask) -> Counts:
    """Return how many of some actors are at each level of each question, shape (n_questions, n_levels)."""
    highest = max((question.scale.n_levels for question in positions.questions), default=1)
    counts = [((positions.codes == k) & inside).sum(axis=0) for k in range(highest)]
    return np.stack(counts, axis=1).astype(np.int64)


def own_codes(positions: Positions, bloc: str) -> Codes:
    """Return what the table itself records of a bloc, shape (n_questions,); `NO_RECORD` for nothing."""
    if bloc in positions.actors:
        row: Codes = positions.codes[positions.index(bloc)]
        return row
    return np.full(positions.n_questions, NO_RECORD, dtype=np.int8)


def with_bloc(
    positions: Positions, bloc: str, *, blocs: Blocs | None = None, leave_out: str | None = None
) -> Positions:
    """Return the positions with a row for a bloc: its own recorded stance, or that of its members.

    Parameters
    ----------
    positions : Positions
    bloc : str
        Its id, name or alias. A row that it has already is completed, and nothing recorded in it
        is changed, whether a level or a silence.
    blocs : Blocs, optional
        Who belonged to which; the shipped ones by default. `blocs_for` gives those of a dataset.
    leave_out : str, optional
        A member that does not count among the others. A stance of the bloc's own stays.

    Returns
    -------
    Positions
        The bloc comes last where it had no row. Where its members make no level it is `CONFLICT` for
        a tie, `NO_RECORD` where none has a level, and `NOT_ELIGIBLE` where it had no member.

    Raises
    ------
    UnknownBlocError
        If there is no such bloc.
    UnknownActorError
        If the member to leave out is not in the table.

    Examples
    --------
    >>> from stances import VOTE
    >>> votes = Positions.from_codes(
    ...     [[2, 2, 0], [2, 0, 0], [1, -3, 0]], scale=VOTE, actors=["AUT", "DEU", "HUN"]
    ... )
    >>> with_bloc(votes, "EU").codes[-1].tolist()
    [2, -5, 0]
    >>> with_bloc(votes, "EU", leave_out="DEU").codes[-1].tolist()
    [-5, 2, 0]
    """
    members = Members.of(positions, bloc, shipped_blocs() if blocs is None else blocs)
    if leave_out is not None:
        members = members.without(positions, leave_out)
    rule = f"{members.bloc} by its members on the day unless on record"
    rule += f", without {leave_out}" if leave_out else ""
    return _with_row(positions, members.bloc, members.codes(positions)).ruled(rule)


def _with_row(positions: Positions, bloc: str, row: Codes) -> Positions:
    codes = positions.codes.copy()
    if bloc in positions.actors:
        codes[positions.index(bloc)] = row
        return evolve(positions, codes=codes)
    saliences: Any = positions.saliences
    if saliences is not None:
        saliences = np.vstack([saliences, np.full(positions.n_questions, np.nan)])
    return evolve(
        positions,
        actors=(*positions.actors, bloc),
        codes=np.vstack([codes, row]),
        saliences=saliences,
    )
