"""Two tables of positions side by side: the questions that both were asked."""

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances.counts import Groups, by_scale
from stances.errors import DifferentScalesError, FieldError, NoQuestionsInCommonError
from stances.models import Question
from stances.positions import Codes, Positions
from stances.scales import Scale

Floats = NDArray[np.float64]


@frozen(eq=False)
class Joined:
    """Voters and parties on the questions that both were asked, and that count.

    Attributes
    ----------
    voters, parties : Positions
        As they were given.
    shared : tuple of str
        Ids of the questions that both were asked, sorted.
    alone : tuple of str
        Ids of the other questions of either.
    order : ndarray of int, shape (n_parties,)
        The row in `parties` of each party, by id: everything is computed in this order.
    columns : ndarray of int, shape (n_counted,)
        The column in `voters` of each question that counts, those of one scale beside each other.
    codes : ndarray of int8, shape (n_parties, n_counted)
        Of the parties, in these orders.
    weights : ndarray of float, shape (n_counted,)
        Of the questions, the largest 1, so that no sum overflows.
    groups : sequence of (Scale, indices)
        Which of these questions are on which scale.
    """

    voters: Positions
    parties: Positions
    shared: tuple[str, ...]
    alone: tuple[str, ...]
    order: NDArray[np.intp]
    columns: NDArray[np.intp]
    codes: Codes
    weights: Floats
    groups: Groups


def joined(voters: Positions, parties: Positions, factors: Floats | None = None) -> Joined:
    """Set voters and parties side by side on the questions of the same id.

    Parameters
    ----------
    voters, parties : Positions
        A scale may have another name on either side, but not other levels.
    factors : ndarray of float, shape (n_questions of voters,), optional
        By which the weights of the questions are multiplied.

    Raises
    ------
    NoQuestionsInCommonError
        If no question has the same id on both sides.
    DifferentScalesError
        If a question has other levels on either side.
    FieldError
        If the voters' table gives a question a weight, and it is another one.
    """
    asked = {question.id: (j, question) for j, question in enumerate(voters.questions)}
    both = sorted((question for question in parties.questions if question.id in asked), key=_id)
    shared = tuple(question.id for question in both)
    if not both:
        raise NoQuestionsInCommonError(tuple(asked), tuple(map(_id, parties.questions)))
    for question in both:
        _check_same(asked[question.id][1], question)
    order = np.array(sorted(range(parties.n_actors), key=lambda i: parties.actors[i]), dtype=np.intp)
    rank = {question.id: j for j, question in enumerate(parties.questions)}
    taken = parties.take([rank[id] for id in shared])
    columns = np.array([asked[id][0] for id in shared], dtype=np.intp)
    weights = taken.weights if factors is None else taken.weights * (_scaled(factors)[columns])
    groups = by_scale(taken, weights)
    counted = np.concatenate([np.empty(0, np.intp), *(chosen for _, chosen in groups)])
    alone = {question.id: None for side in (voters, parties) for question in side.questions}
    return Joined(
        voters,
        parties,
        shared,
        tuple(id for id in alone if id not in asked or id not in rank),
        order,
        columns[counted],
        taken.codes[np.ix_(order, counted)],
        _scaled(weights[counted]),
        _renumbered(groups),
    )


def _id(question: Question) -> str:
    return question.id


def _scaled(weights: Floats) -> Floats:
    largest = weights.max(initial=0.0)
    return weights / largest if largest > 0 else weights


def _renumbered(groups: Groups) -> Groups:
    """Return the groups after their questions were put beside each other."""
    ends = np.cumsum([0, *(len(chosen) for _, chosen in groups)])
    return tuple((scale, np.arange(ends[k], ends[k + 1])) for k, (scale, _) in enumerate(groups))


def _check_same(asked: Question, question: Question) -> None:
    if _levels(asked.scale) != _levels(question.scale):
        raise DifferentScalesError(question.id, str(asked.scale), str(question.scale))
    if asked.weight not in (1.0, question.weight):
        problem = f"of question {question.id!r} among the voters is {question.weight:g} among the parties"
        raise FieldError(
            "weight", asked.weight, problem, "leave it to the parties' table, or give weights= to nearest"
        )


def _levels(scale: Scale) -> tuple[object, ...]:
    return scale.levels, scale.unit_values, scale.ordered
