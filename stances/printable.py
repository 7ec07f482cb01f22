"""What every result shares: it prints as a table, shows in a notebook and gives its columns."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from stances.atomic import write_files
from stances.colophon import about_result, with_record
from stances.columnar import arrow_table, pandas_frame, polars_frame
from stances.origin import Origin
from stances.pickling import pickled
from stances.tables import Grid, csv_text, is_missing, json_text, render, shortened

NOTEBOOK = (60, 20)  # rows and columns of a table that a notebook still shows whole


class Printable:
    """What every result shares: it prints as a table and gives its columns.

    A subclass writes `grids` (for people) and `columns` (for programs).
    """

    __slots__ = ()
    __reduce__ = pickled

    def grids(self) -> tuple[Grid, ...]:
        """Return the tables that people read."""
        raise NotImplementedError

    def columns(self) -> dict[str, list[Any]]:
        """Return the result as columns: a list of equal length per name."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.to_table()

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the tables, their first rows and columns where they are large."""
        shown = (render(shortened(grid, *NOTEBOOK), "html") for grid in self.grids())
        return f'<div style="max-height:40em;overflow:auto">\n{"".join(shown)}</div>\n'

    def to_table(self, style: str = "plain", *, color: bool = False) -> str:
        """Return the tables as ``plain``, ``github``, ``latex`` or ``html`` text; colour shades ``plain``."""
        return "\n\n".join(render(grid, style, color=color) for grid in self.grids())

    def made_of(self) -> tuple[Origin, ...]:
        """Return which data the result was made of, as far as it knows: one, of two sides two, or none."""
        origin = getattr(self, "origin", None)
        return () if origin is None else (origin,)

    def to_csv(self, path: str | Path | None = None, *, spreadsheet_safe: bool = True) -> str:
        """Return the columns as CSV, and write them to `path` if one is given.

        Beside the file goes ``PATH.meta.json``, which names the data, its licence and its sources,
        the version and a hash of the file; both are written, or neither.

        Parameters
        ----------
        path : str or Path, optional
            Where to write.
        spreadsheet_safe : bool
            Put an apostrophe before every text that a spreadsheet would run as a formula, and one more
            where it has one. False leaves texts as they are, for programs that run none.

        Returns
        -------
        str
            In UTF-8 in the file; None and NaN are empty cells, numbers are never touched.
        """
        text = csv_text(self.columns(), guarded=spreadsheet_safe)
        if path is not None:
            about = about_result(type(self).__name__, self.made_of())
            write_files(with_record(path, text.encode("utf-8"), about))
        return text

    def document(self) -> dict[str, Any]:
        """Return what `to_json` writes: the columns, unless a result has more to say."""
        return self.columns()

    def to_json(self) -> str:
        """Return the result as JSON; undefined is null."""
        return json_text(self.document())

    def to_pandas(self) -> Any:
        """Return the columns as a pandas.DataFrame: missing is NaN among floats and texts, <NA> elsewhere."""
        return pandas_frame(self.columns())

    def to_polars(self) -> Any:
        """Return the columns as a polars.DataFrame; None and NaN are both null."""
        return polars_frame(self.columns())

    def to_arrow(self) -> Any:
        """Return the columns as a pyarrow.Table; None and NaN are both null."""
        return arrow_table(self.columns())


@frozen
class Listing(Printable):
    """Rows under named columns, with a title and notes.

    Attributes
    ----------
    title : str
        The line above.
    data : dict of str to list
        The columns.
    notes : tuple of str
        Lines below.
    """

    title: str
    data: Mapping[str, Sequence[Any]]
    notes: tuple[str, ...] = ()

    def columns(self) -> dict[str, list[Any]]:
        """Return the columns."""
        return {name: list(cells) for name, cells in self.data.items()}

    def __len__(self) -> int:
        return len(next(iter(self.data.values()), ()))

    def grids(self) -> tuple[Grid, ...]:
        """Return the rows as text; floats with two digits, missing as a dash."""
        rows = zip(*self.data.values(), strict=True)
        cells = tuple(tuple(cell_text(cell) for cell in row) for row in rows)
        return (Grid(self.title, tuple(self.data), cells, self.notes),)


def cell_text(cell: object) -> str:
    """Return one cell as text."""
    if is_missing(cell) or cell == "":
        return "-"
    return rounded(cell) if isinstance(cell, float) else str(cell)


def rounded(value: float, digits: int = 2) -> str:
    """Return a number rounded for print, never onto a whole number that it is not.

    Examples
    --------
    >>> rounded(0.5), rounded(0.9996), rounded(1.0), rounded(-0.0), rounded(float("nan"))
    ('0.50', '>0.99', '1.00', '0.00', '-')
    """
    if value != value:
        return "-"
    text = f"{value:.{digits}f}"
    if float(text) != value and float(text) == round(float(text)):
        step = 10.0**-digits
        inner = float(text) - step if value < float(text) else float(text) + step
        return (">" if value < float(text) else "<") + f"{inner:.{digits}f}"
    return f"{float(text) + 0.0:.{digits}f}"
