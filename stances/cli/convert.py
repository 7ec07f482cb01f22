"""`stances convert`: the same dataset in another form."""

from pathlib import Path
from typing import Any

import click

from stances.cli.command import command
from stances.cli.options import csv_options, read_data
from stances.cli.output import say
from stances.files import dump


@command()
@click.argument("data")
@click.argument("target", type=click.Path(path_type=Path))
@csv_options
def convert(target: Path, **options: Any) -> None:
    """Write DATA to TARGET: a folder, a .json file, or a .csv file if that can hold all of it.

    \b
    stances convert my-data my-data.json
    stances convert votes.csv my-data --scale vote
    stances convert stimmen.csv my-data --delimiter ";" --decimal ,
    """
    data = read_data(options)
    dump(data, target)
    say(f"wrote {target}")
