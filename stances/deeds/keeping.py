"""words_and_deeds: an actor is compared with itself, what it said with what it did."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from stances.comparison import Side
from stances.dataset import Dataset
from stances.deeds.bases import by_basis, rules_of
from stances.deeds.report import Account, Gap, WordsAndDeeds
from stances.matrices import agreement_matrix, divergence_matrix, interval_of
from stances.models import Question, Source
from stances.positions import CONFLICT, Origin, Positions
from stances.uncertainty import Interval

Codes = NDArray[np.int8]


def words_and_deeds(
    data: Dataset, actor: str | None = None, interval: float | None = None, **rules: Any
) -> WordsAndDeeds:
    """Return every question on which an actor has both a word and a deed, and how far they are apart.

    Words and deeds are resolved separately, by the same rules. The gap is the distance of the two
    levels on the question's scale, as `agreement` takes it: an actor is compared with itself.

    Parameters
    ----------
    data : Dataset
        Positions no longer tell a word from a deed.
    actor : str, optional
        Only this one; all by default.
    interval : float, optional
        Nominal coverage in (0, 1), such as 0.95: an interval of each mean gap. It imagines that the
        questions are drawn anew, which hand-picked questions are not.
    **rules
        How records become positions; see `Dataset.positions`. ``basis`` and ``prefer`` are settled.

    Returns
    -------
    WordsAndDeeds
        An account per actor, and a gap per question. Questions of weight 0 and scales of a single
        level do not count, as in a matrix.

    Raises
    ------
    NeedsDatasetError
        If `data` are Positions.
    UnknownActorError
        If the actor is not there.
    FieldError
        If a rule names a basis, or the interval makes no sense.

    Examples
    --------
    >>> import stances
    >>> kept = words_and_deeds(stances.load("paris-beijing-2025"), "CHN")
    >>> [(gap.question.id, gap.word.position, gap.deed.position, gap.gap) for gap in kept.gaps]
    [('open-chinese-market', 'supportive', 'opposed', 0.5)]
    """
    request = interval_of(interval, "influence", None, 1000, None)
    words, deeds = by_basis(data, rules, actor)
    rows = [_Row(words, deeds, i) for i in range(words.n_actors)]
    gaps = tuple(gap for row in rows for gap in row.gaps())
    return WordsAndDeeds(
        accounts=tuple(row.account(request) for row in rows),
        gaps=gaps,
        interval=request,
        name=words.origin.name,
        rules=rules_of(words),
        sources=_named(data.sources, gaps),
        origin=words.origin,
    )


def _named(sources: tuple[Source, ...], gaps: tuple[Gap, ...]) -> tuple[Source, ...]:
    """Return the sources that the evidence names."""
    records = [record for gap in gaps for side in (gap.word, gap.deed) for record in side.records]
    named = {e.source for record in records for e in record.evidence}
    return tuple(source for source in sources if source.id in named)


class _Row:
    """The words and the deeds of one actor."""

    def __init__(self, words: Positions, deeds: Positions, row: int) -> None:
        self.tables, self.row = (words, deeds), row
        self.actor = words.actors[row]
        self.words: Codes = words.codes[row]
        self.deeds: Codes = deeds.codes[row]
        counts = np.array([q.weight > 0 and q.scale.n_levels > 1 for q in words.questions], dtype=np.bool_)
        self.both = np.flatnonzero((self.words >= 0) & (self.deeds >= 0) & counts)

    def account(self, interval: Interval | None) -> Account:
        """Return the summary: mean gap and share kept, by the matrix of the actor with itself."""
        ids = (f"{self.actor} (word)", f"{self.actor} (deed)")
        codes = np.stack([self.words, self.deeds])[:, self.both]
        pair = Positions(ids, [self.tables[0].questions[j] for j in self.both], codes, Origin("pair"))
        apart = divergence_matrix(pair, interval=interval.level if interval else None).cell(*ids)
        lower, higher = ((np.sign(codes[1] - codes[0]) == sign) & self._ordered for sign in (-1, 1))
        return Account(
            actor=self.actor,
            n_words=int((self.words >= 0).sum()),
            n_deeds=int((self.deeds >= 0).sum()),
            n_both=len(self.both),
            mean_gap=apart.value,
            lower=apart.lower,
            upper=apart.upper,
            share_kept=agreement_matrix(pair, "exact").cell(*ids).value,
            n_deed_lower=int(lower.sum()),
            n_deed_higher=int(higher.sum()),
            conflicts=self._conflicts(),
            why=apart.why,
        )

    @property
    def _ordered(self) -> NDArray[np.bool_]:
        return np.array([self.tables[0].questions[j].scale.ordered for j in self.both], dtype=np.bool_)

    def _conflicts(self) -> tuple[str, ...]:
        """Return the questions on which the words, or the deeds, differ among themselves."""
        differ = (self.words == CONFLICT) | (self.deeds == CONFLICT)
        return tuple(self.tables[0].questions[j].id for j in np.flatnonzero(differ))

    def gaps(self) -> list[Gap]:
        """Return the questions with both; their contributions add up to the mean gap."""
        questions = [self.tables[0].questions[j] for j in self.both]
        largest = max((question.weight for question in questions), default=1.0)
        weights = [question.weight / largest for question in questions]
        total = sum(weights)
        return [
            self._gap(int(j), question, weight / total)
            for j, question, weight in zip(self.both, questions, weights, strict=True)
        ]

    def _gap(self, j: int, question: Question, share: float) -> Gap:
        word, deed = (
            Side(self.actor, table.text(self.row, j), table.origin.records.get((self.actor, question.id), ()))
            for table in self.tables
        )
        places = question.scale.unit_values
        step = places[self.deeds[j]] - places[self.words[j]]
        if not question.scale.ordered:
            step = float("nan") if self.words[j] != self.deeds[j] else 0.0
        gap = 1.0 if step != step else abs(step)
        return Gap(self.actor, question, word, deed, gap, step, share * gap)
