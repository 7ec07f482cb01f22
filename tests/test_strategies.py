"""The strategies make what they say, within their bounds, shrink as told, and find the rare cases."""

import builtins
import importlib
import inspect
import subprocess
import sys
from importlib.metadata import entry_points

import numpy as np
import pytest
from attrs import has
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import stances
from stances import MEASURES, SUPPORT, VOTE, PartialDate, Span, StancesError, strategies
from stances.measures import PairTable
from stances.positions import CONFLICT
from stances.strategies.registration import STRATEGIES

RECORDS = ("evidence", "models", "scales", "dates", "dataset", "positions", "counts", "measures", "matrix")


def test_every_model_has_a_strategy():
    """Every public class of records, positions, measures and results of counting is known to Hypothesis."""
    public = [getattr(stances, name) for name in stances.__all__]
    homes = tuple(f"stances.{module}" for module in RECORDS)
    models = {c for c in public if inspect.isclass(c) and has(c) and c.__module__.startswith(homes)}
    assert models | {PairTable} == set(STRATEGIES)


@pytest.mark.parametrize("model", STRATEGIES, ids=lambda model: model.__name__)
@given(st.data())
@settings(max_examples=20)
def test_each_strategy_makes_its_model(model, data):
    """A strategy makes its model, by name and by type."""
    strategies.register()
    assert isinstance(data.draw(getattr(strategies, STRATEGIES[model])()), model)
    assert isinstance(data.draw(st.from_type(model)), model)


def test_arguments_are_keyword_only():
    """Every argument is named where it is given, and bounds are called min and max."""
    for name in strategies.__all__:
        parameters = inspect.signature(getattr(strategies, name)).parameters.values()
        assert all(parameter.kind is parameter.KEYWORD_ONLY for parameter in parameters), name
        sizes = {p.name for p in parameters if isinstance(p.default, int | float)}
        assert all(size.startswith(("min_", "max_")) for size in sizes), name


# What each shrinks to: part of the public interface
SIMPLEST = {
    "actors": lambda actor: (actor.name, actor.kind, actor.aliases) == (None, "state", ()),
    "datasets": lambda data: not (data.actors or data.questions or data.stances or data.sources),
    "dates": lambda date: date == PartialDate(2000),
    "evidences": lambda evidence: evidence.locator is None and evidence.voice == "own",
    "identifiers": lambda text: len(text) == 1,
    "issues": lambda issue: issue.name is None,
    "kernels": lambda kernel: np.array_equal(kernel, np.zeros((2, 2))),
    "labels": lambda text: len(text) == 1,
    "matrices": lambda matrix: (
        (len(matrix.actors), matrix.measure.name, matrix.silence, matrix.kind)
        == (1, "agreement", "skip", "agreement")
    ),
    "measures": lambda measure: measure is MEASURES["agreement"],
    "memberships": lambda membership: membership.since is None and membership.until is None,
    "pair_counts": lambda counts: counts.shape == (1, 1) and counts.strata == (),
    "pair_tables": lambda table: table.scale == VOTE and not table.counts.any() and len(table.counts) == 1,
    "partial_dates": lambda date: date == PartialDate(2000),
    "positions": lambda table: (table.n_actors, table.n_questions) == (1, 0),
    "questions": lambda q: (q.scale, q.weight, q.issues, q.date, q.session) == (VOTE, 1, (), None, None),
    "scales": lambda scale: (scale.n_levels, scale.values, scale.ordered) == (2, None, True),
    "sources": lambda source: source.title is None and source.passages is None,
    "spans": lambda span: span == Span(PartialDate(2000), PartialDate(2000)),
    "stances": lambda stance: (
        (stance.position, stance.basis, stance.date, stance.evidence) == ("no", "word", None, ())
    ),
    "texts": lambda text: len(text) == 1,
    "uncodeds": lambda passage: passage.locator == "1",
    "weights": lambda weight: weight == 1,
}


@pytest.mark.parametrize("name", sorted(set(strategies.__all__) - {"register"}))
def test_each_shrinks_to_what_it_says(name):
    """The simplest example of a strategy is the one that its docstring names."""
    simplest = find(getattr(strategies, name)(), lambda _: True, settings=SHRINKING)
    assert SIMPLEST[name](simplest), simplest


