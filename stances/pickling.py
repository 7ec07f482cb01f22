"""How results are pickled: with the version that wrote them, which is asked for before anything else is read.

attrs fills what it finds a value for, and leaves the rest of an object unset. So a pickle of another version,
whose classes have other fields, would come back half made. It is refused instead.
"""

from typing import Any, TypeVar

from attrs import frozen

from stances import __version__
from stances.errors import OtherVersionError

T = TypeVar("T")


@frozen
class Writer:
    """The version that wrote a pickle; only this one can be made.

    Raises
    ------
    OtherVersionError
        If it is another.
    """

    version: str

    def __attrs_post_init__(self) -> None:
        if self.version != __version__:
            raise OtherVersionError(self.version, __version__)

    def __reduce__(self) -> tuple[type["Writer"], tuple[str]]:
        return Writer, (self.version,)


def pickled(result: object) -> tuple[Any, ...]:
    """Return what pickles and copies a result: a class takes this as its `__reduce__`.

    The writer comes before the class, which another version may have moved, and before the fields.
    """
    return blank, (Writer(__version__), type(result)), result.__getstate__()


def blank(_: Writer, kind: type[T]) -> T:
    """Return an object whose fields are yet to be filled."""
    return kind.__new__(kind)
