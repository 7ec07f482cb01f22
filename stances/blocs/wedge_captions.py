"""How wedges read: what they rest on, what is missing, and who else claims one."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stances.blocs.claims import claims_grid
from stances.captions import THIN
from stances.models import Stance
from stances.passages import evidence_grids
from stances.printable import cell_text, rounded
from stances.prompts import next_line
from stances.tables import Grid
from stances.uncertainty import Interval

if TYPE_CHECKING:
    from stances.blocs.wedge_report import Wedge, WedgeQuestion, Wedges

SHOWN, OPENED = 40, 12
INSTEAD = "On record instead is what third parties say"


def grids(wedges: "Wedges") -> tuple[Grid, ...]:
    """Return the tables that people read of wedges."""
    found = [_rows_grid(wedges)]
    if len({row.member for row in wedges.rows}) == 1:
        opened = [row for row in wedges.rows if row.questions]
        found += [_questions_grid(row) for row in opened]
        found += evidence_grids(_records(opened), wedges.sources)
    if wedges.claims:
        found.append(claims_grid(wedges.claims))
    return tuple(found)


def _rows_grid(wedges: "Wedges") -> Grid:
    bloc, rival = wedges.bloc, wedges.rival
    ends = str(Interval(wedges.level)) if wedges.level else ""
    about = f"Who of {bloc} stands nearer to {rival} than to {bloc}"
    data = (wedges.name, wedges.subject, wedges.rules)
    title = " · ".join(filter(None, (about, *data, wedges.measure, ends)))
    slices = (wedges.by,) if wedges.by else ()
    numbers = ("wedge", f"from {bloc}", f"from {rival}", f"nearer to {rival}", f"nearer to {bloc}")
    rows = tuple(
        (row.member, *((row.name,) if wedges.by else ()), *_numbers(row)) for row in wedges.rows[:SHOWN]
    )
    return Grid(title, ("member", *slices, *numbers) if rows else ("",), rows, tuple(_notes(wedges)))


def _numbers(row: "Wedge") -> tuple[str, ...]:
    if row.why:
        return ("undefined", "-", "-", "-", "-")
    value = signed(row.value)
    if row.lower == row.lower:
        value += f" [{signed(row.lower)}, {signed(row.upper)}]"
    n = row.n_questions
    text = f"({value}) of {n}" if n < THIN else f"{value} of {n}"
    ends = (rounded(row.from_bloc), rounded(row.from_rival))
    return (text, *ends, str(row.n_nearer), str(row.n_further))


def signed(value: float) -> str:
    """Return a number rounded for print, with its sign.

    Examples
    --------
    >>> signed(0.25), signed(-0.25), signed(0.0), signed(0.999), signed(0.001)
    ('+0.25', '-0.25', '0.00', '>+0.99', '<+0.01')
    """
    text = rounded(value)
    if not value > 0:
        return text
    return f"{text[0]}+{text[1:]}" if text[0] in "<>" else f"+{text}"


def _notes(wedges: "Wedges") -> Iterator[str]:
    defined = [row for row in wedges.rows if not row.why]
    if not wedges.rows:
        yield f"Undefined: nobody in the data was a member of {wedges.bloc} on the day of a question."
    elif not defined:
        together = f"a member, {wedges.bloc} and {wedges.rival} all on record"
        yield f"{wedges.name} cannot show a wedge: no question has {together}."
    else:
        yield from _reading(wedges, defined)
    yield from _missing(wedges)
    if wedges.n_inside:
        yield (
            f"Left out: {wedges.n_inside} of the {wedges.n_questions} questions, "
            f"as {wedges.rival} was itself a member of {wedges.bloc} on their day."
        )
    if wedges.claims:
        yield _claimed(wedges, "Third parties judge them too" if defined else INSTEAD)
    if len(wedges.rows) > SHOWN:
        yield f"{len(wedges.rows) - SHOWN} more rows: --member ID, or --format csv, html or json."
    yield _next(wedges)


def _reading(wedges: "Wedges", defined: "list[Wedge]") -> Iterator[str]:
    """Say what the values mean, what the bloc's position is, and what they rest on."""
    yield _verdict(wedges, defined)
    yield f"Above 0 nearer to {wedges.rival}, below 0 to {wedges.bloc}; only where all three have a level."
    yield f"It compares positions, and does not tell who drew whom. {_derived(wedges)}"
    yield from _ties(wedges, defined)
    if any(row.n_questions < THIN for row in defined):
        yield f"(...)  fewer than {THIN} questions: a list to read, not a score; ranked after the others."


def _claimed(wedges: "Wedges", told: str) -> str:
    """Name those who claim something of these actors."""
    who = "; ".join(dict.fromkeys(claim.by for claim in wedges.claims))
    n = len(wedges.claims)
    return f"{told}: {n} claim{'s' * (n > 1)} ({who}), which do not count."


