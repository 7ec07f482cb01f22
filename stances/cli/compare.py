"""`stances compare A B`: the questions and the evidence behind one cell."""

from typing import Any

import click

from stances import explain
from stances.cli.command import command
from stances.cli.options import (
    data_argument,
    interval_options,
    measure_options,
    output_options,
    read_interval,
    rule_options,
)
from stances.cli.output import emit
from stances.cli.reading import by_option, parts_of, read_any, read_positions, record_of, select_options
from stances.dataset import Dataset


@command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@data_argument
@by_option
@select_options
@rule_options
@measure_options
@interval_options
@output_options
def compare(first: str, second: str, **options: Any) -> None:
    """Show the questions and the evidence behind the agreement of A and B.

    \b
    stances compare CHN FRA
    stances compare CHN FRA my-data --issue ukraine --silence half
    stances compare CHN FRA --by issue
    stances compare CHN FRA --measure cohen_kappa --interval 0.95
    """
    data = read_any(options)
    positions = read_positions(data, options)
    chosen = {name: options[name] for name in ("measure", "silence", "salience")} | read_interval(options)
    sources = data.sources if isinstance(data, Dataset) else ()
    results = {
        name: explain.compare(part, first, second, sources=sources, **chosen)
        for name, part in parts_of(positions, options["by"]).items()
    }
    drawn = {name: result.interval.document() for name, result in results.items() if result.interval}
    about = record_of(data, positions, options) | {"interval": drawn.get("", drawn) or None}
    emit(results, options, about=about)
