"""A dataset as a folder: ``codebook.toml`` and ``stances.csv``."""

from importlib.resources.abc import Traversable

from stances.dataset import Dataset
from stances.errors import DatasetError, Fault, FormatError, Place, StancesError
from stances.files import codebook
from stances.files.assemble import assemble, id_from
from stances.files.bytes_in import decode
from stances.files.rows import COLUMNS, REQUIRED, read_rows, write_rows
from stances.files.strict_csv import read_csv
from stances.integrity import Reference

STANCES = "stances.csv"


def read_folder(folder: Traversable) -> Dataset:
    """Return the dataset that a folder holds; DatasetError with every fault of both files otherwise."""
    parsed, text = codebook.read_codebook(content_of(folder, codebook.NAME))
    faults = [Fault(error, (codebook.codebook_place(text, path),)) for path, error in parsed.faults]
    try:
        table, ragged = read_csv(_text(folder), STANCES, COLUMNS, REQUIRED)
    except DatasetError as error:
        raise DatasetError((*faults, *error.faults)) from None
    coded = read_rows(table)
    faults += sorted((*ragged, *coded.faults), key=lambda fault: fault.places[0].line or 0)

    def place(reference: Reference, error: StancesError) -> Place:
        section, index = reference
        if section == "stances":
            return coded.place(index, error)
        return codebook.codebook_place(text, (section, parsed.indices[section][index]))

    records = {**parsed.records, "stances": coded.stances}
    head = {"id": id_from(folder.name), **parsed.head}
    return assemble(head, records, faults, parsed.broken, place)


def content_of(folder: Traversable, name: str) -> bytes:
    """Return the bytes of one file of a folder; DatasetError where it is not there."""
    file = folder.joinpath(name)
    if not file.is_file():
        advice = "a dataset is a folder with codebook.toml and stances.csv; 'stances new' writes one"
        raise DatasetError((Fault(FormatError(f"there is no {name}", advice), (Place(folder.name),)),))
    return file.read_bytes()


def _text(folder: Traversable) -> str:
    try:
        return decode(content_of(folder, STANCES))
    except FormatError as error:
        raise DatasetError((Fault(error, (Place(STANCES),)),)) from None


def folder_contents(data: Dataset) -> dict[str, bytes]:
    """Return the files of a dataset's folder, by name."""
    return {
        codebook.NAME: codebook.codebook_contents(data),
        STANCES: write_rows(data.stances).encode("utf-8"),
    }
