"""Expert placements of parties: the Chapel Hill Expert Survey."""

import math
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from stances.codes import NO_RECORD
from stances.errors import DuplicateIdError, Fault, FieldError
from stances.files.plain_cells import decimal
from stances.models import Question
from stances.positions import Origin, Positions
from stances.readers.cells import filled, meanings, named, settle
from stances.readers.columns import folded, header_of, read_columns
from stances.readers.factors import Table
from stances.readers.published import CHES
from stances.readers.roll_calls import stem
from stances.scales import MAX_LEVELS, Scale

# column, its lowest and highest value, what it asks, and the column of its salience
POSITIONS: dict[str, tuple[int, int, str, str]] = {
    "eu_position": (1, 7, "European integration: opposed to in favour", "eu_salience"),
    "eu_cohesion": (1, 7, "EU cohesion policy: opposed to in favour", ""),
    "eu_foreign": (1, 7, "EU foreign and security policy: opposed to in favour", ""),
    "eu_intmark": (1, 7, "internal market: opposed to in favour", ""),
    "eu_budgets": (1, 7, "EU authority over national budgets: opposed to in favour", ""),
    "eu_asylum": (1, 7, "common policy on asylum: opposed to in favour", ""),
    "lrgen": (0, 10, "general position: left to right", ""),
    "lrecon": (0, 10, "economy: left to right", "lrecon_salience"),
    "galtan": (0, 10, "libertarian to traditional", "galtan_salience"),
    "immigrate_policy": (0, 10, "immigration: liberal to restrictive", "immigrate_salience"),
    "multiculturalism": (0, 10, "multicultural to assimilation", "multicult_salience"),
    "redistribution": (0, 10, "redistribution: in favour to opposed", "redist_salience"),
    "environment": (0, 10, "environment to economic growth", "enviro_salience"),
    "spendvtax": (0, 10, "public services to lower taxes", ""),
    "deregulation": (0, 10, "deregulation: opposed to in favour", ""),
    "econ_interven": (0, 10, "state intervention: in favour to opposed", ""),
    "civlib_laworder": (0, 10, "civil liberties to law and order", ""),
    "sociallifestyle": (0, 10, "liberal lifestyles: in favour to opposed", ""),
    "religious_principles": (0, 10, "religious principles in politics: opposed to in favour", ""),
    "ethnic_minorities": (0, 10, "more rights for ethnic minorities: in favour to opposed", ""),
    "nationalism": (0, 10, "cosmopolitan to nationalist", ""),
    "urban_rural": (0, 10, "urban to rural interests", ""),
    "protectionism": (0, 10, "trade liberalisation to protection", ""),
    "regions": (0, 10, "decentralisation to regions: in favour to opposed", ""),
}
Floats = NDArray[np.float64]
_ROUNDING = 1e-6  # the means are written with seven digits


