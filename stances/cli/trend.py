"""`stances trend A B`: two actors through years, sessions or days."""

from typing import Any

import click

from stances import trends
from stances.bloc_positions import blocs_for
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
from stances.cli.reading import Data, read_any, read_positions, record_of, select_options
from stances.dataset import Dataset
from stances.matrices import interval_of, positions_of
from stances.positions import Positions
from stances.silence import Policy
from stances.trends import Trend


@command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@data_argument
@click.option("--by", type=click.Choice(["year", "session"]), default="year", show_default=True)
@click.option(
    "--day", "days", multiple=True, metavar="DATE", help="Positions as of this day; may be repeated."
)
@select_options
@rule_options
@measure_options
@click.option(
    "--min-shared", type=click.IntRange(min=1), default=1, help="Fewest shared questions for a value."
)
@interval_options
@output_options
def trend(first: str, second: str, **options: Any) -> None:
    """Show A and B through time, and the questions behind the largest change.

    B may be a bloc whose members speak for it, without A. Intervals are of 95 %
    unless --interval names another level.

    \b
    stances trend FRA USA un-landmark-votes
    stances trend USA ISR ga_voting.csv --reader un --by session
    stances trend HUN EU ga_voting.csv --reader un --issue gaza
    stances trend FRA CHN my-data --day 2024-12-31 --day 2025-12-31
    """
    result, about = computed(first, second, options)
    emit(result, options, about=about)


def computed(first: str, second: str, options: dict[str, Any]) -> tuple[Trend, dict[str, Any]]:
    """Return the trend that a command asks for, and what repeats it."""
    data = read_any(options)
    positions = read_positions(data, options)
    chosen = {name: options[name] for name in ("measure", "silence", "min_shared")} | _interval(options)
    if options["days"]:
        result = _by_day(data, positions, first, second, options, chosen)
    else:
        chosen["salience"] = options["salience"]
        result = trends.trend(positions, first, second, options["by"], blocs=blocs_for(data), **chosen)
    interval = result.periods[0].matrix.interval
    about = record_of(data, positions, options) | {"days": options["days"]}
    return result, about | {"interval": interval.document() if interval else None}


def _interval(options: dict[str, Any]) -> dict[str, Any]:
    """Return how intervals are asked for: by default with 95 %, except where silences give bounds."""
    asked = read_interval(options)
    if asked["interval"] is None and options["silence"] != Policy.BOUNDS:
        asked["interval"] = 0.95
    return asked


def _by_day(
    data: Data, whole: Positions, first: str, second: str, options: dict[str, Any], chosen: dict[str, Any]
) -> Trend:
    """Return the trend over the positions of several days, each with the selections of the command."""
    if not isinstance(data, Dataset):
        raise click.UsageError("--day needs records with dates; votes have none, so use --by")
    known = blocs_for(data)

    def pair(positions: Positions) -> tuple[Positions, tuple[str, ...]]:
        weighed = positions_of(positions, {}, salience=options["salience"])
        return trends.pair_of(weighed, first, second, known)

    days = trends.in_order(options["days"])
    parts = [(day, pair(read_positions(data, options | {"as_of": day}))[0]) for day in days]
    both, made = pair(whole)
    drawn = {name: chosen.get(name) for name in ("blocks", "rng")}
    method, n = chosen.get("method", "influence"), chosen.get("n_resamples", 1000)
    request = interval_of(chosen["interval"], method, n_resamples=n, **drawn)
    how = {name: chosen[name] for name in ("measure", "silence", "min_shared")}
    return trends.follow(parts, both, "day", **how, interval=request, blocs=made)
