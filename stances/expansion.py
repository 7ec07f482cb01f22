"""Actors by name, and blocs by their members on the day of each question."""

from collections.abc import Iterable

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from stances.errors import UnknownActorError
from stances.positions import NOT_ELIGIBLE, Positions
from stances.registry import Blocs, resolve
from stances.registry import blocs as shipped_blocs

SIGN = "@"


def select_actors(positions: Positions, names: str | Iterable[str], blocs: Blocs | None = None) -> Positions:
    """Return the positions of some actors, and of the members of blocs.

    Parameters
    ----------
    positions : Positions
    names : str or iterable of str
        Ids, or names that the registry knows; ``@EU`` stands for the members of a bloc.
    blocs : Blocs, optional
        Yours and the shipped ones, as ``registry.blocs() | own``; the shipped ones by default.

    Returns
    -------
    Positions
        In the order asked for. An actor who comes by a bloc alone is `NOT_ELIGIBLE` on questions of
        days on which it was no member; who never was one, and who is not in the table, is left out.
        For undated questions those count whose membership has no end.

    Raises
    ------
    UnknownActorError, UnknownBlocError
        If a name is neither in the table nor that of a bloc.

    Examples
    --------
    >>> from stances import VOTE, Question
    >>> questions = [Question(f"r{year}", "?", VOTE, date=str(year)) for year in (2019, 2021)]
    >>> votes = Positions.from_codes(
    ...     [[2, 2], [0, 2], [1, 1]], scale=VOTE, actors=["CHN", "GBR", "FRA"], questions=questions
    ... )
    >>> chosen = select_actors(votes, ["@EU", "China"])
    >>> chosen.actors, chosen.codes.tolist()
    (('FRA', 'GBR', 'CHN'), [[1, 1], [0, -4], [2, 2]])
    """
    known = shipped_blocs() if blocs is None else blocs
    wanted = [names] if isinstance(names, str) else list(names)
    direct = {_actor(positions, name) for name in wanted if not name.startswith(SIGN)}
    masks: dict[str, NDArray[np.bool_]] = {}
    for name in wanted:
        if not name.startswith(SIGN):
            masks.setdefault(_actor(positions, name), np.ones(positions.n_questions, dtype=np.bool_))
            continue
        for actor, mask in _members(positions, known, name.removeprefix(SIGN)).items():
            masks[actor] = masks.get(actor, np.zeros_like(mask)) | mask
    chosen = positions.rows(masks)
    inside = np.array([mask | (actor in direct) for actor, mask in masks.items()]).reshape(chosen.codes.shape)
    chosen = evolve(chosen, codes=np.where(inside, chosen.codes, NOT_ELIGIBLE))
    named = [name.removeprefix(SIGN) for name in wanted if name.startswith(SIGN)]
    return chosen.ruled(f"members of {', '.join(named)} on the day") if named else chosen


def _actor(positions: Positions, name: str) -> str:
    """Return the id in the table that a name stands for."""
    if name in positions.actors:
        return name
    (known,), unknown = resolve([name])
    if unknown or known not in positions.actors:
        raise UnknownActorError(name, positions.actors)
    return known


def _members(positions: Positions, blocs: Blocs, bloc: str) -> dict[str, NDArray[np.bool_]]:
    """Return the members of a bloc in the table, each with the questions on whose day it was one."""
    days = [question.date.last if question.date else None for question in positions.questions]
    on = {day: set(blocs.members(bloc, day)) for day in set(days)}
    if not on:
        blocs.bloc(bloc)  # raises for an unknown one
    candidates = sorted(set().union(*on.values()) & set(positions.actors))
    return {actor: np.array([actor in on[day] for day in days], dtype=np.bool_) for actor in candidates}
