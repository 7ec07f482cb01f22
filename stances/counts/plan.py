"""What to sum for a measure: the smallest sums over questions that give it."""

from functools import lru_cache

from attrs import frozen

from stances.counts.expansions import expansion, margins_form, shared_form, table_form
from stances.measures import Measure
from stances.scales import Scale

MANY_LEVELS = 10
NO_MARGINS = frozenset({None, "uniform"})


@frozen
class Need:
    """What is summed on the questions of one scale.

    Attributes
    ----------
    n_states : int
        Levels, and one more if silences count; 0 where no table is made.
    margins : bool
        Without a table: whether beside disagreement and weight the margins of both actors are summed.
    """

    n_states: int
    margins: bool = False

    def n_sums(self, n_levels: int) -> int:
        """Return how many numbers there are for each pair."""
        return self.n_states**2 or 2 + 2 * n_levels * self.margins


@frozen
class Plan:
    """What a result needs of the counts.

    Attributes
    ----------
    measure : Measure or None
        The one measure asked for; anything for None, by whole tables.
    silences : bool
        Whether it counts on how many questions one side was silent or absent.
    squares : bool
        Whether an interval is made of the tables, which takes the sums of squared weights too.
    """

    measure: Measure | None = None
    silences: bool = True
    squares: bool = True

    @property
    def purpose(self) -> "tuple[Measure | None, bool, bool]":
        """What counts serve: those of one purpose add up."""
        return (None if self.on_tables else self.measure), self.silences, self.squares

    @property
    def on_tables(self) -> bool:
        """Whether it is tables on any scale, and so serves any measure."""
        return self.measure is None or self.silences or self.squares or self.measure.formula is not None

    def on(self, scale: Scale) -> Need:
        """Return what is needed on the questions of a scale.

        Raises
        ------
        UnorderedScaleError, KernelError
            If the measure makes no sense on the scale.
        """
        table = Need(scale.n_levels + self.silences)
        return table if self.measure is None or self.on_tables else _sums(self.measure, scale) or table

    def is_whole(self, scale: Scale) -> bool:
        """Whether the kernel is one of whole numbers, or a table is made; else it is summed as it is."""
        if self.measure is None or self.on(scale).n_states:
            return True
        kernel = expansion(self.measure, scale)
        return kernel is not None and kernel.is_whole


@lru_cache(maxsize=256)
def _sums(measure: Measure, scale: Scale) -> Need | None:
    """Return what is needed without a table; None where a table is not dearer.

    Broken numbers are summed in the order of the levels, by a table, unless it would be a large one.
    Which it is does not depend on the engine, so that results do not.
    """
    kernel = expansion(measure, scale)
    if kernel is None or not (kernel.is_whole or scale.n_levels > MANY_LEVELS):
        return None
    margins = measure.chance not in NO_MARGINS
    cost = shared_form(scale.n_levels).cost + kernel.cost
    cost += margins_form(scale.n_levels, last=False).cost * margins
    return Need(0, margins=margins) if table_form(scale.n_levels).cost > cost else None


EVERYTHING = Plan()
