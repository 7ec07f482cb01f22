"""CSV files of other programs: read as they are said to be written, or refused with the way to say it."""

import pkgutil
import warnings
from contextlib import suppress
from encodings import __path__ as codec_modules

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stances
from stances import DatasetError, Dialect, StancesError, StancesWarning, dump, load, merge
from stances.dialect import way_out
from stances.errors import ChoiceError, FieldError
from stances.files import parse

GERMAN = Dialect(encoding="cp1252", delimiter=";", decimal=",")
SHEET = "actor;question;position;confidence;salience;source;speaker\nFRA;r1;yes;0,5;1,25;rede;Präsident\n"
HEADER = b"actor;question;position;salience;date\n"


def read(content, dialect=None, **about):
    """The dataset of a CSV file of votes."""
    return parse(content, "votes.csv", scale="vote", dialect=dialect, **about)


def refusal(content, dialect=None, name="votes.csv"):
    """What is said of a file that is refused."""
    with pytest.raises(DatasetError) as caught:
        parse(content, name, scale="vote", dialect=dialect)
    return str(caught.value)


def following(message):
    """The dialect that a refusal proposes, as a user would copy it, and the options of the command."""
    code, _, options = message.partition("dialect=")[2].partition(" [")[0].partition("), or ")
    return eval(code + ")", {"Dialect": Dialect}), options


@pytest.mark.hostile("C10", "C18", "C19")
def test_a_german_spreadsheet_is_read():
    """Semicolons, decimal commas and letters of cp1252 are read by a dialect that names them."""
    (stance,) = read(SHEET.encode("cp1252"), GERMAN).stances
    assert (stance.confidence, stance.salience) == (0.5, 1.25)
    assert stance.evidence[0].speaker == "Präsident"


@pytest.mark.filterwarnings("ignore:.*kept as they are:stances.StancesWarning")
@pytest.mark.hostile("C10", "C11", "C18", "C19", "C24", "C25", "D04")
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-32"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_hints_lead_to_the_data(encoding, delimiter):
    """Whoever starts without a dialect and does what each refusal says ends with the data."""
    decimal = "," if delimiter != "," else "."
    lines = [
        "Übersicht",
        "",
        "actor;question;position;salience;date;source;speaker;Bandnummer".replace(";", delimiter),
        f"FRA;r1;yes;1{decimal}5;2022-02-24T23:30:00-05:00;rede;é;007".replace(";", delimiter),
    ]
    content, dialect, steps = "\r\n".join(lines).encode(encoding), None, 0
    while True:
        try:
            (stance,) = read(content, dialect).stances
            break
        except DatasetError as error:
            said = str(error.faults[-1])  # the last knows most
            dialect, steps = following(said)[0], steps + 1
            assert steps < 7, said
    assert (str(stance.date), stance.salience, stance.evidence[0].speaker) == ("2022-02-24", 1.5, "é")
    assert stance.extra == (("Bandnummer", "007"),)
    written = {"encoding": encoding, "delimiter": delimiter, "decimal": decimal}
    assert dialect == Dialect(**written, skip=2, times="drop", extra="keep")


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_options_of_a_hint_are_those_of_the_command(mark, tmp_path, monkeypatch, capsys):
    """What a refusal proposes for the command line can be typed in a shell as it stands."""
    import shlex

    from stances.cli import main

    monkeypatch.chdir(tmp_path)
    content = f"x\nactor{mark}question{mark}position\nFRA{mark}r1{mark}yes\n".encode()
    (tmp_path / "votes.csv").write_bytes(content)
    options = shlex.split(following(refusal(content).splitlines()[-1])[1])
    assert main(["show", "votes.csv", "--scale", "vote", *options]) == 0
    assert "FRA" in capsys.readouterr().out


