"""What is asked of every pair of actors."""

from attrs import frozen

from stances.counts import Plan
from stances.measures import Measure
from stances.silence import Policy
from stances.uncertainty import Interval


@frozen
class Request:
    """What is asked of every pair.

    Attributes
    ----------
    kind : {"agreement", "divergence"}
    measure : Measure
    policy : Policy
    min_shared : int
        Resting on fewer questions a value is undefined.
    interval : Interval or None
    """

    kind: str
    measure: Measure
    policy: Policy
    min_shared: int = 1
    interval: Interval | None = None

    @property
    def by_influence(self) -> bool:
        """Whether intervals come from the counts."""
        return self.interval is not None and self.interval.method == "influence"

    @property
    def has_ends(self) -> bool:
        """Whether values come with a lower and an upper end."""
        return self.interval is not None or self.policy is Policy.BOUNDS

    @property
    def plan(self) -> Plan:
        """What is to be summed."""
        return Plan(self.measure, self.policy is not Policy.SKIP, self.by_influence)
