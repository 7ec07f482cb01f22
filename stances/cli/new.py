"""`stances new FOLDER`: a commented starter that loads."""

from importlib.resources import files
from pathlib import Path

import click

from stances.atomic import write_folder
from stances.cli.command import command
from stances.cli.output import say

STARTER = ("codebook.toml", "stances.csv", "README.md")


@command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Write a small commented dataset to start from.

    \b
    stances new my-data
    stances check my-data
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} is there already; name a new folder")
    starter = files("stances.files").joinpath("starter")
    write_folder(folder, {name: starter.joinpath(name).read_bytes() for name in STARTER})
    say(f"wrote {folder}: edit codebook.toml and stances.csv, then: stances check {folder}")
