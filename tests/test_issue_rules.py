"""Issues by rules: what a rule finds, the shipped rules on real votes, and faults of a rule file."""

import csv
import gzip
import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stances
from stances import VOTE, DatasetError, Positions, Question, assign_issues, explain_issues
from stances.errors import FieldError, UnknownQuestionError
from stances.issue_rules import Rule, RuleReport, Rules, read_rules
from stances.readers import read_un_votes
from stances.shipped import seeds, shipped_datasets

ISSUES = ("ukraine", "gaza", "trade", "multilateralism")


def votes(*questions, name="votes"):
    """Positions of two actors on questions."""
    return Positions.from_codes(
        [[2] * len(questions), [0] * len(questions)], scale=VOTE, questions=questions, name=name
    )


def roll_call(symbol, title, date="2023-12-19", **more):
    """A roll call."""
    return Question(symbol, title, VOTE, date=date, **more)


def issues(symbol, title, date="2023-12-19"):
    """The issues of one roll call by the shipped rules."""
    return assign_issues(votes(roll_call(symbol, title, date))).questions[0].issues


def read(path):
    """The roll calls of a file in the layout of the UN Digital Library."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    asked = {}
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        symbol = row["resolution"].replace(" ", "")
        if symbol not in asked:
            title = row["title"].split(" : resolution /")[0]
            asked[symbol] = roll_call(symbol, title, row["date"], session=row["session"])
    return votes(*asked.values())


# --- one rule -------------------------------------------------------------------------------


def test_words_are_whole_and_fold_case_and_accents():
    """A phrase is found as whole words in a row, whatever the case, the accents and the signs between them."""
    rule = Rule("trade", "why", title_any=["free trade"])
    assert rule.holds_for(roll_call("r1", "FREE-TRADE for all"))
    assert not rule.holds_for(roll_call("r1", "Free trademarks"))
    assert not rule.holds_for(roll_call("r1", "Trade, free"))
    assert Rule("x", "why", title_any=["Türkiye"]).holds_for(roll_call("r1", "turkiye and others"))


def test_all_that_a_rule_names_must_hold():
    """Symbols, words and dates narrow each other down."""
    rule = Rule(
        "x",
        "why",
        symbols=["A/*"],
        title_any=["tea", "coffee"],
        title_all=["day"],
        title_none=["week"],
        since="2020",
        until="2023-12-19",
    )
    assert rule.holds_for(roll_call("A/1", "Day of coffee"))
    assert not rule.holds_for(roll_call("B/1", "Day of coffee"))
    assert not rule.holds_for(roll_call("A/1", "Coffee"))
    assert not rule.holds_for(roll_call("A/1", "Day of milk"))
    assert not rule.holds_for(roll_call("A/1", "Day of coffee in a week"))
    assert not rule.holds_for(roll_call("A/1", "Day of coffee", "2019-12-31"))
    assert not rule.holds_for(roll_call("A/1", "Day of coffee", "2023-12-20"))
    assert not rule.holds_for(roll_call("A/1", "Day of coffee", None))


def test_a_symbol_is_exact_but_for_a_star():
    """Without a star at its end a symbol stands for itself alone."""
    exact = Rule("x", "why", symbols=["A/RES/78/7"])
    assert exact.holds_for(roll_call("A/RES/78/7", "t"))
    assert not exact.holds_for(roll_call("A/RES/78/78", "t"))
    assert Rule("x", "why", symbols=["A/RES/78/7*"]).holds_for(roll_call("A/RES/78/78", "t"))


def test_a_vague_date_is_not_surely_within():
    """A question of some day in 2022 is not surely put since March 2022."""
    rule = Rule("x", "why", title_any=["t"], since="2022-03")
    assert not rule.holds_for(roll_call("r1", "t", "2022"))
    assert rule.holds_for(roll_call("r1", "t", "2022-03"))


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"title_none": ["war"]},
        {"title_any": "war"},
        {"title_any": ["..."]},
        {"title_any": [3]},
        {"symbols": ["A*B"]},
        {"symbols": ["*"]},
        {"symbols": ["A B"]},
        {"symbols": ["A"], "since": "2024", "until": "2023"},
        {"symbols": ["A"], "since": "soon"},
    ],
    ids=str,
)
def test_a_rule_that_makes_no_sense_is_refused(wrong):
    """A rule without conditions, with a broken symbol, phrase or period is an error that names the field."""
    with pytest.raises(FieldError):
        Rule("x", "why", **wrong)


@given(st.text(), st.text())
def test_any_title_can_be_asked(title, phrase):
    """No title and no phrase makes a rule fail otherwise than by refusing the phrase."""
    try:
        rule = Rule("x", "why", title_any=[phrase])
    except FieldError:
        return
    assert rule.holds_for(
        roll_call("r", f"a {phrase} b {title}".replace("\0", "").encode("utf-8", "ignore").decode())
    )


# --- assigning ------------------------------------------------------------------------------


def test_what_no_rule_holds_for_stays_unassigned():
    """A roll call on something else has no issue, and is named."""
    report = explain_issues(votes(roll_call("A/RES/74/1", "International Tea Day")))
    assert report.unassigned == ("A/RES/74/1",)
    assert "Without an issue: 1 of 1." in str(report)


def test_several_rules_give_several_issues():
    """A roll call belongs to every issue that a rule gives it, and the first rule of each is named."""
    rules = Rules(
        "mine", tuple(Rule(i, f"why {k}", title_any=["war"]) for k, i in enumerate(["a", "b", "a"]))
    )
    report = explain_issues(votes(roll_call("r1", "War")), rules)
    assert report.assignments[0].question.issues == ("a", "b")
    assert report.assignments[0].rules == (1, 2)
    assert report.reasons("r1") == ("why 0", "why 1")


def test_issues_of_its_own_are_kept_unless_replaced():
    """The issue that a coder gave stays, and gives way only where that is asked for."""
    asked = votes(
        roll_call("A/RES/78/7", "Embargo against Cuba", issues=["history"]),
        roll_call("A/RES/1/1", "Tea", issues=["tea"]),
    )
    assert [q.issues for q in assign_issues(asked).questions] == [("history",), ("tea",)]
    assert [q.issues for q in assign_issues(asked, replace=True).questions] == [("trade",), ()]
    assert [a.told for a in explain_issues(asked).assignments] == ["given", "given"]


def test_codes_stay_and_captions_tell():
    """Assigning issues changes no code, and the caption says whose rules it were."""
    asked = votes(roll_call("A/RES/78/7", "Embargo against Cuba"))
    assigned = assign_issues(asked)
    assert (assigned.codes == asked.codes).all()
    assert assigned.origin.rules == "issues by the shipped rules"
    assert asked.questions[0].issues == ()
    assert list(stances.matrices_by(assigned, "issue")) == ["trade"]


def test_a_caption_claims_no_rule_that_did_nothing():
    """Where no rule gave an issue, none is named."""
    assert assign_issues(votes(roll_call("r1", "Tea"))).origin.rules == ""


def test_assigning_twice_is_assigning_once():
    """Issues that the rules gave are kept by a second pass."""
    once = assign_issues(votes(roll_call("A/RES/78/7", "Embargo against Cuba")))
    assert assign_issues(once).questions == once.questions
    assert assign_issues(once).origin.rules == once.origin.rules


def test_the_report_is_a_table():
    """The report gives columns of equal length, prints each reason once, and hides what tells nothing."""
    report = explain_issues(
        votes(
            roll_call("A/RES/78/7", "Embargo, Cuba"),
            roll_call("A/RES/77/7", "Cuba: embargo"),
            name="two votes",
        )
    )
    columns = report.columns()
    assert {len(cells) for cells in columns.values()} == {2}
    assert columns["reason"][0] == columns["reason"][1] != ""
    printed = str(report)
    assert printed.startswith("two votes · 2 questions\n")
    assert printed.count("An embargo forbids trade") == 1
    assert "session" not in printed.split("\n")[1]
    assert isinstance(report, RuleReport)
    assert repr(report) == "<RuleReport 'two votes': 2 questions, 0 without an issue>"
    with pytest.raises(UnknownQuestionError):
        report.reasons("A/RES/78/8")


# --- the shipped rules ----------------------------------------------------------------------


def test_the_shipped_rules_are_few_and_reasoned():
    """The rules fit on a page, each gives one of the four issues and a reason in a sentence."""
    rules = read_rules().rules
    assert 15 <= len(rules) <= 30
    assert tuple(dict.fromkeys(rule.issue for rule in rules)) == ISSUES
    assert all(rule.reason.endswith(".") and len(rule.reason) <= 120 for rule in rules)


def test_the_rules_are_no_dataset():
    """The folder of the rules is not listed among the shipped datasets."""
    assert shipped_datasets() == ("paris-beijing-2025", "un-landmark-votes")


@pytest.mark.parametrize(
    ("symbol", "title", "due"),
    [
        ("A/RES/ES-11/3", "Suspension of the rights of membership in the Human Rights Council", ("ukraine",)),
        ("A/RES/ES-11/4", "Territorial integrity of Ukraine: defending the principles of the Charter", ("ukraine",)),
        ("A/RES/ES-10/23", "Admission of new Members to the United Nations", ("gaza",)),
        ("A/RES/77/25", "Peaceful settlement of the question of Palestine", ("gaza",)),
        ("A/RES/78/77", "The occupied Syrian Golan", ()),
        ("A/RES/78/48", "The Arms Trade Treaty", ()),
        ("A/RES/60/81", "The illicit trade in small arms and light weapons in all its aspects", ()),
        ("A/RES/70/1", "Illicit international trade in wildlife", ()),
        ("A/RES/73/127", "International Day of Multilateralism and Diplomacy for Peace", ()),
        ("A/RES/78/33", "Follow-up to the advisory opinion of the International Court of Justice on nuclear weapons", ()),
        ("A/RES/78/81", "Information transmitted under Article 73 e of the Charter of the United Nations", ()),
        ("A/RES/77/272", "Cooperation between the United Nations and the Organisation for the Prohibition of Chemical Weapons", ()),
        ("A/RES/77/338", "Cooperation between the United Nations and the Shanghai Cooperation Organization", ("multilateralism",)),
        ("A/RES/60/1", "Arms embargo", ()),
    ],
)  # fmt: skip
def test_what_the_shipped_rules_find_and_leave(symbol, title, due):
    """Titles that look alike are told apart by what they are about."""
    assert issues(symbol, title) == due


def test_rules_are_dated():
    """A resolution that names Ukraine is about the war only since 2014."""
    assert issues("A/RES/45/190", "Assistance to Ukraine", "1990-12-21") == ()
    assert issues("A/RES/76/179", "Human rights in Crimea, Ukraine", "2021-12-16") == ("ukraine",)


def test_the_landmark_votes_have_the_issues_of_the_rules():
    """By the titles of the resolutions the rules give each landmark vote the issue that its coder gave."""
    data = stances.load("un-landmark-votes")
    titles = {source.id: source.title.partition(", ")[2] for source in data.sources}
    for question in data.questions:
        assert issues(question.id, titles[question.source], question.date) == question.issues


def test_the_sample_splits_as_it_was_drawn(shared_file):
    """The sample's twenty resolutions are 6 on Ukraine, 3 on Gaza, 5 on trade and 6 on multilateralism."""
    sample = assign_issues(read(shared_file("data/unga/ga_voting_sample.csv")))
    counts = Counter(question.issues for question in sample.questions)
    assert counts == {("ukraine",): 6, ("gaza",): 3, ("trade",): 5, ("multilateralism",): 6}


