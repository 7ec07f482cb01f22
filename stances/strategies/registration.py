"""Which strategy belongs to which model.

Hypothesis asks for this while it is itself being imported, and that may be while the strategies
are: so nothing here imports Hypothesis, or a strategy, before it is called.
"""

from importlib import import_module
from typing import Any

from stances.counts import PairCounts
from stances.dataset import Dataset
from stances.dates import PartialDate, Span
from stances.matrix import Matrix
from stances.measures import Measure, PairTable
from stances.models import Actor, Evidence, Issue, Membership, Question, Source, Stance, Uncoded
from stances.positions import Positions
from stances.scales import Scale

STRATEGIES: dict[type[Any], str] = {
    Actor: "actors",
    Dataset: "datasets",
    Evidence: "evidences",
    Issue: "issues",
    Matrix: "matrices",
    Measure: "measures",
    Membership: "memberships",
    PairCounts: "pair_counts",
    PairTable: "pair_tables",
    PartialDate: "partial_dates",
    Positions: "positions",
    Question: "questions",
    Scale: "scales",
    Source: "sources",
    Span: "spans",
    Stance: "stances",
    Uncoded: "uncodeds",
}


def register() -> None:
    """Tell Hypothesis which strategy belongs to which model; called by its entry point."""
    from hypothesis.strategies import register_type_strategy

    for model in STRATEGIES:
        register_type_strategy(model, _made)


def _made(model: type[Any]) -> Any:
    return getattr(import_module("stances.strategies"), STRATEGIES[model])()
