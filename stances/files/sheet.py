"""A sheet: one coder's ``stances.csv``, read against a codebook that lies elsewhere."""

from pathlib import Path

from attrs import evolve

from stances.dataset import SECTIONS, Dataset
from stances.dialect import HOUSE, Dialect
from stances.errors import Fault, Place, StancesError
from stances.files import codebook
from stances.files.assemble import assemble, id_from
from stances.files.documents import HEAD
from stances.files.folder import content_of
from stances.files.loading import load
from stances.files.rows import COLUMNS, REQUIRED, read_rows
from stances.files.table_in import read_table
from stances.integrity import Reference
from stances.shipped import Shipped, shipped


def load_codebook(source: str | Path) -> Dataset:
    """Return a dataset without its stances.

    Parameters
    ----------
    source : str or Path
        A folder or its ``codebook.toml``, whose ``stances.csv`` is not looked at and need not be there;
        the name of a shipped dataset; or any other dataset.

    Raises
    ------
    SeedNotFoundError
        If nothing has this name.
    DatasetError
        If the codebook has faults.
    ShippedFileError
        If it is that of a shipped dataset, and is not what it was.
    """
    folder: Path | Shipped | None = shipped(source) if isinstance(source, str) else None
    path = Path(source)
    if folder is None and path.name == codebook.NAME:
        folder = path.absolute().parent
    elif folder is None and path.is_dir():
        folder = path
    return evolve(load(source), stances=()) if folder is None else _read_alone(folder)


def _read_alone(folder: Path | Shipped) -> Dataset:
    parsed, text = codebook.read_codebook(content_of(folder, codebook.NAME))
    faults = [Fault(error, (codebook.codebook_place(text, path),)) for path, error in parsed.faults]

    def place(reference: Reference, _: StancesError) -> Place:
        section, index = reference
        return codebook.codebook_place(text, (section, parsed.indices[section][index]))

    head = {"id": id_from(folder.name), **parsed.head}
    return assemble(head, parsed.records, faults, parsed.broken, place)


def read_sheet(content: bytes, name: str, book: Dataset, dialect: Dialect = HOUSE) -> Dataset:
    """Return the stances of a CSV file under a codebook; DatasetError with every fault otherwise."""
    table, faults = read_table(content, name, COLUMNS, REQUIRED, dialect=dialect)
    coded = read_rows(table, dialect)
    faults = sorted((*faults, *coded.faults), key=lambda fault: fault.places[0].line or 0)
    records = {section: getattr(book, section) for section in SECTIONS} | {"stances": coded.stances}
    head = {key: getattr(book, key) for key in HEAD}
    return assemble(head, records, faults, set(), lambda at, error: coded.place(at[1], error))
