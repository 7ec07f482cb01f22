"""Words and deeds: an actor is compared with itself, and pairs in speech with pairs in action."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stances
from stances import (
    SUPPORT,
    VOTE,
    Actor,
    Dataset,
    Positions,
    Question,
    Scale,
    Stance,
    agreement_matrix,
    speech_and_action,
    words_and_deeds,
)
from stances.errors import FieldError, NeedsDatasetError, UnknownActorError
from stances.strategies import datasets

COLOURS = Scale("colour", ("red", "green", "blue"), ordered=False)
any_data = datasets(min_actors=1, min_questions=1, max_stances=20)


def slow_gaps(data, **rules):
    """Work out word, deed and gap of every actor and question by plain loops."""
    words, deeds = (data.positions(basis=basis, **rules) for basis in ("word", "deed"))
    found = {}
    for i, actor in enumerate(words.actors):
        for j, question in enumerate(data.questions):
            word, deed = int(words.codes[i, j]), int(deeds.codes[i, j])
            if min(word, deed) < 0 or question.weight == 0 or question.scale.n_levels < 2:
                continue
            places = question.scale.unit_values
            graded = abs(places[word] - places[deed])
            found[actor, question.id] = graded if question.scale.ordered else float(word != deed)
    return found


def made(*stances_, scale=SUPPORT, questions=("q1", "q2", "q3", "q4", "q5"), weights=()):
    """Return a dataset of three actors from (actor, question, basis, position)."""
    weighed = dict.fromkeys(questions, 1.0) | dict(weights)
    return Dataset(
        "made",
        questions=[Question(q, q, scale, weight=weighed[q]) for q in questions],
        actors=[Actor(a) for a in ("CHN", "FRA", "USA")],
        stances=[Stance(a, q, position, basis=basis) for a, q, basis, position in stances_],
    )


def test_china_in_the_report(seed):
    """China says that its market will open and puts up barriers: half the scale, told with both passages."""
    (gap,) = words_and_deeds(seed, "CHN").gaps
    assert (gap.question.id, gap.word.position, gap.deed.position) == (
        "open-chinese-market",
        "supportive",
        "opposed",
    )
    assert (gap.gap, gap.step, gap.direction, gap.is_inferred) == (0.5, -0.5, "deed lower", True)
    passages = [[e.locator for r in side.records for e in r.evidence] for side in (gap.word, gap.deed)]
    assert passages == [["21"], ["18"]]


def test_the_report_as_a_table(seed):
    """The table brackets the one question, and names those who have only words, only deeds or neither."""
    text = str(words_and_deeds(seed))
    assert "(0.50) of 1" in text
    assert "Read between the lines, on one side or both: 1 of 1" in text
    assert "never on the same question: EU (3 words, 1 deed); FRA (12 words, 2 deeds)." in text
    assert "Only deeds: RUS, USA (1 deed each)." in text
    assert "Neither: UKR." in text
    assert "report 21" in text
    assert "report 18" in text


def test_without_what_was_inferred_nothing_is_left(seed):
    """China's deed is read between the lines: without it no actor has a word and a deed on one question."""
    result = words_and_deeds(seed, inferred=False)
    assert result.gaps == ()
    assert {account.why for account in result.accounts} == {"no_shared_questions"}
    assert "Undefined (no_shared_questions)" in str(result)


def test_both_seeds_together():
    """With the votes joined, France has words and deeds, but never on the same question."""
    data = stances.merge(["paris-beijing-2025", "un-landmark-votes"])
    accounts = {account.actor: account for account in words_and_deeds(data).accounts}
    assert [a for a, account in accounts.items() if account.n_both] == ["CHN"]
    assert (accounts["FRA"].n_words, accounts["FRA"].n_deeds) == (12, 22)
    (pair,) = speech_and_action(data).pairs
    assert (pair.first, pair.second, pair.n_words, pair.n_deeds, pair.n_same) == ("CHN", "FRA", 3, 21, 0)
    for value, basis in ((pair.word, "word"), (pair.deed, "deed")):
        assert value == agreement_matrix(data, basis=basis)["CHN", "FRA"]


