"""The report on a coded dataset: agreement, disputes and omissions told apart; by question, issue, coder."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stances import (
    SUPPORT,
    VOTE,
    Actor,
    Dataset,
    Evidence,
    Issue,
    Question,
    Scale,
    Source,
    Stance,
    reliability,
)
from stances.errors import NeedsCodersError, UnknownIssueError
from stances.strategies import datasets

COLOURS = Scale("colours", ["red", "green", "blue"], ordered=False)
SCALES = {"q1": SUPPORT, "q2": SUPPORT, "q3": VOTE, "colour": COLOURS}
LEVELS = {name: scale.levels for name, scale in SCALES.items()}


def coded(*rows, sources=("note",), **more):
    """A dataset of rows ``coder, actor, question, position`` and, if need be, fields of the stance."""
    stances = [
        Stance(actor, question, position, coder=coder, **(fields[0] if fields else {}))
        for coder, actor, question, position, *fields in rows
    ]
    return Dataset(
        "class",
        issues=[Issue("war"), Issue("trade")],
        questions=[
            Question(name, "?", scale, issues=["trade" if name == "q3" else "war"])
            for name, scale in SCALES.items()
        ],
        actors=[Actor("CHN"), Actor("FRA")],
        sources=[Source(source) for source in sources],
        stances=stances,
        **more,
    )


def whole(*rows, **options):
    """The last row of a report: all units together."""
    return reliability.report(coded(*rows), **options).rows[-1]


def test_disagreement_dispute_and_omission_are_told_apart():
    """Two levels disagree; a silence against a level is a dispute; nothing where others code is an omission."""
    row = whole(
        ("ann", "FRA", "q1", "opposed"),
        ("ben", "FRA", "q1", "supportive"),
        ("ann", "CHN", "q1", "silent"),
        ("ben", "CHN", "q1", "mixed"),
        ("ann", "FRA", "q2", "mixed"),
    )
    counts = (row.n_units, row.n_shared, row.n_disagreements, row.n_silence_disputes)
    assert counts == (3, 1, 1, 1)
    assert (row.n_omissions, row.n_due) == (1, 6)
    assert row.percent_agreement == 0


@pytest.mark.parametrize(
    ("first", "second", "disputed"),
    [
        ("silent", "silent", False),
        ("silent", "absent", True),
        ("silent", "mixed", True),
        ("mixed", "mixed", False),
        ("mixed", "opposed", False),
    ],
)
def test_silences_are_disputed_by_anything_else(first, second, disputed):
    """A silence is disputed by a level and by another silence, not by itself."""
    row = whole(("ann", "FRA", "q1", first), ("ben", "FRA", "q1", second))
    assert bool(row.n_silence_disputes) is disputed


def test_who_codes_another_source_only_omits_nothing():
    """A coder is held to the sources that the coder has a record on."""
    at = [{"evidence": [Evidence(source)]} for source in ("one", "two")]
    rows = [("ann", "FRA", "q1", "mixed", at[0]), ("ben", "FRA", "q1", "opposed", at[0])]
    apart = [*rows, ("coder-3", "FRA", "q2", "mixed", at[1])]
    both = [*apart, ("coder-3", "CHN", "q2", "mixed", at[0])]
    assert reliability.report(coded(*apart, sources=["one", "two"])).rows[-1].n_omissions == 0
    assert reliability.report(coded(*both, sources=["one", "two"])).rows[-1].n_omissions == 3


def test_two_sources_are_two_units():
    """What a coder finds in two documents are two codings, and no conflict."""
    at = [{"evidence": [Evidence(source)]} for source in ("one", "two")]
    rows = [
        (coder, "FRA", "q1", position, where)
        for coder in ("ann", "ben")
        for position, where in zip(("mixed", "opposed"), at, strict=True)
    ]
    report = reliability.report(coded(*rows, sources=["one", "two"]))
    assert [(unit.source, unit.has_disagreement) for unit in report.units] == [("one", False), ("two", False)]


def test_a_single_source_need_not_be_named():
    """A record without evidence and one with a passage of the only source are of one unit."""
    at = {"evidence": [Evidence("note", locator="3")]}
    assert whole(("ann", "FRA", "q1", "mixed", at), ("ben", "FRA", "q1", "mixed")).n_shared == 1


def test_records_of_one_coder_come_to_one_position():
    """The latest record counts; a word and a deed that differ are a conflict, and count as no level."""
    dated = [{"date": "2024"}, {"date": "2025"}]
    row = whole(
        ("ann", "FRA", "q1", "opposed", dated[0]),
        ("ann", "FRA", "q1", "mixed", dated[1]),
        ("ben", "FRA", "q1", "mixed"),
    )
    assert (row.n_shared, row.n_disagreements) == (1, 0)
    conflict = coded(
        ("ann", "FRA", "q1", "opposed", {"basis": "deed"}),
        ("ann", "FRA", "q1", "mixed"),
        ("ben", "FRA", "q1", "mixed"),
    )
    report = reliability.report(conflict)
    assert (report.rows[-1].n_shared, report.coders[0].n_conflicts) == (0, 1)
    assert report.disputed().columns()["position"] == ["mixed", "conflict"]
    assert "contradict themselves, and count as no level: 1" in str(report)
    assert reliability.report(conflict, prefer="deed").rows[-1].n_disagreements == 1


def test_rules_choose_the_records():
    """Assessments count only when asked for, as everywhere."""
    rows = [(coder, "FRA", "q1", "mixed", {"basis": "assessment"}) for coder in ("ann", "ben")]
    assert whole(*rows).n_units == 0
    assert whole(*rows, basis="assessment").n_shared == 1


def matrix(question):
    """Random levels of five coders on one question: rows for a dataset, and ratings."""
    rng = np.random.default_rng(len(question))
    codes = rng.integers(0, len(LEVELS[question]), (5, 2))
    actors = ("CHN", "FRA")
    rows = [
        (f"coder-{i}", actors[j], question, LEVELS[question][code]) for (i, j), code in np.ndenumerate(codes)
    ]
    return rows, [[LEVELS[question][code] for code in row] for row in codes]


@pytest.mark.parametrize(
    ("question", "level", "weights"),
    [("q1", "ordinal", "ordinal"), ("q3", "ordinal", "ordinal"), ("colour", "nominal", "identity")],
)
def test_coefficients_follow_the_scale(question, level, weights):
    """Ordered scales get ordinal alpha and AC2, unordered ones nominal alpha and AC1."""
    rows, ratings = matrix(question)
    row = whole(*rows)
    levels = LEVELS[question]
    assert row.level == level
    assert row.krippendorff_alpha == pytest.approx(reliability.krippendorff_alpha(ratings, level, levels))
    assert row.gwet_ac == pytest.approx(reliability.gwet_ac(ratings, weights, levels))
    assert row.percent_agreement == pytest.approx(reliability.percent_agreement(ratings))


def test_questions_on_one_scale_are_rated_together():
    """The whole of two questions on one scale has the coefficients of all its units."""
    rows = [matrix(question) for question in ("q1", "q2")]
    together = [one + two for one, two in zip(rows[0][1], rows[1][1], strict=True)]
    row = whole(*rows[0][0], *rows[1][0])
    assert row.krippendorff_alpha == pytest.approx(
        reliability.krippendorff_alpha(together, "ordinal", SUPPORT.levels)
    )


def test_scales_are_pooled_by_disagreement():
    """The whole of two scales lies between them, and is no rating of labels with labels."""
    rows = {question: matrix(question)[0] for question in ("q1", "colour")}
    values = [whole(*own).krippendorff_alpha for own in rows.values()]
    row = whole(*rows["q1"], *rows["colour"])
    assert min(values) <= row.krippendorff_alpha <= max(values)
    assert row.level == "nominal, ordinal"


def test_undefined_has_a_reason():
    """Alpha is NaN without shared units, and without variation."""
    row = whole(("ann", "FRA", "q1", "mixed"), ("ben", "CHN", "q1", "mixed"))
    assert math.isnan(row.krippendorff_alpha)
    assert row.why == "no_shared_units"
    row = whole(("ann", "FRA", "q1", "mixed"), ("ben", "FRA", "q1", "mixed"))
    assert math.isnan(row.krippendorff_alpha)
    assert (row.why, row.percent_agreement, row.gwet_ac) == ("no_variation", 1, 1)


def test_rows_are_questions_issues_and_all():
    """There is a row per question, per issue, and for all; what nobody coded is named."""
    report = reliability.report(coded(("ann", "FRA", "q1", "mixed"), ("ben", "FRA", "q3", "yes")))
    assert [(row.kind, row.id, row.n_units) for row in report.rows] == [
        ("question", "q1", 1),
        ("question", "q2", 0),
        ("question", "q3", 1),
        ("question", "colour", 0),
        ("issue", "war", 1),
        ("issue", "trade", 1),
        ("all", "", 2),
    ]
    assert "Nobody coded: q2, colour." in str(report)
    assert repr(report) == "<ReliabilityReport on 'class': 2 coders, 2 units>"


def test_an_issue_at_a_time():
    """Only questions on the issue are reported; who codes other issues is at work all the same."""
    data = coded(("ann", "FRA", "q1", "mixed"), ("ben", "FRA", "q3", "yes"))
    report = reliability.report(data, issues="war")
    assert [row.id for row in report.rows] == ["q1", "q2", "colour", "war", ""]
    assert report.rows[-1].n_omissions == 1
    with pytest.raises(UnknownIssueError, match="did you mean 'war'"):
        reliability.report(data, issues="wars")


def test_coders_are_summed_up():
    """Each coder has records, levels, silences, omissions, units of its own and agreement with others."""
    report = reliability.report(
        coded(
            ("ann", "FRA", "q1", "mixed"),
            ("ben", "FRA", "q1", "mixed"),
            ("coder-3", "FRA", "q1", "opposed"),
            ("coder-3", "CHN", "q1", "silent"),
        )
    )
    ann, _, coder3 = report.coders
    assert (ann.n_records, ann.n_levels, ann.n_silences, ann.n_omissions, ann.n_alone) == (1, 1, 0, 1, 0)
    assert (ann.n_compared, ann.agreement) == (2, 0.5)
    assert (coder3.n_silences, coder3.n_omissions, coder3.n_alone, coder3.agreement) == (1, 0, 1, 0)
    assert str(report).index("coder-3  ") < str(report).index("ann  ")


def test_the_most_disputed_come_first_with_their_passages():
    """Opposite ends come before neighbours; each position tells its coders and its passages in order."""

    def at(locator, quote=None):
        return {"evidence": [Evidence("note", locator=locator, quote=quote)]}

    report = reliability.report(
        coded(
            ("ann", "FRA", "q1", "opposed", at("10", "no ferry")),
            ("ben", "FRA", "q1", "mixed", at("2")),
            ("coder-3", "FRA", "q1", "mixed", at("10")),
            ("ann", "FRA", "q3", "no", at("4")),
            ("ben", "FRA", "q3", "yes", at("4")),
            ("ann", "FRA", "q2", "mixed", at("5")),
            ("ben", "FRA", "q2", "mixed", at("5")),
        )
    )
    rows = report.disputed().columns()
    assert rows["question"] == ["q3", "q3", "q1", "q1"]
    assert rows["position"] == ["no", "yes", "opposed", "mixed"]
    assert rows["coders"] == ["ann", "ben", "ann", "ben, coder-3"]
    assert rows["passages"][2:] == ['note 10 "no ferry"', "note 2; note 10"]
    assert rows["difference"] == pytest.approx([1, 1, 1 / 6, 1 / 6])
    omitted = report.omissions().columns()
    assert list(zip(omitted["question"], omitted["omitted_by"], strict=True)) == [
        ("q2", "coder-3"),
        ("q3", "coder-3"),
    ]


def test_little_is_shown_as_little():
    """Values that rest on fewer than five shared units stand in brackets; more stand plain."""
    few = reliability.report(coded(*matrix("q1")[0]))
    assert "In brackets: rests on fewer than 5 shared units." in str(few)
    assert "(" in str(few).split("\n")[2]
    many = reliability.report(coded(*(row for q in ("q1", "q2", "q3") for row in matrix(q)[0])))
    assert "(" not in next(line for line in str(many).split("\n") if line.startswith("all"))


def test_long_lists_are_cut_in_print_only():
    """Print shows the first disputed units and coders, and says how many more there are."""
    rows = [
        (f"coder-{k}", actor, question, "mixed" if k % 2 else "opposed")
        for k in range(20)
        for actor in ("CHN", "FRA")
        for question in ("q1", "q2")
    ] + [(f"coder-{k}", actor, "q3", "yes" if k % 2 else "no") for k in range(20) for actor in ("CHN", "FRA")]
    report = reliability.report(coded(*rows))
    assert "And 1 more; --format json has them all." in str(report)
    assert "and 4 more" in str(report)
    assert len(report.document()["disputed"]["actor"]) == 12
    assert json.loads(report.to_json())["coders"]["n_levels"] == [6] * 20


def test_nameless_stances_are_counted():
    """Stances without a coder do not count, and a note says how many there are."""
    data = coded(("ann", "FRA", "q1", "mixed"), ("ben", "FRA", "q1", "mixed"), (None, "FRA", "q1", "opposed"))
    report = reliability.report(data)
    assert report.rows[-1].n_disagreements == 0
    assert "Stances that name no coder, and do not count: 1." in str(report)


@pytest.mark.parametrize(("coders", "told"), [([], "names none"), (["ann"], "names only 'ann'")])
def test_fewer_than_two_coders_are_refused(coders, told):
    """A dataset without two coders says so, and what to do."""
    data = coded(*((coder, "FRA", "q1", "mixed") for coder in coders))
    with pytest.raises(NeedsCodersError, match=f"{told}.*--coder-from-filename"):
        reliability.report(data)


@given(datasets())
def test_any_dataset_is_reported_or_refused(data):
    """Whatever a dataset holds, its report adds up, prints and becomes JSON."""
    try:
        report = reliability.report(data, basis=["word", "deed", "assessment"])
    except NeedsCodersError:
        assert len({stance.coder for stance in data.stances} - {None}) < 2
        return
    row = report.rows[-1]
    codings = [coding for unit in report.units for coding in unit.codings]
    assert row.n_units == len(report.units) >= row.n_shared >= row.n_disagreements
    assert row.n_due == row.n_omissions + len(codings)
    assert sum(coder.n_omissions for coder in report.coders) == row.n_omissions
    assert sum(c.n_levels + c.n_silences + c.n_conflicts for c in report.coders) == len(codings)
    assert str(report)
    json.loads(report.to_json())


@given(st.permutations(matrix("q1")[0] + matrix("colour")[0]))
def test_order_of_records_does_not_matter(rows):
    """Records in any order give the same report."""
    expected = reliability.report(coded(*matrix("q1")[0], *matrix("colour")[0]))
    assert str(reliability.report(coded(*rows))) == str(expected)
