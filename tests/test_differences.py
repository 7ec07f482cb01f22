"""diff: what changed between two editions, and the cells of the matrix that it moved."""

import json
import math

import numpy as np
import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import stances
from stances import (
    MEASURES,
    SUPPORT,
    VOTE,
    Actor,
    Dataset,
    Evidence,
    Issue,
    Membership,
    Positions,
    Question,
    Source,
    Stance,
    agreement_matrix,
    diff,
)
from stances.differences.matching import stance_changes
from stances.errors import FieldError, NeedsDatasetError, UnknownActorError
from stances.strategies import datasets, positions

tables = positions(
    min_actors=2,
    max_actors=4,
    min_questions=1,
    max_questions=5,
    weights=st.sampled_from([0.0, 1.0, 0.5, 3.0]),
)
any_data = datasets(min_actors=2, min_questions=1, max_stances=15)
LINEAR = [name for name, measure in MEASURES.items() if measure.is_linear]
OTHERS = [name for name, measure in MEASURES.items() if not measure.is_linear]


@st.composite
def editions(draw):
    """Return two editions of a table: codes, weights, questions and actors may differ."""
    old = draw(tables)
    codes = old.codes.copy()
    for _ in range(draw(st.integers(0, 4))):
        i, j = draw(st.integers(0, old.n_actors - 1)), draw(st.integers(0, old.n_questions - 1))
        codes[i, j] = draw(st.integers(-5, old.questions[j].scale.n_levels - 1))
    questions = [
        evolve(q, weight=draw(st.sampled_from([q.weight, q.weight, 0.0, 2.0]))) for q in old.questions
    ]
    new = Positions(old.actors, questions, codes)
    keep = [draw(st.booleans()) or draw(st.booleans()) for _ in questions]
    new = new.take(keep)
    new = new.rows(new.actors[: draw(st.integers(2, new.n_actors))])
    return (old, new) if draw(st.booleans()) else (new, old)


def slow_cells(old, new, measure="agreement", silence="skip"):
    """Return the pairs that moved, by plain loops over both matrices."""
    matrices = [agreement_matrix(table, measure, silence) for table in (old, new)]
    actors = sorted({*old.actors, *new.actors})
    moved = {}
    for a in actors:
        for b in actors:
            if a >= b:
                continue
            cells = [m.cell(a, b) if {a, b} <= set(m.actors) else None for m in matrices]
            told = [
                (None, 0, 0, "not_there")
                if c is None
                else (None if math.isnan(c.value) else c.value, c.n_shared, c.n_used, c.why)
                for c in cells
            ]
            if None in cells and all(t[0] is None for t in told):
                continue
            one, other = told
            same = one[0] == other[0] or (None not in (one[0], other[0]) and abs(one[0] - other[0]) <= 1e-12)
            if not same or one[1:] != other[1:]:
                moved[frozenset((a, b))] = told
    return moved


# --- nothing -------------------------------------------------------------------------------


@given(any_data)
def test_a_dataset_does_not_differ_from_itself(data):
    """Nothing differs from itself, in whatever order its records stand and whatever it is called."""
    turned = evolve(
        data, id="other", stances=data.stances[::-1], questions=data.questions[::-1], actors=data.actors[::-1],
        sources=data.sources[::-1], issues=data.issues[::-1],
    )  # fmt: skip
    for other in (data, turned):
        result = diff(data, other)
        assert result.is_empty
        assert "No difference." in str(result)
        assert result.columns()["section"] == []


@given(tables)
def test_positions_do_not_differ_from_themselves(table):
    """Nothing differs from itself, in whatever order actors and questions stand."""
    turned = table.take(list(range(table.n_questions))[::-1]).rows(table.actors[::-1])
    assert diff(table, table).is_empty
    assert diff(table, turned).is_empty


# --- the cells -----------------------------------------------------------------------------


@given(editions(), st.sampled_from([("agreement", "skip"), ("agreement", "half"), ("cohen_kappa", "skip")]))
def test_moved_cells_are_those_of_plain_loops(two, how):
    """A pair is listed if and only if its value, support or reason differs, from what to what."""
    result = diff(*two, *how)
    told = {}
    for cell in result.cells:
        sides = [
            (None if math.isnan(c.value) else c.value, c.n_shared, c.n_used, c.why)
            for c in (cell.old, cell.new)
        ]
        told[frozenset((cell.first, cell.second))] = sides
    assert told == slow_cells(*two, *how)


