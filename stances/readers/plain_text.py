"""Which CSV text is plain: such that all readers of CSV find the same lines and the same fields in it.

Plain is UTF-8 without NUL, in lines that end in a newline (with a return before it or not) and are far from
any limit, where a quotation mark opens only at the start of a field, closes only at the end of one, on the
same line, and stands twice in between.
"""

from collections.abc import Iterator
from typing import IO

import numpy as np

from stances.readers import inflow

PIECE = 1 << 18  # bytes; no line of a plain text is longer than two pieces
BOM = b"\xef\xbb\xbf"
NEWLINE, RETURN, QUOTE, COMMA = b'\n\r",'


class NotPlainError(Exception):
    """Only the strict reader can tell what this text says."""


def plain_pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield a text by pieces of whole lines, without byte order mark and without the newlines at its end.

    Raises
    ------
    NotPlainError
        If a piece is not plain, or the text larger than the strict reader allows.
    """
    text, n_bytes = b"", 0
    while content := stream.read(PIECE):
        text += content.removeprefix(BOM) if not n_bytes else content
        n_bytes += len(content)
        end = len(text[: text.rfind(b"\n") + 1].rstrip(b"\n")) + 1
        if end > 1:
            yield _proven(text[:end])
            text = text[end:]
        if len(text) > PIECE or n_bytes > inflow.MAX_BYTES:
            raise NotPlainError
    if text.strip(b"\n"):
        yield _proven(text + b"\n")


def _proven(piece: bytes) -> bytes:
    """Return a piece of whole lines if it is plain."""
    if b"\0" in piece or piece.startswith(BOM) or not _is_utf8(piece):
        raise NotPlainError
    if b"\r" in piece and piece.count(b"\r") != piece.count(b"\r\n"):
        raise NotPlainError
    if b'"' in piece and not _is_well_quoted(piece):
        raise NotPlainError
    return piece


def _is_utf8(piece: bytes) -> bool:
    if piece.isascii():
        return True
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_well_quoted(piece: bytes) -> bool:
    """Tell whether marks stand in pairs around whole fields, each on one line.

    Marks are paired as they come. A mark that stands twice within a field closes one pair and opens
    the next; any other pair begins after a comma or a newline, and ends before one.
    """
    text = np.frombuffer(b"\n" + piece, dtype=np.uint8)
    marks = np.flatnonzero((text == QUOTE) | (text == NEWLINE))
    quotes = np.flatnonzero(text[marks] == QUOTE)
    opening, closing = quotes[::2], quotes[1::2]
    if len(opening) != len(closing) or (closing - opening != 1).any():
        return False
    before, after = text[marks[opening] - 1], text[marks[closing] + 1]
    starts = (before == COMMA) | (before == NEWLINE) | (before == QUOTE)
    ends = (after == COMMA) | (after == NEWLINE) | (after == RETURN) | (after == QUOTE)
    return bool(starts.all() and ends.all())
