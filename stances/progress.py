"""How far a long computation is, told to whoever asked by a callable of two numbers: done and due."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
STEPS = 1000  # that each of several parts is told as


def ticker(progress: Progress | None, due: int) -> Callable[[], None]:
    """Return what is called after each of the steps that are due; nothing due is done at once.

    Examples
    --------
    >>> tick = ticker(lambda done, due: print(done, "of", due), 2)
    >>> tick()
    1 of 2
    """
    if progress is None:
        return lambda: None
    if not due:
        progress(1, 1)
    steps = iter(range(1, due + 1))
    return lambda: progress(next(steps), due)


def share(progress: Progress | None, k: int, n: int) -> Progress | None:
    """Return a callable for part k of n alike ones, which tells the progress of all.

    Examples
    --------
    >>> told = share(lambda done, due: print(done, "of", due), 1, 3)
    >>> told(2, 4)
    1500 of 3000
    """
    if progress is None:
        return None
    return lambda done, due: progress(STEPS * k + STEPS * done // due, STEPS * n)
