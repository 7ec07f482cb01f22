"""Positions: actors x questions, one signed byte per cell. Here records meet arithmetic.

A code of 0 or more is the index of a level on that question's scale; below zero it says why
there is none.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date as Day
from functools import cached_property
from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import ArrayLike, NDArray

from stances import validators as check
from stances.codes import (
    ABSENT,
    CODE_NAMES,
    CONFLICT,
    NO_RECORD,
    NOT_ELIGIBLE,
    SILENCE_CODES,
    SILENT,
    Codes,
    check_levels,
    check_shapes,
    codes_of,
    contested,
    grouped,
    numbered,
    participation,
    questions_of,
    recoded,
    saliences_of,
)
from stances.dates import When
from stances.errors import (
    UnknownActorError,
    UnknownIssueError,
    UnknownQuestionError,
    UnknownSessionError,
)
from stances.listing import long_rows, table_of, word
from stances.models import Question, Silence
from stances.origin import Origin
from stances.printable import Printable
from stances.scales import Scale
from stances.selection import Selection, once, subject_of
from stances.tables import Grid

__all__ = [
    "ABSENT",
    "CODE_NAMES",
    "CONFLICT",
    "NOT_ELIGIBLE",
    "NO_RECORD",
    "SILENCE_CODES",
    "SILENT",
    "Codes",
    "Origin",
    "Positions",
]


def _ids(actors: Iterable[str]) -> tuple[str, ...]:
    return tuple(check.name("actor", actor) for actor in actors)


def _questions(questions: Iterable[Question]) -> tuple[Question, ...]:
    return tuple(questions)


@frozen(eq=False, repr=False, str=False)
class Positions(Printable):
    """One position per actor and question.

    Attributes
    ----------
    actors : tuple of str
        Ids; n_actors of them.
    questions : tuple of Question
        n_questions of them, each with its scale, issues, weight and date.
    codes : ndarray of int8, shape (n_actors, n_questions), read-only
        Index of a level on the question's scale, or -1 no record, -2 silent, -3 absent,
        -4 not eligible, -5 conflict.
    origin : Origin
        Where they come from.
    saliences : ndarray of float, shape (n_actors, n_questions), or None
        How much each question matters to each actor, at least 0; NaN where it is not known, None
        where nothing is. Comparisons use it on request only: ``salience="mean"``.

    Raises
    ------
    CodesError
        If the codes do not fit the actors, the questions or a scale.
    DuplicateIdError
        If two actors or two questions share an id.
    """

    actors: tuple[str, ...] = field(converter=_ids)
    questions: tuple[Question, ...] = field(converter=_questions)
    codes: Codes = field(converter=codes_of)
    origin: Origin = field(factory=Origin)
    saliences: NDArray[np.float64] | None = field(default=None, converter=saliences_of)

    def __attrs_post_init__(self) -> None:
        check_shapes(self.codes, self.saliences, len(self.actors), len(self.questions))
        check.distinct("actor", [check.composed(actor) for actor in self.actors])
        check.distinct("question", [question.id for question in self.questions])
        check_levels(self.codes, self.actors, self.questions)

    @classmethod
    def from_codes(
        cls,
        codes: ArrayLike,
        *,
        scale: Scale | Sequence[Scale],
        actors: Sequence[str] | None = None,
        questions: Sequence[str | Question] | None = None,
        weights: ArrayLike | None = None,
        name: str = "positions",
    ) -> "Positions":
        """Return positions from an array of codes.

        Parameters
        ----------
        codes : array_like of int, shape (n_actors, n_questions)
            Index of a level, or -1 to -5 for a silence; see `Positions`. What is missing is no record.
        scale : Scale or sequence of Scale
            One for all questions, or one per question.
        actors : sequence of str, optional
            Labels; ``a1``, ``a2``, ... by default.
        questions : sequence of str or Question, optional
            Ids, or whole records, whose own scale and weight then count; ``q1``, ... by default.
        weights : array_like of float, shape (n_questions,), optional
            At least 0, finite.
        name : str
            For captions.

        Raises
        ------
        CodesError
            If shapes differ, or a code is not a whole number on its scale.

        Examples
        --------
        >>> from stances import VOTE
        >>> print(Positions.from_codes([[2, 0], [2, -3]], scale=VOTE, actors=["FRA", "CHN"]))
        positions · 2 actors x 2 questions
        question    FRA    CHN
        q1          yes    yes
        q2          no     absent
        """
        array = codes_of(codes)
        names = tuple(str(a) for a in actors) if actors is not None else numbered("a", array.shape[0])
        ids = tuple(questions) if questions is not None else numbered("q", array.shape[1])
        return cls(names, questions_of(ids, scale, weights), array, Origin(name))

    @property
    def n_actors(self) -> int:
        """Number of actors."""
        return len(self.actors)

    @property
    def n_questions(self) -> int:
        """Number of questions."""
        return len(self.questions)

    @cached_property
    def _weights(self) -> NDArray[np.float64]:
        return np.array([question.weight for question in self.questions], dtype=np.float64)

    @property
    def weights(self) -> NDArray[np.float64]:
        """Weights of the questions, shape (n_questions,); an array of the caller's own."""
        return self._weights.copy()

    @cached_property
    def by_scale(self) -> tuple[tuple[Scale, NDArray[np.intp]], ...]:
        """The scales of the questions, sorted, and the indices of the questions on each, read-only."""
        return grouped([question.scale for question in self.questions])

    @property
    def issues(self) -> tuple[str, ...]:
        """Ids of the issues, in the order in which the questions name them."""
        return tuple(dict.fromkeys(issue for question in self.questions for issue in question.issues))

    def index(self, actor: str) -> int:
        """Return the row of an actor; UnknownActorError if there is none."""
        if actor not in self.actors:
            raise UnknownActorError(actor, self.actors)
        return self.actors.index(actor)

    def take(self, questions: ArrayLike) -> "Positions":
        """Return the positions on the questions of these indices, or where a mask is true."""
        chosen = np.asarray(questions)
        chosen = chosen if chosen.dtype == np.bool_ else chosen.astype(np.intp)  # an empty list is of floats
        indices = np.arange(self.n_questions)[chosen]
        return evolve(
            self,
            questions=tuple(self.questions[k] for k in indices),
            codes=self.codes[:, indices],
            saliences=None if self.saliences is None else self.saliences[:, indices],
        )

    def about(self, subject: str) -> "Positions":
        """Return the same positions with a subject for captions."""
        return evolve(self, origin=evolve(self.origin, subject=subject))

    def select(
        self,
        *,
        actors: str | Iterable[str] | None = None,
        issues: str | Iterable[str] | None = None,
        questions: str | Iterable[str] | None = None,
        sessions: str | Iterable[str] | None = None,
        since: str | Day | When | None = None,
        until: str | Day | When | None = None,
        drop_unanimous: bool = False,
        min_participation: float = 0.0,
    ) -> "Positions":
        """Return a smaller table; what is not given is not restricted.

        Parameters
        ----------
        actors, issues, questions, sessions : str or iterable of str, optional
            Ids to keep, one or several. Actors come in the order asked for.
        since, until : str, date, PartialDate or Span, optional
            Keep the questions dated surely within; the undated are left out.
        drop_unanimous : bool
            Keep contested questions only: those on which two levels were taken at least, by all
            actors of this table and not only by those asked for.
        min_participation : float
            Keep actors who took a level on at least this share of the questions kept that they
            were eligible for; 0 to 1.

        Raises
        ------
        UnknownIdError
            If an id occurs nowhere in the table.
        """
        issues, questions, sessions = map(once, (issues, questions, sessions))
        selection = Selection.of(self.questions)
        selection.among(issues, lambda q: q.issues, UnknownIssueError)
        selection.among(questions, lambda q: (q.id,), UnknownQuestionError)
        selection.among(sessions, lambda q: (q.session,) if q.session else (), UnknownSessionError)
        selection.dated(since, until)
        kept = self.take(selection.keep)
        subject = subject_of(issues, sessions, since, until)
        subject += [f"{kept.n_questions} questions chosen"] if questions is not None else []
        kept = kept.about(" · ".join(subject)) if subject else kept
        if drop_unanimous:
            n, kept = kept.n_questions, kept.take(contested(kept.codes))
            kept = kept.ruled(f"{n - kept.n_questions} unanimous questions dropped")
        if actors is not None:
            kept = kept.rows([actors] if isinstance(actors, str) else actors)
        if min_participation:
            share = check.number("min_participation", min_participation, 0, 1)
            active = participation(kept.codes) >= share
            kept = kept.rows(a for a, stays in zip(kept.actors, active, strict=True) if stays)
            kept = kept.ruled(f"actors with a level on {100 * share:g} % at least")
        return kept

    def rows(self, actors: Iterable[str]) -> "Positions":
        """Return the positions of some actors, in the order asked for."""
        wanted = tuple(dict.fromkeys(actors))
        indices = np.array([self.index(actor) for actor in wanted], dtype=np.intp)
        saliences = None if self.saliences is None else self.saliences[indices]
        return evolve(self, actors=wanted, codes=self.codes[indices], saliences=saliences)

    def ruled(self, rule: str) -> "Positions":
        """Return the same positions with one more rule for captions."""
        rules = f"{self.origin.rules}, {rule}" if self.origin.rules else rule
        return evolve(self, origin=evolve(self.origin, rules=rules))

    def recode(self, changes: Mapping[str | Silence, str | Silence]) -> "Positions":
        """Return positions in which levels or silences stand for others.

        Parameters
        ----------
        changes : mapping of str or Silence to str or Silence
            From a level's label or a silence, to another; all at once. On a scale without the
            label nothing changes.

        Raises
        ------
        LevelError
            If a label belongs to no scale of the table.

        Examples
        --------
        >>> from stances import VOTE, Silence
        >>> Positions.from_codes([[2, 1]], scale=VOTE).recode({"abstain": Silence.SILENT}).codes
        array([[ 2, -2]], dtype=int8)
        """
        codes = recoded(self.codes, self.questions, changes)
        return evolve(self, codes=codes).ruled(
            ", ".join(f"{old} counts as {new}" for old, new in changes.items())
        )

    @property
    def conflicts(self) -> tuple[tuple[str, str], ...]:
        """The (actor, question) pairs whose records differ and were not settled."""
        return tuple((self.actors[i], self.questions[j].id) for i, j in np.argwhere(self.codes == CONFLICT))

    def text(self, actor: int, question: int) -> str:
        """Return a cell as text: the label of the level, or the word for the silence."""
        return word(self.questions[question], int(self.codes[actor, question]))

    def columns(self) -> dict[str, list[Any]]:
        """Return the table in long form: one row per actor and question."""
        return long_rows(self.actors, self.questions, self.codes)

    def grids(self) -> tuple[Grid, ...]:
        """Return the table of questions by actors; actors without any record are named below."""
        return (table_of(self.actors, self.questions, self.codes, self.origin),)

    def __repr__(self) -> str:
        return f"<Positions {self.origin.name!r}: {self.n_actors} actors x {self.n_questions} questions>"
