"""A dataset as one JSON file; ``dataset.schema.json`` beside this module is its JSON Schema."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NoReturn

from stances.dataset import Dataset
from stances.errors import (
    DatasetError,
    DuplicateIdError,
    Fault,
    FieldError,
    FormatError,
    LimitError,
    Place,
    StancesError,
)
from stances.files.assemble import assemble
from stances.files.bytes_in import decode
from stances.files.documents import Path, make_document, parse_document
from stances.integrity import Reference
from stances.limits import USUAL, Limits


def read_json(content: bytes, name: str, limits: Limits = USUAL) -> Dataset:
    """Return the dataset that a JSON file holds; DatasetError with every fault otherwise."""
    try:
        parsed = parse_document(parse_json(content, limits), limits)
    except StancesError as error:
        raise DatasetError((Fault(error, (Place(name),)),)) from None
    faults = [Fault(error, (Place(name, record=path_text(path)),)) for path, error in parsed.faults]

    def place(reference: Reference, _: StancesError) -> Place:
        section, index = reference
        return Place(name, record=path_text((section, parsed.indices[section][index])))

    return assemble(parsed.head, parsed.records, faults, parsed.broken, place, limits)


def path_text(path: Path) -> str:
    """Return a path such as ``stances[3].evidence[0]``."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def parse_json(content: bytes, limits: Limits = USUAL) -> object:
    """Return what JSON in UTF-8 holds; a StancesError where it is none, or repeats a key."""
    twice: list[str] = []
    try:
        text = decode(content, limits)
        table = partial(_table, twice=twice)
        document = json.loads(text, parse_constant=_no_constant, object_pairs_hook=table)
    except RecursionError:
        raise LimitError("nesting", limits.nesting) from None
    except json.JSONDecodeError as error:
        raise FormatError(
            f"is not JSON: {error.msg} in line {error.lineno}, character {error.colno}"
        ) from None
    except StancesError:
        raise
    except ValueError as error:  # a number with thousands of digits
        raise FormatError(f"is not usable JSON: {error}") from None
    if twice:
        way = next((*path, value.key) for path, value in _inside(document) if isinstance(value, _Twice))
        raise DuplicateIdError("key", path_text(way))
    return document


def _no_constant(word: str) -> NoReturn:
    raise FieldError("number", word, "is not allowed in JSON", "leave the key out")


class _Twice(dict[str, Any]):
    """An object with a key that stands twice in it."""

    key: str


def _table(pairs: Sequence[tuple[str, Any]], twice: list[str]) -> dict[str, Any]:
    """Return an object, and add to a list the first key that stands twice in it."""
    table = dict(pairs)
    if len(table) == len(pairs):
        return table
    found = _Twice(table)
    found.key = next(key for key, n in Counter(key for key, _ in pairs).items() if n > 1)
    twice.append(found.key)
    return found


def _inside(document: object) -> Iterator[tuple[Path, Any]]:
    """Yield all values of a document with the way to each, level by level."""
    found: list[tuple[Path, Any]] = [((), document)]
    for path, value in found:  # which grows meanwhile
        yield path, value
        inner = dict(enumerate(value)) if isinstance(value, list) else value
        if isinstance(inner, dict):
            found += [((*path, step), item) for step, item in inner.items()]


def json_contents(data: Dataset) -> bytes:
    """Return a dataset as the bytes of a JSON file."""
    document = make_document(data)
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")
