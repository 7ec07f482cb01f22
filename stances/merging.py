"""Joining several files into one dataset, such as those of all coders of a document."""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve, fields, frozen

from stances import validators as check
from stances.dataset import SECTIONS, Dataset
from stances.dialect import HOUSE, Dialect
from stances.errors import (
    ClashError,
    ContradictionError,
    DatasetError,
    DuplicateIdError,
    Fault,
    FieldError,
    NamelessContradictionError,
    Place,
    StancesError,
    StancesWarning,
)
from stances.files import load, load_codebook, read_sheet
from stances.files.file_in import file_content
from stances.integrity import findings
from stances.models import Evidence, Stance
from stances.scales import Scale

File = str | Path
_HEAD = ("title", "licence", "note")
_WITH_IDS = {
    "scales": "scale",
    "issues": "issue",
    "questions": "question",
    "actors": "actor",
    "sources": "source",
}


@frozen
class _Part:
    """What one file or folder holds, and how it is called in messages."""

    file: str
    data: Dataset


def merge(
    sources: Iterable[File],
    *,
    codebook: File | None = None,
    scale: Scale | str | None = None,
    coder_from_filename: bool = False,
    dialect: Dialect | None = None,
) -> Dataset:
    r"""Join several files or folders into one dataset.

    Stances that are the same in several files are counted once, with the evidence of all.

    Parameters
    ----------
    sources : iterable of str or Path
        What `load` reads: folders, ``.json`` and ``.csv`` files. With `codebook`, a ``.csv`` file is
        read as the ``stances.csv`` of that codebook.
    codebook : str or Path, optional
        A folder, its ``codebook.toml``, or another dataset. What it describes is used, its own stances
        are not: name it among the sources as well to have these.
    scale : Scale or str, optional
        For CSV files that declare none and are read without a codebook.
    coder_from_filename : bool
        Let the name of the file, without its ending, or of the folder be the coder of each stance that
        names none. A stance that names its coder keeps it, and a warning says so.
    dialect : Dialect, optional
        How those of the sources that are ``.csv`` files are written, if not as `dump` writes them.

    Returns
    -------
    Dataset
        Named after the codebook, or as the sources are if they share one name; else ``merged``.

    Raises
    ------
    FieldError
        If there are no sources.
    DatasetError
        All faults of all files together, each with its file: faults of one file, things that two files
        describe differently, levels of one act that contradict each other, and two files for one coder.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     files = [Path(folder, name) for name in ("ann.csv", "ben.csv")]
    ...     for file, vote in zip(files, ("yes", "no")):
    ...         _ = file.write_text(f"actor,question,position\nFRA,r1,{vote}\n")
    ...     data = merge(files, scale="vote", coder_from_filename=True)
    >>> [(stance.coder, stance.position) for stance in data.stances]
    [('ann', 'yes'), ('ben', 'no')]
    """
    paths = list(dict.fromkeys([sources] if isinstance(sources, str | Path) else sources))
    if not paths:
        raise FieldError("sources", paths, "is empty", "name at least one file or folder")
    book = load_codebook(codebook) if codebook is not None else None
    declared = Scale.parse(scale) if isinstance(scale, str) else scale
    faults = _repeated_names(paths) if coder_from_filename else []
    described = [path for path in paths if _is_csv(path)] or paths
    parts = []
    for path in paths:
        try:
            data = _read(path, book, declared, dialect if path in described else None)
            parts.append(_Part(str(path), _with_coder(path, data) if coder_from_filename else data))
        except DatasetError as error:
            faults += [_located(fault, path) for fault in error.faults]
        except StancesError as error:
            faults.append(Fault(error, (Place(str(path)),)))
    around = [_Part(str(codebook), book)] if book is not None else []
    joined = _Joined()
    for part in (*around, *parts):
        joined.add(part)
    faults += [*joined.faults, *joined.contradictions()]
    if faults:
        raise DatasetError(tuple(faults))
    return joined.dataset([part.data for part in around or parts])


def _read(path: File, book: Dataset | None, scale: Scale | None, dialect: Dialect | None) -> Dataset:
    if book is not None and _is_csv(path):
        return read_sheet(file_content(Path(path)), Path(path).name, book, dialect or HOUSE)
    return load(path, scale=scale, dialect=dialect)


def _is_csv(path: File) -> bool:
    file = Path(path)
    return file.suffix.lower() == ".csv" and file.exists() and not file.is_dir()


