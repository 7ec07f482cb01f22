"""The text of a foreign file, line by line: plain or gzip, UTF-8, and never more than a limit at a time."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from stances.errors import FormatError, TooLargeError
from stances.files.bytes_in import check_start
from stances.readers.telling import heard

MAX_BYTES = 2_000_000_000  # inflated; the official file of the General Assembly has 360 million
MAX_RATIO = 200  # a table of votes inflates about thirtyfold
MAX_LINE = 10_000_000
SMALL = 10_000_000  # below this size any ratio is harmless
HEAD = 512
GZIP = b"\x1f\x8b"


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading, inflated where its first bytes say that it is gzip.

    Raises
    ------
    OSError
        If it cannot be opened.
    FormatError
        If it is no regular file, is empty, or is of another format.
    """
    if path.exists() and not path.is_file():
        raise FormatError("is no regular file")
    with heard(path) as raw:
        head = raw.read(HEAD)
        raw.seek(0)
        if not head.startswith(GZIP):
            check_start(head)
            yield raw
            return
        bounded = _Bounded(gzip.GzipFile(fileobj=raw), path.stat().st_size)
        with io.BufferedReader(bounded) as stream:
            check_start(stream.peek(HEAD)[:HEAD])
            yield stream


class _Bounded(io.RawIOBase):
    """An inflating stream that stops where it grows beyond reason."""

    def __init__(self, stream: gzip.GzipFile, compressed: int) -> None:
        self.stream = stream
        self.limit = min(MAX_BYTES, max(SMALL, MAX_RATIO * compressed))
        self.seen = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]  # any writable buffer
        try:
            content = self.stream.read1(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            raise FormatError(f"is a damaged gzip file ({error})") from None
        self.seen += len(content)
        if self.seen > self.limit:
            raise TooLargeError(f"inflates to more than {self.limit // 1_000_000} MB")
        buffer[: len(content)] = content
        return len(content)


@contextmanager
def text_of(path: Path) -> Iterator[Iterator[str]]:
    """Open a file as lines of text with their ends; a byte order mark is passed over.

    Raises
    ------
    OSError
        If it cannot be opened.
    FormatError, TooLargeError
        If it is no text in UTF-8, holds a NUL character or a line without end.
    """
    try:
        with opened(path) as stream, io.TextIOWrapper(stream, "utf-8-sig", newline="") as text:
            yield _lines(text)
    except UnicodeDecodeError:
        raise _not_utf8(path) from None


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    n_characters = 0
    for number, line in enumerate(iter(lambda: text.readline(MAX_LINE), ""), start=1):
        n_characters += len(line)
        if len(line) == MAX_LINE:
            raise TooLargeError(f"has more than {MAX_LINE} characters in line {number}")
        if n_characters > MAX_BYTES:
            raise TooLargeError(f"is larger than {MAX_BYTES // 1_000_000} MB")
        if "\0" in line:
            raise FormatError(f"holds a NUL character in line {number}")
        yield line


def _not_utf8(path: Path) -> FormatError:
    """Say which byte of a file, in which line, is no UTF-8."""
    with opened(path) as stream:
        for number, line in enumerate(iter(lambda: stream.readline(MAX_LINE), b""), start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                problem = f"is not UTF-8: byte 0x{line[error.start]:02X} in line {number}"
                return FormatError(problem, "save it as UTF-8")
    return FormatError("is not UTF-8", "save it as UTF-8")
