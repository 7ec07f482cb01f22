"""The command line: a file per verb; data to stdout, messages to stderr.

Exit status: 0 fine, 1 findings, 2 usage, 3 bad data.
"""

import warnings
from collections.abc import Sequence

import click

from stances import __version__
from stances.cli import (
    blocs,
    camps,
    check,
    compare,
    convert,
    deeds,
    diff,
    ground,
    matrices,
    measures,
    merge,
    nearest,
    new,
    reliability,
    seeds,
    show,
    trend,
)
from stances.cli.output import say
from stances.errors import DatasetError, LossError, StancesError, StancesWarning

__all__ = ["cli", "main"]

USAGE, BAD_DATA, INTERRUPTED = 2, 3, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="stances")
def cli() -> None:
    """Show who agrees with whom, about what, how surely, and on what evidence.

    DATA is a shipped dataset, a folder, a .csv or a .json file, or - for stdin; the shipped
    report of a French president's visit to Beijing by default.

    \b
    stances agreement                     who agrees with whom
    stances compare CHN FRA               the evidence behind one cell
    stances new my-data                   start a dataset of your own
    """


for command in (
    matrices.agreement,
    matrices.divergence,
    compare.compare,
    deeds.deeds,
    blocs.cohesion,
    blocs.wedges,
    ground.common_ground,
    ground.fault_lines,
    show.show,
    new.new,
    check.check,
    merge.merge,
    diff.diff,
    reliability.reliability,
    convert.convert,
    camps.camps,
    trend.trend,
    nearest.nearest,
    measures.measures,
    seeds.seeds,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the process by default.
    """
    with warnings.catch_warnings():
        warnings.showwarning = _show_warning  # type: ignore[assignment]  # a hook of this shape
        warnings.simplefilter("always", StancesWarning)
        return _run(arguments)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        status = cli.main(args=arguments, prog_name="stances", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        return INTERRUPTED
    except DatasetError as error:
        say(f"error: {error}")
        return BAD_DATA
    except OSError as error:
        say(f"error: {error}")
        return BAD_DATA
    except StancesError as error:
        say(f"error: {error} [{error.code}]")
        return BAD_DATA if isinstance(error, LossError) else USAGE
    return status if isinstance(status, int) else 0


def _show_warning(message: Warning | str, *_: object) -> None:
    say(f"note: {message}")