@given(editions())
def test_cells_are_sorted_by_how_much(two):
    """Newly defined or undefined pairs come first, then the largest changes, last those with an actor less."""
    cells = diff(*two).cells
    there = [c for c in cells if "not_there" not in (c.old.why, c.new.why)]
    assert cells[: len(there)] == tuple(there)
    order = ["undefined defined", "value", "support", "reason"]
    ranks = [next(k for k, kinds in enumerate(order) if c.kind in kinds.split()) for c in there]
    assert ranks == sorted(ranks)
    sizes = [abs(c.change) for c in there if c.kind == "value"]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("measure", LINEAR)
@pytest.mark.parametrize("silence", ["skip", "half"])
@given(editions())
def test_contributions_add_up_to_the_change(measure, silence, two):
    """For a mean over questions the parts sum to the change, whether or not the support is the same."""
    result = diff(*two, measure, silence)
    for cell in result.cells:
        why = result.explain(cell.first, cell.second)
        if math.isnan(cell.change):
            assert all(math.isnan(q.contribution) for q in why.questions)
            continue
        assert sum(q.contribution for q in why.questions) == pytest.approx(cell.change, abs=1e-12)
        assert str(why)


@given(editions())
def test_what_did_not_change_has_no_part(two):
    """Only questions on which an answer, the weight or the scale changed have a part in a change."""
    old, new = two
    result = diff(old, new)
    known = [{q.id: (table, j, q) for j, q in enumerate(table.questions)} for table in two]
    for cell in result.cells:
        for told in result.explain(cell.first, cell.second).questions:
            sides = []
            for names in known:
                if told.question not in names or not {cell.first, cell.second} <= set(
                    names[told.question][0].actors
                ):
                    sides.append(None)
                    continue
                table, j, q = names[told.question]
                sides.append(
                    (
                        q.scale,
                        q.weight,
                        *(int(table.codes[table.index(a), j]) for a in (cell.first, cell.second)),
                    )
                )
            assert sides[0] != sides[1]


@pytest.mark.parametrize("measure", ["cohen_kappa", "krippendorff_alpha", "kendall_tau_b"])
@given(
    positions(min_actors=2, max_actors=2, min_questions=3, max_questions=6, scales=st.just(VOTE)), st.data()
)
def test_other_measures_tell_what_each_question_alone_changes(measure, table, data):
    """For a chance-corrected measure a part is the new value minus the value with the question put back."""
    codes = table.codes.copy()
    for _ in range(2):
        codes[0, data.draw(st.integers(0, table.n_questions - 1))] = data.draw(st.integers(0, 2))
    new = Positions(table.actors, table.questions, codes)
    result = diff(table, new, measure)
    for cell in result.cells:
        assume(not math.isnan(cell.change))
        why = result.explain(cell.first, cell.second)
        assert "do not add up" in why.contributions_are
        for told in why.questions:
            j = [q.id for q in table.questions].index(told.question)
            back = codes.copy()
            back[:, j] = table.codes[:, j]
            value = agreement_matrix(Positions(table.actors, table.questions, back), measure).values[0, 1]
            assert told.contribution == pytest.approx(cell.new.value - value, abs=1e-12, nan_ok=True)


def test_a_part_by_hand():
    """Of 1/2 to 1/3, an added question of agreement 0 is the whole change: (0 - 1/2) / 3."""
    old = Positions.from_codes([[2, 2], [2, 0]], scale=VOTE, actors=["CHN", "FRA"])
    new = Positions.from_codes([[2, 2, 2], [2, 0, 0]], scale=VOTE, actors=["CHN", "FRA"])
    why = diff(old, new).explain("FRA", "CHN")
    assert [(q.question, q.contribution) for q in why.questions] == [("q3", pytest.approx(-1 / 6))]
    assert (why.questions[0].old, why.questions[0].new) == (("no_record", "no_record"), ("yes", "no"))


# --- the records ---------------------------------------------------------------------------


@given(tables, tables)
def test_cells_of_two_tables(old, new):
    """The changed cells lead from the old table to the new one, and back when the two are turned."""
    result = diff(old, new)
    word = {
        side: {(a, q.id): t.text(i, j) for i, a in enumerate(t.actors) for j, q in enumerate(t.questions)}
        for side, t in (("old", old), ("new", new))
    }
    everyone, every = {*old.actors, *new.actors}, {q.id for q in (*old.questions, *new.questions)}
    due = {
        (a, q): (word["old"].get((a, q), "no_record"), word["new"].get((a, q), "no_record"))
        for a in everyone
        for q in every
    }
    told = {(c.actor, c.question): c.fields[0][1:] for c in result.changes if c.section == "stances"}
    assert told == {key: two for key, two in due.items() if two[0] != two[1]}
    back = {(c.actor, c.question): c.fields[0][1:] for c in diff(new, old).changes if c.section == "stances"}
    assert back == {key: two[::-1] for key, two in told.items()}


