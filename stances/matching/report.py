"""How the nearest read: the first voters with their parties, and how often each party comes first."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from stances import captions
from stances.errors import listed
from stances.matching.joining import Joined
from stances.matching.selecting import alike
from stances.matrix import REASONS, read_only, row_of
from stances.measures import Measure
from stances.origin import Origin
from stances.printable import Listing, Printable, rounded
from stances.silence import Policy
from stances.tables import Grid

SHOWN_VOTERS, SHOWN_PARTIES, SHOWN_RANKS = 12, 12, 5


@frozen
class Match:
    """A party beside a voter.

    Attributes
    ----------
    party : str
        Its id.
    value : float
        The measure; NaN where undefined.
    n_shared : int
        Questions on which both took a level.
    why : str
        Why it is undefined; "" where it is defined.
    """

    party: str
    value: float
    n_shared: int
    why: str = ""


@frozen(eq=False, repr=False, str=False)
class Nearest(Printable):
    """The k nearest parties of each voter; ``found["v1"]`` gives those of one.

    All arrays are read-only and of shape (n_voters, k), the nearest party first.

    Attributes
    ----------
    joined : Joined
        What was matched: both tables, and the questions they share.
    measure : Measure
    silence : Policy
    min_shared : int
        Fewest questions that a value may rest on.
    weighted : bool
        Whether weights were given beside those of the questions.
    indices : ndarray of int
        The place of each party in `parties`.
    values : ndarray of float
        In the measure's range; NaN where undefined, which comes last.
    n_shared, n_used : ndarray of int
        Questions on which both took a level, and those that the value rests on.
    reasons : ndarray of int
        Index into `stances.matrix.REASONS`.
    more : ndarray of bool, shape (n_voters,)
        Whether a party that is left out is as near as the last one here.
    """

    joined: Joined
    measure: Measure
    silence: Policy
    min_shared: int
    weighted: bool
    indices: NDArray[np.int32] = field(converter=read_only)
    values: NDArray[np.float64] = field(converter=read_only)
    n_shared: NDArray[np.int32] = field(converter=read_only)
    n_used: NDArray[np.int32] = field(converter=read_only)
    reasons: NDArray[np.int8] = field(converter=read_only)
    more: NDArray[np.bool_] = field(converter=read_only)

    @property
    def voters(self) -> tuple[str, ...]:
        """Ids of the voters, in the order of the rows."""
        return self.joined.voters.actors

    @property
    def parties(self) -> tuple[str, ...]:
        """Ids of the parties, in the order in which they were given."""
        return self.joined.parties.actors

    def __len__(self) -> int:
        return len(self.indices)

    def __getitem__(self, voter: str | int) -> tuple[Match, ...]:
        """Return the nearest parties of a voter, given by id or, quicker among many, by row."""
        i = row_of(self.voters, voter)
        cells = zip(self.indices[i], self.values[i], self.n_shared[i], self.reasons[i], strict=True)
        return tuple(Match(self.parties[p], float(v), int(n), REASONS[r]) for p, v, n, r in cells)

    def firsts(self) -> Listing:
        """Return how many voters each party is nearest to, alone or tied with others.

        A tie counts once for each of the parties in it, as far as they are among the k. Whoever has
        no defined value counts nowhere.
        """
        defined = self.reasons == 0
        level = alike(self.values, self.values[:, :1]) & defined
        several = (level.sum(axis=1) + (level.all(axis=1) & self.more)) > 1
        n = len(self.parties)
        alone = np.bincount(self.indices[level & ~several[:, None]], minlength=n)
        tied = np.bincount(self.indices[level & several[:, None]], minlength=n)
        order = sorted(range(n), key=lambda p: (-alone[p], -tied[p], self.parties[p]))
        columns = {
            "party": [self.parties[p] for p in order],
            "alone": alone[order].tolist(),
            "tied": tied[order].tolist(),
        }
        hidden = int((level.all(axis=1) & self.more).sum())
        notes = (f"{_voters(hidden)} more nearest parties than the {level.shape[1]} kept here.",)
        title = f"How often each party is nearest, of {len(self):,} voters"
        return Listing(title, columns, notes if hidden else ())

    def made_of(self) -> tuple[Origin, ...]:
        """Return where voters and parties come from."""
        return self.joined.voters.made_of() + self.joined.parties.made_of()

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per voter and party, the nearest first."""
        n_voters, k = self.indices.shape
        parties = np.array(self.parties, dtype=object)
        reasons = np.array(REASONS, dtype=object)
        return {
            "voter": [voter for voter in self.voters for _ in range(k)],
            "rank": list(range(1, k + 1)) * n_voters,
            "party": parties[self.indices].ravel().tolist(),
            "value": self.values.ravel().tolist(),
            "n_shared": self.n_shared.ravel().tolist(),
            "n_used": self.n_used.ravel().tolist(),
            "why": reasons[self.reasons].ravel().tolist(),
            "measure": [self.measure.name] * (n_voters * k),
            "silence": [self.silence.value] * (n_voters * k),
        }

    def document(self) -> dict[str, Any]:
        """Return what was matched, how often each party is nearest, and all matches."""
        return {
            "title": self.title,
            "measure": self.measure.name,
            "silence": self.silence.value,
            "min_shared": self.min_shared,
            "weighted": self.weighted,
            "voters": self.joined.voters.origin.name,
            "parties": self.joined.parties.origin.name,
            "shared": self.joined.shared,
            "left_out": self.joined.alone,
            "firsts": self.firsts().columns(),
            "matches": self.columns(),
        }

    @property
    def title(self) -> str:
        """What was matched, under which policies."""
        sides = (self.joined.voters.origin, self.joined.parties.origin)
        rules = dict.fromkeys(origin.rules for origin in sides)
        parts = ["Nearest parties", " to ".join(origin.name for origin in sides[::-1]), sides[1].subject]
        parts += [*rules, self.measure.name, captions.policy_words(self.silence)]
        parts += ["weighted" if self.weighted else ""]
        return " · ".join(part for part in parts if part)

    def grids(self) -> tuple[Grid, ...]:
        """Return the first voters with their nearest parties, and how often each party is nearest."""
        ranks = min(self.indices.shape[1], SHOWN_RANKS)
        header = ("voter", *map(str, range(1, ranks + 1)))
        rows = tuple(
            (self.voters[i], *map(_cell, self[i][:ranks])) for i in range(min(len(self), SHOWN_VOTERS))
        )
        return Grid(self.title, header, rows, tuple(self._notes(ranks))), *self._firsts()

    def _firsts(self) -> Iterator[Grid]:
        listing = self.firsts()
        grid = listing.grids()[0]
        n_nearest = sum(a + t > 0 for a, t in zip(listing.data["alone"], listing.data["tied"], strict=True))
        notes = list(grid.notes)
        if n_nearest > SHOWN_PARTIES:
            notes.append(f"{n_nearest - SHOWN_PARTIES} more parties in firsts().")
        if n_nearest < len(grid.rows) and not grid.notes:
            rest = len(grid.rows) - n_nearest
            notes.append(f"{rest} {'party is' if rest == 1 else 'parties are'} nearest to nobody.")
        if n_nearest:
            rows = grid.rows[: min(n_nearest, SHOWN_PARTIES)]
            yield Grid(grid.title, grid.header, rows, tuple(notes))

    def _notes(self, ranks: int) -> Iterator[str]:
        shown = self.n_shared[:SHOWN_VOTERS, :ranks]
        if ((shown < captions.THIN) & (self.reasons[:SHOWN_VOTERS, :ranks] == 0)).any():
            yield f"(...)  fewer than {captions.THIN} shared questions: a list to read, not a score."
        n_cut = int(self.more.sum())
        if n_cut:
            yield f"{_voters(n_cut)} another party as near as the last; ties are in the order of ids."
        n_none = int((self.reasons[:, :1] != 0).sum())
        if n_none:
            yield f"{n_none:,} of {len(self):,} voters cannot be compared with any party."
        alone = self.joined.alone
        n_shared = len(self.joined.shared)
        questions = f"{n_shared} question{'s' * (n_shared != 1)} on both sides"
        yield f"{questions}{f'; on one alone: {listed(alone)}' if alone else ''}."
        if len(self) > SHOWN_VOTERS or self.indices.shape[1] > ranks:
            n_shown = min(len(self), SHOWN_VOTERS)
            yield f"Shown are {n_shown} of {len(self):,} voters. Whole: --format csv or json."

    def __repr__(self) -> str:
        n_voters, k = self.indices.shape
        return f"<Nearest ({self.measure.name}): {k} of {len(self.parties)} parties for {n_voters:,} voters>"


def _voters(n: int) -> str:
    return f"{n:,} voter{' has' if n == 1 else 's have'}"


def _cell(match: Match) -> str:
    if match.why:
        return f"{match.party} {captions.undefined(match.why, match.n_shared)}"
    return f"{match.party} {captions.supported(rounded(match.value), match.n_shared)}"
