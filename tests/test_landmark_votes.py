"""The shipped votes of the General Assembly: true to the record, complete, and joined with the report."""

import csv
import gzip
from collections import Counter

import pytest

import stances
from stances import Basis, Silence, check_dataset

ISSUES = ("ukraine", "gaza", "trade", "multilateralism")
STATES = [
    "AUT", "BRA", "CHN", "CZE", "DEU", "EGY", "ESP", "FRA", "GBR", "HUN",
    "IDN", "IND", "ISR", "POL", "RUS", "SAU", "TUR", "UKR", "USA", "ZAF",
]  # fmt: skip
WORDS = {"Y": "yes", "N": "no", "A": "abstain", "X": "absent"}

# How the twenty states voted, counted by hand: yes, abstain, no, absent.
TALLY = {
    "A/RES/ES-11/1": (16, 3, 1, 0),
    "A/RES/ES-11/3": (12, 6, 2, 0),
    "A/RES/ES-11/4": (16, 3, 1, 0),
    "A/RES/ES-11/5": (11, 7, 2, 0),
    "A/RES/ES-11/6": (16, 3, 1, 0),
    "A/RES/77/247": (8, 4, 7, 1),
    "A/RES/ES-10/21": (10, 5, 5, 0),
    "A/RES/78/78": (16, 1, 3, 0),
    "A/RES/ES-10/22": (12, 4, 4, 0),
    "A/RES/ES-10/23": (12, 4, 4, 0),
    "A/RES/76/190": (18, 0, 2, 0),
    "A/RES/77/174": (8, 1, 11, 0),
    "A/RES/78/7": (17, 1, 2, 0),
    "A/RES/78/135": (8, 8, 4, 0),
    "A/RES/78/202": (8, 0, 12, 0),
    "A/RES/78/6": (11, 7, 1, 1),
    "A/RES/78/26": (8, 9, 3, 0),
    "A/RES/78/196": (8, 0, 12, 0),
    "A/RES/78/208": (14, 5, 0, 1),
    "A/RES/78/230": (8, 1, 11, 0),
}
# Votes that are widely known, each with the states that cast it.
KNOWN = [
    ("A/RES/ES-11/1", "no", "RUS"),
    ("A/RES/ES-11/1", "abstain", "CHN IND ZAF"),
    ("A/RES/ES-11/3", "no", "CHN RUS"),
    ("A/RES/ES-11/3", "abstain", "BRA EGY IDN IND SAU ZAF"),
    ("A/RES/ES-10/21", "no", "AUT CZE HUN ISR USA"),
    ("A/RES/ES-10/21", "abstain", "DEU GBR IND POL UKR"),
    ("A/RES/ES-10/22", "no", "AUT CZE ISR USA"),
    ("A/RES/ES-10/22", "abstain", "DEU GBR HUN UKR"),
    ("A/RES/ES-10/23", "no", "CZE HUN ISR USA"),
    ("A/RES/ES-10/23", "abstain", "AUT DEU GBR UKR"),
    ("A/RES/78/7", "no", "ISR USA"),
    ("A/RES/78/7", "abstain", "UKR"),
]


@pytest.fixture(scope="module")
def votes():
    """The shipped votes."""
    return stances.load("un-landmark-votes")


@pytest.fixture(scope="module")
def joined():
    """The report and the votes as one dataset."""
    return stances.merge(["paris-beijing-2025", "un-landmark-votes"])


def cast(votes, symbol):
    """What each state did on one resolution."""
    return {s.actor: str(s.position) for s in votes.stances if s.question == symbol}


def test_twenty_states_on_five_resolutions_of_each_issue(votes):
    """Every state is on record on every resolution, and each issue has five of them."""
    assert tuple(issue.id for issue in votes.issues) == ISSUES
    assert Counter(question.issues for question in votes.questions) == {(issue,): 5 for issue in ISSUES}
    assert sorted(actor.id for actor in votes.actors if actor.kind == "state") == STATES
    assert all(sorted(cast(votes, question.id)) == STATES for question in votes.questions)
    assert len(votes.stances) == 20 * 20


def test_the_check_finds_nothing(votes):
    """The dataset has no fault, and every source is the record of one resolution."""
    report = check_dataset(votes)
    assert report.is_clean
    assert len(report.readings) == len(votes.questions) == 20


def test_a_vote_is_a_deed_with_its_date_and_resolution(votes):
    """Each record is a deed in the actor's own voice, on the day of the resolution that is its source."""
    asked = {question.id: question for question in votes.questions}
    sources = {source.id: source for source in votes.sources}
    for stance in votes.stances:
        question, (evidence,) = asked[stance.question], stance.evidence
        assert (stance.basis, stance.date, evidence.voice) == (Basis.DEED, question.date, "own")
        source = sources[evidence.source]
        assert source.title.startswith(f"{question.id}, ")
        assert (source.id, source.date) == (question.source, question.date)
        assert source.url.startswith("https://digitallibrary.un.org/record/")


