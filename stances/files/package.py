"""A dataset as a Frictionless Data Package: a descriptor beside plain CSV files, for other programs.

Nothing of the dataset is left out. A package is data and no spreadsheet: its cells stand as they
are, also those that a spreadsheet would take for formulas.
"""

import hashlib
import json
import re
from typing import Any

from stances.dataset import Dataset
from stances.files.package_tables import PackageTable, tables_of
from stances.models import Source
from stances.tables import csv_lines

NAME = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def package_contents(data: Dataset) -> dict[str, bytes]:
    """Return the files of a dataset's data package, by name."""
    tables = tables_of(data)
    files = {f"{table.name}.csv": _csv(table, data) for table in tables}
    resources = [_resource(table, files[f"{table.name}.csv"]) for table in tables]
    document = json.dumps(_head(data) | {"resources": resources}, ensure_ascii=False, indent=2)
    return {NAME: (document + "\n").encode("utf-8"), **files}


def _csv(table: PackageTable, data: Dataset) -> bytes:
    header = [field.name for field in table.fields]
    return csv_lines([header, *(list(map(_cell, row)) for row in table.rows(data))]).encode("utf-8")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)


def _head(data: Dataset) -> dict[str, Any]:
    """Return what the descriptor says of the whole; what the dataset does not say is left out."""
    licences = [{"name": _slug(data.licence), "title": data.licence}] if data.licence else None
    head = {
        "$schema": PROFILE,
        "name": _slug(data.id).lower(),
        "title": data.title,
        "description": data.note,
        "licenses": licences,
        "sources": [_source(source) for source in data.sources] or None,
        "stances": {"dataset": data.id},
    }
    return {name: value for name, value in head.items() if value is not None}


def _source(source: Source) -> dict[str, str]:
    """Return a source for the descriptor; only what is a web address goes to ``path``."""
    url = source.url if source.url and re.fullmatch(r"https?://\S+", source.url) else None
    return {"title": source.title or source.id} | ({"path": url} if url else {})


def _slug(text: str) -> str:
    """Return a text as a name of the Data Package standard."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-") or "unnamed"


def _resource(table: PackageTable, content: bytes) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n"},
        "schema": table.schema(),
    }
