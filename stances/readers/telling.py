"""How far the reading of a file is, told to whoever asked."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import IO

from stances.progress import Progress

BUFFER = 2**18
_progress: ContextVar[Progress | None] = ContextVar("_progress", default=None)


@contextmanager
def telling(progress: Progress) -> Iterator[None]:
    r"""Have the readers tell how far they are, within a block.

    Parameters
    ----------
    progress : callable
        Called with what is read of a file and what is due: bytes as they lie on disk, or rows of Parquet.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from stances import from_table
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "votes.csv")
    ...     _ = path.write_text("actor,question,position\nFRA,r1,yes\n")
    ...     with telling(lambda done, due: print(done, "of", due)):
    ...         votes = from_table(path, scale="vote")
    35 of 35
    """
    token = _progress.set(progress)
    try:
        yield
    finally:
        _progress.reset(token)


def tell(done: int, due: int) -> None:
    """Tell whoever asked."""
    progress = _progress.get()
    if progress is not None:
        progress(done, due)


def heard(path: Path) -> IO[bytes]:
    """Open a file whose reading is told, if anybody asked."""
    return path.open("rb") if _progress.get() is None else io.BufferedReader(_Heard(path), BUFFER)


class _Heard(io.FileIO):
    """A file that tells at each reading how far it is."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "rb")
        self.due = path.stat().st_size
        self.told = -1

    def readinto(self, buffer: "memoryview[int]") -> int | None:  # type: ignore[override]  # any buffer
        n = super().readinto(buffer)
        done = self.tell()
        if done != self.told:
            tell(done, self.due)
        self.told = done
        return n
