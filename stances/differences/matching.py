"""Which stance of one edition is which of the other."""

from collections import Counter
from collections.abc import Iterator, Sequence

from stances.differences.changes import ADDED, CHANGED, REMOVED, Change, differing, text
from stances.models import Basis, Stance

Key = tuple[str, ...]
SAID = ("date", "coder", "inferred", "position", "basis", "asked_by", "confidence", "salience", "extra")


def stance_changes(old: Sequence[Stance], new: Sequence[Stance]) -> Iterator[Change]:
    """Yield the stances that were added, removed or changed.

    A stance of one edition can only be one of the same actor, question and basis in the other, and
    for assessments of the same speakers. Of several, those are matched first that have most in common
    of date, coder, sources and the rest; what is left over was added or removed.

    Parameters
    ----------
    old, new : sequence of Stance
        Without repeats, in any order.
    """
    groups: dict[Key, tuple[list[Stance], list[Stance]]] = {}
    for side, stances in enumerate((old, new)):
        for stance in stances:
            groups.setdefault(_identity(stance), ([], []))[side].append(stance)
    for before, after in groups.values():
        yield from _group_changes(before, after)


def _identity(stance: Stance) -> Key:
    speakers = sorted({e.speaker or "" for e in stance.evidence}) if stance.basis is Basis.ASSESSMENT else []
    return (stance.actor, stance.question, str(stance.basis), *speakers)


def _group_changes(old: list[Stance], new: list[Stance]) -> Iterator[Change]:
    kept = Counter(map(_content, old)) & Counter(map(_content, new))
    before, after = _left_over(old, kept), _left_over(new, kept)
    pairs = _pairs(before, after)
    for i, j in sorted(pairs):
        yield _change(CHANGED, before[i], differing(before[i], after[j]))
    for i, stance in enumerate(before):
        if i not in {i for i, _ in pairs}:
            yield _change(REMOVED, stance, (("position", str(stance.position), ""),))
    for j, stance in enumerate(after):
        if j not in {j for _, j in pairs}:
            yield _change(ADDED, stance, (("position", "", str(stance.position)),))


def _content(stance: Stance) -> tuple[object, ...]:
    """Return all that a stance says; the order of its passages says nothing."""
    return (*(getattr(stance, name) for name in SAID), frozenset(stance.evidence))


def _left_over(stances: list[Stance], kept: Counter[tuple[object, ...]]) -> list[Stance]:
    """Return the stances that the other edition has not, in an order that does not hang on the file."""
    left, rest = Counter(kept), []
    for stance in stances:
        if left[_content(stance)] > 0:
            left[_content(stance)] -= 1
        else:
            rest.append(stance)
    return sorted(rest, key=lambda s: (*(text(getattr(s, n)) for n in SAID), *sorted(map(str, s.evidence))))


def _pairs(old: list[Stance], new: list[Stance]) -> list[tuple[int, int]]:
    """Return which is which, those with most in common first; ties do not hang on the direction."""
    order = sorted(
        ((i, j) for i in range(len(old)) for j in range(len(new))),
        key=lambda pair: (-_in_common(old[pair[0]], new[pair[1]]), pair[0] + pair[1]),
    )
    pairs: list[tuple[int, int]] = []
    for i, j in order:
        if all(i != k and j != l for k, l in pairs):
            pairs.append((i, j))
    return pairs


def _in_common(old: Stance, new: Stance) -> int:
    weights = {"date": 16, "coder": 32, "inferred": 1, "position": 2, "extra": 4}
    same = sum(weight for name, weight in weights.items() if getattr(old, name) == getattr(new, name))
    return same + 8 * (_sources(old) == _sources(new))


def _sources(stance: Stance) -> set[str]:
    return {e.source for e in stance.evidence}


def _change(kind: str, stance: Stance, changed: tuple[tuple[str, str, str], ...]) -> Change:
    """Return a change of a stance, with what tells it from others of the same actor and question."""
    parts = [str(stance.basis), text(stance.date), stance.coder or "", ", ".join(sorted(_sources(stance)))]
    return Change("stances", kind, " · ".join(filter(None, parts)), changed, stance.actor, stance.question)
