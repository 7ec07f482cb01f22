"""Where positions come from: the data, the rules, and the records behind each cell."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from stances.models import Source, Stance


@frozen
class Origin:
    """Where positions come from, for captions and explanations.

    Attributes
    ----------
    name : str
        The dataset.
    rules : str
        The rules by which records became positions, as a caption says them.
    subject : str
        The issues, year or session it was cut down to; empty for the whole.
    records : mapping of (actor, question) to tuple of Stance
        What each cell rests on; empty for positions that were read as codes.
    counted : bool
        Whether only counts of pairs are known, and so there are no questions.
    title, licence : str or None
        Of the dataset, as it gives them.
    sources : tuple of Source
        The documents or published files that it rests on, for citations and the records beside files.
    """

    name: str = "positions"
    rules: str = ""
    subject: str = ""
    records: Mapping[tuple[str, str], tuple[Stance, ...]] = field(factory=dict, repr=False)
    counted: bool = False
    title: str | None = None
    licence: str | None = None
    sources: tuple[Source, ...] = field(default=(), repr=False)

    def document(self) -> dict[str, Any]:
        """Return which data this is and what it rests on, for a record beside a file; unknown is None."""
        facts = ("id", "title", "publisher", "date", "url")
        said = [{name: getattr(source, name) for name in facts} for source in self.sources]
        return {
            "dataset": self.name,
            "title": self.title,
            "licence": self.licence,
            "sources": [{k: v if v is None else str(v) for k, v in source.items()} for source in said],
        }