def test_session_and_symbol_agree(votes):
    """The symbol of a resolution names the session that adopted it."""
    assert all(q.id.startswith(f"A/RES/{q.session}/") for q in votes.questions)


@pytest.mark.parametrize("symbol", TALLY)
def test_the_tally(votes, symbol):
    """The votes of the twenty states add up to what was counted by hand."""
    counts = Counter(cast(votes, symbol).values())
    assert tuple(counts[word] for word in ("yes", "abstain", "no", "absent")) == TALLY[symbol]


@pytest.mark.parametrize(("symbol", "vote", "states"), KNOWN)
def test_known_votes(votes, symbol, vote, states):
    """The votes that made news were cast by these of the twenty states, and by no other of them."""
    assert sorted(a for a, word in cast(votes, symbol).items() if word == vote) == states.split()


def test_not_voting_is_absent(votes):
    """Three states did not vote, each on one or two resolutions, and are absent and not abstaining."""
    silences = {(s.actor, s.question) for s in votes.stances if s.is_silence}
    assert silences == {("UKR", "A/RES/77/247"), ("TUR", "A/RES/78/6"), ("TUR", "A/RES/78/208")}
    assert {s.position for s in votes.stances if s.is_silence} == {Silence.ABSENT}


def test_the_european_union_is_a_bloc_without_a_vote(votes):
    """The EU has members on given dates and no record; the United Kingdom had left."""
    assert not [s for s in votes.stances if s.actor == "EU"]
    day = min(question.date.first for question in votes.questions)
    members = {m.actor for m in votes.memberships if m.bloc == "EU" and m.holds_on(day)}
    assert members == {"AUT", "CZE", "DEU", "ESP", "FRA", "HUN", "POL"}
    assert "GBR" in {m.actor for m in votes.memberships}


def test_every_vote_is_that_of_the_record(votes, shared_file):
    """Vote, date, session, meeting, title and address of all 400 facts are those of the official table."""
    path = shared_file("data/unga/ga_voting_2019-2024.csv.gz")
    asked = {question.id: question for question in votes.questions}
    urls = {source.id: source for source in votes.sources}
    record, found = {}, {(s.actor, s.question): s for s in votes.stances}
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["resolution"] in asked and row["ms_code"] in STATES:
                record[row["ms_code"], row["resolution"]] = row
    assert set(record) == set(found)
    for key, row in record.items():
        stance, question = found[key], asked[row["resolution"]]
        source = urls[question.source]
        assert str(stance.position) == WORDS[row["ms_vote"]], key
        assert (str(question.date), question.session) == (row["date"], row["session"])
        assert (stance.evidence[0].locator or "") == row["meeting"]
        assert source.url == row["undl_link"]
        title = row["title"].split(" : resolution /")[0].replace(" : ", ": ")
        assert source.title == f"{question.id}, {title}"


def test_the_matrices(votes):
    """France stands with China on Gaza and with the United States on Ukraine."""
    by_issue = stances.matrices_by(votes, "issue")
    assert by_issue["gaza"]["CHN", "FRA"] == pytest.approx(0.9)
    assert by_issue["gaza"]["FRA", "USA"] == pytest.approx(0.1)
    assert by_issue["ukraine"]["CHN", "FRA"] == pytest.approx(0.3)
    assert by_issue["ukraine"]["FRA", "USA"] == 1
    assert by_issue["gaza"]["DEU", "HUN"] == pytest.approx(0.6)
    assert by_issue["trade"]["DEU", "HUN"] == 1


def test_the_issues_rest_on_five(votes):
    """A value between states that always voted rests on five questions, the fewest without brackets."""
    for matrix in stances.matrices_by(votes, "issue").values():
        assert matrix.cell("CHN", "FRA").n_shared == 5
        assert "(" not in str(matrix.select(["CHN", "FRA"])).split("\n", 1)[1].split("Next")[0]


def test_it_joins_with_the_report(joined, seed, votes):
    """Same ids mean the same in both datasets, so that they merge without a clash."""
    assert len(joined.stances) == len(seed.stances) + len(votes.stances)
    assert tuple(issue.id for issue in joined.issues) == ISSUES
    assert len(joined.actors) == len(votes.actors)


def test_words_and_votes_of_one_state(joined):
    """China has words and deeds on each issue when the report and the votes are joined."""
    asked = {question.id: question for question in joined.questions}
    held = {
        (issue, str(stance.basis))
        for stance in joined.stances
        if stance.actor == "CHN" and not stance.is_silence
        for issue in asked[stance.question].issues
    }
    assert {(issue, "deed") for issue in ISSUES} <= held
    assert {(issue, "word") for issue in ISSUES} <= held


def test_questions_say_what_a_yes_means(votes):
    """Each question is one sentence of our own, not the title of its resolution."""
    titles = {source.title.partition(", ")[2] for source in votes.sources}
    for question in votes.questions:
        assert question.text.endswith(".")
        assert question.text.rstrip(".") not in titles
    assert len({question.text for question in votes.questions}) == 20
