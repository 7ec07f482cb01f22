"""What the page says first: plain sentences, in which nothing thin is ranked."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances.captions import THIN, supported
from stances.dataset import Dataset
from stances.matrix import Matrix
from stances.models import Basis
from stances.overview import ranked
from stances.positions import ABSENT, NOT_ELIGIBLE, SILENT, Positions
from stances.printable import rounded
from stances.report.names import Names
from stances.report.records import Account
from stances.report.texts import count, listed

SAME = 1e-9  # values nearer to each other differ by the order of a sum alone


@frozen
class Fact:
    """One thing to know.

    Attributes
    ----------
    about : str
        A word or two.
    says : str
        A sentence or two.
    """

    about: str
    says: str


class Summary:
    """The facts about a table, its matrix and its records."""

    def __init__(
        self,
        data: Dataset | Positions,
        matrix: Matrix,
        names: Names,
        accounts: Sequence[Account],
    ) -> None:
        self.data, self.matrix, self.names = data, matrix, names
        self.positions = matrix.positions
        self.accounts = accounts

    def facts(self) -> tuple[Fact, ...]:
        """Return what is to be known, in this order."""
        found = {
            "Agreement": self._agreement(),
            "Support": self._support(),
            "Evidence": self._evidence(),
            "Silence": self._silence(),
            "Conflicts": self._conflicts(),
            "Not known": self._unknown(),
        }
        told = {about: " ".join(sentences) for about, sentences in found.items()}
        return tuple(Fact(about, says) for about, says in told.items() if says)

    def _agreement(self) -> Iterator[str]:
        order = ranked(self.matrix)
        if not len(order):
            yield f"No two actors share {THIN} questions or more, so no pair is called nearest or furthest."
            yield from self._thin_values()
            return
        values = self.matrix.values[order[:, 0], order[:, 1]]
        nearest, furthest = (np.isclose(values, end, rtol=0, atol=SAME) for end in values[[0, -1]])
        if nearest.all():
            yield from self._at_one_value(order)
            return
        yield f"Nearest, by {self.matrix.measure.name}: {self._pairs(order[nearest])}."
        yield f"Furthest: {self._pairs(order[furthest])}."

    def _at_one_value(self, order: NDArray[np.intp]) -> Iterator[str]:
        name, n = self.matrix.measure.name, len(order)
        if n == 1:
            yield f"One pair alone rests on enough, by {name}: {self._pairs(order)}."
        else:
            value = rounded(float(self.matrix.values[tuple(order[0])]))
            yield f"All {n:,} pairs that rest on enough stand at the same value: {name} {value}."

    def _thin_values(self) -> Iterator[str]:
        rows, columns = np.triu_indices(len(self.matrix.actors), 1)
        thin = ~np.isnan(self.matrix.values[rows, columns])
        pairs = np.stack([rows[thin], columns[thin]], axis=1)
        if len(pairs):
            yield f"What there is, to read rather than to rank: {self._pairs(pairs)}."

    def _pairs(self, pairs: NDArray[np.intp]) -> str:
        return listed([self._pair(i, j) for i, j in pairs.tolist()])

    def _pair(self, i: int, j: int) -> str:
        n, value = int(self.matrix.n_shared[i, j]), rounded(float(self.matrix.values[i, j]))
        names = " – ".join(self.names.actor(self.matrix.actors[k]) for k in (i, j))
        return f"{names} {supported(value, n)}"

    def _support(self) -> Iterator[str]:
        below = np.tril_indices(len(self.matrix.actors), -1)
        shared = self.matrix.n_shared[below]
        if not shared.size:
            yield f"There {'is one actor' if len(self.matrix.actors) else 'are no actors'}, and so no pair."
            return
        enough, none = int((shared >= THIN).sum()), int((shared == 0).sum())
        yield (
            f"Of {count(shared.size, 'pair')} of actors, {_share(enough)} {THIN} questions or more, "
            f"{_share(shared.size - enough - none)} fewer, and {_share(none)} none."
        )
        if shared.size - enough - none:
            yield f"A value on fewer than {THIN} stands in brackets: a list to read, not a score."

    def _evidence(self) -> Iterator[str]:
        levels = int((self.positions.codes >= 0).sum())
        if not isinstance(self.data, Dataset):
            cells = self.positions.codes.size
            share = f" ({100 * levels / cells:.0f} %)" if cells else ""
            yield f"Read as codes: a level in {levels:,} of {cells:,} places of actor and question{share}."
            return
        taken = [stance for stance in self.data.stances if not stance.is_silence]
        kinds = {Basis.WORD: "word", Basis.DEED: "deed", Basis.ASSESSMENT: "assessment by a third party"}
        several = {Basis.ASSESSMENT: "assessments by third parties"}
        parts = [
            count(n, noun, several.get(basis, ""))
            for basis, noun in kinds.items()
            if (n := sum(stance.basis is basis for stance in taken))
        ]
        passages = sum(len(stance.evidence) for stance in taken)
        if taken:
            behind = f"{count(passages, 'passage')} behind them"
            yield f"{count(len(taken), 'record')} of a position: {listed(parts)}; {behind}."
        inferred = sum(stance.inferred for stance in taken)
        if inferred:
            yield f"{inferred:,} of them {'was' if inferred == 1 else 'were'} read between the lines."

    def _silence(self) -> Iterator[str]:
        told = [
            f"{self.names.actor(actor)} left {count(n, 'call')} of {self.names.actor(by)} unanswered"
            for (actor, by), n in self._calls().items()
        ]
        if told:
            yield f"{listed(told)}."
        reasons = self._reasons()
        if reasons:
            yield f"In the table: {listed(reasons, 4)}. None of these is a neutral answer."

    def _calls(self) -> Counter[tuple[str, str]]:
        """Return on how many questions of the table an actor is silent, or absent, though another asked."""
        positions, asked = self.positions, Counter[tuple[str, str]]()
        for i, j in np.argwhere(np.isin(positions.codes, (SILENT, ABSENT))).tolist():
            actor, question = positions.actors[i], positions.questions[j].id
            records = positions.origin.records.get((actor, question), ())
            asked.update({(actor, stance.asked_by) for stance in records if stance.asked_by})
        return asked

    def _reasons(self) -> list[str]:
        codes = {"silent": SILENT, "absent": ABSENT, "not eligible": NOT_ELIGIBLE}
        totals = {word: int((self.positions.codes == code).sum()) for word, code in codes.items()}
        return [f"{n:,} {word}" for word, n in totals.items() if n]

    def _conflicts(self) -> Iterator[str]:
        told = [f"{self.names.actor(actor)} on {question}" for actor, question in self.positions.conflicts]
        if told:
            yield f"Skipped, as the records differ: {listed(told)}."

    def _unknown(self) -> Iterator[str]:
        nobody = [self.names.actor(self.matrix.actors[a.row]) for a in self.accounts if not a.levels]
        if nobody:
            own = "its own" if len(nobody) == 1 else "their own"
            yield f"Without a position of {own} here: {listed(nobody, 6)}."
        spoke = (self.positions.codes >= 0).sum(axis=0)
        alone, none = int((spoke == 1).sum()), int((spoke == 0).sum())
        parts = [f"one actor alone took a level on {alone:,}"] if alone else []
        parts += [f"nobody did on {none:,}" if alone else f"nobody took a level on {none:,}"] if none else []
        if parts:
            yield f"Of {count(self.positions.n_questions, 'question')} {', and '.join(parts)}."


def _share(n: int) -> str:
    return f"{n:,} {'shares' if n == 1 else 'share'}"
