"""How often a 95 % interval holds the true value: ``python -m benchmarks.coverage``.

Questions are drawn from a known joint distribution of two actors' answers, the interval is taken
from each table, and counted is how often the value of the distribution itself lies inside. Each row
has a seed of its own, so that any of them can be repeated alone.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances import MEASURES, Measure, PairCounts, Scale
from stances.counts import Plan, Stratum
from stances.intervals import influence_interval
from stances.measures import PairTable
from stances.silence import Policy, evaluate

LEVEL = 0.95
SEED = 20261124
SIZES = (5, 10, 30, 100)
DESIGNS = ("plain", "weighted", "missing")
FEWEST_DEFINED = 0.05
PLAN = Plan(silences=False)
Floats = NDArray[np.float64]


def _mixed(first: Iterable[float], second: Iterable[float], together: float) -> Floats:
    """Return independent answers with these margins, but for a share of questions with the same answer."""
    p, q = (np.array(list(margin)) / sum(margin) for margin in (list(first), list(second)))
    same = np.sqrt(p * q) / np.sqrt(p * q).sum()
    mixed: Floats = together * np.diag(same) + (1.0 - together) * np.outer(p, q)
    return mixed


def _near(n_levels: int, shift: float, width: float) -> Floats:
    x = np.linspace(0.0, 1.0, n_levels)
    kernel = np.exp(-(((x[:, None] - x[None, :] - shift) / width) ** 2))
    near: Floats = kernel / kernel.sum()
    return near


def _rare(n_levels: int) -> list[float]:
    return [0.02, 0.05, 0.93] if n_levels == 3 else [0.01, 0.01, 0.03, 0.05, 0.90]


def _skewed(n_levels: int) -> list[float]:
    return [0.8, 0.15, 0.05] if n_levels == 3 else [0.6, 0.2, 0.1, 0.06, 0.04]


def _even(n_levels: int) -> list[float]:
    return [1.0] * n_levels


TRUTHS: dict[str, Callable[[int], Floats]] = {
    "independent": lambda q: _mixed(_even(q), _even(q), 0.0),
    "half together": lambda q: _mixed(_even(q), _even(q), 0.5),
    "nearly always together": lambda q: _mixed(_even(q), _even(q), 0.98),
    "opposed": lambda q: 0.7 * np.fliplr(np.eye(q)) / q + 0.3 / q**2,
    "skewed": lambda q: _mixed(_skewed(q), _skewed(q), 0.5),
    "other habits": lambda q: _mixed(_skewed(q), _skewed(q)[::-1], 0.3),
    "one level rules": lambda q: _mixed(_rare(q), _rare(q), 0.3),
    "one level rules, together": lambda q: _mixed(_rare(q), _rare(q), 0.9),
    "neighbours": lambda q: _near(q, 0.0, 0.35),
    "shifted": lambda q: _near(q, 0.3, 0.3),
    "sparse": lambda q: np.random.default_rng(q).dirichlet(np.full(q * q, 0.1)).reshape(q, q),
}


@frozen
class Row:
    """The coverage of one measure under one truth.

    Attributes
    ----------
    measure, design, truth : str
    n_levels, n_shared : int
    coverage : float
        Share of the intervals of defined values that hold the true value.
    width : float
        Their mean width over the width of the measure's range, or over 2 if that has no lower end.
    defined : float
        Share of the tables in which the value is defined.
    """

    measure: str
    design: str
    truth: str
    n_levels: int
    n_shared: int
    coverage: float
    width: float
    defined: float


def study(
    measures: Iterable[str], design: str, truth: str, n_levels: int, n_shared: int, tables: int
) -> Iterator[Row]:
    """Yield the rows of some measures under one truth, all from the same tables."""
    key = [SEED, DESIGNS.index(design), list(TRUTHS).index(truth), n_levels, n_shared]
    rng = np.random.default_rng(np.random.SeedSequence(key))
    joint = TRUTHS[truth](n_levels)
    counts, times = _draw(rng, design, joint, n_shared, tables)
    for name in measures:
        yield _row(MEASURES[name], design, truth, n_shared, joint, counts, times)


def _draw(
    rng: np.random.Generator, design: str, joint: Floats, n_shared: int, tables: int
) -> tuple[PairCounts, NDArray[np.int64]]:
    """Return distinct tables as the counts of as many pairs, and how often each was drawn."""
    n_levels = len(joint)
    n = np.full(tables, n_shared)
    if design == "missing":  # a quarter of the questions lacks an answer, so the support varies
        n = np.maximum(rng.binomial(round(n_shared / 0.75), 0.75, size=tables), 1)
    if design == "weighted":
        weights = np.exp(rng.normal(0.0, 0.6, size=(tables, n_shared)))
        cells, squares = _weighted(rng, joint, weights)
        return _counts(n_levels, cells, squares, n), np.ones(tables, dtype=np.int64)
    drawn = rng.multinomial(n, joint.ravel())
    distinct, times = np.unique(drawn, axis=0, return_counts=True)
    cells = distinct.reshape(-1, n_levels, n_levels).astype(np.float64)
    return _counts(n_levels, cells, cells, distinct.sum(axis=1)), times


def _weighted(rng: np.random.Generator, joint: Floats, weights: Floats) -> tuple[Floats, Floats]:
    tables, n_shared = weights.shape
    cells = np.zeros((2, tables, joint.size))
    answers = rng.choice(joint.size, size=weights.shape, p=joint.ravel())
    for j in range(n_shared):
        for power in (1, 2):
            cells[power - 1, np.arange(tables), answers[:, j]] += weights[:, j] ** power
    shaped = cells.reshape(2, tables, *joint.shape)
    return shaped[0], shaped[1]


def _counts(n_levels: int, cells: Floats, squares: Floats, n_shared: NDArray[np.int64]) -> PairCounts:
    scale = Scale(f"levels-{n_levels}", [f"level {k}" for k in range(n_levels)])
    sums = {"cells": cells[:, None], "squares": squares[:, None]}
    stratum = Stratum(scale, n_shared[:, None], sums)
    return PairCounts(tuple(f"table {k}" for k in range(len(n_shared))), ("true",), (stratum,), PLAN)


def _row(
    measure: Measure,
    design: str,
    truth: str,
    n_shared: int,
    joint: Floats,
    counts: PairCounts,
    times: NDArray[np.int64],
) -> Row:
    lower, upper = influence_interval(counts, measure, Policy.SKIP, "agreement", LEVEL)
    values = evaluate(counts, measure, Policy.SKIP).parts.values
    lower, upper = np.fmin(lower, values)[:, 0], np.fmax(upper, values)[:, 0]
    true = _true(measure, counts.strata[0].scale, joint)
    held = (lower - 1e-9 <= true) & (true <= upper + 1e-9)
    defined = ~np.isnan(values[:, 0])
    share = float(times[defined].sum() / times.sum())
    enough = share >= FEWEST_DEFINED
    low, high = measure.range
    whole = high - max(low, -1.0 if np.isinf(low) else low)
    return Row(
        measure.name,
        design,
        truth,
        len(joint),
        n_shared,
        float(np.average(held[defined], weights=times[defined])) if enough else float("nan"),
        float(np.average((upper - np.maximum(lower, high - whole))[defined], weights=times[defined]) / whole)
        if enough
        else float("nan"),
        share,
    )


def _true(measure: Measure, scale: Scale, joint: Floats) -> float:
    many = 10**9
    table = PairTable(scale, joint * many, np.array(many))
    return float(measure.evaluate([table], ()).values)


def everything(tables: int, measures: Iterable[str] = tuple(MEASURES)) -> Iterator[Row]:
    """Yield every row of the study."""
    for design in DESIGNS:
        for n_levels in (3, 5):
            for truth in TRUTHS:
                for n_shared in SIZES:
                    yield from study(measures, design, truth, n_levels, n_shared, tables)


def summary(rows: list[Row]) -> str:
    """Return the table of the docs: per measure and support, the lowest and mean coverage, and the width."""
    lines = ["| measure | " + " | ".join(f"n = {n}" for n in SIZES) + " |", "| --- |" + " --- |" * len(SIZES)]
    for name in dict.fromkeys(row.measure for row in rows):
        cells = [_cell([r for r in rows if r.measure == name and r.n_shared == n]) for n in SIZES]
        lines.append(f"| `{name}` | " + " | ".join(cells) + " |")
    cells = [_cell([r for r in rows if r.n_shared == n]) for n in SIZES]
    return "\n".join([*lines, "| all | " + " | ".join(cells) + " |"])


def _cell(rows: list[Row]) -> str:
    known = [row for row in rows if not np.isnan(row.coverage)]
    coverage, width = ([getattr(row, name) for row in known] for name in ("coverage", "width"))
    return f"{min(coverage):.3f}, {np.mean(coverage):.3f}, {np.mean(width):.2f}"


def verdict(rows: list[Row]) -> str:
    """Return how many rows hold what is due."""
    coverage = np.array([row.coverage for row in rows if not np.isnan(row.coverage)])
    due, least, over = ((coverage >= bound).mean() for bound in (0.93, 0.90, 0.99))
    return (
        f"{len(rows)} rows, {len(coverage)} with values enough: coverage of at least 0.93 in {due:.1%}, "
        f"of at least 0.90 in {least:.1%}, above 0.99 in {over:.1%}; lowest {coverage.min():.3f}, "
        f"mean {coverage.mean():.3f}"
    )


def main() -> None:
    """Run the study and print the table; ``--csv`` writes every row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=4000, help="tables drawn per row")
    parser.add_argument("--csv", help="file for all rows")
    options = parser.parse_args()
    rows: list[Row] = []
    for row in everything(options.tables):
        rows.append(row)
        if len(rows) % 500 == 0:
            print(f"{len(rows)} rows", file=sys.stderr)
    print(summary(rows))
    print(verdict(rows))
    if options.csv:
        from stances.printable import Listing

        names = [field.name for field in Row.__attrs_attrs__]
        Listing("", {name: [getattr(row, name) for row in rows] for name in names}).to_csv(options.csv)


if __name__ == "__main__":
    main()
