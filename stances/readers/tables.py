"""Any tidy table: a row per actor and question, from a file or a frame of any library."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from os import PathLike
from pathlib import Path
from typing import Any

from stances.codes import NO_RECORD, SILENCE_CODES
from stances.errors import Fault, LevelError
from stances.files.plain_cells import decimal
from stances.models import Question
from stances.positions import Origin, Positions
from stances.readers.cells import Axis, filled, meanings, one_per_question
from stances.readers.columns import read_columns
from stances.readers.factors import Table
from stances.readers.frames import numbered
from stances.readers.parquet import is_parquet, read_parquet
from stances.readers.roll_calls import Ballots, coded, made, stem
from stances.readers.symbols import whole
from stances.scales import RESERVED, VOTE, Scale

_NUMBER = re.compile(r"[+\u2212-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_FOREIGN = re.compile(r"[^A-Za-z0-9._:/()\[\]-]+")
_SILENCES = {silence.value: code for silence, code in SILENCE_CODES.items()}
RULES = "no row counts as no record"
Levels = Scale | str | Mapping[Any, str]
Words = tuple[Scale, Mapping[str, str] | None]
_PARSERS: dict[str, Callable[[str], Any]] = {
    "date": lambda text: text.strip(),
    "issues": lambda text: tuple(dict.fromkeys(p.strip() for p in text.split(";") if p.strip())),
    "weight": lambda text: decimal("weight", text.strip()) if text.strip() else 1.0,
    "session": whole,
}


def from_table(
    source: Any,
    *,
    scale: Levels,
    actor: str = "actor",
    question: str = "question",
    position: str = "position",
    date: str | None = None,
    issue: str | None = None,
    weight: str | None = None,
    session: str | None = None,
) -> Positions:
    r"""Read any tidy table: one row per actor and question.

    Parameters
    ----------
    source : path or frame
        A ``.csv``, ``.csv.gz`` or ``.parquet`` file (the last needs the extra ``arrow``), told apart by
        first bytes; a frame of pandas or polars, a pyarrow table, a DuckDB relation, or whatever
        narwhals or the Arrow C stream gives.
    scale : Scale, str or mapping
        The levels: a `Scale`; ``vote``, ``support``, ``"low < middle < high"``; or a mapping of what
        stands in the table to labels from low to high, or to reserved words for silences.
    actor, question, position : str
        Names of the columns. A position is a label, a reserved word (``silent``, ``absent``,
        ``not_eligible``, ``no_record``), or the number that the scale gives to a level: 0, 1, 2 ...
        where it gives none; its minus may be U+2212. An empty cell is no record.
    date, issue, weight, session : str, optional
        Names of columns that hold one value per question: ISO 8601 dates, ids of issues with ``;``
        between them, numbers of at least 0, texts.

    Returns
    -------
    Positions
        Actors and questions in the order in which they appear; where there is no row there is no
        record. Text stays text: ``NA`` is no missing value. A question whose name is no id gets one
        made of it, and keeps the name as its text.

    Raises
    ------
    DatasetError
        With every fault: positions off the scale, empty actors, two rows of one actor and question that
        differ, two values for one question; with line, or number of the row. Rows that are repeated are
        counted once, and a warning says how many.
    NoTableError
        If `source` is no table.
    MissingExtraError
        If a package is needed that is not installed.

    Notes
    -----
    Files are read in batches: row groups of Parquet, at most two million rows each, or 16 MB of CSV. Beside
    one batch, memory holds a number of 1, 2 or 4 bytes per row and column, as the number of distinct
    values asks for, one byte per cell of the result, and the distinct texts of each row group or 4 MB of
    CSV; never a text per row. With the extra ``arrow`` a CSV file from 1 MB on is parsed by pyarrow where
    its text is proven to be read alike; the result and its faults are the same.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "rolls.csv")
    ...     _ = path.write_text("country,item,vote,year\nFRA,r1,3,2024\nNA,r1,1,2024\n")
    ...     votes = from_table(
    ...         path,
    ...         scale={3: "no", 2: "abstain", 1: "yes", 8: "absent"},
    ...         actor="country",
    ...         question="item",
    ...         position="vote",
    ...         date="year",
    ...     )
    >>> print(votes)
    rolls · 2 actors x 1 questions · no row counts as no record
    question    FRA    NA
    r1          no     yes
    """
    levels = levels_of(scale)
    about = {"date": date, "issues": issue, "weight": weight, "session": session}
    given = {field: column for field, column in about.items() if column is not None}
    table, name = read_table(source, (actor, question, position, *given.values()))
    return positions_of(table, name, levels, (actor, question, position), given)


def positions_of(
    table: Table, name: str, levels: Words, columns: tuple[str, str, str], given: Mapping[str, str]
) -> Positions:
    """Return the positions of a table that was read; see `from_table`.

    Parameters
    ----------
    table : Table
        The three columns, and then those given.
    name : str
        For captions.
    levels : (Scale, mapping or None)
        What `levels_of` returned.
    columns : tuple of str
        Names of the columns of actors, questions and positions.
    given : mapping of str to str
        Fields of a question, and the columns that they stand in.
    """
    actor, question, position = columns
    declared, words = levels
    who, what, said, *rest = table.factors
    names, faults = meanings(table, who, actor, lambda text: filled(actor, text))
    ids, empty = meanings(table, what, question, lambda text: filled(question, text))
    codes, wrong = coded(table, said, position, lambda text: _code(text, declared, words))
    asked = Axis.of(what, ids)
    facts: list[dict[str, Any]] = [{} for _ in asked.names]
    faults += [*empty, *wrong]
    for (field, column), factor in zip(given.items(), rest, strict=True):
        values, unread = meanings(table, factor, column, _PARSERS[field])
        chosen, differing = one_per_question(table, asked, factor, column)
        faults += [*unread, *differing]
        for j, k in enumerate(chosen):
            facts[j] |= {field: values[k]} if values[k] is not None else {}
    records, bad = _questions(table, asked, facts, declared, {"id": question, "text": question, **given})
    ballots = Ballots(table, Axis.of(who, names), asked, codes)
    array = ballots.array(NO_RECORD, declared.levels, faults + bad)
    return Positions(ballots.actors.names, records, array, Origin(name, RULES))


def read_table(source: Any, columns: Sequence[str]) -> tuple[Table, str]:
    """Return the columns of a file or a frame, and what to call it."""
    if not isinstance(source, str | PathLike):
        return numbered(source, "table", columns), "table"
    path = Path(source)
    if path.is_file() and is_parquet(path):
        return read_parquet(path, columns), stem(path)
    return read_columns(path, [(column,) for column in columns], columns), stem(path)


def levels_of(scale: Levels) -> Words:
    """Return the scale, and the words of the table for its labels where these differ."""
    if isinstance(scale, Scale):
        return scale, None
    if isinstance(scale, str):
        return Scale.parse(scale), None
    labels = tuple(label for label in dict.fromkeys(scale.values()) if label not in RESERVED)
    words = {str(word): label for word, label in scale.items()}
    return (VOTE if labels == VOTE.levels else Scale("declared", labels)), words


def _code(text: str, scale: Scale, words: Mapping[str, str] | None) -> int:
    """Return the code of a position as it stands in the table."""
    label = text.strip()
    if not label:
        return NO_RECORD
    if words is not None:
        label = label if label in words else whole(label)
        if label not in words:
            raise LevelError(text, "of this table", tuple(words))
        label = words[label]
    if label in scale.levels:
        return scale.levels.index(label)
    if label in _SILENCES:
        return _SILENCES[label]
    values = scale.values or tuple(float(k) for k in range(scale.n_levels))
    if _NUMBER.fullmatch(label) and decimal("position", label) in values:
        return values.index(decimal("position", label))
    raise LevelError(text, scale.id, scale.levels)


def _questions(
    table: Table,
    axis: Axis,
    facts: Sequence[Mapping[str, Any]],
    scale: Scale,
    columns: Mapping[str, str],
) -> tuple[list[Question], list[Fault]]:
    whole = [
        {"id": id, "text": name, "scale": scale, **fact}
        for id, name, fact in zip(_ids(axis.names), axis.names, facts, strict=True)
    ]
    return made(whole, lambda k, column: table.place(int((axis.numbers == k).argmax()), column), columns)


def _ids(names: Sequence[str]) -> list[str]:
    """Return ids made of the questions' names, all different.

    Examples
    --------
    >>> _ids(["A/RES/1", "More tax?", "More tax!"])
    ['A/RES/1', 'More-tax', 'More-tax-2']
    """
    taken = {name for name in names if not _FOREIGN.search(name)}
    ids: list[str] = []
    for name in names:
        if name in taken:
            ids.append(name)
            continue
        bare = _FOREIGN.sub("-", name).strip("-") or "question"
        tries = (bare if k == 1 else f"{bare}-{k}" for k in count(1))
        ids.append(next(id for id in tries if id not in taken))
        taken.add(ids[-1])
    return ids
