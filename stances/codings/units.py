"""Units: what each coder made of the same actor on the same question in the same source."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from attrs import field, frozen

from stances.dataset import Dataset
from stances.models import Evidence, Question, Stance
from stances.positions import CODE_NAMES, CONFLICT
from stances.resolution import Rules, settle

Key = tuple[str, str, str | None]  # question, actor, source


@frozen
class Coding:
    """What the records of one coder on one unit come to.

    Attributes
    ----------
    coder : str
    code : int
        Index of a level on the question's scale; below zero a silence, or a conflict where the coder's
        own records differ.
    records : tuple of Stance
        What it rests on.
    """

    coder: str
    code: int
    records: tuple[Stance, ...] = field(repr=False)

    @property
    def passages(self) -> tuple[Evidence, ...]:
        """The passages of its records, each once."""
        return tuple(dict.fromkeys(evidence for record in self.records for evidence in record.evidence))


@frozen
class Unit:
    """One actor on one question in one source: what coders code.

    Attributes
    ----------
    actor : str
    question : Question
    source : str or None
        The document; None where the dataset has a single one, or the records name none.
    codings : tuple of Coding
        One per coder who recorded anything, by name.
    omitted_by : tuple of str
        Coders at work on this source who recorded nothing here.
    """

    actor: str
    question: Question
    source: str | None
    codings: tuple[Coding, ...]
    omitted_by: tuple[str, ...]

    @property
    def levels(self) -> dict[str, int]:
        """The level that each coder gave; without those who gave none."""
        return {coding.coder: coding.code for coding in self.codings if coding.code >= 0}

    @property
    def is_pairable(self) -> bool:
        """Whether two coders or more gave a level."""
        return len(self.levels) >= 2

    @property
    def has_disagreement(self) -> bool:
        """Whether two coders gave different levels."""
        return len(set(self.levels.values())) > 1

    @property
    def has_silence_dispute(self) -> bool:
        """Whether a coder recorded a silence where another recorded a level or another silence."""
        codes = {coding.code for coding in self.codings} - {CONFLICT}
        return len(codes) > 1 and min(codes) < 0

    @property
    def is_disputed(self) -> bool:
        """Whether two coders recorded different things, or one coder's own records differ."""
        codes = {coding.code for coding in self.codings}
        return len(codes) > 1 or CONFLICT in codes

    @property
    def difference(self) -> float:
        """Mean distance in [0, 1] of what two coders recorded; 0 where only one recorded anything.

        Levels are as far apart as their values on an ordered scale. Any other two different things, a
        silence and a level among them, are at distance 1. It sorts disputes, and enters no coefficient.
        """
        counts, n = Counter(coding.code for coding in self.codings), len(self.codings)
        far = sum(counts[k] * counts[l] * self._distance(k, l) for k, l in combinations(counts, 2))
        return far / (n * (n - 1) / 2) if n > 1 else 0.0

    def _distance(self, k: int, l: int) -> float:
        """Return the distance of two different codes."""
        scale = self.question.scale
        if not scale.ordered or min(k, l) < 0:
            return 1.0
        return abs(scale.unit_values[k] - scale.unit_values[l])

    def label(self, coding: Coding) -> str:
        """Return the label of a coding's level, or the word for its silence or conflict."""
        return self.question.scale.levels[coding.code] if coding.code >= 0 else CODE_NAMES[coding.code]

    def by_position(self) -> dict[str, tuple[Coding, ...]]:
        """Return the codings by position: levels from low to high, then silences and conflicts."""
        ordered = sorted(self.codings, key=lambda coding: (coding.code < 0, abs(coding.code)))
        labels = dict.fromkeys(self.label(coding) for coding in ordered)
        return {label: tuple(c for c in self.codings if self.label(c) == label) for label in labels}


def units_of(data: Dataset, rules: Rules, questions: Sequence[Question]) -> tuple[Unit, ...]:
    """Return the units that anybody coded, in the order of the questions, then by actor and source.

    Who has a record on a source is at work on it, whatever the rules and the questions.
    """
    at_work: dict[str | None, set[str]] = {}
    groups: dict[Key, dict[str, list[Stance]]] = {}
    for stance in data.stances:
        for source in _sources(stance, data) if stance.coder else ():
            at_work.setdefault(source, set()).add(str(stance.coder))
            if rules.admits(stance):
                key = (stance.question, stance.actor, source)
                groups.setdefault(key, {}).setdefault(str(stance.coder), []).append(stance)
    keys = sorted(groups, key=lambda key: (key[1], key[2] or ""))
    return tuple(
        _unit(key, question, groups[key], at_work[key[2]], rules)
        for question in questions
        for key in keys
        if key[0] == question.id
    )


def _sources(stance: Stance, data: Dataset) -> Iterable[str | None]:
    """Return the sources of a record; a single source of the dataset need not be named."""
    if len(data.sources) <= 1 or not stance.evidence:
        return (None,)
    return dict.fromkeys(evidence.source for evidence in stance.evidence)


def _unit(
    key: Key, question: Question, groups: dict[str, list[Stance]], at_work: Iterable[str], rules: Rules
) -> Unit:
    codings = (Coding(coder, *settle(groups[coder], question, rules.prefer)) for coder in sorted(groups))
    return Unit(key[1], question, key[2], tuple(codings), tuple(sorted(set(at_work) - set(groups))))


def passages_of(codings: Iterable[Coding]) -> Iterator[str]:
    """Yield the passages that some codings rest on, in reading order, each once."""
    found = {passage for coding in codings for passage in coding.passages}
    yield from dict.fromkeys(_text(passage) for passage in sorted(found, key=_reading_order))


def _text(passage: Evidence) -> str:
    where = f"{passage.source} {passage.locator}" if passage.locator else passage.source
    return f'{where} "{passage.quote}"' if passage.quote else where


def _reading_order(passage: Evidence) -> tuple[str, int, str, str]:
    locator = passage.locator or ""
    number = int(locator) if locator.isascii() and locator.isdecimal() else 0
    return passage.source, number, locator, passage.quote or ""
