"""What a comparison is made of, from the words of the command line."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from stances.cli.options import given_dialect, read_data, with_options
from stances.cli.output import Ticker
from stances.dataset import Dataset
from stances.expansion import select_actors
from stances.files.json_file import json_contents
from stances.issue_rules import RuleReport, Rules, explain_issues, read_rules
from stances.positions import Positions
from stances.registry import Blocs, blocs, read_blocs
from stances.scales import VOTE
from stances.slices import SLICES, slices_of

Data = Dataset | Positions
READERS = ("un", "unvotes", "voeten", "wahlomat", "voteview", "ches", "table")


def _read(options: Mapping[str, Any]) -> Positions:
    """Return what the reader that was named makes of a file or folder; only then are readers loaded."""
    from stances import readers

    found: dict[str, Callable[[str], Positions]] = {
        "un": readers.read_un_votes,
        "unvotes": readers.read_unvotes,
        "voeten": readers.read_voeten,
        "wahlomat": readers.read_wahlomat,
        "voteview": lambda folder: readers.read_voteview(*_members_and_votes(folder)),
        "ches": readers.read_ches,
        "table": lambda path: readers.from_table(path, scale=options["scale"]),
    }
    with readers.telling(Ticker("read")):
        return found[options["reader"]](options["data"])


def _members_and_votes(folder: str) -> tuple[Path, Path]:
    """Return the two files of Voteview in a folder."""
    found = [sorted(Path(folder).glob(f"*{name}*.csv*")) for name in ("members", "votes")]
    if [len(files) for files in found] != [1, 1]:
        raise click.UsageError(f"{folder}: name a folder with one file of members and one of votes")
    return found[0][0], found[1][0]


select_options = with_options(
    click.option("--reader", type=click.Choice(READERS), help="The layout that DATA comes in."),
    click.option("--actors", help="Only these, by comma; @EU stands for its members on the day."),
    click.option(
        "--blocs", type=click.Path(exists=True), metavar="FILE", help="Blocs of your own for --actors."
    ),
    click.option("--session", "sessions", multiple=True, help="Only this session; may be repeated."),
    click.option("--since", metavar="DATE", help="Only questions from this date on, such as 2022-02."),
    click.option("--until", metavar="DATE", help="Only questions up to this date."),
    click.option("--drop-unanimous", is_flag=True, help="Only questions on which levels differ."),
    click.option(
        "--min-participation",
        type=click.FloatRange(0, 1),
        default=0.0,
        help="Only actors with a level on this share of the questions.",
    ),
    click.option(
        "--rules",
        "rule_file",
        type=click.Path(exists=True, dir_okay=False),
        metavar="FILE",
        help="Your own rules for the issues of questions.",
    ),
)

by_option = click.option("--by", type=click.Choice(SLICES), help="One table for each.")


def read_any(options: Mapping[str, Any]) -> Data:
    """Return the dataset, or what a reader makes of a foreign layout."""
    name = options["reader"]
    if name is None:
        return read_data(options)
    for option in given_dialect(options):
        raise click.UsageError(
            f"--{option} is for the CSV of a dataset; --reader {name} has a layout of its own"
        )
    if options["data"] == "-":
        raise click.UsageError("--reader needs a file or folder, and not -")
    if not Path(options["data"]).exists():
        raise click.UsageError(f"--reader {name} needs a file or folder, and there is no {options['data']!r}")
    if name == "table" and not options["scale"]:
        raise click.UsageError('--reader table needs --scale: vote, support, or "low < middle < high"')
    return _read(options)


def csv_among(sources: Sequence[str]) -> Sequence[str]:
    """Return those of several sources that a dialect is for: CSV files and -, or all where none is one."""
    return [name for name in sources if name == "-" or name.lower().endswith(".csv")] or sources


def read_positions(data: Data, options: Mapping[str, Any]) -> Positions:
    """Return the positions that are compared, under the rules and selections of the command."""
    rules = read_rules_for(data, options)
    return narrowed(data.positions(**rules) if isinstance(data, Dataset) else data, options)


def narrowed(found: Positions, options: Mapping[str, Any]) -> Positions:
    """Return the positions on those questions, and of those actors, that the command selects."""
    if options["rule_file"] or options["issues"] or options.get("by") == "issue":
        found = issues_of(found, options["rule_file"]).applied_to(found)
    chosen = found.select(
        issues=options["issues"] or None,
        sessions=options["sessions"] or None,
        since=options["since"],
        until=options["until"],
        drop_unanimous=options["drop_unanimous"],
    )
    if options["actors"] is not None:
        names = [name.strip() for name in options["actors"].split(",") if name.strip()]
        if not names:
            raise click.UsageError("--actors names nobody")
        chosen = select_actors(chosen, names, _blocs(options["blocs"]))
    share = options["min_participation"]
    return chosen.select(min_participation=share) if share else chosen


def parts_of(positions: Positions, by: str | None) -> dict[str, Positions]:
    """Return the whole under an empty name, or its part on each issue, year or session."""
    if by is None:
        return {"": positions}
    parts = {name: part.about(name) for name, part in slices_of(positions, by)}
    if not parts:
        raise nothing_by(positions, by)
    return parts


def nothing_by(positions: Positions, by: str) -> click.UsageError:
    """Return the error of a table none of whose questions has an issue, year or session."""
    return click.UsageError(f"--by {by}: no question of {positions.origin.name} has one")


def issues_of(positions: Positions, file: str | None) -> RuleReport:
    """Return which rule gives which question its issue.

    The rules of a file replace issues that questions have; the shipped ones give issues to roll
    calls that have none.
    """
    roll_calls = all(question.scale == VOTE for question in positions.questions)
    rules = read_rules(file) if file is not None or roll_calls else Rules("no rules", ())
    return explain_issues(positions, rules, replace=file is not None)


def _blocs(path: str | None) -> Blocs:
    return blocs() if path is None else blocs() | read_blocs(path)


def read_rules_for(data: Data, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return by which rules records become positions; nothing for votes, which have no records."""
    if not isinstance(data, Dataset):
        if options["prefer"] or options["no_inferred"] or options["basis"]:
            raise click.UsageError(
                "--basis, --prefer and --no-inferred choose among records; votes have none"
            )
        return {}
    rules: dict[str, Any] = {"prefer": options["prefer"], "inferred": not options["no_inferred"]}
    if options["basis"]:
        rules["basis"] = options["basis"]
    if options.get("as_of"):
        rules["as_of"] = options["as_of"]
    return rules


def record_of(data: Data, positions: Positions, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what repeats a result, for the record beside a file; nothing where none is written."""
    if options["output"] is None:  # the hash is that of all the data
        return {}
    names = ("measure", "silence", "min_shared", "by", "salience", "reader", "actors")
    record = {name: options[name] for name in names if name in options}
    record |= {"rules": positions.origin.rules, "subject": positions.origin.subject}
    return record | identity(data, options["data"])


def identity(data: Data, source: str) -> dict[str, Any]:
    """Return what the data are, their sources, and a hash: of a dataset's JSON form, or of the files read."""
    (origin,) = data.made_of()
    if isinstance(data, Dataset):
        return origin.document() | {"sha256": hashlib.sha256(json_contents(data)).hexdigest()}
    path = Path(source)
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return origin.document() | {"sha256": digest.hexdigest()}
