"""What the page lets its reader choose: all questions or an issue, a basis, a year; and the measure."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from itertools import product
from typing import Any

import numpy as np
from attrs import frozen

from stances.dataset import Dataset
from stances.errors import FieldError, UnorderedScaleError
from stances.matrices import AnyMeasure, positions_of
from stances.measures import Measure, find_measure
from stances.models import Basis
from stances.positions import Positions
from stances.silence import Policy, find_policy
from stances.slices import names_of

Narrow = Callable[[Positions], Positions]

# Plain agreement, and the same kernel beyond chance in two ways that err on opposite sides: pi falls
# where nearly all take one level, as in the General Assembly, and AC2 rises there. The nominal ones
# stand in for them where levels have no order.
DEFAULT_MEASURES = (("agreement",), ("scott_pi_linear", "scott_pi"), ("gwet_ac2_linear", "gwet_ac1"))


@frozen
class Slice:
    """Questions of an issue and a year, by records of a basis; "" stands for all.

    Attributes
    ----------
    issue, basis, year : str
    positions : Positions
    """

    issue: str
    basis: str
    year: str
    positions: Positions

    @property
    def key(self) -> tuple[str, str, str]:
        """Issue, basis and year."""
        return self.issue, self.basis, self.year


def by_basis(data: Dataset | Positions, narrow: Narrow, rules: Mapping[str, Any]) -> dict[str, Positions]:
    """Return the positions under the rules as "", and those of words, deeds and assessments alone.

    A basis has positions of its own only where it brings a level, and says something else than all
    together; and none has where the rules name what counts.
    """
    whole = narrow(positions_of(data, dict(rules)))
    found = {"": whole}
    if not isinstance(data, Dataset) or "basis" in rules:
        return found
    others = {name: rule for name, rule in rules.items() if name != "prefer"}
    for basis in Basis:
        alone = narrow(data.positions(**others, basis=basis.value))
        if (alone.codes >= 0).any() and not np.array_equal(alone.codes, whole.codes):
            found[basis.value] = alone
    return found


def slices_of(bases: Mapping[str, Positions]) -> list[Slice]:
    """Return the whole, then what is cut in one way, in two and in three; only where someone took a level."""
    whole = bases[""]
    years = sorted({year for question in whole.questions for year in names_of(question, "year")})
    ways = product(("", *whole.issues), bases, ("", *(years if len(years) > 1 else ())))
    keys = sorted(ways, key=lambda key: sum(part != "" for part in key))
    found = (Slice(issue, basis, year, _cut(bases[basis], issue, year)) for issue, basis, year in keys)
    return [part for k, part in enumerate(found) if not k or (part.positions.codes >= 0).any()]


def _cut(positions: Positions, issue: str, year: str) -> Positions:
    keep = [
        (not issue or issue in question.issues) and (not year or year in names_of(question, "year"))
        for question in positions.questions
    ]
    subject = " · ".join(filter(None, (positions.origin.subject, issue, year)))
    return positions.take(np.array(keep, dtype=np.bool_)).about(subject) if issue or year else positions


def measures_for(
    positions: Positions, asked: Iterable[AnyMeasure] | None, silence: str
) -> tuple[Measure, ...]:
    """Return the measures that were asked for, or those of the default that suit scales and policy."""
    if asked is not None:
        return _distinct(asked)
    found = (_first_fitting(positions, names, find_policy(silence)) for names in DEFAULT_MEASURES)
    return tuple(measure for measure in found if measure is not None)


def _distinct(asked: Iterable[AnyMeasure]) -> tuple[Measure, ...]:
    """Return measures, each once, as they are chosen and kept by their names."""
    found: dict[str, Measure] = {}
    for measure in map(find_measure, (asked,) if isinstance(asked, str) else asked):
        if found.setdefault(measure.name, measure) is not measure:
            advice = "name each, as by attrs.evolve(Measure.of(kernel), name='mine')"
            raise FieldError("measures", measure.name, "names two of them", advice)
    if not found:
        raise FieldError("measures", asked, "names none", "leave it out for the default")
    return tuple(found.values())


def _first_fitting(positions: Positions, names: tuple[str, ...], policy: Policy) -> Measure | None:
    """Return the first measure that the scales allow, if the policy allows it too."""
    for measure in map(find_measure, names):
        if policy in (Policy.HALF, Policy.BOUNDS) and not measure.is_linear:
            return None
        with suppress(UnorderedScaleError):
            for scale, _ in positions.by_scale:
                measure.check(scale)
            return measure
    return None
