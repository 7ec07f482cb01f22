"""`stances plot KIND`: a figure for print, with the record of how it came about beside it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stances.cli import blocs, camps, deeds, matrices
from stances.cli import trend as trends
from stances.cli.command import Commands
from stances.cli.options import (
    data_argument,
    interval_options,
    measure_options,
    rule_options,
    with_options,
)
from stances.cli.output import write_with_record
from stances.cli.reading import select_options
from stances.plots import bars, cells, leaves, panels, plane, promises, pulled, timeline
from stances.plots.saving import checked_ending, contents
from stances.plots.sheet import library
from stances.scaling import map_of
from stances.slices import SLICES

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def _drawable(_context: click.Context, _option: click.Parameter, path: Path) -> Path:
    """Return where to write; what cannot be written, or drawn for want of matplotlib, is told at once."""
    checked_ending(path)
    library()
    return path


_output = click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_drawable,
    help="The file: .svg, .pdf or .png.",
)
_shared = with_options(data_argument, select_options, rule_options, measure_options)
_matrix = with_options(
    _shared,
    click.option("--divergence", is_flag=True, help="How far apart, in place of how far alike."),
    click.option(
        "--min-shared", type=click.IntRange(min=1), default=1, help="Fewest shared questions for a value."
    ),
    interval_options,
    _output,
)


@click.group(cls=Commands)
def plot() -> None:
    """Draw a figure for print, as SVG, PDF or PNG.

    Needs matplotlib and SciPy: python -m pip install 'stances[plot]'.

    \b
    stances plot heatmap un-landmark-votes -o votes.svg
    stances plot trend FRA USA un-landmark-votes -o trend.pdf
    """


@plot.command()
@_matrix
def heatmap(**options: Any) -> None:
    """Draw who agrees with whom, in the order of camps.

    \b
    stances plot heatmap -o report.svg
    stances plot heatmap ga_voting.csv --reader un --session 78 -o session.pdf
    """
    found, about = matrices.computed(_kind(options), options | {"by": None})
    _write(cells.heatmap(found[""]), options, about)


@plot.command()
@_matrix
@click.option("--by", type=click.Choice(SLICES), default="issue", show_default=True, help="A panel for each.")
def issues(**options: Any) -> None:
    """Draw a small heatmap for each issue, year or session.

    \b
    stances plot issues un-landmark-votes -o issues.svg
    stances plot issues un-landmark-votes --by year -o years.svg
    """
    found, about = matrices.computed(_kind(options), options)
    _write(panels.small_multiples(found)[0], options, about)


@plot.command()
@_shared
@click.option("--camps", "n_camps", type=click.IntRange(min=2), metavar="N", help="How many.")
@_output
def dendrogram(**options: Any) -> None:
    """Draw the tree of actors that camps are cut from.

    \b
    stances plot dendrogram un-landmark-votes -o tree.svg
    """
    steady = dict.fromkeys(("by", "stability", "interval", "blocks", "seed"))
    found, about = camps.computed(options | steady)
    _write(leaves.dendrogram(found[""]), options, about)


@plot.command("map")
@_shared
@_output
def map_(**options: Any) -> None:
    """Draw the actors as points, as far apart as they diverge.

    \b
    stances plot map un-landmark-votes -o map.svg
    """
    unasked = dict.fromkeys(("by", "interval", "bootstrap", "blocks", "seed")) | {"min_shared": 1}
    found, about = matrices.computed("agreement", options | unasked)
    _write(plane.actor_map(map_of(found[""])), options, about)


@plot.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@_shared
@click.option("--by", type=click.Choice(["year", "session"]), default="year", show_default=True)
@click.option(
    "--day", "days", multiple=True, metavar="DATE", help="Positions as of this day; may be repeated."
)
@click.option(
    "--min-shared", type=click.IntRange(min=1), default=1, help="Fewest shared questions for a value."
)
@interval_options
@_output
def trend(first: str, second: str, **options: Any) -> None:
    """Draw A and B through time.

    \b
    stances plot trend FRA USA un-landmark-votes -o trend.svg
    """
    found, about = trends.computed(first, second, options)
    _write(timeline.trend(found), options, about)


@plot.command()
@blocs.bloc_options
@blocs.wedge_options
@_output
def wedges(bloc: str, **options: Any) -> None:
    """Draw the members of BLOC between it and a rival.

    \b
    stances plot wedges EU un-landmark-votes --rival USA -o wedges.svg
    """
    found, about = blocs.computed_wedges(bloc, options)
    _write(pulled.wedges(found), options, about)


@plot.command("deeds")
@deeds.account_options
@_output
def deeds_(**options: Any) -> None:
    """Draw the words of actors beside their deeds.

    \b
    stances plot deeds -o deeds.svg
    stances plot deeds my-data --actor CHN -o china.svg
    """
    found, about = deeds.computed(options | {"by": None})
    _write(promises.dumbbell(found[""]), options, about)


@plot.command()
@blocs.bloc_options
@_output
def cohesion(bloc: str, **options: Any) -> None:
    """Draw how the members of BLOC hold together.

    \b
    stances plot cohesion EU un-landmark-votes --by issue -o cohesion.svg
    """
    found, about = blocs.computed_cohesion(bloc, options)
    _write(bars.cohesion(found), options, about)


def _kind(options: Mapping[str, Any]) -> str:
    return "divergence" if options["divergence"] else "agreement"


def _write(ax: "Axes", options: Mapping[str, Any], about: Mapping[str, Any]) -> None:
    output: Path = options["output"]
    write_with_record(output, contents(ax, output), about)
