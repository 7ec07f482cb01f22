"""Write the parts of the docs that the library makes: ``python docs/generate.py``.

A part stands between two comments, ``<!-- generated: NAME -->`` and ``<!-- end -->``. `tests/test_docs.py`
fails where a page is not what this program writes.
"""

import re
from collections.abc import Callable
from pathlib import Path

from stances import MEASURES, VOTE, Measure, Positions, agreement_matrix
from stances.matrix import Cell
from stances.printable import rounded

DOCS = Path(__file__).resolve().parent
ACTORS = ("FRA", "CHN", "USA", "ISR")
# Votes in the General Assembly, by the symbol of the resolution: Y yes, A abstain, N no.
VOTES = {
    "A/RES/ES-11/1": "YAYY",  # aggression against Ukraine, 2 March 2022
    "A/RES/ES-11/3": "YNYY",  # Russia's membership of the Human Rights Council, 7 April 2022
    "A/RES/ES-11/4": "YAYY",  # territorial integrity of Ukraine, 12 October 2022
    "A/RES/ES-11/5": "YNYA",  # remedy and reparation, 14 November 2022
    "A/RES/ES-11/6": "YAYY",  # a just and lasting peace in Ukraine, 23 February 2023
    "A/RES/ES-10/21": "YYNN",  # protection of civilians in Gaza, 27 October 2023
    "A/RES/ES-10/22": "YYNN",  # ceasefire in Gaza, 12 December 2023
    "A/RES/ES-10/23": "YYNN",  # Palestine's admission, 10 May 2024
    "A/RES/78/7": "YYNN",  # embargo against Cuba, 2 November 2023
    "A/RES/78/26": "AYNN",  # multilateralism in disarmament, 4 December 2023
    "A/RES/78/135": "AYNN",  # economic coercion, 19 December 2023
    "A/RES/78/202": "NYNN",  # unilateral coercive measures, 19 December 2023
}
ON_UKRAINE = [symbol for symbol in VOTES if "ES-11" in symbol]
CODES = {"N": 0, "A": 1, "Y": 2}


def votes() -> Positions:
    """Return the votes of the example."""
    codes = [[CODES[row[i]] for row in VOTES.values()] for i in range(len(ACTORS))]
    return Positions.from_codes(codes, scale=VOTE, actors=ACTORS, questions=VOTES)


def choosing() -> str:
    """Return the table of all measures over the same example."""
    table = votes()
    lines = [
        "| measure | what it says | FRA-CHN, 12 votes | USA-ISR, 5 votes on Ukraine | misleads |",
        "| --- | --- | --- | --- | --- |",
    ]
    for measure in MEASURES.values():
        first = agreement_matrix(table, measure, interval=0.95).cell("FRA", "CHN")
        second = agreement_matrix(table.select(questions=ON_UKRAINE), measure).cell("USA", "ISR")
        cells = (f"`{measure.name}`", measure.title, _interval(first), _value(second), measure.misleads)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def references() -> str:
    """Return what each measure is made of, and where it was published."""
    lines = [
        "| measure | kernel | chance | level | range | reference |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for m in MEASURES.values():
        cells = (f"`{m.name}`", m.kernel or "a formula", m.chance or "none", m.level, _range(m), m.reference)
        lines.append(f"| {' | '.join(str(cell) for cell in cells)} |")
    return "\n".join(lines)


def _range(measure: Measure) -> str:
    low, high = measure.range
    return f"{low:g} to {high:g}"


def _value(cell: Cell) -> str:
    return f"undefined: {cell.why}" if cell.why else rounded(cell.value)


def _interval(cell: Cell) -> str:
    return f"{_value(cell)} [{rounded(cell.lower)}, {rounded(cell.upper)}]"


PARTS: dict[str, dict[str, Callable[[], str]]] = {
    "explanation/choosing-a-measure.md": {"choosing": choosing, "references": references},
}


def page(path: str) -> str:
    """Return a page with its generated parts made anew."""
    text = (DOCS / path).read_text("utf-8")
    for name, make in PARTS[path].items():
        pattern = re.compile(rf"(<!-- generated: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        if not pattern.search(text):
            raise SystemExit(f"{path} has no part named {name}")
        text = pattern.sub(lambda found, make=make: f"{found[1]}\n{make()}\n\n{found[2]}", text)
    return text


if __name__ == "__main__":
    for path in PARTS:
        (DOCS / path).write_text(page(path), "utf-8")
