"""`stances agreement` and `stances divergence`: a matrix, or one per issue, year or session."""

from typing import Any

import click

from stances.cli.command import command
from stances.cli.options import (
    data_argument,
    interval_options,
    measure_options,
    output_options,
    read_interval,
    rule_options,
    with_options,
)
from stances.cli.output import emit
from stances.cli.reading import by_option, nothing_by, read_any, read_positions, record_of, select_options
from stances.matrices import agreement_matrix, divergence_matrix, matrices_by
from stances.matrix import Matrix
from stances.positions import Positions
from stances.printable import Printable

_options = with_options(
    data_argument,
    by_option,
    select_options,
    rule_options,
    measure_options,
    interval_options,
    click.option(
        "--min-shared", type=click.IntRange(min=1), default=1, help="Fewest shared questions for a value."
    ),
    click.option(
        "--top", type=click.IntRange(min=1), metavar="N", help="Only the N nearest and the N furthest pairs."
    ),
    output_options,
)


@command()
@_options
def agreement(**options: Any) -> None:
    """Show who agrees with whom, with the support of every value.

    \b
    stances agreement
    stances agreement my-data --by issue
    stances agreement votes.csv --scale vote --measure cohen_kappa
    stances agreement --measure krippendorff_alpha_ordinal --interval 0.95
    stances agreement --bootstrap 1000 --blocks issue --seed 7
    stances agreement ga_voting.csv --reader un --session 78 --actors @EU,CHN,USA
    stances agreement --silence bounds --format csv -o agreement.csv
    """
    _matrix("agreement", options)


@command()
@_options
def divergence(**options: Any) -> None:
    """Show how far every two actors are apart, with the support of every value.

    \b
    stances divergence
    stances divergence my-data --issue trade --format latex
    """
    _matrix("divergence", options)


def _matrix(kind: str, options: dict[str, Any]) -> None:
    if options["blocs"] and not options["actors"]:
        raise click.UsageError("--blocs goes with --actors, where their names stand after an @")
    matrices, about = computed(kind, options)
    results: dict[str, Printable] = dict(matrices)
    if options["top"]:
        results = {name: matrix.top(options["top"]) for name, matrix in matrices.items()}
    emit(results, options, about=about)


def computed(kind: str, options: dict[str, Any]) -> tuple[dict[str, Matrix], dict[str, Any]]:
    """Return the matrices that a command asks for, by name, and what repeats them."""
    data = read_any(options)
    positions = read_positions(data, options)
    names = ("measure", "silence", "min_shared", "salience")
    chosen = {name: options[name] for name in names} | read_interval(options)
    matrices = _by(kind, positions, options["by"], chosen)
    drawn = {name: matrix.interval.document() for name, matrix in matrices.items() if matrix.interval}
    return matrices, record_of(data, positions, options) | {"interval": drawn.get("", drawn) or None}


def _by(kind: str, positions: Positions, by: str | None, chosen: dict[str, Any]) -> dict[str, Matrix]:
    """Return the one matrix under an empty name, or one for each slice."""
    if by is None:
        compute = agreement_matrix if kind == "agreement" else divergence_matrix
        return {"": compute(positions, **chosen)}
    matrices = matrices_by(positions, by, kind=kind, **chosen)
    if not matrices:
        raise nothing_by(positions, by)
    return matrices
