"""Reading a rule file: strictly, with all its faults at once."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date as Day
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from attrs import NOTHING, Attribute, evolve, fields, frozen

from stances.errors import (
    DatasetError,
    Fault,
    FieldError,
    FormatError,
    LimitError,
    MissingFieldError,
    Place,
    StancesError,
    UnknownFieldError,
)
from stances.files.bytes_in import decode
from stances.files.codebook import codebook_place
from stances.files.documents import check_nesting
from stances.files.file_in import file_content
from stances.issue_rules.rule import Rule
from stances.limits import USUAL
from stances.shipped import shipped_content

Problem = tuple[tuple[str | int, ...], StancesError]  # where in the document, and what is wrong there
SHIPPED = "un-issues/rules.toml"
_FIELDS: tuple["Attribute[Any]", ...] = fields(Rule)
_KEYS = tuple(field.name for field in _FIELDS)
_REQUIRED = tuple(field.name for field in _FIELDS if field.default is NOTHING)


@frozen
class Rules:
    """Rules in the order of their file, and what to call them.

    Attributes
    ----------
    name : str
        For captions: ``the shipped rules``, or the file.
    rules : tuple of Rule
        The first that gives a question an issue is the one that is named.
    """

    name: str
    rules: tuple[Rule, ...]


def read_rules(path: str | Path | None = None) -> Rules:
    """Return the rules of a file, or the shipped ones.

    Parameters
    ----------
    path : str or Path, optional
        A TOML file of ``[[rules]]``; the one shipped for the UN General Assembly by default.

    Returns
    -------
    Rules

    Raises
    ------
    DatasetError
        If anything in the file is wrong: all faults, with their lines.
    OSError
        If the file cannot be read.
    SeedNotFoundError
        If no file is named, and the shipped ones were not installed.
    ShippedFileError
        If the shipped file is gone or changed.

    Examples
    --------
    >>> [rule.issue for rule in read_rules().rules[:3]]
    ['ukraine', 'ukraine', 'gaza']
    """
    if path is not None:
        return Rules(Path(path).name, _parse(partial(file_content, Path(path)), str(path)))
    return Rules("the shipped rules", _parse(partial(shipped_content, SHIPPED), SHIPPED))


def _parse(content: Callable[[], bytes], name: str) -> tuple[Rule, ...]:
    """Return the rules in what is read; DatasetError with every fault of it."""
    try:
        text = decode(content())
        document = _document(text)
    except (FormatError, LimitError) as error:
        raise DatasetError((Fault(error, (Place(name),)),)) from None
    rules: list[Rule] = []
    faults = list(_head_faults(document))
    for index, entry in enumerate(_entries(document)):
        problems = list(_problems(entry))
        faults += [(("rules", index, *key), error) for key, error in problems]
        rules += [] if problems else [Rule(**_plain(entry))]
    if faults:
        raise DatasetError(tuple(_fault(error, text, path, name) for path, error in faults))
    return tuple(rules)


def _document(text: str) -> dict[str, Any]:
    try:
        document = tomllib.loads(text.replace("\r\n", "\n"))
    except RecursionError:
        raise LimitError("nesting", USUAL.nesting) from None
    except ValueError as error:  # no TOML, or a number with thousands of digits
        raise FormatError(f"is not TOML: {error}") from None
    check_nesting(document, USUAL)
    return document


def _head_faults(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong outside of the single rules."""
    for key in document:
        if key != "rules":
            yield (key,), UnknownFieldError(key, ("rules",))
    if not _entries(document):
        if "rules" in document:
            advice = "head each rule with [[rules]]"
            yield ("rules",), FieldError("rules", document["rules"], "holds no rules", advice)
        else:
            yield (), MissingFieldError("rules")


def _entries(document: Mapping[str, Any]) -> list[Any]:
    entries = document.get("rules")
    return entries if isinstance(entries, list) else []


def _problems(entry: object) -> Iterator[Problem]:
    """Yield what is wrong with one rule, and with which key; with the rule as a whole only if no key is."""
    if not isinstance(entry, dict):
        yield (), FieldError("rule", entry, "is not a table of keys and values", "head it with [[rules]]")
        return
    found: list[Problem] = [((key,), UnknownFieldError(key, _KEYS)) for key in entry if key not in _KEYS]
    found += [((), MissingFieldError(key)) for key in _REQUIRED if key not in entry]
    found += _wrong_values(_plain(entry))
    yield from found
    if not found:
        try:
            Rule(**_plain(entry))
        except StancesError as error:
            yield (), error


def _wrong_values(entry: Mapping[str, Any]) -> Iterator[Problem]:
    for field in _FIELDS:
        check: Any = field.converter
        if field.name in entry:
            try:
                check(entry[field.name])
            except StancesError as error:
                yield (field.name,), error


def _plain(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a rule with its unquoted dates as text; times stay, and are refused by the model."""
    return {
        key: value.isoformat() if isinstance(value, Day) and not isinstance(value, datetime) else value
        for key, value in entry.items()
    }


def _fault(error: StancesError, text: str, path: tuple[str | int, ...], name: str) -> Fault:
    place = codebook_place(text, path) if path else Place()
    number = f"rule {path[1] + 1}" if len(path) > 1 and isinstance(path[1], int) else ""
    return Fault(error, (evolve(place, file=name, record=number),))
