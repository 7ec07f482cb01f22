"""`stances nearest VOTERS PARTIES`: for each voter the parties that stand nearest."""

from pathlib import Path
from typing import Any

import click

from stances import matching
from stances.cli.command import command
from stances.cli.options import dialect_options, given_dialect, measure_option, output_options, silence_option
from stances.cli.output import Ticker, emit
from stances.cli.reading import READERS, Data, csv_among, identity, read_any
from stances.matching.weight_file import read_weights
from stances.matrices import positions_of
from stances.positions import Positions

_LAYOUT = click.Choice(list(READERS))


@command()
@click.argument("voters")
@click.argument("parties")
@click.option("--k", "-k", "k", type=click.IntRange(min=1), default=5, show_default=True, help="How many.")
@click.option("--reader", type=_LAYOUT, help="The layout that PARTIES come in.")
@click.option("--voters-reader", type=_LAYOUT, help="The layout that VOTERS come in.")
@click.option("--scale", help="Scale of a table that declares none; for VOTERS, that of PARTIES by default.")
@dialect_options
@click.option("--issue", "issues", multiple=True, help="Only questions on this issue; may be repeated.")
@measure_option
@silence_option
@click.option(
    "--weights",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A CSV file of weights: voter, question, weight; 1 where there is no row.",
)
@click.option(
    "--min-shared", type=click.IntRange(min=1), default=1, help="Fewest shared questions for a value."
)
@output_options
def nearest(**options: Any) -> None:
    """Show for each of VOTERS the nearest of PARTIES, and how often each comes first.

    Both are read as DATA elsewhere, and questions are matched by id. Parties that
    are equally near come in the order of their ids.

    \b
    stances nearest voters.csv parties.csv --scale "no < neutral < yes"
    stances nearest voters.csv deutschland --reader wahlomat -k 3
    stances nearest voters.csv parties.csv --scale support --weights w.csv
    stances nearest voters.csv parties.csv --scale vote --format csv -o all.csv
    """
    if options["voters"] == options["parties"] == "-":
        raise click.UsageError("only one of VOTERS and PARTIES can be -")
    few = _read("parties", options["reader"], options["scale"], options)
    parties = positions_of(few, {}).select(issues=options["issues"] or None)
    many = _read("voters", options["voters_reader"], options["scale"] or _scale_of(parties), options)
    voters = positions_of(many, {})
    weights = options["weights"] and read_weights(options["weights"], voters)
    chosen = {name: options[name] for name in ("measure", "silence", "min_shared")}
    found = matching.nearest(
        voters, parties, options["k"], weights=weights, progress=Ticker("voters"), **chosen
    )
    about = chosen | {"k": options["k"], "weights": str(options["weights"] or "") or None}
    sides = {"voters": identity(many, options["voters"]), "parties": identity(few, options["parties"])}
    emit(found, options, about=about | sides | {"subject": parties.origin.subject})


def _read(side: str, reader: str | None, scale: Any, options: dict[str, Any]) -> Data:
    """Return one side; how a CSV is written concerns the sides that no reader reads, if there is one."""
    readers = {"parties": options["reader"], "voters": options["voters_reader"]}
    sides = [name for name in readers if not readers[name]] or list(readers)
    described = side in sides and options[side] in csv_among([options[name] for name in sides])
    written = given_dialect(options) if described else {}
    return read_any({"data": options[side], "reader": reader, "scale": scale} | written)


def _scale_of(parties: Positions) -> Any:
    """Return the scale that all questions of the parties have, or None."""
    scales = {question.scale for question in parties.questions}
    return scales.pop() if len(scales) == 1 else None
