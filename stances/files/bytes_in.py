"""From bytes to text, strictly: UTF-8 unless another encoding was named, and what is no text is named."""

import codecs
import re

from stances.dialect import HOUSE, Dialect, way_out
from stances.errors import FormatError
from stances.limits import USUAL, Limits

_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32-le", codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be", codecs.BOM_UTF8: "utf-8",
}  # fmt: skip
_FAMILY = len("utf-16")  # without the order of the bytes
_OTHER_FORMATS = {
    b"PK\x03\x04": "a ZIP or XLSX file", b"\x1f\x8b": "a gzip file", b"%PDF": "a PDF file",
    b"PAR1": "a Parquet file", b"\xd0\xcf\x11\xe0": "an XLS or DOC file",
    b"SQLite format 3": "a SQLite database", b"\x80\x02": "a pickle, which can run code",
    b"\x80\x03": "a pickle, which can run code", b"\x80\x04": "a pickle, which can run code",
    b"\x80\x05": "a pickle, which can run code",
}  # fmt: skip


def decode(content: bytes, limits: Limits = USUAL, dialect: Dialect | None = None) -> str:
    """Return bytes as text, without a byte order mark.

    Parameters
    ----------
    content : bytes
        The whole file.
    limits : Limits
        How many bytes there may be.
    dialect : Dialect, optional
        Names the encoding, where the user may name one; UTF-8 otherwise.

    Raises
    ------
    FormatError
        If the bytes are of another format or encoding, are empty, or hold a NUL character.
    LimitError
        If there are more of them than one file may have.
    """
    limits.check("file_bytes", len(content))
    check_start(content, dialect)
    codec = _codec(content, dialect or HOUSE)
    try:
        text = content.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = _line(content[: error.start].decode(codec, "replace"))
        problem = f"is not {codec.upper()}: byte 0x{content[error.start]:02X} in line {line}"
        raise FormatError(problem, _other(dialect)) from None
    if not text.strip():
        raise FormatError("is empty")
    if "\0" in text:
        before = text[: text.index("\0")]
        column = len(re.split("[\r\n]", before)[-1]) + 1
        raise FormatError(f"holds a NUL character in line {_line(before)}, character {column}")
    return text


def check_start(content: bytes, dialect: Dialect | None = None) -> None:
    """Refuse what its first bytes tell to be of another format or encoding, and what is empty."""
    seen = _marked(content)
    if seen and not seen.startswith((dialect or HOUSE).encoding):
        raise _marked_otherwise(seen, dialect)
    for start, name in _OTHER_FORMATS.items():
        if content.startswith(start):
            raise FormatError(f"is {name}", "export it as CSV or JSON in UTF-8")
    if not content.strip():
        raise FormatError("is empty")
    if content.lstrip()[:1] == b"<":
        raise FormatError("is a web page or XML", "download or export the table itself")


def _marked(content: bytes) -> str:
    """Return the encoding that a byte order mark tells, or nothing."""
    return next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), "")


def _marked_otherwise(seen: str, dialect: Dialect | None) -> FormatError:
    encoding = seen[:_FAMILY]
    advice = f"read it with {way_out(dialect, encoding=encoding)}" if dialect else "save it as UTF-8"
    return FormatError(f"is written in {encoding.upper()}", advice)


def _codec(content: bytes, dialect: Dialect) -> str:
    """Return the encoding with the order of its bytes, which is never that of the machine."""
    if dialect.encoding not in ("utf-16", "utf-32"):
        return dialect.encoding
    seen = _marked(content)
    if not seen:
        problem = f"has no byte order mark, as {dialect.encoding.upper()} needs"
        raise FormatError(problem, f"read it with {way_out(dialect, encoding=f'{dialect.encoding}-le')}")
    return seen


def _other(dialect: Dialect | None) -> str:
    """Return what to do about bytes that the encoding does not have."""
    if dialect is None:
        return "save it as UTF-8"
    other = "cp1252" if dialect.encoding == "utf-8" else "utf-8"
    return f"save it as UTF-8, or say how it is encoded, such as {way_out(dialect, encoding=other)}"


def _line(text: str) -> int:
    """Return the number of the line in which some text ends, as an editor counts."""
    return len(re.findall("\r\n|\r|\n", text)) + 1
