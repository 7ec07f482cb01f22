"""Strategies for positions: codes of actors on questions."""

import numpy as np

from stances.positions import CONFLICT, Positions
from stances.scales import SUPPORT, VOTE, Scale
from stances.strategies.engine import Draw, st


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
    """Return a strategy for positions.

    Shrinks to the fewest actors and questions, and to the lowest level everywhere.

    Parameters
    ----------
    min_actors, max_actors, min_questions, max_questions : int
        Sizes.
    scales : strategy of Scale, optional
        One is drawn per question; ``VOTE`` or ``SUPPORT`` by default.
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
    columns = [draw(st.tuples(*[st.integers(0, s.n_levels - 1) | gaps] * n_actors)) for s in chosen]
    weighted = [draw(weights if weights is not None else st.just(1.0)) for _ in chosen]
    codes = np.array(columns, dtype=np.int8).reshape(n_questions, n_actors).T
    return Positions.from_codes(codes, scale=chosen, weights=weighted)
