"""How a table of positions reads: in long form, and as a grid of questions by actors."""

from collections.abc import Sequence
from typing import Any

from stances.codes import CODE_NAMES, NO_RECORD, Codes
from stances.models import Question
from stances.origin import Origin
from stances.tables import Grid


def word(question: Question, code: int) -> str:
    """Return a code as text: the label of the level, or the word for the silence."""
    return question.scale.levels[code] if code >= 0 else CODE_NAMES[code]


def long_rows(actors: Sequence[str], questions: Sequence[Question], codes: Codes) -> dict[str, list[Any]]:
    """Return columns of one row per actor and question."""
    cells = [(i, j) for i in range(len(actors)) for j in range(len(questions))]
    return {
        "actor": [actors[i] for i, _ in cells],
        "question": [questions[j].id for _, j in cells],
        "position": [word(questions[j], int(codes[i, j])) for i, j in cells],
        "code": [int(codes[i, j]) for i, j in cells],
    }


def table_of(actors: Sequence[str], questions: Sequence[Question], codes: Codes, origin: Origin) -> Grid:
    """Return questions by actors; actors without any record are named below."""
    shown = [i for i in range(len(actors)) if (codes[i] != NO_RECORD).any()]
    rows = [
        (q.id, *("" if codes[i, j] == NO_RECORD else word(q, int(codes[i, j])) for i in shown))
        for j, q in enumerate(questions)
    ]
    parts = (origin.name, f"{len(actors)} actors x {len(questions)} questions", origin.rules)
    empty = [actor for i, actor in enumerate(actors) if i not in shown]
    notes = (f"No record of any kind: {', '.join(empty)}.",) if empty and shown else ()
    header = ("question", *(actors[i] for i in shown))
    return Grid(" · ".join(part for part in parts if part), header, tuple(rows), notes)
