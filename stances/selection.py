"""Which questions of a table a selection keeps."""

from collections.abc import Iterable, Sequence
from datetime import date as Day
from typing import Any

import numpy as np
from attrs import define
from numpy.typing import NDArray

from stances import validators as check
from stances.dates import PartialDate, When
from stances.errors import UnknownIdError
from stances.models import Question


@define
class Selection:
    """Which questions a call of `select` keeps."""

    questions: Sequence[Question]
    keep: NDArray[np.bool_]

    @classmethod
    def of(cls, questions: Sequence[Question]) -> "Selection":
        """Return a selection that keeps everything."""
        return cls(questions, np.ones(len(questions), dtype=np.bool_))

    def among(self, ids: str | Iterable[str] | None, own: Any, error: type[UnknownIdError]) -> None:
        """Keep the questions of which one of the attributes `own(question)` is among `ids`."""
        if ids is None:
            return
        wanted = several(ids)
        known = {name for question in self.questions for name in own(question)}
        for name in wanted:
            if name not in known:
                raise error(name, tuple(sorted(known)))
        self.keep &= np.array([not wanted.isdisjoint(own(q)) for q in self.questions], dtype=np.bool_)

    def dated(self, since: str | Day | When | None, until: str | Day | When | None) -> None:
        """Keep the questions that were surely put in a period; the undated never surely were."""
        if since is None and until is None:
            return
        first = _when("since", since).first if since is not None else None
        last = _when("until", until).last if until is not None else None
        inside = [
            q.date is not None
            and (first is None or first <= q.date.first)
            and (last is None or q.date.last <= last)
            for q in self.questions
        ]
        self.keep &= np.array(inside, dtype=np.bool_)


def _when(name: str, value: object) -> When:
    """Return a date in any form: text, a partial date, a day, or a year."""
    if isinstance(value, Day):
        return PartialDate(value.year, value.month, value.day)
    return check.when(name, str(value) if isinstance(value, int) and not isinstance(value, bool) else value)


def subject_of(
    issues: str | Iterable[str] | None,
    sessions: str | Iterable[str] | None,
    since: str | Day | When | None,
    until: str | Day | When | None,
) -> list[str]:
    """Return in words, for captions, what a selection was cut down to."""
    words = [", ".join(sorted(several(issues)))] if issues is not None else []
    words += [f"session {', '.join(sorted(several(sessions)))}"] if sessions is not None else []
    words += [f"since {since}"] if since is not None else []
    return words + ([f"until {until}"] if until is not None else [])


def once(ids: str | Iterable[str] | None) -> set[str] | None:
    """Return ids that are read again and again, of an iterable that may not be; None stays None."""
    return None if ids is None else several(ids)


def several(ids: str | Iterable[str]) -> set[str]:
    """Return one id, or several, as a set."""
    return {ids} if isinstance(ids, str) else set(ids)
