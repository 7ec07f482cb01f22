"""`read_un_votes`: the layout of the UN Digital Library, and every trap that it is known for."""

import gzip
import io
import time
import warnings

import numpy as np
import pytest

from stances import DatasetError, StancesError, StancesWarning, agreement_matrix, read_un_votes
from stances.codes import ABSENT, NOT_ELIGIBLE
from stances.readers import inflow

pytestmark = pytest.mark.usefixtures("both_ways")

HEADER = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,title,agenda_title,subjects,vote_note,total_yes,total_no,total_abstentions,total_non_voting,total_ms,undl_link\n"
TITLE = "Protection of civilians : resolution / adopted by the General Assembly"


def row(code, vote, resolution="A/RES/ES-10/21", **other):
    """One row of the official layout."""
    cells = {
        "undl_id": "4025940",
        "ms_code": code,
        "ms_name": code,
        "ms_vote": vote,
        "date": "2023-10-27",
        "session": "ES-10",
        "resolution": resolution,
        "title": TITLE,
        "undl_link": "https://digitallibrary.un.org/record/4025940",
    } | other
    return ",".join(cells.get(name, "") for name in HEADER.strip().split(",")) + "\n"


@pytest.fixture
def read(tmp_path):
    """Read a file of these rows."""

    def reading(*rows, header=HEADER, name="ga.csv"):
        path = tmp_path / name
        path.write_text(header + "".join(rows), encoding="utf-8")
        return read_un_votes(path)

    return reading


def faults(read, *rows, **options):
    """The faults of a file, as printed."""
    with pytest.raises(DatasetError) as caught:
        read(*rows, **options)
    return [str(fault) for fault in caught.value.faults]


def test_letters_and_missing_rows(read):
    """Y, A, N are levels, X is absent, and a state without a row was not eligible."""
    votes = read(
        row("FRA", "Y"),
        row("CHN", "A"),
        row("USA", "N"),
        row("VEN", "X"),
        row("FRA", "Y", "A/RES/78/1", date="2023-11-01", session="78"),
    )
    assert votes.actors == ("CHN", "FRA", "USA", "VEN")
    assert votes.codes[:, 0].tolist() == [1, 2, 0, ABSENT]
    assert votes.codes[:, 1].tolist() == [NOT_ELIGIBLE, 2, NOT_ELIGIBLE, NOT_ELIGIBLE]
    assert "X" in votes.origin.rules
    assert votes.origin.name == "ga"


def test_a_question_says_what_was_put_when(read):
    """A question carries symbol, title, date, session and link."""
    (question,) = read(row("FRA", "Y")).questions
    assert (question.id, question.text, str(question.date)) == ("A/RES/ES-10/21", TITLE, "2023-10-27")
    assert (question.session, question.url) == ("ES-10", "https://digitallibrary.un.org/record/4025940")


def test_titles_are_not_keys(read):
    """Two resolutions with the same title stay two questions."""
    votes = read(row("FRA", "Y"), row("FRA", "A", "A/RES/ES-10/22", date="2023-12-12"))
    assert [q.id for q in votes.questions] == ["A/RES/ES-10/21", "A/RES/ES-10/22"]
    assert len({q.text for q in votes.questions}) == 1


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("A/RES/75/254[C]", "A/RES/75/254[C]"),
        ("A/RES/75/254A-C", "A/RES/75/254A-C"),
        ("A/RES/78/183 B", "A/RES/78/183B"),
        ("A/RES/45/55A", "A/RES/45/55A"),
        ("S/RES/2625(2022)", "S/RES/2625(2022)"),
        ("A/RES/3379(XXX)", "A/RES/3379(XXX)"),
        (" A/RES/78/1 ", "A/RES/78/1"),
    ],
)
def test_symbol_shapes(read, written, kept):
    """Symbols of every shape are ids, blanks in them aside."""
    assert read(row("FRA", "Y", written)).questions[0].id == kept


def test_a_symbol_with_a_foreign_character_is_told(read):
    """A character that no id has is replaced, and a warning names the symbol."""
    with pytest.warns(StancesWarning, match=r"1 symbols: A/RES/36/172\*"):
        assert read(row("FRA", "Y", "A/RES/36/172*")).questions[0].id == "A/RES/36/172_"