WRONG = {
    "C10 bytes that the encoding has not": (SHEET.encode("cp1252").replace(b"\xe4", b"\x81"), GERMAN, "is not CP1252: byte 0x81 in line 2"),
    "C10 UTF-8 by its mark": (b"\xef\xbb\xbf" + SHEET.encode(), GERMAN, 'is written in UTF-8; read it with dialect=Dialect(encoding="utf-8", delimiter=";"'),
    "C11 no mark": (SHEET.encode("utf-16-le"), Dialect(encoding="utf-16"), "has no byte order mark, as UTF-16 needs"),
    "C11 the other order": (SHEET.encode("utf-16"), Dialect(encoding="utf-16-be"), "is written in UTF-16"),
    "C11 cut in a letter": (SHEET.encode("utf-16")[:-1], Dialect(encoding="utf-16"), "is not UTF-16-LE: byte 0x0A in line 2"),
    "C11 UTF-16 without a mark as another": (SHEET.encode("utf-16-le"), GERMAN, "holds a NUL character in line 1"),
    "C16 a mark and nothing": (b"\xff\xfe", Dialect(encoding="utf-16"), "is empty"),
    "C17 a row of semicolons": (HEADER + b";;;;\n", Dialect(delimiter=";"), "line 2: the row holds nothing but semicolons"),
    "C04 a field too many": (HEADER + b"FRA;r1;yes;;;x\n", Dialect(delimiter=";"), "quote the field that holds a semicolon"),
    "C05 a field too few": (HEADER + b"FRA;r1\n", Dialect(delimiter=";"), "write a semicolon for every empty field"),
    "C18 commas after all": (HEADER.replace(b";", b","), Dialect(delimiter=";", decimal=","), 'Dialect(delimiter=",", decimal=".")'),
    "C19 a comma for decimals": (HEADER + b"FRA;r1;yes;1,5;\n", Dialect(delimiter=";"), '\'1,5\' is not a number; write 0.8, with a point, or read it with dialect=Dialect(delimiter=";", decimal=",")'),
    "C19 a point for decimals": (HEADER + b"FRA;r1;yes;1.5;\n", GERMAN, "'1.5' is not a number; write 0,8, with a comma, or read it with"),
    "C19 thousands with a point": (HEADER + b"FRA;r1;yes;1.234,5;\n", GERMAN, "'1.234,5' is not a number; write no mark between thousands ["),
    "C19 thousands with a comma": (HEADER + b"FRA;r1;yes;1,234.5;\n", Dialect(delimiter=";"), "'1,234.5' is not a number; write no mark between thousands ["),
    "C19 thousands alone": (HEADER + b"FRA;r1;yes;1.234;\n", GERMAN, "write no mark between thousands, or if these are decimals"),
    "C19 thousands with a blank": (HEADER + b"FRA;r1;yes;1 234;\n", GERMAN, "'1 234' is not a number; write no mark between thousands ["),
    "C19 an underscore": (HEADER + b"FRA;r1;yes;1_000;\n", GERMAN, "'1_000' is not a number"),
    "C19 two commas": (HEADER + b"FRA;r1;yes;1,2,3;\n", GERMAN, "'1,2,3' is not a number"),
    "C20 other digits": (HEADER + "FRA;r1;yes;١,٥;\n".encode(), Dialect(delimiter=";", decimal=","), "is not a number"),
    "C25 all lines above": (HEADER, Dialect(skip=7), "line 8: there is no header; the file has no more lines than are skipped"),
    "C25 the header is skipped too": (HEADER + b"FRA;r1;yes;;\n", Dialect(delimiter=";", skip=1), "line 2: has none of the columns"),
    "C25 a fault has its line": (b"a\nb\n" + HEADER + b"FRA;r1;maybe;;\n", Dialect(delimiter=";", skip=2), "line 4, column position: 'maybe'"),
    "D04 a time": (HEADER + b"FRA;r1;yes;;2022-02-24T23:30Z\n", Dialect(delimiter=";"), 'has a time of day; write the date alone, or read it with dialect=Dialect(delimiter=";", times="drop")'),
    "D04 no time of any day": (HEADER + b"FRA;r1;yes;;2022-02-24T24:30\n", Dialect(delimiter=";", times="drop"), "is not an ISO 8601 date"),
    "D04 no day": (HEADER + b"FRA;r1;yes;;2022-02-30T10:30\n", Dialect(delimiter=";", times="drop"), "does not exist"),
    "D02 another order": (HEADER + b"FRA;r1;yes;;24.02.2022 10:30\n", Dialect(delimiter=";", times="drop"), "is not an ISO 8601 date"),
}  # fmt: skip


