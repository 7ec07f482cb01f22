"""How to cite a dataset or a result: the data, the documents it rests on, and this library."""

from stances.citations.bibtex import bibtex
from stances.citations.csl import csl_json
from stances.citations.entries import entries
from stances.errors import ChoiceError, UncitedError
from stances.printable import Printable

__all__ = ["cite"]

_STYLES = {"bibtex": bibtex, "csl-json": csl_json}
STYLES = tuple(_STYLES)


def cite(data: Printable, style: str = "bibtex") -> str:
    r"""Return how to cite data: the dataset, the documents it rests on, and this library.

    What is not known is left out, and nothing is invented in its place.

    Parameters
    ----------
    data : Dataset, Positions, or any result that knows what it was made of
        A result is cited by the data behind it; ``result.made_of()`` tells which these are.
    style : {"bibtex", "csl-json"}
        ``bibtex`` for LaTeX, ``csl-json`` for Zotero, pandoc and other programs that read the
        Citation Style Language.

    Returns
    -------
    str
        Entries in this order: datasets, documents, library. Keys are unique without regard to case,
        and the same for the same data.

    Raises
    ------
    ChoiceError
        If the style is unknown.
    UncitedError
        If the result does not know what it was made of.

    Examples
    --------
    >>> import stances
    >>> text = cite(stances.load("paris-beijing-2025"))
    >>> print(text.split("\n\n")[1])
    @misc{paris-beijing-2025:report,
      title = {{News report on the French president's state visit to Beijing}}
    }
    """
    if style not in _STYLES:
        raise ChoiceError("style", style, STYLES)
    origins = data.made_of() if isinstance(data, Printable) else ()
    if not origins:
        raise UncitedError(type(data).__name__)
    return _STYLES[style](entries(origins))
