"""save: a figure as a file, the same bytes each time."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stances.atomic import write_files
from stances.errors import ChoiceError, FieldError
from stances.plots.sheet import figure_of, library

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = (".svg", ".pdf", ".png")
DPI = 300  # dots per inch, for PNG and for large heatmaps within the others
_SETTINGS: Any = {
    "svg.hashsalt": "stances",  # ids of parts are else drawn at random
    "svg.fonttype": "none",  # text stays text: it can be searched, edited and read aloud
    "pdf.fonttype": 42,  # fonts whole rather than as outlines, as journals ask
    "text.parse_math": False,
    "text.usetex": False,
}
_UNDATED: dict[str, dict[str, Any]] = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}, ".png": {}}


def save(figure: "Figure | Axes", path: str | Path) -> None:
    """Write a figure as SVG, PDF or PNG, by the ending of the path; all or nothing.

    The same figure gives the same bytes: no date is written. In SVG text stays text, in PDF the fonts
    are embedded (type 42), and PNG has 300 dots per inch.

    Parameters
    ----------
    figure : Figure or Axes
        What a function of this module returned, or any other figure.
    path : str or Path
        Ends in ``.svg``, ``.pdf`` or ``.png``.

    Raises
    ------
    ChoiceError
        If the path ends otherwise.
    FieldError
        If `figure` is none.
    OSError
        If the file cannot be written; an old one is whole then.
    """
    path = Path(path)
    write_files({path: contents(figure, path)})


def checked_ending(path: Path) -> str:
    """Return the ending of a path, in small letters, if figures can be written so.

    Raises
    ------
    ChoiceError
        If not.
    """
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise ChoiceError("ending", path.suffix, FORMATS)
    return ending


def contents(figure: "Figure | Axes", path: Path) -> bytes:
    """Return a figure as the bytes of a file with the ending of `path`."""
    ending = checked_ending(path)
    mpl = library()
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    whole = figure_of(figure) if isinstance(figure, Axes) else figure
    if not isinstance(whole, Figure):
        raise FieldError("figure", figure, "is neither a Figure nor an Axes", "pass what plot() returned")
    buffer = io.BytesIO()
    with mpl.rc_context(_SETTINGS):
        whole.savefig(buffer, format=ending[1:], dpi=DPI, metadata=_UNDATED[ending])
    return buffer.getvalue()
