"""How results are pickled: with the version that wrote them, which is asked for before anything else is read.

attrs fills what it finds a value for, and leaves the rest of an object unset. So a pickle of another version,
whose classes have other fields, would come back half made. It is refused instead.
"""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from stances import __version__
from stances.errors import OtherVersionError


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
    return made, (Writer(__version__), type(result), result.__getstate__())


def made(_: Writer, kind: type[Any], state: dict[str, Any]) -> Any:
    """Return an object of some fields; arrays in them cannot be written to, as before."""
    result: Any = object.__new__(kind)
    result.__setstate__(state)
    for value in state.values():
        for array in value.values() if isinstance(value, Mapping) else (value,):
            if hasattr(array, "setflags"):  # records know no numpy
                array.setflags(write=False)
    return result
