"""Options that several verbs share, and how they become arguments of the library."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click
from attrs import fields

from stances.cli.output import FORMATS, Ticker
from stances.dataset import Dataset
from stances.dialect import Dialect
from stances.errors import ChoiceError, FieldError
from stances.files import load, parse
from stances.limits import USUAL
from stances.models import Basis
from stances.shipped import DEFAULT
from stances.silence import Policy
from stances.slices import SLICES

Command = TypeVar("Command", bound=Callable[..., Any])
BASES = [basis.value for basis in Basis]


def with_options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Return a decorator that applies options in the order they are listed."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


dialect_options = with_options(
    click.option("--encoding", metavar="NAME", help="Of a CSV that is not UTF-8, such as cp1252."),
    click.option("--delimiter", metavar="MARK", help='Between the columns of a CSV: ";", tab or "|".'),
    click.option("--decimal", metavar="SIGN", help="Decimal sign of a CSV that has commas: ,"),
    click.option("--skip", type=int, metavar="N", help="Lines of a CSV above its header."),
    click.option("--times", metavar="drop", help="Keep the dates of a CSV and drop their times."),
    click.option("--extra", metavar="keep", help="Keep columns of a CSV that no dataset has."),
)
csv_options = with_options(
    click.option("--scale", help='Scale of a CSV that declares none: vote, support, "low < middle < high".'),
    dialect_options,
)
data_argument = with_options(click.argument("data", default=DEFAULT), csv_options)
rule_options = with_options(
    click.option("--issue", "issues", multiple=True, help="Only questions on this issue; may be repeated."),
    click.option(
        "--basis",
        multiple=True,
        type=click.Choice(BASES),
        help="What counts, words and deeds by default; may be repeated.",
    ),
    click.option("--prefer", type=click.Choice(BASES[:2]), help="What counts where word and deed differ."),
    click.option("--no-inferred", is_flag=True, help="Leave out what was read between the lines."),
)
measure_option = click.option(
    "--measure", default="agreement", show_default=True, help="See 'stances measures'."
)
silence_option = click.option(
    "--silence",
    type=click.Choice([policy.value for policy in Policy]),
    default=Policy.SKIP.value,
    show_default=True,
    help="What counts where only one side took a position.",
)
measure_options = with_options(
    measure_option,
    silence_option,
    click.option("--salience", type=click.Choice(["mean"]), help="Weigh by what matters to both actors."),
)
interval_options = with_options(
    click.option("--interval", type=float, metavar="LEVEL", help="Print an interval, such as 0.95."),
    click.option(
        "--bootstrap", type=click.IntRange(min=1), metavar="N", help="Draw the questions again, N times."
    ),
    click.option("--blocks", type=click.Choice(SLICES), help="What the bootstrap draws as one."),
    click.option("--seed", type=click.IntRange(min=0), help="Of the bootstrap, to repeat it."),
)
output_options = with_options(
    click.option("--format", "style", type=click.Choice(FORMATS), default="plain", show_default=True),
    click.option(
        "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file instead."
    ),
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Shade cells in a terminal.",
    ),
)


def read_data(options: Mapping[str, Any]) -> Dataset:
    """Return the dataset that the command names; - is stdin."""
    how = {"scale": options["scale"], "dialect": read_dialect(options)}
    if options["data"] == "-":
        return parse(sys.stdin.buffer.read(USUAL.file_bytes + 1), "stdin", **how)
    return load(options["data"], **how)


def given_dialect(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the command says of how a CSV is written."""
    names = (field.name for field in fields(Dialect))
    return {name: options[name] for name in names if options.get(name) is not None}


def read_dialect(options: Mapping[str, Any]) -> Dialect | None:
    """Return how a CSV is written, or nothing where the command says nothing of it."""
    given = given_dialect(options)
    if given.get("delimiter") == "tab":
        given["delimiter"] = "\t"
    try:
        return Dialect(**given) if given else None
    except (ChoiceError, FieldError) as error:
        raise click.UsageError(f"--{error.field}: {error}") from None


def read_interval(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments by which the library is asked for intervals; --bootstrap alone asks for 95 %."""
    n, level = options["bootstrap"], options["interval"]
    if n is None:
        for name in ("blocks", "seed"):
            if options[name] is not None:
                raise click.UsageError(f"--{name} goes with --bootstrap N")
        return {"interval": level, "progress": Ticker("steps")}
    drawn = {"method": "bootstrap", "n_resamples": n, "blocks": options["blocks"], "rng": options["seed"]}
    return {"interval": 0.95 if level is None else level, "progress": Ticker("steps"), **drawn}
