"""One of every result there is, of the shipped datasets, and some over labels that mean harm."""

from attrs import evolve

import stances
from stances import (
    Actor,
    Dataset,
    Positions,
    Question,
    Source,
    Stance,
    agreement_matrix,
    compare,
    reliability,
)
from stances.printable import Listing, Printable
from stances.scales import Scale


def kinds():
    """Every class that is a result, once its module was loaded."""
    found = [Printable]
    for kind in found:
        found += kind.__subclasses__()
    return set(found[1:])


def coded(data):
    """The dataset as two coders made it, who differ on the first record."""
    first, second = (
        [evolve(s, coder=coder, evidence=()) for s in data.stances if not s.is_silence][:6] for coder in "ab"
    )
    question = next(q for q in data.questions if q.id == second[0].question)
    other = next(label for label in question.scale.levels if label != second[0].position)
    second[0] = evolve(second[0], position=other)
    return evolve(data, stances=[*first, *second])


def two_editions(data):
    """What changed where the first level of a dataset moved."""
    k, stance = next((k, s) for k, s in enumerate(data.stances) if not s.is_silence)
    scale = next(q.scale for q in data.questions if q.id == stance.question)
    other = next(label for label in scale.levels if label != stance.position)
    moved: list[Stance] = [*data.stances]
    moved[k] = evolve(stance, position=other)
    return stances.diff(data, evolve(data, stances=moved))


def every_result(report: Dataset, votes: Dataset) -> dict[str, Printable]:
    """One of each kind that a dataset without SciPy can give, by the name of its class."""
    table = votes.positions()
    matrix = stances.agreement_matrix(votes, interval=0.95)
    changed = two_editions(votes)
    cell = changed.cells[0]
    ground = stances.common_ground(report)
    results = [
        matrix.pairs(), table, report, stances.registry.blocs(), stances.compare(report, "CHN", "FRA"), matrix.top(),
        matrix, stances.bloc_agreement(votes, "EU", "G7"), stances.bloc_line(votes, "EU"),
        stances.cohesion(votes, "EU", by="issue"), stances.trend(votes, "CHN", "FRA", by="year"),
        stances.wedges(votes, "EU", "CHN"), stances.check_dataset(report), stances.explain_issues(table),
        stances.words_and_deeds(report), stances.speech_and_action(report), changed,
        changed.explain(cell.first, cell.second), ground, ground.all_standings[0], stances.fault_lines(report),
        stances.nearest(table.select(actors=["CHN", "IND"]), table.select(actors=["FRA", "USA"])),
        reliability.report(coded(report)),
    ]  # fmt: skip
    return {type(result).__name__: result for result in results}


def with_scipy(votes: Dataset) -> dict[str, Printable]:
    """Those that need SciPy."""
    matrix = stances.agreement_matrix(votes)
    return {"Camps": stances.camps(matrix), "ActorMap": stances.map_of(matrix)}


HOSTILE = [
    "<script>alert(1)</script>", '" onmouseover="x', "50% & $5_{#}^~", r"\input{secret}", "[EU]", "*", "=1+1",
    "a|b`c`", "</td></table>", "\x1b[2J", "long " * 60,
]  # fmt: skip


def hostile():
    """Results over labels that mean something to whoever shows them."""
    scale = Scale("s", HOSTILE[:5])
    table = Positions.from_codes(
        [[k % 5 for k in range(6)] for _ in range(4)], scale=scale, actors=[*HOSTILE[2:5], HOSTILE[0]]
    )
    data = Dataset(
        "d", title=HOSTILE[0], licence=HOSTILE[1],
        questions=[Question("q", HOSTILE[8], scale)],
        actors=[Actor("A", HOSTILE[0]), Actor("B", HOSTILE[10])],
        sources=[Source("s", HOSTILE[0], publisher=HOSTILE[3])],
        stances=[Stance("A", "q", HOSTILE[0]), Stance("B", "q", HOSTILE[3])],
    )  # fmt: skip
    first = Listing(HOSTILE[0], {label: [label] for label in HOSTILE}, (HOSTILE[8],))
    return [table, agreement_matrix(table), agreement_matrix(table).top(), data, compare(data, "A", "B"), first,
            stances.common_ground(data), stances.fault_lines(data), stances.check_dataset(data)]  # fmt: skip
