"""Damage with structure: cells, lines, delimiters, numbers, brackets and encodings of a valid file."""

import re
from collections.abc import Callable
from random import Random

SEAM = b"\n=====\n"  # between the files of one input

TOKEN = re.compile(rb'[^\s,;=:\[\]{}"]+')
DELIMITERS = (b",", b";", b"\t", b'"', b"'", b":", b"=", b"[", b"]", b"{", b"}", b"\n", b"\r\n", b"\r", b"#")
VALUES = (
    *(b"", b" ", b"0", b"-1", b"1.5", b"1e400", b"-0.0", b"nan", b"NaN", b"Infinity", b"null", b"true", b"9" * 400),
    *(b"9999999999999999999", b"1_000", b"0x10", b"2024-02-30", b"0000-00-00", b"9999-12-31", b"10000-01-01"),
    *(b"2024-01-01/2023-01-01", b"/", b"../../x", b"NA", b"#REF!", b"=1+1", b"\x00", b"\x1b[31m", b"\xff"),
    *("é".encode(), "\u202e".encode(), "\u2028".encode(), "\U0010ffff".encode(), "٣".encode(), "\u2212 1".encode()),
    *(b"\\ud800", b"\\u0000", b"silent", b"absent", b"a" * 2000, b"[" * 1200, b"PK\x03\x04", b"\x1f\x8b", b"PAR1"),
)  # fmt: skip
NUMBERS = (
    *(
        b"\x00",
        b"\x01",
        b"\x7f",
        b"\x80",
        b"\xff",
        b"\x00" * 4,
        b"\xff" * 4,
        b"\xff\xff\xff\x7f",
        b"\x00\x00\x00\x80",
    ),
    *(
        b"\x80\x80\x80\x80\x08",
        b"\xff\xff\xff\xff\x0f",
        b"\xff" * 9 + b"\x01",
        b"\x00" * 8,
        b"\xff" * 7 + b"\x7f",
    ),
)  # also as Thrift writes them, seven bits to a byte
ENCODINGS = ("utf-8-sig", "utf-16", "utf-32", "cp1252", "utf-7", "cp037")


def _swap_value(content: bytes, random: Random) -> bytes:
    found = list(TOKEN.finditer(content))
    if not found:
        return random.choice(VALUES)
    spot = random.choice(found)
    return content[: spot.start()] + random.choice(VALUES) + content[spot.end() :]


def _move_value(content: bytes, random: Random) -> bytes:
    found = list(TOKEN.finditer(content))
    if not found:
        return content
    spot, other = random.choice(found), random.choice(found)
    return content[: spot.start()] + other.group() + content[spot.end() :]


def _delimiter(content: bytes, random: Random) -> bytes:
    before, after = random.choice(DELIMITERS), random.choice(DELIMITERS)
    places = [k for k in range(len(content)) if content.startswith(before, k)]
    if not places:
        return content + after
    at = random.choice(places)
    return content[:at] + after + content[at + len(before) :]


def _lines(content: bytes, random: Random) -> bytes:
    lines = content.splitlines(keepends=True)
    if not lines:
        return content
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    how = random.randrange(3)
    lines[at:at] = [lines[other]] * (how == 0)
    if how == 1:
        del lines[at]
    elif how == 2:
        lines[at], lines[other] = lines[other], lines[at]
    return b"".join(lines)


def _flip(content: bytes, random: Random) -> bytes:
    if not content:
        return content
    at = random.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << random.randrange(8))]) + content[at + 1 :]


def _cut(content: bytes, random: Random) -> bytes:
    first, last = sorted(random.randrange(len(content) + 1) for _ in range(2))
    return content[:first] + content[last:] if random.randrange(2) else content[:last]


def _repeat(content: bytes, random: Random) -> bytes:
    first, last = sorted(random.randrange(len(content) + 1) for _ in range(2))
    return content[:last] + content[first:last] * random.choice((1, 2, 20)) + content[last:]


def _encode(content: bytes, random: Random) -> bytes:
    return content.decode("utf-8", "replace").encode(random.choice(ENCODINGS), "replace")


def _binary_number(content: bytes, random: Random) -> bytes:
    """Damage what may be a length, an offset or a count: in a footer, a header of a page, or a value."""
    at, number = random.randrange(len(content) + 1), random.choice(NUMBERS)
    return content[:at] + number + content[at + len(number) :]


def _move_bytes(content: bytes, random: Random) -> bytes:
    first, last = sorted(random.randrange(len(content) + 1) for _ in range(2))
    at = random.randrange(len(content) + 1)
    part = content[first : min(last, first + 64)]
    return content[:at] + part + content[at + len(part) * random.randrange(2) :]


def _within(content: bytes, random: Random) -> bytes:
    """Cut or flip between the marks at both ends, without which nothing is read of a Parquet file."""
    inner = random.choice((_flip, _cut, _move_bytes))(content[4:-8], random)
    return content[:4] + inner + content[-8:]


DAMAGE: tuple[Callable[[bytes, Random], bytes], ...] = (
    *(_swap_value, _move_value, _delimiter, _lines) * 3,
    *(_flip, _cut, _repeat, _encode),
)

BINARY: tuple[Callable[[bytes, Random], bytes], ...] = (
    *(_flip, _binary_number, _within) * 3,
    *(_cut, _repeat, _move_bytes),
)
MARK = b"PAR1"  # of Parquet, at both ends


def damaged(content: bytes, random: Random, most: int = 4) -> bytes:
    """Return a file with one to `most` kinds of damage."""
    kinds = BINARY if content.startswith(MARK) else DAMAGE
    for _ in range(random.randint(1, most)):
        content = random.choice(kinds)(content, random)
    return content


def damaged_in_one(content: bytes, random: Random) -> list[bytes]:
    """Return the files of an input, one of them damaged."""
    files = content.split(SEAM)
    at = random.randrange(len(files))
    files[at] = damaged(files[at], random)
    return files