@given(any_data)
def test_gaps_are_those_of_plain_loops(data):
    """Every gap is the distance of word and deed on the scale, and every question with both is there."""
    result = words_and_deeds(data)
    due = slow_gaps(data)
    assert {(gap.actor, gap.question.id): gap.gap for gap in result.gaps} == pytest.approx(due)


@given(any_data)
def test_the_account_is_the_mean_of_its_gaps(data):
    """Mean gap, share kept and contributions are what the questions give, weighted as they are."""
    result = words_and_deeds(data)
    for account in result.accounts:
        own = [gap for gap in result.gaps if gap.actor == account.actor]
        assert account.n_both == len(own)
        if not own:
            assert math.isnan(account.mean_gap)
            assert account.why == "no_shared_questions"
            continue
        largest = max(gap.question.weight for gap in own)
        weights = [gap.question.weight / largest for gap in own]
        mean = sum(w * gap.gap for w, gap in zip(weights, own, strict=True)) / sum(weights)
        kept = sum(w for w, gap in zip(weights, own, strict=True) if gap.gap == 0) / sum(weights)
        assert account.mean_gap == pytest.approx(mean, abs=1e-12)
        assert account.share_kept == pytest.approx(kept, abs=1e-12)
        assert sum(gap.contribution for gap in own) == pytest.approx(account.mean_gap, abs=1e-12)
        assert account.n_deed_lower == sum(gap.direction == "deed lower" for gap in own)
        assert account.n_deed_higher == sum(gap.direction == "deed higher" for gap in own)


@given(any_data)
def test_an_interval_holds_the_mean_gap(data):
    """Intervals lie in [0, 1] and hold the value; where there is none, there is no interval."""
    for account in words_and_deeds(data, interval=0.9).accounts:
        if account.why:
            assert math.isnan(account.lower)
        else:
            assert -1e-12 <= account.lower <= account.mean_gap <= account.upper <= 1 + 1e-12


@given(any_data, st.booleans())
def test_any_dataset_prints(data, inferred):
    """Whatever is on record, the result prints, shows as HTML, and exports columns of one length."""
    for result in (words_and_deeds(data, inferred=inferred), speech_and_action(data, inferred=inferred)):
        assert str(result)
        assert "<table>" in result._repr_html_()
        assert len({len(column) for column in result.columns().values()}) == 1
        json.loads(result.to_json())


@given(any_data)
def test_pairs_stand_beside_both_matrices(data):
    """A pair is listed if and only if it is defined in words and in deeds, with both values."""
    spoken, done = (agreement_matrix(data, basis=basis) for basis in ("word", "deed"))
    result = speech_and_action(data)
    due = {
        (spoken.actors[i], spoken.actors[j]): (spoken.values[i, j], done.values[i, j])
        for i, j in spoken.iter_pairs()
        if not math.isnan(spoken.values[i, j]) and not math.isnan(done.values[i, j])
    }
    assert {(p.first, p.second): (p.word, p.deed) for p in result.pairs} == due
    assert all(p.difference == p.deed - p.word for p in result.pairs)
    assert len(result.pairs) + result.n_undefined == len(list(spoken.iter_pairs()))


def test_directions():
    """A deed above the word is higher, one below it lower; an unordered scale has no direction."""
    rows = [("CHN", "q1", "word", "opposed"), ("CHN", "q1", "deed", "strongly supportive")]
    (gap,) = words_and_deeds(made(*rows)).gaps
    assert (gap.gap, gap.step, gap.direction) == (0.75, 0.75, "deed higher")
    colours = made(("CHN", "q1", "word", "red"), ("CHN", "q1", "deed", "blue"), scale=COLOURS)
    (gap,) = words_and_deeds(colours).gaps
    assert (gap.gap, gap.direction) == (1.0, "other level")
    assert math.isnan(gap.step)
    (account,) = (a for a in words_and_deeds(colours).accounts if a.n_both)
    assert (account.n_deed_lower, account.n_deed_higher) == (0, 0)


