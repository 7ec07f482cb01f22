"""`stances cite`: how to cite data, the documents it rests on, and this library."""

import sys
from typing import Any

import click

from stances.citations import STYLES
from stances.citations import cite as cite_data
from stances.cli.command import command
from stances.cli.options import data_argument
from stances.cli.output import write
from stances.cli.reading import READERS, read_any


@command()
@data_argument
@click.option("--reader", type=click.Choice(READERS), help="The layout that DATA comes in.")
@click.option("--style", type=click.Choice(STYLES), default=STYLES[0], show_default=True)
def cite(style: str, **options: Any) -> None:
    """Print how to cite DATA, the documents it rests on, and this library.

    \b
    stances cite
    stances cite my-data --style csl-json
    stances cite ga_voting.csv --reader un
    """
    write(sys.stdout, cite_data(read_any(options), style))
