"""What multiplies planes: numpy always, and simsimd (the extra `fast`) for bits where it is installed.

Both give the same whole numbers. The extra is never needed, and chosen by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.util import find_spec

from stances.errors import ChoiceError, MissingExtraError

NUMPY, SIMSIMD = "numpy", "simsimd"
ENGINES = (NUMPY, SIMSIMD)
_only: ContextVar[str | None] = ContextVar("_only", default=None)


@cache
def installed() -> tuple[str, ...]:
    """Return the engines that can be used here, the fastest last.

    Examples
    --------
    >>> installed()[0]
    'numpy'
    """
    return ENGINES if find_spec(SIMSIMD) is not None else (NUMPY,)


def current() -> str:
    """Return the engine in use: the fastest that is installed, or the one asked for by `only`."""
    return _only.get() or installed()[-1]


@contextmanager
def only(engine: str) -> Iterator[None]:
    """Use one engine within a block, to compare the two.

    Parameters
    ----------
    engine : {"numpy", "simsimd"}

    Raises
    ------
    ChoiceError
        If there is no such engine.
    MissingExtraError
        If it is not installed.

    Examples
    --------
    >>> with only("numpy"):
    ...     current()
    'numpy'
    """
    if engine not in ENGINES:
        raise ChoiceError("engine", engine, ENGINES)
    if engine not in installed():
        raise MissingExtraError(SIMSIMD, "'stances[fast]'")
    token = _only.set(engine)
    try:
        yield
    finally:
        _only.reset(token)
