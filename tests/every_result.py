"""One of every result there is, made of two datasets: what prints, exports and shows in a notebook."""

from attrs import evolve

import stances
from stances import Dataset, Stance, reliability
from stances.printable import Printable


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
