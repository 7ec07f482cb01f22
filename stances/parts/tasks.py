"""What is done with one part, here or by a worker: looked through, split by questions, counted."""

import warnings
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from stances import validators as check
from stances.counts import PairCounts, Plan
from stances.errors import StancesError, StancesWarning
from stances.measures import Measure
from stances.positions import NO_RECORD, Origin, Positions
from stances.readers.factors import Table
from stances.readers.shuffled import joined, parted
from stances.readers.tables import Words, positions_of, read_table

Hashes = NDArray[np.uint64]


@frozen
class Form:
    """How parts are read, and what is counted.

    Attributes
    ----------
    levels : (Scale, mapping or None)
        The scale, and the words of the table for its labels where these differ.
    columns : tuple of str
        Of actors, questions and positions.
    given : mapping of str to str
        Fields of questions, and their columns.
    measure : Measure or None
        None for whole tables.
    """

    levels: Words
    columns: tuple[str, str, str]
    given: Mapping[str, str]
    measure: Measure | None = None

    @property
    def plan(self) -> Plan:
        """What is summed."""
        return Plan() if self.measure is None else Plan(self.measure, silences=False, squares=False)

    def read(self, part: Any) -> tuple[Table, str]:
        """Return the needed columns of a part, and what to call it."""
        return read_table(part, (*self.columns, *self.given.values()))

    def positions(self, table: Table, name: str) -> Positions:
        """Return the positions of a table that was read."""
        return positions_of(table, name, self.levels, self.columns, self.given)


@frozen(eq=False)
class Survey:
    """What a part holds, found without its positions.

    Attributes
    ----------
    actors : tuple of str
    questions : ndarray of uint64
        Hashes of their names, sorted, each once.
    """

    actors: tuple[str, ...]
    questions: Hashes


@frozen(eq=False)
class Tally:
    """Counts of some parts, and what there is to be warned of."""

    counts: PairCounts
    notes: tuple[str, ...] = ()

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.counts + other.counts, self.notes + other.notes)

    def __sizeof__(self) -> int:
        """Return its bytes, by which a scheduler decides where to add it to others."""
        arrays = {id(array): array for s in self.counts.strata for array in (s.n_shared, *s.sums.values())}
        return sum(array.nbytes for array in arrays.values())


def hashed(name: str) -> int:
    """Return a number from 0 to 2**64 - 1 for a name, the same on every machine and in every process.

    Examples
    --------
    >>> hashed("A/RES/ES-11/1")
    13461714525653160481
    """
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def surveyed(part: Any, form: Form) -> Survey:
    """Return what a part holds; its faults are told when it is counted."""
    actor, question, _ = form.columns
    table, _ = read_table(part, (actor, question))
    who, what = table.factors
    hashes = np.array([hashed(name) for name in _names(what.values)], dtype=np.uint64)
    return Survey(_actors(who.values), np.unique(hashes))


def _names(values: Iterable[Any]) -> list[str]:
    stripped = (str(value).strip() for value in values if value is not None)
    return [name for name in stripped if name]


def _actors(values: Iterable[Any]) -> tuple[str, ...]:
    """Return the actors among some values: those that can be named."""
    found: dict[str, None] = {}
    for name in _names(values):
        try:
            found[check.name("actor", name)] = None
        except StancesError:
            continue
    return tuple(found)


def question_of(part: Any, form: Form, wanted: int) -> str:
    """Return the question of a part that has a hash, or nothing."""
    table, _ = read_table(part, form.columns[1:2])
    return next((name for name in _names(table.factors[0].values) if hashed(name) == wanted), "")


def split(part: Any, form: Form, n_buckets: int) -> list[Any]:
    """Return the actors of a part, and then its rows in buckets by their question."""
    table, _ = form.read(part)
    who, what = table.factors[:2]
    targets = [hashed(str(value).strip()) % n_buckets for value in what.values]
    return [_actors(who.values), *parted(table, 1, targets, n_buckets)]


def gathered(slices: Sequence[Table], form: Form, actors: Sequence[str]) -> Tally:
    """Return the counts of a bucket, whose rows come from several parts."""
    table = joined(slices, "shuffled rows")
    return _tally(table, table.name, form, actors)


def counted(part: Any, form: Form, actors: Sequence[str]) -> Tally:
    """Return the counts of a part, for all actors of the list."""
    return _tally(*form.read(part), form, actors)


def _tally(table: Table, name: str, form: Form, actors: Sequence[str]) -> Tally:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", StancesWarning)
        positions = form.positions(table, name)
    notes = [str(w.message) for w in caught if issubclass(w.category, StancesWarning)]
    return Tally(PairCounts.of(aligned(positions, actors), plan=form.plan), tuple(notes))


def aligned(positions: Positions, actors: Sequence[str]) -> Positions:
    """Return the positions of the actors of a list; one without a row has no record."""
    if positions.actors == tuple(actors):
        return positions
    index = {actor: row for row, actor in enumerate(positions.actors)}
    there = [row for row, actor in enumerate(actors) if actor in index]
    codes = np.full((len(actors), positions.n_questions), NO_RECORD, dtype=np.int8)
    codes[there] = positions.codes[[index[actors[row]] for row in there]]
    return Positions(actors, positions.questions, codes, Origin(positions.origin.name))
