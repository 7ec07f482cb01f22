"""The measures: one visible table of published coefficients over one arithmetic."""

from math import inf
from typing import Any

from stances.errors import UnknownMeasureError
from stances.measures import formulas
from stances.measures.measure import Measure
from stances.measures.parts import Parts
from stances.measures.tables import PairSums, PairTable

__all__ = ["MEASURES", "Measure", "PairSums", "PairTable", "Parts", "find_measure"]

_SIGNED = (-1.0, 1.0)
_UNBOUNDED = (-inf, 1.0)  # below -1 with squared distances, or where levels crowd at one end
_BENNETT = "Bennett, Alpert and Goldstein (1954), Public Opinion Quarterly 18, 303-308"
_COHEN_60 = "Cohen, J. (1960), Educational and Psychological Measurement 20, 37-46"
_COHEN_68 = "Cohen, J. (1968), Psychological Bulletin 70, 213-220"
_SCOTT = "Scott, W. A. (1955), Public Opinion Quarterly 19, 321-325"
_GWET = "Gwet, K. L. (2008), British Journal of Mathematical and Statistical Psychology 61, 29-48"
_GWET_14 = "Gwet, K. L. (2014), Handbook of Inter-Rater Reliability, 4th ed., Advanced Analytics"
_KRIPPENDORFF = "Krippendorff, K. (2004), Content Analysis, 2nd ed., Sage, ch. 11"
_SIGNORINO = "Signorino, C. S. and Ritter, J. M. (1999), International Studies Quarterly 43, 115-144"
_HAEGE = "Haege, F. M. (2011), Political Analysis 19, 287-305"
_RESCALED = {
    "whole_weights_repeat": "weights are rescaled to the number of questions: weight is not more data"
}
_MODERATE = {
    "self_agreement": "two identical moderate answers are not full agreement on sides and intensities"
}

