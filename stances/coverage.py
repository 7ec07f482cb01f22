"""What two actors are on record for: both, one of them, neither; and the silences of each."""

from collections.abc import Mapping

import numpy as np
from attrs import frozen

from stances.positions import CODE_NAMES, Codes, Positions


@frozen
class Coverage:
    """How the questions fall between two actors.

    Attributes
    ----------
    both, only_first, only_second, neither : int
        Questions on which both, one of them, or neither took a level; they sum to all questions.
    silences_first, silences_second : mapping of str to int
        Questions on which the actor has no level, by the reason.
    """

    both: int
    only_first: int
    only_second: int
    neither: int
    silences_first: Mapping[str, int]
    silences_second: Mapping[str, int]


def coverage(positions: Positions, first: str, second: str) -> Coverage:
    """Return the coverage of two actors; UnknownActorError if one is not there."""
    one, other = (positions.codes[positions.index(actor)] for actor in (first, second))
    level_one, level_other = one >= 0, other >= 0
    return Coverage(
        both=int((level_one & level_other).sum()),
        only_first=int((level_one & ~level_other).sum()),
        only_second=int((~level_one & level_other).sum()),
        neither=int((~level_one & ~level_other).sum()),
        silences_first=_silences(one),
        silences_second=_silences(other),
    )


def _silences(codes: Codes) -> dict[str, int]:
    return {name: n for code, name in CODE_NAMES.items() if (n := int(np.count_nonzero(codes == code)))}