def test_namibia_by_its_two_letters(read):
    """NA is Namibia and no missing value, in the code and in the name."""
    assert read(row("NA", "Y"), row("FRA", "Y")).actors == ("FRA", "NAM")
    assert read(row("", "Y", ms_name="NA")).actors == ("NAM",)


@pytest.mark.parametrize("name", ["TURKEY", "TÜRKİYE", "TÜRKIYE", "TURKIYE", "TÜRKÝYE"])
def test_spellings_and_mojibake(read, name):
    """Every spelling of a member's name is the same actor."""
    votes = read(
        row("TUR", "Y", ms_name="TURKEY"),
        row("TUR", "N", "A/RES/78/1", ms_name=name),
        row("", "A", "A/RES/78/2", ms_name=name),
    )
    assert votes.actors == ("TUR",)


@pytest.mark.hostile("D07")
def test_former_states_stay_themselves(read):
    """The Soviet Union is not merged with Russia, which held its seat afterwards."""
    assert read(row("SUN", "Y"), row("RUS", "Y", "A/RES/47/1")).actors == ("RUS", "SUN")


@pytest.mark.parametrize(
    ("written", "session"), [("78", "78"), ("78.0", "78"), ("ES-11", "ES-11"), ("S-10", "S-10")]
)
def test_session_is_text(read, written, session):
    """A session is text, even where a program took the column for decimals."""
    assert read(row("FRA", "Y", session=written)).questions[0].session == session


def test_truncated_ids_do_not_matter(read):
    """The record number is no key: lost digits and decimals merge nothing."""
    votes = read(
        row("FRA", "Y", undl_id="4.02594e+06"),
        row("FRA", "N", "A/RES/ES-10/22", undl_id="4.02594e+06"),
        row("CHN", "Y", undl_id="4025940.0"),
    )
    assert votes.codes.tolist() == [[2, NOT_ELIGIBLE], [2, 0]]


def test_totals_drafts_and_notes_of_any_kind(read):
    """Totals as decimals, and drafts and notes filled or empty, change nothing."""
    rows = [
        row("FRA", "Y", total_yes="120.0", draft="A/ES-10/L.25", vote_note="corrected"),
        row("CHN", "A", total_yes="120"),
    ]
    assert read(*rows).n_questions == 1


def test_a_vetoed_draft_has_the_symbol_of_the_draft(read):
    """Where no resolution was adopted, the draft is the question."""
    assert read(row("RUS", "N", "", draft="S/2022/155")).questions[0].id == "S/2022/155"


def test_rows_that_are_repeated_count_once(read):
    """A row that repeats another is counted once, and a warning says how many there are."""
    with pytest.warns(StancesWarning, match="ga.csv: 2 rows repeat earlier ones and are counted once"):
        votes = read(row("FRA", "Y"), row("FRA", "Y"), row("CHN", "A"), row("FRA", "Y"))
    assert votes.codes.tolist() == [[1], [2]]


def test_rows_that_differ_are_faults_with_both_lines(read):
    """Two rows of one state and resolution that differ are a fault; all are told at once."""
    found = faults(read, row("FRA", "Y"), row("CHN", "A"), row("FRA", "N"), row("CHN", "X"))
    assert found == [
        "ga.csv, line 2 and ga.csv, line 4: 'FRA' on 'A/RES/ES-10/21' is both 'yes' and 'no'; keep the right row, or tell the two questions apart [S340]",
        "ga.csv, line 3 and ga.csv, line 5: 'CHN' on 'A/RES/ES-10/21' is both 'abstain' and 'absent'; keep the right row, or tell the two questions apart [S340]",
    ]


def test_lower_case_letters(read):
    """Lower-case letters mean what capitals mean."""
    assert read(row("FRA", "y"), row("CHN", "a"), row("USA", "n"), row("VEN", " x ")).codes[
        :, 0
    ].tolist() == [1, 2, 0, ABSENT]


def test_unknown_letters_name_the_allowed_ones(read):
    """A letter that is no vote is a fault in each of its rows."""
    found = faults(read, row("FRA", "Z"), row("CHN", "Z"), row("USA", ""))
    assert len(found) == 3
    assert found[0].startswith("ga.csv, line 2, column ms_vote: ms_vote 'Z' is not one of Y, N, A, X")


