"""What can be wrong with a bloc, its members and its rival."""

from typing import ClassVar

from attrs import define

from stances.errors.base import StancesError, nearest, shown


@define
class RivalInsideError(StancesError, ValueError):
    """The rival of a bloc is one of its members on the day of every question.

    Attributes
    ----------
    rival, bloc : str
    """

    code: ClassVar[str] = "S360"
    rival: str
    bloc: str

    @property
    def reason(self) -> str:
        return f"{shown(self.rival)} is itself a member of {self.bloc} on the day of every question"

    @property
    def hint(self) -> str:
        return "name a rival from outside the bloc"


@define
class NotAMemberError(StancesError, ValueError):
    """An actor was a member of the bloc on the day of no question.

    Attributes
    ----------
    actor, bloc : str
    members : tuple of str
        Those who were, of the data.
    """

    code: ClassVar[str] = "S361"
    actor: str
    bloc: str
    members: tuple[str, ...]

    @property
    def reason(self) -> str:
        return f"{shown(self.actor)} is no member of {self.bloc} on the day of any question"

    @property
    def hint(self) -> str:
        return nearest(self.actor, self.members)
