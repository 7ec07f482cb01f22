"""Who stands where on one question: the camps, those without a level, and the evidence."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from attrs import field, frozen

from stances.dataset import Dataset
from stances.expansion import select_actors
from stances.matrices import positions_of
from stances.models import Question, Source, Stance
from stances.origin import Origin
from stances.passages import evidence_grids
from stances.positions import CODE_NAMES, Positions
from stances.printable import Printable
from stances.tables import Grid

WORDS = {name: name.replace("_", " ") for name in CODE_NAMES.values()}
SHOWN_ACTORS = 4
SHOWN_CHARACTERS = 56


@frozen
class Camp:
    """Those who took one level.

    Attributes
    ----------
    level : str
    actors : tuple of str
        In the order of the table.
    """

    level: str
    actors: tuple[str, ...]

    def __str__(self) -> str:
        more = len(self.actors) - SHOWN_ACTORS
        names = ", ".join(self.actors[:SHOWN_ACTORS]) + (f" and {more} more" if more > 0 else "")
        return f"{self.level} {len(self.actors)}: {names}"


@frozen(repr=False, str=False)
class Standing(Printable):
    """Who stands where on one question.

    Attributes
    ----------
    question : Question
    camps : tuple of Camp
        By level, from low to high; only levels that somebody took.
    others : mapping of str to tuple of str
        Who has no level, by the word for the reason: ``no_record``, ``silent``, ``absent``,
        ``not_eligible``, ``conflict``; none of them is neutral.
    records : tuple of Stance
        What the positions rest on; empty for positions that were read as codes.
    sources : tuple of Source
        Documents that the evidence may name.
    origin : Origin or None
        The data it was made of, for citations; None where that is not known.
    """

    question: Question
    camps: tuple[Camp, ...]
    others: Mapping[str, tuple[str, ...]]
    records: tuple[Stance, ...] = field(default=(), repr=False)
    sources: tuple[Source, ...] = field(default=(), repr=False)
    origin: Origin | None = field(default=None, kw_only=True, repr=False, eq=False)

    @property
    def n_spoke(self) -> int:
        """How many took a level."""
        return sum(len(camp.actors) for camp in self.camps)

    @property
    def frequencies(self) -> tuple[int, ...]:
        """How many took each level of the scale, from low to high."""
        sizes = {camp.level: len(camp.actors) for camp in self.camps}
        return tuple(sizes.get(level, 0) for level in self.question.scale.levels)

    @property
    def without(self) -> str:
        """How many have no level, by the reason: ``2 silent, 1 absent``."""
        return ", ".join(f"{len(actors)} {WORDS[name]}" for name, actors in self.others.items() if actors)

    @property
    def says(self) -> str:
        """The beginning of what the question says."""
        return textwrap.shorten(self.question.text, SHOWN_CHARACTERS, placeholder=" ...")

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per actor."""
        rows = [(actor, camp.level) for camp in self.camps for actor in camp.actors]
        rows += [(actor, name) for name, actors in self.others.items() for actor in actors]
        return {
            "question": [self.question.id] * len(rows),
            "actor": [actor for actor, _ in rows],
            "position": [position for _, position in rows],
        }

    def grids(self) -> tuple[Grid, ...]:
        """Return the camps, those without a level, and the evidence."""
        rows = [(camp.level, str(len(camp.actors)), ", ".join(camp.actors)) for camp in self.camps]
        rows += [
            (WORDS[name], str(len(actors)), ", ".join(actors))
            for name, actors in self.others.items()
            if actors
        ]
        title = f"{self.question.id} · {self.question.text}"
        note = f"Levels, from low to high: {', '.join(self.question.scale.levels)}."
        grid = Grid(title, ("position", "actors", "who"), tuple(rows), (note,))
        return (grid, *evidence_grids(self.records, self.sources))

    def __repr__(self) -> str:
        return f"<Standing on {self.question.id!r}: {self.n_spoke} on record>"


def chosen_positions(
    data: Dataset | Positions, rules: dict[str, Any], actors: str | Iterable[str] | None
) -> Positions:
    """Return the positions that count, of all actors or of those asked for."""
    positions = positions_of(data, rules)
    return positions if actors is None else select_actors(positions, actors)


def standings(positions: Positions, sources: Iterable[Source] = ()) -> Iterator[Standing]:
    """Yield who stands where, for every question that counts.

    Questions of weight 0, and those on scales of a single level, do not count, as in a matrix.
    """
    known = tuple(sources)
    names = np.array(positions.actors, dtype=object)
    for j, question in enumerate(positions.questions):
        if question.weight == 0 or question.scale.n_levels < 2:
            continue
        codes = positions.codes[:, j]
        taken = {level: tuple(names[codes == k]) for k, level in enumerate(question.scale.levels)}
        cells = ((actor, question.id) for actor in positions.actors)
        yield Standing(
            question,
            tuple(Camp(level, actors) for level, actors in taken.items() if actors),
            {name: tuple(names[codes == code]) for code, name in CODE_NAMES.items()},
            tuple(record for cell in cells for record in positions.origin.records.get(cell, ())),
            known,
            origin=positions.origin,
        )


def conflicts_note(known: Iterable[Standing]) -> str:
    """Say whose records on which questions differ, and so do not count; nothing where none do."""
    differing = [f"{actor} on {s.question.id}" for s in known for actor in s.others["conflict"]]
    if not differing:
        return ""
    more = f" and {len(differing) - 5} more" if len(differing) > 5 else ""
    return f"Skipped, as the records differ: {', '.join(differing[:5])}{more}."


def sources_of(data: Dataset | Positions, sources: Iterable[Source]) -> tuple[Source, ...]:
    """Return the sources of a dataset, or those given beside positions."""
    return data.sources if isinstance(data, Dataset) else tuple(sources)
