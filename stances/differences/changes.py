"""What changed in a record, field by field."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import fields, frozen

from stances.codes import CODE_NAMES
from stances.models import Evidence
from stances.passages import passage, reading_order
from stances.scales import Scale

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
KINDS = (ADDED, REMOVED, CHANGED)


@frozen
class Change:
    """One record that is in one edition only, or differs between them.

    Attributes
    ----------
    section : str
        ``stances``, ``questions``, ``actors``, ``scales``, ``issues``, ``sources``, ``memberships``,
        ``uncoded``, or ``dataset`` for its title, licence and note.
    kind : str
        ``added``, ``removed`` or ``changed``.
    record : str
        Which: an id, or for a stance the actor and what tells it from others.
    actor, question : str
        Of a stance; "" otherwise.
    fields : tuple of (str, str, str)
        What changed: the field, from, to. For a stance that is added or removed, its position.
    """

    section: str
    kind: str
    record: str
    fields: tuple[tuple[str, str, str], ...] = ()
    actor: str = ""
    question: str = ""

    @property
    def text(self) -> str:
        """What changed, in a line."""
        return "; ".join(_told(*field) for field in self.fields)


def _told(name: str, old: str, new: str) -> str:
    if name == "evidence":
        return f"evidence: {new}"
    before, after = (_word(side) for side in (old, new))
    return f"{name}: {before} -> {after}"


def _word(told: str) -> str:
    return (told.replace("_", " ") if told in CODE_NAMES.values() else told) or "nothing"


def differing(old: Any, new: Any, skip: Iterable[str] = ()) -> tuple[tuple[str, str, str], ...]:
    """Return the fields in which two records of a kind differ, as text."""
    names = [field.name for field in fields(type(old)) if field.name not in {"id", *skip}]
    changed = [(name, getattr(old, name), getattr(new, name)) for name in names]
    return tuple(
        (
            name,
            *(("", evidence_summary(before, after)) if name == "evidence" else (text(before), text(after))),
        )
        for name, before, after in changed
        if before != after and (name != "evidence" or set(before) != set(after))
    )


def text(value: Any) -> str:
    """Return a field as text; nothing where it is left out."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(_pair(*item) if isinstance(item, tuple) else text(item) for item in value)
    return _scale(value) if isinstance(value, Scale) else str(value)


def _pair(name: str, told: str) -> str:
    return f"{name}={told!r}"


def _scale(scale: Scale) -> str:
    values = f" at {', '.join(f'{value:g}' for value in scale.values)}" if scale.values else ""
    return f"{scale}{values}"


def evidence_summary(old: tuple[Evidence, ...], new: tuple[Evidence, ...]) -> str:
    """Return what changed in the passages of a stance: which were added, removed, or told otherwise.

    Examples
    --------
    >>> evidence_summary((Evidence("report", locator="7"),), (Evidence("report", locator="8"),))
    '1 passage added (report 8), 1 passage removed (report 7)'
    """
    gone, come = ([e for e in one if e not in other] for one, other in ((old, new), (new, old)))
    moved = [(e, _same_passage(e, come)) for e in gone]
    reworded = [(e, other) for e, other in moved if other is not None]
    parts = {
        "added": [passage(e) for e in come if _same_passage(e, gone) is None],
        "removed": [passage(e) for e, other in moved if other is None],
        "told otherwise": [_reworded(e, other) for e, other in reworded],
    }
    return ", ".join(
        f"{len(places)} passage{'s' * (len(places) > 1)} {word} ({'; '.join(places)})"
        for word, places in parts.items()
        if places
    )


def _same_passage(evidence: Evidence, others: Iterable[Evidence]) -> Evidence | None:
    return next((e for e in others if reading_order(e) == reading_order(evidence)), None)


def _reworded(old: Evidence, new: Evidence) -> str:
    names = [f.name for f in fields(Evidence) if getattr(old, f.name) != getattr(new, f.name)]
    return f"{passage(old)}: {', '.join(names)}"


def by_id(section: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Yield the records of a section that only one edition has, and those that differ."""
    for name in (*old, *(name for name in new if name not in old)):
        if name not in new:
            yield Change(section, REMOVED, name)
        elif name not in old:
            yield Change(section, ADDED, name)
        elif changed := differing(old[name], new[name]):
            yield Change(section, CHANGED, name, changed)