def test_a_silence_is_no_word():
    """An actor who was silent and acted has a deed, and has not broken a word."""
    data = made(("CHN", "q1", "word", "silent"), ("CHN", "q1", "deed", "opposed"))
    assert words_and_deeds(data).gaps == ()
    assert "Only deeds: CHN (1 deed)." in str(words_and_deeds(data))


def test_words_that_differ_among_themselves_are_named():
    """Two words of different sources that differ are a conflict: skipped, and told."""
    rows = [
        ("CHN", "q1", "deed", "opposed"),
        ("CHN", "q2", "deed", "opposed"),
        ("CHN", "q2", "word", "opposed"),
    ]
    data = made(*rows)
    both = [
        Stance("CHN", "q1", level, coder=coder) for level, coder in (("opposed", "a"), ("supportive", "b"))
    ]
    data = Dataset("made", questions=data.questions, actors=data.actors, stances=[*data.stances, *both])
    result = words_and_deeds(data, "CHN")
    assert [gap.question.id for gap in result.gaps] == ["q2"]
    assert "Skipped, as records of one basis differ: CHN on q1." in str(result)


def test_five_questions_stand_without_brackets():
    """A mean over five questions stands bare, and several actors are told how to ask for one."""
    rows = [
        (a, f"q{k}", basis, "opposed")
        for a in ("CHN", "FRA")
        for k in range(1, 6)
        for basis in ("word", "deed")
    ]
    text = str(words_and_deeds(made(*rows)))
    assert "0.00 of 5" in text
    assert "(...)" not in text
    assert "Next: stances deeds DATA --actor CHN" in text


def test_weights_count():
    """A question of twice the weight counts twice, one of weight 0 not at all."""
    rows = [("CHN", q, basis, level) for q, levels in {"q1": "no yes", "q2": "no no", "q3": "no yes"}.items()
            for basis, level in zip(("word", "deed"), levels.split(), strict=True)]  # fmt: skip
    data = made(*rows, scale=VOTE, weights={"q2": 2.0, "q3": 0.0})
    (account,) = (a for a in words_and_deeds(data, "CHN").accounts)
    assert (account.n_both, account.mean_gap, account.share_kept) == (
        2,
        pytest.approx(1 / 3),
        pytest.approx(2 / 3),
    )


def test_pairs_on_enough_come_first():
    """Pairs that rest on five questions and more come before thin ones, the widest apart first."""
    levels = {"CHN": "yes", "FRA": "yes", "USA": "yes"}
    rows = [(a, f"q{k}", "word", level) for a, level in levels.items() for k in range(1, 6)]
    rows += [(a, f"q{k}", "deed", "no" if a == "FRA" else "yes") for a in ("CHN", "FRA") for k in range(1, 6)]
    rows.append(("USA", "q1", "deed", "no"))
    result = speech_and_action(made(*rows, scale=VOTE))
    assert [(p.first, p.second, p.is_thin) for p in result.pairs] == [
        ("CHN", "FRA", False), ("CHN", "USA", True), ("FRA", "USA", True),
    ]  # fmt: skip
    assert [p.difference for p in result.pairs] == [-1.0, -1.0, 0.0]
    assert [p.n_same for p in result.pairs] == [5, 1, 1]
    assert "on different questions" in str(result)


def test_what_is_refused(seed):
    """Positions, a basis of one's own, an unknown actor and something else are mistakes of the caller."""
    with pytest.raises(NeedsDatasetError, match="pass the Dataset"):
        words_and_deeds(Positions.from_codes([[0]], scale=VOTE))
    for rule in ({"basis": "word"}, {"prefer": "deed"}):
        with pytest.raises(FieldError, match="side by side"):
            words_and_deeds(seed, **rule)
        with pytest.raises(FieldError, match="side by side"):
            speech_and_action(seed, **rule)
    with pytest.raises(UnknownActorError, match="did you mean 'CHN'"):
        words_and_deeds(seed, "CHNA")
    with pytest.raises(FieldError, match="is no Dataset"):
        words_and_deeds([[0]])


def test_a_name_will_do(seed):
    """An actor may be called by a name that the registry knows."""
    assert words_and_deeds(seed, "China").gaps == words_and_deeds(seed, "CHN").gaps
