"""Parties' answers to the Wahl-O-Mat, in the layout of the repository ``qual-o-mat-data``."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from attrs import evolve, frozen

from stances import validators as check
from stances.codes import NO_RECORD
from stances.errors import (
    ChoiceError,
    DuplicateIdError,
    Fault,
    FieldError,
    FormatError,
    MissingFieldError,
    Place,
    RowsDifferError,
    StancesError,
    UnknownIdError,
)
from stances.files.assemble import id_from
from stances.files.file_in import file_content
from stances.files.json_file import parse_json
from stances.models import Question
from stances.positions import Origin, Positions
from stances.readers.cells import settle
from stances.readers.factors import refusal
from stances.readers.published import QUAL_O_MAT
from stances.scales import Scale

WAHLOMAT = Scale("wahl-o-mat", ("disagree", "neutral", "agree"))
_MESSAGES = {"stimme nicht zu": 0, "neutral": 1, "stimme zu": 2}
_KEYS: dict[str, dict[str, type]] = {
    "party": {"id": int, "name": str},
    "statement": {"id": int, "text": str},
    "answer": {"id": int, "message": str},
    "opinion": {"party": int, "statement": int, "answer": int},
}
RULES = "no answer counts as no record"


def read_wahlomat(folder: str | Path) -> Positions:
    """Read the parties' answers of one election.

    Download: https://github.com/gockelhahn/qual-o-mat-data, a folder such as ``data/2021/deutschland``.

    Parameters
    ----------
    folder : str or Path
        Holds ``party.json``, ``statement.json``, ``answer.json``, ``opinion.json`` and, if there is
        one, ``overview.json``.

    Returns
    -------
    Positions
        On the scale disagree < neutral < agree, by what ``answer.json`` says in words: its ids are not
        in the order of the scale. Actors are the parties by their short names as printed, in the order
        of the file. Questions are the statements ``s1``, ``s2``, ... in the order of the file, dated by
        the election; a category becomes an issue.

    Raises
    ------
    DatasetError
        With every fault of the files.

    Notes
    -----
    Lost are the parties' long names, the labels of the statements, and the reasons that parties give.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> files = {
    ...     "party": '[{"id": 0, "name": "GRÜNE"}, {"id": 1, "name": "FDP"}]',
    ...     "statement": '[{"id": 0, "text": "There should be a speed limit."}]',
    ...     "answer": '[{"id": 0, "message": "Stimme zu"}, {"id": 1, "message": "Stimme nicht zu"}]',
    ...     "opinion": '[{"party": 0, "statement": 0, "answer": 0}]',
    ... }
    >>> with TemporaryDirectory() as folder:
    ...     for name, text in files.items():
    ...         _ = Path(folder, f"{name}.json").write_text(text, encoding="utf-8")
    ...     read_wahlomat(folder).codes.tolist()
    [[2], [-1]]
    """
    path = Path(folder)
    faults: list[Fault] = []
    tables = {name: _records(path, name, keys, faults) for name, keys in _KEYS.items()}
    about = _overview(path)
    settle(faults)
    levels = _levels(tables["answer"], faults)
    parties = _by_id(tables["party"], faults)
    statements = _by_id(tables["statement"], faults)
    questions = _questions(list(statements.values()), about, faults)
    codes = _codes(tables["opinion"], list(parties), list(statements), levels, faults)
    settle(faults)
    names = [str(row.cells["name"]) for row in parties.values()]
    return Positions(
        names,
        questions,
        codes,
        Origin(id_from(str(about.get("slug") or path.name)), RULES, sources=(QUAL_O_MAT,)),
    )


@frozen
class _Row:
    """An object of a file's list."""

    place: Place
    cells: Mapping[str, Any]


def _content(folder: Path, name: str) -> object:
    file = folder / f"{name}.json"
    if not file.exists():
        raise refusal(folder.name, FormatError(f"there is no {file.name} in the folder"))
    try:
        return parse_json(file_content(file))
    except StancesError as error:
        raise refusal(file.name, error) from None


def _overview(folder: Path) -> Mapping[str, Any]:
    content = _content(folder, "overview") if (folder / "overview.json").exists() else {}
    if not isinstance(content, dict):
        raise refusal("overview.json", FieldError("overview", content, "is not an object"))
    try:
        day = check.date("date", content["date"]) if content.get("date") else None
    except StancesError as error:
        raise refusal("overview.json", error) from None
    return {**content, "date": day}


