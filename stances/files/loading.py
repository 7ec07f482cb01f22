"""load and dump: one call for each form of a dataset."""

from pathlib import Path

from stances.atomic import write_files, write_folder
from stances.dataset import Dataset
from stances.dialect import HOUSE, Dialect
from stances.errors import DatasetError, Fault, FormatError, Place, SeedNotFoundError, StancesError
from stances.files.csv_header import OTHERS
from stances.files.file_in import file_content
from stances.files.folder import folder_contents, read_folder
from stances.files.json_file import json_contents, read_json
from stances.files.package import NAME as PACKAGE
from stances.files.package import package_contents
from stances.files.tidy import read_tidy, tidy_contents
from stances.limits import USUAL, Limits
from stances.scales import Scale
from stances.shipped import shipped, shipped_datasets


def load(
    source: str | Path,
    *,
    scale: Scale | str | None = None,
    limits: Limits = USUAL,
    dialect: Dialect | None = None,
    follow_symlinks: bool = False,
) -> Dataset:
    """Read a dataset.

    Parameters
    ----------
    source : str or Path
        The name of a shipped dataset, a folder, a ``.csv`` or a ``.json`` file. A folder of the
        same name as a shipped dataset is meant by ``./name``.
    scale : Scale or str, optional
        For a CSV file that declares none: ``vote``, ``support``, ``"low < middle < high"``.
    limits : Limits
        How large it may be.
    dialect : Dialect, optional
        How the CSV file, or the ``stances.csv`` of the folder, is written if not as `dump` writes it. Other
        files have no dialect.
    follow_symlinks : bool
        Whether the files of a folder may be links to files outside of it, as tools that keep data elsewhere
        make them; refused by default, as the folder of a stranger could show you files of your own.

    Returns
    -------
    Dataset

    Raises
    ------
    SeedNotFoundError
        If nothing has this name.
    DatasetError
        If anything in the files is wrong: all faults, with file, line and column.
    ShippedFileError
        If a file of a shipped dataset is gone or changed. A folder named by its path may be changed at will.

    Examples
    --------
    >>> load("paris-beijing-2025").select(issues="gaza").questions[0].issues
    ('gaza',)
    """
    folder = shipped(source) if isinstance(source, str) else None
    if folder is not None:
        if dialect is not None:
            raise _refusal(str(source), _no_dialect("is a shipped dataset"))
        return read_folder(folder, limits)
    path = Path(source)
    if source != "" and path.is_dir():  # the empty path would be the current folder
        return read_folder(path, limits, dialect or HOUSE, follow_symlinks=follow_symlinks)
    if source == "" or not path.exists():
        raise SeedNotFoundError(str(source), shipped_datasets())
    try:
        content = file_content(path, limits)
    except StancesError as error:
        raise _refusal(path.name, error) from None
    return parse(content, path.name, scale=scale, limits=limits, dialect=dialect)


def _refusal(name: str, error: StancesError) -> DatasetError:
    return DatasetError((Fault(error, (Place(name),)),))


def _no_dialect(what: str) -> FormatError:
    return FormatError(what, "leave the dialect out, which tells how a CSV file is written")


def parse(
    content: bytes,
    name: str,
    *,
    scale: Scale | str | None = None,
    limits: Limits = USUAL,
    dialect: Dialect | None = None,
) -> Dataset:
    """Return the dataset in the bytes of a CSV or JSON file, told apart by the ending of its name.

    Without either ending, what starts with a brace is JSON.
    """
    declared = Scale.parse(scale) if isinstance(scale, str) else scale
    ending = Path(name).suffix.lower()
    if name == PACKAGE:
        raise _refusal(name, FormatError("is a data package, which is written for other programs only"))
    if ending == ".json" or (ending != ".csv" and content.lstrip()[:1] == b"{"):
        if dialect is not None:
            raise _refusal(name, _no_dialect("is JSON, which is always UTF-8"))
        return read_json(content, name, limits)
    if ending in ("", ".csv"):
        return read_tidy(content, name, declared, limits, dialect or HOUSE)
    raise _refusal(
        name,
        FormatError(f"has the ending {ending!r}", f"datasets are folders, .csv or .json files; {OTHERS}"),
    )


def dump(data: Dataset, target: str | Path) -> None:
    """Write a dataset, all or nothing; `load` gives the same back, but for a data package.

    Parameters
    ----------
    data : Dataset
        What to write.
    target : str or Path
        A ``.json`` file, a ``.csv`` file, or else a folder, which is made if need be. A file of the name
        ``datapackage.json`` is a Frictionless Data Package, with its CSV files beside it: for other
        programs, and not read back.

    Raises
    ------
    LossError
        If a CSV file cannot hold all of the dataset; nothing is written then.
    OSError
        If the target cannot be written; what was there is whole then.
    """
    path = Path(target)
    if path.name == PACKAGE:
        write_folder(path.parent, package_contents(data))
    elif path.suffix.lower() == ".json":
        write_files({path: json_contents(data)})
    elif path.suffix.lower() == ".csv":
        write_files({path: tidy_contents(data, path.name)})
    else:
        write_folder(path, folder_contents(data))
