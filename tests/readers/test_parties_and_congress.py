"""`read_wahlomat`, `read_ches` and `read_voteview`: parties and members of Congress."""

import json

import numpy as np
import pytest

from stances import (
    DatasetError,
    StancesError,
    StancesWarning,
    agreement_matrix,
    read_ches,
    read_voteview,
    read_wahlomat,
)
from stances.codes import ABSENT, NO_RECORD, NOT_ELIGIBLE
from stances.errors import FieldError

pytestmark = pytest.mark.usefixtures("both_ways")

ELECTION = {
    "overview": {"title": "Council", "date": "2021-09-26", "slug": "council2021", "data_source": "https://example.org/council"},
    "party": [{"id": 0, "name": "CDU / CSU", "longname": "x"}, {"id": 1, "name": "GRÜNE", "longname": "y"}],
    "statement": [{"id": 0, "category": None, "label": "Speed", "text": "A speed limit."}, {"id": 1, "category": "Umwelt & Klima", "label": "Wind", "text": "No wind power."}],
    "answer": [{"id": 0, "message": "Stimme zu"}, {"id": 1, "message": "Stimme nicht zu"}, {"id": 2, "message": "Neutral"}],
    "opinion": [
        {"id": 0, "party": 0, "statement": 0, "answer": 1, "comment": 0},
        {"id": 1, "party": 0, "statement": 1, "answer": 2, "comment": 1},
        {"id": 2, "party": 1, "statement": 0, "answer": 0, "comment": 2},
    ],
}  # fmt: skip


