"""Fuzz one reader guided by coverage, with atheris: ``python -m fuzz.guided folder FOLDER --seconds 300``.

FOLDER takes the inputs that open new branches, and is begun with the known ones. A finding ends the run
and leaves its input beside FOLDER. ``python -m fuzz.guided folder FOLDER --keep`` makes the smallest known.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["stances"]):
    from fuzz.corpus import inputs, keep
    from fuzz.mutations import SEAM, damaged_in_one
    from fuzz.targets import TARGETS

    for _target in TARGETS.values():  # what is imported on first use is instrumented too
        _target.accepts(_target.sample)


def mutate(content: bytes, max_size: int, seed: int) -> bytes:
    """Damage an input: half of the time as libFuzzer does, half with structure."""
    if seed % 2:
        mutated: bytes = atheris.Mutate(content, max_size)
        return mutated
    return SEAM.join(damaged_in_one(content, Random(seed)))[:max_size]


def run(name: str, folder: Path, seconds: int) -> None:
    """Fuzz for some seconds; atheris ends the process."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(inputs(name)):
        (folder / f"known-{number}").write_bytes(content)

    def one(content: bytes) -> None:
        TARGETS[name].accepts(content.split(SEAM))

    options = [f"-max_total_time={seconds}", "-timeout=20", "-max_len=8192", "-print_final_stats=1"]
    atheris.Setup(["fuzz", *options, f"-artifact_prefix={folder}-", str(folder)], one, custom_mutator=mutate)
    atheris.Fuzz()


def main(arguments: Sequence[str]) -> None:
    """Fuzz, or keep what was found worth keeping."""
    parser = argparse.ArgumentParser(prog="python -m fuzz.guided")
    parser.add_argument("target", choices=list(TARGETS))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--keep", action="store_true", help="keep the smallest inputs of the folder, and end")
    options = parser.parse_args(arguments)
    if options.keep:
        print(keep(options.target, (path.read_bytes() for path in options.folder.iterdir())))
    else:
        run(options.target, options.folder, options.seconds)


if __name__ == "__main__":
    main(sys.argv[1:])
