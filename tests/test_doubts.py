"""What `check` doubts in a valid dataset: dates that cannot be right, and names that look alike."""

import json

import pytest

import stances
from stances import VOTE, Actor, Dataset, Evidence, Issue, Question, Scale, Source, Stance, check_dataset
from stances.cli import main


def data(*records, actors=(), **more):
    """A dataset of some stances; their actors are states."""
    actors = [
        *actors,
        *(Actor(key) for key in dict.fromkeys(r.actor for r in records) if key not in {a.id for a in actors}),
    ]
    more = {"questions": [Question("q", "?", VOTE), Question("r", "?", VOTE, date="2020-03-01")]} | more
    return Dataset("d", actors=actors, stances=records, **more)


def doubts(dataset, kind):
    """What is doubted of one kind: subject, problem and records."""
    return [(d.subject, d.problem, d.records) for d in check_dataset(dataset).doubts if d.kind == kind]


@pytest.mark.parametrize(
    ("actor", "date", "problem"),
    [
        ("SUN", "2020", "was there until 1991"),
        ("USSR", "1992-01-01", "was there until 1991"),
        ("SSD", "1999", "was there from 2011-07-09 on"),
        ("DDR", "1990-10-03", "was there from 1949-10-07 to 1990-10-02"),
        ("DDR", "1990-11/", "was there from 1949-10-07 to 1990-10-02"),
        ("DEU", "1948", "was there from 1949-05-23 on"),
        ("YUG", "2010", "was there until 2003-02-03"),
        ("CZE", "1992", "was there from 1993-01-01 on"),
    ],
)
@pytest.mark.hostile("D07")
def test_who_was_not_there_is_doubted(actor, date, problem):
    """A state's stance is dated wholly outside of the time in which it was there; nothing is merged."""
    dataset = data(Stance(actor, "q", "yes", date=date))
    assert doubts(dataset, "existence") == [(actor, problem, (f"{actor} on q ({date})",))]
    assert dataset.positions().actors == (actor,)


@pytest.mark.parametrize(
    "stance",
    [
        Stance("SUN", "q", "yes", date="1991"),
        Stance("SUN", "q", "yes", date="1985/"),  # it may have ended when the state did
        Stance("SUN", "q", "yes"),
        Stance("SSD", "r", "yes"),
        Stance("SSD", "q", "not_eligible", date="1999"),
        Stance("DDR", "q", "yes", date="1990"),
        Stance("DEU", "q", "yes", date="1980"),
        Stance("CHE", "q", "yes", date="1990"),  # a member from 2002 on, and there before
        Stance("UKR", "q", "yes", date="1970"),
        Stance("SPD", "q", "yes", date="1700"),
    ],
)
@pytest.mark.hostile("D07")
def test_who_may_have_been_there_is_not(stance):
    """What may lie within the lifetime, or is of a state without one, is not doubted."""
    assert doubts(data(stance), "existence") == []


def test_the_question_tells_the_day_where_the_stance_does_not():
    """An undated vote was cast on the day of its roll call, and only states are looked up."""
    assert doubts(data(Stance("SUN", "r", "yes")), "existence")[0][2] == ("SUN on r (2020-03-01)",)
    paper = data(Stance("SUN", "r", "yes"), actors=[Actor("SUN", "The Sun", kind="newspaper")])
    assert doubts(paper, "existence") == []


@pytest.mark.parametrize(
    ("published", "date", "doubted"),
    [
        ("2019", "2020", True),
        ("2020-03-01", "2020-03-02", True),
        ("2020-03-01", "2020-04/2020-05", True),
        ("2020", "2020-12-31", False),
        ("2020-03-01", "2020-03-01", False),
        ("2020-03-02", "2020-03-01", False),  # as reports are
        ("2019", "/2020", False),
        ("2019", None, False),
        (None, "2020", False),
    ],
)
@pytest.mark.hostile("D08")
def test_a_source_older_than_what_it_attests_is_doubted(published, date, doubted):
    """A source cannot tell what had surely not begun when it came out."""
    stance = Stance(
        "FRA", "q", "yes", date=date, evidence=[Evidence("s", locator="1"), Evidence("s", locator="2")]
    )
    found = doubts(data(stance, sources=[Source("s", date=published)]), "source")
    assert found == ([("s", f"is of {published}, before what it attests", (f"FRA on q ({date})",))] * doubted)


