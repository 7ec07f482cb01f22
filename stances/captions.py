"""How a matrix reads: honest at a glance.

A value resting on fewer than five shared questions stands in brackets with its support; silences
are counted beside it; actors who share nothing are named below. The values themselves are
untouched by any of this.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from stances.counts import PairCounts
from stances.leftovers import left_out, not_compared, nothing_shared
from stances.models import Silence, Voice
from stances.positions import ABSENT, SILENT, Positions
from stances.printable import rounded
from stances.shipped import DEFAULT, shipped_datasets
from stances.silence import Policy, evaluate
from stances.tables import Grid

if TYPE_CHECKING:
    from stances.matrix import Cell, Matrix

THIN = 5
Lone = Mapping[str, NDArray[np.int64]]  # how often one was silent, or absent, where the other took a level
TALKATIVE_PAIRS = 6
_TITLES = {"agreement": "Who agrees with whom", "divergence": "Who diverges from whom"}
_POLICIES = {
    Policy.SKIP: "silences skipped",
    Policy.HALF: "a silence counts half",
    Policy.NEUTRAL: "a silence counts as the middle level",
    Policy.BOUNDS: "bounds over all answers of the silent",
}
_UNDEFINED = {
    "no_shared_questions": "none shared",
    "too_few_shared": "too few",
    "no_variation": "no variation",
    "measure_undefined": "undefined",
}


def title(matrix: "Matrix") -> str:
    """Return the line above: what is shown, of which data, under which policies."""
    issues = matrix.positions.issues
    subject = matrix.positions.origin.subject or (
        f"{len(issues)} issues" if len(issues) > 1 else "".join(issues)
    )
    rules = matrix.positions.origin.rules
    parts = [_TITLES[matrix.kind], matrix.positions.origin.name, subject, rules]
    parts += [matrix.measure.name, _POLICIES[matrix.silence], str(matrix.interval or "")]
    return " · ".join(part for part in parts if part)


def matrix_grid(matrix: "Matrix") -> Grid:
    """Return a matrix as the table that people read."""
    shown = sharing(matrix)
    if len(shown) < 2:
        return Grid(title(matrix), ("",), (), tuple(notes(matrix)))
    header = ("", *(matrix.actors[j] for j in shown))
    lone = lone_counts(matrix.positions)
    rows = tuple((matrix.actors[i], *(cell(matrix, i, j, lone) for j in shown)) for i in shown)
    told = (*notes(matrix), *_next(matrix, shown))
    return Grid(title(matrix), header, rows, told, shades(matrix, shown))


def document(matrix: "Matrix") -> dict[str, Any]:
    """Return a matrix with everything its cells carry, for JSON."""
    n = range(len(matrix.actors))
    arrays = ("values", "n_shared", "n_used", "lower", "upper", "observed", "expected")
    parts: dict[str, Any] = {
        "title": title(matrix),
        "kind": matrix.kind,
        "measure": matrix.measure.name,
        "silence": matrix.silence.value,
        "dataset": matrix.positions.origin.name,
        "rules": matrix.positions.origin.rules,
        "interval": matrix.interval.document() if matrix.interval else None,
        "actors": matrix.actors,
    }
    for name in arrays:
        array = getattr(matrix, name)
        parts[name] = None if array is None else array.tolist()
    return parts | {"why": [[matrix.why[i, j] for j in n] for i in n]}


def sharing(matrix: "Matrix") -> list[int]:
    """Return the rows of the actors who share at least one question with another."""
    others = (matrix.n_shared > 0).sum(axis=1) - (matrix.n_shared.diagonal() > 0)
    return [i for i in range(len(matrix.actors)) if others[i]]


def lone_counts(positions: Positions) -> Lone:
    """Return on how many questions one took a level and the other was silent, or was absent.

    Returns
    -------
    dict of str to ndarray of int, shape (n_actors, n_actors)
        By the word for the reason.
    """
    levels = (positions.codes >= 0).astype(np.float32)
    counts: dict[str, NDArray[np.int64]] = {}
    for word, code in (("silent", SILENT), ("absent", ABSENT)):
        one_way = levels @ (positions.codes == code).astype(np.float32).T
        counts[word] = (one_way + one_way.T).astype(np.int64)
    return counts


def cell(matrix: "Matrix", i: int, j: int, lone: Lone) -> str:
    """Return a cell as people read it: value, interval, support and silences."""
    n_shared = int(matrix.n_shared[i, j])
    if i == j:
        return f"{n_shared} on record"
    why = matrix.why[i, j]
    if why:
        return undefined(why, n_shared) + silences(lone, i, j)
    return f"{value(matrix, i, j)} of {n_shared}{silences(lone, i, j)}"


def value(matrix: "Matrix", i: int, j: int) -> str:
    """Return the value of a cell with its interval, in brackets where the support is thin."""
    return bracketed(rounded(float(matrix.values[i, j])) + _range(matrix, i, j), int(matrix.n_shared[i, j]))


def bracketed(value: str, n_shared: int) -> str:
    """Return a value, in brackets where its support is thin."""
    return f"({value})" if n_shared < THIN else value


def supported(value: str, n_shared: int) -> str:
    """Return a value with its support, in brackets where that is thin."""
    return f"{bracketed(value, n_shared)} of {n_shared}"


def undefined(why: str, n_shared: int) -> str:
    """Return in words why there is no value, with the support that there is."""
    return f"{_UNDEFINED[why]} of {n_shared}" if n_shared else _UNDEFINED[why]


def policy_words(policy: Policy) -> str:
    """Return a policy as captions name it."""
    return _POLICIES[policy]


def _range(matrix: "Matrix", i: int, j: int) -> str:
    if matrix.lower is None or matrix.upper is None:
        return ""
    return f" [{rounded(float(matrix.lower[i, j]))}, {rounded(float(matrix.upper[i, j]))}]"


def _lone(positions: Positions, first: str, second: str) -> list[tuple[str, str]]:
    """Return (silent actor, question) where one took a level and the other was silent or absent."""
    rows = {actor: positions.codes[positions.index(actor)] for actor in (first, second)}
    return [
        (silent, question.id)
        for silent, speaker in ((first, second), (second, first))
        for j, question in enumerate(positions.questions)
        if rows[silent][j] in (SILENT, ABSENT) and rows[speaker][j] >= 0
    ]


def silences(lone: Lone, i: int, j: int) -> str:
    """Return how often one of two actors was silent, or absent, where the other took a level, or ""."""
    return "".join(f", {counts[i, j]} {word}" for word, counts in lone.items() if counts[i, j])


def shades(matrix: "Matrix", shown: list[int]) -> dict[tuple[int, int], float]:
    """Return the shades of those cells that have one, by their place in a grid."""
    found = {
        (row, column): shade(matrix, i, j)
        for row, i in enumerate(shown)
        for column, j in enumerate(shown, start=1)
    }
    return {place: depth for place, depth in found.items() if depth is not None}


def shade(matrix: "Matrix", i: int, j: int) -> float | None:
    """Return where a value lies in the measure's range, 0 to 1; None where it rests on too little."""
    if i == j or matrix.reasons[i, j] or matrix.n_shared[i, j] < THIN:
        return None
    low, high = shaded(matrix.measure.range) if matrix.kind == "agreement" else (0.0, 1.0)
    return min(max((float(matrix.values[i, j]) - low) / (high - low), 0.0), 1.0)


