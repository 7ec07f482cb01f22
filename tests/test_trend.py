"""Trends: periods in order, gaps as gaps, and changes that open into the questions that made them."""

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stances
from stances import SUPPORT, VOTE, Actor, Dataset, Membership, Positions, Question, Stance, StancesError
from stances.errors import NeedsDatasetError, TooFewPeriodsError
from stances.matrix import Cell
from stances.trends import Change
from stances.trends.changes import difference_ends


@cache
def read(path):
    """Read votes of the General Assembly once."""
    return stances.read_un_votes(path)


@pytest.fixture
def votes(shared_file):
    """The votes of 2019 to 2024, or a skip where they are not at hand."""
    return read(shared_file("data/unga/ga_voting_2019-2024.csv.gz"))


def made(rows, sessions=None, dates=None, weights=None, actors=("a", "b"), **about):
    """Votes of two actors with a session and a date for each question."""
    n = len(rows[0])
    weights = weights or [1.0] * n
    questions = [
        Question(f"q{k:02}", f"Question {k}", VOTE, weight=weights[k],
                 session=sessions and sessions[k], date=dates and dates[k])
        for k in range(n)
    ]  # fmt: skip
    return Positions.from_codes(rows, scale=VOTE, actors=actors, questions=questions, **about)


@st.composite
def tables(draw):
    """Votes of two actors in three sessions, weighted, with silences; two sessions have a value."""
    n = draw(st.integers(6, 14))
    code = st.integers(-3, 2)
    rows = [draw(st.lists(code, min_size=n, max_size=n)) for _ in range(2)]
    sessions = ["1", "2", *draw(st.lists(st.sampled_from("123"), min_size=n - 2, max_size=n - 2))]
    weights = [
        1.0,
        1.0,
        *draw(st.lists(st.sampled_from([0.0, 0.5, 1.0, 3.0]), min_size=n - 2, max_size=n - 2)),
    ]
    for row in rows:
        row[:2] = [abs(code) % 3 for code in row[:2]]
    return made(rows, sessions, weights=weights)


def slow_value(data, session):
    """Mean graded agreement of the two in a session, question by question; None without any."""
    total = value = 0.0
    for j, question in enumerate(data.questions):
        one, other = (int(code) for code in data.codes[:, j])
        if question.session == session and min(one, other) >= 0:
            total += question.weight
            value += question.weight * (1 - abs(one - other) / 2)
    return value / total if total else None


@given(tables())
def test_every_value_is_that_of_plain_loops(data):
    """Each period's value is the mean over its questions, and undefined where there is none."""
    found = stances.trend(data, "a", "b", by="session")
    assert [period.name for period in found.periods] == sorted({q.session for q in data.questions})
    for period in found.periods:
        expected = slow_value(data, period.name)
        if expected is None:
            assert period.cell.why == "no_shared_questions"
        else:
            assert period.cell.value == pytest.approx(expected, abs=1e-12)
            assert period.cell.lower <= period.cell.value <= period.cell.upper


@settings(max_examples=60)
@given(
    tables(),
    st.sampled_from(["skip", "half", "neutral"]),
    st.sampled_from(["agreement", "signorino_ritter_s"]),
)
def test_the_questions_add_up_to_the_change(data, silence, measure):
    """The contributions of a change of a linear measure add up to it to 1e-12."""
    found = stances.trend(data, "a", "b", "session", measure, silence)
    for change in found.changes:
        assert sum(part.contribution for part in change.parts) == pytest.approx(change.value, abs=1e-12)
        back = Change(change.after, change.before)
        assert back.value == -change.value
        there = {part.question.id: part.contribution for part in change.parts}
        for part in back.parts:
            assert part.contribution == pytest.approx(-there[part.question.id], abs=1e-12)


