"""Whom and what a table leaves out, said below it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stances.errors import listed
from stances.positions import Positions

if TYPE_CHECKING:
    from stances.matrix import Matrix


def left_out(matrix: "Matrix", shown: list[int]) -> Iterator[str]:
    """Yield who shares no question with another, and how many positions each has, if there is one."""
    counts: dict[int, list[str]] = {}
    for i, actor in enumerate(matrix.actors):
        if i not in shown:
            counts.setdefault(int(matrix.n_shared[i, i]), []).append(actor)
    parts = [
        f"{', '.join(actors)} ({_positions(n, len(actors))})"
        for n, actors in sorted(counts.items(), reverse=True)
    ]
    if parts:
        yield f"Left out, sharing no question with another: {'; '.join(parts)}."


def not_compared(positions: Positions) -> Iterator[str]:
    """Yield which questions are left out, as their scale has a single level, if there are such."""
    alone = [columns for scale, columns in positions.by_scale if scale.n_levels < 2]
    names = [positions.questions[j].id for columns in alone for j in columns]
    if names:
        yield f"Left out, as a single level compares nothing: {listed(names)}."


def _positions(n: int, n_actors: int) -> str:
    if n == 0:
        return "none on record"
    return f"{n} position{'s' * (n > 1)}{' each' * (n_actors > 1)}"


def nothing_shared(matrix: "Matrix") -> str:
    """Return why no two actors have a value, with who is on record."""
    on_record = [
        f"{actor} ({_positions(int(matrix.n_shared[i, i]), 1)})"
        for i, actor in enumerate(matrix.actors)
        if matrix.n_shared[i, i]
    ]
    who = f"only {on_record[0]} is" if len(on_record) == 1 else f"{', '.join(on_record)} are"
    who = who if on_record else "nobody is"
    some = any(scale.n_levels > 1 for scale, _ in matrix.positions.by_scale)
    if not some and not matrix.positions.origin.counted:
        return "Undefined between all actors (no_shared_questions): no question is left to compare."
    return f"Undefined between all actors (no_shared_questions): {who} on record."
