"""The shipped report: what the coding says, that it is complete, and that it is honest."""

import math

import pytest

import stances
from stances import Silence, check_dataset
from stances.cli import main

ISSUES = ("ukraine", "gaza", "trade", "multilateralism")


def positions_of(seed, actor, question):
    """The records of one actor on one question."""
    return [s for s in seed.stances if (s.actor, s.question) == (actor, question)]


def test_every_passage_is_accounted_for(seed):
    """Of 24 paragraphs each has a stance or a reason why not."""
    (reading,) = check_dataset(seed).readings
    assert sorted((*reading.coded, *reading.uncoded)) == list(range(1, 25))
    assert reading.uncoded == (3, 13, 16)
    assert reading.missing == ()


def test_every_record_has_its_passage(seed):
    """Each record names a paragraph and quotes one to six words of it."""
    for stance in seed.stances:
        assert stance.evidence
        for evidence in stance.evidence:
            assert 1 <= int(evidence.locator) <= 24
            assert 1 <= len(evidence.quote.split()) <= 6
            assert evidence.summary


def test_actors_issues_and_questions(seed):
    """Six actors, four issues, at least twenty propositions, France a member of the EU."""
    assert {actor.id for actor in seed.actors} == {"CHN", "EU", "FRA", "RUS", "UKR", "USA"}
    assert tuple(issue.id for issue in seed.issues) == ISSUES
    assert len(seed.questions) >= 20
    assert all(question.text.endswith(".") and question.issues for question in seed.questions)
    assert [(m.actor, m.bloc) for m in seed.memberships] == [("FRA", "EU")]


def test_every_question_is_answered_by_someone(seed):
    """No proposition is there for its own sake."""
    assert {question.id for question in seed.questions} == {stance.question for stance in seed.stances}


def test_one_fact_told_twice_is_one_record(seed):
    """China's backing of Russia stands in paragraphs 1 and 8 and is one record with two passages."""
    for question in ("russia-diplomatic-backing", "russia-trade-lifeline"):
        (record,) = positions_of(seed, "CHN", question)
        assert [evidence.locator for evidence in record.evidence] == ["1", "8"]


def test_the_unanswered_calls_are_silences(seed):
    """China's not answering France is silent, asked by France; not neutral and not no record."""
    silences = [stance for stance in seed.stances if stance.is_silence]
    assert len(silences) == 3
    assert {(s.actor, s.position, s.asked_by) for s in silences} == {("CHN", Silence.SILENT, "FRA")}
    assert {s.evidence[0].locator for s in silences} == {"7"}


def test_word_and_deed_on_one_question(seed):
    """China's word on its open market (21) and its deed (18) are a conflict until one is preferred."""
    assert seed.positions().conflicts == (("CHN", "open-chinese-market"),)
    for basis, level in (("word", "supportive"), ("deed", "opposed")):
        table = seed.positions(prefer=basis)
        column = [question.id for question in table.questions].index("open-chinese-market")
        assert table.text(table.index("CHN"), column) == level


def test_the_wedge_is_claimed_by_third_parties(seed):
    """That China divides the EU is an assessment with two named speakers, and counts only when asked for."""
    (record,) = positions_of(seed, "CHN", "members-before-bloc")
    assert record.basis == "assessment"
    assert {e.speaker for e in record.evidence} == {"some experts", "Lyle Morris, Asia Society"}
    assert {e.locator for e in record.evidence} == {"23", "24"}
    default, asked = seed.positions(), seed.positions(basis="assessment")
    assert (default.codes >= 0).sum() == 40
    assert (asked.codes >= 0).sum() == 1


def test_joint_voices_are_joint(seed):
    """What was pledged or signed together is told in a joint voice, what one says of both is reported."""
    joint = {(s.actor, s.question) for s in seed.stances for e in s.evidence if e.voice == "joint"}
    both = {"cooperate-on-ukraine", "cooperate-on-trade", "signed-agreements"}
    assert joint == {(a, q) for a in ("CHN", "FRA") for q in both} | {("CHN", "sector-cooperation")}
    (record,) = positions_of(seed, "FRA", "sector-cooperation")
    assert record.evidence[0].voice == "reported"


def test_the_matrix_of_the_report(seed):
    """China and France agree on all four shared questions, and no value rests on five."""
    matrix = stances.agreement_matrix(seed)
    assert matrix["CHN", "FRA"] == 1
    assert matrix.cell("CHN", "FRA").n_shared == 4
    assert matrix["CHN", "EU"] == 0.5
    assert matrix.cell("CHN", "EU").n_shared == 1
    assert matrix["EU", "FRA"] == 1
    assert matrix.cell("EU", "FRA").n_shared == 3


def test_gaza_is_undefined(seed):
    """On Gaza only China is on record, so nothing can be compared, and the table says so."""
    gaza = stances.matrices_by(seed, "issue")["gaza"]
    assert math.isnan(gaza["CHN", "FRA"])
    assert gaza.why["CHN", "FRA"] == "no_shared_questions"
    assert "no_shared_questions" in str(gaza)
    assert "only CHN (2 positions) is on record" in str(gaza)


def test_what_is_inferred_can_be_left_out(seed):
    """Without what was read between the lines, China and the EU share nothing."""
    assert stances.agreement_matrix(seed, inferred=False).why["CHN", "EU"] == "no_shared_questions"


def test_had_china_answered(seed):
    """Had China answered the three calls, agreement with France would lie between 0.68 and 1."""
    matrix = stances.agreement_matrix(seed, silence="bounds")
    cell = matrix.cell("CHN", "FRA")
    assert cell.lower == pytest.approx((4 + 3 * 0.25) / 7)
    assert cell.upper == 1


def test_quotations_stand_in_the_report(shared_file, capsys):
    """Each quotation stands in the report at its paragraph."""
    article = shared_file("seed/article.txt")
    assert main(["check", "paris-beijing-2025", "--source", f"report={article}"]) == 0
    printed = capsys.readouterr().out
    assert "52 of 52 quotations verified" in printed


def test_no_sentence_of_the_report_is_shipped(shared_file):
    """No run of eight words of the report stands anywhere in the dataset's files."""
    words = shared_file("seed/article.txt").read_text("utf-8").split()
    folder = stances.shipped.seeds().joinpath("paris-beijing-2025")
    for name in ("codebook.toml", "stances.csv", "README.md"):
        text = " ".join(folder.joinpath(name).read_text("utf-8").split())
        assert not [k for k in range(len(words) - 7) if " ".join(words[k : k + 8]) in text]
