"""A dataset: actors, questions, sources and stances, whose integrity is checked once."""

from collections.abc import Iterable
from typing import Any

from attrs import evolve, field, frozen

from stances import validators as check
from stances.dates import PartialDate
from stances.errors import (
    DatasetError,
    Fault,
    Place,
    UnknownActorError,
    UnknownIdError,
    UnknownIssueError,
    UnknownQuestionError,
)
from stances.integrity import findings
from stances.models import Actor, Basis, Issue, Membership, Question, Silence, Source, Stance, Uncoded
from stances.origin import Origin
from stances.positions import SILENCE_CODES, Positions
from stances.printable import Printable
from stances.resolution import Rules, resolve
from stances.scales import Scale
from stances.tables import Grid

SECTIONS = ("scales", "issues", "questions", "actors", "memberships", "sources", "stances", "uncoded")


def _wanted(ids: str | Iterable[str] | None, known: Iterable[str], error: type[UnknownIdError]) -> set[str]:
    """Return the ids asked for, or all; an error if one is unknown."""
    among = tuple(known)
    if ids is None:
        return set(among)
    wanted = {ids} if isinstance(ids, str) else set(ids)
    for name in sorted(wanted - set(among)):
        raise error(name, among)
    return wanted


@frozen(repr=False, str=False)
class Dataset(Printable):
    """Records that belong together, checked when they are put together.

    Attributes
    ----------
    id : str
        Name in captions.
    title : str or None
    licence : str or None
    note : str or None
        For readers of the codebook.
    scales, issues, questions, actors, memberships, sources, stances, uncoded : tuple
        The records. Scales of questions need not be named again.

    Raises
    ------
    DatasetError
        If ids are unknown or given twice, levels are off their scale, or records contradict each
        other; all faults together, each with its places.

    Examples
    --------
    >>> from stances import SUPPORT, Actor, Question, Stance
    >>> data = Dataset(
    ...     "tiny",
    ...     questions=[Question("ceasefire", "A ceasefire should come soon.", SUPPORT)],
    ...     actors=[Actor("FRA")],
    ...     stances=[Stance("FRA", "ceasefire", "supportive")],
    ... )
    >>> data
    <Dataset 'tiny': 1 actor, 1 question, 1 stance>
    """

    id: str = field(default="dataset", converter=lambda v: check.identifier("id", v))
    title: str | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.text("title", v)
    )
    licence: str | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.text("licence", v)
    )
    note: str | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.text("note", v)
    )
    scales: tuple[Scale, ...] = field(
        default=(), kw_only=True, converter=lambda v: check.records("scales", v, Scale)
    )
    issues: tuple[Issue, ...] = field(
        default=(), kw_only=True, converter=lambda v: check.records("issues", v, Issue)
    )
    questions: tuple[Question, ...] = field(
        default=(), kw_only=True, converter=lambda v: check.records("questions", v, Question)
    )
    actors: tuple[Actor, ...] = field(
        default=(), kw_only=True, converter=lambda v: check.records("actors", v, Actor)
    )
    memberships: tuple[Membership, ...] = field(
        default=(), kw_only=True, converter=lambda v: check.records("memberships", v, Membership)
    )
    sources: tuple[Source, ...] = field(
        default=(), kw_only=True, converter=lambda v: check.records("sources", v, Source)
    )
    stances: tuple[Stance, ...] = field(
        default=(), kw_only=True, converter=lambda v: check.records("stances", v, Stance)
    )
    uncoded: tuple[Uncoded, ...] = field(
        default=(), kw_only=True, converter=lambda v: check.records("uncoded", v, Uncoded)
    )

    def __attrs_post_init__(self) -> None:
        used = dict.fromkeys(question.scale for question in self.questions)
        named = {scale.id for scale in self.scales}
        missing = tuple(scale for scale in used if scale.id not in named)
        object.__setattr__(self, "scales", self.scales + missing)
        found = findings({section: getattr(self, section) for section in SECTIONS})
        if found:
            raise DatasetError(
                tuple(
                    Fault(error, tuple(Place(record=f"{s}[{k}]") for s, k in at), at) for error, at in found
                )
            )

    def select(
        self,
        *,
        actors: str | Iterable[str] | None = None,
        issues: str | Iterable[str] | None = None,
        questions: str | Iterable[str] | None = None,
    ) -> "Dataset":
        """Return a smaller dataset; what is not given is not restricted.

        An actor who is not asked for stays where a record that is kept names it, as the one who
        asked or as the bloc of a membership; its own stances do not.

        Parameters
        ----------
        actors, issues, questions : str or iterable of str, optional
            Ids to keep, one or several.

        Raises
        ------
        UnknownIdError
            If an id is not in the dataset.
        """
        who = _wanted(actors, (actor.id for actor in self.actors), UnknownActorError)
        which = _wanted(questions, (question.id for question in self.questions), UnknownQuestionError)
        about = _wanted(issues, (issue.id for issue in self.issues), UnknownIssueError)
        kept = [
            q for q in self.questions if q.id in which and (issues is None or not about.isdisjoint(q.issues))
        ]
        asked = {question.id for question in kept}
        stances = [s for s in self.stances if s.actor in who and s.question in asked]
        memberships = [m for m in self.memberships if m.actor in who]
        named = who | {s.asked_by for s in stances} | {m.bloc for m in memberships}
        return evolve(
            self,
            issues=self.issues,
            questions=kept,
            actors=[actor for actor in self.actors if actor.id in named],
            memberships=memberships,
            stances=stances,
        )

    def positions(
        self,
        *,
        basis: str | Iterable[str] = ("word", "deed"),
        prefer: str | None = None,
        inferred: bool = True,
        voice: str | Iterable[str] | None = None,
        coders: str | Iterable[str] | None = None,
        as_of: str | PartialDate | None = None,
        min_confidence: float | None = None,
    ) -> Positions:
        """Return one position per actor and question.

        Parameters
        ----------
        basis : str or iterable of str
            ``word``, ``deed``, ``assessment``; words and deeds by default.
        prefer : str, optional
            ``word`` or ``deed``: which counts where they differ. A conflict otherwise.
        inferred : bool
            Whether what was read between the lines counts; True by default.
        voice : str or iterable of str, optional
            ``own``, ``joint``, ``reported``, ``narrated``: count only what rests on such a passage.
        coders : str or iterable of str, optional
            Count only their records.
        as_of : str or PartialDate, optional
            Count what had surely begun and not surely ended; what is undated is left out.
        min_confidence : float, optional
            Leave out what its coder was less sure of.

        Returns
        -------
        Positions
            Actors sorted by id; questions in the order of the dataset.

        Raises
        ------
        FieldError, ChoiceError, UnknownIdError
            If a rule does not make sense.
        """
        rules = Rules(basis, prefer, inferred, voice, coders, as_of, min_confidence)
        (origin,) = self.made_of()
        return resolve(origin, (actor.id for actor in self.actors), self.questions, self.stances, rules)

    def made_of(self) -> tuple[Origin, ...]:
        """Return what the dataset says of itself and its sources."""
        return (Origin(self.id, title=self.title, licence=self.licence, sources=self.sources),)

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per stance, in long form; what coders noted beside it in columns ``extra:NAME``."""
        names = ("actor", "question", "position", "date", "basis", "inferred", "asked_by", "coder")
        columns = {name: [_plain(getattr(stance, name)) for stance in self.stances] for name in names}
        scales = {question.id: question.scale for question in self.questions}
        columns["code"] = [_code(stance, scales[stance.question]) for stance in self.stances]
        columns["n_passages"] = [len(stance.evidence) for stance in self.stances]
        extra = [dict(stance.extra) for stance in self.stances]
        own = sorted({name for texts in extra for name in texts})
        return columns | {f"extra:{name}": [texts.get(name) for texts in extra] for name in own}

    def grids(self) -> tuple[Grid, ...]:
        """Return a table of who is on record, and how."""
        rows = []
        for actor in sorted(self.actors, key=lambda actor: actor.id):
            own = [stance for stance in self.stances if stance.actor == actor.id]
            silent = sum(stance.is_silence for stance in own)
            by_basis = [sum(s.basis is basis and not s.is_silence for s in own) for basis in Basis]
            rows.append((actor.id, actor.name or "", actor.kind, *map(str, (*by_basis, silent))))
        sizes = f"{_n(self.questions, 'question')} on {_n(self.issues, 'issue')}"
        title = f"{self.id} · {self.title or 'no title'} · {sizes}"
        header = ("actor", "name", "kind", "words", "deeds", "assessments", "silences")
        sources = tuple(f"Source {source.id}: {source}." for source in self.sources)
        return (Grid(title, header, tuple(rows), (*sources, f"Licence: {self.licence or 'not given'}.")),)

    def __repr__(self) -> str:
        sizes = f"{_n(self.actors, 'actor')}, {_n(self.questions, 'question')}, {_n(self.stances, 'stance')}"
        return f"<Dataset {self.id!r}: {sizes}>"


def _n(records: tuple[Any, ...], name: str) -> str:
    return f"{len(records)} {name}{'s' * (len(records) != 1)}"


def _code(stance: Stance, scale: Scale) -> int:
    """Return the place of the level on its scale, or the code of the silence, as positions have it."""
    silence = SILENCE_CODES.get(Silence(stance.position)) if stance.is_silence else None
    return scale.levels.index(str(stance.position)) if silence is None else silence


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, bool) else str(value)
