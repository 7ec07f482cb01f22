"""What can be wrong with the name of an actor or a bloc."""

from typing import ClassVar

from attrs import define

from stances.errors.base import StancesError, shown
from stances.errors.records import UnknownActorError, UnknownIdError


@define
class UnregisteredActorError(UnknownActorError):
    """No actor of the registry has this name, code or alias.

    Attributes
    ----------
    suggestions : tuple of str
        Actors whose names are near, as "Russia (RUS)".
    """

    code: ClassVar[str] = "S330"
    known: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        return f"no actor of the registry is called {shown(self.got)}"

    @property
    def hint(self) -> str:
        if self.suggestions:
            return f"did you mean {' or '.join(self.suggestions)}?"
        return "stances.registry.find(text) lists the actors whose names hold a text"


@define
class AmbiguousActorError(StancesError, ValueError, KeyError):
    """Several actors of the registry have this name.

    Attributes
    ----------
    got : str
        The name.
    candidates : tuple of str
        The actors that have it, as "South Korea (KOR)".
    """

    code: ClassVar[str] = "S331"
    got: str
    candidates: tuple[str, ...]

    @property
    def reason(self) -> str:
        return f"{shown(self.got)} may be {' or '.join(self.candidates)}"

    @property
    def hint(self) -> str:
        return "write the code of the one that is meant"


@define
class UnknownBlocError(UnknownIdError):
    """No bloc has this id, name or alias."""

    code: ClassVar[str] = "S332"
    kind: ClassVar[str] = "bloc"


@define
class UnknownCowCodeError(UnknownIdError):
    """No actor of the registry has this Correlates of War code."""

    code: ClassVar[str] = "S333"
    kind: ClassVar[str] = "Correlates of War code"
