"""Hypothesis strategies for every model: use them in your own property-based tests.

Plural names, keyword-only arguments; ``min_*`` and ``max_*`` bound sizes, and every other argument
is a strategy. All shrink towards fewer records, shorter texts, undated words and the lowest level.
In an installed environment ``st.from_type(Dataset)`` finds them by itself.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from stances.dataset import Dataset
from stances.dates import PartialDate, Span, When
from stances.errors import MissingExtraError
from stances.models import (
    Actor,
    Basis,
    Evidence,
    Issue,
    Membership,
    Question,
    Silence,
    Source,
    Stance,
    Uncoded,
    Voice,
)
from stances.positions import CONFLICT, Positions
from stances.scales import RESERVED, SUPPORT, VOTE, Scale

try:
    from hypothesis import strategies as st
except ImportError:
    raise MissingExtraError("hypothesis", "'stances[test]'") from None

__all__ = [
    "actors",
    "datasets",
    "dates",
    "evidences",
    "identifiers",
    "issues",
    "positions",
    "questions",
    "register",
    "scales",
    "sources",
    "stances",
    "texts",
]

Draw = Callable[[st.SearchStrategy[Any]], Any]
_ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:-"


def identifiers() -> st.SearchStrategy[str]:
    """Return a strategy for ids: one to six ASCII letters, digits or ``._:-``."""
    return st.text(_ID_CHARACTERS, min_size=1, max_size=6)


def texts(*, max_size: int = 12) -> st.SearchStrategy[str]:
    """Return a strategy for texts that records can hold: anything but blanks, NUL and surrogates."""
    characters = st.characters(categories=None, exclude_categories=["Cs"], exclude_characters="\0")
    return st.text(characters, min_size=1, max_size=max_size).filter(lambda text: bool(text.strip()))


def _labels() -> st.SearchStrategy[str]:
    lines = texts(max_size=8).map(str.strip).filter(lambda text: len(text.splitlines()) == 1)
    return lines.filter(lambda text: text not in RESERVED)


def _partial_dates() -> st.SearchStrategy[PartialDate]:
    days = st.dates()
    return st.one_of(
        days.map(lambda day: PartialDate(day.year)),
        days.map(lambda day: PartialDate(day.year, day.month)),
        days.map(lambda day: PartialDate(day.year, day.month, day.day)),
    )


@st.composite
def _spans(draw: Draw) -> Span:
    ends = sorted((draw(_partial_dates()), draw(_partial_dates())), key=lambda date: (date.first, date.last))
    kept = draw(st.sampled_from([(True, True), (True, False), (False, True)]))
    start, end = (end if keep else None for end, keep in zip(ends, kept, strict=True))
    return Span(start, end)


def dates() -> st.SearchStrategy[When]:
    """Return a strategy for partial dates and spans; shrinks towards a bare year."""
    return st.one_of(_partial_dates(), _spans())


@st.composite
def scales(
    draw: Draw, *, min_levels: int = 2, max_levels: int = 5, ordered: st.SearchStrategy[bool] | None = None
) -> Scale:
    """Return a strategy for scales of `min_levels` to `max_levels` levels.

    Parameters
    ----------
    min_levels, max_levels : int
        Between 1 and 127.
    ordered : strategy of bool, optional
        Either by default.
    """
    labels = draw(st.lists(_labels(), min_size=min_levels, max_size=max_levels, unique=True))
    numbers = st.integers(-100, 100).map(float)
    increasing = st.lists(numbers, min_size=len(labels), max_size=len(labels), unique=True).map(sorted)
    values = draw(st.none() | increasing)
    return Scale(draw(identifiers()), labels, values, draw(ordered if ordered is not None else st.booleans()))


def issues() -> st.SearchStrategy[Issue]:
    """Return a strategy for issues."""
    return st.builds(Issue, identifiers(), st.none() | texts())


def actors() -> st.SearchStrategy[Actor]:
    """Return a strategy for actors."""
    aliases = st.lists(texts(), max_size=2)
    return st.builds(
        Actor, identifiers(), st.none() | texts(), kind=st.sampled_from(["state", "bloc"]), aliases=aliases
    )


def sources() -> st.SearchStrategy[Source]:
    """Return a strategy for sources."""
    optional = st.none() | texts()
    return st.builds(
        Source,
        identifiers(),
        optional,
        publisher=optional,
        date=st.none() | _partial_dates(),
        url=optional,
        passages=st.none() | st.integers(1, 50),
    )


def questions(
    *,
    scales: st.SearchStrategy[Scale] | None = None,
    issues: st.SearchStrategy[str] | None = None,
    weights: st.SearchStrategy[float] | None = None,
) -> st.SearchStrategy[Question]:
    """Return a strategy for questions.

    Parameters
    ----------
    scales : strategy of Scale, optional
        ``VOTE``, ``SUPPORT`` or any other by default.
    issues : strategy of str, optional
        Ids of issues; of which a question has up to two.
    weights : strategy of float, optional
        1, or anything from 0 to 10, by default.
    """
    return st.builds(
        Question,
        identifiers(),
        texts(),
        scales if scales is not None else _any_scales(),
        issues=_up_to_two(issues if issues is not None else identifiers()),
        weight=weights if weights is not None else st.just(1.0) | st.floats(0, 10),
        date=st.none() | dates(),
        session=st.none() | _labels(),
    )


def _up_to_two(elements: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.builds(list) if elements.is_empty else st.lists(elements, max_size=2, unique=True)


def _any_scales() -> st.SearchStrategy[Scale]:
    return st.just(VOTE) | st.just(SUPPORT) | scales()


def evidences(*, sources: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Evidence]:
    """Return a strategy for evidence from the `sources` with these ids."""
    optional = st.none() | texts()
    return st.builds(
        Evidence,
        sources if sources is not None else identifiers(),
        locator=st.none() | st.integers(1, 30).map(str),
        quote=optional,
        speaker=optional,
        voice=st.sampled_from(Voice),
        summary=optional,
    )


@st.composite
def stances(
    draw: Draw,
    *,
    questions: st.SearchStrategy[Question] | None = None,
    actors: st.SearchStrategy[str] | None = None,
    evidence: st.SearchStrategy[Evidence] | None = None,
) -> Stance:
    """Return a strategy for stances that fit their question's scale.

    Parameters
    ----------
    questions : strategy of Question, optional
        What the stance may be about.
    actors : strategy of str, optional
        Ids of those who may take it, or may have asked for it.
    evidence : strategy of Evidence, optional
        Of which a stance has up to two.
    """
    question = draw(questions if questions is not None else globals()["questions"]())
    who = actors if actors is not None else identifiers()
    actor = draw(who)
    position = draw(st.sampled_from([*question.scale.levels, *Silence]))
    asker = draw(st.none() | who) if isinstance(position, Silence) else None
    passages = draw(_up_to_two(evidence if evidence is not None else evidences()))
    return Stance(
        actor,
        question.id,
        position,
        date=draw(st.none() | dates()),
        basis=draw(st.sampled_from(Basis)),
        inferred=draw(st.booleans()),
        asked_by=asker if asker != actor else None,
        coder=draw(st.none() | st.sampled_from(["ann", "ben"])),
        confidence=draw(st.none() | st.floats(0.01, 1)),
        salience=draw(st.none() | st.floats(0, 10)),
        evidence=passages,
    )


def _act(stance: Stance) -> tuple[object, ...]:
    return (stance.actor, stance.question, stance.date, stance.basis, stance.coder)


@st.composite
def datasets(
    draw: Draw,
    *,
    min_actors: int = 0,
    max_actors: int = 4,
    min_questions: int = 0,
    max_questions: int = 4,
    max_stances: int = 10,
    scales: st.SearchStrategy[Scale] | None = None,
) -> Dataset:
    """Return a strategy for datasets, always valid, with silences, spans and differing records.

    Parameters
    ----------
    min_actors, max_actors, min_questions, max_questions, max_stances : int
        Sizes.
    scales : strategy of Scale, optional
        Of the questions; up to three different ones.
    """
    known = draw(
        st.lists(scales if scales is not None else _any_scales(), min_size=1, max_size=3, unique_by=_id)
    )
    subjects = draw(st.lists(issues(), max_size=3, unique_by=_id))
    who = draw(st.lists(globals()["actors"](), min_size=min_actors, max_size=max_actors, unique_by=_id))
    papers = draw(st.lists(sources(), max_size=2, unique_by=_id))
    about = _ids_of(subjects)
    asked = draw(
        st.lists(
            questions(scales=st.sampled_from(known), issues=about if about is not None else st.nothing()),
            min_size=min_questions,
            max_size=max_questions,
            unique_by=_id,
        )
    )
    ids, paper_ids = _ids_of(who), _ids_of(papers)
    records: list[Stance] = []
    if ids is not None and asked:
        evidence = evidences(sources=paper_ids) if paper_ids is not None else st.nothing()
        one = stances(questions=st.sampled_from(asked), actors=ids, evidence=evidence)
        records = draw(st.lists(one, max_size=max_stances, unique_by=_act))
    return Dataset(
        draw(identifiers()),
        title=draw(st.none() | texts()),
        scales=known,
        issues=subjects,
        questions=asked,
        actors=who,
        memberships=_memberships(draw, who),
        sources=papers,
        stances=records,
        uncoded=[Uncoded(paper.id, "1", draw(texts())) for paper in papers[:1]],
    )


def _id(record: Any) -> str:
    return str(record.id)


def _ids_of(records: list[Any]) -> st.SearchStrategy[str] | None:
    return st.sampled_from([record.id for record in records]) if records else None


def _memberships(draw: Draw, who: list[Actor]) -> list[Membership]:
    if len(who) < 2 or not draw(st.booleans()):
        return []
    return [Membership(who[0].id, who[1].id, draw(st.none() | _partial_dates()))]


@st.composite
def positions(
    draw: Draw,
    *,
    min_actors: int = 1,
    max_actors: int = 5,
    min_questions: int = 0,
    max_questions: int = 8,
    scales: st.SearchStrategy[Scale] | None = None,
    weights: st.SearchStrategy[float] | None = None,
    silences: st.SearchStrategy[int] | None = None,
) -> Positions:
    """Return a strategy for positions: codes of actors on questions.

    Parameters
    ----------
    min_actors, max_actors, min_questions, max_questions : int
        Sizes.
    scales : strategy of Scale, optional
        One is drawn per question.
    weights : strategy of float, optional
        1 for every question by default.
    silences : strategy of int, optional
        Codes that stand for no level: -1 to -5 by default; ``st.nothing()`` for complete data.
    """
    n_actors = draw(st.integers(min_actors, max_actors))
    n_questions = draw(st.integers(min_questions, max_questions))
    kind = scales if scales is not None else st.sampled_from([VOTE, SUPPORT])
    gaps = silences if silences is not None else st.integers(CONFLICT, -1)
    chosen = [draw(kind) for _ in range(n_questions)]
    columns = [
        draw(st.lists(st.integers(0, scale.n_levels - 1) | gaps, min_size=n_actors, max_size=n_actors))
        for scale in chosen
    ]
    weighted = [draw(weights if weights is not None else st.just(1.0)) for _ in chosen]
    codes = np.array(columns, dtype=np.int8).reshape(n_questions, n_actors).T
    return Positions.from_codes(codes, scale=chosen, weights=weighted)


def register() -> None:
    """Tell Hypothesis which strategy belongs to which model; called by its entry point."""
    made: dict[type[Any], Callable[[], st.SearchStrategy[Any]]] = {
        Actor: actors,
        Dataset: datasets,
        Evidence: evidences,
        Issue: issues,
        Positions: positions,
        Question: questions,
        Scale: scales,
        Source: sources,
        Stance: stances,
    }
    for model, strategy in made.items():
        st.register_type_strategy(model, lambda _, strategy=strategy: strategy())  # type: ignore[misc]  # bound per model
