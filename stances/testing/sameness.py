"""Laws about what must not change a value: order, other actors, silences, the scale of weights."""

import numpy as np

from stances.positions import CONFLICT, NO_RECORD, Positions
from stances.strategies.engine import st
from stances.testing.form import two_actors
from stances.testing.law import Breach, Case, Law, differing, replaced
from stances.testing.subject import Subject


def _shuffles(subject: Subject) -> st.SearchStrategy[Case]:
    def with_orders(table: Positions) -> st.SearchStrategy[Case]:
        orders = (st.permutations(range(n)) for n in (table.n_actors, table.n_questions))
        return st.tuples(st.just(table), *orders)

    return subject.tables(min_actors=2).flatmap(with_orders)


def _order(subject: Subject, case: Case) -> Breach | None:
    table, rows, columns = case
    shuffled = table.take(columns).select(actors=[table.actors[i] for i in rows])
    back = np.argsort(rows)
    got = subject.values(shuffled)[np.ix_(back, back)]
    told = ", ".join([*shuffled.actors, *(question.id for question in shuffled.questions)])
    return differing(subject.values(table), got, table, f"in the order {told}")


def _other_actors(subject: Subject, case: Case) -> Breach | None:
    (table,) = case
    two = table.select(actors=table.actors[:2])
    return differing(subject.values(two), subject.values(table)[:2, :2], table, "beside the others")


def _gaps(subject: Subject) -> st.SearchStrategy[Case]:
    return st.tuples(subject.tables(min_actors=2, min_questions=1), st.integers(CONFLICT, -1))


def _silence_skipped(subject: Subject, case: Case) -> Breach | None:
    table, gap = case
    codes = table.codes.copy()
    codes[:, -1] = gap
    codes[0, -1] = max(table.codes[0, -1], 0)
    more = replaced(table, codes=codes)
    due = subject.values(table.take(range(table.n_questions - 1)))
    last = f"with {table.questions[-1].id}, on which one took a level"
    return differing(due, subject.values(more), more, last, ~np.eye(table.n_actors, dtype=np.bool_))


def _no_record(subject: Subject, case: Case) -> Breach | None:
    table, _ = case
    codes = table.codes.copy()
    codes[:, -1] = NO_RECORD
    more = replaced(table, codes=codes)
    due = subject.values(table.take(range(table.n_questions - 1)))
    return differing(due, subject.values(more), more, f"with {table.questions[-1].id}")


def _factors(subject: Subject) -> st.SearchStrategy[Case]:
    return st.tuples(subject.tables(min_actors=2), st.sampled_from([2.0, 7.0, 0.001]))


def _relative_weights(subject: Subject, case: Case) -> Breach | None:
    table, factor = case
    heavier = replaced(table, weights=table.weights * factor)
    change = f"with all weights times {factor:g}"
    return differing(subject.values(table), subject.values(heavier), table, change)


def _whole_weights(subject: Subject) -> st.SearchStrategy[Case]:
    return st.tuples(subject.tables(min_actors=2, weights=st.sampled_from([1.0, 0.0, 2.0, 3.0])))


def _whole_weights_repeat(subject: Subject, case: Case) -> Breach | None:
    (table,) = case
    repeated = np.repeat(np.arange(table.n_questions), table.weights.astype(int))
    plain = Positions.from_codes(
        table.codes[:, repeated], scale=[table.questions[j].scale for j in repeated], actors=table.actors
    )
    change = "with the weights; due is what as many questions of weight 1 give"
    return differing(subject.values(plain), subject.values(table), table, change)


SAMENESS = (
    Law("order", "The order of actors and of questions does not matter.", _shuffles, _order),
    Law(
        "other_actors",
        "The value of two actors does not depend on which others are in the table.",
        two_actors,
        _other_actors,
    ),
    Law(
        "silence_skipped",
        "A question on which only one of two actors, or none, took a level leaves their value as it is.",
        _gaps,
        _silence_skipped,
    ),
    Law("no_record", "A question that nobody is on record for changes nothing.", _gaps, _no_record),
    Law(
        "relative_weights",
        "Only the weights' relation counts: all of them times one number change nothing.",
        _factors,
        _relative_weights,
    ),
    Law(
        "whole_weights_repeat",
        "A question of weight 3 counts as three of weight 1, and one of weight 0 as none.",
        _whole_weights,
        _whole_weights_repeat,
    ),
)
