"""What is cited: an entry for each dataset, for each document it rests on, and for this library."""

import re
from collections.abc import Iterable, Iterator

from attrs import evolve, frozen

from stances import __version__
from stances.dates import PartialDate
from stances.models import Source
from stances.origin import Origin


@frozen
class Entry:
    """One thing to cite; what is not known is None.

    Attributes
    ----------
    key : str
        ASCII letters, digits and ``._:-``; unique among the entries, whatever the case.
    kind : str
        ``dataset``, ``document`` or ``software``, as the Citation Style Language says.
    title : str
    author, publisher, url, version, licence : str or None
    date : PartialDate or None
    """

    key: str
    kind: str
    title: str
    author: str | None = None
    publisher: str | None = None
    date: PartialDate | None = None
    url: str | None = None
    version: str | None = None
    licence: str | None = None


# as CITATION.cff has it
LIBRARY = Entry(
    "stances",
    "software",
    "stances: who agrees with whom, about what, how surely, and on what evidence",
    author="the stances maintainers",
    version=__version__,
    licence="MIT",
)


def entries(origins: Iterable[Origin]) -> list[Entry]:
    """Return what there is to cite: datasets first, then their documents, then the library."""
    known = {origin.name: origin for origin in origins}.values()  # two sides may be of one dataset
    data = [_dataset(origin) for origin in known]
    documents = [
        _document(entry.key, source)
        for entry, origin in zip(data, known, strict=True)
        for source in origin.sources
    ]
    return list(_unlike([LIBRARY, *data, *documents]))


def _dataset(origin: Origin) -> Entry:
    return Entry(_key(origin.name), "dataset", origin.title or origin.name, licence=origin.licence)


def _document(dataset: str, source: Source) -> Entry:
    title, key = source.title or source.id, f"{dataset}:{_key(source.id)}"
    return Entry(key, "document", title, publisher=source.publisher, date=source.date, url=source.url)


def _key(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._:-]+", "-", name).strip("-") or "data"


def _unlike(found: list[Entry]) -> Iterator[Entry]:
    """Yield entries whose keys differ even where case is not told apart; the library comes last."""
    taken: set[str] = set()
    library, *others = found
    taken.add(library.key)
    for entry in others:
        key, n = entry.key, 1
        while key.lower() in taken:
            n += 1
            key = f"{entry.key}-{n}"
        taken.add(key.lower())
        yield evolve(entry, key=key)
    yield library
