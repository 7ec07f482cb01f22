"""Wedges between a bloc and its members: the rows, and the questions that make them."""

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from stances.blocs import wedge_captions
from stances.blocs.claims import Claim
from stances.comparison import Side
from stances.models import Question, Source
from stances.origin import Origin
from stances.printable import Printable
from stances.tables import Grid

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@frozen
class WedgeQuestion:
    """One question on which member, bloc and rival all have a level.

    Attributes
    ----------
    question : Question
    member, bloc, rival : Side
        Their positions, and the records that these rest on; none for a position of a bloc that its
        members make.
    bloc_is_own : bool
        Whether the bloc itself is on record; the other members made its position otherwise.
    from_bloc, from_rival : float
        How far the member is from each, in [0, 1].
    difference : float
        The former minus the latter, in [-1, 1]: above 0 it stands nearer to the rival.
    contribution : float
        Its part of the wedge; NaN where its weight is zero.
    """

    question: Question
    member: Side
    bloc: Side
    rival: Side
    bloc_is_own: bool
    from_bloc: float
    from_rival: float
    difference: float
    contribution: float


@frozen
class Wedge:
    """One member of a bloc between the bloc and a rival, on the questions of a slice.

    Attributes
    ----------
    member, bloc, rival : str
        Ids.
    name : str
        The issue, year, session or question; "" for all questions.
    value : float
        Divergence from the bloc minus divergence from the rival, in [-1, 1]; NaN where undefined.
    lower, upper : float
        Ends of its interval; NaN where none was asked for.
    n_questions : int
        Its support: questions on which all three have a level.
    from_bloc, from_rival : float
        The two divergences on these questions, in [0, 1].
    n_nearer, n_further : int
        How many of these the member stands nearer to the rival on, and nearer to the bloc.
    n_member_rival, n_member_bloc, n_bloc_rival : int
        Questions on which the two of them have a level, whatever the third.
    n_tied : int
        Questions of member and rival on which the bloc's other members are evenly split, so that it
        has no position.
    why : str
        ``no_common_question`` where undefined, "" otherwise.
    questions : tuple of WedgeQuestion
        Those questions; their contributions sum to `value`.
    """

    member: str
    bloc: str
    rival: str
    name: str
    value: float
    lower: float
    upper: float
    n_questions: int
    from_bloc: float
    from_rival: float
    n_nearer: int
    n_further: int
    n_member_rival: int
    n_member_bloc: int
    n_bloc_rival: int
    n_tied: int
    why: str
    questions: tuple[WedgeQuestion, ...]

    @property
    def missing(self) -> str:
        """Who is missing on what, where no question has all three; "" otherwise."""
        if not self.why:
            return ""
        pairs = (
            (self.bloc, self.n_member_rival, self.member, self.rival),
            (self.rival, self.n_member_bloc, self.member, self.bloc),
            (self.member, self.n_bloc_rival, self.bloc, self.rival),
        )
        found = [pair for pair in pairs if pair[1]]
        if not found:
            return f"no two of {self.member}, {self.bloc} and {self.rival} are on record together"
        parts: list[str] = []
        for who, n, one, other in found:
            none = f"on record on none of the {n} questions" if n > 1 else "not on record on the one question"
            never = f"on any of the {n}" if n > 1 else "on the one"
            begin = f"nor {who} {never}" if parts else f"{who} is {none}"
            parts.append(f"{begin} of {one} and {other}")
        split = f"; on {self.n_tied} of these its other members are evenly split" if self.n_tied else ""
        return ", ".join(parts) + split


@frozen(repr=False, str=False)
class Wedges(Printable):
    """Who of a bloc stands nearer to a rival than to the bloc, on what, and how surely.

    Attributes
    ----------
    bloc, rival : str
        Ids.
    by : str or None
        What a row is cut to.
    rows : tuple of Wedge
        From the strongest wedge down; those on fewer than five questions after the others, the
        undefined last.
    measure : str
        Name of the measure whose divergence is taken.
    level : float or None
        Nominal coverage of the intervals.
    claims : tuple of Claim
        What third parties judge of these actors on these questions; they are not counted.
    n_inside : int
        Questions left out, as the rival was itself a member on their day.
    n_questions : int
        All questions.
    name, subject, rules : str
        Of the data, what of it is looked at, and how records became positions.
    sources : tuple of Source
        Documents that the evidence names.
    origin : Origin or None
        The data it was made of, for citations; None where that is not known.
    """

    bloc: str
    rival: str
    by: str | None
    rows: tuple[Wedge, ...]
    measure: str
    level: float | None
    claims: tuple[Claim, ...]
    n_inside: int
    n_questions: int
    name: str
    subject: str
    rules: str
    sources: tuple[Source, ...]
    origin: Origin | None = field(default=None, kw_only=True, repr=False, eq=False)

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per member and slice."""
        rows = self.rows
        names = ("n_questions", "from_bloc", "from_rival", "n_nearer", "n_further")
        pairs = ("n_member_rival", "n_member_bloc", "n_bloc_rival", "n_tied", "why")
        columns: dict[str, list[Any]] = {"member": [row.member for row in rows]}
        if self.by:
            columns[self.by] = [row.name for row in rows]
        columns["wedge"] = [row.value for row in rows]
        if self.level is not None:
            columns |= {end: [getattr(row, end) for row in rows] for end in ("lower", "upper")}
        return columns | {name: [getattr(row, name) for row in rows] for name in (*names, *pairs)}

    def document(self) -> dict[str, Any]:
        """Return the rows, each with its questions, and what third parties claim."""
        about = {"bloc": self.bloc, "rival": self.rival, "by": self.by, "measure": self.measure}
        return about | {
            "dataset": self.name,
            "subject": self.subject,
            "rules": self.rules,
            "interval": self.level,
            "rows": self.columns(),
            "questions": [[_document(item) for item in row.questions] for row in self.rows],
            "missing": [row.missing for row in self.rows],
            "claims": [claim.row() for claim in self.claims],
        }

    def grids(self) -> tuple[Grid, ...]:
        """Return the rows; of a single member its questions and evidence too; the claims of others."""
        return wedge_captions.grids(self)

    def plot(self, ax: "Axes | None" = None) -> "Axes":
        """Draw it, on `ax` or a figure of its own; see `stances.plots.wedges`."""
        from stances.plots import wedges

        return wedges(self, ax)

    def __repr__(self) -> str:
        defined = sum(not row.why for row in self.rows)
        return f"<Wedges of {self.bloc}, rival {self.rival}: {defined} of {len(self.rows)} defined>"


def _document(item: WedgeQuestion) -> dict[str, Any]:
    sides = {name: getattr(item, name).position for name in ("member", "bloc", "rival")}
    names = ("bloc_is_own", "from_bloc", "from_rival", "difference", "contribution")
    return {"question": item.question.id, **sides} | {name: getattr(item, name) for name in names}
