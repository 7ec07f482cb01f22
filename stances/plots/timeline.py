"""trend: two actors through time, with the interval and the support of every period."""

from typing import TYPE_CHECKING

from stances import captions
from stances.dates import PartialDate
from stances.plots.palette import BLUE, FAINT, INK, ORANGE, PAPER, SOFT
from stances.plots.sheet import BODY, NOTE, POINTS, Sheet, figure_of, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from stances.trends import Trend
    from stances.trends.changes import Change
    from stances.trends.periods import Period

WIDTH, HEIGHT = 5.4, 2.6  # inches


def trend(found: "Trend", ax: "Axes | None" = None) -> "Axes":
    r"""Draw two actors through time: a point per period, its interval, and a line where periods follow.

    A point is hollow where it rests on fewer than five shared questions, and a gap stays a gap. Below each
    period stands its support. Sessions that run beside others stand apart, at the right. The largest change
    between periods that rest on enough is marked.

    Parameters
    ----------
    found : Trend
        What `trend` of the package returned.
    ax : Axes, optional
        Where to draw; a figure of its own by default, ``ax.figure`` of what is returned.

    Returns
    -------
    Axes

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> import stances
    >>> votes = stances.load("un-landmark-votes")
    >>> ax = trend(stances.trend(votes, "FRA", "USA"))
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['2021\nof 1', '2022\nof 6', '2023\nof 12', '2024\nof 1']
    """
    title, _, data = found.title.partition(" · ")
    notes = [data, *found.notes()]
    if any(0 < period.cell.n_shared < captions.THIN for period in found.periods):
        notes.append(f"Hollow: fewer than {captions.THIN} shared questions, a list to read, not a score.")
    places = places_of(found)
    with sheet(found, ax, [title, *notes, *(p.name for p in found.periods)], WIDTH, HEIGHT) as page:
        _draw_steps(page.ax, found, places)
        _draw_points(page.ax, found, places)
        if found.largest:
            _mark(page.ax, found.largest, places)
        _draw_axes(page, found, places)
        page.finish(title, notes)
        return page.ax


def places_of(found: "Trend") -> dict[str, float]:
    """Return where each period stands on the axis of time, and beyond it those that are no step."""
    steps = [period.name for period in found.periods if not period.aside]
    at = [_moment(name, found.by) for name in steps]
    known = [float(k) if None in at else float(moment or 0.0) for k, moment in enumerate(at)]
    unit = (max(known) - min(known)) / max(len(known) - 1, 1) or 1.0
    aside = [period.name for period in found.periods if period.aside]
    beyond = [max(known) + unit * (1.2 + k) for k in range(len(aside))]
    return dict(zip([*steps, *aside], [*known, *beyond], strict=True))


def _moment(name: str, by: str) -> float | None:
    """Return a year or session as its number, a day as its count from the year 1."""
    if by == "day":
        return float(PartialDate.parse(name).last.toordinal())
    return float(name) if name.isdecimal() else None


def _draw_steps(ax: "Axes", found: "Trend", places: dict[str, float]) -> None:
    """Draw the line and the band from each period to the next, where both have a value."""
    for change in found.changes:
        x = [places[change.before.name], places[change.after.name]]
        cells = [change.before.cell, change.after.cell]
        ax.plot(x, [cell.value for cell in cells], color=BLUE, linewidth=1.2, zorder=2, gid="step")
        if all(cell.lower == cell.lower for cell in cells):
            ends = [cell.lower for cell in cells], [cell.upper for cell in cells]
            ax.fill_between(x, *ends, color=BLUE, alpha=0.15, linewidth=0, zorder=1)


def _draw_points(ax: "Axes", found: "Trend", places: dict[str, float]) -> None:
    for period in found.periods:
        cell, x = period.cell, places[period.name]
        if cell.why:
            continue
        if cell.lower == cell.lower:
            ax.plot([x, x], [cell.lower, cell.upper], color=BLUE, linewidth=0.7, zorder=2, gid="interval")
        fill = PAPER if cell.n_shared < captions.THIN else BLUE
        shape = "D" if period.aside else "o"
        ax.plot(
            x,
            cell.value,
            shape,
            markersize=5,
            markerfacecolor=fill,
            markeredgecolor=BLUE,
            zorder=4,
            gid="value",
        )


def _mark(ax: "Axes", change: "Change", places: dict[str, float]) -> None:
    """Mark the largest change by a heavier line and its size."""
    x = [places[change.before.name], places[change.after.name]]
    y = [change.before.cell.value, change.after.cell.value]
    ax.plot(x, y, color=ORANGE, linewidth=2.4, linestyle=(0, (4, 1)), zorder=3, gid="largest")
    text = f"largest change {change.value:+.2f}"
    if change.lower == change.lower:
        text += f" [{change.lower:+.2f}, {change.upper:+.2f}]"
    at, box = (sum(x) / 2, sum(y) / 2), {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8, "alpha": 0.85}
    ax.annotate(text, at, (8, 8), textcoords="offset points", size=NOTE, color=INK, bbox=box, zorder=5)


def _draw_axes(page: Sheet, found: "Trend", places: dict[str, float]) -> None:
    """Name the periods that have room, each with its support, and draw the range of the measure."""
    ax, letters = page.ax, page.letters
    labels = [_named(period, letters.line(period.name)) for period in found.periods]
    widths = [max(letters.width(line, BODY - 0.5) for line in label.split("\n")) for label in labels]
    figure = figure_of(ax)
    room = ax.get_window_extent().width / figure.dpi * POINTS
    ends = min(places.values()), max(places.values())
    span = (ends[1] - ends[0]) or 1.0
    kept: list[int] = []
    free = -1e9
    for k in sorted(range(len(labels)), key=lambda k: places[found.periods[k].name]):
        middle = (places[found.periods[k].name] - ends[0]) / span * room * 0.92
        if middle - widths[k] / 2 >= free:
            kept.append(k)
            free = middle + widths[k] / 2 + 5
    ax.set_xticks([places[found.periods[k].name] for k in kept], [labels[k] for k in kept])
    ax.set_xlim(ends[0] - 0.04 * span, ends[1] + 0.04 * span)
    matrix = found.periods[0].matrix
    values = [v for p in found.periods for v in (p.cell.value, p.cell.lower, p.cell.upper) if v == v]
    low, high = matrix.measure.range_of("agreement")
    low = low if low > -2 else min([0.0, *values])
    high = high if high < 2 else max([1.0, *values])
    ax.set_ylim(low - 0.03 * (high - low), high + 0.03 * (high - low))
    ax.set_ylabel(f"agreement ({matrix.measure.name})" if matrix.measure.name != "agreement" else "agreement")
    for level in (low, 0.0, high):
        ax.axhline(level, color=FAINT, linewidth=0.5, zorder=0)
    aside = [places[p.name] for p in found.periods if p.aside]
    if aside:
        last = max(places[p.name] for p in found.periods if not p.aside)
        ax.axvline((last + min(aside)) / 2, color=SOFT, linewidth=0.6, linestyle=":", gid="aside")
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)


def _named(period: "Period", name: str) -> str:
    """Return a period with its support below, or why it has no value."""
    cell = period.cell
    below = captions.undefined(cell.why, cell.n_shared) if cell.why else f"of {cell.n_shared}"
    return f"{name}\n{below}"
