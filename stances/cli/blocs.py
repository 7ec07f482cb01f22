"""`stances cohesion` and `stances wedges`: how a bloc holds together, and who is drawn from it."""

from typing import Any

import click

from stances.bloc_positions import blocs_for
from stances.blocs import Cohesion, Wedges
from stances.blocs import cohesion as hold_together
from stances.blocs import wedges as find_wedges
from stances.cli.command import command
from stances.cli.options import data_argument, output_options, rule_options, with_options
from stances.cli.output import emit
from stances.cli.reading import Data, read_any, read_positions, record_of, select_options
from stances.dataset import Dataset
from stances.registry import Blocs, read_blocs
from stances.slices import SLICES

bloc_options = with_options(
    click.argument("bloc"),
    data_argument,
    click.option("--by", type=click.Choice(("question", *SLICES)), help="A row for each."),
    select_options,
    rule_options,
    click.option("--interval", type=float, metavar="LEVEL", help="Print an interval, such as 0.95."),
)
wedge_options = with_options(
    click.option("--rival", required=True, metavar="ACTOR", help="An actor, or a bloc, outside of BLOC."),
    click.option("--member", "members", multiple=True, metavar="ID", help="Only this one; may be repeated."),
    click.option(
        "--measure", default="agreement", show_default=True, help="One that is a mean over questions."
    ),
)


@command()
@bloc_options
@output_options
def cohesion(bloc: str, **options: Any) -> None:
    """Show how the members of BLOC hold together, by five indices.

    BLOC is an id or a name, such as EU, BRICS or NATO; members count on the
    days on which they were members.

    \b
    stances cohesion EU un-landmark-votes --by issue
    stances cohesion EU un-landmark-votes --by question --issue gaza
    stances cohesion BRICS ga_voting.csv --reader un --by year --interval 0.95
    """
    result, about = computed_cohesion(bloc, options)
    emit(result, options, about=about)


def computed_cohesion(bloc: str, options: dict[str, Any]) -> tuple[Cohesion, dict[str, Any]]:
    """Return the cohesion that a command asks for, and what repeats it."""
    data = read_any(options)
    positions = read_positions(data, options)
    known = _blocs(data, options["blocs"])
    result = hold_together(positions, bloc, options["by"], options["interval"], blocs=known)
    about = {"bloc": result.bloc, "interval": result.level}
    return result, record_of(data, positions, options) | about


@command()
@bloc_options
@wedge_options
@output_options
def wedges(bloc: str, **options: Any) -> None:
    """Show which members of BLOC stand nearer to a rival than to BLOC.

    \b
    stances wedges EU --rival CHN
    stances wedges EU un-landmark-votes --rival USA --by issue
    stances wedges EU un-landmark-votes --rival USA --member HUN --issue gaza
    stances wedges EU ga_voting.csv --reader un --rival RUS --interval 0.95
    """
    result, about = computed_wedges(bloc, options)
    emit(result, options, about=about)


def computed_wedges(bloc: str, options: dict[str, Any]) -> tuple[Wedges, dict[str, Any]]:
    """Return the wedges that a command asks for, and what repeats them."""
    rival, members, measure = (options[name] for name in ("rival", "members", "measure"))
    data = read_any(options)
    positions = read_positions(data, options)
    dataset = data if isinstance(data, Dataset) else None
    result = find_wedges(
        positions,
        bloc,
        rival,
        members or None,
        options["by"],
        measure,
        options["interval"],
        blocs=_blocs(data, options["blocs"]),
        assessments=dataset.stances if dataset else (),
        sources=dataset.sources if dataset else (),
    )
    about = {"bloc": result.bloc, "rival": rival, "members": list(members), "measure": measure}
    return result, record_of(data, positions, options) | about | {"interval": result.level}


def _blocs(data: Data, file: str | None) -> Blocs:
    """Return the blocs of the data, the shipped ones, and those of a file."""
    known = blocs_for(data)
    return known if file is None else known | read_blocs(file)
