"""What a value of a frame is as text: what a CSV file would hold in its place."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date as Day
from datetime import datetime
from decimal import Decimal
from math import isnan

import numpy as np

from stances.errors import FieldError, FormatError, StancesError
from stances.readers.factors import refusal

NOTHING = ""  # what a cell without a value holds in a file


def as_text(column: str, value: object) -> str:
    """Return a value as the text that a CSV file would hold; None and NaN are an empty cell.

    Examples
    --------
    >>> as_text("position", 2.0), as_text("position", True), as_text("position", None)
    ('2', 'true', '')
    """
    if value is None or (isinstance(value, float | np.floating) and isnan(value)):
        return NOTHING
    if isinstance(value, str):
        return value
    if isinstance(value, bool | np.bool_):
        return str(bool(value)).lower()
    if isinstance(value, int | np.integer):
        return str(int(value))
    if isinstance(value, float | np.floating | Decimal):
        return str(int(value)) if float(value).is_integer() else repr(float(value))
    return _day(column, value)


def _day(column: str, value: object) -> str:
    if isinstance(value, datetime):
        if (value.hour, value.minute, value.second, value.microsecond) != (0, 0, 0, 0):
            raise FieldError(column, str(value), "has a time of the day", "give the date alone")
        return value.date().isoformat()
    if isinstance(value, Day):
        return value.isoformat()
    raise FieldError(column, value, "is neither text, number nor date")


@contextmanager
def told(name: str, column: str, kind: Callable[[], object]) -> Iterator[None]:
    """Turn whatever goes wrong with a column, of a kind that is looked up only then, into our error."""
    try:
        yield
    except StancesError as error:
        raise refusal(name, error) from None
    except MemoryError:
        raise
    except Exception as error:  # each library has its own errors for what cannot be compared or counted
        problem = f"column {column!r} holds {kind()}, which is neither text, number nor date"
        raise refusal(name, FormatError(problem)) from error
