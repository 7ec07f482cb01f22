"""How far coders agree on some units, and how one coder stands among the others."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from attrs import frozen

from stances.codings.units import Unit
from stances.dataset import Dataset
from stances.positions import CONFLICT
from stances.raters import Ratings, pooled
from stances.raters.coefficients import gwet_chance, no_chance, parts_of
from stances.raters.krippendorff import alpha_parts
from stances.scales import Scale


@frozen
class Reliability:
    """How far coders agree on some units.

    Attributes
    ----------
    kind : str
        ``question``, ``issue`` or ``all``.
    id : str
        Of the question or issue; empty for all.
    n_coders : int
        Coders who recorded anything on these units.
    n_units : int
        Units that anybody coded: an actor on a question in a source.
    n_shared : int
        Those to which two coders or more gave a level. All coefficients rest on these.
    n_disagreements : int
        Shared units on which two coders gave different levels.
    n_silence_disputes : int
        Units on which a coder recorded a silence, and another a level or another silence. The
        coefficients do not count them.
    n_omissions, n_due : int
        Codings that are missing, out of those that would be there if all coders at work on a source had
        coded each of its units. The coefficients do not count them.
    percent_agreement : float
        Share of pairs of coders who gave a unit the same level, 0 to 1.
    krippendorff_alpha : float
        Ordinal on ordered scales, nominal on others. At most 1; 0 is chance.
    gwet_ac : float
        AC2 with ordinal weights on ordered scales, AC1 on others. At most 1; 0 is chance.
    level : str
        Level of measurement of both: ``ordinal``, ``nominal``, or both where scales are mixed.
    why : str
        Why alpha is NaN: ``no_shared_units``; ``no_variation``, as all levels given are the same. ""
        where it is defined. The other two are NaN without shared units only, AC also on a scale of a
        single level.
    """

    kind: str
    id: str
    n_coders: int
    n_units: int
    n_shared: int
    n_disagreements: int
    n_silence_disputes: int
    n_omissions: int
    n_due: int
    percent_agreement: float
    krippendorff_alpha: float
    gwet_ac: float
    level: str
    why: str


def reliability_of(units: Sequence[Unit], kind: str = "all", id: str = "") -> Reliability:
    """Return how far coders agree on some units; levels of different scales are pooled by disagreement."""
    tables = tuple(_ratings(units))
    alpha = pooled(alpha_parts(ratings, level) for ratings, level in tables)
    weights = {"ordinal": "ordinal", "nominal": "identity"}
    gwet = pooled(parts_of(ratings, weights[level], gwet_chance) for ratings, level in tables)
    percent = pooled(parts_of(ratings, "identity", no_chance) for ratings, _ in tables)
    omissions = sum(len(unit.omitted_by) for unit in units)
    return Reliability(
        kind,
        id,
        n_coders=len({coding.coder for unit in units for coding in unit.codings}),
        n_units=len(units),
        n_shared=sum(unit.is_pairable for unit in units),
        n_disagreements=sum(unit.has_disagreement for unit in units),
        n_silence_disputes=sum(unit.has_silence_dispute for unit in units),
        n_omissions=omissions,
        n_due=omissions + sum(len(unit.codings) for unit in units),
        percent_agreement=percent.value,
        krippendorff_alpha=alpha.value,
        gwet_ac=gwet.value,
        level=", ".join(sorted({level for _, level in tables})),
        why=alpha.why,
    )


def _ratings(units: Iterable[Unit]) -> Iterable[tuple[Ratings, str]]:
    """Yield the levels given on each scale, coders by units, with the level of measurement."""
    by_scale: dict[Scale, list[Unit]] = {}
    for unit in units:
        by_scale.setdefault(unit.question.scale, []).append(unit)
    for scale, own in by_scale.items():
        coders = {coder: i for i, coder in enumerate(sorted({c for unit in own for c in unit.levels}))}
        codes = np.full((len(coders), len(own)), -1, dtype=np.int64)
        for j, unit in enumerate(own):
            for coder, code in unit.levels.items():
                codes[coders[coder], j] = code
        values = np.array(scale.unit_values)
        yield Ratings(codes, scale.levels, values, scale.ordered), "ordinal" if scale.ordered else "nominal"


@frozen
class CoderSummary:
    """One coder among the others.

    Attributes
    ----------
    coder : str
    n_records : int
        Stances that name the coder.
    n_levels, n_silences, n_conflicts : int
        Units to which the coder gave a level or a silence, or on which the coder's own records differ.
    n_omissions : int
        Units of the coder's sources that others coded and the coder did not.
    n_alone : int
        Units that nobody else coded.
    n_compared : int
        Levels of other coders that the coder's levels can be compared with.
    agreement : float
        Share of those that are the same, 0 to 1; NaN where there are none.
    """

    coder: str
    n_records: int
    n_levels: int
    n_silences: int
    n_conflicts: int
    n_omissions: int
    n_alone: int
    n_compared: int
    agreement: float


def coder_summaries(data: Dataset, units: Sequence[Unit]) -> tuple[CoderSummary, ...]:
    """Return one summary per coder, by name."""
    records = Counter(stance.coder for stance in data.stances if stance.coder)
    tallies = {coder: Counter[str]() for coder in sorted(map(str, records))}
    for unit in units:
        _tally(unit, tallies)
    return tuple(_summary(coder, records[coder], tally) for coder, tally in tallies.items())


def _summary(coder: str, n_records: int, tally: Counter[str]) -> CoderSummary:
    return CoderSummary(
        coder,
        n_records,
        n_levels=tally["levels"],
        n_silences=tally["silences"],
        n_conflicts=tally["conflicts"],
        n_omissions=tally["omissions"],
        n_alone=tally["alone"],
        n_compared=tally["compared"],
        agreement=tally["same"] / tally["compared"] if tally["compared"] else np.nan,
    )


def _tally(unit: Unit, tallies: dict[str, Counter[str]]) -> None:
    """Count one unit for every coder."""
    given = Counter(unit.levels.values())
    for coding in unit.codings:
        tally = tallies[coding.coder]
        tally["alone"] += len(unit.codings) == 1
        if coding.code >= 0:
            tally.update(levels=1, compared=given.total() - 1, same=given[coding.code] - 1)
        else:
            tally["conflicts" if coding.code == CONFLICT else "silences"] += 1
    for coder in unit.omitted_by:
        tallies[coder]["omissions"] += 1
