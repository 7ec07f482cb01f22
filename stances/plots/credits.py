"""The line below a figure that credits what it was made of."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stances.models import Source
    from stances.printable import Printable

_NAMED = 3  # publishers that one line holds


def credit(result: "Printable") -> str:
    """Return the sources of a result as one line: a single one whole, several by publisher; "" for none.

    Examples
    --------
    >>> import stances
    >>> credit(stances.agreement_matrix(stances.load("un-landmark-votes")))
    'Sources: 20 documents of United Nations General Assembly.'
    """
    sources = list(dict.fromkeys(source for origin in result.made_of() for source in origin.sources))
    if len(sources) < 2:
        return "".join(f"Source: {_whole(source)}." for source in sources)
    publishers = sorted({source.publisher for source in sources if source.publisher})
    by = f" of {', '.join(publishers)}" if 0 < len(publishers) <= _NAMED else ""
    return f"Sources: {len(sources)} documents{by}."


def _whole(source: "Source") -> str:
    facts = (source.title or source.id, source.publisher, source.date)
    return ", ".join(str(fact) for fact in facts if fact)
