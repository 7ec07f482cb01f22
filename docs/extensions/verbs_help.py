"""The directive ``verbs-help``: each verb with its own help, asked of the program while the site is built."""

from collections.abc import Iterator
from typing import Any

import click
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from stances.cli import cli


def help_of_verbs() -> Iterator[tuple[str, str]]:
    """Yield every verb, and each verb of a verb such as ``plot heatmap``, with what its ``--help`` prints."""
    with click.Context(cli, info_name="stances", terminal_width=80) as context:
        yield from _below(cli, context)


def _below(group: click.Group, context: click.Context, path: str = "") -> Iterator[tuple[str, str]]:
    for name in group.list_commands(context):
        verb = group.get_command(context, name)
        assert verb is not None
        with click.Context(verb, info_name=name, parent=context, terminal_width=80) as inner:
            yield path + name, verb.get_help(inner)
            if isinstance(verb, click.Group):
                yield from _below(verb, inner, f"{path}{name} ")


class VerbsHelp(SphinxDirective):
    """A section for each verb."""

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        return [self._section(*verb) for verb in help_of_verbs()]

    def _section(self, name: str, text: str) -> nodes.section:
        section = nodes.section(ids=[nodes.make_id(f"help-{name}")], names=[f"help-{name}"])
        section += nodes.title(text=name)
        shown = f"$ stances {name} --help\n{text}"
        section += nodes.literal_block(shown, shown, language="text")
        self.state.document.note_explicit_target(section)
        return section


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_directive("verbs-help", VerbsHelp)
    return {"parallel_read_safe": True}