@pytest.fixture
def election(tmp_path):
    """Write the files of an election and return their folder."""

    def write(**changes):
        for name, content in (ELECTION | changes).items():
            if content is not None:
                text = content if isinstance(content, str) else json.dumps(content)
                (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def faults(read, *paths, **options):
    """The faults of some files, as printed."""
    with pytest.raises(DatasetError) as caught:
        read(*paths, **options)
    return "\n".join(str(fault) for fault in caught.value.faults)


def test_answers_are_not_in_the_order_of_the_scale(election):
    """Neutral has the highest id and stands in the middle of the scale."""
    parties = read_wahlomat(election())
    assert parties.questions[0].scale.levels == ("disagree", "neutral", "agree")
    assert parties.codes.tolist() == [[0, 1], [2, NO_RECORD]]


def test_parties_have_their_short_names_as_printed(election):
    """Parties are called as on the ballot's short list, and can be asked for by it."""
    parties = read_wahlomat(election())
    assert parties.actors == ("CDU / CSU", "GRÜNE")
    assert agreement_matrix(parties)["CDU / CSU", "GRÜNE"] == 0


def test_statements_carry_text_date_category_and_link(election):
    """A statement is a question with the text, the election's date, its category and the link."""
    first, second = read_wahlomat(election()).questions
    assert (first.id, first.text, str(first.date), first.url) == (
        "s1",
        "A speed limit.",
        "2021-09-26",
        "https://example.org/council",
    )
    assert (first.issues, second.issues) == ((), ("Umwelt-Klima",))
    assert read_wahlomat(election()).origin.name == "council2021"


def test_an_election_without_overview(election):
    """Without its overview an election has no date, and the name of its folder."""
    path = election(overview=None)
    parties = read_wahlomat(path)
    assert parties.questions[0].date is None
    assert parties.origin.name == path.name


ELECTIONS = {
    "no file": ({"answer": None}, "there is no answer.json in the folder"),
    "no JSON": ({"party": "["}, "party.json: is not JSON"),
    "no list": ({"party": {}}, "party.json: party {} is not a list"),
    "overview is a list": ({"overview": []}, "overview.json: overview [] is not an object"),
    "no key": ({"party": [{"id": 0}]}, "party.json, [0]: 'name' is missing"),
    "a truth for a number": ({"party": [{"id": True, "name": "x"}]}, "party.json, [0]: id True is not a whole number"),
    "no text": ({"party": [{"id": 0, "name": 7}]}, "party.json, [0]: name 7 is not text"),
    "an id twice": ({"party": [{"id": 0, "name": "A"}, {"id": 0, "name": "B"}]}, "party.json, [0] and party.json, [1]: id '0' is given twice"),
    "an invisible character": ({"party": [{"id": 0, "name": "A\x1b[31m"}]}, "party.json, [0]: name 'A\\x1b[31m' holds the invisible character U+001B"),
    "a name twice": ({"party": [{"id": 0, "name": "A"}, {"id": 1, "name": "A"}]}, "name 'A' is given twice"),
    "another answer": ({"answer": [{"id": 0, "message": "Vielleicht"}]}, "answer.json, [0]: message 'Vielleicht' is not one of Stimme zu, Neutral, Stimme nicht zu"),
    "an unknown party": ({"opinion": [{"party": 9, "statement": 0, "answer": 0}]}, "opinion.json, [0], column party: unknown id 9"),
    "two answers": ({"opinion": [*ELECTION["opinion"], {"party": 1, "statement": 0, "answer": 2}]}, "opinion.json, [2] and opinion.json, [3]: 'party 1' on 'statement 0' is both 'agree' and 'neutral'"),
    "a date of another form": ({"overview": {"date": "26.9.2021"}}, "date '26.9.2021' is not an ISO 8601 date"),
}  # fmt: skip


@pytest.mark.parametrize("case", ELECTIONS)
def test_faults_of_an_election(election, case):
    """What is wrong with an election's files is told with file and place."""
    changes, message = ELECTIONS[case]
    folder = election(**changes)
    for name, content in changes.items():
        if content is None:
            (folder / f"{name}.json").unlink(missing_ok=True)
    assert message in faults(read_wahlomat, folder)


def test_a_cut_election_loads_or_raises_our_error(election):
    """A file that is cut anywhere is read, or refused with an error of ours."""
    text = json.dumps(ELECTION["opinion"])
    for end in range(len(text)):
        with pytest.raises(StancesError):
            read_wahlomat(election(opinion=text[:end]))


def test_published_agreement_of_2021(shared_file):
    """Two pairs of parties agree as computed from the election's answers by other means."""
    parties = read_wahlomat(shared_file("data/wahlomat/data/2021/deutschland"))
    found = {
        pair: [agreement_matrix(parties, measure)[pair] for measure in ("exact", "agreement")]
        for pair in (("CDU / CSU", "SPD"), ("GRÜNE", "DIE LINKE"))
    }
    assert found["CDU / CSU", "SPD"] == pytest.approx([0.3947, 0.5132], abs=5e-5)
    assert found["GRÜNE", "DIE LINKE"] == pytest.approx([0.8158, 0.8684], abs=5e-5)


def test_every_party_answered_in_2024(shared_file):
    """The election of 2024 has 34 parties and 38 statements, and no gap."""
    parties = read_wahlomat(shared_file("data/wahlomat/data/2024/europa"))
    assert parties.codes.shape == (34, 38)
    assert (parties.codes >= 0).all()


CHES = "country,party,party_id,eu_position,eu_position_sd,eu_salience,lrecon,lrecon_salience,protectionism\n1,PS,102,6.0833335,.28,4.27,2.25,8.1,\n6,PS,602,1.75,0,3,.11111111,,5\n3,AfD,310,1,0,,10,9,9.9\n"


@pytest.fixture
def ches(tmp_path):
    """Write a survey and return its path."""

    def write(text):
        path = tmp_path / "ches.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_means_are_rounded_and_it_says_so(ches):
    """A mean stands at the nearest level, halfway cases at the higher one, and the caption says so."""
    parties = read_ches(ches(CHES))
    assert [[parties.text(i, j) for j in range(3)] for i in range(3)] == [
        ["6", "2.5", "no_record"],
        ["2", "0", "5"],
        ["1", "10", "10"],
    ]
    assert "rounded to the nearest 0.5, halfway cases up" in parties.origin.rules


def test_abbreviations_that_repeat_have_the_party_id(ches):
    """Where parties of several countries share an abbreviation, the party_id tells them apart."""
    assert read_ches(ches(CHES)).actors == ("PS-102", "PS-602", "AfD")


def test_saliences_where_the_survey_asked(ches):
    """Salience stands beside the position that it is about; NaN where nothing was asked or answered."""
    saliences = read_ches(ches(CHES)).saliences
    assert np.array_equal(
        saliences, [[4.27, 8.1, np.nan], [3, np.nan, np.nan], [np.nan, 9, np.nan]], equal_nan=True
    )
    assert read_ches(ches("party,party_id,lrgen\nA,1,5\n")).saliences is None


@pytest.mark.parametrize(("step", "n_levels"), [(0.1, 61), (0.25, 25), (1, 7), (2, 4)])
def test_steps(ches, step, n_levels):
    """The step declares the levels of each scale, whether they occur or not."""
    assert read_ches(ches(CHES), step).questions[0].scale.n_levels == n_levels


@pytest.mark.parametrize("step", [0, -1, 0.07, 4, 0.01, True, "1"])
def test_steps_that_do_not_divide(ches, step):
    """A step that does not divide the scales, or makes too many levels, is refused."""
    with pytest.raises(FieldError, match="step"):
        read_ches(ches(CHES), step)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (CHES.replace("1.75", "7.5"), "line 3, column eu_position: eu_position 7.5 is not between 1 and 7"),
        (CHES.replace("1.75", "n/a"), "line 3, column eu_position: eu_position 'n/a' is not a number"),
        (CHES.replace("1.75", '"1,75"'), "is not a number"),
        (CHES.replace("3,AfD,310", "3,,310"), "line 4, column party: party '' is empty"),
        (
            CHES.replace("602", "102"),
            "line 2, column party and ches.csv, line 3, column party: party 'PS 102' is given twice",
        ),
        (
            CHES.replace("3,AfD,310", "3,A\x1bfD,310"),
            "line 4, column party: party 'A\\x1bfD' holds the invisible",
        ),
        ("party,party_id\nA,1\n", "column 'eu_position' is missing"),
    ],
)
def test_faults_of_a_survey(ches, text, message):
    """What is wrong with a survey is told with its place."""
    assert message in faults(read_ches, ches(text))


