"""The codebook of a folder: everything but the stances, as TOML that people write and comment."""

import re
import tomllib
from datetime import date as Day
from datetime import datetime
from typing import Any

import tomli_w

from stances.dataset import Dataset
from stances.errors import DatasetError, Fault, FormatError, LimitError, Place, StancesError
from stances.files.bytes_in import decode
from stances.files.documents import Parsed, Path, check_nesting, make_document, parse_document
from stances.limits import USUAL, Limits

NAME = "codebook.toml"


def read_codebook(content: bytes, limits: Limits = USUAL) -> tuple[Parsed, str]:
    """Return what a codebook holds, and its text; DatasetError where it is no TOML."""
    try:
        text = decode(content, limits)
        document = _parse(text, limits)
        return parse_document(_plain_dates(document), limits, without=("stances",)), text
    except StancesError as error:
        raise DatasetError((Fault(error, (Place(NAME),)),)) from None


def _parse(text: str, limits: Limits) -> dict[str, Any]:
    try:
        document = tomllib.loads(text.replace("\r\n", "\n"))
    except RecursionError:
        raise LimitError("nesting", limits.nesting) from None
    except tomllib.TOMLDecodeError as error:
        raise FormatError(f"is not TOML: {error}") from None
    except ValueError as error:  # a number with thousands of digits
        raise FormatError(f"is not usable TOML: {error}") from None
    check_nesting(document, limits)
    return document


def _plain_dates(value: Any) -> Any:
    """Return a TOML value with its unquoted dates as text; times stay, and are refused later."""
    if isinstance(value, dict):
        return {key: _plain_dates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain_dates(item) for item in value]
    return value.isoformat() if isinstance(value, Day) and not isinstance(value, datetime) else value


def codebook_place(text: str, path: Path) -> Place:
    """Return where a path of the document stands: its line, as far as it is written as [[section]]."""
    section, *rest = path
    column = ".".join(str(step) for step in rest if isinstance(step, str))
    index = next((step for step in rest if isinstance(step, int)), None)
    starts = [
        match.start()
        for match in re.finditer(rf"^\s*\[\[\s*{re.escape(str(section))}\s*\]\]", text, re.MULTILINE)
    ]
    record = f"{section}[{index}]" if index is not None else str(section)
    if index is None:
        return Place(NAME, _line(text, _key(text, str(section), 0)), "", record)
    if index >= len(starts):
        return Place(NAME, None, column, record)
    header = text.index("[[", starts[index])
    within = _key(text, column, header) if column else None
    return Place(NAME, _line(text, within if within is not None else header), column, record)


def _key(text: str, key: str, start: int) -> int | None:
    """Return where a key is set between `start` and the next table."""
    after = re.compile(r"^\s*\[", re.MULTILINE).search(text, text.find("\n", start) + 1)
    end = after.start() if after and start else len(text)
    match = re.compile(rf"^\s*({re.escape(key)})\s*=", re.MULTILINE).search(text, start, end)
    return match.start(1) if match else None


def _line(text: str, position: int | None) -> int | None:
    return None if position is None else text.count("\n", 0, position) + 1


def codebook_contents(data: Dataset) -> bytes:
    """Return the codebook of a dataset as the bytes of a TOML file."""
    return tomli_w.dumps(make_document(data, without=("stances",))).encode("utf-8")