def test_votes_as_the_reader_gives_them(shared_file):
    """Positions of the reader of UN votes get the same issues as titles read by hand."""
    path = shared_file("data/unga/ga_voting_sample.csv")
    by_reader = {q.id: q.issues for q in assign_issues(read_un_votes(path)).questions}
    assert by_reader == {q.id: q.issues for q in assign_issues(read(path)).questions}


def test_five_sessions_of_votes(shared_file):
    """Of 461 votes the emergency sessions are all assigned, no vote twice, and most stay without an issue."""
    report = explain_issues(read(shared_file("data/unga/ga_voting_2019-2024.csv.gz")))
    found = {a.question.id: a.question for a in report.assignments}
    assert all(found[f"A/RES/ES-11/{k}"].issues == ("ukraine",) for k in range(1, 7))
    assert all(found[f"A/RES/ES-10/{k}"].issues == ("gaza",) for k in range(21, 24))
    assert all(q.issues == ("gaza",) for q in found.values() if "Palestin" in q.text)
    counts = Counter(issue for question in found.values() for issue in question.issues)
    assert counts == {"ukraine": 15, "gaza": 56, "trade": 19, "multilateralism": 28}
    assert len(report.unassigned) == 461 - sum(counts.values())


@pytest.mark.parametrize("word", ["nuclear", "Nazism", "Syrian Arab Republic", "oceans", "decolonization"])
def test_other_matters_stay_unassigned(shared_file, word):
    """No vote on disarmament, human rights elsewhere, the sea or decolonization is given an issue."""
    report = explain_issues(read(shared_file("data/unga/ga_voting_2019-2024.csv.gz")))
    about = [a.question for a in report.assignments if word.lower() in a.question.text.lower()]
    assert about
    assert {q.issues for q in about if "Ukraine" not in q.text} == {()}