_ALL = (
    Measure(
        "agreement",
        "share of agreement, by distance on ordered scales, by identity on unordered ones",
        "Voeten, E. (2013), Data and Analyses of Voting in the United Nations General Assembly",
        misleads="where most questions are one-sided everybody seems to agree with everybody",
        kernel="graded",
    ),
    Measure(
        "exact",
        "share of questions on which both take the same level",
        "simple (percent) agreement; " + _SCOTT,
        misleads="an abstention beside a yes counts as much as a no beside a yes",
        kernel="nominal",
        level="nominal",
    ),
    Measure(
        "signorino_ritter_s",
        "similarity from -1 (opposite ends everywhere) to 1, not corrected for chance",
        _SIGNORINO,
        misleads="where ties or dissent are rare, all pairs come out near 1 (Haege 2011)",
        kernel="linear",
        signed=True,
        range=_SIGNED,
    ),
    Measure(
        "signorino_ritter_s_squared",
        "S with squared distances: small differences matter less",
        _SIGNORINO,
        misleads="as S, and more so: small differences hardly count",
        kernel="squared",
        signed=True,
        range=_SIGNED,
    ),
    Measure(
        "benati_capurri",
        "S minus the S of independent answers with the same margins: 0 is chance",
        "Benati, S. and Capurri, F., chance-corrected S; " + _HAEGE,
        misleads="the greatest value possible depends on the margins: pairs of other habits do not compare",
        formula=formulas.benati_capurri,
        range=(-2.0, 2.0),
        exempt={"self_agreement": "the most that margins allow is less than 1"},
    ),
    Measure(
        "bennett_s",
        "identity beyond what equally likely levels would give by chance",
        _BENNETT,
        misleads="every level that is declared and hardly used raises it",
        kernel="nominal",
        chance="uniform",
        level="nominal",
        range=_SIGNED,
    ),
    Measure(
        "cohen_kappa",
        "identity beyond what each actor's own habits would give by chance",
        _COHEN_60,
        misleads="near zero at high agreement where one level rules; habits that differ raise it",
        kernel="nominal",
        chance="own",
        level="nominal",
        range=_SIGNED,
    ),
    Measure(
        "cohen_kappa_linear",
        "closeness beyond what each actor's own habits would give by chance",
        _COHEN_68,
        misleads="near zero at high agreement where one level rules; habits that differ raise it",
        kernel="linear",
        chance="own",
        range=_SIGNED,
    ),
    Measure(
        "cohen_kappa_quadratic",
        "kappa with squared distances",
        _COHEN_68,
        misleads="close to a correlation: a constant shift between the two hardly lowers it",
        kernel="squared",
        chance="own",
        range=_SIGNED,
    ),
    Measure(
        "scott_pi",
        "identity beyond what the habits of both together would give by chance",
        _SCOTT,
        misleads="near zero or below at high agreement where one level rules",
        kernel="nominal",
        chance="pooled",
        level="nominal",
        range=_SIGNED,
    ),
    Measure(
        "scott_pi_linear",
        "closeness beyond what the habits of both together would give by chance",
        _HAEGE,
        misleads="near zero or below at high agreement where one level rules",
        kernel="linear",
        chance="pooled",
        range=_SIGNED,
    ),
    Measure(
        "scott_pi_quadratic",
        "pi with squared distances",
        _HAEGE,
        misleads="a few differences from end to end outweigh all else",
        kernel="squared",
        chance="pooled",
        range=_SIGNED,
    ),
    Measure(
        "gwet_ac1",
        "identity beyond chance, where only hard questions are answered at random",
        _GWET,
        misleads="every level that is declared and not used raises it; high where one level rules",
        kernel="nominal",
        chance="gwet",
        level="nominal",
        range=_SIGNED,
    ),
    Measure(
        "gwet_ac2_linear",
        "closeness beyond chance, where only hard questions are answered at random",
        _GWET_14,
        misleads="every level that is declared and not used raises it; high where one level rules",
        kernel="linear",
        chance="gwet",
        range=_UNBOUNDED,
    ),
    Measure(
        "gwet_ac2_quadratic",
        "AC2 with squared distances",
        _GWET_14,
        misleads="as with linear weights, and small differences hardly count",
        kernel="squared",
        chance="gwet",
        range=_UNBOUNDED,
    ),
    Measure(
        "krippendorff_alpha",
        "identity beyond chance, corrected for few questions",
        _KRIPPENDORFF,
        misleads="near zero at high agreement where one level rules; one rare answer among few moves it far",
        kernel="nominal",
        chance="without replacement",
        level="nominal",
        range=_SIGNED,
        exempt=_RESCALED,
    ),
    Measure(
        "krippendorff_alpha_ordinal",
        "nearness in rank beyond chance, corrected for few questions",
        _KRIPPENDORFF,
        misleads="distances follow the pair's own answers: one difference weighs otherwise in another pair",
        kernel="ordinal",
        chance="without replacement",
        level="ordinal",
        range=_SIGNED,
        exempt=_RESCALED,
    ),
    Measure(
        "krippendorff_alpha_interval",
        "closeness (squared) beyond chance, corrected for few questions",
        _KRIPPENDORFF,
        misleads="a few differences from end to end outweigh all else",
        kernel="squared",
        chance="without replacement",
        range=_SIGNED,
        exempt=_RESCALED,
    ),
    Measure(
        "kendall_tau_b",
        "whether the two rank the questions alike; association, not agreement",
        "Kendall, M. G. (1945), Biometrika 33, 239-251",
        misleads="1 for two who never take the same level but rank alike; undefined if one does not vary",
        formula=formulas.kendall_tau_b,
        level="ordinal",
        range=_SIGNED,
    ),
    Measure(
        "pearson",
        "whether the two go up and down together; association, not agreement",
        "Pearson, K. (1896), Philosophical Transactions of the Royal Society A 187, 253-318",
        misleads="1 for two who never take the same level but move alike; undefined if one does not vary",
        formula=formulas.pearson,
        range=_SIGNED,
    ),
    Measure(
        "euclidean",
        "1 minus the root of the mean squared distance: one large difference weighs most",
        "Mendez, F. (2012), Policy & Internet 4(2), art. 3",
        misleads="one difference from end to end outweighs many small ones; not additive over questions",
        formula=formulas.euclidean,
        distance=True,
    ),
    Measure(
        "directional",
        "whether both stand on the same side, the more so the further from the middle",
        "Rabinowitz, G. and Macdonald, S. E. (1989), American Political Science Review 83, 93-121",
        misleads="two moderates of one side never agree fully, and the middle half agrees with everybody",
        kernel="directional",
        exempt=_MODERATE,
    ),
    Measure(
        "hybrid",
        "mean of graded agreement and direction",
        "Mendez, F. (2012), Policy & Internet 4(2), art. 3",
        misleads="one number for two ideas; identical moderates stay below 1",
        kernel="hybrid",
        exempt=_MODERATE,
    ),
)

MEASURES: dict[str, Measure] = {measure.name: measure for measure in _ALL}


def find_measure(measure: Any) -> Measure:
    """Return a measure by its name, or made of a kernel or a function; a measure as it is.

    Raises
    ------
    UnknownMeasureError
        If the name is not in `MEASURES`.
    KernelError
        If an array is no kernel.
    """
    if isinstance(measure, Measure):
        return measure
    if not isinstance(measure, str):
        return Measure.of(measure)
    if measure not in MEASURES:
        raise UnknownMeasureError(measure, tuple(MEASURES))
    return MEASURES[measure]
