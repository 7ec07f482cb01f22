"""How fast the library is, and how much memory it takes: ``python -m benchmarks``."""

import os
import sys
import time

import click

from benchmarks.contests import Plan, Row
from benchmarks.page import table, write
from benchmarks.suite import run
from benchmarks.workloads import SIZES

THREADS = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "POLARS_MAX_THREADS",
)
ONE_CORE = dict.fromkeys(THREADS, "1")


@click.command()
@click.argument("workloads", nargs=-1, type=click.Choice(tuple(SIZES)))
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1), help="Most rounds of a row.")
@click.option(
    "--budget", default=40.0, show_default=True, help="Seconds after which no further round begins."
)
@click.option("--write", "writes", is_flag=True, help="Put the table into docs/reference/performance.md.")
def main(workloads: tuple[str, ...], rounds: int, budget: float, *, writes: bool) -> None:
    """Time the library on WORKLOADS (all by default), on one core, against itself and its peers.

    Progress goes to stderr, the table to stdout. Interrupted, it prints the rows that it has, and
    writes nothing.
    """
    if writes and workloads:
        raise click.UsageError("--write takes a run of all workloads")
    sizes = {letter: SIZES[letter] for letter in workloads or SIZES}
    rows: list[Row] = []
    try:
        _collect(Plan(sizes, rounds, budget), rows)
    except KeyboardInterrupt:
        click.echo(table(rows, "plain"))
        sys.exit(130)
    click.echo(table(rows, "plain"))
    if writes:
        write(rows)


def _collect(plan: Plan, rows: list[Row]) -> None:
    start = time.perf_counter()
    for row in run(plan):
        rows.append(row)
        ratio = "" if row.ratio is None else f"{row.ratio:.3g} {row.due} {row.met}".rstrip()
        elapsed = time.perf_counter() - start
        click.echo(f"{elapsed:5.0f} s  {row.workload}  {row.what}: {ratio or row.note}", err=True)


def on_one_core() -> None:
    """Start this program again where a library might use more threads than one."""
    if any(os.environ.get(name) != value for name, value in ONE_CORE.items()):
        command = [sys.executable, "-m", "benchmarks", *sys.argv[1:]]
        os.execve(sys.executable, command, os.environ | ONE_CORE)  # noqa: S606 - our own program, no shell


if __name__ == "__main__":
    on_one_core()
    main(prog_name="python -m benchmarks")
