"""`stances show`: questions by actors, or what the questions say."""

from typing import Any

import click

from stances.cli.options import data_argument, output_options, read_data, read_positions, rule_options
from stances.cli.output import emit
from stances.positions import Positions
from stances.printable import Listing


@click.command()
@data_argument
@rule_options
@click.option("--questions", is_flag=True, help="Show what the questions say instead.")
@output_options
def show(*, questions: bool, **options: Any) -> None:
    """Show who took which position on which question.

    \b
    stances show
    stances show my-data --basis deed
    stances show --questions --issue trade
    """
    data = read_data(options)
    positions = read_positions(data, options)
    result = _questions(positions) if questions else positions
    emit(
        result, options, data=data, about={"rules": positions.origin.rules, "issues": list(options["issues"])}
    )


def _questions(positions: Positions) -> Listing:
    asked = positions.questions
    columns: dict[str, list[Any]] = {
        "question": [question.id for question in asked],
        "issues": [", ".join(question.issues) for question in asked],
        "scale": [question.scale.id for question in asked],
        "weight": [question.weight for question in asked],
        "text": [question.text for question in asked],
    }
    return Listing(f"{positions.origin.name} · {len(asked)} questions", columns)