def _located(fault: Fault, path: File) -> Fault:
    """Return a fault whose places name the file as it was given, and the one inside of a folder."""

    def located(place: Place) -> Place:
        inside = Path(path).is_dir() and place.file != Path(path).name
        return evolve(place, file=f"{path}/{place.file}" if inside else str(path))

    return evolve(fault, places=tuple(located(place) for place in fault.places))


def _coder(path: File) -> str:
    file = Path(path)
    return file.name if file.is_dir() else file.stem


def _repeated_names(paths: Sequence[File]) -> list[Fault]:
    """Return a fault for every file whose name would make it the work of another file's coder."""
    first: dict[str, File] = {}
    for path in paths:
        first.setdefault(_coder(path), path)
    return [
        Fault(DuplicateIdError("coder", _coder(path)), (Place(str(first[_coder(path)])), Place(str(path))))
        for path in paths
        if first[_coder(path)] != path
    ]


def _with_coder(path: File, data: Dataset) -> Dataset:
    """Return a dataset whose nameless stances have the coder that the file is named after."""
    own = sorted({stance.coder for stance in data.stances if stance.coder})
    if own:
        message = f"{path}: names coders of its own, who are kept: {', '.join(own)}"
        warnings.warn(StancesWarning(message), stacklevel=3)
    coder = check.label("coder", _coder(path).strip())
    return evolve(data, stances=[evolve(stance, coder=stance.coder or coder) for stance in data.stances])


class _Joined:
    """The records of several parts as they are added, and from which file each came first."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._records: dict[tuple[str, object], tuple[Any, str]] = {}
        self._stances: dict[Stance, tuple[list[Evidence], str]] = {}
        self._n_repeated = 0

    def add(self, part: _Part) -> None:
        """Add the records of one part; what differs from an earlier part is a fault."""
        for section in SECTIONS:
            for record in getattr(part.data, section):
                if section == "stances":
                    self._add_stance(record, part.file)
                else:
                    self._add_record(section, record, part.file)

    def _add_record(self, section: str, record: Any, file: str) -> None:
        key = record.id if section in _WITH_IDS else record
        known, first = self._records.setdefault((section, key), (record, file))
        differing = _differing(known, record)
        if differing:
            error = ClashError(_WITH_IDS[section], record.id, differing)
            self.faults.append(Fault(error, (Place(first), Place(file))))

    def _add_stance(self, stance: Stance, file: str) -> None:
        evidence, first = self._stances.setdefault(evolve(stance, evidence=()), ([], file))
        self._n_repeated += first != file
        evidence += [passage for passage in stance.evidence if passage not in evidence]

    def _section(self, section: str) -> tuple[Any, ...]:
        if section == "stances":
            return tuple(evolve(bare, evidence=tuple(e)) for bare, (e, _) in self._stances.items())
        return tuple(record for (name, _), (record, _) in self._records.items() if name == section)

    def contradictions(self) -> Iterator[Fault]:
        """Yield levels of one act that contradict each other across files."""
        records = {section: self._section(section) for section in SECTIONS}
        files = [file for _, file in self._stances.values()]
        for error, references in findings(records):
            if isinstance(error, ContradictionError):
                nameless = records["stances"][references[0][1]].coder is None
                told = _nameless(error) if nameless else error
                yield Fault(told, tuple(Place(files[index]) for _, index in references))

    def dataset(self, named_after: Sequence[Dataset]) -> Dataset:
        """Return everything as one dataset, with the head of those it is named after."""
        if self._n_repeated:
            message = f"stances that stand in several files, and are counted once: {self._n_repeated}"
            warnings.warn(StancesWarning(message), stacklevel=3)
        ids = {data.id for data in named_after}
        head = {name: _first(getattr(data, name) for data in named_after) for name in _HEAD}
        sections = {section: self._section(section) for section in SECTIONS}
        return Dataset(ids.pop() if len(ids) == 1 else "merged", **head, **sections)


def _nameless(error: ContradictionError) -> ContradictionError:
    return NamelessContradictionError(error.actor, error.question, error.positions)


def _first(values: Iterable[Any]) -> Any:
    return next((value for value in values if value is not None), None)


def _differing(known: Any, record: Any) -> tuple[str, ...]:
    """Return the fields in which two records differ; a scale of the same id is told on its own."""
    names = (field.name for field in fields(type(record)))
    differing = (name for name in names if getattr(known, name) != getattr(record, name))
    return tuple(name for name in differing if name != "scale" or known.scale.id != record.scale.id)
