"""Inputs that are known: the sample of each target, and what guided runs kept as it opened new branches.

They are kept in one text file for each target, an input a line in base 64, smallest first.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from pathlib import Path

from fuzz.mutations import SEAM
from fuzz.targets import TARGETS

KEPT = Path(__file__).parent / "kept"


def inputs(name: str) -> list[bytes]:
    """Return the known inputs of a target, each the contents of its files with a seam between them.

    A sample that is not read, as where the seeds are not there, would make all fuzzing idle: LookupError.
    """
    if not TARGETS[name].accepts(TARGETS[name].sample):
        raise LookupError(f"the valid sample of {name} is not read here")
    path = KEPT / f"{name}.txt"
    lines = path.read_text("ascii").split() if path.is_file() else []
    return [SEAM.join(TARGETS[name].sample), *map(b64decode, lines)]


def keep(name: str, contents: Iterable[bytes], most: int = 60) -> int:
    """Keep the smallest of some inputs, none of which is large, and return how many."""
    chosen = sorted({content for content in contents if len(content) < 2_000}, key=lambda c: (len(c), c))[
        :most
    ]
    KEPT.mkdir(exist_ok=True)
    (KEPT / f"{name}.txt").write_text("".join(f"{b64encode(c).decode()}\n" for c in chosen), "ascii")
    return len(chosen)
