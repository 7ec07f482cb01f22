"""What third parties judge of the actors of a wedge: named beside it, and not counted in it."""

from collections.abc import Iterable

from attrs import frozen

from stances.models import Basis, Evidence, Question, Stance
from stances.passages import passage, reading_order
from stances.tables import Grid

HEADER = ("claimed by", "of", "position", "on", "passage", "quote", "in the coder's words")


@frozen
class Claim:
    """A judgement of a third party, by the passage that tells it.

    Attributes
    ----------
    question : Question
        What it is about.
    record : Stance
        Its actor is the one who is judged.
    evidence : Evidence or None
        The passage; None where the record gives none.
    """

    question: Question
    record: Stance
    evidence: Evidence | None

    @property
    def by(self) -> str:
        """Who judges, as far as the record says."""
        speaker = self.evidence.speaker if self.evidence else None
        return speaker or self.record.coder or "not given"

    @property
    def passage(self) -> str:
        """Where it stands."""
        return passage(self.evidence) if self.evidence else "none given"

    def row(self) -> tuple[str, ...]:
        """Return what is printed of it."""
        quote = f'"{self.evidence.quote}"' if self.evidence and self.evidence.quote else "-"
        summary = (self.evidence.summary if self.evidence else None) or "-"
        about = (self.by, self.record.actor, str(self.record.position), self.question.text)
        return (*about, self.passage, quote, summary)


def claims_of(
    records: Iterable[Stance], questions: Iterable[Question], actors: Iterable[str]
) -> tuple[Claim, ...]:
    """Return the assessments of some actors on some questions, one per passage.

    Parameters
    ----------
    records : iterable of Stance
        Of any basis.
    questions : iterable of Question
    actors : iterable of str
        Ids of the member, the bloc and the rival.
    """
    about, who = {question.id: question for question in questions}, set(actors)
    found = []
    for record in records:
        judged = record.basis is Basis.ASSESSMENT and not record.is_silence
        if judged and record.actor in who and record.question in about:
            passages: list[Evidence | None] = [*sorted(record.evidence, key=reading_order)]
            found += [Claim(about[record.question], record, evidence) for evidence in passages or [None]]
    return tuple(found)


def claims_grid(claims: tuple[Claim, ...]) -> Grid:
    """Return the claims with those who make them."""
    title = "Claimed by third parties, and not counted: no position of the actors themselves"
    return Grid(title, HEADER, tuple(claim.row() for claim in claims))