def test_the_parts_of_a_change_by_hand():
    """From agreeing on one of two questions to agreeing on both, by a half of which each question has a share."""
    data = made([[2, 2, 2, 2], [2, 0, 2, 2]], ["1", "1", "2", "2"])
    change = stances.trend(data, "a", "b", by="session").changes[0]
    assert change.value == 0.5  # from 0.5 to 1, the middle is 0.75
    parts = [(part.question.id, part.contribution) for part in change.parts]
    assert parts == [("q01", 0.375), ("q02", 0.125), ("q03", 0.125), ("q00", -0.125)]
    assert [part.period for part in change.parts] == ["1", "2", "2", "1"]
    assert (change.parts[0].first, change.parts[0].second) == ("yes", "no")


def test_influences_stand_in_where_nothing_adds_up():
    """For a corrected measure a contribution is what leaving the question out would change."""
    rows = [[2, 0, 2, 0, 1, 2, 0, 2, 0, 1], [2, 0, 1, 0, 1, 0, 2, 2, 0, 1]]
    data = made(rows, ["1"] * 5 + ["2"] * 5)
    change = stances.trend(data, "a", "b", "session", "cohen_kappa").changes[0]
    whole = stances.agreement_matrix(data.select(sessions="2"), "cohen_kappa")["a", "b"]
    for part in change.parts:
        if part.period == "2":
            rest = [q.id for q in data.questions if q.session == "2" and q.id != part.question.id]
            without = stances.agreement_matrix(data.select(questions=rest), "cohen_kappa")["a", "b"]
            assert part.contribution == pytest.approx(whole - without, abs=1e-12)
    assert "leave-one-out influences, and do not add up" in str(
        stances.trend(data, "a", "b", "session", "cohen_kappa")
    )


def test_saliences_count_in_parts():
    """With saliences as weights the parts still add up, and those that are not known do not count."""
    rows = [[2, 0, 2, 1, 1, 2], [2, 2, 1, 1, 2, 0]]
    data = made(rows, ["1", "1", "1", "2", "2", "2"])
    saliences = [[1, 2, np.nan, 0.5, 1, 4], [1, 3, 1, 0.5, 2, 4]]
    weighed = Positions(data.actors, data.questions, data.codes, data.origin, saliences)
    change = stances.trend(weighed, "a", "b", by="session", salience="mean").changes[0]
    assert len(change.parts) == 5
    assert sum(part.contribution for part in change.parts) == pytest.approx(change.value, abs=1e-12)
    assert change.value != stances.trend(weighed, "a", "b", by="session").changes[0].value


def test_the_interval_of_a_difference_is_newcombes():
    """56 of 70 against 48 of 80 differ by 0.2, from 0.0524 to 0.3339 (Newcombe 1998, Table II, method 10)."""

    def wilson(x, n, z=1.959964):
        middle, root = x / n + z * z / (2 * n), z * np.sqrt(x * (n - x) / n**3 + z * z / (4 * n * n))
        return (middle - root) / (1 + z * z / n), (middle + root) / (1 + z * z / n)

    def cell(x, n):
        return Cell(x / n, n, n, *wilson(x, n), float("nan"), float("nan"), "")

    assert difference_ends(cell(48, 80), cell(56, 70)) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@given(tables())
def test_a_change_lies_in_its_interval(data):
    """The interval of a change contains it, and stays within what a change can be."""
    for change in stances.trend(data, "a", "b", by="session").changes:
        assert -1 <= change.lower <= change.value <= change.upper <= 1


def test_without_intervals_a_change_has_none():
    """Where intervals are not asked for the change has none either."""
    change = stances.trend(made([[2, 2], [2, 0]], ["1", "2"]), "a", "b", by="session", interval=None).changes[
        0
    ]
    assert np.isnan(change.lower)
    assert np.isnan(change.upper)


def test_sessions_come_by_their_first_date():
    """Dated sessions come in the order of time whatever their names, undated ones by number."""
    rows = [[2, 2, 2], [2, 2, 2]]
    dated = made(rows, ["9", "alpha", "78"], ["2003-01-01", "2001-01-01", "2002-01-01"])
    undated = made(rows, ["78", "9", "S-10"])
    names = [[p.name for p in stances.trend(d, "a", "b", by="session").periods] for d in (dated, undated)]
    assert names == [["alpha", "78", "9"], ["9", "78", "S-10"]]


