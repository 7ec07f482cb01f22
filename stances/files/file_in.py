"""From a file to its bytes: regular files alone, and never more of one than the limit."""

from importlib.resources.abc import Traversable
from pathlib import Path

from stances.errors import FormatError
from stances.limits import USUAL, Limits


def file_content(file: Path | Traversable, limits: Limits = USUAL) -> bytes:
    """Return the bytes of a regular file.

    Parameters
    ----------
    file : Path or Traversable
        A pipe or a device is refused before it is opened, as it may never end.
    limits : Limits
        A larger file is refused before it is read; of one that grows meanwhile, no more is taken than a
        byte beyond the limit.

    Raises
    ------
    FormatError
        If it is no regular file.
    LimitError
        If it is larger than it may be.
    OSError
        If it is not there, or cannot be opened.
    """
    size = _size(file, limits)
    with file.open("rb") as stream:
        content: bytes = stream.read(size + 1)
        if len(content) > size:  # it has grown meanwhile
            content += stream.read(limits.file_bytes - size)
    limits.check("file_bytes", len(content))
    return content


def _size(file: Path | Traversable, limits: Limits) -> int:
    """Return how many bytes a file has, and those that it may have where it lies in an archive."""
    if not isinstance(file, Path):
        return limits.file_bytes
    if file.exists() and not file.is_file():
        raise FormatError("is no regular file")
    size = file.stat().st_size
    limits.check("file_bytes", size)
    return size
