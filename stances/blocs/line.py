"""Where a bloc stands on each question, and how many of its members stand there with it."""

from collections.abc import Iterator
from typing import Any

from attrs import field, frozen

from stances.bloc_positions import Members, blocs_for, own_codes
from stances.dataset import Dataset
from stances.matrices import positions_of
from stances.models import Question
from stances.origin import Origin
from stances.positions import CODE_NAMES, CONFLICT, NO_RECORD, NOT_ELIGIBLE, Positions
from stances.printable import Printable, cell_text
from stances.prompts import next_line
from stances.registry import Blocs
from stances.tables import Grid

_DERIVED = {CONFLICT: "tie", NO_RECORD: "nobody_on_record", NOT_ELIGIBLE: "no_member"}


@frozen
class LineQuestion:
    """A bloc's position on one question, and its members'.

    Attributes
    ----------
    question : Question
    code : int
        As in `Positions`; see `with_bloc`.
    position : str
        Label of the level; otherwise `why`.
    is_own : bool
        Whether the bloc itself is on record; its members made the position otherwise.
    n_at : int
        Members at that level; 0 where there is none.
    n_level : int
        Members with a level.
    n_members : int
        Members on the day, whether in the data or not.
    why : str
        Why there is no level: ``tie`` (two middle levels that differ, or two most frequent ones),
        ``nobody_on_record``, ``no_member``, or the word for the bloc's own silence or conflict; ""
        where there is one.
    """

    question: Question
    code: int
    position: str
    is_own: bool
    n_at: int
    n_level: int
    n_members: int
    why: str

    @property
    def share(self) -> float:
        """Share of the members with a level who are at the bloc's, in [0, 1]; NaN where there is none."""
        return self.n_at / self.n_level if self.code >= 0 and self.n_level else float("nan")


@frozen(repr=False, str=False)
class BlocLine(Printable):
    """Where a bloc stands.

    Attributes
    ----------
    bloc : str
        Its id.
    questions : tuple of LineQuestion
    leave_out : str or None
        A member that does not count.
    name, subject, rules : str
        Of the data, what of it is looked at, and how records became positions.
    origin : Origin or None
        The data it was made of, for citations; None where that is not known.
    """

    bloc: str
    questions: tuple[LineQuestion, ...]
    leave_out: str | None
    name: str
    subject: str
    rules: str
    origin: Origin | None = field(default=None, kw_only=True, repr=False, eq=False)

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per question."""
        rows = self.questions
        return {
            "question": [row.question.id for row in rows],
            "position": [row.position for row in rows],
            "code": [row.code for row in rows],
            "own": [row.is_own for row in rows],
            "share": [row.share for row in rows],
            "n_at": [row.n_at for row in rows],
            "n_level": [row.n_level for row in rows],
            "n_members": [row.n_members for row in rows],
            "why": [row.why for row in rows],
        }

    def grids(self) -> tuple[Grid, ...]:
        """Return the questions on which the bloc or one of its members is on record."""
        shown = [row for row in self.questions if row.is_own or row.n_level]
        without = f"without {self.leave_out}" if self.leave_out else ""
        parts = (f"Where {self.bloc} stands", without, self.name, self.subject, self.rules)
        rows = tuple(
            (
                *(row.question.id, row.position, "its own record" if row.is_own else "its members"),
                *(cell_text(row.share), f"{row.n_at} of {row.n_level}", str(row.n_members)),
            )
            for row in shown
        )
        header = ("question", "position", "by", "share at it", "members at it", "members on the day")
        return (Grid(" · ".join(filter(None, parts)), header if rows else ("",), rows, tuple(self._notes())),)

    def _notes(self) -> Iterator[str]:
        ties = [row.question.id for row in self.questions if row.why == "tie"]
        silent = sum(not row.is_own and row.n_level == 0 for row in self.questions)
        if ties:
            more = f" and {len(ties) - 5} more" if len(ties) > 5 else ""
            yield f"Undefined, as the members are evenly split: {', '.join(ties[:5])}{more}."
        if silent:
            n = len(self.questions)
            yield f"On {silent} of the {n} questions neither {self.bloc} nor a member of it is on record."
        yield next_line(f"cohesion {self.bloc} {{}}", self.name)

    def __repr__(self) -> str:
        defined = sum(row.code >= 0 for row in self.questions)
        return f"<BlocLine of {self.bloc}: a level on {defined} of {len(self.questions)} questions>"


def bloc_line(
    data: Dataset | Positions,
    bloc: str,
    *,
    blocs: Blocs | None = None,
    leave_out: str | None = None,
    **rules: Any,
) -> BlocLine:
    """Return where a bloc stands on each question, and how many of its members stand there.

    Parameters
    ----------
    data : Dataset or Positions
        Records, or codes.
    bloc : str
        Its id, name or alias.
    blocs : Blocs, optional
        Who belonged to which; `blocs_for(data)` by default.
    leave_out : str, optional
        A member that does not count among the others.
    **rules
        See `Dataset.positions`.

    Returns
    -------
    BlocLine

    Raises
    ------
    UnknownBlocError, UnknownActorError
        If the bloc or the member is not known.

    Examples
    --------
    >>> import stances
    >>> row = bloc_line(stances.load("un-landmark-votes"), "EU").questions[6]
    >>> row.question.id, row.position, f"{row.n_at} of {row.n_level}", row.n_members
    ('A/RES/ES-10/21', 'abstain', '2 of 7', 27)
    """
    positions = positions_of(data, rules)
    members = Members.of(positions, bloc, blocs_for(data) if blocs is None else blocs)
    members = members if leave_out is None else members.without(positions, leave_out)
    own, codes = own_codes(positions, members.bloc), members.codes(positions).tolist()
    questions = [
        _question(question, codes[j], bool(own[j] != NO_RECORD), members, j)
        for j, question in enumerate(positions.questions)
    ]
    origin = positions.origin
    about = (origin.name, origin.subject, origin.rules)
    return BlocLine(members.bloc, tuple(questions), leave_out, *about, origin=origin)


def label_of(question: Question, code: int) -> str:
    """Return the label of a level, or why a bloc's members make none."""
    return question.scale.levels[code] if code >= 0 else _DERIVED[code]


def _question(question: Question, code: int, is_own: bool, members: Members, j: int) -> LineQuestion:
    why = "" if code >= 0 else CODE_NAMES[code] if is_own else _DERIVED[code]
    n_at = int(members.counts[j, code]) if code >= 0 else 0
    position = question.scale.levels[code] if code >= 0 else why
    sizes = (n_at, int(members.n_level[j]), int(members.n_members[j]))
    return LineQuestion(question, code, position, is_own, *sizes, why)
