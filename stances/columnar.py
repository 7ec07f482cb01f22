"""Columns as data frames of other packages: one type per column, the same in each package.

The type follows what the cells hold. Where a column holds nothing, its name tells the type, so
that an empty result has the columns of a full one.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from stances.errors import MissingExtraError
from stances.tables import is_missing

_WHOLE = frozenset({"ccode1", "ccode2", "code", "year", "rank", "camp", "support"})
_REAL = frozenset({
    "attina", "change_lower", "change_upper", "contribution", "difference", "expected", "from_bloc",
    "from_rival", "gap", "gwet_ac", "hix_noury_roland", "jaccard", "krippendorff_alpha", "lower",
    "loyalty", "mean_members", "observed", "overlap", "overlap_contribution", "pairwise",
    "percent_agreement", "polarization", "rice", "share", "silhouette", "step", "upper", "value",
    "van_der_eijk", "wedge", "weight", "x", "y",
})  # fmt: skip
_TRUTH = frozenset({"aside", "central", "inferred", "own"})


def kind_of(name: str, cells: Sequence[object]) -> type:
    """Return the type of a column: bool, int, float or str.

    Whole numbers beside others are float; whatever else is mixed is text.

    Examples
    --------
    >>> kind_of("value", [1, 0.5, None]), kind_of("n_shared", []), kind_of("old", ["yes", 0.5])
    (<class 'float'>, <class 'int'>, <class 'str'>)
    """
    found = {type(_native(cell)) for cell in cells if cell is not None}
    if not found:
        return _named(name)
    for kind in (bool, int, float):
        if all(issubclass(one, kind) for one in found) and (kind is bool or bool not in found):
            return kind
    return float if found == {int, float} else str


def _named(name: str) -> type:
    if name in _WHOLE or name.startswith("n_"):
        return int
    return float if name in _REAL else bool if name in _TRUTH else str


def _native(cell: Any) -> Any:
    """Return a scalar of numpy as Python has it."""
    return cell.item() if hasattr(cell, "item") else cell


def _cells(kind: type, cells: Sequence[Any]) -> list[Any]:
    return [None if is_missing(cell) else kind(_native(cell)) for cell in cells]


def pandas_frame(columns: Mapping[str, Sequence[Any]]) -> Any:
    """Return columns as a pandas.DataFrame: missing is NaN among floats and texts, <NA> elsewhere."""
    pandas = package("pandas", "pandas")
    text = "str" if pandas.Series(["a"]).dtype == "str" else object  # as pandas itself reads texts, since 3.0
    kinds = {bool: "boolean", int: "Int64", float: "float64", str: text}
    frame = {}
    for name, cells in columns.items():
        kind = kind_of(name, cells)
        frame[name] = pandas.Series(_cells(kind, cells), dtype=kinds[kind])
    return pandas.DataFrame(frame)


def polars_frame(columns: Mapping[str, Sequence[Any]]) -> Any:
    """Return columns as a polars.DataFrame; missing is null."""
    polars = package("polars", "polars")
    kinds = {bool: polars.Boolean, int: polars.Int64, float: polars.Float64, str: polars.String}
    typed = {name: kind_of(name, cells) for name, cells in columns.items()}
    data = {name: _cells(typed[name], cells) for name, cells in columns.items()}
    return polars.DataFrame(data, schema={name: kinds[kind] for name, kind in typed.items()})


def arrow_table(columns: Mapping[str, Sequence[Any]]) -> Any:
    """Return columns as a pyarrow.Table; missing is null."""
    arrow = package("pyarrow", "'stances[arrow]'")
    kinds = {bool: arrow.bool_(), int: arrow.int64(), float: arrow.float64(), str: arrow.string()}
    typed = {name: kind_of(name, cells) for name, cells in columns.items()}
    return arrow.table(
        {name: arrow.array(_cells(typed[name], cells), kinds[typed[name]]) for name, cells in columns.items()}
    )


def package(name: str, install: str) -> Any:
    """Return an optional package, or say how to install it."""
    try:
        return import_module(name)
    except ImportError:
        raise MissingExtraError(name, install) from None
