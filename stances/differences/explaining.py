"""Why a cell moved: the questions that moved it, and how much each did."""

from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from stances.computing import compute
from stances.differences.cells import MovedCell
from stances.explain import compare
from stances.matrix import Matrix
from stances.models import Question
from stances.origin import Origin
from stances.positions import CODE_NAMES, NO_RECORD, Positions
from stances.printable import Printable, cell_text, rounded
from stances.tables import Grid

LINEAR = "Parts of the change: they add up to it."
OTHER = "What each question alone changes, put back to what it was: for this measure the parts do not add up."
LEFT_UNDEFINED = "One of the values is undefined: there is no difference to take apart."


@frozen
class QuestionChange:
    """One question that moved a cell.

    Attributes
    ----------
    question : str
    old, new : tuple of (str, str)
        The positions of both actors.
    contribution : float
        Its part of the change; NaN where there is no change to take apart.
    """

    question: str
    old: tuple[str, str]
    new: tuple[str, str]
    contribution: float


@frozen(repr=False, str=False)
class CellChange(Printable):
    """Why one cell moved.

    Attributes
    ----------
    cell : MovedCell
    questions : tuple of QuestionChange
        Those on which a position, the weight or the scale changed and that count, by how much.
    contributions_are : str
        What the contributions mean.
    measure : str
    origin : Origin or None
        The data after the change, for citations; None where that is not known.
    """

    cell: MovedCell
    questions: tuple[QuestionChange, ...]
    contributions_are: str
    measure: str
    origin: Origin | None = field(default=None, kw_only=True, repr=False, eq=False)

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per question that moved the cell."""
        columns: dict[str, list[Any]] = {"question": [q.question for q in self.questions]}
        for k, actor in enumerate((self.cell.first, self.cell.second)):
            columns[f"actor{k + 1}"] = [actor] * len(self.questions)
            for side in ("old", "new"):
                columns[f"{side}{k + 1}"] = [getattr(q, side)[k] for q in self.questions]
        return columns | {"contribution": [q.contribution for q in self.questions]}

    def grids(self) -> tuple[Grid, ...]:
        """Return the questions that moved the cell."""
        cell = self.cell
        title = f"{cell.first} and {cell.second} · {self.measure} · {moved_text(cell)}"
        header = ("question", cell.first, cell.second, "contribution")
        rows = tuple(
            (q.question, *(_arrow(*two) for two in zip(q.old, q.new, strict=True)), cell_text(q.contribution))
            for q in self.questions
        )
        return (Grid(title, header, rows, (self.contributions_are,)),)


def _arrow(old: str, new: str) -> str:
    old, new = old.replace("_", " "), new.replace("_", " ")
    return old if old == new else f"{old} -> {new}"


def moved_text(cell: MovedCell) -> str:
    """Return from what to what a cell moved, with both supports."""
    parts = []
    for side in (cell.old, cell.new):
        value = f"undefined ({side.why.replace('_', ' ')})" if side.why else rounded(side.value)
        parts.append(f"{value} of {side.n_shared}")
    return " -> ".join(parts)


def explain_change(cell: MovedCell, old: Matrix, new: Matrix) -> CellChange:
    """Return the questions that moved a cell.

    For a measure that is a mean over questions, with weights w, values s and their sum W in the new
    edition, a question has the part (w' (s' - v) - w (s - v)) / W', v being the old value: what did
    not change has none, and the parts add up to the change whether or not the support is the same.
    """
    pair = (cell.first, cell.second)
    tables = [_pair_table(matrix.positions, pair) for matrix in (old, new)]
    seen = [_seen(table) for table in tables]
    changed = [name for name in dict.fromkeys((*seen[0], *seen[1])) if seen[0].get(name) != seen[1].get(name)]
    if cell.change != cell.change:
        parts, meaning = dict.fromkeys(changed, float("nan")), LEFT_UNDEFINED
    elif new.measure.is_linear:
        parts, meaning = _linear_parts(tables, changed, cell, new), LINEAR
    else:
        parts, meaning = _swaps(tables, changed, cell, new), OTHER
    told = [QuestionChange(n, _words(tables[0], n), _words(tables[1], n), parts[n]) for n in changed]
    kept = [q for q in told if q.contribution != 0.0 or _levels_moved(q)]
    kept.sort(key=lambda q: -abs(q.contribution) if q.contribution == q.contribution else 0.0)
    return CellChange(cell, tuple(kept), meaning, new.measure.name, origin=new.positions.origin)


def _levels_moved(change: QuestionChange) -> bool:
    """Tell whether a question counts in one edition at least."""
    silences = set(CODE_NAMES.values())
    return any(silences.isdisjoint(side) for side in (change.old, change.new))


def _pair_table(positions: Positions, pair: tuple[str, str]) -> Positions | None:
    there = set(pair) <= set(positions.actors)
    return positions.rows(pair) if there else None


def _seen(table: Positions | None) -> dict[str, tuple[object, ...]]:
    """Return what a pair's value can hang on, by question."""
    if table is None:
        return {}
    return {q.id: (*_codes(table, j), q.scale, q.weight) for j, q in enumerate(table.questions)}


