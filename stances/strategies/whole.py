"""Strategies for whole datasets, always valid."""

from typing import Any

from stances.dataset import Dataset
from stances.models import Actor, Membership, Source, Stance, Uncoded
from stances.scales import Scale
from stances.strategies.basics import identifiers, texts
from stances.strategies.engine import Draw, st
from stances.strategies.records import (
    actors,
    any_scales,
    evidences,
    issues,
    memberships,
    questions,
    sources,
    stances,
)


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

    Shrinks to the fewest actors and questions, and no stances. There are up to 3 scales, up to 3
    issues and up to 2 sources.

    Parameters
    ----------
    min_actors, max_actors, min_questions, max_questions, max_stances : int
        Sizes.
    scales : strategy of Scale, optional
        Of the questions; up to three different ones.
    """
    known = draw(_listed(scales if scales is not None else any_scales(), 1, 3))
    subjects = draw(_listed(issues(), 0, 3))
    who = draw(_listed(actors(), min_actors, max_actors))
    papers = draw(_listed(sources(), 0, 2))
    about = _ids_of(subjects)
    one = questions(scales=st.sampled_from(known), issues=about if about is not None else st.nothing())
    asked = draw(_listed(one, min_questions, max_questions))
    return Dataset(
        draw(identifiers()),
        title=draw(st.none() | texts()),
        scales=known,
        issues=subjects,
        questions=asked,
        actors=who,
        memberships=_memberships(draw, who),
        sources=papers,
        stances=draw(_records(asked, who, papers, max_stances)),
        uncoded=[Uncoded(paper.id, "1", draw(texts())) for paper in papers[:1]],
    )


def _listed(records: st.SearchStrategy[Any], at_least: int, at_most: int) -> st.SearchStrategy[list[Any]]:
    return st.lists(records, min_size=at_least, max_size=at_most, unique_by=_id)


def _id(record: Any) -> str:
    return str(record.id)


def _ids_of(records: list[Any]) -> st.SearchStrategy[str] | None:
    return st.sampled_from([record.id for record in records]) if records else None


def _records(
    asked: list[Any], who: list[Actor], papers: list[Source], at_most: int
) -> st.SearchStrategy[list[Stance]]:
    ids, known = _ids_of(who), _ids_of(papers)
    if ids is None or not asked:
        return st.builds(list)
    evidence = evidences(sources=known) if known is not None else st.nothing()
    one = stances(questions=st.sampled_from(asked), actors=ids, evidence=evidence)
    return st.lists(one, max_size=at_most, unique_by=_act)


def _act(stance: Stance) -> tuple[object, ...]:
    return (stance.actor, stance.question, stance.date, stance.basis, stance.coder)


def _memberships(draw: Draw, who: list[Actor]) -> list[Membership]:
    ids = _ids_of(who[:2])
    if len(who) < 2 or ids is None or not draw(st.booleans()):
        return []
    return [draw(memberships(actors=ids))]
