"""How a verb ends: with which exit status, and what is said of errors and warnings."""

import warnings
from collections.abc import Callable

from stances.cli.output import say
from stances.errors import DatasetError, LossError, ShippedFileError, StancesError, StancesWarning

USAGE, BAD_DATA = 2, 3


def status_of(verb: Callable[[], object]) -> int:
    """Run a verb and return its exit status; what the library raises or warns of goes to stderr."""
    with warnings.catch_warnings():
        warnings.showwarning = _show_warning  # type: ignore[assignment]  # a hook of this shape
        warnings.simplefilter("always", StancesWarning)
        try:
            status = verb()
        except (DatasetError, OSError) as error:
            say("\n".join([f"error: {error}", *getattr(error, "__notes__", ())]))
            return BAD_DATA
        except StancesError as error:
            say(f"error: {error} [{error.code}]")
            return BAD_DATA if isinstance(error, LossError | ShippedFileError) else USAGE
    return status if isinstance(status, int) else 0


def _show_warning(message: Warning | str, *_: object) -> None:
    say(f"note: {message}")
