"""What a measure makes of pair tables."""

from attrs import frozen

from stances.measures.tables import Floats


@frozen(eq=False)
class Parts:
    """The results of a measure for some pairs; all of shape (...), NaN where undefined.

    Attributes
    ----------
    values : ndarray of float
        The measure.
    observed : ndarray of float
        Mean disagreement, in [0, 1]; NaN throughout for correlations.
    expected : ndarray of float
        Disagreement expected by chance; NaN throughout for measures without chance correction.
    weight : ndarray of float
        Weight of the questions that were used.
    """

    values: Floats
    observed: Floats
    expected: Floats
    weight: Floats
