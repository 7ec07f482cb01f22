"""From records to positions: every rule as an example, and the laws that hold for all records."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from stances import VOTE, Actor, Dataset, Evidence, Question, Source, Stance
from stances.errors import ChoiceError, FieldError, UnknownCoderError
from stances.positions import CONFLICT, NO_RECORD, SILENT
from stances.strategies import datasets


def position(*stances, **rules):
    """What some records of FRA on one question come to, as text."""
    data = Dataset(
        "d",
        questions=[Question("q", "?", VOTE)],
        actors=[Actor("FRA"), Actor("CHN")],
        sources=[Source("s")],
        stances=[Stance("FRA", "q", level, **about) for level, about in stances],
    )
    table = data.positions(**rules)
    return table.text(table.index("FRA"), 0)


def says(level, **about):
    """A record."""
    return level, about


RULES = {
    "one record": ([says("yes")], {}, "yes"),
    "no record": ([], {}, "no_record"),
    "deeds count": ([says("yes", basis="deed")], {}, "yes"),
    "assessments do not": ([says("yes", basis="assessment")], {}, "no_record"),
    "assessments on request": ([says("yes", basis="assessment")], {"basis": "assessment"}, "yes"),
    "only words": ([says("yes"), says("no", basis="deed")], {"basis": "word"}, "yes"),
    "word against deed": ([says("yes"), says("no", basis="deed")], {}, "conflict"),
    "word like deed": ([says("yes"), says("yes", basis="deed")], {}, "yes"),
    "word preferred": ([says("yes"), says("no", basis="deed")], {"prefer": "word"}, "yes"),
    "deed preferred": ([says("yes"), says("no", basis="deed")], {"prefer": "deed"}, "no"),
    "deed preferred, none there": ([says("yes")], {"prefer": "deed"}, "yes"),
    "later wins": ([says("no", date="2024"), says("yes", date="2025")], {}, "yes"),
    "later wins in any order": ([says("yes", date="2025"), says("no", date="2024")], {}, "yes"),
    "overlapping spans": ([says("no", date="2022/"), says("yes", date="2025-12-04")], {}, "conflict"),
    "spans that agree": ([says("yes", date="2022/"), says("yes", date="2025-12-04")], {}, "yes"),
    "spans apart": ([says("no", date="2022/2023"), says("yes", date="2024/2025")], {}, "yes"),
    "a month of the year": ([says("no", date="2025"), says("yes", date="2025-07")], {}, "conflict"),
    "undated meets all": ([says("no"), says("yes", date="2025")], {}, "conflict"),
    "an older conflict is past": (
        [says("no", date="2020"), says("abstain", date="2020-05"), says("yes", date="2025")],
        {},
        "yes",
    ),
    "two coders differ": ([says("no", coder="a"), says("yes", coder="b")], {}, "conflict"),
    "one coder asked": ([says("no", coder="a"), says("yes", coder="b")], {"coders": "b"}, "yes"),
    "silence alone": ([says("silent")], {}, "silent"),
    "silence beside a level": ([says("silent", date="2025"), says("yes", date="2020")], {}, "yes"),
    "silence beside a conflict": ([says("silent"), says("yes"), says("no", basis="deed")], {}, "conflict"),
    "silence after a filter": ([says("silent"), says("yes", inferred=True)], {"inferred": False}, "silent"),
    "the later silence": ([says("silent", date="2020"), says("absent", date="2021")], {}, "absent"),
    "silences of one day": ([says("absent"), says("silent", coder="a")], {}, "silent"),
    "inferred counts": ([says("yes", inferred=True)], {}, "yes"),
    "inferred left out": ([says("yes", inferred=True)], {"inferred": False}, "no_record"),
    "voice": (
        [says("yes", evidence=[Evidence("s", voice="joint")]), says("no", coder="a")],
        {"voice": ("own", "joint")},
        "yes",
    ),
    "as of before": ([says("yes", date="2025-12-04")], {"as_of": "2025-11"}, "no_record"),
    "as of after": ([says("yes", date="2025-12-04")], {"as_of": "2026"}, "yes"),
    "as of, undated": ([says("yes")], {"as_of": "2026"}, "no_record"),
    "as of, ended": ([says("yes", date="2020/2021"), says("no", date="2019")], {"as_of": "2024"}, "no"),
    "confident": ([says("yes", confidence=0.9)], {"min_confidence": 0.5}, "yes"),
    "not confident": ([says("yes", confidence=0.4)], {"min_confidence": 0.5}, "no_record"),
    "confidence not given": ([says("yes")], {"min_confidence": 0.5}, "yes"),
}


@pytest.mark.parametrize(("stances", "rules", "expected"), RULES.values(), ids=RULES)
def test_rules(stances, rules, expected):
    """Each rule of resolution gives what its name says."""
    assert position(*stances, **rules) == expected


@given(datasets(max_stances=12), st.randoms(use_true_random=False))
@pytest.mark.hostile("N14")
def test_order_of_records_does_not_matter(data, random):
    """Shuffled records come to the same positions."""
    shuffled = list(data.stances)
    random.shuffle(shuffled)
    assert (evolve(data, stances=shuffled).positions().codes == data.positions().codes).all()


@given(datasets(max_stances=12), st.sampled_from([None, "word", "deed"]))
def test_positions_equal_a_slow_oracle(data, prefer):
    """Positions are what the rules, written down once more in plain words, give."""
    table = data.positions(prefer=prefer)
    for i, actor in enumerate(table.actors):
        for j, question in enumerate(table.questions):
            mine = [s for s in data.stances if (s.actor, s.question) == (actor, question.id)]
            assert table.text(i, j) == slow_position(mine, prefer)


def slow_position(records, prefer):
    """Settle one actor's records on one question, step by step."""
    levels = {
        basis: newest([s for s in records if s.basis == basis and not s.is_silence])
        for basis in ("word", "deed")
    }
    counted = [
        s.position for s in (levels[prefer] if prefer and levels[prefer] else levels["word"] + levels["deed"])
    ]
    if counted:
        return counted[0] if len(set(counted)) == 1 else "conflict"
    silences = [s for s in records if s.is_silence and s.basis != "assessment"]
    last = [s.position for s in silences if end(s) == max(map(end, silences))]
    return next((kind for kind in ("silent", "absent", "not_eligible") if kind in last), "no_record")


