"""Which issue, year or session a question belongs to."""

from collections.abc import Iterator

from stances.errors import ChoiceError
from stances.models import Question
from stances.positions import Positions

SLICES = ("issue", "year", "session")


def names_of(question: Question, by: str) -> tuple[str, ...]:
    """Return the issues, the year or the session of a question; nothing where it has none.

    Raises
    ------
    ChoiceError
        If `by` is none of ``issue``, ``year``, ``session``.
    """
    if by not in SLICES:
        raise ChoiceError("by", by, SLICES)
    if by == "issue":
        return question.issues
    if by == "year":
        return (str(question.date.first.year),) if question.date else ()
    return (question.session,) if question.session else ()


def slices_of(positions: Positions, by: str) -> Iterator[tuple[str, Positions]]:
    """Yield the name and the positions of each slice: issues as they come, years and sessions sorted.

    A question with several issues stands in each of theirs, one without any in none.
    """
    columns: dict[str, list[int]] = {}
    for j, question in enumerate(positions.questions):
        for name in names_of(question, by):
            columns.setdefault(name, []).append(j)
    for name in columns if by == "issue" else sorted(columns):
        yield name, positions.take(columns[name])
