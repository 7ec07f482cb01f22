"""Which questions make a row: all, or those of an issue, a year, a session, or one alone."""

from collections.abc import Iterator

from stances.errors import ChoiceError
from stances.positions import Positions
from stances.slices import SLICES, names_of


def columns_by(positions: Positions, by: str | None) -> Iterator[tuple[str, list[int]]]:
    """Yield the name and the columns of each slice; "" and all of them for None.

    Issues and questions come in the order of the questions, years and sessions sorted. A question
    with several issues stands in each of theirs, one without any in none.

    Raises
    ------
    ChoiceError
        If there are no such slices.
    """
    if by not in (None, "question", *SLICES):
        raise ChoiceError("by", by, ("question", *SLICES))
    columns: dict[str, list[int]] = {} if by else {"": list(range(positions.n_questions))}
    for j, question in enumerate(positions.questions if by else ()):
        for name in (question.id,) if by == "question" else names_of(question, str(by)):
            columns.setdefault(name, []).append(j)
    for name in sorted(columns) if by in ("year", "session") else columns:
        yield name, columns[name]
