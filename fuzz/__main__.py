"""Fuzz readers blindly: ``python -m fuzz folder json un_votes --seconds 60``; see `fuzz.guided` for more.

Damage is done to the samples and to the kept corpus, always the same for one seed. What is found escapes,
after the input was written to ``fuzz-finding``.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from fuzz.corpus import inputs
from fuzz.mutations import SEAM, damaged_in_one
from fuzz.targets import TARGETS


def blindly(name: str, seconds: float, seed: int) -> str:
    """Damage known inputs for some seconds; what escapes, escapes."""
    random, until, n, n_valid = Random(seed), time.monotonic() + seconds, 0, 0
    known = inputs(name)
    while time.monotonic() < until:
        n += 1
        files = damaged_in_one(random.choice(known), random)
        try:
            n_valid += TARGETS[name].accepts(files)
        except BaseException:
            Path("fuzz-finding").write_bytes(SEAM.join(files))
            raise
    return f"{name}: {n} inputs, {n_valid} of them valid, no finding"


def main(arguments: Sequence[str]) -> None:
    """Fuzz one target after the other."""
    parser = argparse.ArgumentParser(
        prog="python -m fuzz", description="Damage valid files for every reader."
    )
    parser.add_argument("targets", nargs="*", help="of " + ", ".join(TARGETS) + "; all by default")
    parser.add_argument("--seconds", type=int, default=60, help="for each")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    for name in options.targets or TARGETS:
        print(blindly(name, options.seconds, options.seed), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
