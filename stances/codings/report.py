"""The report on a coded dataset: by question, by issue, by coder, and the most disputed passages first."""

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import field, fields, frozen

from stances.codings.listings import disputes, omissions
from stances.codings.summary import CoderSummary, Reliability, coder_summaries, reliability_of
from stances.codings.units import Unit, units_of
from stances.dataset import Dataset
from stances.errors import NeedsCodersError
from stances.origin import Origin
from stances.printable import Listing, Printable, rounded
from stances.resolution import Rules
from stances.tables import Grid

FEW = 5  # a value that rests on fewer units stands in brackets
REASONS = {"no_shared_units": "no shared units", "no_variation": "no variation"}
HEADER = (
    "on", "coders", "units", "shared", "differ", "silence or level", "left out", "agreement", "alpha",
    "Gwet AC", "level",
)  # fmt: skip


@frozen(repr=False, str=False)
class ReliabilityReport(Printable):
    """How far the coders of a dataset agree, and where they do not.

    Attributes
    ----------
    name : str
        The dataset.
    rules : str
        Which records count, as a caption says it.
    rows : tuple of Reliability
        One per question, then one per issue, then one for all.
    coders : tuple of CoderSummary
        By name.
    units : tuple of Unit
        What anybody coded: an actor on a question in a source.
    n_nameless : int
        Stances that name no coder, and do not count.
    origin : Origin or None
        The data it was made of, for citations; None where that is not known.
    """

    name: str
    rules: str
    rows: tuple[Reliability, ...]
    coders: tuple[CoderSummary, ...]
    units: tuple[Unit, ...]
    n_nameless: int
    origin: Origin | None = field(default=None, kw_only=True, repr=False, eq=False)

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per question, one per issue, and one for all."""
        return _columns(self.rows, Reliability)

    def by_coder(self) -> Listing:
        """Return one row per coder."""
        return Listing("By coder", _columns(self.coders, CoderSummary))

    def disputed(self) -> Listing:
        """Return what coders dispute, the most disputed first: a row per position, with its passages."""
        return disputes(self.units)

    def omissions(self) -> Listing:
        """Return what some coders left out, first what most others recorded."""
        return omissions(self.units)

    def document(self) -> dict[str, Any]:
        """Return all tables by name, for JSON."""
        return {
            "dataset": self.name,
            "rules": self.rules,
            "reliability": self.columns(),
            "coders": self.by_coder().columns(),
            "disputed": self.disputed().columns(),
            "omissions": self.omissions().columns(),
        }

    def grids(self) -> tuple[Grid, ...]:
        """Return the tables that people read; of disputes and omissions, the first few units."""
        listings = (disputes(self.units, in_print=True), omissions(self.units, in_print=True))
        grids = (grid for listing in listings if len(listing) for grid in listing.grids())
        return (self._agreement(), self._by_coder(), *grids)

    def _agreement(self) -> Grid:
        counts = f"{len(self.coders)} coders · {len(self.units)} unit{'s' * (len(self.units) != 1)}"
        title = f"How far coders agree · {self.name} · {counts} · {self.rules}"
        rows = tuple(_cells(row) for row in self.rows if row.n_units)
        return Grid(title, HEADER, rows, tuple(self._notes()))

    def _notes(self) -> Iterable[str]:
        yield "A unit is an actor on a question in a source. Values rest on shared units: two levels or more."
        if any(0 < row.n_shared < FEW for row in self.rows):
            yield f"In brackets: rests on fewer than {FEW} shared units."
        uncoded = [row.id for row in self.rows if row.kind == "question" and not row.n_units]
        if uncoded:
            yield f"Nobody coded: {', '.join(uncoded)}."
        n_conflicts = sum(coder.n_conflicts for coder in self.coders)
        if n_conflicts:
            yield f"Codings that contradict themselves, and count as no level: {n_conflicts}."
        if self.n_nameless:
            yield f"Stances that name no coder, and do not count: {self.n_nameless}."

    def _by_coder(self) -> Grid:
        header = ("coder", "records", "levels", "silences", "left out", "alone", "agreement with the others")
        ordered = sorted(self.coders, key=lambda coder: (coder.n_compared == 0, coder.agreement))
        rows = tuple(
            (
                coder.coder,
                *map(str, (coder.n_records, coder.n_levels, coder.n_silences)),
                *map(str, (coder.n_omissions, coder.n_alone)),
                _agreement_with_others(coder),
            )
            for coder in ordered
        )
        return Grid("By coder, lowest agreement first", header, rows)

    def __repr__(self) -> str:
        return f"<ReliabilityReport on {self.name!r}: {len(self.coders)} coders, {len(self.units)} units>"


def _columns(records: Sequence[Any], model: type[Any]) -> dict[str, list[Any]]:
    return {field.name: [getattr(record, field.name) for record in records] for field in fields(model)}


def _cells(row: Reliability) -> tuple[str, ...]:
    name = {"question": row.id, "issue": f"issue {row.id}", "all": "all"}[row.kind]
    counts = (row.n_coders, row.n_units, row.n_shared, row.n_disagreements, row.n_silence_disputes)
    alpha = REASONS[row.why] if row.why else _value(row.krippendorff_alpha, row)
    values = (_value(row.percent_agreement, row), alpha, _value(row.gwet_ac, row))
    return name, *map(str, counts), f"{row.n_omissions} of {row.n_due}", *values, row.level


def _agreement_with_others(coder: CoderSummary) -> str:
    if not coder.n_compared:
        return "-"
    value = rounded(coder.agreement)
    return f"{value if coder.n_compared >= FEW else f'({value})'} of {coder.n_compared}"


def _value(value: float, row: Reliability) -> str:
    """Return a value, in brackets where it rests on little."""
    if value != value:
        return "-"
    return rounded(value) if row.n_shared >= FEW else f"({rounded(value)})"


def report(data: Dataset, *, issues: str | Iterable[str] | None = None, **rules: Any) -> ReliabilityReport:
    """Return how far the coders of a dataset agree, and what they dispute.

    A unit is an actor on a question in a source. What a coder recorded on it comes to one level, silence
    or conflict, by the rules of `Dataset.positions`. Three things are told apart:

    - a disagreement: two coders gave different levels;
    - a silence dispute: one recorded a silence, another a level or another silence;
    - an omission: a coder recorded nothing, though at work on the source (there is another record of
      that coder on it), and another did.

    Only the levels enter the coefficients.

    Parameters
    ----------
    data : Dataset
        Whose stances name their coder; `stances.merge` joins a file per coder.
    issues : str or iterable of str, optional
        Only questions on these.
    **rules
        Those of `Dataset.positions` but for `coders`. Words and deeds by default.

    Returns
    -------
    ReliabilityReport

    Raises
    ------
    NeedsCodersError
        If fewer than two coders are named.
    UnknownIssueError
        If an issue is not in the dataset.

    Examples
    --------
    >>> from stances import VOTE, Actor, Dataset, Question, Stance
    >>> coded = [("FRA", "yes", "ann"), ("FRA", "no", "ben"), ("CHN", "no", "ann")]
    >>> data = Dataset(
    ...     questions=[Question("ceasefire", "A ceasefire should come soon.", VOTE)],
    ...     actors=[Actor("CHN"), Actor("FRA")],
    ...     stances=[Stance(actor, "ceasefire", vote, coder=coder) for actor, vote, coder in coded],
    ... )
    >>> whole = report(data).rows[-1]
    >>> whole.n_units, whole.n_shared, whole.n_disagreements, whole.n_omissions
    (2, 1, 1, 1)
    """
    coders = tuple(sorted({stance.coder for stance in data.stances if stance.coder}))
    if len(coders) < 2:
        raise NeedsCodersError(data.id, coders)
    chosen = data.select(issues=issues)
    settled = Rules(coders=None, **rules)
    units = units_of(data, settled, chosen.questions)
    return ReliabilityReport(
        data.id,
        str(settled),
        tuple(_rows(chosen, units, issues)),
        coder_summaries(data, units),
        units,
        sum(stance.coder is None for stance in chosen.stances),
        origin=data.made_of()[0],
    )


def _rows(data: Dataset, units: Sequence[Unit], issues: str | Iterable[str] | None) -> Iterable[Reliability]:
    for question in data.questions:
        yield reliability_of(
            [unit for unit in units if unit.question.id == question.id], "question", question.id
        )
    wanted = {issues} if isinstance(issues, str) else set(issues or ())
    for issue in data.issues:
        about = [unit for unit in units if issue.id in unit.question.issues]
        if not wanted or issue.id in wanted:
            yield reliability_of(about, "issue", issue.id)
    yield reliability_of(units)
