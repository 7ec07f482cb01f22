"""Fault lines as a result: questions or issues by polarization, with the camps named."""

from collections.abc import Iterator
from typing import Any

from attrs import field, frozen

from stances.captions import THIN
from stances.ground.common import standing_on
from stances.ground.polarized import INDICES, Polarization
from stances.ground.standing import Standing, conflicts_note
from stances.origin import Origin
from stances.printable import Printable, cell_text, rounded
from stances.prompts import next_line
from stances.tables import Grid
from stances.uncertainty import Interval

SHOWN = 20
UNDEFINED = {
    "no_level": "nobody took a level",
    "one_level": "one actor alone took a level",
    "no_questions": "no question on which two took a level",
}


@frozen
class Part:
    """One question behind a fault line.

    Attributes
    ----------
    standing : Standing
        Who stands where, with the evidence.
    polarization : Polarization
    contribution : float
        Its part of the line's value; NaN where it does not count. The parts add up to it.
    """

    standing: Standing
    polarization: Polarization
    contribution: float


@frozen
class FaultLine:
    """A question, or all questions of an issue, year or session, and how polarized they are.

    Attributes
    ----------
    name : str
        Id of the question, or the name of the issue, year or session.
    value : float
        Polarization in [0, 1]; for several questions their mean, weighted as they are. NaN where
        undefined.
    why : str
        ``no_level``, ``one_level``, or for an issue ``no_questions``: none on which two took a level;
        "" where defined.
    support : int
        For a question, how many took a level; for an issue, questions on which two did.
    parts : tuple of Part
        The questions, from the most polarized to the least.
    lower, upper : float
        Ends of the interval of a mean; NaN where none was asked for, and for a single question.
    """

    name: str
    value: float
    why: str
    support: int
    parts: tuple[Part, ...]
    lower: float = float("nan")
    upper: float = float("nan")

    @property
    def is_thin(self) -> bool:
        """Whether it rests on fewer than five."""
        return self.support < THIN


@frozen(repr=False, str=False)
class FaultLines(Printable):
    """Questions or issues by how polarized they are.

    Attributes
    ----------
    lines : tuple of FaultLine
        Those on enough first, from the most polarized to the least; the undefined last.
    by : str
        ``question``, ``issue``, ``year`` or ``session``.
    n_actors : int
    name, subject, rules : str
        Of the data, what they were cut down to, and how records became positions.
    all_standings : tuple of Standing
        All questions that count.
    level : float or None
        Nominal coverage of the intervals of means.
    origin : Origin or None
        The data it was made of, for citations; None where that is not known.
    """

    lines: tuple[FaultLine, ...]
    by: str
    n_actors: int
    name: str
    subject: str
    rules: str
    all_standings: tuple[Standing, ...]
    level: float | None = None
    origin: Origin | None = field(default=None, kw_only=True, repr=False, eq=False)

    def question(self, question: str) -> Standing:
        """Return who stands where on a question: the camps and the evidence behind its number.

        Raises
        ------
        UnknownQuestionError
            If no question that counts has this id.
        """
        return standing_on(self.all_standings, question)

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per line and question that makes it."""
        rows = [(line, part) for line in self.lines for part in line.parts]
        camps = [";".join(f"{c.level}={' '.join(c.actors)}" for c in p.standing.camps) for _, p in rows]
        return {
            self.by if self.by != "question" else "line": [line.name for line, _ in rows],
            "value": [line.value for line, _ in rows],
            "lower": [line.lower for line, _ in rows],
            "upper": [line.upper for line, _ in rows],
            "support": [line.support for line, _ in rows],
            "why": [line.why for line, _ in rows],
            "question": [part.standing.question.id for _, part in rows],
            "polarization": [part.polarization.value for _, part in rows],
            "index": [part.polarization.index for _, part in rows],
            "n_spoke": [part.standing.n_spoke for _, part in rows],
            "contribution": [part.contribution for _, part in rows],
            "camps": camps,
            "text": [part.standing.question.text for _, part in rows],
        }

    def grids(self) -> tuple[Grid, ...]:
        """Return the lines that are defined; what is not is counted below, by its reason."""
        parts = (
            "Fault lines",
            self.name,
            self.subject,
            self.rules,
            f"by {self.by}",
            f"{self.n_actors} actors",
            str(Interval(self.level)) if self.level is not None else "",
        )
        title = " · ".join(part for part in parts if part)
        shown = [line for line in self.lines if not line.why][:SHOWN]
        row, header = (_question_row, _QUESTION) if self.by == "question" else (_issue_row, _ISSUE)
        rows = tuple(map(row, shown))
        return (Grid(title, (self.by, *header) if rows else ("",), rows, tuple(self._notes(shown))),)

    def _notes(self, shown: list[FaultLine]) -> Iterator[str]:
        defined = [line for line in self.lines if not line.why]
        if len(defined) > len(shown):
            yield f"{len(defined) - len(shown)} more: --format csv or json."
        used = dict.fromkeys(part.polarization.index for line in defined for part in line.parts)
        if used:
            told = ", ".join(INDICES[index] for index in used)
            yield f"0 is one camp, 1 two equal camps as far apart as can be; {told}."
        if any(line.is_thin for line in shown):
            what = "actors took a level" if self.by == "question" else "such questions"
            yield f"(...)  fewer than {THIN} {what}: a list to read, not a score."
        yield from self._undefined()
        yield from filter(None, [conflicts_note(self.all_standings)])
        if not self.lines and self.all_standings:
            yield f"No question here has {'an' if self.by == 'issue' else 'a'} {self.by}."
        elif not defined:
            yield "On no question did two actors take a level."
        elif self.by == "question":
            yield next_line(f"fault-lines {{}} --question {defined[0].name}", self.name)
        else:
            first = defined[0].parts[0].standing.question.id
            yield next_line(f"fault-lines {{}} --question {first}", self.name)

    def _undefined(self) -> Iterator[str]:
        for why, told in UNDEFINED.items():
            names = [line.name for line in self.lines if line.why == why]
            if names:
                more = f" and {len(names) - 5} more" if len(names) > 5 else ""
                yield f"Undefined, {told}: {', '.join(names[:5])}{more}."

    def __repr__(self) -> str:
        return f"<FaultLines of {self.name!r} by {self.by}: {len(self.lines)}>"


_QUESTION = ("polarization", "camps", "no level", "what it says")
_ISSUE = ("mean polarization", "most polarized question", "its polarization", "its camps")


def _question_row(line: FaultLine) -> tuple[str, ...]:
    standing = line.parts[0].standing
    camps = "; ".join(map(str, standing.camps))
    return (line.name, supported(line), camps, standing.without or "-", standing.says)


def _issue_row(line: FaultLine) -> tuple[str, ...]:
    first = line.parts[0]
    camps = "; ".join(map(str, first.standing.camps))
    value = cell_text(first.polarization.value)
    n = first.standing.n_spoke
    return (line.name, supported(line), first.standing.question.id, _bracketed(value, n), camps)


def supported(line: FaultLine) -> str:
    """Return a value with its support, in brackets where that is thin."""
    value = rounded(line.value)
    if line.lower == line.lower:
        value += f" [{rounded(line.lower)}, {rounded(line.upper)}]"
    return _bracketed(value, line.support)


def _bracketed(value: str, support: int) -> str:
    return f"({value}) of {support}" if support < THIN else f"{value} of {support}"
