"""How polarized the answers to one question are, by an index that fits its scale."""

from attrs import frozen

from stances.dispersion import leik, polarization, reynal_querol
from stances.ground.standing import Standing
from stances.scales import Scale

VAN_DER_EIJK, LEIK, REYNAL_QUEROL = "van_der_eijk", "leik", "reynal_querol"
REASONS = ("no_level", "one_level")
INDICES = {
    VAN_DER_EIJK: "van der Eijk's polarization",
    LEIK: "Leik's D on two levels",
    REYNAL_QUEROL: "Reynal-Querol's on unordered levels",
}


@frozen
class Polarization:
    """The polarization of the answers to one question.

    Attributes
    ----------
    value : float
        From 0 (all on one level) to 1 (two equal camps, on an ordered scale at its ends); NaN where
        undefined.
    index : str
        ``van_der_eijk`` on three ordered levels or more; ``leik`` on two levels, twice the share of the
        smaller camp, which is van der Eijk's value on a longer scale with halves at its ends alone;
        ``reynal_querol`` on three unordered levels or more. The last has another formula: it falls more
        slowly from its top, so that ranks across indices are rough.
    why : str
        ``no_level`` or ``one_level``: one actor alone cannot be divided; "" where defined.
    """

    value: float
    index: str
    why: str


def index_for(scale: Scale) -> str:
    """Return the name of the index that fits a scale of two levels or more.

    Examples
    --------
    >>> index_for(Scale.parse("no < abstain < yes")), index_for(Scale.parse("red | blue"))
    ('van_der_eijk', 'leik')
    """
    if scale.n_levels == 2:
        return LEIK
    return VAN_DER_EIJK if scale.ordered else REYNAL_QUEROL


def polarization_of(standing: Standing) -> Polarization:
    """Return how polarized the answers to a question are.

    Examples
    --------
    >>> from stances import VOTE, Positions
    >>> from stances.ground.standing import standings
    >>> votes = Positions.from_codes([[2], [2], [0], [0]], scale=VOTE)
    >>> [polarization_of(standing).value for standing in standings(votes)]
    [1.0]
    """
    index = index_for(standing.question.scale)
    if standing.n_spoke < 2:
        return Polarization(float("nan"), index, REASONS[standing.n_spoke])
    formula = {
        VAN_DER_EIJK: polarization,
        LEIK: leik,
        REYNAL_QUEROL: reynal_querol,
    }[index]
    return Polarization(float(formula(standing.frequencies)), index, "")