def test_the_survey_of_2019(shared_file):
    """All 277 parties of 2019 are told apart, and each code is within half a step of its mean."""
    path = shared_file("data/ches/CHES2019V3.csv")
    parties = read_ches(path)
    assert parties.codes.shape == (277, 24)
    values = np.array(parties.questions[0].scale.values)
    means = np.genfromtxt(path, delimiter=",", names=True, usecols=("eu_position",), encoding="utf-8")[
        "eu_position"
    ]
    known = parties.codes[:, 0] >= 0
    assert (np.abs(values[parties.codes[known, 0]] - means[known]) <= 0.25 + 1e-6).all()


MEMBERS = 'congress,chamber,icpsr,state_abbrev,bioname\n116,President,99912,USA,"ROOK, A."\n116,Senate,1,VT,"VAN DYKE, Ann"\n116,Senate,2,OH,"McDOE, Bo"\n116,House,3,OH,"McDOE, Cy"\n'
CASTS = "congress,chamber,rollnumber,icpsr,cast_code,prob\n116,Senate,1,1.0,1.0,97\n116,Senate,1,2.0,6.0,\n116,Senate,2,1.0,9.0,\n116,Senate,2,2.0,7.0,\n116,Senate,10,1.0,3.0,\n116,House,1,3,4,\n"


@pytest.fixture
def congress(tmp_path):
    """Write members and votes and return their paths."""

    def write(members=MEMBERS, votes=CASTS):
        paths = tmp_path / "members.csv", tmp_path / "votes.csv"
        for path, text in zip(paths, (members, votes), strict=True):
            path.write_text(text, encoding="utf-8")
        return paths

    return write


def test_cast_codes(congress):
    """Codes 1 to 3 are yea, 4 to 6 nay, 7 to 9 absent; no row, and 0, are not eligible."""
    votes = read_voteview(*congress())
    assert [q.id for q in votes.questions] == ["H116-1", "S116-1", "S116-2", "S116-10"]
    assert votes.codes[votes.index("VAN-DYKE-VT")].tolist() == [NOT_ELIGIBLE, 1, ABSENT, 1]
    assert votes.codes[votes.index("McDOE-OH-2")].tolist() == [NOT_ELIGIBLE, 0, ABSENT, NOT_ELIGIBLE]
    assert votes.questions[1].session == "116"


def test_members_are_called_by_name_and_state(congress):
    """Two of one name and state have their number behind; a president without votes is left out."""
    assert read_voteview(*congress()).actors == ("McDOE-OH-2", "McDOE-OH-3", "VAN-DYKE-VT")


def test_a_member_without_a_name_keeps_the_number(congress):
    """Who votes and is not among the members is called by number, and a warning says so."""
    with pytest.warns(StancesWarning, match="called by their ICPSR number: 7"):
        assert "7" in read_voteview(*congress(votes=CASTS + "116,Senate,1,7,1,\n")).actors


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"votes": CASTS.replace("1.0,9.0", "1.0,12.0")}, "line 4, column cast_code: cast_code '12.0' is not one of 0, 1, 2"),
        ({"votes": CASTS.replace("116,House", "116,Lords")}, "line 7, column rollnumber: roll call '116 Lords 1'"),
        ({"votes": CASTS + "116,Senate,1,1,6,\n"}, "line 2 and votes.csv, line 8: '1' on 'S116-1' is both 'yea' and 'nay'"),
        ({"members": MEMBERS.replace('"ROOK, A."', "")}, "members.csv, line 2, column bioname: bioname '' is empty"),
        ({"members": MEMBERS.replace("VAN DYKE", "VAN\x07DYKE")}, "members.csv, line 3, column bioname: bioname 'VAN\\x07DYKE' holds the invisible"),
        ({"members": "icpsr\n1\n"}, "column 'bioname' is missing"),
    ],
)  # fmt: skip
def test_faults_of_congress(congress, changes, message):
    """What is wrong with members or votes is told with its place."""
    assert message in faults(read_voteview, *congress(**changes))


def test_published_agreement_of_the_senate(shared_file):
    """Pairs of the 116th Senate agree as computed from the same roll calls by other means."""
    votes = read_voteview(
        shared_file("data/voteview/S116_members.csv"), shared_file("data/voteview/S116_votes.csv.gz")
    )
    for pair, value, n_shared in (
        (("SANDERS-VT", "WARREN-MA"), 0.9727, 293),
        (("McCONNELL-KY", "SANDERS-VT"), 0.1466, 307),
    ):
        matrix = agreement_matrix(votes.select(actors=pair))
        assert matrix[pair] == pytest.approx(value, abs=5e-5)
        assert matrix.n_shared[0, 1] == n_shared