def test_a_session_beside_others_is_no_step_in_time():
    """An emergency session that runs through others is shown last, and no change leads to it or from it."""
    sessions = ["76"] * 6 + ["77"] * 6 + ["ES-11"] * 6
    dates = ["2021-10-01"] * 3 + ["2022-06-01"] * 3 + ["2022-10-01"] * 3 + ["2023-06-01"] * 3
    dates += ["2022-03-02"] * 3 + ["2023-02-23"] * 3
    rows = [[2] * 18, [2] * 11 + [0] * 7]
    found = stances.trend(made(rows, sessions, dates), "a", "b", by="session")
    assert [(p.name, p.aside) for p in found.periods] == [("76", False), ("77", False), ("ES-11", True)]
    assert [(c.before.name, c.after.name) for c in found.changes] == [("76", "77")]
    assert "ES-11 is no step in time" in str(found)
    assert found.columns()["aside"] == [False, False, True]


def test_sessions_that_overlap_go_one_by_one():
    """Of numbered sessions that run at once the one that overlaps most goes; undated ones go with it."""
    sessions = ["1", "1", "2", "2", "3", "3", "4"]
    dates = ["2001", "2002", "2001-06", "2006", "2005", "2007", None]
    found = stances.trend(made([[2] * 7, [2] * 7], sessions, dates), "a", "b", by="session")
    assert [(p.name, p.aside) for p in found.periods] == [
        ("1", False),
        ("3", False),
        ("2", True),
        ("4", True),
    ]


def test_a_year_without_questions_is_a_gap():
    """A year in which nothing was asked stands there empty, and no change leads over it."""
    dates = ["2001"] * 5 + ["2003"] * 5 + ["2004"] * 5
    found = stances.trend(made([[2] * 15, [2] * 10 + [0] * 5], None, dates), "a", "b")
    assert [p.name for p in found.periods] == ["2001", "2002", "2003", "2004"]
    assert [p.cell.why for p in found.periods] == ["", "no_shared_questions", "", ""]
    assert [(c.before.name, c.after.name) for c in found.changes] == [("2003", "2004")]
    assert found.largest.value == -1.0
    assert "2002    none shared" in str(found)


def test_the_largest_change_rests_on_enough():
    """A larger change between periods of four questions does not count; it stands in brackets."""
    sessions = ["1"] * 4 + ["2"] * 5 + ["3"] * 5 + ["4"] * 5
    found = stances.trend(
        made([[2] * 19, [0] * 4 + [2] * 5 + [2] * 4 + [1] + [2] * 5], sessions), "a", "b", "session"
    )
    assert max(found.changes, key=lambda c: abs(c.value)).before.name == "1"
    assert (found.largest.before.name, found.largest.after.name) == ("2", "3")
    assert "(+1.00 [" in str(found)
    assert "From 2 to 3 agreement fell by 0.10, the largest of 2 changes" in str(found)
    assert "does not exclude that nothing changed" in str(found)


def test_a_picked_change_is_told_to_be_picked():
    """Where the interval excludes no change, the caption says that it was picked as the largest."""
    sessions = ["1"] * 30 + ["2"] * 30 + ["3"] * 30
    found = stances.trend(made([[2] * 90, [2] * 30 + [0] * 60], sessions), "a", "b", "session")
    assert "does not allow for having been picked as the largest" in str(found)
    still = stances.trend(made([[2] * 90, [2] * 90], sessions), "a", "b", "session")
    assert still.largest is None
    assert "No change between adjacent periods" in str(still)


