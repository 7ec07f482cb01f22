"""The tables of a data package: which fields each has, of which type, and the rows a dataset gives it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from attrs import field, frozen

from stances.dataset import Dataset
from stances.models import Basis, Silence, Voice

DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
WHEN = r"^(\d{4}(-\d{2}(-\d{2})?)?)?(/(\d{4}(-\d{2}(-\d{2})?)?)?)?$"
Rows = Iterator[Sequence[Any]]


@frozen
class Field:
    """One column: its type as Table Schema names it, what it holds, and what its cells obey."""

    name: str
    about: str
    type: str = "string"
    required: bool = False
    constraints: dict[str, Any] = field(factory=dict)

    def document(self) -> dict[str, Any]:
        """Return the column as a descriptor has it."""
        obeyed = ({"required": True} if self.required else {}) | self.constraints
        head = {"name": self.name, "type": self.type, "description": self.about}
        return head | ({"constraints": obeyed} if obeyed else {})


@frozen
class PackageTable:
    """One file of the package: its columns, its key, the keys of others that it names, and its rows."""

    name: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: Callable[[Dataset], Rows]
    links: dict[str, str] = field(factory=dict)  # column: the table whose id it names

    def schema(self) -> dict[str, Any]:
        """Return the Table Schema of the file."""
        links = [
            {"fields": [column], "reference": {"resource": table, "fields": ["id"]}}
            for column, table in self.links.items()
        ]
        schema: dict[str, Any] = {"fields": [field.document() for field in self.fields]}
        schema |= {"missingValues": [""], "primaryKey": list(self.key)}
        return schema | ({"foreignKeys": links} if links else {})


def _id(about: str, name: str = "id") -> Field:
    return Field(name, about, required=True)


def _number(name: str, about: str) -> Field:
    return Field(name, about, "integer", True, {"minimum": 1})


def _date(name: str, about: str, pattern: str = DATE) -> Field:
    return Field(name, about, constraints={"pattern": pattern})


def _choice(name: str, about: str, words: Sequence[str]) -> Field:
    return Field(name, about, required=True, constraints={"enum": list(words)})


def tables_of(data: Dataset) -> tuple[PackageTable, ...]:
    """Return the tables of a dataset's package, those first whose ids others name."""
    return (*_vocabulary(), *_people(), *_documents(), *_questions(), *_stances(data))


def _vocabulary() -> Iterator[PackageTable]:
    yield PackageTable(
        "scales",
        (_id("Id of the scale"), Field("ordered", "Whether the order of its levels counts", "boolean", True)),
        ("id",),
        lambda data: ((scale.id, scale.ordered) for scale in data.scales),
    )
    yield PackageTable(
        "levels",
        (
            _id("The scale", "scale"),
            Field("level", "Place of the level, from 0", "integer", True, {"minimum": 0}),
            Field("label", "What it is called", required=True),
            Field("value", "Its number; empty on all levels where it is the place", "number"),
        ),
        ("scale", "level"),
        lambda data: (
            (scale.id, k, label, scale.values[k] if scale.values else None)
            for scale in data.scales
            for k, label in enumerate(scale.levels)
        ),
        {"scale": "scales"},
    )
    yield PackageTable(
        "issues",
        (_id("Id of the issue"), Field("name", "For print")),
        ("id",),
        lambda data: ((issue.id, issue.name) for issue in data.issues),
    )


def _people() -> Iterator[PackageTable]:
    yield PackageTable(
        "actors",
        (
            _id("Id of the actor"),
            Field("name", "For print"),
            Field("kind", "state, bloc, ...", required=True),
        ),
        ("id",),
        lambda data: ((actor.id, actor.name, actor.kind) for actor in data.actors),
    )
    yield PackageTable(
        "aliases",
        (
            _id("The actor", "actor"),
            _number("number", "From 1"),
            Field("alias", "Another name", required=True),
        ),
        ("actor", "number"),
        lambda data: (
            (actor.id, k, alias) for actor in data.actors for k, alias in enumerate(actor.aliases, start=1)
        ),
        {"actor": "actors"},
    )
    yield PackageTable(
        "memberships",
        (
            _number("id", "From 1"),
            _id("The member", "actor"),
            _id("The bloc, an actor too", "bloc"),
            _date("since", "First date; empty where open or not known"),
            _date("until", "Last date; empty where open or not known"),
        ),
        ("id",),
        lambda data: (
            (k, m.actor, m.bloc, m.since, m.until) for k, m in enumerate(data.memberships, start=1)
        ),
        {"actor": "actors", "bloc": "actors"},
    )


