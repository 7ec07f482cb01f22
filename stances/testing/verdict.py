"""Checking a measure, or any other comparison of positions, by every law."""

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from stances.errors import BrokenLaw, BrokenLawError, ChoiceError
from stances.measures import find_measure
from stances.printable import Listing
from stances.scales import Scale
from stances.strategies.engine import st
from stances.testing.laws import FIRST, LAWS
from stances.testing.search import smallest_breach
from stances.testing.subject import Compare, Range, Subject, of_comparison, of_measure

MEASURED = ("nominal", "ordinal", "interval")


def check_measure(
    measure: Any,
    *,
    scales: st.SearchStrategy[Scale] | None = None,
    level: str | None = None,
    range: Range | None = None,
    exempt: Mapping[str, str] | None = None,
) -> Listing:
    """Check that a measure obeys the laws of all measures.

    Each law is tried on as many examples as the Hypothesis profile says (100 by default), always
    the same ones. The measure is called on pair tables as they are counted, not through a matrix,
    which would hide that it is not symmetric.

    Parameters
    ----------
    measure : str, Measure, array_like or callable
        Whatever `agreement_matrix` takes: a name, a measure, a kernel of shape
        (n_levels, n_levels), or a function of the pair table.
    scales : strategy of Scale, optional
        Of the questions it can compare; by default all that its kind of measure can. A function
        that knows one scale only needs ``st.just(scale)``.
    level : {"nominal", "ordinal", "interval"}, optional
        What it takes from a scale. By default what the measure says; a kernel and a function of
        your own claim nothing, and the laws about levels are then left out.
    range : tuple of float, optional
        Lowest and highest value; by default what the measure says, and any for a function.
    exempt : mapping of str to str, optional
        Laws that it need not obey, and why; in addition to the measure's own.

    Returns
    -------
    Listing
        The laws, and which of them held.

    Raises
    ------
    BrokenLawError
        If it breaks a law: all that it breaks, each with the smallest positions that were found.
    ChoiceError
        If there is no such level or law.

    Examples
    --------
    >>> def lopsided(table):
    ...     return table[..., 0, 1:].sum(axis=-1) / table.sum(axis=(-1, -2))
    >>> check_measure(lopsided)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    stances.errors.laws.BrokenLawError: 'lopsided' breaks 2 of 14 laws
    <BLANKLINE>
    symmetry: A agrees with B exactly as B agrees with A.
        due: 1 for a1 with a2
        got: 0 the other way round
    ...
    """
    found = find_measure(measure)
    subject = of_measure(found if range is None else evolve(found, range=range))
    return _checked(_told(subject, scales, level, range, exempt))


def check_comparison(
    compare: Compare,
    *,
    scales: st.SearchStrategy[Scale] | None = None,
    level: str | None = None,
    range: Range | None = None,
    exempt: Mapping[str, str] | None = None,
) -> Listing:
    """Check that a function of your own obeys the laws of all comparisons.

    Parameters
    ----------
    compare : callable
        From Positions to values of shape (n_actors, n_actors), NaN where undefined: a pipeline of
        your own.
    scales : strategy of Scale, optional
        Of the questions it can compare; ``VOTE`` and ``SUPPORT`` by default.
    level, range, exempt
        As in `check_measure`; nothing is claimed by default.

    Returns
    -------
    Listing
        The laws, and which of them held.

    Raises
    ------
    BrokenLawError
        If it breaks a law.
    ChoiceError
        If there is no such level or law.

    Examples
    --------
    >>> from stances import agreement_matrix
    >>> print(check_comparison(lambda positions: agreement_matrix(positions, "exact").values))
    ... # doctest: +ELLIPSIS
    14 laws held for '<lambda>'
    ...
    """
    return _checked(_told(of_comparison(compare), scales, level, range, exempt))


def _told(
    subject: Subject,
    scales: st.SearchStrategy[Scale] | None,
    level: str | None,
    range: Range | None,
    exempt: Mapping[str, str] | None,
) -> Subject:
    """Return a subject with what its author says of it."""
    if level is not None and level not in MEASURED:
        raise ChoiceError("level", level, MEASURED)
    for name in exempt or ():
        if name not in LAWS:
            raise ChoiceError("law", name, tuple(LAWS))
    return evolve(
        subject,
        scales=subject.scales if scales is None else scales,
        level=subject.level if level is None else level,
        range=subject.range if range is None else range,
        exempt={**subject.exempt, **(exempt or {})},
    )


def _checked(subject: Subject) -> Listing:
    """Return the verdicts on all laws, or raise the breaches."""
    verdicts: dict[str, str] = {}
    broken: list[BrokenLaw] = []
    for name, law in LAWS.items():
        spared = law.spared(subject)
        breach = None if spared else smallest_breach(law, subject)
        verdicts[name] = f"left out: {spared}" if spared else "held"
        broken += [breach] if breach is not None else []
        if broken and name in FIRST:
            break
    held = sum(verdict == "held" for verdict in verdicts.values())
    if broken:
        raise BrokenLawError(subject.name, tuple(broken), held)
    columns = {"law": list(verdicts), "verdict": list(verdicts.values())}
    return Listing(f"{held} laws held for {subject.name!r}", columns)
