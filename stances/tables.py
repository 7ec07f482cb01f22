"""Everything printed, through tabulate: a grid in, text for a terminal, a page or a paper out.

A `Grid` holds cells as text, already rounded and bracketed by whoever knows what they mean. Here
they are only laid out and escaped for their place: no label can become an escape sequence, a tag,
a command or a formula.
"""

import csv
import html
import io
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from attrs import evolve, field, frozen

from stances import escapes
from stances.errors import ChoiceError
from stances.escapes import one_line, spreadsheet_safe, visible

MAX_CELL = 120


@frozen
class Grid:
    """A table ready to be laid out.

    Attributes
    ----------
    title : str
        The line above; says what is shown and under which policies.
    header : tuple of str
        Column names.
    rows : tuple of tuple of str
        Cells as text, one per column.
    notes : tuple of str
        Lines below.
    shades : mapping of (row, column) to float
        For colour: 0 to 1, for cells that rest on enough.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    shades: Mapping[tuple[int, int], float] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("every row of a grid has one cell per column")


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"


def _shaded(text: str, shade: float) -> str:
    """Return `text` on a background from pale to deep blue; the number stays readable."""
    step = round(shade * 4)
    background, ink = ((255, 16), (189, 16), (153, 16), (111, 16), (68, 231))[step]
    return f"\x1b[48;5;{background};38;5;{ink}m{text}\x1b[0m"


def _layout(grid: Grid, cells: Sequence[Sequence[str]], style: str) -> str:
    from tabulate import tabulate  # with the widths of all signs it is slow to import: only where one prints

    align = ("left",) * len(grid.header)
    return tabulate(cells, headers=grid.header, tablefmt=style, disable_numparse=True, colalign=align)


def _mapped(grid: Grid, escape: Callable[[str], str]) -> Grid:
    rows = tuple(tuple(escape(cell) for cell in row) for row in grid.rows)
    notes = tuple(escape(note) for note in grid.notes)
    return evolve(
        grid,
        title=escape(grid.title),
        header=tuple(escape(name) for name in grid.header),
        rows=rows,
        notes=notes,
    )


def _plain(grid: Grid, color: bool = False) -> str:
    safe = _mapped(grid, one_line)
    rows = [[_cut(cell) for cell in row] for row in safe.rows]
    headed = evolve(safe, header=tuple(map(_cut, safe.header)))
    if color:
        for (i, j), shade in grid.shades.items():
            rows[i][j] = _shaded(rows[i][j], shade)
    body = _layout(headed, rows, "plain") if rows else "" if safe.notes else "(nothing to show)"
    return "\n".join(part for part in (safe.title, body, *safe.notes) if part)


def _github(grid: Grid) -> str:
    safe = _mapped(grid, escapes.markdown)
    title = f"**{safe.title}**" if safe.title else ""
    table = _layout(safe, safe.rows, "github") if safe.rows else ""
    return "\n\n".join(part for part in (title, table, *map(escapes.markdown_paragraph, safe.notes)) if part)


def _latex(grid: Grid) -> str:
    safe = _mapped(grid, escapes.latex)
    lines = [" & ".join(row) + r" \\" for row in safe.rows]
    table = [
        r"\begin{tabular}{" + "l" * len(safe.header) + "}",
        r"\toprule",
        " & ".join(safe.header) + r" \\",
    ]
    table += [r"\midrule", *lines, r"\bottomrule", r"\end{tabular}"]
    notes = [rf"\par\footnotesize {note}" for note in safe.notes]
    caption = [rf"\caption{{{safe.title}}}"]
    return "\n".join([r"\begin{table}", r"\centering", *caption, *table, *notes, r"\end{table}"])


# A translucent blue under text of the page's own colour: readable on white and on black alike.
SHADE = (70, 110, 200)
FAINTEST, DEEPEST = 0.08, 0.58


def _html_text(text: str) -> tuple[str, str]:
    """Return a text for a cell, cut where it is long, and then an attribute that has the whole of it."""
    safe = visible(text)
    short = _cut(safe)
    whole = "" if short == safe else f' title="{html.escape(safe)}"'
    return f"<bdi>{html.escape(short)}</bdi>", whole


def _html_cell(grid: Grid, i: int, j: int, text: str) -> str:
    shade = grid.shades.get((i, j))
    shown, whole = _html_text(text)
    alpha = None if shade is None else FAINTEST + (DEEPEST - FAINTEST) * shade
    style = "" if alpha is None else f' style="background:rgba({",".join(map(str, SHADE))},{alpha:.2f})"'
    tag, scope = ("th", ' scope="row"') if j == 0 else ("td", "")
    return f"<{tag}{scope}{style}{whole}>{shown}</{tag}>"


def _html_head(name: str) -> str:
    shown, whole = _html_text(name)
    return f'<th scope="col"{whole}>{shown}</th>'


def _html(grid: Grid) -> str:
    head = "".join(map(_html_head, grid.header))
    rows = "".join(
        "<tr>" + "".join(_html_cell(grid, i, j, text) for j, text in enumerate(row)) + "</tr>\n"
        for i, row in enumerate(grid.rows)
    )
    notes = "".join(f'<p style="margin:.3em 0">{html.escape(visible(note))}</p>\n' for note in grid.notes)
    caption = f"<caption>{html.escape(visible(grid.title))}</caption>"
    return (
        '<div style="overflow-x:auto;margin:.5em 0">\n'
        f"<table>{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n{notes}</div>\n"
    )


def shortened(grid: Grid, n_rows: int, n_columns: int) -> Grid:
    """Return the first rows and columns of a grid, with a note of how many more there are."""
    more = [(len(grid.rows) - n_rows, "rows"), (len(grid.header) - n_columns, "columns")]
    left = " and ".join(f"{n} more {what}" for n, what in more if n > 0)
    if not left:
        return grid
    note = f"{left} are not shown here; to_table(), to_csv() and to_pandas() have all."
    return evolve(
        grid,
        header=grid.header[:n_columns],
        rows=tuple(row[:n_columns] for row in grid.rows[:n_rows]),
        notes=(note, *grid.notes),
        shades={(i, j): s for (i, j), s in grid.shades.items() if i < n_rows and j < n_columns},
    )


_RENDERERS: dict[str, Callable[[Grid], str]] = {
    "plain": _plain,
    "github": _github,
    "latex": _latex,
    "html": _html,
}
TABLE_FORMATS = tuple(_RENDERERS)


def render(grid: Grid, style: str = "plain", *, color: bool = False) -> str:
    """Return a grid as text.

    Parameters
    ----------
    grid : Grid
        What to show.
    style : {"plain", "github", "latex", "html"}
        ``latex`` uses booktabs; ``html`` is a fragment.
    color : bool
        Shade cells with terminal colours; ``plain`` only.

    Raises
    ------
    ChoiceError
        If the style is unknown.
    """
    if style not in _RENDERERS:
        raise ChoiceError("format", style, TABLE_FORMATS)
    return _plain(grid, color) if color and style == "plain" else _RENDERERS[style](grid)


def remark(lines: Iterable[str], style: str) -> str:
    """Return lines for the end of a file: a comment where the format has one, nothing in CSV and JSON."""
    safe = [one_line(line) for line in lines]
    if style == "latex":
        return "".join(f"% {line}\n" for line in safe)
    if style in ("html", "github"):  # two hyphens would end an HTML comment, which Markdown has too
        body = "".join(html.escape(line).replace("--", "-&#45;") + "\n" for line in safe)
        return f"\n<!--\n{body}-->\n"
    return "".join(f"{line}\n" for line in safe) if style == "plain" else ""


def csv_lines(rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as CSV that any strict reader reads back exactly.

    A row with a carriage return is quoted throughout, as the csv module does not see to it.
    """
    buffer = io.StringIO(newline="")
    plain = csv.writer(buffer, lineterminator="\n")
    quoted = csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        (quoted if any("\r" in str(cell) for cell in row) else plain).writerow(row)
    return buffer.getvalue()


def csv_text(columns: Mapping[str, Sequence[Any]], *, guarded: bool = True) -> str:
    """Return columns as CSV: None and NaN are empty cells, and guarded texts cannot become formulas."""
    shown = spreadsheet_safe if guarded else _as_it_is
    rows = ([*columns], *zip(*columns.values(), strict=True))
    return csv_lines(["" if is_missing(cell) else shown(cell) for cell in row] for row in rows)


def _as_it_is(cell: object) -> object:
    return cell


def is_missing(cell: object) -> bool:
    """Tell whether a cell holds nothing: None or NaN."""
    return cell is None or (isinstance(cell, float) and cell != cell)


def json_text(value: object) -> str:
    """Return a value as JSON: NaN is null, and endless numbers, which JSON has not, "inf" and "-inf"."""
    return json.dumps(_finite(value), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if isinstance(value, float) and math.isinf(value):
        return str(value)
    return None if is_missing(value) else value
