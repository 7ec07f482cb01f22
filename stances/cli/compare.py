"""`stances compare A B`: the questions and the evidence behind one cell."""

from typing import Any

import click

from stances import explain
from stances.cli.options import (
    data_argument,
    interval_options,
    measure_options,
    output_options,
    read_data,
    read_interval,
    read_positions,
    record_of,
    rule_options,
)
from stances.cli.output import emit


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@data_argument
@rule_options
@measure_options
@interval_options
@output_options
def compare(first: str, second: str, **options: Any) -> None:
    """Show the questions and the evidence behind the agreement of A and B.

    \b
    stances compare CHN FRA
    stances compare CHN FRA my-data --issue ukraine --silence half
    stances compare CHN FRA --measure cohen_kappa --interval 0.95
    """
    data = read_data(options)
    positions = read_positions(data, options)
    result = explain.compare(
        positions,
        first,
        second,
        options["measure"],
        options["silence"],
        sources=data.sources,
        **read_interval(options),
    )
    drawn = result.interval.document() if result.interval else None
    emit(result, options, data=data, about=record_of(positions, options) | {"interval": drawn})