@pytest.mark.hostile("U13")
def test_ids_that_differ_in_case_alone_are_doubted():
    """Ids of one kind, and coders; what is of two kinds may share a name."""
    dataset = data(
        Stance("fra", "q", "yes", coder="Ana"),
        Stance("FRA", "q", "yes", coder="ana"),
        Stance("CHN", "Q", "yes", coder="Q"),
        questions=[
            Question("q", "?", VOTE, issues=["gaza"]),
            Question("Q", "?", Scale("vote2", ("no", "yes"))),
        ],
        issues=[Issue("gaza"), Issue("Gaza")],
        sources=[Source("s"), Source("S"), Source("chn")],
    )
    assert [(subject, where) for subject, _, where in doubts(dataset, "case")] == [
        ("Gaza, gaza", ("issues",)),
        ("Q, q", ("questions",)),
        ("FRA, fra", ("actors",)),
        ("S, s", ("sources",)),
        ("Ana, ana", ("coders",)),
    ]


@pytest.mark.hostile("U12")
def test_mixed_scripts_are_doubted_wherever_people_read_a_name():
    """Titles, levels, issues, questions, names and aliases, sources and coders; a word once, with its places."""
    word = "\u0420US"
    scale = Scale("own", (f"no {word}", "yes"))
    dataset = data(
        Stance("RUS", "q", "yes", coder=word, evidence=[Evidence("s", quote=f"{word} said", speaker=word)]),
        actors=[Actor("RUS", word, aliases=[f"{word} again"])],
        title=word,
        questions=[Question("q", f"Should {word} join?", scale, issues=["i"])],
        issues=[Issue("i", word)],
        sources=[Source("s", word, publisher=word)],
    )
    places = ("title", "scale own", "issue i", "question q", "actor RUS", "source s", f"coder {word}")
    assert doubts(dataset, "script") == [(word, "mixes letters of Cyrillic and Latin", places)]


def test_what_is_shipped_is_not_doubted():
    """The shipped datasets are free of doubts."""
    assert [check_dataset(stances.load(name)).doubts for name in stances.shipped_datasets()] == [(), ()]


def test_doubts_are_told_and_end_in_findings(tmp_path, capsys, monkeypatch):
    """`check` tells each once, with three of its records; the exit status is 1, and all are in the JSON form."""
    monkeypatch.chdir(tmp_path)
    records = [Stance("SUN", f"q{k}", "yes", date=f"{2000 + k}") for k in range(12)]
    stances.dump(data(*records, questions=[Question(f"q{k}", "?", VOTE) for k in range(12)]), "late.json")
    assert main(["check", "late.json"]) == 1
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("SUN ")]
    assert line.endswith("SUN on q0 (2000), SUN on q1 (2001), SUN on q2 (2002) and 9 more")
    assert main(["check", "late.json", "--format", "json"]) == 1
    (doubt,) = json.loads(capsys.readouterr().out)["doubts"]
    assert len(doubt["records"]) == 12
    assert doubt["kind"] == "existence"


@pytest.mark.hostile("C27")
def test_what_a_spreadsheet_made_of_ids_is_doubted():
    """1-Mar may be an id, and is hardly meant; March-1 and text around it are left alone."""
    kinds = {"questions": [Question(name, "?", VOTE) for name in ("1-Mar", "March-1", "r1-Mar")]}
    made = [Stance("1-Feb", "1-Mar", "yes"), Stance("FRA", "March-1", "yes"), Stance("FRA", "r1-Mar", "no")]
    problem = "looks like what a spreadsheet makes of another id"
    assert doubts(data(*made, **kinds), "damage") == [
        ("1-Mar", problem, ("questions",)),
        ("1-Feb", problem, ("actors",)),
    ]
