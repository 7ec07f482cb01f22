"""The verbs: which file holds each, loaded when the verb is called, and what `stances --help` says of it."""

from importlib import import_module
from typing import Any, NamedTuple

import click


class Verb(NamedTuple):
    """Where a verb is written, and the first sentence of its help."""

    module: str
    help: str

    def load(self, name: str) -> click.Command:
        """Return the command."""
        command = getattr(import_module(f"stances.cli.{self.module}"), name.replace("-", "_"))
        assert isinstance(command, click.Command)
        return command


VERBS = {
    "agreement": Verb("matrices", "Show who agrees with whom, with the support of every value."),
    "camps": Verb(
        "camps", "Show who stands together, and whether other questions would give the same camps."
    ),
    "check": Verb(
        "check",
        "Check a dataset: every fault, how much of each source is coded, quotations, and what is doubtful.",
    ),
    "cite": Verb("cite", "Print how to cite DATA, the documents it rests on, and this library."),
    "cohesion": Verb("blocs", "Show how the members of BLOC hold together, by five indices."),
    "common-ground": Verb(
        "ground", "Show the questions on which all who took a level stand on the same side."
    ),
    "compare": Verb("compare", "Show the questions and the evidence behind the agreement of A and B."),
    "convert": Verb(
        "convert", "Write DATA to TARGET: a folder, a .json file, or a .csv file if that can hold all of it."
    ),
    "deeds": Verb("deeds", "Show who keeps its word: each actor's deeds beside its own words."),
    "diff": Verb("diff", "Show what changed from OLD to NEW, and the cells of the matrix that it moved."),
    "divergence": Verb(
        "matrices", "Show how far every two actors are apart, with the support of every value."
    ),
    "fault-lines": Verb("ground", "Show the questions, or issues, that divide actors most, with the camps."),
    "measures": Verb("measures", "List the measures, or show one in full."),
    "merge": Verb(
        "merge", "Join files or folders into one dataset, such as those of all coders of a document."
    ),
    "nearest": Verb(
        "nearest", "Show for each of VOTERS the nearest of PARTIES, and how often each comes first."
    ),
    "new": Verb("new", "Write a small commented dataset to start from."),
    "plot": Verb("plot", "Draw a figure for print, as SVG, PDF or PNG."),
    "reliability": Verb(
        "reliability", "Show how far coders agree, by question, issue and coder, and what they dispute most."
    ),
    "report": Verb("report", "Write one page to explore: matrices, silences, wedges and the evidence."),
    "seeds": Verb("seeds", "List the datasets that come with the library."),
    "show": Verb("show", "Show who took which position on which question."),
    "trend": Verb("trend", "Show A and B through time, and the questions behind the largest change."),
    "wedges": Verb("blocs", "Show which members of BLOC stand nearer to a rival than to BLOC."),
}


class Verbs(click.Group):
    """A group that knows its commands by name and sentence, and loads the one that is called.

    So help, version and the nearest known name come without the library.
    """

    def __init__(self, **settings: Any) -> None:
        known = [click.Command(name, help=verb.help) for name, verb in VERBS.items()]
        super().__init__(commands=known, **settings)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one verb, or None if there is none of this name."""
        if super().get_command(ctx, cmd_name) is None:
            return None
        return VERBS[cmd_name].load(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs, each with its sentence, without loading them."""
        click.Group(commands=self.commands).format_commands(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb, and return the exit status that its end stands for."""
        from stances.cli.status import status_of  # loads what a command needs in any case

        return status_of(lambda: super(Verbs, self).invoke(ctx))
