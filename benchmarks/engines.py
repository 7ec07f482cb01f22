"""Which arithmetic the library uses: the one place that switches it."""

from contextlib import AbstractContextManager, nullcontext

from stances.counts import engines

NUMPY, FAST = engines.ENGINES


def only(engine: str | None) -> AbstractContextManager[None]:
    """Use one engine for a while; what the library would choose for None."""
    return nullcontext() if engine is None else engines.only(engine)


def why_not(engine: str | None) -> str:
    """Return why an engine cannot be used; "" where it can."""
    return "" if engine is None or engine in engines.installed() else f"{engine} is not installed"
