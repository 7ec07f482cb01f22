"""Any other measure: from the table of each voter with each party, as in a matrix."""

from functools import partial
from typing import ClassVar

import numpy as np
from attrs import frozen

from stances.computing import Request, finished
from stances.counts import PairCounts, relative
from stances.matching.joining import Floats, Joined
from stances.matching.selecting import Chosen, highest
from stances.measures import Measure
from stances.positions import Codes
from stances.silence import Policy


@frozen(eq=False)
class Pairs:
    """A measure of the tables of voters with parties.

    Attributes
    ----------
    joined : Joined
    measure : Measure
    policy : Policy
        But for ``bounds``.
    """

    ARRAYS: ClassVar[int] = 8  # of tables that live at once, about

    joined: Joined
    measure: Measure
    policy: Policy

    def nearest(self, answers: Codes, factors: Floats | None, k: int, min_shared: int) -> Chosen:
        """Return the k nearest parties of some voters; see `Lookup.nearest`."""
        weights = self.joined.weights
        if factors is not None:
            weights = weights * relative(factors, axis=0).T
        request = Request("agreement", self.measure, self.policy, min_shared)
        codes = np.ascontiguousarray(answers.T), self.joined.codes
        found = finished(PairCounts.across(self.joined.groups, *codes, weights, request.plan), request)
        rows = highest(found["values"].T, k)
        at = partial(np.take_along_axis, indices=rows, axis=0)
        names = ("values", "n_shared", "n_used", "reasons")
        return Chosen(rows, *(at(found[name].T) for name in names))
