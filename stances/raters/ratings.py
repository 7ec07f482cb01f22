"""Ratings: whatever a table of coders by units is held in, as whole numbers that stand for levels."""

import math
from collections.abc import Sequence
from numbers import Real
from typing import Any, TypeGuard

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances.cells import cells_of
from stances.errors import FieldError, RatingError

MISSING = -1
Floats = NDArray[np.float64]
Level = float | str


@frozen(eq=False)
class Ratings:
    """What some coders gave some units.

    Attributes
    ----------
    codes : ndarray of int, shape (n_coders, n_units)
        Index of the level that a coder gave a unit; -1 where there is none.
    levels : tuple of float or of str
        All levels that could be given, from low to high.
    values : ndarray of float, shape (n_levels,)
        What distances are taken between: the levels themselves if they are numbers, or else 0 to
        n_levels - 1.
    declared : bool
        Whether the order of the levels is known: they are numbers, or were declared.
    """

    codes: NDArray[np.int64]
    levels: tuple[Level, ...]
    values: Floats
    declared: bool = True

    @property
    def n_levels(self) -> int:
        """Number of levels, used or not."""
        return len(self.levels)

    @property
    def counts(self) -> Floats:
        """How many coders gave a unit each level, shape (n_units, n_levels)."""
        given: Floats = (self.codes[..., None] == np.arange(self.n_levels)).sum(axis=0, dtype=np.float64)
        return given

    @property
    def unit_values(self) -> Floats:
        """The values, scaled so that the lowest is 0 and the highest 1."""
        width = self.values[-1] - self.values[0] if self.n_levels else 0.0
        scaled: Floats = (self.values - self.values[0]) / width if width else np.zeros(self.n_levels)
        return scaled

    @classmethod
    def of(cls, ratings: Any, levels: Sequence[Any] | None = None) -> "Ratings":
        """Return ratings in any form as codes.

        Parameters
        ----------
        ratings : array_like or data frame, shape (n_coders, n_units)
            Numbers or texts; missing are None, NaN, what a masked array masks, and what pandas takes
            for missing.
        levels : sequence, optional
            All levels that could be given: numbers, or texts from low to high. Those that occur, in
            numerical or alphabetical order, if left out.

        Raises
        ------
        RatingError
            If a rating is not one of the levels.
        FieldError
            If the ratings are no table, or are neither numbers nor texts.

        Examples
        --------
        >>> Ratings.of([["yes", None, "no"], ["no", "no", "no"]], levels=["no", "abstain", "yes"]).codes
        array([[ 2, -1,  0],
               [ 0,  0,  0]])
        """
        table, missing = _table(ratings)
        given = _uniform("ratings", table[~missing].tolist())
        known = _declared(levels) if levels is not None else tuple(sorted(set(given)))
        index = {level: k for k, level in enumerate(known)}
        for rating in given:
            if rating not in index:
                raise RatingError(rating, known)
        codes = np.full(table.shape, MISSING, dtype=np.int64)
        codes[~missing] = [index[rating] for rating in given]
        are_texts = bool(known) and isinstance(known[0], str)
        values = np.arange(len(known)) if are_texts else np.array(known)
        return cls(codes, known, values.astype(np.float64), levels is not None or not are_texts)


def _table(ratings: Any) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Return ratings as an array of objects, and where they are missing, both (n_coders, n_units)."""
    try:
        table, missing = cells_of(ratings, object)
    except ValueError:  # arrays of different shapes
        table = missing = np.empty(0, dtype=np.bool_)
    if table.ndim != 2:
        raise FieldError("ratings", ratings, "is not a table", "give a row per coder, all of one length")
    return table, missing


def _uniform(field: str, given: Sequence[object]) -> list[Any]:
    """Return levels as floats, or as they are if all are texts."""
    if all(isinstance(rating, str) for rating in given):
        if "" in given:
            raise FieldError(field, "", "is empty", "write None where there is no rating")
        return list(given)
    for rating in given:
        if not _is_real(rating):
            problem = "stands among numbers" if isinstance(rating, str) else "is neither a number nor a text"
            raise FieldError(field, rating, problem)
        if not _is_finite(rating):
            raise FieldError(field, rating, "is not finite")
    return [float(rating) for rating in given if isinstance(rating, Real)]


def _is_real(rating: object) -> TypeGuard[Real]:
    if isinstance(rating, np.timedelta64):  # which numpy calls a whole number
        return False
    return isinstance(rating, Real)


def _is_finite(rating: Real) -> bool:
    try:
        return math.isfinite(rating)
    except OverflowError:  # a whole number or fraction beyond all floats
        return False


def _declared(levels: Sequence[Any]) -> tuple[Level, ...]:
    """Return the declared levels; numbers in their own order."""
    known = _uniform("levels", np.array(levels, dtype=object).tolist())
    if not known or len(set(known)) < len(known):
        raise FieldError("levels", levels, "is empty" if not known else "repeats a level")
    return tuple(known if isinstance(known[0], str) else sorted(known))
