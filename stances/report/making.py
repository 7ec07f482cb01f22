"""report_of: everything that one page shows, computed by the library's own functions."""

import hashlib
from collections.abc import Iterable
from typing import Any

from stances.checking import check_dataset
from stances.dataset import Dataset
from stances.deeds import words_and_deeds
from stances.errors import TooFewActorsError
from stances.files.json_file import json_contents
from stances.ground.common import common_ground
from stances.ground.faults import fault_lines
from stances.matrices import AnyMeasure, agreement_matrix
from stances.matrix import Matrix
from stances.measures import Measure
from stances.overview import LARGE
from stances.positions import Positions
from stances.progress import Progress, ticker
from stances.report.boards import SQUARE, Board, board_of
from stances.report.drawing import drawn_from
from stances.report.names import names_of
from stances.report.packing import views_of
from stances.report.pairs import pairs_of
from stances.report.questions import entries_of, sources_of
from stances.report.records import accounts_of, unanswered_of
from stances.report.result import Report
from stances.report.slices import Narrow, Slice, by_basis, measures_for, slices_of
from stances.report.summary import Summary
from stances.tables import Grid


def report_of(
    data: Dataset | Positions,
    measures: Iterable[AnyMeasure] | None = None,
    silence: str = "skip",
    interval: float | None = None,
    *,
    title: str | None = None,
    narrow: Narrow | None = None,
    progress: Progress | None = None,
    **rules: Any,
) -> Report:
    """Return a page to explore: matrices, silences, voices, wedges, common ground and the evidence.

    Parameters
    ----------
    data : Dataset or Positions
        Records, or codes.
    measures : str, or iterable of str, Measure, array_like or callable, optional
        What the reader may choose from; the first is shown first. By default `agreement`, and its
        kernel beyond chance in two ways that err on opposite sides where nearly all take one level:
        `scott_pi_linear` and `gwet_ac2_linear`; their nominal kin where levels have no order.
    silence : {"skip", "half", "neutral", "bounds"}
        What counts where one side was silent or absent; see `agreement_matrix`.
    interval : float, optional
        Nominal coverage in (0, 1), such as 0.95, of an interval beside every value.
    title : str, optional
        Of the page; that of the data by default.
    narrow : callable, optional
        Takes Positions and returns those of the questions and actors to show, such as
        ``lambda found: found.select(issues=["gaza"])``.
    progress : callable, optional
        Called with the number of matrices done and due.
    **rules
        How records become positions; see `Dataset.positions`. Only for a Dataset. Unless they name a
        ``basis``, the reader may choose words or deeds alone.

    Returns
    -------
    Report
        `Report.to_html` writes it as one file that needs no network.

    Raises
    ------
    UnknownMeasureError, SilencePolicyError, UnorderedScaleError
        If measures, policy and scales do not fit together.
    FieldError
        If `measures` holds none, or two of one name.
    NeedsDatasetError
        If rules for records come with Positions.

    Examples
    --------
    >>> import stances
    >>> report = report_of(stances.load("paris-beijing-2025"))
    >>> report
    <Report of 'paris-beijing-2025': 6 actors>
    >>> report.facts[0].says[:54]
    'No two actors share 5 questions or more, so no pair is'
    """
    return _Making(data, measures, silence, interval, narrow or _whole, progress, rules).report(title)


def _whole(positions: Positions) -> Positions:
    return positions