def _codes(table: Positions, j: int) -> tuple[int, int]:
    return int(table.codes[0, j]), int(table.codes[1, j])


def _words(table: Positions | None, name: str) -> tuple[str, str]:
    at = {q.id: j for j, q in enumerate(table.questions)} if table is not None else {}
    if table is None or name not in at:
        return (CODE_NAMES[NO_RECORD],) * 2
    return table.text(0, at[name]), table.text(1, at[name])


def _linear_parts(
    tables: list[Positions | None], changed: list[str], cell: MovedCell, matrix: Matrix
) -> dict[str, float]:
    weighed = [_weighed(table, cell, matrix) for table in tables]
    largest = max((weight for side in weighed for weight, _ in side.values()), default=1.0)
    total = sum(weight / largest for weight, _ in weighed[1].values())

    def lift(side: dict[str, tuple[float, float]], name: str) -> float:
        weight, value = side.get(name, (0.0, 0.0))
        return weight / largest * (value - cell.old.value)

    return {name: (lift(weighed[1], name) - lift(weighed[0], name)) / total for name in changed}


def _weighed(table: Positions | None, cell: MovedCell, matrix: Matrix) -> dict[str, tuple[float, float]]:
    """Return the weight and the value of each question that counts for a pair."""
    assert table is not None  # both values are defined
    result = compare(table, cell.first, cell.second, matrix.measure, matrix.silence.value)
    items = [item for item in (*result.shared, *result.unanswered) if item.difference == item.difference]
    values = matrix.measure.from_observed(np.array([item.difference for item in items]))
    return {
        item.question.id: (item.question.weight, float(value))
        for item, value in zip(items, values, strict=True)
    }


def _swaps(
    tables: list[Positions | None], changed: list[str], cell: MovedCell, matrix: Matrix
) -> dict[str, float]:
    """Return what each question changes: the new value minus the value with its old answers."""
    old, new = tables
    assert old is not None
    assert new is not None
    found = {}
    for name in changed:
        back = _with_old(new, old, name)
        value = compute(back, "agreement", matrix.measure, matrix.silence).values[0, 1]
        found[name] = cell.new.value - float(value)
    return found


def _with_old(new: Positions, old: Positions, name: str) -> Positions:
    """Return the new table with one question as it was, or without it where it was not there."""
    columns: list[tuple[Question, NDArray[np.int8]]] = [
        (q, new.codes[:, j]) for j, q in enumerate(new.questions) if q.id != name
    ]
    columns += [(q, old.codes[:, j]) for j, q in enumerate(old.questions) if q.id == name]
    codes = np.stack([codes for _, codes in columns], axis=1) if columns else np.zeros((2, 0), dtype=np.int8)
    return Positions(new.actors, [q for q, _ in columns], codes, new.origin)