def shaded(ends: tuple[float, float]) -> tuple[float, float]:
    """Return the values of the lightest and the darkest shade: the ends of a range, or -1 and 1 within it."""
    low, high = ends
    return max(low, -1.0), min(high, 1.0)


def notes(matrix: "Matrix") -> Iterator[str]:
    """Yield what must be known to read a matrix: what is thin, skipped and left out."""
    shown = sharing(matrix)
    if len(shown) < 2:
        yield nothing_shared(matrix)
        yield from not_compared(matrix.positions)
        return
    pairs = [(i, j) for i in shown for j in shown if i < j]
    if any(0 < matrix.n_shared[pair] < THIN for pair in pairs):
        yield f"(...)  fewer than {THIN} shared questions: a list to read, not a score."
    if len(pairs) <= TALKATIVE_PAIRS:
        yield from filter(None, (_pair_note(matrix, i, j) for i, j in pairs))
    if matrix.positions.conflicts:
        first = ", ".join(f"{actor} on {question}" for actor, question in matrix.positions.conflicts[:5])
        more = len(matrix.positions.conflicts) - 5
        yield f"Skipped, as the records differ: {first}{f' and {more} more' if more > 0 else ''}."
    yield from left_out(matrix, shown)
    yield from not_compared(matrix.positions)


