"""What can be wrong with counts, and with the parts that they come from."""

from typing import ClassVar

from attrs import define

from stances.errors.base import StancesError, shown


@define
class QuestionInTwoPartsError(StancesError, ValueError):
    """Rows of one question lie in two parts, whose counts would not add up to those of the whole.

    Attributes
    ----------
    question : str
    parts : tuple of str
        Two of the parts that it lies in.
    """

    code: ClassVar[str] = "S390"
    question: str
    parts: tuple[str, str]

    @property
    def reason(self) -> str:
        first, second = self.parts
        return (
            f"question {shown(self.question)} has rows in {first} and in {second}, "
            "and counts add up over questions, not over rows"
        )

    @property
    def hint(self) -> str:
        return "pass shuffle=True, or write all rows of a question to one part"


@define
class OnlyCountsError(StancesError, LookupError):
    """A matrix that was made of counts was asked for what only positions tell.

    Attributes
    ----------
    asked : str
        What was asked for: ``coverage``.
    """

    code: ClassVar[str] = "S391"
    asked: str

    @property
    def reason(self) -> str:
        return f"this matrix was made of counts, which do not tell {self.asked}"

    @property
    def hint(self) -> str:
        return "read the positions of these actors, with from_table, and compare them"
