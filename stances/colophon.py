"""The record beside a file: which data it was made of, and on which sources these rest."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from stances import __version__
from stances.origin import Origin
from stances.tables import json_text

ENDING = ".meta.json"


def with_record(path: str | Path, content: bytes, about: Mapping[str, Any]) -> dict[Path, bytes]:
    """Return a file and the record beside it, ``FILE.meta.json``, to be written together.

    Parameters
    ----------
    path : str or Path
        Of the file.
    content : bytes
        What it holds; the record has its SHA-256, so that the two can be told to belong together.
    about : mapping
        What the record says.
    """
    file = Path(path)
    digest = hashlib.sha256(content).hexdigest()
    record = {"stances": __version__, **about, "file": file.name, "file_sha256": digest}
    return {file: content, beside(file): json_text(record).encode("utf-8")}


def beside(file: Path) -> Path:
    """Return where the record of a file lies."""
    return file.with_name(file.name + ENDING)


def about_result(kind: str, origins: Iterable[Origin]) -> dict[str, Any]:
    """Return what a result itself knows for its record: of one dataset, or of each side one."""
    told = [origin.document() | {"rules": origin.rules, "subject": origin.subject} for origin in origins]
    return {"result": kind, **(told[0] if len(told) == 1 else {"data": told})}


def source_lines(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each source that a record names, of whichever side it is."""
    for source in record.get("sources", ()):
        facts = [source[name] for name in ("title", "publisher", "date", "url") if source[name]]
        yield f"Source {source['id']}: {', '.join(facts) or 'not given'}."
    for side in record.values():
        if isinstance(side, Mapping):
            yield from source_lines(side)