def test_empty_codes_and_symbols(read):
    """An empty state or symbol is a fault with its line and column."""
    found = faults(read, row("", "Y"), row("FRA", "Y", ""))
    assert found[0].startswith("ga.csv, line 2, column ms_code: ms_code '' is empty")
    assert found[1].startswith(
        "ga.csv, line 3, column resolution: resolution '' is empty, and so is the draft"
    )


@pytest.mark.parametrize(("column", "other"), [("date", "2023-10-28"), ("session", "ES-11")])
def test_one_resolution_has_one_date_and_session(read, column, other):
    """A resolution with two dates or sessions is a fault that shows both lines."""
    (found,) = faults(read, row("FRA", "Y"), row("CHN", "Y"), row("USA", "Y", **{column: other}))
    assert found.startswith(
        f"ga.csv, line 2, column {column} and ga.csv, line 4, column {column}: {column} of 'A/RES/ES-10/21' is both"
    )


def test_a_date_of_another_form(read):
    """A date that is not ISO 8601 is a fault with its place."""
    (found,) = faults(read, row("FRA", "Y", date="27/10/2023"))
    assert found.startswith("ga.csv, line 2, column date: date '27/10/2023' is not an ISO 8601 date")


def test_a_state_that_nobody_knows_stays_and_is_told(read):
    """A code that the registry does not know is kept, and one warning names it."""
    with pytest.warns(StancesWarning, match="not in the registry, kept as they are: QQX"):
        assert read(row("QQX", "Y", ms_name="NOWHERE")).actors == ("QQX",)


@pytest.mark.parametrize(
    "header",
    [
        "Country_Code,Council Member,VOTE,Vote Date,Session,Resolution Symbol,Draft,Description,Total Yes,Link",
        "country_code,country,ms_vote,date,session,resolution,draft,title,TOTAL VOTES YES,undl_link",
    ],
)
def test_older_column_names(read, header):
    """Names of older editions, in any case, with blanks or bars, are the same columns."""
    votes = read(
        "FRA,FRANCE,Y,2023-10-27,78,A/RES/78/1,,On trade,120,https://example.org\n", header=f"{header}\n"
    )
    (question,) = votes.questions
    assert (votes.actors, question.id, question.text, question.url) == (
        ("FRA",),
        "A/RES/78/1",
        "On trade",
        "https://example.org",
    )


def test_security_council_columns(read):
    """The Security Council's file, with its own columns and no session, is read alike."""
    header = "undl_id,ms_code,ms_name,permanent_member,ms_vote,date,resolution,draft,meeting,description,agenda,subjects,vote_note,total_yes,modality,undl_link\n"
    votes = read(
        "1,CHN,CHINA,True,A,2022-02-27,S/RES/2623(2022),,S/PV.8980,On a special session,,,,11,,\n",
        header=header,
    )
    assert votes.questions[0].session is None
    assert votes.questions[0].text == "On a special session"


def test_a_missing_column_names_the_nearest(read):
    """A column that is needed and not there is named with the nearest one present."""
    (found,) = faults(read, "FRA,Y,2023-10-27,A/RES/78/1\n", header="ms_code,ms_votes,date,resolution\n")
    assert found == "ga.csv, line 1: column 'ms_vote' is missing; did you mean 'ms_votes'? [S342]"