# --- rule files -----------------------------------------------------------------------------


def write(path: Path, text: str) -> Path:
    """A rule file."""
    path.write_text(text, encoding="utf-8")
    return path


def test_rules_of_your_own(tmp_path):
    """A rule file of one's own replaces the shipped rules."""
    file = write(
        tmp_path / "tea.toml",
        '[[rules]]\nissue = "tea"\nreason = "It is."\ntitle_any = ["tea"]\nsince = 2020-01-01\n',
    )
    asked = votes(roll_call("r1", "International Tea Day"), roll_call("A/RES/78/7", "Embargo against Cuba"))
    assigned = assign_issues(asked, file)
    assert [question.issues for question in assigned.questions] == [("tea",), ()]
    assert assigned.origin.rules == "issues by tea.toml"
    assert assign_issues(asked, str(file)).questions == assign_issues(asked, read_rules(file)).questions


def test_a_copy_of_the_shipped_rules_is_the_same(tmp_path):
    """The shipped file can be copied and read as one's own."""
    copy = write(tmp_path / "rules.toml", seeds().joinpath("un-issues", "rules.toml").read_text("utf-8"))
    assert read_rules(copy).rules == read_rules().rules


def test_all_faults_of_a_file_at_once(tmp_path):
    """Every fault of a rule file is told with its line, the rule's number and the nearest known key."""
    file = write(
        tmp_path / "rules.toml",
        'title = "x"\n[[rules]]\nisue = "ukraine"\nsymbols = ["A/*/x"]\nreason = ""\n\n'
        '[[rules]]\nissue = "a b"\nreason = "x"\ntitle_any = "Gaza"\n\n'
        '[[rules]]\nissue = "x"\nreason = "x"\ntitle_none = ["Gaza"]\n\n'
        '[[rules]]\nissue = "x"\nreason = "x"\nsymbols = ["r1"]\nsince = 2024-02-01\nuntil = 2023-01-01T00:00:00\n',
    )  # fmt: skip
    with pytest.raises(DatasetError) as caught:
        read_rules(file)
    told = str(caught.value)
    for due in (
        "line 1: unknown column or key 'title'",
        "line 3, rule 1, column isue: unknown column or key 'isue'; did you mean 'issue'?",
        "line 2, rule 1: 'issue' is missing",
        "line 5, rule 1, column reason: reason '' is empty",
        "line 4, rule 1, column symbols: symbol 'A/*/x' has a * before its end",
        "line 8, rule 2, column issue",
        "line 10, rule 2, column title_any: title_any 'Gaza' is not a list",
        "line 12, rule 3: rule 'x' would hold for every question",
        "line 22, rule 4, column until",
    ):
        assert due in told
    assert len(caught.value.faults) == 9
    assert all(str(file) in str(fault) for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("", "is empty"),
        ("rules = 3", "holds no rules"),
        ("rules = []", "holds no rules"),
        ("rules = [1]", "rule 1 is not a table of keys and values"),
        ("[rules]\nissue = 'x'", "holds no rules"),
        ("[[rule]]\nissue = 'x'", "did you mean 'rules'?"),
        ("[[rules]\n", "is not TOML"),
        ("a = " + "[" * 9999, "is nested more than 64 levels deep"),
    ],
)
def test_what_is_no_rule_file(tmp_path, text, due):
    """A file that holds no rules is refused with the reason."""
    with pytest.raises(DatasetError) as caught:
        read_rules(write(tmp_path / "rules.toml", text))
    assert due in str(caught.value)


def test_a_file_that_is_not_there(tmp_path):
    """A rule file that does not exist is the system's error."""
    with pytest.raises(OSError, match="nowhere"):
        read_rules(tmp_path / "nowhere.toml")