def end(stance):
    """The last day a record may speak of, as text; what is open or undated ends last."""
    return "9999-12-31" if stance.date is None else stance.date.last.isoformat()


def start(stance):
    """The first day a record may speak of, as text."""
    return "0001-01-01" if stance.date is None else stance.date.first.isoformat()


def newest(records):
    """The records that end last, and those that share a day with one of them."""
    last = [s for s in records if end(s) == max(map(end, records))]
    return [s for s in records if any(start(s) <= end(n) and start(n) <= end(s) for n in last)]


@given(datasets(max_stances=12))
def test_a_silence_never_replaces_a_level(data):
    """Without its silences a dataset has the same levels and conflicts."""
    spoken = evolve(data, stances=[s for s in data.stances if not s.is_silence])
    with_silence, without = data.positions().codes, spoken.positions().codes
    taken = (without >= 0) | (without == CONFLICT)
    assert (with_silence[taken] == without[taken]).all()
    assert ((with_silence[~taken] >= -4) & (with_silence[~taken] < 0)).all()


@given(datasets(max_stances=12))
def test_every_cell_knows_its_records(data):
    """A cell that is not empty names the records it rests on, and they are the actor's own."""
    table = data.positions()
    for i, actor in enumerate(table.actors):
        for j, question in enumerate(table.questions):
            behind = table.origin.records.get((actor, question.id), ())
            assert bool(behind) or table.codes[i, j] == NO_RECORD
            assert all((s.actor, s.question) == (actor, question.id) for s in behind)
            if table.codes[i, j] == SILENT:
                assert all(s.position == "silent" for s in behind)


@pytest.mark.parametrize(
    ("rules", "error"),
    [
        ({"basis": "words"}, ChoiceError),
        ({"basis": 3}, FieldError),
        ({"prefer": "deeds"}, ChoiceError),
        ({"voice": "owned"}, ChoiceError),
        ({"coders": "nobody"}, UnknownCoderError),
        ({"inferred": "no"}, FieldError),
        ({"as_of": "yesterday"}, FieldError),
        ({"min_confidence": 2}, FieldError),
        ({"baisis": "word"}, TypeError),
    ],
)
def test_rules_that_make_no_sense_are_refused(seed, rules, error):
    """A misspelt rule is an error, never a rule that is quietly left out."""
    with pytest.raises(error):
        seed.positions(**rules)


def test_rules_are_written_into_the_caption(seed):
    """The caption says which rules were used."""
    table = seed.positions(prefer="deed", inferred=False, voice="own", as_of="2026", min_confidence=0.5)
    assert table.origin.rules == (
        "words and deeds, deeds preferred, nothing inferred, voices own, as of 2026, confidence at least 0.5"
    )
