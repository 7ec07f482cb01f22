"""dumbbell: the word of an actor and its deed, on the scale of the question."""

from typing import TYPE_CHECKING

from stances.captions import THIN
from stances.plots.cells import empty
from stances.plots.palette import BLUE, ORANGE, PAPER, SOFT
from stances.plots.rows import MOST, beyond, draw_rows, height_of
from stances.plots.sheet import NOTE, Sheet, sheet
from stances.printable import rounded
from stances.tables import Grid

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from stances.deeds import Gap, WordsAndDeeds

WIDTH = 3.2  # inches


def dumbbell(found: "WordsAndDeeds", ax: "Axes | None" = None) -> "Axes":
    """Draw for each actor and question the level of its word, that of its deed, and the gap.

    A round mark is the word, a square the deed. Where the word is kept, one lies in the other. On an
    unordered scale the marks stand apart without a direction, and the line between is dotted. An asterisk
    marks what was read between the lines.

    Parameters
    ----------
    found : WordsAndDeeds
        What `words_and_deeds` returned.
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
    >>> ax = dumbbell(stances.words_and_deeds(stances.load("paris-beijing-2025"), "CHN"))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['CHN · open-chinese-market *']
    """
    gaps = found.gaps[:MOST]
    grid: Grid = found.grids()[0]
    data = grid.title.partition(" · ")[2]
    title = "Words and deeds"
    notes = [data, *grid.notes]
    for account in found.accounts:
        if account.n_both:
            value, few = rounded(account.mean_gap), account.n_both < THIN
            ends = (
                f" [{rounded(account.lower)}, {rounded(account.upper)}]"
                if account.lower == account.lower
                else ""
            )
            notes.append(
                f"{account.actor}: mean gap {f'({value})' if few else value}{ends} of {account.n_both}."
            )
    if any(gap.is_inferred for gap in gaps):
        notes.append("* read between the lines, on one side or both.")
    notes += beyond(len(found.gaps) - MOST, "question")
    names = [_name(gap) for gap in gaps]
    texts = [title, *notes, *names, *(level for gap in gaps for level in gap.question.scale.levels)]
    with sheet(found, ax, texts, WIDTH, height_of(len(gaps))) as page:
        if gaps:
            _draw(page, gaps, names)
        else:
            empty(page.ax, page.letters, "Nobody has a word and a deed on the same question.")
        page.finish(title, notes)
        return page.ax


def _name(gap: "Gap") -> str:
    return f"{gap.actor} · {gap.question.id}{' *' if gap.is_inferred else ''}"


def places_of(gap: "Gap") -> tuple[float, float]:
    """Return where word and deed stand, 0 to 1: on an unordered scale in the middle, or apart at its ends."""
    scale = gap.question.scale
    if not scale.ordered:
        return (0.5, 0.5) if gap.gap == 0 else (0.0, 1.0)
    at = dict(zip(scale.levels, scale.unit_values, strict=True))
    return at[gap.word.position], at[gap.deed.position]


def _draw(page: Sheet, gaps: "tuple[Gap, ...]", names: list[str]) -> None:
    ax = page.ax
    for k, gap in enumerate(gaps):
        word, deed = places_of(gap)
        style = "-" if gap.question.scale.ordered else ":"
        ax.plot([word, deed], [k, k], style, color=SOFT, linewidth=1.4, zorder=1, gid="gap")
        ax.plot(
            deed, k, "s", markersize=8, markerfacecolor=PAPER, markeredgecolor=ORANGE, clip_on=False, zorder=2
        )
        ax.plot(word, k, "o", markersize=4.5, color=BLUE, clip_on=False, zorder=3)
    words = [
        gap.word.position if gap.gap == 0 else f"{gap.word.position} → {gap.deed.position}" for gap in gaps
    ]
    draw_rows(page, names, words)
    ax.set(xlim=(-0.04, 1.04), xticks=[0, 0.5, 1], xticklabels=["lowest level", "", "highest level"])
    ax.plot([], [], "o", color=BLUE, markersize=4.5, label="word")
    ax.plot([], [], "s", markerfacecolor=PAPER, markeredgecolor=ORANGE, markersize=8, label="deed")
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.1, fontsize=NOTE)
