"""Integrity of a dataset: every fault is found in one pass and told with the records it lies in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve

from stances.errors import (
    ContradictionError,
    DuplicateIdError,
    LevelError,
    RepeatedStanceError,
    StancesError,
    UnknownActorError,
    UnknownIdError,
    UnknownIssueError,
    UnknownQuestionError,
    UnknownSourceError,
)
from stances.models import Basis, Membership, Question, Stance, Uncoded

Reference = tuple[str, int]  # the section and the index of a record
Finding = tuple[StancesError, tuple[Reference, ...]]
Records = Mapping[str, Sequence[Any]]
_WITH_IDS = {
    "scales": "scale",
    "issues": "issue",
    "questions": "question",
    "actors": "actor",
    "sources": "source",
}


def findings(records: Records) -> list[Finding]:
    """Return every fault of some records, in the order of their sections.

    Parameters
    ----------
    records : mapping of str to sequence
        ``scales``, ``issues``, ``questions``, ``actors``, ``memberships``, ``sources``,
        ``stances``, ``uncoded``.
    """
    return [
        *_duplicates(records),
        *_questions(records),
        *_memberships(records),
        *_uncoded(records),
        *_references(records),
        *_levels(records),
        *_clashes(records["stances"]),
    ]


def _ids(records: Records, section: str) -> tuple[str, ...]:
    return tuple(record.id for record in records[section])


def _duplicates(records: Records) -> Iterator[Finding]:
    for section, kind in _WITH_IDS.items():
        first: dict[str, int] = {}
        for index, record in enumerate(records[section]):
            if record.id in first:
                yield DuplicateIdError(kind, record.id), ((section, first[record.id]), (section, index))
            first.setdefault(record.id, index)


def _unknown(
    section: str, index: int, names: Iterable[str | None], known: Sequence[str], error: type[UnknownIdError]
) -> Iterator[Finding]:
    among = set(known)
    for name in names:
        if name is not None and name not in among:
            yield error(name, tuple(known)), ((section, index),)


def _questions(records: Records) -> Iterator[Finding]:
    issues, sources = _ids(records, "issues"), _ids(records, "sources")
    question: Question
    for index, question in enumerate(records["questions"]):
        yield from _unknown("questions", index, question.issues, issues, UnknownIssueError)
        yield from _unknown("questions", index, [question.source], sources, UnknownSourceError)
        for place, scale in enumerate(records["scales"]):
            if scale.id == question.scale.id and scale != question.scale:
                yield DuplicateIdError("scale", scale.id), (("scales", place), ("questions", index))


def _memberships(records: Records) -> Iterator[Finding]:
    actors = _ids(records, "actors")
    membership: Membership
    for index, membership in enumerate(records["memberships"]):
        yield from _unknown(
            "memberships", index, [membership.actor, membership.bloc], actors, UnknownActorError
        )


def _uncoded(records: Records) -> Iterator[Finding]:
    sources = _ids(records, "sources")
    passage: Uncoded
    for index, passage in enumerate(records["uncoded"]):
        yield from _unknown("uncoded", index, [passage.source], sources, UnknownSourceError)


def _references(records: Records) -> Iterator[Finding]:
    actors, questions, sources = (_ids(records, section) for section in ("actors", "questions", "sources"))
    stance: Stance
    for index, stance in enumerate(records["stances"]):
        yield from _unknown("stances", index, [stance.actor, stance.asked_by], actors, UnknownActorError)
        yield from _unknown("stances", index, [stance.question], questions, UnknownQuestionError)
        named = dict.fromkeys(evidence.source for evidence in stance.evidence)
        yield from _unknown("stances", index, named, sources, UnknownSourceError)


def _levels(records: Records) -> Iterator[Finding]:
    scales = {question.id: question.scale for question in records["questions"]}
    stance: Stance
    for index, stance in enumerate(records["stances"]):
        scale = scales.get(stance.question)
        if scale is not None and not stance.is_silence and stance.position not in scale.levels:
            yield LevelError(stance.position, scale.id, scale.levels), (("stances", index),)


def _clashes(stances: Sequence[Stance]) -> Iterator[Finding]:
    """Yield stances that are recorded twice, and levels that contradict each other in one act."""
    seen: dict[Stance, int] = {}
    acts: dict[tuple[object, ...], int] = {}
    for index, stance in enumerate(stances):
        bare = evolve(stance, evidence=())
        if bare in seen:
            yield (
                RepeatedStanceError(stance.actor, stance.question),
                (("stances", seen[bare]), ("stances", index)),
            )
        seen.setdefault(bare, index)
        for act in () if stance.is_silence else _acts(stance):
            first = acts.setdefault(act, index)
            if stances[first].position != stance.position:
                positions = (str(stances[first].position), str(stance.position))
                yield (
                    ContradictionError(stance.actor, stance.question, positions),
                    (("stances", first), ("stances", index)),
                )
                break


def _acts(stance: Stance) -> Iterator[tuple[object, ...]]:
    """Yield what makes two records speak of the same act: once per source, or once without any."""
    base = (stance.actor, stance.question, stance.date, stance.basis, stance.coder)
    for evidence in stance.evidence or (None,):
        source = evidence.source if evidence else None
        speaker = evidence.speaker if evidence and stance.basis is Basis.ASSESSMENT else None
        yield (*base, source, speaker)
