"""The table of the docs: rows as text, and where they stand."""

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from benchmarks.contests import Row
from stances.atomic import write_files
from stances.tables import Grid, render

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "performance.md"
COMMAND = "python -m benchmarks --write"
PART = re.compile(rf"(<!-- performance: {COMMAND} -->\n).*?(<!-- end -->)", re.DOTALL)
HEADER = ("", "what", "ours", "theirs", "ratio", "due", "met", "difference", "note")


def table(rows: Sequence[Row], style: str = "github") -> str:
    """Return the rows as a table, with what they were measured on as its title."""
    return render(Grid(about(), HEADER, tuple(map(_cells, rows))), style)


def _cells(row: Row) -> tuple[str, ...]:
    memory = row.unit == "GB"
    return (
        row.workload,
        row.what,
        _amount(row.ours, row.unit),
        _amount(row.theirs, row.unit),
        "" if row.ratio is None or memory else f"{row.ratio:.3g}",
        f"{row.due} GB" if memory and row.due.bound is not None else str(row.due),
        row.met,
        "" if row.difference is None else f"{row.difference:.1g}",
        row.note,
    )


def _amount(amount: float | None, unit: str) -> str:
    if amount is None:
        return ""
    if unit == "GB":
        return f"{amount:.2f} GB"
    for factor, name in ((1, "s"), (1e3, "ms")):
        if amount * factor >= 1:
            return f"{amount * factor:.3g} {name}"
    return f"{amount * 1e6:.3g} µs"


def about() -> str:
    """Return when and on what it was measured."""
    blas = np.show_config("dicts")["Build Dependencies"]["blas"]
    facts = [
        datetime.now(UTC).date().isoformat(),
        f"{processor()}, {os.cpu_count()} cores, one used",
        f"Python {platform.python_version()}",
        f"numpy {np.__version__}",
        f"BLAS {blas['name']} {blas['version']}",
        f"simsimd {installed('simsimd')}",
        COMMAND,
    ]
    return " · ".join(facts)


def processor() -> str:
    """Return the model of the processor."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        found = re.search(r"^model name\s*:\s*(.+)$", info.read_text("utf-8"), re.MULTILINE)
        if found:
            return found[1].strip()
    return platform.processor() or platform.machine()


def installed(package: str) -> str:
    """Return the version of a package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def written(text: str, rows: Sequence[Row]) -> str:
    """Return a page with its table made anew.

    Raises
    ------
    SystemExit
        If the two comments that the table stands between are gone.
    """
    if not PART.search(text):
        raise SystemExit(f"{PAGE.name} has no part for the table")
    return PART.sub(lambda found: f"{found[1]}\n{table(rows)}\n\n{found[2]}", text)


def write(rows: Sequence[Row]) -> None:
    """Put the table into the docs."""
    write_files({PAGE: written(PAGE.read_text("utf-8"), rows).encode("utf-8")})
