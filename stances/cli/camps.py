"""`stances camps`: who stands together, and which camps would be found again."""

from typing import Any

import click

from stances import clusters
from stances.cli.command import command
from stances.cli.options import data_argument, measure_options, output_options, rule_options
from stances.cli.output import Ticker, emit, say
from stances.cli.reading import by_option, parts_of, read_any, read_positions, record_of, select_options
from stances.errors import TooFewActorsError
from stances.matrices import agreement_matrix
from stances.positions import Positions
from stances.slices import SLICES


@command()
@data_argument
@by_option
@click.option("--camps", "n_camps", type=click.IntRange(min=2), metavar="N", help="How many.")
@click.option("--stability", type=click.IntRange(min=10), metavar="N", help="Seek the camps again, N times.")
@click.option("--interval", type=float, metavar="LEVEL", help="Of being found again; with --stability.")
@click.option("--blocks", type=click.Choice(SLICES), help="What is drawn as one; with --stability.")
@click.option("--seed", type=click.IntRange(min=0), help="Of the drawing, to repeat it; with --stability.")
@select_options
@rule_options
@measure_options
@output_options
def camps(**options: Any) -> None:
    """Show who stands together, and whether other questions would give the same camps.

    Needs SciPy: python -m pip install 'stances[plot]'.

    \b
    stances camps un-landmark-votes
    stances camps un-landmark-votes --stability 200 --seed 1 --interval 0.95
    stances camps un-landmark-votes --by issue
    stances camps ga_voting.csv --reader un --session 78 --stability 200
    """
    results, about = computed(options)
    emit(results, options, about=about)


def computed(options: dict[str, Any]) -> tuple[dict[str, clusters.Camps], dict[str, Any]]:
    """Return the camps that a command asks for, by name, and what repeats them; a note names who has none."""
    for name in ("interval", "blocks", "seed"):
        if options[name] is not None and options["stability"] is None:
            raise click.UsageError(f"--{name} goes with --stability N")
    data = read_any(options)
    positions = read_positions(data, options)
    results, refused = {}, {}
    for name, part in parts_of(positions, options["by"]).items():
        try:
            results[name] = _camps(part, options)
        except TooFewActorsError as error:
            refused[name] = error
    if not results:
        raise next(iter(refused.values()))
    for name, reason in refused.items():
        say(f"note: {name}: {reason}")
    drawn = {name: found.stability.document() for name, found in results.items() if found.stability}
    about = record_of(data, positions, options) | {"interval": options["interval"]}
    return results, about | {"stability": drawn.get("", drawn) or None}


def _camps(positions: Positions, options: dict[str, Any]) -> clusters.Camps:
    chosen = {name: options[name] for name in ("measure", "silence", "salience")}
    return clusters.camps(
        agreement_matrix(positions, **chosen),
        options["n_camps"],
        options["stability"],
        options["blocks"],
        options["seed"],
        Ticker("resamples"),
        interval=options["interval"],
    )
