"""A command of which no option is given twice, where the last would replace the others unseen."""

from collections.abc import Callable
from typing import Any

import click


class Command(click.Command):
    """What a verb is."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; click.UsageError where an option stands twice that counts once.

        They are read once more for that, as click keeps no count; help and completion come first.
        """
        read = args.copy()
        rest = super().parse_args(ctx, args)
        _, _, given = self.make_parser(ctx).parse_args(args=read)
        for option in () if ctx.resilient_parsing else given:
            if isinstance(option, click.Option) and not option.multiple and given.count(option) > 1:
                raise click.UsageError(f"{option.opts[0]} is given more than once; give it once", ctx)
        return rest


class Commands(click.Group):
    """A verb with verbs of its own."""

    command_class = Command


def command(name: str | None = None) -> Callable[[Callable[..., Any]], Command]:
    """Return a decorator that makes a verb of a function."""
    return click.command(name, cls=Command)
