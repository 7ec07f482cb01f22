"""`stances show`: questions by actors, or what the questions say and which issue they belong to."""

from typing import Any

import click

from stances.cli.options import data_argument, output_options, read_data, read_positions, rule_options
from stances.cli.output import emit
from stances.dataset import Dataset
from stances.issue_rules import RuleReport, Rules, explain_issues, read_rules
from stances.positions import Positions
from stances.scales import VOTE


@click.command()
@data_argument
@rule_options
@click.option("--questions", is_flag=True, help="Show what the questions say and their issues instead.")
@click.option(
    "--rules",
    type=click.Path(exists=True, dir_okay=False),
    help="Give questions their issues by this file, in place of the shipped rules and of issues they have.",
)
@output_options
def show(*, questions: bool, rules: str | None, **options: Any) -> None:
    """Show who took which position on which question.

    Roll calls without an issue get theirs by the shipped rules for the UN General Assembly.

    \b
    stances show
    stances show my-data --basis deed
    stances show --questions --issue trade
    stances show votes.csv --questions --rules my-rules.toml
    """
    data = read_data(options)
    report, positions = _with_issues(data, rules, options)
    result = _only(report, positions) if questions else positions
    emit(
        result, options, data=data, about={"rules": positions.origin.rules, "issues": list(options["issues"])}
    )


def _with_issues(data: Dataset, file: str | None, options: dict[str, Any]) -> tuple[RuleReport, Positions]:
    """Return which rule gave which issue, and the positions on the issues asked for."""
    found = read_positions(data, {**options, "issues": ()})
    report = explain_issues(found, _rules(found, file), replace=file is not None)
    positions = report.applied_to(found)
    return report, positions.select(issues=options["issues"]) if options["issues"] else positions


def _rules(positions: Positions, file: str | None) -> Rules:
    """Return the rules of a file; the shipped ones for roll calls; and none for other questions."""
    if file is not None or all(question.scale == VOTE for question in positions.questions):
        return read_rules(file)
    return Rules("no rules", ())


def _only(report: RuleReport, positions: Positions) -> RuleReport:
    return report.only(question.id for question in positions.questions)
