"""`stances diff OLD NEW`: what changed, and which cells it moved."""

from typing import Any

import click
from attrs import evolve

from stances import differences
from stances.cli.command import command
from stances.cli.options import csv_options, given_dialect, output_options, rule_options, with_options
from stances.cli.output import emit
from stances.cli.reading import READERS, Data, csv_among, identity, issues_of, read_any
from stances.dataset import Dataset
from stances.silence import Policy

FINDINGS = 1

_options = with_options(
    click.argument("old", metavar="OLD"),
    click.argument("new", metavar="NEW"),
    csv_options,
    click.option("--reader", type=click.Choice(READERS), help="The layout that both come in."),
    click.option(
        "--cell", nargs=2, metavar="A B", help="Only the questions that moved the cell of these two."
    ),
    rule_options,
    click.option("--measure", default="agreement", show_default=True, help="See 'stances measures'."),
    click.option(
        "--silence",
        type=click.Choice([policy.value for policy in Policy]),
        default=Policy.SKIP.value,
        show_default=True,
        help="What counts where only one side took a position.",
    ),
    output_options,
)


@command()
@_options
def diff(old: str, new: str, cell: tuple[str, str] | None, **options: Any) -> int:
    """Show what changed from OLD to NEW, and the cells of the matrix that it moved.

    Exit status 1 where anything changed, 0 where nothing did.

    \b
    stances diff my-data corrected-data
    stances diff my-data corrected-data --cell CHN FRA
    stances diff ann.csv ben.csv --scale vote --measure cohen_kappa
    stances diff votes-2023.csv votes-2024.csv --reader un
    """
    if old == new == "-":
        raise click.UsageError("only one of OLD and NEW can be -")
    described, undescribed = csv_among((old, new)), dict.fromkeys(given_dialect(options))
    sides = [
        read_any(options | {"data": source} | ({} if source in described else undescribed))
        for source in (old, new)
    ]
    chosen = [_selected(data, options["issues"]) for data in sides]
    rules = _rules(sides[0], options)
    found = differences.diff(chosen[0], chosen[1], options["measure"], options["silence"], **rules)
    result = evolve(found, old_name=old, new_name=new)
    names = ("measure", "silence", "reader", "issues")
    identities = {"old": identity(sides[0], old), "new": identity(sides[1], new)}
    shown = result.explain(*cell) if cell else result
    emit(shown, options, about={name: options[name] for name in names} | identities)
    return 0 if result.is_empty else FINDINGS


def _selected(data: Data, issues: tuple[str, ...]) -> Data:
    if not issues:
        return data
    if isinstance(data, Dataset):
        return data.select(issues=issues)
    return issues_of(data, None).applied_to(data).select(issues=issues)


def _rules(data: Data, options: dict[str, Any]) -> dict[str, Any]:
    """Return the rules by which records become positions, those that were given alone."""
    rules: dict[str, Any] = {"basis": options["basis"], "prefer": options["prefer"]}
    given = {name: value for name, value in rules.items() if value}
    if options["no_inferred"]:
        given["inferred"] = False
    if given and not isinstance(data, Dataset):
        raise click.UsageError("--basis, --prefer and --no-inferred choose among records; votes have none")
    return given