def _verdict(wedges: "Wedges", defined: "list[Wedge]") -> str:
    """Say who stands nearer to the rival, of the rows that rest on enough."""
    solid = [row for row in defined if row.n_questions >= THIN]
    nearer = [row for row in solid if row.value > 0]
    enough = f"on {THIN} questions or more"
    if not solid:
        return f"No row rests {enough}: too few to tell who stands nearer to whom."
    if not nearer:
        return f"Nobody stands nearer to {wedges.rival} than to {wedges.bloc} {enough}."
    names = ", ".join(f"{row.member} on {row.name}" if row.name else row.member for row in nearer[:5])
    more = f" and {len(nearer) - 5} more" if len(nearer) > 5 else ""
    text = f"Nearer to {wedges.rival} than to {wedges.bloc}, {enough}: {names}{more}"
    if wedges.level is None:
        return f"{text}."
    sure = sum(row.lower > 0 for row in nearer)
    return f"{text}; the interval lies above 0 for {sure or 'none'} of these {len(nearer)}."


def _ties(wedges: "Wedges", defined: "list[Wedge]") -> Iterator[str]:
    """Say where the bloc has no position, as its other members are evenly split."""
    tied = [row for row in defined if row.n_tied]
    if tied:
        most = max(tied, key=lambda row: row.n_tied)
        where = f"{most.member} on {most.name}" if most.name else most.member
        rows = f"{len(tied)} rows" if len(tied) > 1 else "1 row"
        yield (
            f"Skipped in {rows}: questions on which the other members are evenly split, "
            f"so that {wedges.bloc} has no position; at most {most.n_tied}, for {where}."
        )


def _derived(wedges: "Wedges") -> str:
    """Say whose position the bloc's is."""
    bloc = wedges.bloc
    own = {item.question.id for row in wedges.rows for item in row.questions if item.bloc_is_own}
    made = {item.question.id for row in wedges.rows for item in row.questions} - own
    if not made:
        return f"{bloc} stands by its own record."
    middle = f"{bloc} stands where its other members do (median, or most frequent level)"
    return f"{middle}." if not own else f"{middle}, and on {len(own)} of {len(own | made)} by its own record."


def _missing(wedges: "Wedges") -> Iterator[str]:
    """Say who is missing on what, of the rows that are undefined."""
    undefined = [row for row in wedges.rows if row.why]
    for row in undefined[:4]:
        where = f"{row.member} on {row.name}" if row.name else row.member
        yield f"{where}: {row.missing}."
    if len(undefined) > 4:
        others = dict.fromkeys(row.member for row in undefined[4:])
        yield f"Undefined likewise: {len(undefined) - 4} more rows ({', '.join(list(others)[:8])})."


def _next(wedges: "Wedges") -> str:
    if not wedges.rows:
        return next_line(f"cohesion {wedges.bloc} {{}}", wedges.name)
    first = wedges.rows[0]
    if len({row.member for row in wedges.rows}) == 1 or first.why:
        return next_line(f"compare {first.member} {wedges.rival} {{}}", wedges.name)
    return next_line(f"wedges {wedges.bloc} {{}} --rival {wedges.rival} --member {first.member}", wedges.name)


def _questions_grid(row: "Wedge") -> Grid:
    bloc, rival = row.bloc, row.rival
    heaviest = _heaviest(row)
    title = " · ".join(filter(None, (f"What makes the wedge of {row.member}", row.name)))
    positions = (row.member, bloc, rival)
    header = ("question", *positions, f"from {bloc}", f"from {rival}", "difference", "contribution")
    rows = tuple(_question_row(item) for item in heaviest[:OPENED])
    rest = heaviest[OPENED:]
    notes = [f"Contributions add up to {signed(row.value)}."]
    if rest:
        total = signed(sum(_weight(item) for item in rest))
        notes.append(f"{len(rest)} more questions add {total}: --format json.")
    return Grid(title, header, rows, tuple(notes))


def _heaviest(row: "Wedge") -> "list[WedgeQuestion]":
    """Return the questions by what they add to the wedge, those nearest to the rival first."""
    return sorted(row.questions, key=lambda item: (-_weight(item), item.question.id))


def _weight(item: "WedgeQuestion") -> float:
    return item.contribution if item.contribution == item.contribution else 0.0


def _question_row(item: "WedgeQuestion") -> tuple[str, ...]:
    bloc = item.bloc.position if item.bloc_is_own else f"{item.bloc.position} (its members)"
    positions = (item.question.id, item.member.position, bloc, item.rival.position)
    numbers = (rounded(item.from_bloc), rounded(item.from_rival), signed(item.difference))
    return (*positions, *numbers, cell_text(item.contribution))


def _records(rows: "list[Wedge]") -> list[Stance]:
    """Return the records behind the questions that are shown and tell the two apart, each once."""
    shown = [item for row in rows for item in _heaviest(row)[:OPENED] if item.difference]
    sides = [side for item in shown for side in (item.member, item.bloc, item.rival)]
    return list({id(record): record for side in sides for record in side.records}.values())