def test_fewer_than_two_periods_are_refused(seed):
    """A trend takes two periods with a value, and the error says what there is."""
    with pytest.raises(TooFewPeriodsError, match="it takes two years, and no question has a year"):
        stances.trend(seed, "FRA", "CHN")
    with pytest.raises(TooFewPeriodsError, match="only session 1 has a value"):
        stances.trend(made([[2, -1], [2, 2]], ["1", "2"]), "a", "b", by="session")
    with pytest.raises(TooFewPeriodsError, match="none has a value"):
        stances.trend(made([[-1, -1], [2, 2]], ["1", "2"]), "a", "b", by="session")


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "issue"}, {"second": "a"}, {"second": "nobody"}, {"second": "@nobody"}, {"min_shared": 0},
        {"blocks": "issue"}, {"measure": "cohens_kappa"}, {"silence": "bounds"}, {"days": ["2001"]}, {"basis": "word"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(wrong):
    """Periods, actors, measures and policies that do not fit are errors with a sentence."""
    data = made([[2, 2], [2, 0]], ["1", "2"])
    with pytest.raises(StancesError):
        stances.trend(**{"data": data, "first": "a", "second": "b", "by": "session"} | wrong)


def test_bounds_stand_in_for_intervals():
    """Under bounds, without an interval, both ends are the values that any answer could give."""
    data = made([[2, 2, 2], [2, -2, 0]], ["1", "1", "2"])
    first = stances.trend(data, "a", "b", "session", silence="bounds", interval=None).periods[0].cell
    assert (first.lower, first.value, first.upper) == (0.5, 1.0, 1.0)


def union():
    """Two members of a bloc, one who joins late, and an outsider, with no row for the bloc."""
    rows = [[2] * 6 + [2] * 6, [0] * 6 + [2] * 6, [2] * 12, [2] * 9 + [0] * 3]
    return made(rows, ["1"] * 6 + ["2"] * 6, ["2020"] * 6 + ["2021"] * 6, actors=("DEU", "FRA", "USA", "AUT"))


def slow_line(data, members, without):
    """The level of the middle member, or None where the two middle ones differ."""
    found = []
    for j in range(data.n_questions):
        levels = sorted(int(data.codes[data.index(m), j]) for m in members if m != without)
        low, high = levels[(len(levels) - 1) // 2], levels[len(levels) // 2]
        found.append(low if low == high else None)
    return found


def test_an_actor_is_compared_with_the_rest_of_its_bloc():
    """A member is compared with the median of the other members, an outsider with that of all."""
    data = union()
    for actor, without in (("FRA", "FRA"), ("USA", None)):
        line = slow_line(data, ("DEU", "FRA", "AUT"), without)
        found = stances.trend(data, actor, "EU", by="session")
        own = data.codes[data.index(actor)]
        for period, part in zip(found.periods, (range(6), range(6, 12)), strict=True):
            shared = [j for j in part if line[j] is not None]
            expected = [1 - abs(int(own[j]) - line[j]) / 2 for j in shared]
            assert period.cell.n_shared == len(shared)
            if shared:
                assert period.cell.value == pytest.approx(np.mean(expected))
        assert found.blocs == ("EU",)
        assert ("without FRA" in str(found)) == (actor == "FRA")


def test_a_bloc_may_come_first_and_by_its_sign():
    """@EU is the bloc, and A and B may change places."""
    one, other = (stances.trend(union(), *pair, by="session") for pair in (("FRA", "@EU"), ("EU", "FRA")))
    assert [p.cell.value for p in one.periods] == [p.cell.value for p in other.periods]
    assert (other.first, other.second) == ("EU", "FRA")


def test_a_bloc_with_a_voice_of_its_own_is_an_actor():
    """A bloc that took positions itself is compared by these; its sign completes them by its members."""
    rows = [[2, 2, 2, 2], [2, 2, 2, 2], [0, -1, 0, -1]]
    data = made(rows, ["1", "1", "2", "2"], actors=("DEU", "FRA", "EU"))
    own, completed = (stances.trend(data, "FRA", name, by="session") for name in ("EU", "@EU"))
    assert [p.cell.n_shared for p in own.periods] == [1, 1]
    assert own.blocs == ()
    assert [(p.cell.n_shared, p.cell.value) for p in completed.periods] == [(2, 0.5), (2, 0.5)]


def test_a_brace_in_a_name_is_only_a_name():
    """An actor may be called anything; what to type next is printed all the same."""
    data = made([[2, 2], [2, 0]], ["1", "2"], actors=("a{0}", "{b}"))
    assert "Next: stances compare a{0} {b} DATA" in str(stances.trend(data, "a{0}", "{b}", by="session"))


def test_names_of_the_registry_are_understood():
    """An actor may be called by a name that the registry knows."""
    assert stances.trend(union(), "France", "Germany", by="session").first == "FRA"


def dated():
    """A coded dataset in which China moves towards France between two days, and the bloc has one member."""
    questions = [Question(f"q{k}", f"Question {k}", SUPPORT) for k in range(6)]
    records = [Stance("FRA", q.id, "supportive", date="2023-01-10") for q in questions]
    records += [Stance("CHN", q.id, "opposed", date="2023-03-01/2024-05-31") for q in questions]
    records += [Stance("CHN", q.id, "supportive", date="2024-06-01") for q in questions[:3]]
    records += [Stance("CHN", q.id, "opposed", date="2024-06-01") for q in questions[3:]]
    return Dataset(
        "dated",
        questions=questions,
        actors=[Actor("FRA"), Actor("CHN"), Actor("CLUB", kind="bloc")],
        memberships=[Membership("FRA", "CLUB")],
        stances=records,
    )


def test_records_are_followed_by_days():
    """Positions as of each day, the earliest first; before a record began there is a gap."""
    found = stances.trend(dated(), "FRA", "CHN", days=["2024-12-31", "2023-12-31", "2023-01-31"])
    assert [p.name for p in found.periods] == ["2023-01-31", "2023-12-31", "2024-12-31"]
    assert [p.cell.why for p in found.periods] == ["no_shared_questions", "", ""]
    assert [p.cell.value for p in found.periods[1:]] == [0.5, 0.75]
    assert "as of" not in found.title


def test_a_change_between_days_has_no_interval():
    """The questions of two days are the same, so that no sum of two errors would be right; parts add up."""
    change = stances.trend(dated(), "FRA", "CHN", days=["2023-12-31", "2024-12-31"]).largest
    assert change.value == 0.25
    assert np.isnan(change.lower)
    assert sum(part.contribution for part in change.parts) == pytest.approx(0.25, abs=1e-12)
    assert {part.question.id for part in change.parts[:3]} == {"q0", "q1", "q2"}


def test_a_datasets_own_bloc_is_followed():
    """A bloc that only the dataset knows has the position of its members."""
    found = stances.trend(dated(), "CHN", "CLUB", days=["2023-12-31", "2024-12-31"])
    assert [p.cell.value for p in found.periods] == [0.5, 0.75]


@pytest.mark.parametrize("days", [["2023", "2023"], ["yesterday", "2024"], ["2023"]])
def test_days_must_be_different_dates(days):
    """Days that repeat, that are no dates, or a single one, are refused."""
    with pytest.raises(StancesError):
        stances.trend(dated(), "FRA", "CHN", days=days)


def test_days_are_for_records():
    """Codes have no dates of record, and days leave no room for as_of."""
    with pytest.raises(NeedsDatasetError, match="days"):
        stances.trend(made([[2], [2]], ["1"]), "a", "b", days=["2023", "2024"])
    with pytest.raises(StancesError, match="put it among the days"):
        stances.trend(dated(), "FRA", "CHN", days=["2023", "2024"], as_of="2024")


def test_the_bootstrap_draws_for_every_period():
    """Intervals may come from the bootstrap, each period with numbers of its own, and can be repeated."""
    rng = np.random.default_rng(1)
    data = made(rng.integers(0, 3, (2, 40)), ["1"] * 20 + ["2"] * 20)
    how = {"method": "bootstrap", "n_resamples": 50, "rng": 3}
    one, other = (stances.trend(data, "a", "b", "session", **how) for _ in range(2))
    assert [p.cell.lower for p in one.periods] == [p.cell.lower for p in other.periods]
    assert one.periods[0].matrix.interval.seed.spawn_key != one.periods[1].matrix.interval.seed.spawn_key


def test_the_result_opens_into_columns_and_documents():
    """Columns have a row per period, and the document has every question behind the largest change."""
    found = stances.trend(made([[2] * 10, [2] * 5 + [0] * 5], ["1"] * 5 + ["2"] * 5), "a", "b", by="session")
    columns = found.columns()
    assert {len(cells) for cells in columns.values()} == {2}
    assert columns["change"][1] == -1.0
    assert len(found.document()["largest_change"]["questions"]) == 10
    assert repr(found) == "<Trend of a and b: 2 sessions>"
    assert found.to_csv().startswith("session,value,")


def test_the_united_states_and_israel_hardly_moved(votes):
    """From session 74 to 78 they agree on 0.91 to 0.96, and no change stands out."""
    found = stances.trend(votes, "USA", "ISR", by="session")
    steps = [p for p in found.periods if not p.aside]
    assert [(p.name, p.cell.n_shared, round(p.cell.value, 2)) for p in steps] == [
        ("74", 94, 0.96), ("75", 102, 0.91), ("76", 77, 0.92), ("77", 85, 0.93), ("78", 83, 0.93),
    ]  # fmt: skip
    assert [p.name for p in found.periods if p.aside] == ["ES-11", "ES-10"]
    assert found.largest.lower < 0 < found.largest.upper
    assert [p.question.id for p in found.largest.parts][:6] == [
        f"A/RES/75/{k}" for k in (130, 169, 183, 213, 64, 87)
    ]


def test_france_and_germany_hardly_moved(votes):
    """From session 74 to 78 they agree on 0.94 or 0.95 of what both vote on."""
    found = stances.trend(votes, "FRA", "DEU", by="session")
    values = [round(p.cell.value, 2) for p in found.periods if not p.aside]
    assert values == [0.95, 0.95, 0.95, 0.95, 0.94]
    assert abs(found.largest.value) < 0.02


def test_the_page_on_trends_is_true(votes):
    """Every row of the table in the how-to comes out, and so does the one interval without a zero."""
    page = (Path(__file__).parent.parent / "docs/how-to/follow-a-pair-through-time.md").read_text("utf-8")
    rows = re.findall(r"^\| (\w{3}) and (\w{3}) \| (.*) \|$", page, re.MULTILINE)
    assert len(rows) == 5
    for first, second, cells in rows:
        found = stances.trend(votes, first, second, by="session")
        steps = [period for period in found.periods if not period.aside]
        largest = found.largest
        change = f"{largest.value:+.2f} [{largest.lower:+.2f}, {largest.upper:+.2f}]"
        told = [f"{period.cell.value:.2f}" for period in steps]
        told += [f"{largest.before.name} to {largest.after.name}: {change}"]
        assert cells == " | ".join(told)
        assert (largest.lower < 0 < largest.upper) == ((first, second) != ("BRA", "USA"))
    assert "does not allow for having been picked as the largest" in str(found)


@pytest.mark.parametrize("pair", [("USA", "ISR"), ("CHN", "RUS")])
def test_un_values_and_parts_by_plain_loops(votes, pair):
    """Each session's value on the official record is that of plain loops, and every change adds up."""
    table = votes.rows(pair)
    found = stances.trend(votes, *pair, by="session")
    for period in found.periods:
        assert period.cell.value == pytest.approx(slow_value(table, period.name), abs=1e-12)
    for change in found.changes:
        assert sum(part.contribution for part in change.parts) == pytest.approx(change.value, abs=1e-12)
