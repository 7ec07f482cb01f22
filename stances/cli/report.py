"""`stances report`: one page to explore, and to send on."""

import sys
from pathlib import Path
from typing import Any

import click

from stances.cli.command import command
from stances.cli.options import data_argument, rule_options, silence_option
from stances.cli.output import Ticker, write, write_with_record
from stances.cli.reading import narrowed, read_any, read_rules_for, record_of, select_options
from stances.report import report_of
from stances.report.rendering import engine


@command()
@data_argument
@select_options
@rule_options
@click.option(
    "--measure",
    "measures",
    multiple=True,
    help="To choose from; may be repeated, and the first is shown.",
)
@silence_option
@click.option("--interval", type=float, metavar="LEVEL", help="Beside every value, such as 0.95.")
@click.option("--title", help="Of the page; that of the data by default.")
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="The file to write, such as report.html; - is stdout.",
)
def report(title: str | None, output: Path, **options: Any) -> None:
    """Write one page to explore: matrices, silences, wedges and the evidence.

    The page is one file that asks no network.

    Needs Jinja2: python -m pip install 'stances[report]'.

    \b
    stances report -o report.html
    stances report my-data -o report.html --title "Who stands where"
    stances report un-landmark-votes -o votes.html --actors @EU,CHN,USA
    stances report ga_voting.csv --reader un -o un.html --since 2023
    """
    engine()  # what is missing is told before anything is computed
    asked = options | {"by": "issue", "output": output}
    data = read_any(asked)
    made = report_of(
        data,
        options["measures"] or None,
        options["silence"],
        options["interval"],
        title=title,
        narrow=lambda found: narrowed(found, asked),
        progress=Ticker("matrices"),
        **read_rules_for(data, asked),
    )
    text = made.to_html()
    if str(output) == "-":
        write(sys.stdout, text)
        return
    about = record_of(data, made.matrix.positions, options | {"output": output})
    chosen = {"measures": [measure.name for measure in made.measures], "interval": options["interval"]}
    write_with_record(output, text.encode("utf-8"), about | chosen)
