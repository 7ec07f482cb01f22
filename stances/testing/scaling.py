"""Laws about scales: what their levels mean to a comparison, and how several of them pool."""

from collections.abc import Callable, Iterator

import numpy as np
from attrs import evolve

from stances.positions import Codes, Positions
from stances.scales import Scale
from stances.strategies.engine import st
from stances.testing.form import a_table
from stances.testing.law import TOLERANCE, Breach, Case, Law, differing, outside, replaced
from stances.testing.subject import Subject


def _claiming(*levels: str) -> Callable[[Subject], str]:
    """Return a function that tells why a law is not said of subjects of other levels."""

    def unless(subject: Subject) -> str:
        return "" if subject.level in levels else f"said of level {' or '.join(levels)} only"

    return unless


def _several(subject: Subject) -> str:
    return "" if subject.n_scales > 1 else "it compares questions of one scale only"


def _strata(table: Positions) -> Iterator[tuple[Scale, list[int]]]:
    """Yield each scale with the indices of its questions."""
    for scale in dict.fromkeys(question.scale for question in table.questions):
        yield scale, [j for j, question in enumerate(table.questions) if question.scale == scale]


def _remade(table: Positions, scales: list[Scale], codes: list[Codes]) -> Positions:
    """Return positions whose scales, each under an id of its own, and codes are others."""
    new_codes, new_scales = table.codes.copy(), [question.scale for question in table.questions]
    for number, (_, columns) in enumerate(_strata(table)):
        new_codes[:, columns] = codes[number]
        for j in columns:
            new_scales[j] = evolve(scales[number], id=f"{scales[number].id}.{number}")
    return replaced(table, codes=new_codes, scale=new_scales)


def _moved(codes: Codes, to: list[int]) -> Codes:
    """Return codes in which level k stands at to[k]; silences stay."""
    moved: Codes = np.where(codes >= 0, np.array(to)[np.maximum(codes, 0)], codes).astype(np.int8)
    return moved


def _permutations(subject: Subject) -> st.SearchStrategy[Case]:
    def with_orders(table: Positions) -> st.SearchStrategy[Case]:
        orders = [st.permutations(range(scale.n_levels)) for scale, _ in _strata(table)]
        return st.tuples(st.just(table), st.tuples(*orders))

    return subject.tables(min_actors=2).flatmap(with_orders)


def _relabelling(subject: Subject, case: Case) -> Breach | None:
    table, orders = case
    strata = list(_strata(table))
    codes = [
        _moved(table.codes[:, columns], order) for (_, columns), order in zip(strata, orders, strict=True)
    ]
    traded = _remade(table, [scale for scale, _ in strata], codes)
    names = [[scale.levels[k] for k in order] for (scale, _), order in zip(strata, orders, strict=True)]
    change = f"once the levels are called {' and '.join(', '.join(row) for row in names)}"
    return differing(subject.values(table), subject.values(traded), table, change)


def _spacings(subject: Subject) -> st.SearchStrategy[Case]:
    def with_values(table: Positions) -> st.SearchStrategy[Case]:
        sizes = [scale.n_levels for scale, _ in _strata(table)]
        gaps = [st.lists(st.integers(1, 9), min_size=n, max_size=n) for n in sizes]
        return st.tuples(st.just(table), st.tuples(*gaps))

    return subject.tables(min_actors=2).flatmap(with_values)


def _spacing(subject: Subject, case: Case) -> Breach | None:
    table, gaps = case
    strata = list(_strata(table))
    values = [tuple(float(value) for value in np.cumsum(row)) for row in gaps]
    scales = [evolve(scale, values=row) for (scale, _), row in zip(strata, values, strict=True)]
    stretched = _remade(table, scales, [table.codes[:, columns] for _, columns in strata])
    rows = " and ".join(", ".join(f"{value:g}" for value in row) for row in values)
    change = f"once the levels have the values {rows}"
    return differing(subject.values(table), subject.values(stretched), table, change)


def _mirror(scale: Scale) -> Scale:
    values = scale.values or tuple(float(k) for k in range(scale.n_levels))
    return evolve(scale, values=tuple(-value for value in reversed(values)))


def _reversal(subject: Subject, case: Case) -> Breach | None:
    (table,) = case
    strata = list(_strata(table))
    codes = [_moved(table.codes[:, c], list(range(s.n_levels))[::-1]) for s, c in strata]
    turned = _remade(table, [_mirror(scale) for scale, _ in strata], codes)
    change = "with every scale upside down"
    return differing(subject.values(table), subject.values(turned), table, change)


def _mixed(subject: Subject) -> st.SearchStrategy[Case]:
    return st.tuples(subject.tables(mixed=True, min_actors=2, min_questions=2))


def _pooling(subject: Subject, case: Case) -> Breach | None:
    (table,) = case
    values = subject.values(table)
    low = high = np.zeros(values.shape)
    for _, columns in _strata(table):
        alone = subject.values(table.take(columns))
        low, high = np.fmin(low, alone), np.fmax(high, alone)
    beyond = (values < low - TOLERANCE) | (values > high + TOLERANCE)
    return outside(beyond, values, table, "a value among those of each scale alone, or between them and 0")


SCALING = (
    Law(
        "pooling",
        "Over several scales the value lies among those of each scale alone, or between them and 0.",
        _mixed,
        _pooling,
        _several,
    ),
    Law(
        "relabelling",
        "Levels that trade their names change nothing, where only identity counts.",
        _permutations,
        _relabelling,
        _claiming("nominal"),
    ),
    Law(
        "spacing",
        "Other distances between the levels change nothing, where only identity or order counts.",
        _spacings,
        _spacing,
        _claiming("nominal", "ordinal"),
    ),
    Law(
        "reversal",
        "A scale turned upside down, values and all, changes nothing.",
        a_table,
        _reversal,
        _claiming("nominal", "ordinal", "interval"),
    ),
)
