"""A dataset as one tidy CSV: a stance per row, with a declared scale and no codebook.

Actors, questions, issues and sources are those that the rows name, sorted by id. The scale is
declared by whoever reads the file, or in a column ``scale``: ``vote``, ``support``, or labels
between ``<`` or ``|``.
"""

import re
from collections.abc import Mapping

from attrs import fields

from stances.dataset import Dataset
from stances.dialect import HOUSE, Dialect
from stances.errors import DatasetError, Fault, FieldError, FormatError, LossError, Place, StancesError
from stances.files.assemble import assemble, id_from
from stances.files.rows import COLUMNS, REQUIRED, Coded, read_rows, write_rows
from stances.files.strict_csv import Table
from stances.files.table_in import read_table
from stances.integrity import Reference
from stances.limits import USUAL, Limits
from stances.models import Actor, Issue, Question, Source, Stance
from stances.scales import Scale

BESIDE = ("scale", "issue")


def read_tidy(
    content: bytes,
    name: str,
    scale: Scale | None = None,
    limits: Limits = USUAL,
    dialect: Dialect = HOUSE,
) -> Dataset:
    """Return the dataset that a CSV file holds; DatasetError with every fault otherwise."""
    table, faults = read_table(content, name, COLUMNS + BESIDE, REQUIRED, limits, dialect)
    if scale is None and "scale" not in table.header:
        raise DatasetError((Fault(_no_scale(), (Place(name, dialect.skip + 1),)),))
    coded = read_rows(table, dialect)
    faults += coded.faults
    questions, broken = _questions(table, scale, faults)
    records = _records(coded, questions)

    def place(reference: Reference, error: StancesError) -> Place:
        section, index = reference
        return (
            coded.place(index, error) if section == "stances" else Place(name, record=f"{section}[{index}]")
        )

    faults.sort(key=lambda fault: fault.places[0].line or 0)
    head = {"id": id_from(re.sub(r"\.csv$", "", name, flags=re.IGNORECASE))}
    return assemble(head, records, faults, broken, place, limits)


def _no_scale() -> FormatError:
    return FormatError(
        "declares no scale", 'add a column "scale", or name one: vote, support, "low < middle < high"'
    )


def _questions(
    table: Table, scale: Scale | None, faults: list[Fault]
) -> tuple[dict[str, Question], set[object]]:
    """Return the questions that the rows name, and the ids of those declared badly."""
    declared: dict[str, tuple[int, tuple[str, str]]] = {}
    questions: dict[str, Question] = {}
    broken: set[object] = set()
    told = {(place.line, str(fault.error)) for fault in faults for place in fault.places}
    for row in table.rows:
        name = row.cells["question"].strip()
        about = (row.cells.get("scale", "").strip(), row.cells.get("issue", "").strip())
        line, first = declared.setdefault(name, (row.line, about))
        try:
            if first != about:
                raise FieldError(
                    "question", name, "has another scale or issue elsewhere", "give one for all its rows"
                )
            if line == row.line:
                questions[name] = _question(name, about, scale)
        except StancesError as error:
            broken.add(name)
            if (row.line, str(error)) not in told:
                faults.append(Fault(error, tuple(table.place(k) for k in dict.fromkeys((line, row.line)))))
    return questions, broken


def _question(name: str, about: tuple[str, str], scale: Scale | None) -> Question:
    declared, issues = about
    if not declared and scale is None:
        raise FieldError("scale", declared, "is empty", 'write vote, support, or "low < middle < high"')
    own = Scale.parse(declared) if declared else scale
    names = tuple(part.strip() for part in issues.split(";")) if issues else ()
    assert own is not None  # checked above
    return Question(name, name, own, issues=names)


def _records(coded: Coded, questions: Mapping[str, Question]) -> dict[str, tuple[object, ...]]:
    stances = coded.stances
    actors = {name for s in stances for name in (s.actor, s.asked_by) if name is not None}
    sources = {evidence.source for stance in stances for evidence in stance.evidence}
    issues = {issue for question in questions.values() for issue in question.issues}
    return {
        "issues": tuple(Issue(issue) for issue in sorted(issues)),
        "questions": tuple(questions[name] for name in sorted(questions)),
        "actors": tuple(Actor(actor) for actor in sorted(actors)),
        "sources": tuple(Source(source) for source in sorted(sources)),
        "stances": stances,
    }


def tidy_contents(data: Dataset, name: str) -> bytes:
    """Return a dataset as the bytes of one CSV file, if that can hold all of it.

    Raises
    ------
    LossError
        If reading the file back would not give the same records: names, texts, weights, ...
    """
    questions = {question.id: question for question in data.questions}

    def scale(stance: Stance) -> str:
        declared = questions[stance.question].scale
        return declared.id if declared.id in ("vote", "support") else str(declared).split(": ", 1)[1]

    beside = {"scale": scale, "issue": lambda stance: ";".join(questions[stance.question].issues)}
    content = write_rows(data.stances, beside).encode("utf-8")
    lost = _lost(data, content, name)
    if lost:
        raise LossError(f"a CSV file {name!r}", lost)
    return content


def _lost(data: Dataset, content: bytes, name: str) -> tuple[str, ...]:
    try:
        back = read_tidy(content, name)
    except StancesError:
        return ("scales",)
    names = [field.name for field in fields(Dataset) if field.name != "id"]
    return tuple(name for name in names if getattr(back, name) != getattr(data, name))
