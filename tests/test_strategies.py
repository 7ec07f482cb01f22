"""The strategies make what they say, within their bounds, and find the rare cases."""

import builtins
import importlib
import sys

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from stances import (
    VOTE,
    Actor,
    Dataset,
    Evidence,
    Issue,
    Positions,
    Question,
    Scale,
    Source,
    Stance,
    StancesError,
    strategies,
)
from stances.positions import CONFLICT

MADE = {
    Actor: strategies.actors,
    Dataset: strategies.datasets,
    Evidence: strategies.evidences,
    Issue: strategies.issues,
    Positions: strategies.positions,
    Question: strategies.questions,
    Scale: strategies.scales,
    Source: strategies.sources,
    Stance: strategies.stances,
}


@pytest.mark.parametrize("model", MADE, ids=lambda model: model.__name__)
@given(st.data())
@settings(max_examples=20)
def test_each_model_has_a_strategy(model, data):
    """A strategy makes its model, by name and by type."""
    strategies.register()
    assert isinstance(data.draw(MADE[model]()), model)
    assert isinstance(data.draw(st.from_type(model)), model)


@given(
    strategies.datasets(
        min_actors=2, max_actors=3, min_questions=1, max_questions=2, max_stances=4, scales=st.just(VOTE)
    )
)
def test_datasets_keep_their_bounds(data):
    """Sizes lie within the bounds, and scales are those asked for."""
    assert 2 <= len(data.actors) <= 3
    assert 1 <= len(data.questions) <= 2
    assert len(data.stances) <= 4
    assert {question.scale for question in data.questions} == {VOTE}


@given(
    strategies.positions(min_actors=2, max_actors=3, min_questions=1, max_questions=2, silences=st.nothing())
)
def test_positions_keep_their_bounds(table):
    """Sizes lie within the bounds, and data are complete where no silences are wanted."""
    assert 2 <= table.n_actors <= 3
    assert 1 <= table.n_questions <= 2
    assert (table.codes >= 0).all()


GENERATE_ONLY = settings(max_examples=5000, database=None, phases=[Phase.generate])
RARE = {
    "nobody": (strategies.datasets(), lambda d: not d.actors),
    "nothing said": (strategies.datasets(min_actors=1, min_questions=1), lambda d: not d.stances),
    "one silence": (strategies.datasets(), lambda d: any(s.is_silence and s.asked_by for s in d.stances)),
    "a conflict": (strategies.datasets(max_stances=8), lambda d: bool(d.positions().conflicts)),
    "a coded conflict": (strategies.positions(), lambda t: CONFLICT in t.codes),
    "no questions": (strategies.positions(), lambda t: t.n_questions == 0),
    "an unordered scale": (strategies.scales(), lambda s: not s.ordered),
    "a weight of zero": (strategies.questions(), lambda q: q.weight == 0),
}


@pytest.mark.parametrize(("strategy", "condition"), RARE.values(), ids=RARE)
def test_rare_cases_occur(strategy, condition):
    """What breaks programs comes up."""
    assert condition(find(strategy, condition, settings=GENERATE_ONLY))


def test_without_hypothesis_the_message_helps(monkeypatch):
    """Importing the strategies without Hypothesis says what to install."""
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name.split(".")[0] == "hypothesis":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.delitem(sys.modules, "stances.strategies")
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(StancesError, match=r"pip install 'stances\[test\]'"):
        importlib.import_module("stances.strategies")
