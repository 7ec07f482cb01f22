"""Where positions come from: the data, the rules, and the records behind each cell."""

from collections.abc import Mapping

from attrs import field, frozen

from stances.models import Stance


@frozen
class Origin:
    """Where positions come from, for captions and explanations.

    Attributes
    ----------
    name : str
        The dataset.
    rules : str
        The rules by which records became positions, as a caption says them.
    subject : str
        The issues, year or session it was cut down to; empty for the whole.
    records : mapping of (actor, question) to tuple of Stance
        What each cell rests on; empty for positions that were read as codes.
    counted : bool
        Whether only counts of pairs are known, and so there are no questions.
    """

    name: str = "positions"
    rules: str = ""
    subject: str = ""
    records: Mapping[tuple[str, str], tuple[Stance, ...]] = field(factory=dict, repr=False)
    counted: bool = False
