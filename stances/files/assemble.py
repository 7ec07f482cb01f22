"""The last step of every reader: all faults of the files together, or a dataset."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from stances.dataset import SECTIONS, Dataset
from stances.errors import DatasetError, Fault, LimitError, Place, StancesError, UnknownIdError
from stances.integrity import Reference, findings
from stances.limits import USUAL, Limits


def assemble(
    head: Mapping[str, Any],
    records: Mapping[str, Sequence[Any]],
    faults: Sequence[Fault],
    broken: AbstractSet[object],
    place: Callable[[Reference, StancesError], Place],
    limits: Limits = USUAL,
) -> Dataset:
    """Return the dataset of some records, or raise every fault at once.

    Parameters
    ----------
    head : mapping
        Id, title, licence and note.
    records : mapping of str to sequence
        By section; records with faults of their own are not among them.
    faults : sequence of Fault
        Those faults.
    broken : set of object
        Ids of those records: that they are missing is no second fault.
    place : callable
        Where in the files a record stands, given a fault of it.
    limits : Limits
        How many records there may be.

    Raises
    ------
    DatasetError
        If there is any fault.
    """
    complete = {section: tuple(records.get(section, ())) for section in SECTIONS}
    faults = (*faults, *_beyond(complete, limits))
    if faults:
        found = findings(complete)
    else:
        try:
            return Dataset(**head, **complete)
        except DatasetError as error:
            found = [(fault.error, fault.references) for fault in error.faults]
    known = [finding for finding in found if not _is_broken(finding[0], broken)]
    placed = [Fault(error, tuple(place(reference, error) for reference in where)) for error, where in known]
    raise DatasetError((*faults, *placed))


def _beyond(records: Mapping[str, Sequence[Any]], limits: Limits) -> Iterator[Fault]:
    sizes = {section: len(records[section]) for section in ("actors", "questions")}
    for limit, size in (sizes | {"records": sum(map(len, records.values()))}).items():
        try:
            limits.check(limit, size)
        except LimitError as error:
            yield Fault(error)


def id_from(name: str) -> str:
    """Return an id made of the name of a file or folder."""
    return re.sub(r"[^A-Za-z0-9._:-]+", "-", name) or "dataset"


def _is_broken(error: StancesError, broken: AbstractSet[object]) -> bool:
    return isinstance(error, UnknownIdError) and error.got in broken