SHRINKING = settings(database=None, phases=[Phase.generate, Phase.shrink], derandomize=True)
CONDITIONS = {
    "two who differ": (
        strategies.positions(),
        lambda t: t.n_actors > 1 and len(set(t.codes[:2, 0])) > 1 if t.n_questions else False,
        lambda t: t.codes.tolist() in ([[0], [1]], [[1], [0]]) and t.questions[0].scale == VOTE,
    ),
    "a question of another weight": (
        strategies.questions(),
        lambda q: q.weight != 1,
        lambda q: (q.weight, q.scale, q.issues, q.date) == (0, VOTE, (), None),
    ),
    "a stance with evidence": (
        strategies.stances(),
        lambda s: s.evidence,
        lambda s: (len(s.evidence), s.position, s.date) == (1, "no", None),
    ),
    "an actor in a dataset": (
        strategies.datasets(),
        lambda d: d.actors,
        lambda d: (len(d.actors), len(d.questions), len(d.stances)) == (1, 0, 0),
    ),
    "a shared question": (
        strategies.pair_tables(),
        lambda t: t.n_shared.sum() > 0,
        lambda t: t.n_shared.tolist() == [1] and t.counts[0, 0, 0] == 1,
    ),
    "two levels apart": (
        strategies.kernels(),
        lambda k: k.max() > 0.5,
        lambda k: k.tolist() == [[0, 1], [1, 0]],
    ),
    "a value": (
        strategies.matrices(),
        lambda m: not np.isnan(m.values).all(),
        lambda m: m.values.tolist() == [[1]] and m.positions.codes.tolist() == [[0]],
    ),
}


@pytest.mark.parametrize(("strategy", "condition", "minimal"), CONDITIONS.values(), ids=CONDITIONS)
def test_what_fails_shrinks_to_little(strategy, condition, minimal):
    """The smallest example of a condition holds what the condition needs, and no more."""
    smallest = find(strategy, condition, settings=SHRINKING)
    assert minimal(smallest), smallest


@given(st.data(), st.integers(1, 3), st.integers(0, 2))
def test_bounds_hold(data, least, more):
    """Sizes and values lie within the bounds that were given, ends included."""
    most = least + more
    scale = data.draw(strategies.scales(min_levels=least, max_levels=most))
    assert least <= scale.n_levels <= most
    kernel = data.draw(strategies.kernels(min_levels=least, max_levels=most))
    assert least <= len(kernel) <= most
    assert np.array_equal(kernel, kernel.T)
    assert not np.diag(kernel).any()
    assert ((kernel >= 0) & (kernel <= 1)).all()
    assert len(data.draw(strategies.texts(max_size=most))) <= most
    weight = data.draw(strategies.weights(min_value=least + 0.5, max_value=most + 0.5))
    assert least + 0.5 <= weight <= most + 0.5
    table = data.draw(strategies.pair_tables(min_pairs=least, max_pairs=most, max_shared=more))
    assert least <= len(table.counts) <= most
    assert (table.n_shared <= more).all()


@given(strategies.pair_tables(weights=st.just(2.0), scales=st.just(SUPPORT)))
def test_pair_tables_are_consistent(table):
    """The weight of a pair is that of its questions, each of which is counted once."""
    assert table.counts.shape == (len(table.n_shared), 5, 5)
    assert np.array_equal(table.weight, 2.0 * table.n_shared)


@given(strategies.matrices(tables=strategies.positions(scales=strategies.scales(), max_actors=2)))
def test_matrices_fit_their_scales(matrix):
    """On unordered scales only measures are drawn that they allow."""
    assert all(q.scale.ordered for q in matrix.positions.questions) or not matrix.measure.needs_order


def test_from_type_works_where_the_library_is_installed(tmp_path):
    """Without importing a strategy, Hypothesis knows the models: the entry point is found and called."""
    mine = [entry.value for entry in entry_points(group="hypothesis") if entry.name == "stances"]
    if not mine:
        pytest.skip("the package is on the path but not installed")
    assert mine == ["stances.strategies:register"]
    drawn = _drawn("import stances\nfrom hypothesis import find, strategies as st", "Dataset", tmp_path)
    assert drawn.startswith("0 · no title")


@pytest.mark.parametrize("first", ["stances.strategies", "hypothesis", "stances.testing"])
def test_either_may_be_imported_first(first, tmp_path):
    """Hypothesis asks for the strategies while it is imported, and that may be by the strategies."""
    imports = f"import {first}\nimport stances.strategies\nfrom hypothesis import find, strategies as st"
    assert _drawn(imports, "PartialDate", tmp_path) == "2000\n"


def _drawn(imports, model, folder):
    """Return the simplest record, by its type, as a fresh interpreter prints it."""
    code = f"{imports}\nprint(find(st.from_type(__import__('stances').{model}), lambda _: True))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, cwd=folder, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


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


@pytest.mark.parametrize("module", ["stances.strategies", "stances.testing", "stances.testing.plugin"])
def test_without_hypothesis_the_message_helps(module, monkeypatch):
    """Importing the strategies or the test kit without Hypothesis says what to install."""
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name.split(".")[0] == "hypothesis":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    for name in [n for n in sys.modules if n.startswith(("stances.strategies", "stances.testing"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(StancesError, match=r"pip install 'stances\[test\]'"):
        importlib.import_module(module)
