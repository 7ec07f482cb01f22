"""`stances common-ground` and `stances fault-lines`: what actors share, and what divides them."""

from typing import Any

import click

from stances.cli.command import command
from stances.cli.options import data_argument, output_options, rule_options, with_options
from stances.cli.output import emit
from stances.cli.reading import by_option, parts_of, read_any, read_positions, record_of, select_options
from stances.dataset import Dataset
from stances.ground import CommonGround, FaultLines
from stances.ground.common import common_ground as find_ground
from stances.ground.faults import BY
from stances.ground.faults import fault_lines as find_lines
from stances.models import Source

_options = with_options(
    data_argument,
    click.option("--question", metavar="ID", help="Open one: who stands where, on what evidence."),
    select_options,
    rule_options,
    output_options,
)


@command("common-ground")
@_options
@by_option
@click.option(
    "--min-actors",
    type=click.IntRange(min=2),
    default=2,
    show_default=True,
    help="How many must have taken a level.",
)
@click.option("--interval", type=float, metavar="LEVEL", help="Print an interval of the share, such as 0.95.")
def common_ground(min_actors: int, **options: Any) -> None:
    """Show the questions on which all who took a level stand on the same side.

    \b
    stances common-ground
    stances common-ground un-landmark-votes --by year --interval 0.95
    stances common-ground --question cooperate-on-trade
    stances common-ground votes.csv --reader un --actors @EU --min-actors 27
    """
    data = read_any(options)
    positions = read_positions(data, options | {"by": "issue"})
    about = record_of(data, positions, options) | {"min_actors": min_actors, "interval": options["interval"]}
    if options["by"] and options["question"]:
        raise click.UsageError("--question opens one question of the whole; leave --by out")
    results = {
        name: find_ground(part, min_actors=min_actors, interval=options["interval"], sources=_sources(data))
        for name, part in parts_of(positions, options["by"]).items()
    }
    if options["by"]:
        emit(results, options, about=about)
    else:
        _emit(results[""], options, about)


@command("fault-lines")
@_options
@click.option("--by", type=click.Choice(BY), default="question", show_default=True, help="What is ranked.")
@click.option("--interval", type=float, metavar="LEVEL", help="Print an interval of means, such as 0.95.")
def fault_lines(**options: Any) -> None:
    """Show the questions, or issues, that divide actors most, with the camps.

    \b
    stances fault-lines
    stances fault-lines un-landmark-votes --by issue --interval 0.95
    stances fault-lines votes.csv --reader un --session 78 --actors @EU
    """
    data = read_any(options)
    positions = read_positions(data, options)
    result = find_lines(positions, options["by"], interval=options["interval"], sources=_sources(data))
    _emit(result, options, record_of(data, positions, options) | {"interval": result.level})


def _sources(data: object) -> tuple[Source, ...]:
    return data.sources if isinstance(data, Dataset) else ()


def _emit(result: CommonGround | FaultLines, options: dict[str, Any], about: dict[str, Any]) -> None:
    """Print the whole, or the one question that was asked for."""
    question = options["question"]
    shown = result if question is None else result.question(question)
    emit(shown, options, about=about | {"question": question})
