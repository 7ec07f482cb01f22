"""bloc_agreement: how far two blocs stand alike, by their lines and by how their members are spread."""

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances.bloc_positions import Members, blocs_for, with_bloc
from stances.comparison import Comparison
from stances.dataset import Dataset
from stances.dispersion import overlap
from stances.explain import compare
from stances.matrices import AnyMeasure, positions_of
from stances.mean_intervals import Mean, parts
from stances.models import Question
from stances.origin import Origin
from stances.positions import Positions
from stances.printable import Printable, cell_text, rounded
from stances.prompts import next_line
from stances.registry import Blocs
from stances.tables import Grid
from stances.uncertainty import Interval

Floats = NDArray[np.float64]


@frozen
class OverlapQuestion:
    """How the members of two blocs are spread over the levels of one question.

    Attributes
    ----------
    question : Question
    first, second : tuple of int
        Members of each bloc at each level.
    overlap : float
        The share of answers that can be paired with the same answer on the other side, in [0, 1];
        NaN where no member of one of the blocs has a level.
    contribution : float
        Its part of the mean overlap; NaN where it does not count.
    """

    question: Question
    first: tuple[int, ...]
    second: tuple[int, ...]
    overlap: float
    contribution: float


@frozen(repr=False, str=False)
class BlocAgreement(Printable):
    """How far two blocs stand alike.

    Attributes
    ----------
    lines : Comparison
        The agreement of the positions of both, and the questions behind it.
    overlap : Mean
        Mean overlap of their members' answers, in [0, 1], with its support.
    questions : tuple of OverlapQuestion
        All questions; their contributions sum to `overlap`.
    """

    lines: Comparison
    overlap: Mean
    questions: tuple[OverlapQuestion, ...]

    def made_of(self) -> tuple[Origin, ...]:
        """Return where the positions come from."""
        return self.lines.made_of()

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per question: both positions, their difference, and the overlap."""
        items = {item.question.id: item for item in self.lines.shared}
        rows, nan = self.questions, float("nan")
        found = [items.get(row.question.id) for row in rows]
        return {
            "question": [row.question.id for row in rows],
            "actor1": [self.lines.first] * len(rows),
            "position1": [item.first.position if item else None for item in found],
            "actor2": [self.lines.second] * len(rows),
            "position2": [item.second.position if item else None for item in found],
            "difference": [item.difference if item else nan for item in found],
            "contribution": [item.contribution if item else nan for item in found],
            "overlap": [row.overlap for row in rows],
            "overlap_contribution": [row.contribution for row in rows],
            "n_first": [sum(row.first) for row in rows],
            "n_second": [sum(row.second) for row in rows],
        }

    def grids(self) -> tuple[Grid, ...]:
        """Return the overlap of their members, and the comparison of their positions."""
        first, second = self.lines.first, self.lines.second
        value = cell_text(self.overlap.value)
        if self.overlap.lower == self.overlap.lower:
            value += f" [{rounded(self.overlap.lower)}, {rounded(self.overlap.upper)}]"
        title = f"Members of {first} and of {second} · mean overlap {value} of {self.overlap.n} questions"
        rows = tuple(
            (
                *(row.question.id, _spread(row.question, row.first), _spread(row.question, row.second)),
                *(rounded(row.overlap), rounded(row.contribution)),
            )
            for row in self.questions
            if row.overlap == row.overlap
        )
        header = ("question", first, second, "overlap", "contribution") if rows else ("",)
        note = f"Undefined: on no question does a member of {first} and one of {second} have a level."
        notes = () if rows else (note,)
        grid = Grid(title, header, rows, (*notes, next_line(f"cohesion {first} {{}}", self.lines.name)))
        return (grid, *self.lines.grids())

    def __repr__(self) -> str:
        return f"<BlocAgreement of {self.lines.first} and {self.lines.second}: {self.overlap.n} questions>"


def bloc_agreement(
    data: Dataset | Positions,
    first: str,
    second: str,
    measure: AnyMeasure = "agreement",
    interval: float | None = None,
    *,
    blocs: Blocs | None = None,
    **rules: Any,
) -> BlocAgreement:
    """Return how far two blocs stand alike: by their positions, and by how their members are spread.

    Parameters
    ----------
    data : Dataset or Positions
        Records, or codes.
    first, second : str
        Ids, names or aliases of two blocs. A member of both counts in both.
    measure : str, Measure, array_like or callable
        For the agreement of the positions; see `agreement_matrix`.
    interval : float, optional
        Nominal coverage in (0, 1), for both numbers.
    blocs : Blocs, optional
        Who belonged to which; `blocs_for(data)` by default.
    **rules
        See `Dataset.positions`.

    Returns
    -------
    BlocAgreement
        Two blocs of which each is evenly split do not differ in their spread, and have no positions
        to compare: so both numbers have a support of their own.

    Raises
    ------
    UnknownBlocError
        If there is no such bloc.

    Examples
    --------
    >>> from stances import VOTE
    >>> votes = Positions.from_codes(
    ...     [[2, 2], [2, 0], [0, 2], [0, 1]], scale=VOTE, actors=["AUT", "DEU", "CHN", "RUS"]
    ... )
    >>> found = bloc_agreement(votes, "EU", "BRICS")
    >>> found.lines.value, found.lines.n_shared, found.overlap.value, found.overlap.n
    (0.0, 1, 0.25, 2)
    """
    positions, known = positions_of(data, rules), blocs_for(data) if blocs is None else blocs
    sides = [Members.of(positions, name, known) for name in (first, second)]
    both = with_bloc(with_bloc(positions, sides[0].bloc, blocs=known), sides[1].bloc, blocs=known)
    sources = data.sources if isinstance(data, Dataset) else ()
    lines = compare(both, sides[0].bloc, sides[1].bloc, measure, interval=interval, sources=sources)
    overlaps, weights = _overlaps(*sides), positions.weights
    level = None if interval is None else Interval(interval).level
    shares = parts(overlaps, weights)
    questions = tuple(
        OverlapQuestion(question, *_counts(sides, question, j), float(overlaps[j]), float(shares[j]))
        for j, question in enumerate(positions.questions)
    )
    return BlocAgreement(lines, Mean.of(overlaps, weights, (0.0, 1.0), level), questions)


def _overlaps(first: Members, second: Members) -> Floats:
    found: Floats = overlap(first.counts, second.counts)
    return found


def _counts(sides: list[Members], question: Question, j: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the members of both blocs at each level of a question."""
    first, second = (tuple(side.counts[j, : question.scale.n_levels].tolist()) for side in sides)
    return first, second


def _spread(question: Question, counts: tuple[int, ...]) -> str:
    return ", ".join(f"{n} {label}" for n, label in zip(counts, question.scale.levels, strict=True) if n)
