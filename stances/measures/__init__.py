"""The measures: one visible table of published coefficients over one arithmetic."""

from stances.errors import UnknownMeasureError
from stances.measures.measure import Measure, Parts

__all__ = ["MEASURES", "Measure", "Parts", "find_measure"]

_ALL = (
    Measure(
        "agreement",
        "share of agreement, by distance on ordered scales, by identity on unordered ones",
        "graded",
        "Voeten, E. (2013), Data and Analyses of Voting in the United Nations General Assembly",
    ),
    Measure(
        "exact",
        "share of questions on which both take the same level",
        "nominal",
        "simple (percent) agreement; Scott, W. A. (1955), Public Opinion Quarterly 19, 321-325",
    ),
    Measure(
        "signorino_ritter_s",
        "similarity from -1 (opposite ends everywhere) to 1, not corrected for chance",
        "linear",
        "Signorino, C. S. and Ritter, J. M. (1999), International Studies Quarterly 43, 115-144",
        signed=True,
        range=(-1.0, 1.0),
    ),
    Measure(
        "cohen_kappa",
        "identity beyond what each actor's own habits would give by chance",
        "nominal",
        "Cohen, J. (1960), Educational and Psychological Measurement 20, 37-46",
        chance="own",
        range=(-1.0, 1.0),
    ),
)

MEASURES: dict[str, Measure] = {measure.name: measure for measure in _ALL}


def find_measure(measure: str | Measure) -> Measure:
    """Return a measure by its name; a measure is returned as it is.

    Raises
    ------
    UnknownMeasureError
        If the name is not in `MEASURES`.
    """
    if isinstance(measure, Measure):
        return measure
    if measure not in MEASURES:
        raise UnknownMeasureError(measure, tuple(MEASURES))
    return MEASURES[measure]
