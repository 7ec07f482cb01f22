"""Records and documents: the nested tables of JSON and TOML, through cattrs, strictly.

The models check every value themselves; here keys are checked, ids of scales become scales, and
every fault is told with its path in the document.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, get_args, get_origin

from attrs import Attribute, fields, frozen, has
from cattrs import ClassValidationError, Converter, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from stances.dataset import SECTIONS, Dataset
from stances.dates import PartialDate, Span
from stances.errors import (
    FieldError,
    FormatError,
    MissingFieldError,
    StancesError,
    UnknownFieldError,
    UnknownScaleError,
    shown,
)
from stances.limits import USUAL, Limits
from stances.models import Actor, Evidence, Issue, Membership, Question, Source, Stance, Uncoded
from stances.scales import SUPPORT, VOTE, Scale

SCHEMA_VERSION = 1
MODELS: dict[str, type[Any]] = {
    "scales": Scale,
    "issues": Issue,
    "questions": Question,
    "actors": Actor,
    "memberships": Membership,
    "sources": Source,
    "stances": Stance,
    "uncoded": Uncoded,
}
HEAD = ("id", "title", "licence", "note")
Document = dict[str, Any]
Path = tuple[str | int, ...]
BUILT_IN = {scale.id: scale for scale in (VOTE, SUPPORT)}


def _is_list_of_records(kind: Any) -> bool:
    return get_origin(kind) is tuple and bool(get_args(kind)) and has(get_args(kind)[0])


def _structure_list(value: object, kind: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise FieldError("evidence", value, "is not a list")
    faults, records = [], []
    for index, item in enumerate(value):
        try:
            records.append(_structure(item, get_args(kind)[0]))
        except (StancesError, ClassValidationError) as error:
            error.add_note(f"[{index}]")
            faults.append(error)
    if faults:
        raise IterableValidationError("list", faults, kind)
    return tuple(records)


def _check_of(field: "Attribute[Any]") -> Callable[[object, object], Any]:
    check = field.converter
    return lambda value, _: check(value) if callable(check) else value


# A hook holds those of the models below it, so Evidence comes first.
_INNER_FIRST: tuple[type[Any], ...] = (Evidence, *MODELS.values())


@cache
def _reading() -> Converter:
    """Return a converter that checks keys, and every value by the model's own check of that field."""
    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook_func(_is_list_of_records, _structure_list)
    for model in _INNER_FIRST:
        plain = [field for field in fields(model) if not _is_list_of_records(field.type)]
        checked: dict[str, Any] = {field.name: override(struct_hook=_check_of(field)) for field in plain}
        converter.register_structure_hook(model, make_dict_structure_fn(model, converter, **checked))
    return converter


_OWN: dict[type[Any], dict[str, Any]] = {
    Question: {"scale": override(unstruct_hook=attrgetter("id"))},
    Stance: {"extra": override(unstruct_hook=dict)},
}


@cache
def _writing() -> Converter:
    """Return a converter that leaves out what is at its default."""
    converter = Converter()
    converter.register_unstructure_hook(PartialDate, str)
    converter.register_unstructure_hook(Span, str)
    for model in _INNER_FIRST:
        hook = make_dict_unstructure_fn(model, converter, _cattrs_omit_if_default=True, **_OWN.get(model, {}))
        converter.register_unstructure_hook(model, hook)
    return converter


def _structure(item: object, model: type[Any]) -> Any:
    if not isinstance(item, dict):
        raise FieldError(model.__name__.lower(), item, "is not a table of keys and values")
    return _reading().structure(item, model)


@frozen
class Parsed:
    """What a document holds: its head, its records, its faults with their paths, and broken ids."""

    head: Mapping[str, Any]
    records: Mapping[str, tuple[Any, ...]]
    faults: tuple[tuple[Path, StancesError], ...]
    broken: frozenset[str]
    indices: Mapping[str, tuple[int, ...]]


