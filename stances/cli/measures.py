"""`stances measures`: the table of coefficients, or one in full."""

from typing import Any

import click

from stances.cli.command import command
from stances.cli.options import output_options
from stances.cli.output import emit
from stances.measures import MEASURES, find_measure
from stances.printable import Listing


@command()
@click.argument("name", required=False)
@output_options
def measures(name: str | None, **options: Any) -> None:
    """List the measures, or show one in full.

    \b
    stances measures
    stances measures cohen_kappa
    """
    emit(_one(name) if name else _all(), options)


def _all() -> Listing:
    known = MEASURES.values()
    columns: dict[str, list[Any]] = {
        "measure": [m.name for m in known],
        "kernel": [m.kernel or "formula of its own" for m in known],
        "chance": [m.chance or "none" for m in known],
        "level": [m.level for m in known],
        "range": [f"{m.range[0]:g} to {m.range[1]:g}" for m in known],
        "says": [m.title for m in known],
    }
    return Listing("Measures", columns, ("Next: stances measures NAME",))


def _one(name: str) -> Listing:
    measure = find_measure(name)
    facts = {
        "says": measure.title,
        "kernel": measure.kernel or "a formula of its own",
        "chance": measure.chance or "none",
        "level of measurement": measure.level,
        "range": f"{measure.range[0]:g} to {measure.range[1]:g}",
        "reference": measure.reference,
        "misleads": measure.misleads,
    }
    facts |= {f"not {law.replace('_', ' ')}": reason for law, reason in measure.exempt.items()}
    return Listing(measure.name, {"": list(facts), "value": list(facts.values())})