@pytest.mark.hostile(*WRONG)
@pytest.mark.parametrize("case", WRONG)
def test_what_another_dialect_wrote_is_refused(case):
    """What is not as it was said to be is refused with its place, and with what would read it if anything does."""
    content, dialect, fragment = WRONG[case]
    assert fragment in refusal(content, dialect)


@pytest.mark.hostile("D04")
@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2022-02-24T23:30:00-05:00", "2022-02-24"),
        ("2022-02-24T00:10:00+14:00", "2022-02-24"),
        ("2022-02-24 23:30", "2022-02-24"),
        ("2022-02-24T23:59:60.5Z", "2022-02-24"),
        ("2022-02-24T23:30/2022-03-01T01:00", "2022-02-24/2022-03-01"),
        ("/2022-03-01T01:00", "/2022-03-01"),
        ("2022-02", "2022-02"),
    ],
)
def test_times_are_dropped_and_dates_never_shifted(written, kept):
    """The date that stays is the one that is written, whatever the zone; dates without a time stay as they are."""
    content = HEADER + f"FRA;r1;yes;;{written}\n".encode()
    (stance,) = read(content, Dialect(delimiter=";", times="drop")).stances
    assert str(stance.date) == kept


@pytest.mark.hostile("C10")
def test_utf_8_under_another_name_is_told():
    """Letters of UTF-8 that are read as those of cp1252 are read so, as was said, and a note tells it."""
    with pytest.warns(StancesWarning, match=r"votes\.csv: is read as cp1252, but would be UTF-8 as well"):
        (stance,) = read(SHEET.encode(), GERMAN).stances
    assert stance.evidence[0].speaker == "PrÃ¤sident"


@pytest.mark.hostile("C07")
@pytest.mark.parametrize(
    ("header", "row", "told"),
    [("{},", "{},", "column 4 has"), ("{},, ", "{},,", "columns 4, 5 have"), (",{}", " ,{}", "column 1 has")],
)
def test_an_empty_column_without_a_name_is_left_out(header, row, told):
    """Commas at the end of every row, as spreadsheets write them, make no column; one note says so."""
    lines = [header.format("actor,question,position"), *(row.format(f"{a},r1,yes") for a in ("FRA", "CHN"))]
    with pytest.warns(StancesWarning, match=f"{told} neither name nor data") as notes:
        data = read("\n".join(lines).encode())
    assert [stance.actor for stance in data.stances] == ["FRA", "CHN"]
    assert len(notes) == 1


@pytest.mark.hostile("C07")
def test_of_two_columns_without_a_name_each_is_judged():
    """A column without a name that holds something is a fault, beside one that holds nothing."""
    with pytest.warns(StancesWarning, match="column 5 has neither"):
        said = refusal(b"actor,,question,position,\nFRA,x,r1,yes,\n")
    assert "line 1: column 2 has no name, and line 2 holds something in it" in said


FIELDS = {
    "a codec of bytes": ({"encoding": "hex"}, "is no encoding of text"),
    "a codec of text to text": ({"encoding": "rot13"}, "is no encoding of text"),
    "Python's own": ({"encoding": "unicode_escape"}, "is no encoding of text"),
    "a misspelt one": ({"encoding": "cp1522"}, "did you mean 'cp1252'?"),
    "NUL": ({"encoding": "utf\0"}, "is no encoding of text"),
    "no name": ({"encoding": None}, "is not text"),
    "another delimiter": ({"delimiter": ":"}, "is no delimiter"),
    "a long delimiter": ({"delimiter": ";;"}, "is no delimiter"),
    "no delimiter": ({"delimiter": ""}, "is no delimiter"),
    "another sign": ({"decimal": "'"}, "is no decimal sign"),
    "a comma for both": ({"decimal": ","}, "is the delimiter too"),
    "lines below nought": ({"skip": -1}, "is not a whole number"),
    "lines without end": ({"skip": 10**30}, "is not a whole number from 0 to 1000000"),
    "a half line": ({"skip": 1.0}, "is not a whole number"),
    "a truth": ({"skip": True}, "is not a whole number"),
    "shifted times": ({"times": "utc"}, "is not one of refuse, drop"),
}


