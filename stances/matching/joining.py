"""Two tables of positions side by side: the questions that both were asked."""

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances.counts import Groups, by_scale, relative
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
    places = [{question.id: j for j, question in enumerate(side.questions)} for side in (voters, parties)]
    shared = _shared(voters, parties, *places)
    taken = parties.take([places[1][id] for id in shared])
    columns = np.array([places[0][id] for id in shared], dtype=np.intp)
    weights = taken.weights if factors is None else taken.weights * relative(factors)[columns]
    groups = by_scale(taken, weights)
    counted = np.concatenate([np.empty(0, np.intp), *(chosen for _, chosen in groups)])
    order = np.array(sorted(range(parties.n_actors), key=lambda i: parties.actors[i]), dtype=np.intp)
    return Joined(
        voters,
        parties,
        shared,
        tuple(id for id in places[0] | places[1] if not all(id in place for place in places)),
        order,
        columns[counted],
        taken.codes[np.ix_(order, counted)],
        relative(weights[counted]),
        _renumbered(groups),
    )


def _shared(
    voters: Positions, parties: Positions, first: dict[str, int], second: dict[str, int]
) -> tuple[str, ...]:
    """Return the ids that both have, sorted, once their scales and weights were seen to fit."""
    shared = tuple(sorted(id for id in first if id in second))
    if not shared:
        raise NoQuestionsInCommonError(tuple(first), tuple(second))
    for id in shared:
        _check_same(voters.questions[first[id]], parties.questions[second[id]])
    return shared


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
