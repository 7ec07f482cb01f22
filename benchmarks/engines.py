"""Which arithmetic the library uses: the one place that knows how to switch it."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from importlib.util import find_spec
from typing import Any

NUMPY, FAST = "numpy", "simsimd"


def _switch() -> Callable[[str], AbstractContextManager[Any]] | None:
    try:
        return getattr(import_module("stances.counts.engines"), "only", None)
    except ImportError:
        return None


def only(engine: str | None) -> AbstractContextManager[Any]:
    """Use one engine for a while; as it comes for None, and where the library has but one."""
    switch = _switch()
    return nullcontext() if engine is None or switch is None else switch(engine)


def why_not(engine: str | None) -> str:
    """Return why an engine cannot be used; "" where it can."""
    if engine != FAST:
        return ""
    if find_spec("simsimd") is None:
        return "simsimd is not installed"
    return "" if _switch() is not None else "not measured: the library has no engine to choose"
