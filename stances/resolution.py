"""From many records to one code per actor and question, by rules that a caption can print."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date as Day
from typing import Any, TypeVar

import numpy as np
from attrs import evolve, field, frozen

from stances import validators as check
from stances.dates import PartialDate, holds_on, overlap
from stances.errors import FieldError, UnknownCoderError
from stances.models import Basis, Question, Silence, Stance, Voice
from stances.positions import CONFLICT, NO_RECORD, SILENCE_CODES, Origin, Positions

T = TypeVar("T")
_PLURAL = {Basis.WORD: "words", Basis.DEED: "deeds", Basis.ASSESSMENT: "assessments"}
_SPOKEN_FIRST = (Silence.SILENT, Silence.ABSENT, Silence.NOT_ELIGIBLE, Silence.NO_RECORD)


def _several(name: str, value: Any, one: Callable[[object], T]) -> tuple[T, ...]:
    """Return one value, or several, as a tuple without repeats."""
    return tuple(dict.fromkeys(check.items(name, [value] if isinstance(value, str) else value, one)))


def _bases(value: object) -> tuple[Basis, ...]:
    return _several("basis", value, lambda v: check.choice("basis", v, Basis))


def _voices(value: object) -> tuple[Voice, ...] | None:
    return None if check.blank(value) else _several("voice", value, lambda v: check.choice("voice", v, Voice))


def _coders(value: object) -> tuple[str, ...] | None:
    return None if check.blank(value) else _several("coders", value, lambda v: check.label("coder", v))


@frozen
class Rules:
    """Which records count, and what settles those that differ.

    Attributes
    ----------
    basis : tuple of Basis
        Words and deeds by default; assessments only when asked for.
    prefer : Basis or None
        The basis that counts where a word and a deed differ; None leaves a conflict.
    inferred : bool
        Whether what a coder read between the lines counts.
    voice : tuple of Voice or None
        Count only what rests on a passage in one of these voices.
    coders : tuple of str or None
        Count only what these coders recorded.
    as_of : PartialDate or None
        Count only what had surely begun and not surely ended on its last day.
    min_confidence : float or None
        Leave out what its coder was less sure of; what gives no confidence stays.
    """

    basis: tuple[Basis, ...] = field(default=(Basis.WORD, Basis.DEED), converter=_bases)
    prefer: Basis | None = field(
        default=None, converter=lambda v: None if check.blank(v) else check.choice("prefer", v, Basis)
    )
    inferred: bool = field(default=True, converter=lambda v: check.flag("inferred", v))
    voice: tuple[Voice, ...] | None = field(default=None, converter=_voices)
    coders: tuple[str, ...] | None = field(default=None, converter=_coders)
    as_of: PartialDate | None = field(
        default=None, converter=lambda v: None if check.blank(v) else check.date("as_of", v)
    )
    min_confidence: float | None = field(
        default=None, converter=lambda v: None if check.blank(v) else check.number("min_confidence", v, 0, 1)
    )

    def __attrs_post_init__(self) -> None:
        if self.prefer is not None and self.prefer not in self.basis:
            raise FieldError(
                "prefer", self.prefer.value, f"is not among the bases that count: {', '.join(self.basis)}"
            )

    def admits(self, stance: Stance) -> bool:
        """Tell whether a record counts."""
        return (
            stance.basis in self.basis
            and (self.inferred or not stance.inferred)
            and (self.voice is None or any(e.voice in self.voice for e in stance.evidence))
            and (self.coders is None or stance.coder in self.coders)
            and (self.as_of is None or holds_on(stance.date, self.as_of.last))
            and (
                self.min_confidence is None
                or stance.confidence is None
                or stance.confidence >= self.min_confidence
            )
        )

    def __str__(self) -> str:
        parts = [" and ".join(_PLURAL[basis] for basis in self.basis)]
        parts += [f"{_PLURAL[self.prefer]} preferred"] if self.prefer else []
        parts += ["nothing inferred"] if not self.inferred else []
        parts += [f"voices {', '.join(self.voice)}"] if self.voice else []
        parts += [f"coders {', '.join(self.coders)}"] if self.coders else []
        parts += [f"as of {self.as_of}"] if self.as_of else []
        parts += [f"confidence at least {self.min_confidence:g}"] if self.min_confidence is not None else []
        return ", ".join(parts)


def resolve(
    source: Origin,
    actors: Iterable[str],
    questions: Sequence[Question],
    stances: Sequence[Stance],
    rules: Rules,
) -> Positions:
    """Return one code per actor and question; actors sorted by id, questions as given.

    Raises
    ------
    UnknownCoderError
        If a rule names a coder who recorded nothing.
    """
    known = {stance.coder for stance in stances if stance.coder is not None}
    for coder in rules.coders or ():
        if coder not in known:
            raise UnknownCoderError(coder, tuple(sorted(known)))
    groups: dict[tuple[str, str], list[Stance]] = {}
    for stance in stances:
        if rules.admits(stance):
            groups.setdefault((stance.actor, stance.question), []).append(stance)
    ordered = sorted(actors)
    rows = {actor: i for i, actor in enumerate(ordered)}
    columns = {question.id: (j, question) for j, question in enumerate(questions)}
    codes = np.full((len(ordered), len(questions)), NO_RECORD, dtype=np.int8)
    behind: dict[tuple[str, str], tuple[Stance, ...]] = {}
    for (actor, question_id), group in groups.items():
        column, question = columns[question_id]
        codes[rows[actor], column], behind[actor, question_id] = settle(group, question, rules.prefer)
    saliences = np.full(codes.shape, np.nan)
    for (actor, question_id), records in behind.items():
        given = [record.salience for record in records if record.salience is not None]
        if given:
            saliences[rows[actor], columns[question_id][0]] = sum(given) / len(given)
    known_ones = None if np.isnan(saliences).all() else saliences
    origin = evolve(source, rules=str(rules), records=behind)
    return Positions(tuple(ordered), tuple(questions), codes, origin, known_ones)


def settle(
    group: Sequence[Stance], question: Question, prefer: Basis | None
) -> tuple[int, tuple[Stance, ...]]:
    """Return the code that one actor's records on one question come to, and the records behind it.

    Within a basis the record that ends latest wins; records that may share a day with it and
    differ, or a word and a deed that differ, make a conflict unless `prefer` names the basis
    that counts. A silence stands only where there is no level.
    """
    levels = [stance for stance in group if not stance.is_silence]
    if not levels:
        return _settle_silences(group)
    latest = {basis: _latest([s for s in levels if s.basis is basis]) for basis in Basis}
    chosen = (
        latest[prefer]
        if prefer is not None and latest[prefer]
        else [s for some in latest.values() for s in some]
    )
    positions = {stance.position for stance in chosen}
    if len(positions) > 1:
        return CONFLICT, tuple(chosen)
    return question.scale.levels.index(positions.pop()), tuple(chosen)


def _end(stance: Stance) -> Day:
    return stance.date.last if stance.date is not None else Day.max


def _latest(stances: Sequence[Stance]) -> list[Stance]:
    """Return the records that end latest, and those that may share a day with them."""
    last = max(map(_end, stances), default=None)
    newest = [stance for stance in stances if _end(stance) == last]
    return [stance for stance in stances if any(overlap(stance.date, new.date) for new in newest)]


def _settle_silences(group: Sequence[Stance]) -> tuple[int, tuple[Stance, ...]]:
    last = max(map(_end, group))
    newest = [stance for stance in group if _end(stance) == last]
    kind = next(silence for silence in _SPOKEN_FIRST if any(s.position is silence for s in newest))
    return SILENCE_CODES[kind], tuple(stance for stance in newest if stance.position is kind)
