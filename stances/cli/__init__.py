"""The command line: a file per verb; data to stdout, messages to stderr.

Exit status: 0 fine, 1 findings, 2 usage, 3 bad data.
"""

import io
from collections.abc import Sequence

import click

from stances import __version__
from stances.cli.verbs import Verbs

__all__ = ["cli", "main"]

INTERRUPTED = 130


def _say_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    """Say which version this is, and what counts."""
    if not asked or context.resilient_parsing:
        return
    from importlib.metadata import version
    from importlib.util import find_spec

    engine = "numpy; the extra fast is not installed"
    if find_spec("simsimd") is not None:
        engine = f"simsimd {version('simsimd')}, the extra fast"
    click.echo(f"stances, version {__version__}\ncounts with {engine}")
    context.exit()


def _say_usage(error: click.ClickException) -> None:
    """Say what click says of an error, in which it names arguments as they are."""
    buffer = io.StringIO()
    error.show(buffer)
    said = buffer.getvalue().removesuffix("\n")
    if said.isascii() and said.replace("\n", "").isprintable():  # as help is, for which nothing is loaded
        click.echo(said, err=True)
        return
    from stances.cli.output import say

    say(said)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_version,
    help="Show the version and what counts, and exit.",
)
def cli() -> None:
    """Show who agrees with whom, about what, how surely, and on what evidence.

    DATA is a shipped dataset, a folder, a .csv or a .json file, or - for stdin; the shipped
    report of a French president's visit to Beijing by default.

    \b
    stances agreement                     who agrees with whom
    stances compare CHN FRA               the evidence behind one cell
    stances new my-data                   start a dataset of your own
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the process by default.
    """
    try:
        status = cli.main(args=arguments, prog_name="stances", standalone_mode=False)
    except click.ClickException as error:
        _say_usage(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    return status if isinstance(status, int) else 0
