"""A report: what the page shows, gathered, and the page that is made of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from stances.atomic import write_files
from stances.checking import Reading
from stances.colophon import about_result, with_record
from stances.deeds.report import WordsAndDeeds
from stances.ground import CommonGround, FaultLines
from stances.matrix import Matrix
from stances.measures import Measure
from stances.models import Source
from stances.origin import Origin
from stances.positions import Positions
from stances.report.boards import Board
from stances.report.drawing import Drawn
from stances.report.names import Names
from stances.report.pairs import Pair
from stances.report.questions import Entry
from stances.report.records import Account, Unanswered
from stances.report.rendering import page
from stances.report.summary import Fact
from stances.report.texts import BASES
from stances.tables import Grid


@frozen(eq=False, repr=False)
class Report:
    """What one page shows of a dataset or of positions.

    Attributes
    ----------
    title : str
    note, licence : str
        Of the data; "" where it has none.
    facts : tuple of Fact
        The summary, sentence by sentence.
    matrix : Matrix
        Of all questions, by the first measure.
    boards : tuple of Board
        The matrices as tables: of all questions and of each issue, by each measure; of more than
        forty actors by the first one alone.
    ends : tuple of Grid
        The nearest and the furthest pairs of many actors, and their blocs.
    views : tuple of mapping
        The matrices that the reader may choose from, packed.
    orders : mapping of str to tuple of int
        Orders of the actors besides that of the table.
    pairs : tuple of Pair
        What stands behind each cell, where a page can hold it.
    entries : tuple of Entry
        The questions with their evidence.
    sources : tuple of Source
        Documents that the questions and records shown name, or the published files that positions
        were read from.
    readings : mapping of str to Reading
        How much of each source is accounted for in the whole dataset.
    left_out_views : int
        Views that the page could not hold.
    sha256 : str
        Of the dataset's JSON form or, for positions, of actors, questions and codes.
    accounts, unanswered, drawn, deeds, ground, lines, divided
        Who is on record, who did not answer, wedges, words and deeds, common ground, and fault lines by
        question and by issue; `deeds` is None for positions.
    """

    title: str
    note: str
    licence: str
    facts: tuple[Fact, ...]
    names: Names
    measures: tuple[Measure, ...]
    matrix: Matrix
    boards: tuple[Board, ...]
    ends: tuple[Grid, ...]
    views: tuple[Mapping[str, Any], ...]
    bases: Mapping[str, Positions]
    orders: Mapping[str, tuple[int, ...]]
    pairs: tuple[Pair, ...]
    entries: tuple[Entry, ...]
    accounts: tuple[Account, ...]
    unanswered: tuple[Unanswered, ...]
    drawn: tuple[Drawn, ...]
    deeds: WordsAndDeeds | None
    ground: CommonGround
    lines: FaultLines
    divided: FaultLines
    sources: tuple[Source, ...]
    readings: Mapping[str, Reading]
    left_out_views: int
    sha256: str

    def to_html(self, path: str | Path | None = None) -> str:
        """Return the page, and write it to `path` if one is given.

        Beside the file goes ``PATH.meta.json``, which names the data, its licence and its sources, the
        version and a hash of the file; both are written, or neither.

        Raises
        ------
        MissingExtraError
            If Jinja2 is not installed.
        OSError
            If the file cannot be written; an older one is whole then.
        """
        text = page(self)
        if path is not None:
            about = about_result(type(self).__name__, self.made_of())
            write_files(with_record(path, text.encode("utf-8"), about))
        return text

    def made_of(self) -> tuple[Origin, ...]:
        """Return which data the page was made of."""
        return self.matrix.made_of()

    def basis_name(self, basis: str) -> str:
        """Return what a basis is called; that of the rules by their own words."""
        return BASES[basis] if basis else self.matrix.positions.origin.rules or "as recorded"

    def __repr__(self) -> str:
        return f"<Report of {self.matrix.positions.origin.name!r}: {len(self.matrix.actors)} actors>"