def _documents() -> Iterator[PackageTable]:
    yield PackageTable(
        "sources",
        (
            _id("Id of the document"),
            Field("title", "Its title"),
            Field("publisher", "Who published it"),
            _date("date", "Of publication, as precise as it is known"),
            Field("url", "Where it can be read"),
            Field("passages", "How many numbered passages it has", "integer", constraints={"minimum": 0}),
        ),
        ("id",),
        lambda data: ((s.id, s.title, s.publisher, s.date, s.url, s.passages) for s in data.sources),
    )
    yield PackageTable(
        "uncoded",
        (
            _number("id", "From 1"),
            _id("The document", "source"),
            Field("locator", "The passage", required=True),
            Field("reason", "Why nothing was coded from it", required=True),
        ),
        ("id",),
        lambda data: ((k, u.source, u.locator, u.reason) for k, u in enumerate(data.uncoded, start=1)),
        {"source": "sources"},
    )


def _questions() -> Iterator[PackageTable]:
    yield PackageTable(
        "questions",
        (
            _id("Id of the proposition"),
            Field("text", "The proposition", required=True),
            _id("The levels it can be answered with", "scale"),
            Field("weight", "At least 0", "number", True, {"minimum": 0}),
            _date("date", "When it was put: a date, or a span written as start/end", WHEN),
            Field("source", "The document that puts it"),
            Field("session", "Of the body that voted on it"),
            Field("url", "Where its record can be looked up"),
        ),
        ("id",),
        lambda data: (
            (q.id, q.text, q.scale.id, q.weight, q.date, q.source, q.session, q.url) for q in data.questions
        ),
        {"scale": "scales", "source": "sources"},
    )
    yield PackageTable(
        "question_issues",
        (_id("The question", "question"), _number("number", "From 1"), _id("The issue", "issue")),
        ("question", "number"),
        lambda data: ((q.id, k, issue) for q in data.questions for k, issue in enumerate(q.issues, start=1)),
        {"question": "questions", "issue": "issues"},
    )


def _stances(data: Dataset) -> Iterator[PackageTable]:
    labels = dict.fromkeys(label for scale in data.scales for label in scale.levels)
    yield PackageTable(
        "stances",
        (
            _number("id", "From 1"),
            _id("Who takes it", "actor"),
            _id("On which question", "question"),
            _choice("position", "The label of a level, or why there is none", [*labels, *Silence]),
            Field("level", "Place of the level, from 0; empty for a silence", "integer"),
            _date("date", "When it was taken, or from when to when it was held", WHEN),
            _choice("basis", "What it rests on", list(Basis)),
            Field("inferred", "Whether the coder read it between the lines", "boolean", True),
            Field("asked_by", "For a silence: whose call went unanswered"),
            Field("coder", "Who coded it"),
            Field("confidence", "Of the coder", "number", constraints={"minimum": 0, "maximum": 1}),
            Field("salience", "How much it matters to the actor", "number", constraints={"minimum": 0}),
        ),
        ("id",),
        _stance_rows,
        {"actor": "actors", "question": "questions", "asked_by": "actors"},
    )
    yield _evidence()
    if any(stance.extra for stance in data.stances):
        yield _extra()


def _evidence() -> PackageTable:
    names = ("source", "locator", "quote", "speaker", "voice", "summary")
    return PackageTable(
        "evidence",
        (
            _number("stance", "The stance that rests on it"),
            _number("number", "From 1"),
            _id("The document", "source"),
            Field("locator", "Where in the document"),
            Field("quote", "A few words, as they stand there"),
            Field("speaker", "Who says it"),
            _choice("voice", "Whose voice it is", list(Voice)),
            Field("summary", "What it says, in the coder's words"),
        ),
        ("stance", "number"),
        lambda data: (
            (k, n, *(getattr(passage, name) for name in names))
            for k, stance in enumerate(data.stances, start=1)
            for n, passage in enumerate(stance.evidence, start=1)
        ),
        {"stance": "stances", "source": "sources"},
    )


def _extra() -> PackageTable:
    return PackageTable(
        "extra",
        (
            _number("stance", "The stance it stands beside"),
            _id("What its coder calls it", "name"),
            Field("text", "What stands there", required=True),
        ),
        ("stance", "name"),
        lambda data: (
            (k, name, text) for k, stance in enumerate(data.stances, start=1) for name, text in stance.extra
        ),
        {"stance": "stances"},
    )


def _stance_rows(data: Dataset) -> Rows:
    scales = {question.id: question.scale for question in data.questions}
    for k, s in enumerate(data.stances, start=1):
        level = None if s.is_silence else scales[s.question].levels.index(str(s.position))
        about = (s.date, s.basis, s.inferred, s.asked_by, s.coder, s.confidence, s.salience)
        yield (k, s.actor, s.question, s.position, level, *about)
