"""`read_unvotes` and `read_voeten`: the same votes in three layouts."""

import contextlib
import csv
import gzip

import numpy as np
import pytest

from stances import DatasetError, StancesError, StancesWarning, read_unvotes, read_voeten
from stances.codes import ABSENT, NO_RECORD, NOT_ELIGIBLE
from stances.readers.symbols import roll_call_ids

pytestmark = pytest.mark.usefixtures("both_ways")

VOTES = """\
rcid,country,country_code,vote
4701,Namibia,NA,yes
4701,Yugoslavia,YU,no
4701,Viet Nam,VN,abstain
4702,Namibia,NA,No
4702,Côte d’Ivoire,CI,yes
"""
CALLS = """\
rcid,session,importantvote,date,unres,amend,para,short,descr
4701,61,0,2006-12-06,R/61/59,,,Towards,Towards a world without
4702,61,NA,2006-12-06,R/61/59,NA,1,NA,NA
"""
ISSUES = "rcid,short_name,issue\n4701,nu,Nuclear weapons\n4701,di,Arms control\n"


@pytest.fixture
def folder(tmp_path):
    """Write the three tables to a folder and return it."""

    def write(votes=VOTES, calls=CALLS, issues=ISSUES, names=("unvotes.csv", "roll_calls.csv", "issues.csv")):
        for name, text in zip(names, (votes, calls, issues), strict=True):
            if text is not None:
                (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def faults(path, read=read_unvotes):
    """The faults of a file, as printed."""
    with pytest.raises(DatasetError) as caught:
        read(path)
    return [str(fault) for fault in caught.value.faults]


def test_three_tables_joined(folder):
    """Votes, roll calls and issues are joined by rcid."""
    votes = read_unvotes(folder())
    assert votes.actors == ("CIV", "NAM", "SRB", "VNM")
    first, part = votes.questions
    assert (first.id, first.text, str(first.date), first.session) == (
        "A/RES/61/59",
        "Towards a world without",
        "2006-12-06",
        "61",
    )
    assert (first.issues, part.issues) == (("nu", "di"), ())
    assert votes.codes[:, 0].tolist() == [ABSENT, 2, 0, 1]


def test_paragraphs_have_the_rcid_behind_a_colon(folder):
    """The symbol alone stands for the vote on the whole text, never for one on a paragraph."""
    assert [q.id for q in read_unvotes(folder()).questions] == ["A/RES/61/59", "A/RES/61/59:4702"]
    assert roll_call_ids([("1", "R/1/1", True), ("2", "R/1/1", True), ("3", "", True)]) == [
        "A/RES/1/1:1",
        "A/RES/1/1:2",
        "3",
    ]


def test_namibia_is_no_missing_value(folder):
    """The code NA is Namibia; with another country's name beside it, it means that there is no code."""
    assert "NAM" in read_unvotes(folder()).actors
    votes = VOTES.replace("Côte d’Ivoire,CI", "German Democratic Republic,NA")
    assert read_unvotes(folder(votes)).actors == ("DDR", "NAM", "SRB", "VNM")


@pytest.mark.parametrize(
    ("date", "actor"),
    [("2001-11-29", "YUG"), ("2005-10-31", "SCG"), ("2006-06-03", "SRB"), ("2015-09-11", "SRB")],
)
def test_yugoslavia_is_who_held_its_seat(folder, date, actor):
    """The name Yugoslavia stands for the state that held its seat on the day."""
    assert actor in read_unvotes(folder(calls=CALLS.replace("2006-12-06", date))).actors


def test_no_row_is_absent_for_members_only(folder):
    """Without a row a member of the day was absent, another state not eligible."""
    votes = VOTES + "4703,South Sudan,SS,yes\n"
    calls = CALLS + "4703,66,0,2011-12-02,R/66/33,,,,\n"
    positions = read_unvotes(folder(votes, calls))
    ssd = positions.codes[positions.index("SSD")]
    assert ssd.tolist() == [NOT_ELIGIBLE, NOT_ELIGIBLE, 2]
    assert positions.codes[positions.index("NAM")].tolist()[-1] == ABSENT


def test_no_row_of_an_unknown_actor_is_no_record(folder):
    """Of an actor that the registry does not know, a missing row says nothing."""
    with pytest.warns(StancesWarning, match="kept as they are: QQ"):
        positions = read_unvotes(folder(VOTES + "4702,Nowhere,QQ,yes\n"))
    assert positions.codes[positions.index("QQ")].tolist() == [NO_RECORD, 2]


def test_ids_taken_for_decimals(folder):
    """A table in which the ids became decimals is joined all the same."""
    assert read_unvotes(folder(VOTES.replace("4701,", "4701.0,"))).n_questions == 2


def test_file_names_of_the_package_and_single_paths(folder):
    """The package's own names of files do too, or each path by itself; issues may be left out."""
    path = folder(names=("un_votes.csv", "un_roll_calls.csv", "un_roll_call_issues.csv"))
    one = read_unvotes(path)
    other = read_unvotes(path / "un_votes.csv", path / "un_roll_calls.csv")
    assert one.questions[0].issues == ("nu", "di")
    assert other.questions[0].issues == ()
    assert np.array_equal(one.codes, other.codes)


def test_missing_tables_are_named(tmp_path, folder):
    """A folder or call without a needed table says which."""
    assert "there is no unvotes.csv" in faults(tmp_path)[0]
    path = folder()
    assert "without its table of roll calls" in faults(path / "unvotes.csv")[0]


def test_faults_of_votes(folder):
    """Unknown votes and roll calls, and rows that differ, are told with their lines, all at once."""
    found = faults(folder(VOTES + "4701,Namibia,NA,no\n4709,France,FR,yes\n4701,France,FR,maybe\n"))
    assert [fault.split(";")[0] for fault in found] == [
        "unvotes.csv, line 2 and unvotes.csv, line 7: 'NAM' on '4701' is both 'yes' and 'no'",
        "unvotes.csv, line 8, column rcid: unknown question '4709'",
        "unvotes.csv, line 9, column vote: vote 'maybe' is not one of yes, abstain, no [S103]",
    ]


def test_faults_of_roll_calls(folder):
    """Roll calls that differ, bad flags and bad dates are faults of their own file."""
    found = faults(folder(calls=CALLS + "4701,62,0,2006-12-06,R/61/59,,,,\n"))
    assert found[0].startswith(
        "roll_calls.csv, line 2, column session and roll_calls.csv, line 4, column session"
    )
    assert (
        "column para: para 'x' is not one of TRUE" in faults(folder(calls=CALLS.replace(",1,NA", ",x,NA")))[0]
    )
    assert "column date" in faults(folder(calls=CALLS.replace("2006-12-06", "6.12.2006")))[0]


WIDE = "rcid,date,me,nu,di,hr,co,ec,NAM,FRA,SRB,TWN\n5049,2010-10-26,TRUE,FALSE,FALSE,FALSE,FALSE,TRUE,1,2.0,3,9\n5050,2010-11-30,0,1,0,0,0,0,8.0,,1,9\n"
LONG = """\
rcid,ccode,Countryname,session,date,unres,vote,descr,me,nu,amend,para
5049,565,Namibia,65,2010-10-26,R/65/6,1,On Cuba,1,0,0,0
5049,220,France,65,2010-10-26,R/65/6,2,On Cuba,1,0,0,0
5049,345,Yugoslavia,65,2010-10-26,R/65/6,3,On Cuba,1,0,0,0
5050,565,Namibia,65,2010-11-30,R/65/13,8,On Palestine,1,0,0,0
5050,626,South Sudan,65,2010-11-30,R/65/13,9,On Palestine,1,0,0,0
"""


@pytest.fixture
def voeten(tmp_path):
    """Write a file of Voeten's and return its path."""

    def write(text):
        path = tmp_path / "voeten.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_wide_layout(voeten):
    """1 is yes, 2 abstain, 3 no, 8 absent, 9 not eligible, with or without decimals; empty is no record."""
    votes = read_voeten(voeten(WIDE))
    assert votes.actors == ("FRA", "NAM", "SRB", "TWN")
    assert votes.codes.tolist() == [[1, NO_RECORD], [2, ABSENT], [0, 2], [NOT_ELIGIBLE, NOT_ELIGIBLE]]
    assert [(q.id, q.issues) for q in votes.questions] == [("5049", ("me", "ec")), ("5050", ("nu",))]


def test_the_long_layout(voeten):
    """The long layout has the same codes, and symbols, sessions and titles besides."""
    votes = read_voeten(voeten(LONG))
    assert votes.actors == ("FRA", "NAM", "SRB", "SSD")
    assert votes.codes.tolist() == [
        [1, NOT_ELIGIBLE],
        [2, ABSENT],
        [0, NOT_ELIGIBLE],
        [NOT_ELIGIBLE, NOT_ELIGIBLE],
    ]
    assert [(q.id, q.text, q.session, q.issues) for q in votes.questions] == [
        ("A/RES/65/6", "On Cuba", "65", ("me",)),
        ("A/RES/65/13", "On Palestine", "65", ("me",)),
    ]


@pytest.mark.parametrize("columns", [{"Countryname": "Country"}, {"Countryname": "nothing"}])
def test_countries_by_other_columns(voeten, columns):
    """Without names, countries are told by their Correlates of War code."""
    text = LONG
    for old, new in columns.items():
        text = text.replace(old, new)
    assert read_voeten(voeten(text)).actors == ("FRA", "NAM", "SRB", "SSD")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (WIDE.replace(",3,9", ",7,9"), "voeten.csv, line 2, column SRB: SRB '7' is not one of 1, 2, 3, 8, 9"),
        (WIDE.replace("TRUE,FALSE", "YES,FALSE"), "line 2, column me: me 'YES' is not one of"),
        (WIDE + WIDE.splitlines()[1].replace("3,9", "1,9"), "line 2 and voeten.csv, line 4: 'SRB' on '5049' is both 'no' and 'yes'"),
        (LONG.replace(",3,On", ",4,On"), "line 4, column vote: vote '4' is not one of"),
        (LONG.replace("Namibia,65,2010-10-26", "Namibia,64,2010-10-26"), "column session: session of '5049' is both '64' and '65'"),
        (LONG.replace("565,Namibia", ","), "line 2, column countryname: countryname '' is empty"),
        ("rcid,vote\n1,1\n", "column 'countryname' is missing"),
        ("date,FRA\n2010-10-26,1\n", "column 'rcid' is missing"),
    ],
)  # fmt: skip
def test_faults_of_voeten(voeten, text, message):
    """What is wrong in either layout is told with its place."""
    assert message in "\n".join(faults(voeten(text), read_voeten))


