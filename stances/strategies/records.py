"""Strategies for single records; see `whole` for datasets made of them."""

from typing import Any

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
from stances.scales import SUPPORT, VOTE, Scale
from stances.strategies.basics import dates, identifiers, labels, partial_dates, texts, weights
from stances.strategies.engine import Draw, st

_weights = weights


@st.composite
def scales(
    draw: Draw, *, min_levels: int = 2, max_levels: int = 5, ordered: st.SearchStrategy[bool] | None = None
) -> Scale:
    """Return a strategy for scales of `min_levels` to `max_levels` levels.

    Shrinks to the fewest levels, ordered, without values.

    Parameters
    ----------
    min_levels, max_levels : int
        Between 1 and 127.
    ordered : strategy of bool, optional
        Either by default.
    """
    names = draw(st.lists(labels(), min_size=min_levels, max_size=max_levels, unique=True))
    numbers = st.integers(-100, 100).map(float)
    increasing = st.lists(numbers, min_size=len(names), max_size=len(names), unique=True).map(sorted)
    values = draw(st.none() | increasing)
    order = draw(ordered if ordered is not None else st.sampled_from([True, False]))
    return Scale(draw(identifiers()), names, values, order)


def any_scales() -> st.SearchStrategy[Scale]:
    """Return a strategy for ``VOTE``, ``SUPPORT`` and all other scales; shrinks to ``VOTE``."""
    return st.just(VOTE) | st.just(SUPPORT) | scales()


def issues() -> st.SearchStrategy[Issue]:
    """Return a strategy for issues; shrinks to one without a name."""
    return st.builds(Issue, identifiers(), st.none() | texts())


def actors() -> st.SearchStrategy[Actor]:
    """Return a strategy for actors, with up to 2 aliases; shrinks to a state known by its id."""
    aliases = st.lists(texts(), max_size=2)
    return st.builds(
        Actor, identifiers(), st.none() | texts(), kind=st.sampled_from(["state", "bloc"]), aliases=aliases
    )


@st.composite
def memberships(draw: Draw, *, actors: st.SearchStrategy[str] | None = None) -> Membership:
    """Return a strategy for memberships of one actor in another; shrinks to one without dates.

    Parameters
    ----------
    actors : strategy of str, optional
        Ids, of which two are drawn.
    """
    who = actors if actors is not None else identifiers()
    member, bloc = draw(st.lists(who, min_size=2, max_size=2, unique=True))
    ends = sorted((draw(partial_dates()), draw(partial_dates())), key=lambda date: (date.first, date.last))
    since, until = (draw(st.sampled_from([None, end])) for end in ends)
    return Membership(member, bloc, since, until)


def sources() -> st.SearchStrategy[Source]:
    """Return a strategy for sources, of 1 to 50 passages where told; shrinks to one known by its id."""
    optional = st.none() | texts()
    return st.builds(
        Source,
        identifiers(),
        optional,
        publisher=optional,
        date=st.none() | partial_dates(),
        url=optional,
        passages=st.none() | st.integers(1, 50),
    )


def uncodeds(*, sources: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Uncoded]:
    """Return a strategy for passages, numbered 1 to 30, that yield no stance; shrinks to the first.

    Parameters
    ----------
    sources : strategy of str, optional
        Ids.
    """
    known = sources if sources is not None else identifiers()
    return st.builds(Uncoded, known, st.integers(1, 30).map(str), texts())


def questions(
    *,
    scales: st.SearchStrategy[Scale] | None = None,
    issues: st.SearchStrategy[str] | None = None,
    weights: st.SearchStrategy[float] | None = None,
) -> st.SearchStrategy[Question]:
    """Return a strategy for questions.

    Shrinks to an undated question of weight 1 on ``VOTE``, without issue, session and url.

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
        scales if scales is not None else any_scales(),
        issues=up_to_two(issues if issues is not None else identifiers()),
        weight=weights if weights is not None else _weights(),
        date=st.none() | dates(),
        session=st.none() | labels(),
        url=st.none() | texts(),
    )


def up_to_two(elements: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """Return a strategy for lists of up to two; always empty where there are no elements."""
    return st.builds(list) if elements.is_empty else st.lists(elements, max_size=2, unique=True)


def evidences(*, sources: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Evidence]:
    """Return a strategy for evidence from passages 1 to 30; shrinks to a source in its own voice.

    Parameters
    ----------
    sources : strategy of str, optional
        Ids.
    """
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


_questions = questions


@st.composite
def stances(
    draw: Draw,
    *,
    questions: st.SearchStrategy[Question] | None = None,
    actors: st.SearchStrategy[str] | None = None,
    evidence: st.SearchStrategy[Evidence] | None = None,
) -> Stance:
    """Return a strategy for stances that fit their question's scale.

    Shrinks to an undated word at the lowest level, without evidence.

    Parameters
    ----------
    questions : strategy of Question, optional
        What the stance may be about.
    actors : strategy of str, optional
        Ids of those who may take it, or may have asked for it.
    evidence : strategy of Evidence, optional
        Of which a stance has up to two.
    """
    question = draw(questions if questions is not None else _questions())
    who = actors if actors is not None else identifiers()
    actor = draw(who)
    position = draw(st.sampled_from([*question.scale.levels, *Silence]))
    asker = draw(st.none() | who) if isinstance(position, Silence) else None
    passages = draw(up_to_two(evidence if evidence is not None else evidences()))
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
        extra=draw(st.just({}) | st.dictionaries(labels().filter(str.isprintable), texts(), max_size=2)),
    )
