"""A dataset as a folder: ``codebook.toml`` and ``stances.csv``."""

from functools import partial
from importlib.resources.abc import Traversable
from pathlib import Path

from stances.dataset import Dataset
from stances.dialect import HOUSE, Dialect
from stances.errors import DatasetError, Fault, FormatError, Place, StancesError
from stances.files import codebook
from stances.files.assemble import assemble, id_from
from stances.files.file_in import file_content
from stances.files.rows import COLUMNS, REQUIRED, read_rows, write_rows
from stances.files.table_in import read_table
from stances.integrity import Reference
from stances.limits import USUAL, Limits
from stances.shipped import Shipped

STANCES = "stances.csv"


def read_folder(
    folder: Traversable | Shipped,
    limits: Limits = USUAL,
    dialect: Dialect = HOUSE,
    *,
    follow_symlinks: bool = False,
) -> Dataset:
    """Return the dataset that a folder holds; DatasetError with every fault of both files otherwise."""
    found = partial(content_of, folder, limits=limits, follow_symlinks=follow_symlinks)
    parsed, text = codebook.read_codebook(found(codebook.NAME), limits)
    faults = [Fault(error, (codebook.codebook_place(text, path),)) for path, error in parsed.faults]
    try:
        table, ragged = read_table(found(STANCES), STANCES, COLUMNS, REQUIRED, limits, dialect)
    except DatasetError as error:
        raise DatasetError((*faults, *error.faults)) from None
    coded = read_rows(table, dialect)
    faults += sorted((*ragged, *coded.faults), key=lambda fault: fault.places[0].line or 0)

    def place(reference: Reference, error: StancesError) -> Place:
        section, index = reference
        if section == "stances":
            return coded.place(index, error)
        return codebook.codebook_place(text, (section, parsed.indices[section][index]))

    records = {**parsed.records, "stances": coded.stances}
    head = {"id": id_from(folder.name), **parsed.head}
    return assemble(head, records, faults, parsed.broken, place, limits)


def content_of(
    folder: Traversable | Shipped, name: str, limits: Limits = USUAL, *, follow_symlinks: bool = False
) -> bytes:
    """Return the bytes of one file of a folder.

    Raises
    ------
    DatasetError
        If it is not there, is too large, or is a link that leads out of the folder and is not to be followed.
    ShippedFileError
        If it was shipped, and is not what it was.
    """
    if isinstance(folder, Shipped):
        return folder.content(name)
    file = folder.joinpath(name)
    if not file.is_file():
        advice = "a dataset is a folder with codebook.toml and stances.csv; 'stances new' writes one"
        raise DatasetError((Fault(FormatError(f"there is no {name}", advice), (Place(folder.name),)),))
    if isinstance(file, Path) and not follow_symlinks and _leads_out(file, Path(str(folder))):
        advice = "put the file itself there, or follow links in Python: load(..., follow_symlinks=True)"
        raise DatasetError((Fault(FormatError("is a link out of the folder", advice), (Place(name),)),))
    try:
        return file_content(file, limits)
    except StancesError as error:
        raise DatasetError((Fault(error, (Place(name),)),)) from None


def _leads_out(file: Path, folder: Path) -> bool:
    return not file.resolve().is_relative_to(folder.resolve())


def folder_contents(data: Dataset) -> dict[str, bytes]:
    """Return the files of a dataset's folder, by name."""
    return {
        codebook.NAME: codebook.codebook_contents(data),
        STANCES: write_rows(data.stances).encode("utf-8"),
    }