class _Making:
    """The parts of a report, each computed once."""

    def __init__(
        self,
        data: Dataset | Positions,
        measures: Iterable[AnyMeasure] | None,
        silence: str,
        interval: float | None,
        narrow: Narrow,
        progress: Progress | None,
        rules: dict[str, Any],
    ) -> None:
        self.silence, self.interval, self.rules = silence, interval, rules
        self.bases = by_basis(data, narrow, rules)
        self.positions = self.bases[""]
        self.data = _kept(data, self.positions)
        known = check_dataset(data).readings if isinstance(data, Dataset) else ()
        self.readings = {reading.source: reading for reading in known}
        self.sha256 = _sha256(data)
        self.names = names_of(data, self.positions)
        self.measures = measures_for(self.positions, measures, silence)
        self.slices = slices_of(self.bases)
        self.tick = ticker(progress, len(self.slices) * len(self.measures))
        self.matrices: dict[tuple[object, ...], Matrix] = {}

    def report(self, title: str | None) -> Report:
        """Return all of it."""
        matrix = self._matrix(self.slices[0], self.measures[0])
        views = views_of(self.slices, self.measures, self._matrix)
        entries = entries_of(self.data, self.bases, self.names)
        accounts = accounts_of(self.positions, entries)
        dataset = self.data if isinstance(self.data, Dataset) else None
        name = self.positions.origin.name
        return Report(
            title=title or (dataset and dataset.title) or name,
            note=(dataset and dataset.note) or "",
            licence=(dataset and dataset.licence) or "",
            facts=Summary(self.data, matrix, self.names, accounts).facts(),
            names=self.names,
            measures=self.measures,
            matrix=matrix,
            boards=tuple(self._boards()),
            ends=_ends(matrix),
            views=tuple(views),
            bases=self.bases,
            orders=_orders(matrix),
            pairs=pairs_of(matrix, self.interval),
            entries=entries,
            accounts=accounts,
            unanswered=unanswered_of(entries),
            drawn=drawn_from(self.data, self.positions, self.interval),
            deeds=words_and_deeds(dataset, interval=self.interval, **self._word_rules()) if dataset else None,
            ground=common_ground(self.positions, interval=self.interval),
            lines=fault_lines(self.positions),
            divided=fault_lines(self.positions, "issue", interval=self.interval),
            sources=sources_of(dataset, entries) if dataset else self.positions.origin.sources,
            readings=self.readings,
            left_out_views=len(self.slices) - len(views),
            sha256=self.sha256,
        )

    def _matrix(self, part: Slice, measure: Measure) -> Matrix:
        key = (*part.key, measure.name)
        if key not in self.matrices:
            self.matrices[key] = agreement_matrix(
                part.positions, measure, self.silence, interval=self.interval
            )
            self.tick()
        return self.matrices[key]

    def _boards(self) -> Iterable[Board]:
        """Yield the tables of all questions and of each issue, those of one measure after another."""
        half = self.positions.n_actors > SQUARE
        parts = [part for part in self.slices if not part.basis and not part.year]
        for measure in self.measures[: 1 if half else None]:
            for part in parts:
                yield board_of(self._matrix(part, measure), part.issue, half=half)

    def _word_rules(self) -> dict[str, Any]:
        """Return the rules that also hold where words are set against deeds."""
        return {name: rule for name, rule in self.rules.items() if name not in ("basis", "prefer")}


def _kept(data: Dataset | Positions, positions: Positions) -> Dataset | Positions:
    """Return the records of those actors and questions alone that the positions are about."""
    if isinstance(data, Positions):
        return positions
    return data.select(actors=positions.actors, questions=[question.id for question in positions.questions])


def _ends(matrix: Matrix) -> tuple[Grid, ...]:
    """Return the nearest and the furthest pairs of many actors, and their blocs; nothing of few."""
    return matrix.top().grids() if len(matrix.actors) > LARGE else ()


def _orders(matrix: Matrix) -> dict[str, tuple[int, ...]]:
    """Return the order by camps, where SciPy is there to find it and enough actors to have camps."""
    try:
        found = matrix.sorted_by("camps")
    except (TooFewActorsError, ImportError):
        return {}
    rows = {actor: row for row, actor in enumerate(matrix.actors)}
    return {"camps": tuple(rows[actor] for actor in found.actors)}


def _sha256(data: Dataset | Positions) -> str:
    """Return a hash: of a dataset's JSON form, or of the positions in their long form."""
    if isinstance(data, Dataset):
        return hashlib.sha256(json_contents(data)).hexdigest()
    ids = "\n".join((*data.actors, "", *(question.id for question in data.questions), ""))
    return hashlib.sha256(ids.encode() + data.codes.tobytes()).hexdigest()