def test_repeated_roll_calls_count_once(voeten):
    """A roll call that is repeated whole counts once, and a warning says so."""
    with pytest.warns(StancesWarning, match="4 rows repeat earlier ones"):
        assert read_voeten(voeten(WIDE + WIDE.splitlines()[1])).n_questions == 2


@pytest.mark.filterwarnings("ignore::stances.StancesWarning")
def test_cut_files_load_or_raise_our_error(voeten, folder):
    """Files that are cut anywhere are read, or refused with an error of ours."""
    for text in (WIDE, LONG):
        for end in range(len(text)):
            with contextlib.suppress(StancesError):
                read_voeten(voeten(text[:end]))
    for end in range(0, len(CALLS), 3):
        with contextlib.suppress(StancesError):
            read_unvotes(folder(calls=CALLS[:end]))


def test_the_layouts_agree_where_they_overlap(shared_file):
    """Every vote of 2010 to 2015 is the same in both layouts; they differ on who was a member only.

    The wide file has two members, Viet Nam and Yemen, as none on some votes, and South Sudan as absent
    before it was a member.
    """
    long = read_unvotes(shared_file("data/unvotes"))
    wide = read_voeten(shared_file("data/voeten_wide/ungaVoting_2010-2016.csv.gz"))
    with shared_file("data/unvotes/roll_calls.csv").open(encoding="utf-8-sig", newline="") as file:
        calls = list(csv.DictReader(file))
    ids = roll_call_ids([(c["rcid"], c["unres"], "1" not in (c["para"], c["amend"])) for c in calls])
    symbol = dict(zip([c["rcid"] for c in calls], ids, strict=True))
    there = {q.id: j for j, q in enumerate(long.questions)}
    pairs = [(j, there[symbol[q.id]]) for j, q in enumerate(wide.questions) if q.id in symbol]
    actors = sorted(set(wide.actors) & set(long.actors))
    one = wide.codes[np.ix_([wide.index(a) for a in actors], [j for j, _ in pairs])]
    other = long.codes[np.ix_([long.index(a) for a in actors], [k for _, k in pairs])]
    differing = [(actors[i], int(one[i, j]), int(other[i, j])) for i, j in np.argwhere(one != other)]
    assert len(pairs) == 419
    assert set(differing) == {
        ("VNM", NOT_ELIGIBLE, ABSENT),
        ("YEM", NOT_ELIGIBLE, ABSENT),
        ("SSD", ABSENT, NOT_ELIGIBLE),
    }
    assert len(differing) == 22
    assert all(set(wide.questions[j].issues) == set(long.questions[k].issues) for j, k in pairs)


def test_namibia_has_all_its_rows(shared_file):
    """None of Namibia's 838 rows is lost to a missing value."""
    votes = read_unvotes(shared_file("data/unvotes"))
    assert (votes.codes[votes.index("NAM")] >= 0).sum() == 838


def test_a_packed_folder(folder):
    """Tables may lie there as gzip."""
    path = folder(votes=None)
    (path / "unvotes.csv.gz").write_bytes(gzip.compress(VOTES.encode()))
    assert read_unvotes(path).origin.name == "unvotes"
