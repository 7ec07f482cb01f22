"""From bytes to text, strictly: UTF-8 only, and what is no text is named."""

import codecs

from stances.errors import FormatError
from stances.limits import USUAL, Limits

_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16",
}  # fmt: skip
_OTHER_FORMATS = {
    b"PK\x03\x04": "a ZIP or XLSX file", b"\x1f\x8b": "a gzip file", b"%PDF": "a PDF file",
    b"PAR1": "a Parquet file", b"\xd0\xcf\x11\xe0": "an XLS or DOC file",
    b"SQLite format 3": "a SQLite database", b"\x80\x02": "a pickle, which can run code",
    b"\x80\x03": "a pickle, which can run code", b"\x80\x04": "a pickle, which can run code",
    b"\x80\x05": "a pickle, which can run code",
}  # fmt: skip


def decode(content: bytes, limits: Limits = USUAL) -> str:
    """Return UTF-8 bytes as text, without a byte order mark.

    Raises
    ------
    FormatError
        If the bytes are of another format or encoding, are empty, or hold a NUL character.
    LimitError
        If there are more of them than one file may have.
    """
    limits.check("file_bytes", len(content))
    check_start(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(content[: error.start + 1].splitlines())
        problem = f"is not UTF-8: byte 0x{content[error.start]:02X} in line {line}"
        raise FormatError(problem, "save it as UTF-8") from None
    if "\0" in text:
        raise FormatError(f"holds a NUL character in line {text.count(chr(10), 0, text.index(chr(0))) + 1}")
    return text


def check_start(content: bytes) -> None:
    """Refuse what its first bytes tell to be of another format or encoding, and what is empty."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            raise FormatError(f"is written in {encoding}", "save it as UTF-8")
    for start, name in _OTHER_FORMATS.items():
        if content.startswith(start):
            raise FormatError(f"is {name}", "export it as CSV or JSON in UTF-8")
    if not content.strip():
        raise FormatError("is empty")
    if content.lstrip()[:1] == b"<":
        raise FormatError("is a web page or XML", "download or export the table itself")
