"""Entries as CSL-JSON, which Zotero, pandoc and other programs of the Citation Style Language read."""

from collections.abc import Iterable
from typing import Any

from stances.citations.entries import Entry
from stances.tables import json_text


def csl_json(entries: Iterable[Entry]) -> str:
    """Return entries as a list of CSL-JSON items."""
    return json_text([_item(entry) for entry in entries])


def _item(entry: Entry) -> dict[str, Any]:
    date = entry.date
    parts = [part for part in (date.year, date.month, date.day) if part is not None] if date else None
    item = {
        "id": entry.key,
        "type": entry.kind,
        "title": entry.title,
        "author": [{"literal": entry.author}] if entry.author is not None else None,
        "publisher": entry.publisher,
        "issued": {"date-parts": [parts]} if parts else None,
        "version": entry.version,
        "URL": entry.url,
        "note": f"Licence: {entry.licence}" if entry.licence is not None else None,
    }
    return {name: value for name, value in item.items() if value is not None}