def _next(matrix: "Matrix", shown: list[int]) -> Iterator[str]:
    """Yield the command that opens the pair who share most."""
    if matrix.positions.origin.counted:
        return  # there are no questions to look into
    pairs = [(i, j) for i in shown for j in shown if i < j]
    i, j = max(pairs, key=lambda pair: (int(matrix.n_shared[pair]), -pair[0], -pair[1]))
    name = matrix.positions.origin.name
    data = f" {name}" if name in shipped_datasets() else " DATA"
    yield f"Next: stances compare {matrix.actors[i]} {matrix.actors[j]}{'' if name == DEFAULT else data}"


def _pair_note(matrix: "Matrix", i: int, j: int) -> str:
    first, second = matrix.actors[i], matrix.actors[j]
    parts = [chance_note(matrix.cell(first, second))] if matrix.n_used[i, j] else []
    parts += [_own_words(matrix.positions, first, second), _had_they_spoken(matrix, first, second)]
    text = "; ".join(part for part in parts if part)
    return f"{first}-{second}: {text}." if text else ""


def chance_note(cell: "Cell") -> str:
    """Say what a chance-corrected value is made of: the agreement seen, and that of chance."""
    if cell.expected != cell.expected:
        return ""
    seen, chance = rounded(1.0 - cell.observed), rounded(1.0 - cell.expected)
    return f"agreement seen {seen}, by chance alone {chance}"


def _own_words(positions: Positions, first: str, second: str) -> str:
    """Say on how many of the shared questions both speak in their own words, unless on all."""
    one, other = positions.codes[positions.index(first)], positions.codes[positions.index(second)]
    shared = [q.id for j, q in enumerate(positions.questions) if one[j] >= 0 and other[j] >= 0]
    if not shared or not positions.origin.records:
        return ""
    own = sum(
        _is_own(positions, first, question) and _is_own(positions, second, question) for question in shared
    )
    if own == len(shared):
        return ""
    if len(shared) == 1:
        return "the 1 has not both in their own words"
    return f"{own or 'none'} of the {len(shared)} {'have' if own > 1 else 'has'} both in their own words"


def _is_own(positions: Positions, actor: str, question: str) -> bool:
    records = positions.origin.records.get((actor, question), ())
    return any(not s.inferred and any(e.voice is Voice.OWN for e in s.evidence) for s in records)


def _had_they_spoken(matrix: "Matrix", first: str, second: str) -> str:
    lone = _lone(matrix.positions, first, second)
    if not lone or not matrix.measure.is_linear or matrix.kind != "agreement":
        return ""
    pair = matrix.positions.select(actors=[first, second])
    counts = PairCounts.of(pair, salience=pair.saliences is not None)
    outcome = evaluate(counts, matrix.measure, Policy.BOUNDS)
    ends = [end[0, 1] for end in (outcome.highest, outcome.lowest) if end is not None]
    low, high = (matrix.measure.from_observed(end) for end in ends)
    return f"had {_who_was_asked(matrix.positions, lone)}: {rounded(float(low))} to {rounded(float(high))}"


def _who_was_asked(positions: Positions, lone: list[tuple[str, str]]) -> str:
    """Say who did not answer whom, or just who was silent."""
    silent = list(dict.fromkeys(actor for actor, _ in lone))
    askers = {
        s.asked_by
        for cell in lone
        for s in positions.origin.records.get(cell, ())
        if s.position in set(Silence)
    }
    if len(silent) == 1 and len(askers) == 1 and None not in askers:
        return f"{silent[0]} answered {len(lone)} call{'s' * (len(lone) > 1)} of {askers.pop()}"
    return f"{' and '.join(silent)} spoken on {len(lone)} more"