def read_ches(path: str | Path, step: float = 0.5) -> Positions:
    r"""Read the party placements of a wave of the Chapel Hill Expert Survey.

    Download: https://www.chesdata.eu, the file of means over experts, as CSV.

    Parameters
    ----------
    path : str or Path
        A row per party, with ``party``, ``party_id``, and the columns of `POSITIONS` that the wave has.
    step : float
        Distance between two levels, which divides the width of the scales: 0.1, 0.2, 0.25, 0.5, 1, 2.

    Returns
    -------
    Positions
        On ordered scales with levels every `step`, 1 to 7 for the EU and 0 to 10 for the rest. A mean
        over experts is rounded to the nearest level, halfway cases up, and ``origin.rules`` says so; an
        empty cell is no record. ``saliences`` holds how much an issue matters to a party, 0 to 10,
        where the survey asked; NaN elsewhere. Actors are the parties by their abbreviation as printed,
        with the ``party_id`` behind where several have the same: ``PS-102``. In the order of the file.

    Raises
    ------
    DatasetError
        With every fault of the file.
    FieldError
        If the step does not divide the scales.

    Notes
    -----
    Lost are the country (a number in the file), what rounding takes, and the columns on dissent,
    blurring and the spread across experts.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "ches.csv")
    ...     _ = path.write_text(
    ...         "party,party_id,eu_position,eu_salience\nREDS,101,6.08,4.3\nBLUES,102,2.25,\n"
    ...     )
    ...     parties = read_ches(path)
    >>> parties.text(0, 0), parties.text(1, 0), parties.saliences.tolist()
    ('6', '2.5', [[4.3], [nan]])
    """
    path = Path(path)
    scales = {(low, high): _scale(low, high, step) for low, high, _, _ in POSITIONS.values()}
    there = {folded(cell) for cell in header_of(path)}
    asked = [name for name in POSITIONS if name in there] or ["eu_position"]
    important = [POSITIONS[name][3] for name in asked]
    columns = [name for name in important if name in there]
    table = read_columns(
        path, (("party", "party_id"), *((c,) for c in (*asked, *columns))), ("party", "party_id", asked[0])
    )
    faults = list(table.faults)
    actors = _parties(table, faults)
    means = {c: _numbers(table, k, c, faults) for k, c in enumerate((*asked, *columns), start=1)}
    questions = [_question(name, scales[POSITIONS[name][:2]]) for name in asked]
    for name in asked:
        _check_range(table, name, means[name], faults)
    settle(faults)
    shape = (len(questions), len(actors))
    codes = np.array([_levels(name, means[name], step) for name in asked]).reshape(shape).T
    nothing = np.full(len(actors), np.nan)
    saliences = np.array([means.get(name, nothing) for name in important]).reshape(shape).T
    rules = f"expert means rounded to the nearest {step:g}, halfway cases up"
    return Positions(
        actors, questions, codes, Origin(stem(path), rules, sources=(CHES,)), saliences if columns else None
    )


def _scale(low: int, high: int, step: float) -> Scale:
    if isinstance(step, bool) or not isinstance(step, int | float) or not 0 < step <= high - low:
        raise FieldError("step", step, "is not a number above 0 and at most the width of the scale")
    n_steps = round((high - low) / step)
    if abs(n_steps * step - (high - low)) > 1e-9 or n_steps >= MAX_LEVELS:
        raise FieldError("step", step, f"does not divide {low} to {high} into at most {MAX_LEVELS} levels")
    values = [round(low + k * step, 9) for k in range(n_steps + 1)]
    return Scale(f"ches-{low}-{high}", [f"{value:g}" for value in values], values)


def _question(name: str, scale: Scale) -> Question:
    return Question(name, POSITIONS[name][2], scale)


def _parties(table: Table, faults: list[Fault]) -> list[str]:
    """Return what people type for each party, all different: one row is one party."""
    party = table.factors[0]
    names, empty = meanings(table, party, "party", lambda row: named("party", row[0]))
    ids, nameless = meanings(table, party, "party_id", lambda row: filled("party_id", row[1]))
    faults += [*empty, *nameless]
    for k, n in Counter(party.numbers.tolist()).items():
        if n > 1:
            rows = np.flatnonzero(party.numbers == k)[:2]
            error = DuplicateIdError("party", " ".join(party.values[k]))
            faults.append(Fault(error, tuple(table.place(int(row), "party") for row in rows)))
    shared = Counter(names)
    called = [f"{n}-{i}" if shared[n] > 1 else str(n) for n, i in zip(names, ids, strict=True)]
    return [called[k] for k in party.numbers]


def _numbers(table: Table, index: int, column: str, faults: list[Fault]) -> Floats:
    """Return the numbers of a column, shape (n_rows,); NaN where it is empty."""
    factor = table.factors[index]
    values, wrong = meanings(table, factor, column, lambda text: _number(column, text))
    faults += wrong
    return np.array([math.nan if v is None else v for v in values] + [math.nan])[factor.numbers]


def _number(column: str, text: str) -> float:
    return decimal(column, text.strip()) if text.strip() else math.nan


def _check_range(table: Table, name: str, means: Floats, faults: list[Fault]) -> None:
    low, high = POSITIONS[name][:2]
    for row in np.flatnonzero((means < low) | (means > high)):
        error = FieldError(name, float(means[row]), f"is not between {low} and {high}")
        faults.append(Fault(error, (table.place(int(row), name),)))


def _levels(name: str, means: Floats, step: float) -> Floats:
    """Return the index of the nearest level, the higher one of two; no record where there is no mean."""
    steps = np.floor((means - POSITIONS[name][0]) / step + 0.5 + _ROUNDING)
    return np.where(np.isnan(means), NO_RECORD, steps)