def parse_document(document: object, limits: Limits = USUAL, *, without: tuple[str, ...] = ()) -> Parsed:
    """Return the records of a document, and every fault of it.

    Parameters
    ----------
    document : object
        What a JSON or TOML reader gave.
    limits : Limits
        How deeply it may be nested.
    without : tuple of str
        Sections that this kind of document does not have.
    """
    if not isinstance(document, dict):
        found = type(document).__name__
        raise FormatError(
            f"holds a {found} at its top", "a dataset is an object with keys such as actors and stances"
        )
    check_nesting(document, limits)
    version = document.get("schema_version", SCHEMA_VERSION)
    if type(version) is not int or version != SCHEMA_VERSION:
        newer = type(version) is int and version > SCHEMA_VERSION
        by = ", written by a newer stances" if newer else ""
        problem = f"has schema_version {shown(version)}{by}"
        raise FormatError(problem, f"this version of stances reads {SCHEMA_VERSION}")
    sections = [section for section in SECTIONS if section not in without]
    known = (*HEAD, "schema_version", *sections)
    faults: list[tuple[Path, StancesError]] = [
        ((key,), UnknownFieldError(key, known)) for key in document if key not in known
    ]
    state = _State(faults, dict(BUILT_IN))
    records = {section: state.read(section, document.get(section, [])) for section in sections}
    head = {key: document[key] for key in HEAD if key in document}
    faults += _head_faults(head)
    return Parsed(head, records, tuple(faults), frozenset(state.broken), state.indices)


def check_nesting(document: object, limits: Limits) -> None:
    """Raise LimitError where objects and lists lie in each other more deeply than allowed."""
    depth, level = 0, [document]
    while level:
        depth += 1
        limits.check("nesting", depth)
        items = (item for value in level for item in _items(value))
        level = [item for item in items if isinstance(item, dict | list)]


def _items(value: Any) -> Any:
    return value.values() if isinstance(value, dict) else value


def _head_faults(head: Mapping[str, Any]) -> Iterator[tuple[Path, StancesError]]:
    for key, value in head.items():
        try:
            Dataset(**{key: value})
        except StancesError as error:
            yield (key,), error


class _State:
    """The sections of one document as they are read: scales come before the questions that name them."""

    def __init__(self, faults: list[tuple[Path, StancesError]], scales: dict[str, Scale]) -> None:
        self.faults = faults
        self.scales = scales
        self.broken: set[str] = set()
        self.indices: dict[str, tuple[int, ...]] = {}

    def read(self, section: str, items: object) -> tuple[Any, ...]:
        """Return the records of a section that have no faults."""
        if not isinstance(items, list):
            self.faults.append(((section,), FieldError(section, items, "is not a list")))
            return ()
        good = {}
        for index, item in enumerate(items):
            try:
                good[index] = _structure(self._with_scale(section, item), MODELS[section])
            except (StancesError, ClassValidationError) as error:
                found = [((section, index, *path), fault) for path, fault in _leaves(error, MODELS[section])]
                self.faults += found
                name = item.get("id") if isinstance(item, dict) else None
                self.broken |= {name} if isinstance(name, str) else set()
        self.indices[section] = tuple(good)
        if section == "scales":
            self.scales |= {scale.id: scale for scale in good.values()}
        return tuple(good.values())

    def _with_scale(self, section: str, item: object) -> object:
        if section != "questions" or not isinstance(item, dict) or "scale" not in item:
            return item
        name = item["scale"]
        if not isinstance(name, str):
            raise FieldError("scale", name, "is not the id of a scale")
        if name not in self.scales:
            raise UnknownScaleError(name, tuple(self.scales))
        return item | {"scale": self.scales[name]}


def _leaves(error: BaseException, model: type[Any]) -> Iterator[tuple[Path, StancesError]]:
    """Yield each fault in a tree of exceptions, with its path below the record."""
    if isinstance(error, ForbiddenExtraKeysError):
        known = tuple(field.name for field in fields(model))
        yield from (((key,), UnknownFieldError(key, known)) for key in sorted(error.extra_fields))
    elif isinstance(error, StancesError):
        yield (), error
    elif isinstance(error, KeyError):
        yield (), MissingFieldError(str(error.args[0]))
    elif isinstance(error, BaseExceptionGroup):
        inner = Evidence if isinstance(error, IterableValidationError) else model
        for part in error.exceptions:
            for path, leaf in _leaves(part, inner):
                yield (*_step(part), *path), leaf
    else:
        raise error


def _step(error: BaseException) -> Path:
    """Return the key or index that cattrs, or `_structure_list`, noted on an exception."""
    for note in getattr(error, "__notes__", ()):
        if hasattr(note, "name"):
            return () if isinstance(error, KeyError) else (note.name,)
        if note.startswith("["):
            return (int(note[1:-1]),)
    return ()


def make_document(data: Dataset, *, without: tuple[str, ...] = ()) -> Document:
    """Return a dataset as nested tables, without what is at its default."""
    document: Document = {"schema_version": SCHEMA_VERSION}
    document |= {key: getattr(data, key) for key in HEAD if getattr(data, key) is not None}
    for section in SECTIONS:
        if section not in without and getattr(data, section):
            document[section] = [_writing().unstructure(record) for record in getattr(data, section)]
    return document