@given(any_data, any_data)
def test_turning_a_diff_turns_its_changes(one, other):
    """What was added is removed the other way round, and what changed changes back."""
    forth = [(c.section, c.kind, c.actor, c.question, len(c.fields)) for c in diff(one, other).changes]
    swap = {"added": "removed", "removed": "added", "changed": "changed"}
    back = [(c.section, swap[c.kind], c.actor, c.question, len(c.fields)) for c in diff(other, one).changes]
    assert sorted(forth) == sorted(back)


@given(any_data, any_data)
def test_every_stance_is_accounted_for(one, other):
    """Old stances are kept, changed or removed, new ones kept, changed or added, by actor and question."""
    changes = list(stance_changes(one.stances, other.stances))
    kinds = {kind: sum(c.kind == kind for c in changes) for kind in ("added", "removed", "changed")}
    kept = len(one.stances) - kinds["removed"] - kinds["changed"]
    assert kept == len(other.stances) - kinds["added"] - kinds["changed"]
    bare = [
        {
            (
                s.actor,
                s.question,
                s.position,
                s.date,
                s.basis,
                s.coder,
                s.inferred,
                s.asked_by,
                s.confidence,
                s.salience,
                frozenset(s.evidence),
            )
            for s in d.stances
        }
        for d in (one, other)
    ]
    assert kept == len(bare[0] & bare[1])


@given(any_data, any_data)
def test_any_two_datasets_print(one, other):
    """Whatever the two are, the difference prints, exports columns of one length, and is JSON."""
    result = diff(one, other)
    assert str(result)
    assert "<table>" in result._repr_html_()
    assert len({len(column) for column in result.columns().values()}) == 1
    json.loads(result.to_json())


def base():
    """Return a small dataset with everything that can change."""
    return Dataset(
        "base",
        title="Base",
        issues=[Issue("trade")],
        questions=[Question("q1", "One?", SUPPORT, issues=["trade"]), Question("q2", "Two?", SUPPORT)],
        actors=[Actor("CHN"), Actor("FRA"), Actor("EU", kind="bloc")],
        memberships=[Membership("FRA", "EU")],
        sources=[Source("report"), Source("speech")],
        stances=[
            Stance(
                "CHN", "q1", "opposed", date="2025", evidence=[Evidence("report", locator="1", quote="no")]
            ),
            Stance("FRA", "q1", "supportive", date="2025", evidence=[Evidence("report", locator="2")]),
            Stance("FRA", "q1", "mixed", date="2025", basis="deed"),
        ],
    )


def told(old, new):
    """Return the changes of the records, as (section, kind, what)."""
    return [(c.section, c.kind, c.text) for c in diff(old, new).changes]


def test_a_corrected_position():
    """A corrected level is a change of the one stance, from and to, and moves the cell."""
    old = base()
    new = evolve(old, stances=[evolve(old.stances[0], position="supportive"), *old.stances[1:]])
    result = diff(old, new, prefer="word")
    (change,) = result.changes
    assert (change.actor, change.question, change.kind) == ("CHN", "q1", "changed")
    assert change.fields == (("position", "opposed", "supportive"),)
    assert change.record == "word · 2025 · report"
    (cell,) = result.cells
    assert (cell.old.value, cell.new.value, cell.kind) == (0.5, 1.0, "value")
    assert "(+0.50)" in str(result)
    assert "Next: stances diff OLD NEW --cell CHN FRA" in str(result)


def test_corrected_evidence():
    """Passages that were added, removed or told otherwise are counted and named, and move no cell."""
    old = base()
    passages = [Evidence("report", locator="1", quote="not at all"), Evidence("speech", locator="4")]
    new = evolve(old, stances=[evolve(old.stances[0], evidence=passages), *old.stances[1:]])
    ((_, kind, what),) = told(old, new)
    assert kind == "changed"
    assert what == "evidence: 1 passage added (speech 4), 1 passage told otherwise (report 1: quote)"
    assert diff(old, new).cells == ()
    assert "no value, support or reason is another" in str(diff(old, new))


def test_a_word_does_not_become_a_deed():
    """A stance of another basis is another act: one was removed and one added."""
    old = base()
    new = evolve(
        old, stances=[*old.stances[:1], evolve(old.stances[1], basis="deed", date="2024"), old.stances[2]]
    )
    assert sorted(kind for _, kind, _ in told(old, new)) == ["added", "removed"]


def test_two_coders():
    """The files of two coders differ in the coder, and where they dispute in the position too."""
    rows = {"ann": ("opposed", "mixed"), "ben": ("opposed", "supportive")}
    both = [
        evolve(
            base(),
            stances=[
                Stance("CHN", q, level, coder=coder) for q, level in zip(("q1", "q2"), levels, strict=True)
            ],
        )
        for coder, levels in rows.items()
    ]
    assert told(*both) == [
        ("stances", "changed", "coder: ann -> ben"),
        ("stances", "changed", "position: mixed -> supportive; coder: ann -> ben"),
    ]


