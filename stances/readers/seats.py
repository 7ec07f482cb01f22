"""Seats of the United Nations by date: who was a member, and for whom "Yugoslavia" stands."""

from collections.abc import Iterable, Sequence
from datetime import date as Day
from functools import cache

import numpy as np

from stances.codes import ABSENT, NO_RECORD, NOT_ELIGIBLE
from stances.models import Question
from stances.readers.cells import Axis
from stances.readers.symbols import whole
from stances.registry import actors as states
from stances.registry import cow
from stances.registry import members as members_of

YUGOSLAVIA = "YUG"
_SUCCESSORS = (("SCG", Day(2003, 2, 4)), ("SRB", Day(2006, 6, 3)))


def dated_yugoslavia(actors: Axis, questions: Axis, records: Sequence[Question]) -> Axis:
    """Return the actors with rows of Yugoslavia given to the state that held its seat on the day.

    Erik Voeten's files call it Yugoslavia throughout: from 4 February 2003 that is Serbia and
    Montenegro (``SCG``), from 3 June 2006 Serbia (``SRB``).
    """
    if YUGOSLAVIA not in actors.names:
        return actors
    names, numbers = list(actors.names), actors.numbers.astype(np.int64)
    own = numbers == names.index(YUGOSLAVIA)
    days = [question.date.last.toordinal() if question.date else 0 for question in records]
    ordinals = np.array([*days, 0], dtype=np.int64)
    for name, since in _SUCCESSORS:
        names += [] if name in names else [name]
        numbers[own & (ordinals[questions.numbers] >= since.toordinal())] = names.index(name)
    return _used(names, numbers)


def _used(names: Sequence[str], numbers: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Axis:
    """Return an axis without the names that no row has."""
    there = np.unique(numbers[numbers >= 0])
    table = np.full(len(names) + 1, -1, dtype=np.int64)
    table[there] = np.arange(len(there))
    return Axis(tuple(names[k] for k in there), table[numbers])


def empty_seats(
    actors: Sequence[str], questions: Iterable[Question]
) -> "np.ndarray[tuple[int, int], np.dtype[np.int8]]":
    """Return what it means that there is no row, shape (n_actors, n_questions).

    A member of the day was absent; a state that was none was not eligible. Of an actor that the
    registry does not know, and of an undated question, there is no record.
    """
    known = {actor.id for actor in states()}
    columns: dict[Day | None, list[int]] = {None: [NO_RECORD] * len(actors)}
    rows = []
    for question in questions:
        day = question.date.last if question.date is not None else None
        if day not in columns:
            members = set(members_of("UN", day))
            columns[day] = [_code(actor, members, known) for actor in actors]
        rows.append(columns[day])
    return np.array(rows, dtype=np.int8).reshape(len(rows), len(actors)).T


def _code(actor: str, members: set[str], known: set[str]) -> int:
    if actor not in known:
        return NO_RECORD
    return ABSENT if actor in members else NOT_ELIGIBLE


@cache
def _cow_codes() -> dict[str, str]:
    """Return ids by Correlates of War code; 345 is Yugoslavia, 260 and 255 Germany."""
    found: dict[str, str] = {}
    for year in (None, 1950, 1989):
        for actor in states():
            code = cow(actor.id, year)
            if code is not None:
                found.setdefault(str(code), actor.id)
    return found | {str(cow(YUGOSLAVIA)): YUGOSLAVIA}


def from_cow(text: str) -> str:
    """Return the id of the state with a Correlates of War code, or the text as it stands.

    Examples
    --------
    >>> from_cow("565"), from_cow("260"), from_cow("345.0"), from_cow("none")
    ('NAM', 'DEU', 'YUG', 'none')
    """
    return _cow_codes().get(whole(text), text)
