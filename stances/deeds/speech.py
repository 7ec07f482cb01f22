"""speech_and_action: who agrees in speech but not in action."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import field, fields, frozen
from numpy.typing import NDArray

from stances.captions import THIN
from stances.dataset import Dataset
from stances.deeds.bases import by_basis, rules_of
from stances.matrices import AnyMeasure, agreement_matrix
from stances.matrix import Matrix
from stances.origin import Origin
from stances.positions import Positions
from stances.printable import Printable, rounded
from stances.prompts import next_line
from stances.tables import Grid

SHOWN = 20


@frozen
class SpokenPair:
    """Two actors whose agreement is defined both in words and in deeds.

    Attributes
    ----------
    first, second : str
    word, deed : float
        Their agreement by words alone, and by deeds alone, in the measure's range.
    n_words, n_deeds : int
        Questions that each rests on: the supports.
    n_same : int
        Questions that both rest on. The fewer they are, the more may the difference come from the
        questions, and not from the actors.
    difference : float
        `deed` minus `word`: below 0 for those who agree in speech but not in action.
    """

    first: str
    second: str
    word: float
    deed: float
    n_words: int
    n_deeds: int
    n_same: int
    difference: float

    @property
    def is_thin(self) -> bool:
        """Whether one side rests on fewer than five questions."""
        return min(self.n_words, self.n_deeds) < THIN


@frozen(repr=False, str=False)
class SpeechAndAction(Printable):
    """Pairs by how much less they agree in action than in speech.

    Attributes
    ----------
    pairs : tuple of SpokenPair
        Those on enough questions first; among them from the lowest difference to the highest.
    n_undefined : int
        Pairs of which one value, or both, is undefined.
    measure : str
    name, rules : str
        Of the dataset, and how its records became positions.
    origin : Origin or None
        The data it was made of, for citations; None where that is not known.
    """

    pairs: tuple[SpokenPair, ...]
    n_undefined: int
    measure: str
    name: str
    rules: str
    origin: Origin | None = field(default=None, kw_only=True, repr=False, eq=False)

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per pair."""
        names = [field.name for field in fields(SpokenPair)]
        return {name: [getattr(pair, name) for pair in self.pairs] for name in names}

    def grids(self) -> tuple[Grid, ...]:
        """Return the pairs, thin values in brackets."""
        title = f"In speech and in action · {self.name} · {self.rules} · {self.measure}"
        header = ("actor", "actor", "in words", "in deeds", "difference", "questions of both")
        return (Grid(title, header, tuple(map(_row, self.pairs[:SHOWN])), tuple(self._notes())),)

    def _notes(self) -> Iterator[str]:
        hidden = len(self.pairs) - SHOWN
        if hidden > 0:
            yield f"{hidden} more pairs: --format csv or json."
        if any(pair.is_thin for pair in self.pairs):
            yield f"(...)  fewer than {THIN} shared questions: a list to read, not a score."
        if any(pair.n_same < max(pair.n_words, pair.n_deeds) for pair in self.pairs):
            yield "Words and deeds are on different questions: a difference may be one of questions."
        yield f"Pairs that are not defined in both: {self.n_undefined}."
        yield next_line("deeds {}", self.name)

    def __repr__(self) -> str:
        return f"<SpeechAndAction of {self.name!r}: {len(self.pairs)} pairs defined in both>"


def speech_and_action(
    data: Dataset, measure: AnyMeasure = "agreement", silence: str = "skip", **rules: Any
) -> SpeechAndAction:
    """Return the pairs of actors who are comparable both in words and in deeds.

    The matrix of ``basis="word"`` beside that of ``basis="deed"``, where both are defined.

    Parameters
    ----------
    data : Dataset
        Positions no longer tell a word from a deed.
    measure, silence
        See `agreement_matrix`.
    **rules
        How records become positions; see `Dataset.positions`. ``basis`` and ``prefer`` are settled.

    Returns
    -------
    SpeechAndAction

    Raises
    ------
    NeedsDatasetError
        If `data` are Positions.
    FieldError
        If a rule names a basis.

    Examples
    --------
    >>> import stances
    >>> both = stances.merge(["paris-beijing-2025", "un-landmark-votes"])
    >>> [(p.first, p.second, p.word, p.n_words, p.n_deeds) for p in speech_and_action(both).pairs]
    [('CHN', 'FRA', 1.0, 3, 21)]
    """
    words, deeds = by_basis(data, rules)
    spoken, done = (agreement_matrix(table, measure, silence) for table in (words, deeds))
    pairs = [
        _pair(spoken, done, i, j, _n_same(words, deeds, i, j))
        for i, j in spoken.iter_pairs()
        if not spoken.reasons[i, j] and not done.reasons[i, j]
    ]
    pairs.sort(key=lambda pair: (pair.is_thin, pair.difference, pair.first, pair.second))
    n = len(words.actors)
    undefined = n * (n - 1) // 2 - len(pairs)
    about = (spoken.measure.name, words.origin.name, rules_of(words))
    return SpeechAndAction(tuple(pairs), undefined, *about, origin=words.origin)


def _pair(spoken: Matrix, done: Matrix, i: int, j: int, n_same: int) -> SpokenPair:
    word, deed = float(spoken.values[i, j]), float(done.values[i, j])
    supports = int(spoken.n_used[i, j]), int(done.n_used[i, j])
    return SpokenPair(spoken.actors[i], spoken.actors[j], word, deed, *supports, n_same, deed - word)


def _n_same(words: Positions, deeds: Positions, i: int, j: int) -> int:
    """Return on how many questions two actors took levels both in words and in deeds."""
    weighed = words.weights > 0
    taken: list[NDArray[np.bool_]] = [table.codes[[i, j]].min(axis=0) >= 0 for table in (words, deeds)]
    return int((taken[0] & taken[1] & weighed).sum())


def _row(pair: SpokenPair) -> tuple[str, ...]:
    values = [
        f"({rounded(value)}) of {n}" if n < THIN else f"{rounded(value)} of {n}"
        for value, n in ((pair.word, pair.n_words), (pair.deed, pair.n_deeds))
    ]
    difference = f"({rounded(pair.difference)})" if pair.is_thin else rounded(pair.difference)
    return (pair.first, pair.second, *values, difference, str(pair.n_same))
