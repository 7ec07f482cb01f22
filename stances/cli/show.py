"""`stances show`: questions by actors, or what the questions say and which issue they belong to."""

from typing import Any

import click

from stances.cli.command import command
from stances.cli.options import data_argument, output_options, rule_options
from stances.cli.output import emit
from stances.cli.reading import issues_of, read_any, read_positions, record_of, select_options


@command()
@data_argument
@select_options
@rule_options
@click.option("--questions", is_flag=True, help="Show what the questions say and their issues instead.")
@output_options
def show(*, questions: bool, **options: Any) -> None:
    """Show who took which position on which question.

    Roll calls without an issue get theirs by the shipped rules for the UN General Assembly.

    \b
    stances show
    stances show my-data --basis deed
    stances show --questions --issue trade
    stances show votes.csv --questions --rules my-rules.toml
    """
    data = read_any(options)
    found = read_positions(data, options | {"issues": (), "rule_file": None})
    report = issues_of(found, options["rule_file"])
    positions = report.applied_to(found)
    if options["issues"]:
        positions = positions.select(issues=options["issues"])
    result = report.only(question.id for question in positions.questions) if questions else positions
    emit(result, options, about=record_of(data, positions, options))
