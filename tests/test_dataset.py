"""A dataset checks its integrity once, tells every fault, and can be cut down."""

import pytest
from attrs import evolve

from stances import (
    SUPPORT,
    VOTE,
    Actor,
    Dataset,
    DatasetError,
    Evidence,
    Issue,
    Question,
    Source,
    Stance,
    Uncoded,
)
from stances.errors import (
    ContradictionError,
    DuplicateIdError,
    LevelError,
    RepeatedStanceError,
    UnknownActorError,
    UnknownIssueError,
    UnknownQuestionError,
    UnknownSourceError,
)
from stances.models import Membership
from stances.scales import Scale


@pytest.fixture
def data():
    """Two actors, two questions, three stances."""
    return Dataset(
        "tiny",
        issues=[Issue("u"), Issue("g")],
        questions=[Question("q1", "?", SUPPORT, issues=["u"]), Question("q2", "?", VOTE, issues=["g"])],
        actors=[Actor("FRA"), Actor("CHN"), Actor("EU", kind="bloc")],
        memberships=[Membership("FRA", "EU")],
        sources=[Source("s", passages=2)],
        stances=[
            Stance("FRA", "q1", "supportive", evidence=[Evidence("s", locator="1")]),
            Stance("CHN", "q1", "silent", asked_by="FRA"),
            Stance("CHN", "q2", "yes"),
        ],
    )


def faults_of(data, **changes):
    """The errors of a changed dataset, by class, with the places they name."""
    with pytest.raises(DatasetError) as caught:
        evolve(data, **changes)
    return [(type(f.error), [str(place) for place in f.places]) for f in caught.value.faults]


def test_every_fault_is_told(data):
    """Faults of many kinds are reported together, each with its place."""
    wrong = [
        *data.stances,
        Stance("FRN", "q1", "supportive"),
        Stance("FRA", "q3", "supportive"),
        Stance("FRA", "q1", "yes", date="2020"),
        Stance("FRA", "q2", "absent", asked_by="USA"),
        Stance("CHN", "q1", "mixed", evidence=[Evidence("t")]),
        Stance("CHN", "q2", "no"),
        Stance("CHN", "q2", "yes"),
    ]
    assert faults_of(
        data,
        stances=wrong,
        questions=[
            *data.questions,
            Question("q2", "?", VOTE),
            Question("q4", "?", VOTE, issues=["x"], source="t"),
        ],
        memberships=[Membership("FRA", "NATO")],
        uncoded=[Uncoded("t", "1", "why")],
    ) == [
        (DuplicateIdError, ["questions[1]", "questions[2]"]),
        (UnknownIssueError, ["questions[3]"]),
        (UnknownSourceError, ["questions[3]"]),
        (UnknownActorError, ["memberships[0]"]),
        (UnknownSourceError, ["uncoded[0]"]),
        (UnknownActorError, ["stances[3]"]),
        (UnknownQuestionError, ["stances[4]"]),
        (UnknownActorError, ["stances[6]"]),
        (UnknownSourceError, ["stances[7]"]),
        (LevelError, ["stances[5]"]),
        (ContradictionError, ["stances[2]", "stances[8]"]),
        (RepeatedStanceError, ["stances[2]", "stances[9]"]),
    ]


@pytest.mark.parametrize(
    "apart",
    [{"date": "2025"}, {"basis": "deed"}, {"coder": "ann"}, {"evidence": [Evidence("s")]}],
)
def test_records_that_something_sets_apart_may_differ(data, apart):
    """Another date, basis, coder or source makes two levels a difference, not a contradiction."""
    kept = evolve(data, stances=[*data.stances, Stance("CHN", "q2", "no", **apart)])
    assert len(kept.stances) == 4


def test_assessments_of_two_speakers_may_differ(data):
    """Third parties may judge differently; one of them may not."""

    def judged(level, speaker):
        return Stance("EU", "q2", level, basis="assessment", evidence=[Evidence("s", speaker=speaker)])

    assert len(evolve(data, stances=[judged("yes", "A"), judged("no", "B")]).stances) == 2
    assert faults_of(data, stances=[judged("yes", "A"), judged("no", "A")])[0][0] is ContradictionError


def test_two_scales_may_not_share_an_id(data):
    """A question's scale is the dataset's scale of that id."""
    other = Scale("vote", ["no", "yes"])
    assert faults_of(data, scales=[other])[0][0] is DuplicateIdError


def test_scales_are_completed(data):
    """The scales of questions need not be named again."""
    assert data.scales == (SUPPORT, VOTE)


def test_select(data):
    """A selection keeps what is asked for and the actors that kept records name."""
    assert [q.id for q in data.select(issues="u").questions] == ["q1"]
    assert [s.question for s in data.select(issues=["u"]).stances] == ["q1", "q1"]
    chosen = data.select(actors="CHN")
    assert [a.id for a in chosen.actors] == ["FRA", "CHN"]
    assert {s.actor for s in chosen.stances} == {"CHN"}
    assert data.select(questions=["q2"], actors=["CHN"]).stances == (data.stances[2],)
    assert data.select() == data


@pytest.mark.parametrize(
    ("ids", "error"), [({"actors": "FRN"}, UnknownActorError), ({"issues": "x"}, UnknownIssueError)]
)
def test_select_refuses_unknown_ids(data, ids, error):
    """An unknown id is an error with the nearest known one."""
    with pytest.raises(error):
        data.select(**ids)


def test_str_is_a_table_and_repr_is_short(data):
    """`str` counts who is on record; `repr` tells sizes on one line."""
    assert repr(data) == "<Dataset 'tiny': 3 actors, 2 questions, 3 stances>"
    assert "CHN" in str(data)
    assert "Licence: not given." in str(data)
    assert data.columns()["position"] == ["supportive", "silent", "yes"]
    assert data.columns()["n_passages"] == [1, 0, 0]


def test_messages_stay_short(data):
    """Of very many faults the first twenty are printed, and all are kept."""
    wrong = [Stance("FRA", "q9", "yes", coder=str(k)) for k in range(50)]
    with pytest.raises(DatasetError) as caught:
        evolve(data, stances=wrong)
    assert len(caught.value.faults) == 50
    assert str(caught.value).endswith("and 30 more")