HOSTILE = {
    "C04 a field too many": (HEADER + row("FRA", "Y").strip() + ",so\n", "line 2: the row has 21 fields, the header has 20"),
    "C05 a field too few": (HEADER + "FRA,Y\n", "line 2: the row has 2 fields"),
    "C06 a column twice": (HEADER.replace("draft", "MS_CODE"), "'ms_code' stands twice"),
    "C12 NUL": (HEADER + row("FR\0", "Y"), "NUL character in line 2"),
    "C13 a quotation that never closes": (HEADER + row("FRA", "Y") + '"A', "line 3: a quotation mark opens"),
    "C14 text after a quotation": (HEADER + '"x"y' + row("FRA", "Y"), "line 2: is not CSV"),
    "C15 a huge field": (HEADER + row("F" * 1_000_001, "Y"), "more than 1000000 characters"),
    "C16 zero bytes": ("", "is empty"),
    "C18 semicolons": (HEADER.replace(",", ";"), "separate the columns by commas"),
    "C26 a web page": ("<!DOCTYPE html><html>", "is a web page"),
    "C26 a spreadsheet": ("PK\x03\x04rest", "is a ZIP or XLSX file"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files(read, case):
    """A file that is none of its kind gets an error with place and reason."""
    text, message = HOSTILE[case]
    assert message in "\n".join(faults(read, header=text))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("ms_code\nCÔT\n".encode("cp1252"), "byte 0xD4 in line 2"),
        (HEADER.encode("utf-16"), "UTF-16"),
        (b"\x1f\x8bnothing", "damaged gzip"),
    ],
)
def test_other_encodings(tmp_path, content, message):
    """Bytes that are no UTF-8, and gzip files that are damaged, are named as such."""
    path = tmp_path / "ga.csv"
    path.write_bytes(content)
    with pytest.raises(DatasetError, match=message):
        read_un_votes(path)


GOOD = [
    HEADER + row("FRA", "Y"),
    HEADER.replace("\n", "\r\n") + row("FRA", "Y").replace("\n", "\r\n"),
    "\ufeff" + HEADER + row("FRA", "Y"),
    HEADER + "\n" + row("FRA", "Y") + "\n\n",
    (HEADER + row("FRA", "Y")).replace("\n", "\r"),
    HEADER + row("FRA", "Y").strip(),
]


@pytest.mark.parametrize("text", GOOD)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_line_ends_marks_and_gzip(tmp_path, text, pack):
    """Line ends of any kind, byte order marks, blank lines and gzip under any name are read alike."""
    path = tmp_path / "ga.txt"
    path.write_bytes(pack(text.encode()))
    assert read_un_votes(path).codes.tolist() == [[2]]


def test_lines_are_those_of_the_file(read):
    """A line break inside a title does not shift the lines of later faults."""
    found = faults(read, row("FRA", "Y", title='"two\nlines"'), row("CHN", "Q", title='"two\nlines"'))
    assert found[0].startswith("ga.csv, line 4, column ms_vote")


@pytest.mark.hostile("J11")
def test_a_gzip_bomb_is_refused(tmp_path):
    """A file that inflates far beyond its size is refused while it inflates."""
    path = tmp_path / "bomb.csv.gz"
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9) as file:
        file.write(HEADER.encode())
        for _ in range(60):
            file.write(b"," * 999_999 + b"\n")
    path.write_bytes(packed.getvalue())
    with pytest.raises(DatasetError, match=r"inflates to more than 1\d MB"):
        read_un_votes(path)


@pytest.mark.hostile("C15")
def test_a_line_without_end_is_refused(read, monkeypatch):
    """A line beyond the limit is refused before it is held as a whole."""
    monkeypatch.setattr(inflow, "MAX_LINE", 1000)
    assert "more than 1000 characters in line 2" in faults(read, "x" * 5000)[0]


def test_missing_files_and_folders(tmp_path):
    """A file that is not there is an OSError, a folder no regular file."""
    with pytest.raises(FileNotFoundError):
        read_un_votes(tmp_path / "no.csv")
    with pytest.raises(DatasetError, match="no regular file"):
        read_un_votes(tmp_path)


def test_header_only(read):
    """A file without rows has no actors and no questions."""
    assert read().codes.shape == (0, 0)


