"""Where results go: a stream that may be no terminal, may be no UTF-8, or a file with its record."""

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

import click

from stances.atomic import write_files
from stances.colophon import beside, source_lines, with_record
from stances.escapes import visible_lines
from stances.printable import Printable
from stances.tables import TABLE_FORMATS, csv_text, json_text, remark

FORMATS = (*TABLE_FORMATS, "csv", "json")
_ASCII = str.maketrans({"·": "-", "…": "...", "–": "-", "—": "-", "×": "x"})


def say(message: str) -> None:
    """Write a message to stderr, with control characters made visible."""
    write(sys.stderr, visible_lines(message) + "\n")


def write(stream: TextIO, text: str) -> None:
    """Write text to a stream whose encoding may not hold all of it."""
    encoding = stream.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.translate(_ASCII).encode(encoding, "backslashreplace").decode(encoding)
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:  # whoever read us has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise click.exceptions.Exit(0) from None
    except OSError as error:  # such as a full disk, which says nothing of where
        raise OSError(error.errno, error.strerror, stream.name) from error


class Ticker:
    """Tell on a terminal how far a long computation is, from its first second on.

    Parameters
    ----------
    things : str
        What is counted.
    """

    def __init__(self, things: str) -> None:
        self.things, self.started, self.told = things, time.monotonic(), 0.0

    def __call__(self, done: int, due: int) -> None:
        """Take the number done and the number due."""
        now = time.monotonic()
        ended = done == due and self.told
        if sys.stderr.isatty() and (ended or (now - self.started > 1 and now - self.told > 0.2)):
            self.told = now
            sys.stderr.write(f"\r{done} of {due} {self.things}" + "\n" * (done == due))
            sys.stderr.flush()


def wants_color(choice: str) -> bool:
    """Tell whether to colour stdout, by the option, then by the environment and the terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def rendered(results: Mapping[str, Printable], style: str, *, color: bool) -> str:
    """Return results, each under its name, as one text in a format."""
    if style == "csv":
        return csv_text(_stacked(results))
    if style == "json":
        documents = {name: result.document() for name, result in results.items()}
        return json_text(documents[""] if list(documents) == [""] else documents)
    return "\n\n".join(result.to_table(style, color=color) for result in results.values()) + "\n"


def _stacked(results: Mapping[str, Printable]) -> dict[str, list[Any]]:
    """Return the columns of several results below each other, the first column saying which."""
    if list(results) == [""]:
        return results[""].columns()
    stacked: dict[str, list[Any]] = {"by": []}
    for name, result in results.items():
        columns = result.columns()
        stacked["by"] += [name] * len(next(iter(columns.values()), []))
        for column, cells in columns.items():
            stacked.setdefault(column, []).extend(cells)
    return stacked


def emit(
    results: Printable | Mapping[str, Printable],
    options: Mapping[str, Any],
    about: Mapping[str, Any] | None = None,
) -> None:
    """Print results, or write them to a file with a record of how they came about beside it.

    Parameters
    ----------
    results : Printable or mapping of str to Printable
        One, or several by name.
    options : mapping
        ``style``, ``output`` and ``color``.
    about : mapping, optional
        Data, measure, policy and rules, for the record.
    """
    several = {"": results} if isinstance(results, Printable) else results
    output: Path | None = options["output"]
    text = rendered(several, options["style"], color=output is None and wants_color(options["color"]))
    if output is None:
        write(sys.stdout, text)
        return
    about = about or {}
    lines = [*source_lines(about), f"How it was made: {beside(output).name}."]
    write_with_record(output, (text + remark(lines, options["style"])).encode("utf-8"), about)


def write_with_record(output: Path, content: bytes, about: Mapping[str, Any]) -> None:
    """Write a file, and beside it a record of how it came about: both or neither."""
    write_files(with_record(output, content, {"command": _command(), **about}))
    say(f"wrote {output} and {beside(output).name}")


def _command() -> list[str]:
    return ["stances", *sys.argv[1:]]
