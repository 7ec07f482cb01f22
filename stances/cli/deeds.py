"""`stances deeds`: whether actors keep their word, or who agrees in speech but not in action."""

from typing import Any

import click
from attrs import evolve

from stances.cli.command import command
from stances.cli.options import data_argument, output_options, read_data, with_options
from stances.cli.output import emit
from stances.cli.reading import identity
from stances.dataset import Dataset
from stances.deeds import WordsAndDeeds, speech_and_action, words_and_deeds

account_options = with_options(
    data_argument,
    click.option("--actor", metavar="A", help="Only this actor."),
    click.option("--issue", "issues", multiple=True, help="Only questions on this issue; may be repeated."),
    click.option("--no-inferred", is_flag=True, help="Leave out what was read between the lines."),
    click.option("--interval", type=float, metavar="LEVEL", help="Print an interval, such as 0.95."),
)


@command()
@account_options
@click.option("--pairs", is_flag=True, help="Who agrees in speech but not in action instead.")
@click.option("--by", type=click.Choice(["issue"]), help="One account for each issue.")
@output_options
def deeds(*, pairs: bool, **options: Any) -> None:
    """Show who keeps its word: each actor's deeds beside its own words.

    DATA is a dataset whose records tell words from deeds; votes are deeds alone.

    \b
    stances deeds
    stances deeds my-data --actor CHN --interval 0.95
    stances deeds my-data --by issue
    stances deeds my-data --pairs
    """
    if pairs and (options["actor"] or options["by"] or options["interval"] is not None):
        raise click.UsageError("--pairs compares two actors at a time, without --actor, --by and --interval")
    if pairs:
        chosen, rules, about = _chosen(options)
        emit(speech_and_action(chosen, **rules), options, about=about)
        return
    results, about = computed(options)
    emit(results, options, about=about)


def computed(options: dict[str, Any]) -> tuple[dict[str, WordsAndDeeds], dict[str, Any]]:
    """Return the accounts that a command asks for, by name, and what repeats them."""
    chosen, rules, about = _chosen(options)
    results = {
        name: words_and_deeds(part, options["actor"], options["interval"], **rules)
        for name, part in _parts(chosen, options["by"])
    }
    told = {name: evolve(r, rules=f"{name} · {r.rules}") if name else r for name, r in results.items()}
    interval = next((r.interval.document() for r in results.values() if r.interval), None)
    return told, about | {"actor": options["actor"], "by": options["by"], "interval": interval}


def _chosen(options: dict[str, Any]) -> tuple[Dataset, dict[str, Any], dict[str, Any]]:
    """Return the records that count, the rules they come under, and what repeats both."""
    data = read_data(options)
    rules: dict[str, Any] = {"inferred": not options["no_inferred"]}
    about = {"issues": list(options["issues"]), **rules} | identity(data, options["data"])
    return data.select(issues=options["issues"] or None), rules, about


def _parts(data: Dataset, by: str | None) -> list[tuple[str, Dataset]]:
    """Return the whole under an empty name, or the part on each issue."""
    if by is None:
        return [("", data)]
    issues = dict.fromkeys(issue for question in data.questions for issue in question.issues)
    if not issues:
        raise click.UsageError(f"--by {by}: no question of {data.id} has one")
    return [(issue, data.select(issues=issue)) for issue in issues]