def test_assessments_of_others_are_others():
    """Judgements of different speakers are never one changed record."""
    judged = [
        evolve(
            base(),
            stances=[
                Stance("CHN", "q1", "opposed", basis="assessment", evidence=[Evidence("report", speaker=who)])
            ],
        )
        for who in ("one", "other")
    ]
    assert sorted(kind for _, kind, _ in told(*judged)) == ["added", "removed"]


def test_the_codebook():
    """Questions, actors, issues, sources, memberships and the title are told with what changed."""
    old = base()
    new = evolve(
        old,
        title="Better",
        issues=[Issue("trade", "Trade")],
        questions=[evolve(old.questions[0], weight=2.0), Question("q3", "Three?", VOTE)],
        actors=[*old.actors[:2], Actor("EU", "European Union", kind="bloc"), Actor("USA")],
        memberships=[Membership("FRA", "EU", "1993-11-01")],
    )
    found = {(c.section, c.kind, c.record): c.text for c in diff(old, new).changes}
    assert found == {
        ("dataset", "changed", "base"): "title: Base -> Better",
        ("scales", "added", "vote"): "",
        ("issues", "changed", "trade"): "name: nothing -> Trade",
        ("questions", "changed", "q1"): "weight: 1.0 -> 2.0",
        ("questions", "removed", "q2"): "",
        ("questions", "added", "q3"): "",
        ("actors", "changed", "EU"): "name: nothing -> European Union",
        ("actors", "added", "USA"): "",
        ("memberships", "removed", "FRA, EU"): "",
        ("memberships", "added", "FRA, EU, 1993-11-01"): "",
    }


def test_saliences_are_told():
    """Where only saliences differ, the tables differ, though no cell of the plain matrix moves."""
    table = Positions.from_codes([[2, 0], [2, 2]], scale=VOTE, actors=["CHN", "FRA"])
    old = evolve(table, saliences=np.array([[1.0, np.nan], [1.0, 1.0]]))
    new = evolve(table, saliences=np.array([[2.0, np.nan], [1.0, 1.0]]))
    (change,) = diff(old, new).changes
    assert (change.actor, change.question, change.text) == ("CHN", "q1", "salience: 1.0 -> 2.0")
    assert diff(old, new).cells == ()
    assert diff(old, old).is_empty


def test_the_seed_without_a_passage(seed):
    """Without the EU's probe, China and the EU share nothing: the cell becomes undefined, and is told first."""
    kept = [s for s in seed.stances if (s.actor, s.question) != ("EU", "ev-subsidy-probe")]
    result = diff(seed, evolve(seed, stances=kept))
    assert [(c.section, c.kind) for c in result.changes] == [("stances", "removed")]
    assert [(c.first, c.second, c.kind, c.new.why) for c in result.cells] == [
        ("CHN", "EU", "undefined", "no_shared_questions")
    ]
    assert "no difference to take apart" in str(result.explain("CHN", "EU"))


def test_two_editions_of_the_votes(shared_file):
    """Votes to the end of 2023 and to the end of 2024 differ in eight roll calls; every part adds up."""
    votes = stances.read_un_votes(shared_file("data/unga/ga_voting_2019-2024.csv.gz"))
    before = votes.select(until="2023-12-31")
    result = diff(before, votes)
    assert [c.kind for c in result.changes if c.section == "questions"] == ["added"] * 8
    assert len(result.cells) == 18073
    assert result.columns()["change"].count("added") >= 8
    cell = next(c for c in result.cells if {c.first, c.second} == {"FRA", "USA"})
    parts = result.explain("USA", "FRA").questions
    assert sum(q.contribution for q in parts) == pytest.approx(cell.change, abs=1e-12)
    matrices = [agreement_matrix(table) for table in (before, votes)]
    assert cell.change == matrices[1]["FRA", "USA"] - matrices[0]["FRA", "USA"]
    assert "came or went with a whole question or actor" in str(result)


def test_what_is_refused(seed):
    """Unlike kinds, unknown actors, cells that did not move and rules with positions are mistakes of the caller."""
    table = seed.positions()
    with pytest.raises(FieldError, match="compare like with like"):
        diff(seed, table)
    with pytest.raises(FieldError, match="neither a Dataset nor Positions"):
        diff(seed, "other")
    with pytest.raises(NeedsDatasetError):
        diff(table, table, basis="word")
    with pytest.raises(UnknownActorError, match="did you mean 'FRA'"):
        diff(seed, seed).explain("CHN", "FRAN")
    with pytest.raises(FieldError, match="did not move"):
        diff(seed, seed).explain("CHN", "FRA")
