"""small_multiples: one heatmap per issue, year or session, all in one order and on one scale."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from stances import captions, leftovers
from stances.errors import FieldError
from stances.plots.cells import cell_notes, draw_borders, draw_cells, empty, pitch_of, support_of
from stances.plots.key import draw_key, scale_of
from stances.plots.names import name_rows
from stances.plots.sheet import BODY, Sheet, sheet
from stances.plots.standing import standing_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from stances.matrix import Matrix

PAGE = 6.0  # inches of all panels of a row


def small_multiples(matrices: "Mapping[str, Matrix]") -> "tuple[Axes, ...]":
    """Draw several matrices of the same actors beside each other.

    All have the actors in one order, that of the camps of the matrix that rests on most, and one scale of
    colours. A panel in which no two share a question says so.

    Parameters
    ----------
    matrices : mapping of str to Matrix
        As `matrices_by` gives them: by issue, year or session; of one kind and one measure.

    Returns
    -------
    tuple of Axes
        One per matrix, in one figure.

    Raises
    ------
    FieldError
        If there is no matrix, or they differ in actors, kind or measure.
    MissingExtraError
        If matplotlib or SciPy is not installed.

    Examples
    --------
    >>> import stances
    >>> panels = small_multiples(stances.matrices_by(stances.load("un-landmark-votes"), "issue"))
    >>> [ax.get_title(loc="left") for ax in panels]
    ['ukraine', 'gaza', 'trade', 'multilateralism']
    """
    _check(matrices)
    actors = next(iter(matrices.values())).actors
    sharing = {actor for m in matrices.values() for actor in (m.actors[i] for i in captions.sharing(m))}
    shown, left = [a for a in actors if a in sharing], [a for a in actors if a not in sharing]
    most = max(matrices, key=lambda name: int(matrices[name].n_shared.sum()))
    standing = standing_of(matrices[most].select(shown))
    parts = {name: matrix.select(standing.actors) for name, matrix in matrices.items()}
    about, title = captions.title(matrices[most]).split(" · ")[0], _common(matrices)
    notes = [title, standing.note + (f" Order and camps are those of {most}." if standing.tree else "")]
    supports = ", ".join(f"{name} {support_of(part)}" for name, part in parts.items())
    notes += [f"Support, in shared questions: {supports}.", *cell_notes(parts.values())]
    notes += [f"Left out, sharing no question with another: {', '.join(left)}."] if left else []
    n_columns = min(len(parts), 2 if len(parts) <= 4 else 4)
    side = min(max(PAGE / n_columns, 1.3), 2.8)
    texts = [*matrices, *actors, about, *notes]
    with sheet(matrices[most], None, texts, side, side, n_columns, math.ceil(len(parts) / n_columns)) as page:
        for spare in page.axes[len(parts) :]:
            spare.remove()
        kept = Sheet(page.axes[: len(parts)], page.is_own, page.letters, page.credit)
        scale, told = scale_of(list(parts.values())), set()
        for k, (ax, (name, part)) in enumerate(zip(kept.axes, parts.items(), strict=True)):
            ax.set_title(page.letters.line(name), loc="left", size=BODY)
            if len(captions.sharing(part)) < 2:
                empty(ax, page.letters, leftovers.nothing_shared(part))
                continue
            draw_cells(ax, part, scale)
            draw_borders(ax, part.actors, standing)
            told |= _named(ax, part, page, at_left=k % n_columns == 0, at_foot=k + n_columns >= len(parts))
        draw_key(kept.axes[n_columns - 1], scale, page.letters)
        kept.finish(about, [*notes, *sorted(told)])
        return kept.axes


def _named(ax: "Axes", part: "Matrix", page: Sheet, *, at_left: bool, at_foot: bool) -> set[str]:
    """Name the actors at the outer edges alone, and return what is to be said of that."""
    pitch, told = pitch_of(ax, len(part.actors)), set()
    for side, outer in (("y", at_left), ("x", at_foot)):
        if outer:
            told.add(name_rows(ax, part.actors, pitch, page.letters, side))
        else:
            ax.tick_params(axis=side, length=0, labelleft=side == "x", labelbottom=side == "y")  # type: ignore[arg-type]  # x or y
            (ax.yaxis if side == "y" else ax.xaxis).set_ticks([])
    return told


def _check(matrices: "Mapping[str, Matrix]") -> None:
    if not matrices:
        raise FieldError("matrices", matrices, "holds none", "pass what matrices_by(...) returned")
    first = next(iter(matrices.values()))
    for name, matrix in matrices.items():
        for what in ("actors", "kind", "measure"):
            if getattr(matrix, what) != getattr(first, what):
                raise FieldError(f"{what} of {name}", getattr(matrix, what), "differ from those of the first")


def _common(matrices: "Mapping[str, Matrix]") -> str:
    """Return the parts of the captions that all have, without what is above each panel."""
    captions_of = [captions.title(matrix).split(" · ")[1:] for matrix in matrices.values()]
    return " · ".join(part for part in captions_of[0] if all(part in other for other in captions_of))
