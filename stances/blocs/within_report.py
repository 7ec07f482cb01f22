"""How a bloc holds together: the result, its numbers and the questions that make them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from stances.captions import THIN
from stances.mean_intervals import Mean
from stances.models import Question
from stances.origin import Origin
from stances.printable import Printable, rounded
from stances.prompts import next_line
from stances.tables import Grid
from stances.uncertainty import Interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from stances.blocs.through_time import CohesionChange

INDICES = ("rice", "attina", "hix_noury_roland", "van_der_eijk", "pairwise")
HEADS = {
    "rice": "Rice",
    "attina": "Attina",
    "hix_noury_roland": "Hix-Noury-Roland",
    "van_der_eijk": "van der Eijk A",
    "pairwise": "pairwise",
}
SHOWN = 40


@frozen
class CohesionQuestion:
    """How a bloc's members stand on one question.

    Attributes
    ----------
    question : Question
    counts : mapping of str to int
        Members at each level, by its label.
    n_level, n_members : int
        Members with a level, and all on the day, whether in the data or not.
    n_silent, n_absent : int
        Members on record as silent, or as absent.
    position : str
        What the members make: a level, ``tie`` or ``nobody_on_record``.
    apart : tuple of str
        Members with another level than that.
    values : mapping of str to float
        Each index; NaN where undefined.
    why : mapping of str to str
        Why: ``no_member``, ``nobody_on_record``, ``one_member`` (with a level), ``few_yes_or_no``
        (fewer than two of either, for Rice), ``not_a_vote`` (no level is called *no* or *yes*),
        ``unordered``, ``two_levels``, ``one_level``; "" where defined.
    contributions : mapping of str to float
        What it adds to each mean of its slice; NaN where it does not count.
    """

    question: Question
    counts: Mapping[str, int]
    n_level: int
    n_members: int
    n_silent: int
    n_absent: int
    position: str
    apart: tuple[str, ...]
    values: Mapping[str, float]
    why: Mapping[str, str]
    contributions: Mapping[str, float]


@frozen
class CohesionRow:
    """How a bloc holds together on the questions of a slice.

    Attributes
    ----------
    name : str
        The issue, question, year or session; "" for all questions.
    means : mapping of str to Mean
        By index: the mean over the questions on which it is defined, and their number.
    n_questions : int
        Questions on which two members at least have a level.
    n_asked : int
        All questions of the slice.
    mean_members : float
        Mean number of members with a level on the former; NaN for none.
    why : str
        Why nothing is defined: ``no_member``, ``nobody_on_record``, ``one_member``; "" otherwise.
    questions : tuple of CohesionQuestion
        All questions of the slice; their contributions sum to the means.
    """

    name: str
    means: Mapping[str, Mean]
    n_questions: int
    n_asked: int
    mean_members: float
    why: str
    questions: tuple[CohesionQuestion, ...]

    def __getitem__(self, index: str) -> float:
        """Return the mean of an index, such as ``row["rice"]``."""
        return self.means[index].value


@frozen(repr=False, str=False)
class Cohesion(Printable):
    """How a bloc holds together.

    Attributes
    ----------
    bloc : str
        Its id.
    by : str or None
        What the rows are.
    rows : tuple of CohesionRow
    level : float or None
        Nominal coverage of the intervals.
    name, subject, rules : str
        Of the data, what of it is looked at, and how records became positions.
    origin : Origin or None
        The data it was made of, for citations; None where that is not known.
    """

    bloc: str
    by: str | None
    rows: tuple[CohesionRow, ...]
    level: float | None
    name: str
    subject: str
    rules: str
    origin: Origin | None = field(default=None, kw_only=True, repr=False, eq=False)

    @property
    def largest_change(self) -> "CohesionChange | None":
        """The largest change from one year or session to the next; None where two cannot be compared."""
        from stances.blocs.through_time import largest_change

        return largest_change(self.rows) if self.by in ("year", "session") else None

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per slice: every index with its support, and its interval if asked for."""
        rows = self.rows
        columns: dict[str, list[Any]] = {
            self.by or "bloc": [row.name or self.bloc for row in rows],
            "n_questions": [row.n_questions for row in rows],
            "n_asked": [row.n_asked for row in rows],
            "mean_members": [row.mean_members for row in rows],
        }
        for index in INDICES:
            columns[index] = [row.means[index].value for row in rows]
            columns[f"n_{index}"] = [row.means[index].n for row in rows]
            if self.level is not None:
                columns[f"{index}_lower"] = [row.means[index].lower for row in rows]
                columns[f"{index}_upper"] = [row.means[index].upper for row in rows]
        return columns | {"why": [row.why for row in rows]}

    def document(self) -> dict[str, Any]:
        """Return the rows, each with its questions."""
        about = {"bloc": self.bloc, "by": self.by, "dataset": self.name}
        questions = {row.name: [_question_document(q) for q in row.questions] for row in self.rows}
        about |= {"subject": self.subject, "rules": self.rules}
        return about | {"interval": self.level, "rows": self.columns(), "questions": questions}

    def grids(self) -> tuple[Grid, ...]:
        """Return the slices as people read them; by question with the members who stood apart."""
        about = f"How {self.bloc} holds together"
        ends = str(Interval(self.level)) if self.level else ""
        title = " · ".join(filter(None, (about, self.name, self.subject, self.rules, ends)))
        shown = self.rows[:SHOWN]
        if self.by == "question":
            header = ("question", "members", *HEADS.values(), "apart")
            rows = [self._question_row(row) for row in shown]
        else:
            header = (self.by or "bloc", "questions", "members", *HEADS.values())
            rows = [self._row(row) for row in shown]
        grid = Grid(title, header if rows else ("",), tuple(rows), tuple(self._notes()))
        return (grid, self.largest_change.grid()) if self.largest_change else (grid,)

    def _row(self, row: CohesionRow) -> tuple[str, ...]:
        numbers = [_cell(row.means[index], row.n_questions, row.why) for index in INDICES]
        members = f"{row.mean_members:.1f}" if row.n_questions else "-"
        return (row.name or self.bloc, f"{row.n_questions} of {row.n_asked}", members, *numbers)

    def _question_row(self, row: CohesionRow) -> tuple[str, ...]:
        (question,) = row.questions
        numbers = [
            question.why[index].replace("_", " ") or rounded(question.values[index]) for index in INDICES
        ]
        counts = ", ".join(f"{n} {label}" for label, n in question.counts.items() if n)
        more = f" and {len(question.apart) - 6} more" if len(question.apart) > 6 else ""
        return (row.name, counts or "-", *numbers, ", ".join(question.apart[:6]) + more or "-")

    def _notes(self) -> Iterator[str]:
        solid = [row for row in self.rows if row.n_questions]
        if not solid:
            yield f"Undefined: {self._nobody()}"
        else:
            yield from self._readings(solid)
        if len(self.rows) > SHOWN:
            yield f"{len(self.rows) - SHOWN} more: --format csv, html or json."
        yield next_line(self._next(), self.name)

    def _readings(self, solid: list[CohesionRow]) -> Iterator[str]:
        if self.by != "question":
            yield "Means over the questions on which two members at least have a level; 1 is all alike."
            if any(row.n_questions < THIN for row in solid):
                yield f"(...)  fewer than {THIN} questions: a list to read, not a score."
        counted = [question for row in solid for question in row.questions if question.n_level > 1]
        if any(question.n_level < question.n_members for question in counted):
            present = _from_to(question.n_level for question in counted)
            members = _from_to(question.n_members for question in counted)
            yield f"{present} of {members} members have a level; the others do not count."
        if any(row.mean_members < THIN for row in solid):
            yield (
                f"Fewer than {THIN} members: small groups look united by chance. Two who vote at random "
                "have a Rice of 0.50 on average (Desposato 2005)."
            )

    def _nobody(self) -> str:
        whys = {row.why for row in self.rows}
        if "one_member" in whys:
            return f"no two members of {self.bloc} have a level on the same question."
        if "nobody_on_record" in whys:
            return f"no member of {self.bloc} has a level."
        return f"{self.bloc} had no member on the day of any question."

    def _next(self) -> str:
        if self.by is None:
            return f"cohesion {self.bloc} {{}} --by question"
        return f"wedges {self.bloc} {{}} --rival RIVAL"

    def plot(self, ax: "Axes | None" = None) -> "Axes":
        """Draw it, on `ax` or a figure of its own; see `stances.plots.cohesion`."""
        from stances.plots import cohesion

        return cohesion(self, ax)

    def __repr__(self) -> str:
        return f"<Cohesion of {self.bloc}: {len(self.rows)} rows>"


def _from_to(numbers: Iterable[int]) -> str:
    found = sorted(set(numbers))
    return str(found[0]) if len(found) == 1 else f"{found[0]} to {found[-1]}"


def _cell(mean: Mean, n_questions: int, why: str) -> str:
    """Return a mean as people read it, with its support where that is little, or not the row's."""
    if mean.n == 0:
        return why.replace("_", " ") or "-"
    value = rounded(mean.value)
    if mean.lower == mean.lower:
        value += f" [{rounded(mean.lower)}, {rounded(mean.upper)}]"
    if mean.n < THIN:
        return f"({value}) of {mean.n}"
    return value if mean.n == n_questions else f"{value} of {mean.n}"


def _question_document(question: CohesionQuestion) -> dict[str, Any]:
    plain = ("counts", "values", "why", "contributions")
    about = {name: dict(getattr(question, name)) for name in plain}
    sizes = ("n_level", "n_members", "n_silent", "n_absent", "position")
    more = {name: getattr(question, name) for name in sizes}
    return {"question": question.question.id, **more, "apart": list(question.apart), **about}
