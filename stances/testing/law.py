"""A law: one statement about every comparison, and how to look for what breaks it."""

from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances.positions import Positions
from stances.strategies.engine import st
from stances.testing.subject import Floats, Subject

TOLERANCE = 1e-9  # differences that rounding may make
Case = tuple[Any, ...]


@frozen
class Breach:
    """What a law demanded and what came instead.

    Attributes
    ----------
    due, got : str
        As text.
    positions : Positions
        What was compared.
    """

    due: str
    got: str
    positions: Positions


def _always(subject: Subject) -> str:
    del subject
    return ""


@frozen
class Law:
    """A statement that holds for every comparison of positions.

    Attributes
    ----------
    name : str
        By which an exemption names it.
    says : str
        The law in one sentence.
    inputs : callable
        From a subject to a strategy of cases: tuples that begin with Positions.
    breach : callable
        From a subject and a case to a `Breach`, or None where the law holds.
    unless : callable
        From a subject to the reason why the law says nothing of it, or "".
    """

    name: str
    says: str
    inputs: Callable[[Subject], st.SearchStrategy[Case]]
    breach: Callable[[Subject, Case], Breach | None]
    unless: Callable[[Subject], str] = _always

    def spared(self, subject: Subject) -> str:
        """Return why a subject need not obey, or "" where it must."""
        return subject.exempt.get(self.name) or self.unless(subject)


def number(value: float) -> str:
    """Return a value as text: six digits, or the word for NaN."""
    return "undefined" if np.isnan(value) else f"{value:.6g}"


def differing(
    due: Floats, got: Floats, table: Positions, change: str, where: NDArray[np.bool_] | None = None
) -> Breach | None:
    """Return the first pair whose values differ by more than rounding, or None.

    Parameters
    ----------
    due, got : ndarray of float, shape (n_actors, n_actors)
        NaN equals NaN.
    table : Positions
        Of these actors.
    change : str
        What was changed between the two.
    where : ndarray of bool, optional
        The pairs that are compared; all by default.
    """
    wrong = ~np.isclose(due, got, rtol=0, atol=TOLERANCE, equal_nan=True)
    if where is not None:
        wrong &= where
    if not wrong.any():
        return None
    i, j = first_cell(wrong)
    first, second = (number(array[i, j]) for array in (due, got))
    if first == second:
        first, second = (repr(float(array[i, j])) for array in (due, got))
    return Breach(f"{first} for {pair(table, i, j)}", f"{second} {change}", table)


def first_cell(wrong: NDArray[np.bool_]) -> tuple[int, int]:
    """Return the first cell of two actors, or of one with itself if there is none."""
    cells = [(int(i), int(j)) for i, j in np.argwhere(wrong)]
    return next((cell for cell in cells if cell[0] != cell[1]), cells[0])


def outside(wrong: NDArray[np.bool_], values: Floats, table: Positions, due: str) -> Breach | None:
    """Return the first pair that is `wrong`, or None."""
    if not wrong.any():
        return None
    i, j = first_cell(wrong)
    return Breach(due, f"{number(values[i, j])} for {pair(table, i, j)}", table)


def pair(table: Positions, i: int, j: int) -> str:
    """Return two actors as text."""
    return f"{table.actors[i]} with {table.actors[j] if i != j else 'itself'}"


def replaced(table: Positions, **parts: Any) -> Positions:
    """Return positions with other codes, scales or weights; actors and order stay.

    Parameters
    ----------
    **parts
        ``codes``, ``scale`` and ``weights``, as in `Positions.from_codes`.
    """
    kept: dict[str, Any] = {
        "codes": table.codes,
        "scale": [question.scale for question in table.questions],
        "weights": table.weights,
        "actors": table.actors,
    }
    return Positions.from_codes(**kept | parts)
