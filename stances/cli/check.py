"""`stances check`: faults, coverage of the sources, whether quotations stand there, and doubts."""

from pathlib import Path
from typing import Any

import click

from stances.checking import check_dataset
from stances.cli.command import command
from stances.cli.options import data_argument, output_options, read_data
from stances.cli.output import emit
from stances.cli.reading import identity
from stances.errors import FormatError, LimitError
from stances.files.file_in import file_content

FINDINGS = 1


@command()
@data_argument
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="ID=FILE",
    help="Verify quotations in this text; may be repeated.",
)
@output_options
def check(sources: tuple[str, ...], **options: Any) -> int:
    """Check a dataset: every fault, how much of each source is coded, quotations, and what is doubtful.

    Exit status 1 where a passage is not accounted for, a quotation does not stand as given, or
    something was probably not meant: a state that was not there on the day, a source older than
    what it attests, ids or words that look alike. 3 where the dataset has faults.

    \b
    stances check my-data
    stances check my-data --source report=report.txt
    """
    data = read_data(options)
    texts = dict(_read_source(source) for source in sources)
    report = check_dataset(data, texts)
    emit(report, options, about=identity(data, options["data"]))
    return 0 if report.is_clean else FINDINGS


def _read_source(option: str) -> tuple[str, str]:
    name, equals, path = option.partition("=")
    if not equals or not Path(path).exists():
        raise click.UsageError(f"--source {option!r}: write ID=FILE, with a file that is there")
    try:
        return name, file_content(Path(path)).decode("utf-8-sig")
    except (FormatError, LimitError) as error:
        raise click.UsageError(f"--source {option!r}: the file {error.reason}") from None
    except UnicodeDecodeError:
        raise click.UsageError(f"--source {option!r}: the file is not UTF-8") from None