@pytest.mark.parametrize("case", FIELDS)
def test_a_dialect_is_checked(case):
    """What a file cannot be written in makes no dialect."""
    about, fragment = FIELDS[case]
    with pytest.raises((FieldError, ChoiceError)) as caught:
        Dialect(**about)
    assert fragment in str(caught.value)


def test_a_dialect_is_told_by_what_it_means():
    """Names of one encoding are equal, fields go by name, and the order of bytes is never the machine's."""
    assert Dialect(encoding="windows-1252") == Dialect(encoding="CP1252")
    assert Dialect(encoding="utf-8-sig") == Dialect()
    with pytest.raises(TypeError):
        Dialect("cp1252")
    assert read(SHEET.encode("utf-16-be"), evolved(encoding="utf-16-be")).stances
    assert read(b"\xfe\xff" + SHEET.encode("utf-16-be"), evolved(encoding="utf-16")).stances


def evolved(**change):
    """The dialect of the sheet, with a change."""
    return Dialect(**{"delimiter": ";", "decimal": ","} | change)


CODECS = sorted(module.name for module in pkgutil.iter_modules(codec_modules))


@pytest.mark.hostile("C10")
@pytest.mark.parametrize("name", CODECS)
@given(content=st.binary(max_size=60))
def test_every_codec_reads_or_refuses(name, content):
    """Every codec of Python is refused by name, or reads what it wrote, and gives no other error for any bytes."""
    try:
        dialect = evolved(encoding=name)
    except FieldError:
        return
    assert read(SHEET.replace("ä", "a").encode(dialect.encoding), dialect).stances
    with warnings.catch_warnings(), suppress(StancesError):
        warnings.simplefilter("ignore", StancesWarning)
        read(SHEET.partition("\n")[0].encode(dialect.encoding) + content, dialect)


def test_only_csv_has_a_dialect(tmp_path, seed):
    """JSON and shipped datasets are refused with a dialect; a folder's stances have one, its codebook has not."""
    dump(seed, tmp_path / "d.json")
    with pytest.raises(DatasetError, match="is JSON, which is always UTF-8; leave the dialect out"):
        load(tmp_path / "d.json", dialect=Dialect())
    with pytest.raises(DatasetError, match="is a shipped dataset; leave the dialect out"):
        load("paris-beijing-2025", dialect=GERMAN)
    dump(seed, tmp_path / "d")
    rows = (tmp_path / "d" / "stances.csv").read_text("utf-8")
    (tmp_path / "d" / "stances.csv").write_text(rows, "utf-16")
    assert load(tmp_path / "d", dialect=Dialect(encoding="utf-16")) == seed


def test_sheets_and_files_are_joined_in_their_dialect(tmp_path):
    """A merge reads its CSV files by the dialect, and folders and JSON beside them as ever."""
    (tmp_path / "ann.csv").write_bytes(SHEET.encode("cp1252"))
    dump(stances.Dataset("old", stances=()), tmp_path / "old.json")
    data = merge([tmp_path / "old.json", tmp_path / "ann.csv"], scale="vote", dialect=GERMAN)
    assert [stance.salience for stance in data.stances] == [1.25]
    dump(data, tmp_path / "book")
    sheet = merge([tmp_path / "ann.csv"], codebook=tmp_path / "book", dialect=GERMAN)
    assert sheet.stances == data.stances
    with pytest.raises(DatasetError, match="is JSON"):
        merge([tmp_path / "old.json"], dialect=GERMAN)


@given(
    dialect=st.builds(
        Dialect,
        delimiter=st.sampled_from([";", "\t", "|"]),
        decimal=st.sampled_from([".", ","]),
        skip=st.integers(0, 30),
        encoding=st.sampled_from(["utf-8", "cp1252", "utf-16"]),
        times=st.sampled_from(["refuse", "drop"]),
    ),
    mark=st.sampled_from([",", ";", "\t", "|"]),
)
def test_a_way_out_is_a_dialect(dialect, mark):
    """Whatever was said before, what a hint proposes is a dialect with what it changes, and what was said besides."""
    found = following(way_out(dialect, delimiter=mark) + " [")[0]
    assert (found.delimiter, found.skip, found.encoding, found.times) == (
        mark,
        dialect.skip,
        dialect.encoding,
        dialect.times,
    )
