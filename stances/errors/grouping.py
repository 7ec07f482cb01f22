"""What can be too little for groups of actors, or for a change through time."""

from typing import ClassVar

from attrs import define

from stances.errors.base import StancesError, listed


@define
class TooFewActorsError(StancesError, ValueError):
    """Too few actors share enough for their distances to make a picture.

    Attributes
    ----------
    purpose : str
        What was asked for: ``camps``, ``a map``.
    left : tuple of str
        The actors every two of whom share enough.
    n_actors : int
        All actors.
    min_actors, min_shared : int
        How many are needed, and on how many shared questions.
    """

    code: ClassVar[str] = "S380"
    purpose: str
    left: tuple[str, ...]
    n_actors: int
    min_actors: int
    min_shared: int

    @property
    def reason(self) -> str:
        among = f"only {listed(self.left)} do" if len(self.left) > 1 else "no two do"
        return (
            f"{self.purpose} would mean nothing here: it takes {self.min_actors} actors, every two of whom "
            f"share {self.min_shared} questions, and of these {self.n_actors} {among}"
        )

    @property
    def hint(self) -> str:
        return "read the pairs themselves, or bring more questions"


@define
class TooFewPeriodsError(StancesError, ValueError):
    """Fewer than two periods have a value, so that nothing can be followed.

    Attributes
    ----------
    by : str
        What the periods are: ``year``, ``session``, ``day``.
    first, second : str
        The actors.
    defined : tuple of str
        The periods that have a value.
    n_periods : int
        All periods.
    """

    code: ClassVar[str] = "S381"
    by: str
    first: str
    second: str
    defined: tuple[str, ...]
    n_periods: int

    @property
    def reason(self) -> str:
        found = f"only {self.by} {self.defined[0]} has a value" if self.defined else "none has a value"
        if not self.n_periods:
            found = f"no question has a {self.by}"
        return f"{self.first} and {self.second} cannot be followed: it takes two {self.by}s, and {found}"

    @property
    def hint(self) -> str:
        return "follow them by year, by session, or, where records are dated, by days of your choice"
