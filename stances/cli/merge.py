"""`stances merge`: several files joined into one dataset."""

import sys
from pathlib import Path
from typing import Any

import click

from stances.cli.command import command
from stances.cli.options import csv_options, read_dialect
from stances.cli.output import say, write
from stances.files import dump
from stances.files.json_file import json_contents
from stances.merging import merge as join


@command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--output",
    "-o",
    "target",
    type=click.Path(path_type=Path),
    help="Write to this folder, .json or .csv file; JSON to stdout without.",
)
@click.option("--codebook", metavar="DATA", help="Read .csv files as the stances.csv of this dataset.")
@click.option(
    "--coder-from-filename", is_flag=True, help="Let the file's name be the coder where a row names none."
)
@csv_options
def merge(
    sources: tuple[str, ...],
    target: Path | None,
    codebook: str | None,
    *,
    coder_from_filename: bool,
    scale: str | None,
    **written: Any,
) -> None:
    """Join files or folders into one dataset, such as those of all coders of a document.

    All faults of all files are told at once, each with its file, and nothing is written then
    (exit status 3).

    \b
    stances merge class/*.csv --codebook my-data --coder-from-filename -o all
    stances merge class/*.csv --scale vote --coder-from-filename > all.json
    stances merge 2024.csv 2025.csv --scale vote -o votes.csv
    """
    data = join(
        sources,
        codebook=codebook,
        scale=scale,
        coder_from_filename=coder_from_filename,
        dialect=read_dialect(written),
    )
    if target is None:
        write(sys.stdout, json_contents(data).decode("utf-8"))
        return
    dump(data, target)
    coders = {stance.coder for stance in data.stances if stance.coder}
    say(f"wrote {target}: {len(set(sources))} files, {len(coders)} coders, {len(data.stances)} stances")
