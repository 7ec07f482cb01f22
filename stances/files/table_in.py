"""From the bytes of a CSV file to its table: `bytes_in` and `strict_csv`, with the name of the file."""

import warnings
from collections.abc import Sequence

from stances.dialect import Dialect
from stances.errors import DatasetError, Fault, Place, StancesError, StancesWarning
from stances.files.bytes_in import decode
from stances.files.strict_csv import Table, read_csv
from stances.limits import USUAL, Limits


def read_table(
    content: bytes,
    name: str,
    columns: Sequence[str],
    required: Sequence[str],
    limits: Limits = USUAL,
    dialect: Dialect | None = None,
) -> tuple[Table, list[Fault]]:
    """Return the table of a CSV file, and the faults of its rows; DatasetError where it is no such table."""
    try:
        text = decode(content, limits, dialect)
    except StancesError as error:
        raise DatasetError((Fault(error, (Place(name),)),)) from None
    if dialect is not None and dialect.encoding != "utf-8" and _is_utf8_too(content):
        message = f"{name}: is read as {dialect.encoding}, but would be UTF-8 as well: look at its accents"
        warnings.warn(StancesWarning(message), stacklevel=2)
    return read_csv(text, name, columns, required, limits, dialect)


def _is_utf8_too(content: bytes) -> bool:
    """Tell whether bytes are UTF-8 beyond ASCII, which is hardly by chance."""
    try:
        return not content.isascii() and bool(content.decode("utf-8"))
    except UnicodeDecodeError:
        return False
