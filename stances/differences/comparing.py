"""diff: what changed between two editions of the data, and which cells moved."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import fields

from stances.codes import CODE_NAMES
from stances.dataset import Dataset
from stances.differences.cells import moved_cells
from stances.differences.changes import ADDED, CHANGED, REMOVED, Change, by_id, text
from stances.differences.matching import stance_changes
from stances.differences.report import Difference
from stances.errors import FieldError
from stances.matrices import AnyMeasure, agreement_matrix, positions_of
from stances.positions import NO_RECORD, Positions

BY_ID = ("scales", "issues", "questions", "actors", "sources")
WHOLE = ("memberships", "uncoded")
HEAD = ("title", "licence", "note")


def diff(
    old: Dataset | Positions,
    new: Dataset | Positions,
    measure: AnyMeasure = "agreement",
    silence: str = "skip",
    **rules: Any,
) -> Difference:
    """Return what changed between two editions of the data, and the cells of the matrix it moved.

    A correction, the files of two coders, or two editions of a file of votes.

    Parameters
    ----------
    old, new : Dataset or Positions
        Both the same kind.
    measure, silence
        Of the matrices that are compared; see `agreement_matrix`.
    **rules
        How records become positions; see `Dataset.positions`. Only for datasets.

    Returns
    -------
    Difference
        Its `changes` are the records that were added, removed or changed; the order of records and
        the name of the dataset are no difference. Its `cells` are the pairs of actors whose value,
        support or reason moved.

    Raises
    ------
    FieldError
        If one is a Dataset and the other Positions, or something else.
    NeedsDatasetError
        If rules for records come with Positions.

    Examples
    --------
    >>> from stances import VOTE
    >>> old = Positions.from_codes([[2, 0], [2, 2]], scale=VOTE, actors=["CHN", "FRA"])
    >>> new = Positions.from_codes([[2, 1], [2, 2]], scale=VOTE, actors=["CHN", "FRA"])
    >>> found = diff(old, new)
    >>> [(change.actor, change.question, change.text) for change in found.changes]
    [('CHN', 'q2', 'position: no -> abstain')]
    >>> [(cell.first, cell.second, cell.old.value, cell.new.value) for cell in found.cells]
    [('CHN', 'FRA', 0.5, 0.75)]
    """
    old_table, new_table = (positions_of(data, rules) for data in (old, new))
    changes = tuple(_changes(old, new))
    matrices = [agreement_matrix(table, measure, silence) for table in (old_table, new_table)]
    before, after = matrices
    names = (old_table.origin.name, new_table.origin.name)
    return Difference(changes, moved_cells(before, after), before, after, *names, old_table.origin.rules)


def _changes(old: Dataset | Positions, new: Dataset | Positions) -> Iterator[Change]:
    if isinstance(old, Dataset) and isinstance(new, Dataset):
        return _dataset_changes(old, new)
    if isinstance(old, Positions) and isinstance(new, Positions):
        return _positions_changes(old, new)
    got = type(new).__name__
    raise FieldError("new", got, f"is not what old is: {type(old).__name__}", "compare like with like")


def _dataset_changes(old: Dataset, new: Dataset) -> Iterator[Change]:
    heads = [(name, text(getattr(old, name)), text(getattr(new, name))) for name in HEAD]
    told = tuple(field for field in heads if field[1] != field[2])
    if told:
        yield Change("dataset", CHANGED, new.id, told)
    for section in BY_ID:
        records = [{record.id: record for record in getattr(data, section)} for data in (old, new)]
        yield from by_id(section, *records)
    for section in WHOLE:
        before, after = getattr(old, section), getattr(new, section)
        yield from (Change(section, REMOVED, _whole(record)) for record in before if record not in after)
        yield from (Change(section, ADDED, _whole(record)) for record in after if record not in before)
    yield from stance_changes(old.stances, new.stances)


def _whole(record: Any) -> str:
    """Return a record without an id as a line."""
    return ", ".join(filter(None, (text(getattr(record, field.name)) for field in fields(type(record)))))


def _positions_changes(old: Positions, new: Positions) -> Iterator[Change]:
    """Yield the questions, the actors and the cells in which two tables differ."""
    questions = [{question.id: question for question in table.questions} for table in (old, new)]
    yield from by_id("questions", *questions)
    actors = [dict.fromkeys(table.actors) for table in (old, new)]
    yield from (Change("actors", REMOVED, actor) for actor in actors[0] if actor not in actors[1])
    yield from (Change("actors", ADDED, actor) for actor in actors[1] if actor not in actors[0])
    everyone, every = (list(old | new) for old, new in (actors, questions))
    sides = [_Spread(table, everyone, every) for table in (old, new)]
    differs = sides[0].words != sides[1].words
    matters = (sides[0].saliences != sides[1].saliences) & ~(
        np.isnan(sides[0].saliences) & np.isnan(sides[1].saliences)
    )
    for i, j in np.argwhere(differs | matters):
        yield _cell_change(everyone[i], every[j], sides[0], sides[1], (i, j))


class _Spread:
    """A table of positions over all actors and questions of both editions, as words."""

    def __init__(self, table: Positions, actors: list[str], questions: list[str]) -> None:
        shape = (len(actors), len(questions))
        self.words = np.full(shape, CODE_NAMES[NO_RECORD], dtype=object)
        self.saliences = np.full(shape, np.nan)
        rows = [actors.index(actor) for actor in table.actors]
        columns = {name: j for j, name in enumerate(questions)}
        for j, question in enumerate(table.questions):
            known = dict(enumerate(question.scale.levels)) | CODE_NAMES
            self.words[rows, columns[question.id]] = [known[code] for code in table.codes[:, j].tolist()]
            if table.saliences is not None:
                self.saliences[rows, columns[question.id]] = table.saliences[:, j]


def _cell_change(actor: str, question: str, old: _Spread, new: _Spread, at: tuple[int, int]) -> Change:
    words = [str(side.words[at]) for side in (old, new)]
    nothing = CODE_NAMES[NO_RECORD]
    kind = ADDED if words[0] == nothing else REMOVED if words[1] == nothing else CHANGED
    told = [("position", words[0], words[1])] if words[0] != words[1] else []
    saliences = [text(None if np.isnan(s.saliences[at]) else float(s.saliences[at])) for s in (old, new)]
    if saliences[0] != saliences[1]:
        told.append(("salience", saliences[0], saliences[1]))
    return Change("stances", CHANGED if words[0] == words[1] else kind, "", tuple(told), actor, question)