def _records(folder: Path, name: str, keys: Mapping[str, type], faults: list[Fault]) -> list[_Row]:
    """Return the objects of a file's list that have the keys they need."""
    content = _content(folder, name)
    if not isinstance(content, list):
        raise refusal(f"{name}.json", FieldError(name, content, "is not a list"))
    rows = []
    for k, item in enumerate(content):
        row = _Row(Place(f"{name}.json", record=f"[{k}]"), item if isinstance(item, dict) else {})
        wrong = [error for key, kind in keys.items() if (error := _wrong(row.cells, key, kind)) is not None]
        faults += [Fault(error, (row.place,)) for error in wrong]
        rows += [] if wrong else [row]
    return rows


def _wrong(cells: Mapping[str, Any], key: str, kind: type) -> StancesError | None:
    if key not in cells:
        return MissingFieldError(key)
    if type(cells[key]) is not kind:
        return FieldError(key, cells[key], "is not text" if kind is str else "is not a whole number")
    if cells[key] == "":
        return FieldError(key, cells[key], "is empty")
    return _unnameable(cells[key]) if key == "name" else None


def _unnameable(text: str) -> StancesError | None:
    """Return why a text is no name that can be printed; None where it is one."""
    try:
        check.name("name", text)
    except StancesError as error:
        return error
    return None


def _by_id(rows: Sequence[_Row], faults: list[Fault]) -> dict[int, _Row]:
    """Return rows by their id; ids and names of one file are all different."""
    found: dict[int, _Row] = {}
    for key in ("id", "name"):
        first: dict[object, _Row] = {}
        for row in rows:
            value = row.cells.get(key, id(row))
            if first.setdefault(value, row) is not row:
                error = DuplicateIdError(key, str(value))
                faults.append(Fault(error, (first[value].place, row.place)))
            elif key == "id":
                found[value] = row
    return found


def _levels(rows: Sequence[_Row], faults: list[Fault]) -> dict[int, int]:
    """Return the level of each answer id, by its words."""
    found: dict[int, int] = {}
    for key, row in _by_id(rows, faults).items():
        words = row.cells["message"].strip().casefold()
        if words in _MESSAGES:
            found[key] = _MESSAGES[words]
        else:
            known = ("Stimme zu", "Neutral", "Stimme nicht zu")
            faults.append(Fault(ChoiceError("message", row.cells["message"], known), (row.place,)))
    return found


def _questions(rows: Sequence[_Row], about: Mapping[str, Any], faults: list[Fault]) -> list[Question]:
    questions = []
    for k, row in enumerate(rows, start=1):
        category = row.cells.get("category")
        issues = (id_from(str(category)).strip("-") or "category",) if category else ()
        fact = {"issues": issues, "date": about["date"], "url": about.get("data_source")}
        try:
            questions.append(Question(f"s{k}", row.cells["text"], WAHLOMAT, **fact))
        except StancesError as error:
            faults.append(Fault(error, (row.place,)))
    return questions


def _codes(
    rows: Sequence[_Row],
    parties: Sequence[int],
    statements: Sequence[int],
    levels: Mapping[int, int],
    faults: list[Fault],
) -> "np.ndarray[Any, np.dtype[np.int8]]":
    codes = np.full((len(parties), len(statements)), NO_RECORD, dtype=np.int8)
    axes = {"party": parties, "statement": statements, "answer": tuple(levels)}
    seen: dict[tuple[int, int], _Row] = {}
    for row in rows:
        unknown = [name for name, known in axes.items() if row.cells[name] not in known]
        faults += [_unknown(row, name, axes[name]) for name in unknown]
        if unknown:
            continue
        cell = (parties.index(row.cells["party"]), statements.index(row.cells["statement"]))
        level = levels[row.cells["answer"]]
        first = seen.setdefault(cell, row)
        if levels[first.cells["answer"]] != level:
            said = (WAHLOMAT.levels[codes[cell]], WAHLOMAT.levels[level])
            error = RowsDifferError(
                f"party {row.cells['party']}", f"statement {row.cells['statement']}", said
            )
            faults.append(Fault(error, (first.place, row.place)))
        codes[cell] = level
    return codes


def _unknown(row: _Row, name: str, known: Sequence[int]) -> Fault:
    error = UnknownIdError(row.cells[name], tuple(map(str, known)))
    return Fault(error, (evolve(row.place, column=name),))
