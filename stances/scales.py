"""Scales: the levels a position can take, declared and never inferred from the data."""

import math
import re
from itertools import pairwise

from attrs import field, frozen

from stances import validators as check
from stances.errors import FieldError

RESERVED = ("silent", "absent", "not_eligible", "no_record")
MAX_LEVELS = 127  # one signed byte holds every code


def _value(value: object) -> float:
    return check.number("values", value, -math.inf)


def _values(value: object) -> tuple[float, ...] | None:
    return None if value is None else check.items("values", value, _value)


def _name(levels: tuple[str, ...]) -> str:
    """Return an id made of the labels."""
    return re.sub(r"[^A-Za-z0-9._:]+", "-", "-".join(levels)).strip("-") or "declared"


@frozen
class Scale:
    """The levels that positions on a question can take, from low to high.

    Attributes
    ----------
    id : str
        ASCII letters, digits and ``._:-``.
    levels : tuple of str
        Labels, in order; 1 to 127 of them, none a reserved word for a silence.
    values : tuple of float or None
        Strictly increasing numbers, one per level; None stands for 0 to n_levels - 1. Graded
        measures take distances between them, scaled to [0, 1].
    ordered : bool
        Whether the order of the levels means anything.

    Raises
    ------
    FieldError
        If the levels repeat, use a reserved word, or do not match the values.

    Examples
    --------
    >>> Scale("vote", levels=["no", "abstain", "yes"]).unit_values
    (0.0, 0.5, 1.0)
    """

    id: str = field(converter=lambda v: check.identifier("scale", v))
    levels: tuple[str, ...] = field(converter=lambda v: check.items("levels", v, check.label, "level"))
    values: tuple[float, ...] | None = field(default=None, converter=_values)
    ordered: bool = field(default=True, converter=lambda v: check.flag("ordered", v))

    def __attrs_post_init__(self) -> None:
        if not 1 <= len(self.levels) <= MAX_LEVELS:
            raise FieldError("levels", self.levels, f"has not between 1 and {MAX_LEVELS} labels")
        if len(set(self.levels)) < len(self.levels):
            raise FieldError("levels", self.levels, "repeats a label")
        for word in RESERVED:
            if word in self.levels:
                raise FieldError("level", word, "is reserved for a silence", "choose another label")
        if self.values is not None:
            self._check_values(self.values)

    def _check_values(self, values: tuple[float, ...]) -> None:
        if len(values) != len(self.levels):
            raise FieldError("values", values, f"does not match the {len(self.levels)} levels")
        if any(low >= high for low, high in pairwise(values)):
            raise FieldError("values", values, "does not increase strictly")
        if not math.isfinite(values[-1] - values[0]):
            raise FieldError("values", values, "spans more than a number can hold")

    @property
    def n_levels(self) -> int:
        """Number of levels."""
        return len(self.levels)

    @property
    def unit_values(self) -> tuple[float, ...]:
        """Values of the levels, scaled so that the lowest is 0 and the highest 1."""
        values = self.values or tuple(float(k) for k in range(self.n_levels))
        width = values[-1] - values[0]
        return tuple((value - values[0]) / width if width else 0.0 for value in values)

    @property
    def middle(self) -> int | None:
        """Index of the level exactly halfway between the ends; None where there is none."""
        if not self.ordered:
            return None
        halfway = [k for k, value in enumerate(self.unit_values) if abs(value - 0.5) < 1e-12]
        return halfway[0] if halfway else None

    @classmethod
    def parse(cls, text: str) -> "Scale":
        """Return the scale that a short text declares.

        Parameters
        ----------
        text : str
            ``vote``, ``support``, or labels between ``<`` (ordered) or ``|`` (unordered).

        Examples
        --------
        >>> Scale.parse("against < open < for").levels
        ('against', 'open', 'for')
        """
        for scale in (VOTE, SUPPORT):
            if text == scale.id:
                return scale
        bar = "<" if "<" in text else "|"
        if bar not in text:
            raise FieldError(
                "scale", text, "declares no levels", 'write vote, support, or "low < middle < high"'
            )
        levels = tuple(part.strip() for part in text.split(bar))
        return cls(_name(levels), levels, ordered=bar == "<")

    def __str__(self) -> str:
        return f"{self.id}: {(' < ' if self.ordered else ' | ').join(self.levels)}"


VOTE = Scale("vote", ("no", "abstain", "yes"))
SUPPORT = Scale("support", ("strongly opposed", "opposed", "mixed", "supportive", "strongly supportive"))
