"""How much memory the machine has, so that what can never fit is refused before it is begun."""

import os


def installed() -> int | None:
    """Return the bytes of memory that the machine has in all; None where the system does not tell.

    What is free changes by the second, and tells nothing that holds.
    """
    try:
        size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):  # no sysconf, as on Windows, or not these two
        return None
    return size if size > 0 else None
