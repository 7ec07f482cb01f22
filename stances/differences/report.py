"""What changed, as tables: the codebook, the stances, and the cells that moved."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from stances.captions import THIN
from stances.differences.cells import MovedCell
from stances.differences.changes import ADDED, CHANGED, KINDS, REMOVED, Change
from stances.differences.explaining import CellChange, explain_change
from stances.errors import FieldError, UnknownActorError
from stances.matrix import Cell, Matrix
from stances.origin import Origin
from stances.printable import Printable, rounded
from stances.tables import Grid

SHOWN = 20
EXPLAINED = 3


@frozen(repr=False, str=False)
class Difference(Printable):
    """What changed between two editions, and the cells of the matrix that it moved.

    Attributes
    ----------
    changes : tuple of Change
        The codebook first, then the stances.
    cells : tuple of MovedCell
        Pairs that became defined or undefined, then by how much the value moved, then those whose
        support alone did; last those of actors whom only one edition has.
    old, new : Matrix
        The matrices that were compared.
    old_name, new_name, rules : str
    """

    changes: tuple[Change, ...]
    cells: tuple[MovedCell, ...]
    old: Matrix
    new: Matrix
    old_name: str
    new_name: str
    rules: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs: no record, and so no cell."""
        return not self.changes and not self.cells

    def explain(self, first: str, second: str) -> CellChange:
        """Return the questions that moved the cell of two actors.

        For a measure that is a mean over questions their parts add up to the change.

        Raises
        ------
        UnknownActorError, FieldError
            If there is no such pair, or its cell did not move.
        """
        known = tuple(dict.fromkeys((*self.old.actors, *self.new.actors)))
        for actor in (first, second):
            if actor not in known:
                raise UnknownActorError(actor, known)
        for cell in self.cells:
            if {cell.first, cell.second} == {first, second}:
                return explain_change(cell, self.old, self.new)
        raise FieldError("cell", f"{first}, {second}", "did not move")

    def made_of(self) -> tuple[Origin, ...]:
        """Return both editions."""
        return self.old.made_of() + self.new.made_of()

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per field that changed and per part of a cell that moved."""
        rows = [row for change in self.changes for row in _change_rows(change)]
        rows += [row for cell in self.cells for row in _cell_rows(cell)]
        names = ("section", "change", "record", "actor", "question", "field", "old", "new")
        return {name: [row[k] for row in rows] for k, name in enumerate(names)}

    def document(self) -> dict[str, Any]:
        """Return all parts: the changes and the cells that moved, in full."""
        cells = [
            {"first": c.first, "second": c.second, "kind": c.kind, "change": c.change}
            | {side: _cell_document(getattr(c, side)) for side in ("old", "new")}
            for c in self.cells
        ]
        return {
            "old": self.old_name,
            "new": self.new_name,
            "measure": self.new.measure.name,
            "silence": self.new.silence.value,
            "rules": self.rules,
            "changes": [_change_document(change) for change in self.changes],
            "cells": cells,
        }

    def grids(self) -> tuple[Grid, ...]:
        """Return what changed in the codebook and in the stances, and which cells moved."""
        title = f"What changed from {self.old_name} to {self.new_name}"
        if self.is_empty:
            return (Grid(title, ("",), (), ("No difference.",)),)
        head = Grid(title, ("", *KINDS), tuple(self._counts()), tuple(self._notes()))
        stances = [change for change in self.changes if change.section == "stances"]
        codebook = [change for change in self.changes if change.section != "stances"]
        grids = [head, _codebook_grid(codebook), _stances_grid(stances, codebook), self._cells_grid()]
        grids += [grid for cell in self._solid()[:EXPLAINED] for grid in self._explained(cell)]
        return tuple(grid for grid in grids if grid.rows or grid.notes)

    def _solid(self) -> list[MovedCell]:
        return [cell for cell in self.cells if cell.kind == "value"]

    def _explained(self, cell: MovedCell) -> tuple[Grid, ...]:
        return explain_change(cell, self.old, self.new).grids()

    def _counts(self) -> Iterator[tuple[str, ...]]:
        found = Counter((change.section, change.kind) for change in self.changes)
        for section in dict.fromkeys(change.section for change in self.changes):
            yield (section, *(str(found[section, kind]) for kind in KINDS))

    def _notes(self) -> Iterator[str]:
        n = len(self.cells)
        actors = len(set(self.old.actors) | set(self.new.actors))
        of = f"{n} of {actors * (actors - 1) // 2} cells moved"
        yield f"By {self.new.measure.name}, {of}{'.' if n else ': no value, support or reason is another.'}"
        if not self.changes:
            yield "The records are the same."

    def _cells_grid(self) -> Grid:
        header = ("actor", "actor", "from", "to", "change", "what moved")
        rows = tuple(map(_cell_row, self.cells[:SHOWN]))
        notes = [_more(len(self.cells))] if len(self.cells) > SHOWN else []
        if any(_is_thin(cell) for cell in self.cells[:SHOWN]):
            notes.append(f"(...)  fewer than {THIN} shared questions: a list to read, not a score.")
        if self.cells:
            notes.append(f"Next: stances diff OLD NEW --cell {self.cells[0].first} {self.cells[0].second}")
        parts = ("Cells that moved", self.new.measure.name, self.rules)
        return Grid(" · ".join(filter(None, parts)), header, rows, tuple(notes))

    def __repr__(self) -> str:
        return f"<Difference: {len(self.changes)} changes, {len(self.cells)} cells moved>"


def _more(n: int) -> str:
    return f"{n - SHOWN} more: --format csv or json."


def _codebook_grid(changes: list[Change]) -> Grid:
    rows = tuple((c.section, c.record, c.kind, c.text or "-") for c in changes[:SHOWN])
    notes = (_more(len(changes)),) if len(changes) > SHOWN else ()
    return Grid("The codebook", ("section", "record", "change", "what"), rows, notes)


def _stances_grid(changes: list[Change], codebook: list[Change]) -> Grid:
    """Return what changed first; what came or went with a whole question or actor is counted below."""
    whole = {(c.section, c.record) for c in codebook if c.kind != CHANGED}
    alone = [c for c in changes if not {("questions", c.question), ("actors", c.actor)} & whole]
    alone.sort(key=lambda change: (CHANGED, REMOVED, ADDED).index(change.kind))
    rows = tuple((c.actor, c.question, c.kind, c.text or "-", c.record or "-") for c in alone[:SHOWN])
    notes = [_more(len(alone))] if len(alone) > SHOWN else []
    if len(alone) < len(changes):
        rest = len(changes) - len(alone)
        notes.append(f"{rest} came or went with a whole question or actor: --format csv or json.")
    return Grid("The stances", ("actor", "question", "change", "what", "record"), rows, tuple(notes))


def _is_thin(cell: MovedCell) -> bool:
    return any(not side.why and side.n_shared < THIN for side in (cell.old, cell.new))


def _cell_row(cell: MovedCell) -> tuple[str, ...]:
    change = "-"
    if cell.change == cell.change:
        change = f"{'+' if cell.change > 0 else ''}{rounded(cell.change)}"
        change = f"({change})" if _is_thin(cell) else change
    return (cell.first, cell.second, _side(cell.old), _side(cell.new), change, cell.kind)


def _side(cell: Cell) -> str:
    if cell.why:
        return cell.why.replace("_", " ")
    value, n = rounded(cell.value), cell.n_shared
    used = f", {cell.n_used} used" if cell.n_used != n else ""
    return f"({value}) of {n}{used}" if n < THIN else f"{value} of {n}{used}"


def _change_rows(change: Change) -> list[tuple[str, ...]]:
    about = (change.section, change.kind, change.record, change.actor, change.question)
    return [(*about, *told) for told in change.fields or (("", "", ""),)]


def _cell_rows(cell: MovedCell) -> list[tuple[Any, ...]]:
    about = ("cells", cell.kind, f"{cell.first} {cell.second}", "", "")
    names = ("value", "n_shared", "n_used", "why")
    return [
        (*about, name, getattr(cell.old, name), getattr(cell.new, name))
        for name in names
        if not _same(getattr(cell.old, name), getattr(cell.new, name))
    ]


def _same(old: Any, new: Any) -> bool:
    return bool(old == new) or (old != old and new != new)


def _cell_document(cell: Cell) -> dict[str, Any]:
    return {name: getattr(cell, name) for name in ("value", "n_shared", "n_used", "why")}


def _change_document(change: Change) -> dict[str, Any]:
    names = ("section", "kind", "record", "actor", "question")
    told = [dict(zip(("field", "old", "new"), field, strict=True)) for field in change.fields]
    return {name: getattr(change, name) for name in names} | {"fields": told}
