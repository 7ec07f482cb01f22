"""Which rule gave which question its issue, as a table."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from attrs import evolve, field, frozen

from stances.errors import UnknownQuestionError
from stances.issue_rules.reading import Rules
from stances.models import Question
from stances.origin import Origin
from stances.positions import Positions
from stances.printable import Printable, cell_text
from stances.tables import Grid

GIVEN = "given"


@frozen
class Assignment:
    """What the rules say of one question.

    Attributes
    ----------
    question : Question
        With the issues that it then has.
    rules : tuple of int
        Numbers of the rules, counted from 1, that gave it its issues, one for each. Empty where it keeps
        issues of its own, and where no rule holds.
    """

    question: Question
    rules: tuple[int, ...] = ()

    @property
    def told(self) -> str:
        """The numbers of the rules, ``given`` for issues of its own, or nothing."""
        return ", ".join(map(str, self.rules)) or (GIVEN if self.question.issues else "")


def _assignments(assignments: Iterable[Assignment]) -> tuple[Assignment, ...]:
    return tuple(assignments)


@frozen(repr=False, str=False)
class RuleReport(Printable):
    """Which rule gave which question its issue; made by `explain_issues`.

    Attributes
    ----------
    name : str
        Of the positions.
    rules : Rules
        What was applied.
    assignments : tuple of Assignment
        One per question.
    origin : Origin or None
        The data it was made of, for citations; None where that is not known.
    """

    name: str
    rules: Rules
    assignments: tuple[Assignment, ...] = field(converter=_assignments)
    origin: Origin | None = field(default=None, kw_only=True, repr=False, eq=False)

    @property
    def unassigned(self) -> tuple[str, ...]:
        """Ids of the questions that belong to no issue."""
        return tuple(a.question.id for a in self.assignments if not a.question.issues)

    def only(self, questions: Iterable[str]) -> "RuleReport":
        """Return the report on some of the questions, by their ids."""
        wanted = set(questions)
        return evolve(self, assignments=[a for a in self.assignments if a.question.id in wanted])

    def applied_to(self, positions: Positions) -> Positions:
        """Return positions whose questions have the issues that the report tells."""
        assigned = evolve(positions, questions=[assignment.question for assignment in self.assignments])
        ruled = any(assignment.rules for assignment in self.assignments)
        return assigned.ruled(f"issues by {self.rules.name}") if ruled else assigned

    def reasons(self, question: str) -> tuple[str, ...]:
        """Return why a question has its issues; empty where no rule gave them.

        Raises
        ------
        UnknownQuestionError
            If there is no such question.
        """
        for assignment in self.assignments:
            if assignment.question.id == question:
                return self._reasons(assignment)
        raise UnknownQuestionError(question, tuple(a.question.id for a in self.assignments))

    def _reasons(self, assignment: Assignment) -> tuple[str, ...]:
        return tuple(self.rules.rules[number - 1].reason for number in assignment.rules)

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per question."""
        asked = [a.question for a in self.assignments]
        return {
            "question": [question.id for question in asked],
            "date": [str(question.date or "") for question in asked],
            "session": [question.session or "" for question in asked],
            "issues": [", ".join(question.issues) for question in asked],
            "rule": [a.told for a in self.assignments],
            "scale": [question.scale.id for question in asked],
            "weight": [question.weight for question in asked],
            "text": [question.text for question in asked],
            "reason": [" ".join(self._reasons(a)) for a in self.assignments],
        }

    def grids(self) -> tuple[Grid, ...]:
        """Return the questions, and below them the rules that gave them their issues."""
        n = len(self.assignments)
        columns = {name: cells for name, cells in self.columns().items() if name not in self._hidden()}
        rows = tuple(tuple(map(cell_text, row)) for row in zip(*columns.values(), strict=True))
        title = f"{self.name} · {n} question{'s' * (n != 1)}"
        return (Grid(title, tuple(columns), rows, self._notes()), *self._used())

    def _hidden(self) -> set[str]:
        """Return the columns that tell nothing here; reasons stand below, once each."""
        columns = self.columns()
        hidden = {name for name in ("date", "session") if not any(columns[name])}
        hidden |= set() if set(columns["weight"]) - {1.0} else {"weight"}
        return hidden | {"reason"} | (set() if any(a.rules for a in self.assignments) else {"rule"})

    def _notes(self) -> tuple[str, ...]:
        counts = Counter(issue for a in self.assignments for issue in a.question.issues)
        told = ", ".join(f"{issue} {n}" for issue, n in counts.items())
        left = f"Without an issue: {len(self.unassigned)} of {len(self.assignments)}."
        given = bool(told) and not any(a.rules for a in self.assignments)
        notes = ((told, f"By issue: {told}."), (given, "The issues are its own."), (self.unassigned, left))
        return tuple(note for holds, note in notes if holds)

    def _used(self) -> tuple[Grid, ...]:
        """Return a table of the rules that gave a question an issue, if any did."""
        counts = Counter(number for a in self.assignments for number in a.rules)
        rows = tuple(
            (str(k), rule.issue, str(counts[k]), rule.reason)
            for k, rule in enumerate(self.rules.rules, start=1)
            if k in counts
        )
        title = f"Issues by {self.rules.name}"
        return (Grid(title, ("rule", "issue", "questions", "reason"), rows),) if rows else ()

    def __repr__(self) -> str:
        n, left = len(self.assignments), len(self.unassigned)
        return f"<RuleReport {self.name!r}: {n} questions, {left} without an issue>"
