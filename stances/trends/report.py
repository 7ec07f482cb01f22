"""How a trend reads: a line per period with its support, and what made the largest change."""

from collections.abc import Iterator
from itertools import pairwise
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from attrs import frozen

from stances import captions
from stances.origin import Origin
from stances.printable import Printable, rounded
from stances.prompts import next_line
from stances.tables import Grid
from stances.trends.changes import Change, Part
from stances.trends.periods import Period

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PARTS, TITLE = 10, 70  # questions shown behind a change, characters of each


@frozen(eq=False, repr=False, str=False)
class Trend(Printable):
    """Two actors through time.

    Attributes
    ----------
    first, second : str
        The actors; a bloc is one.
    by : str
        What the periods are: ``year``, ``session`` or ``day``.
    periods : tuple of Period
        In the order of time, those without a value included; last those that are no step in time.
    blocs : tuple of str
        Which of the two is a bloc whose position its members make.
    """

    first: str
    second: str
    by: str
    periods: tuple[Period, ...]
    blocs: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """From each period to the next, where both have a value. A gap lies between no two."""
        steps = [period for period in self.periods if not period.aside]
        return tuple(Change(a, b) for a, b in pairwise(steps) if not a.cell.why and not b.cell.why)

    @property
    def largest(self) -> Change | None:
        """The largest change between periods that rest on five shared questions each; of equals the first.

        None where there is no such change, or no value differs.
        """
        ranked = [change for change in self.changes if change.rests_on_enough and change.value]
        return max(ranked, key=lambda change: round(abs(change.value), 12), default=None)

    def made_of(self) -> tuple[Origin, ...]:
        """Return where the positions come from."""
        return self.periods[0].matrix.made_of() if self.periods else ()

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per period, with the change from the period before."""
        changes = {change.after.name: change for change in self.changes}
        cells = [period.cell for period in self.periods]
        names = ("value", "n_shared", "n_used", "lower", "upper", "why")
        columns: dict[str, list[Any]] = {self.by: [period.name for period in self.periods]}
        columns |= {name: [getattr(cell, name) for cell in cells] for name in names}
        columns["aside"] = [period.aside for period in self.periods]
        known = [None if period.aside else changes.get(period.name) for period in self.periods]
        for name, attribute in (("change", "value"), ("change_lower", "lower"), ("change_upper", "upper")):
            columns[name] = [getattr(change, attribute) if change else float("nan") for change in known]
        return columns

    def document(self) -> dict[str, Any]:
        """Return the periods, and the largest change with the questions that made it."""
        matrix, largest = self.periods[0].matrix, self.largest
        return {
            "title": self.title,
            "first": self.first,
            "second": self.second,
            "measure": matrix.measure.name,
            "silence": matrix.silence.value,
            "interval": matrix.interval.document() if matrix.interval else None,
            "periods": self.columns(),
            "largest_change": None if largest is None else _document(largest),
        }

    @property
    def title(self) -> str:
        """Who is followed, in which data, under which policies."""
        rest = captions.title(self.periods[0].matrix).partition(" · ")[2]
        return f"{self.first} and {self.second} by {self.by} · {rest}"

    def grids(self) -> tuple[Grid, ...]:
        """Return a line per period, and the questions behind the largest change."""
        changes = {change.after.name: change for change in self.changes}
        rows = []
        for period in self.periods:
            lone = captions.lone_counts(period.matrix.positions)
            change = None if period.aside else changes.get(period.name)
            value = captions.cell(period.matrix, 0, 1, lone)
            rows.append((period.name, value, _signed(change) if change else "-"))
        header = (self.by, "agreement", "change")
        grid = Grid(self.title, header, tuple(rows), tuple(self.notes()))
        return (grid, self._behind(self.largest)) if self.largest else (grid,)

    def notes(self) -> Iterator[str]:
        """Return the lines below: what was found, and how far it can be trusted."""
        if any(0 < period.cell.n_shared < captions.THIN for period in self.periods):
            yield f"(...)  fewer than {captions.THIN} shared questions: a list to read, not a score."
        aside = [period.name for period in self.periods if period.aside]
        if aside:
            is_are = "is no step" if len(aside) == 1 else "are no steps"
            yield f"{', '.join(aside)} {is_are} in time: beside other {self.by}s, or undated."
        yield from self._about_changes()
        yield self._next()

    def _about_changes(self) -> Iterator[str]:
        largest = self.largest
        ranked = [change for change in self.changes if change.rests_on_enough]
        if largest is None:
            yield "No change between adjacent periods that rest on five shared questions each."
            return
        verb = "rose" if largest.value > 0 else "fell"
        size = rounded(abs(largest.value))
        among = f", the largest of {len(ranked)} changes" if len(ranked) > 1 else ""
        text = f"From {largest.before.name} to {largest.after.name} agreement {verb} by {size}{among}"
        if largest.lower <= 0.0 <= largest.upper:
            text += "; its interval does not exclude that nothing changed"
        elif largest.lower == largest.lower and len(ranked) > 1:
            text += "; its interval does not allow for having been picked as the largest"
        yield f"{text}."

    def _behind(self, change: Change) -> Grid:
        parts, measure = change.parts, change.after.matrix.measure
        rows = tuple(
            (p.period, p.question.id, p.first, p.second, f"{p.contribution:+.3f}", _text(p.question.text))
            for p in parts[:PARTS]
        )
        header = (self.by, "question", self.first, self.second, "contribution", "text")
        title = f"What made it: {change.before.name} to {change.after.name}, {_signed(change)}"
        return Grid(title, header, rows, tuple(_meaning(parts, is_linear=measure.is_linear)))

    def _next(self) -> str:
        """Return what to type next: who is behind a bloc, or what is behind the latest value spoken of."""
        at = self.largest.after.name if self.largest else self.periods[0].name
        where = {"session": f"--session {at}", "year": f"--since {at} --until {at}"}.get(self.by, "")
        command = f"cohesion {self.blocs[0]} {{}}" if self.blocs else None
        command = command or f"compare {self.first} {self.second} {{}} {where}"
        return next_line(command, self.periods[0].matrix.positions.origin.name)

    def plot(self, ax: "Axes | None" = None) -> "Axes":
        """Draw it, on `ax` or a figure of its own; see `stances.plots.trend`."""
        from stances.plots import trend

        return trend(self, ax)

    def __repr__(self) -> str:
        return f"<Trend of {self.first} and {self.second}: {len(self.periods)} {self.by}s>"


def _signed(change: Change) -> str:
    sign = "+" if change.value > 0 else "-" if change.value < 0 else ""
    text = f"{sign}{rounded(abs(change.value)).lstrip('<>')}"
    if change.lower == change.lower:
        text += f" [{change.lower:+.2f}, {change.upper:+.2f}]"
    return text if change.rests_on_enough else f"({text})"


def _meaning(parts: tuple[Part, ...], *, is_linear: bool) -> Iterator[str]:
    """Say what the questions that are not shown contribute, and what contributions are."""
    if not is_linear:
        yield "Contributions are leave-one-out influences, and do not add up."
        return
    rest = [part.contribution for part in parts[PARTS:]]
    if rest:
        sums = [sum(c for c in rest if c > 0), sum(c for c in rest if c < 0)]
        told = " and ".join(f"{total:+.3f}" for total in sums if total) or "nothing"
        yield f"The other {len(rest)} questions contribute {told}."
    yield "Contributions are distances from the middle of both values, and add up to the change."


def _text(text: str) -> str:
    return shorten(text, TITLE, placeholder="…")


def _document(change: Change) -> dict[str, Any]:
    names = ("period", "first", "second", "contribution")
    return {
        "before": change.before.name,
        "after": change.after.name,
        "value": change.value,
        "lower": change.lower,
        "upper": change.upper,
        "questions": [
            {"question": part.question.id} | {name: getattr(part, name) for name in names}
            for part in change.parts
        ],
    }
