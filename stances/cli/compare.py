"""`stances compare A B`: the questions and the evidence behind one cell."""

from typing import Any

import click

from stances import explain
from stances.cli.options import (
    data_argument,
    interval_options,
    measure_options,
    output_options,
    read_interval,
    rule_options,
)
from stances.cli.output import emit
from stances.cli.reading import read_any, read_positions, record_of, select_options
from stances.dataset import Dataset


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@data_argument
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
    stances compare CHN FRA --measure cohen_kappa --interval 0.95
    """
    data = read_any(options)
    positions = read_positions(data, options)
    result = explain.compare(
        positions,
        first,
        second,
        options["measure"],
        options["silence"],
        salience=options["salience"],
        sources=data.sources if isinstance(data, Dataset) else (),
        **read_interval(options),
    )
    drawn = result.interval.document() if result.interval else None
    emit(result, options, about=record_of(data, positions, options) | {"interval": drawn})