def _quiet(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", StancesWarning)
        try:
            read_un_votes(path)
        except StancesError:
            return False
    return True


def test_every_prefix_loads_or_raises_our_error(tmp_path):
    """A file that is cut anywhere is read, or refused with an error of ours."""
    content = (
        "ms_code,ms_vote,date,resolution,title\n"
        'FRA,Y,2023-10-27,A/RES/78/1,"On trade, and aid"\nCÔT,N,2023-10-27,A/RES/78/1,é\n'
    ).encode()
    path = tmp_path / "ga.csv"
    outcomes = []
    for end in range(len(content)):
        path.write_bytes(content[:end])
        outcomes.append(_quiet(path))
    assert set(outcomes) == {True, False}


@pytest.mark.parametrize("packed", [False, True])
def test_flipped_bytes_load_or_raise_our_error(tmp_path, packed):
    """A file with one byte changed is read, or refused with an error of ours."""
    content = (
        "ms_code,ms_vote,date,resolution\n" + "FRA,Y,2023-10-27,A/RES/78/1\nCHN,A,2023-10-27,A/RES/78/1\n"
    ).encode()
    content = gzip.compress(content) if packed else content
    path = tmp_path / "ga.csv"
    for place in range(len(content)):
        for flip in (0x01, 0x20, 0x80, 0xFF):
            changed = bytearray(content)
            changed[place] ^= flip
            path.write_bytes(bytes(changed))
            _quiet(path)


TALLIES = {
    "A/RES/ES-11/1": (141, 5, 35),
    "A/RES/ES-11/4": (143, 5, 35),
    "A/RES/ES-10/21": (120, 14, 45),
    "A/RES/ES-10/22": (153, 10, 23),
}
PAIRS = {
    ("FRA", "CHN"): (0.3452, 0.5119, -0.1756, 84),
    ("FRA", "DEU"): (0.8941, 0.9412, 0.8193, 85),
    ("USA", "ISR"): (0.8795, 0.9337, 0.7857, 83),
    ("USA", "RUS"): (0.1765, 0.2882, -0.3380, 85),
}  # fmt: skip


@pytest.fixture
def assembly(shared_file):
    """The General Assembly, 2019 to 2024."""
    return read_un_votes(shared_file("data/unga/ga_voting_2019-2024.csv.gz"))


def test_official_tallies(assembly):
    """The tallies of known resolutions are those that the UN announced."""
    for symbol, tally in TALLIES.items():
        codes = assembly.select(questions=symbol).codes
        assert tuple(int((codes == code).sum()) for code in (2, 0, 1)) == tally


@pytest.mark.parametrize("pair", PAIRS)
def test_agreement_in_session_78(assembly, pair):
    """Pairs agree in session 78 as was computed from the same record by other means."""
    votes = assembly.select(sessions="78", actors=pair)
    values = [agreement_matrix(votes, measure)[pair] for measure in ("exact", "agreement", "cohen_kappa")]
    assert values == pytest.approx(PAIRS[pair][:3], abs=5e-5)
    assert agreement_matrix(votes).n_shared[0, 1] == PAIRS[pair][3]


def test_venezuela_is_absent_in_session_78(assembly):
    """Not voting is no abstention: Venezuela is absent from every vote of session 78."""
    codes = assembly.select(sessions="78", actors="VEN").codes
    assert (codes == ABSENT).all()


def test_a_changing_membership(shared_file):
    """Before a state has a row it is not eligible; the Soviet Union ends before Russia begins."""
    votes = read_un_votes(shared_file("data/unga/ga_voting_1990-1993.csv.gz"))
    sun, rus = (votes.codes[votes.index(actor)] for actor in ("SUN", "RUS"))
    assert not ((sun != NOT_ELIGIBLE) & (rus != NOT_ELIGIBLE)).any()
    members = (votes.codes != NOT_ELIGIBLE).sum(axis=0)
    assert (members.min(), members.max()) == (159, 181)


def test_the_security_council_has_fifteen_members(shared_file):
    """On each resolution of the Security Council fifteen states are eligible."""
    votes = read_un_votes(shared_file("data/unsc/sc_voting_2019-2024.csv.gz"))
    assert ((votes.codes != NOT_ELIGIBLE).sum(axis=0) == 15).all()
    assert {"CHN", "FRA", "GBR", "RUS", "USA"} <= set(votes.actors)


def test_reading_is_fast(shared_file):
    """Ninety thousand rows are read in well under two seconds."""
    path = shared_file("data/unga/ga_voting_2019-2024.csv.gz")
    start = time.perf_counter()
    read_un_votes(path)
    assert time.perf_counter() - start < 2


@pytest.mark.hostile("N14")
def test_row_order_counts_for_nothing(read):
    """The same rows in another order give the same positions."""
    rows = [row("FRA", "Y"), row("CHN", "A"), row("CHN", "N", "A/RES/78/1", date="2023-11-01", session="78")]
    one, other = read(*rows), read(*rows[::-1])
    assert one.actors == other.actors
    assert one.questions == other.questions
    assert np.array_equal(one.codes, other.codes)
