"""Bad input gets one clear error per fault, with its place; nothing else ever comes out."""

import json
import shutil
import warnings

import pytest

from stances import DatasetError, StancesError, StancesWarning, dump, load
from stances.cli import main
from stances.errors import SeedNotFoundError
from stances.files import parse
from stances.files.json_file import json_contents

HEADER = b"actor,question,position\n"


def messages(content, name="votes.csv", scale="vote"):
    """The faults of a file, as printed."""
    with pytest.raises(DatasetError) as caught:
        parse(content, name, scale=scale)
    return [str(fault) for fault in caught.value.faults]


TABLES = {
    "C04 a field too many": (HEADER + b"FRA,r1,yes,so\n", ["line 2: the row has 4 fields, the header has 3", "quote the field"]),
    "C05 a field too few": (HEADER + b"FRA,r1\n", ["line 2: the row has 2 fields", "a comma for every empty"]),
    "C06 a header twice": (b"actor,question,position,actor\n", ["line 1: column 'actor' stands twice"]),
    "C06 twice after trimming": (b"actor,question,position, actor\n", ["'actor' stands twice"]),
    "C07 a column without a name": (b"actor,question,position,\nFRA,r1,yes,\nCHN,r1,no,x\nUSA,r1,no,y\n", ["line 1: column 4 has no name, and line 3 holds something in it"]),
    "C10 another encoding": (HEADER + "CÔT,r1,yes\n".encode("cp1252"), ["not UTF-8: byte 0xD4 in line 2", 'Dialect(encoding="cp1252"), or --encoding cp1252']),
    "C11 UTF-16": (HEADER.decode().encode("utf-16"), ["is written in UTF-16", 'Dialect(encoding="utf-16"), or --encoding utf-16']),
    "C11 UTF-32": (HEADER.decode().encode("utf-32"), ["is written in UTF-32", 'Dialect(encoding="utf-32"), or --encoding utf-32']),
    "C12 NUL": (HEADER + b"FRA,r\0,yes\n", ["NUL character in line 2, character 6"]),
    "C13 a quotation that never closes": (HEADER + b'FRA,r1,yes\nCHN,"r1,yes\n', ["line 3: a quotation mark opens"]),
    "C14 text after a quotation": (HEADER + b'"x"y,r1,yes\n', ["line 2: is not CSV"]),
    "C15 a huge field": (HEADER + b"FRA,r1," + b"y" * 1_000_001 + b"\n", ["more than 1000000 characters"]),
    "C16 zero bytes": (b"", ["is empty"]),
    "C16 blanks only": (b" \n \n", ["is empty"]),
    "C17 a row of commas": (HEADER + b",,\n", ["line 2: the row holds nothing but commas"]),
    "C18 semicolons": (b"actor;question;position\nFRA;r1;yes\n", ["one column 'actor;question;position'", 'Dialect(delimiter=";"), or --delimiter ";"']),
    "C18 tabs": (b"actor\tquestion\tposition\nFRA\tr1\tyes\n", [r'Dialect(delimiter="\t"), or --delimiter tab']),
    "C19 a decimal comma": (b'actor,question,position,salience\nFRA,r1,yes,"1,5"\n', ["column salience", "'1,5' is not a number; write 0.8, with a point ["]),
    "C19 an underscore": (b"actor,question,position,salience\nFRA,r1,yes,1_000\n", ["'1_000' is not a number"]),
    "C20 other digits": ("actor,question,position,salience\nFRA,r1,yes,١\n".encode(), ["is not a number"]),
    "C21 not a number": (b"actor,question,position,salience\nFRA,r1,yes,nan\n", ["'nan' is not a number"]),
    "C21 infinite": (b"actor,question,position,salience\nFRA,r1,yes,1e400\n", ["finite"]),
    "C24 an unknown column": (b"actor,question,position,confidnce\n", ["did you mean 'confidence'?"]),
    "C25 a title above": (b"My votes\nactor,question,position\n", ["line 1: has none of the columns actor, question, position, but 'My votes'", "line 2 looks like the header; remove the lines above it, or read it with dialect=Dialect(skip=1), or --skip 1"]),
    "C25 a title above semicolons": (b"My votes\n\nactor;question;position\n", ["line 3 looks like the header", 'Dialect(delimiter=";", skip=2), or --delimiter ";" --skip 2']),
    "C26 a spreadsheet": (b"PK\x03\x04rest", ["is a ZIP or XLSX file"]),
    "J10 a pickle": (b"\x80\x04rest", ["is a pickle"]),
    "U09 bidi in an id": (HEADER + "FR\u202eA,r1,yes\n".encode(), ["RIGHT-TO-LEFT OVERRIDE"]),
    "U12 a homoglyph": (HEADER + "РUS,r1,yes\n".encode(), ["CYRILLIC CAPITAL LETTER ER"]),
    "D02 a date of another order": (b"actor,question,position,date\nFRA,r1,yes,24/02/2022\n", ["column date", "write 2025"]),
    "N01 a level off the scale": (HEADER + b"FRA,r1,yess\n", ["line 2, column position: 'yess' is not a level", "did you mean 'yes'?"]),
    "N10 contradiction": (HEADER + b"FRA,r1,yes\nFRA,r1,no\n", ["line 2 and votes.csv, line 3: FRA on r1 is both 'yes' and 'no'"]),
    "a truth in words": (b"actor,question,position,inferred\nFRA,r1,yes,maybe\n", ["column inferred", "'maybe' is not true or false"]),
    "a quotation without a source": (b"actor,question,position,quote\nFRA,r1,yes,so\n", ["column source", "but quote is given"]),
    "no scale": (HEADER + b"FRA,r1,yes\n", ["line 1: declares no scale"]),
    "two scales": (b"actor,question,position,scale\nFRA,r1,yes,vote\nCHN,r1,mixed,support\n", ["line 2 and votes.csv, line 3", "another scale"]),
    "a scale of nothing": (b"actor,question,position,scale\nFRA,r1,yes,\n", ["scale '' is empty"]),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLES)
@pytest.mark.hostile(*TABLES)
def test_tables(case):
    """A faulty table gets an error that names the place, the reason and what to do."""
    content, fragments = TABLES[case]
    printed = "\n".join(
        messages(content, scale=None if case.startswith(("no scale", "two scales", "a scale")) else "vote")
    )
    for fragment in fragments:
        assert fragment in printed


GOOD = {
    "C01 byte order mark": b"\xef\xbb\xbf" + HEADER + b"FRA,r1,yes\n",
    "C02 CRLF": b"actor,question,position\r\nFRA,r1,yes\r\n",
    "C02 CR only": b"actor,question,position\rFRA,r1,yes\r",
    "C17 blank lines": HEADER + b"\nFRA,r1,yes\n\n\n",
    "C29 no last newline": HEADER + b"FRA,r1,yes",
}


@pytest.mark.parametrize("content", GOOD.values(), ids=GOOD)
@pytest.mark.hostile(*GOOD)
def test_tables_that_are_fine(content):
    """Marks, line ends and blank lines do not matter."""
    (stance,) = parse(content, "votes.csv", scale="vote").stances
    assert (stance.actor, stance.question, stance.position) == ("FRA", "r1", "yes")


@pytest.mark.hostile("C08", "C09")
def test_text_stays_text():
    """C08, C09: NA, None, 002 and 1E3 are ids like any other."""
    rows = b"".join(f"{name},r1,yes\n".encode() for name in ("NA", "None", "nan", "True", "002", "1E3"))
    data = parse(HEADER + rows, "votes.csv", scale="vote")
    assert [s.actor for s in data.stances] == ["NA", "None", "nan", "True", "002", "1E3"]


@pytest.mark.hostile("C03")
def test_lines_are_physical():
    """C03: after a quotation over two lines, the next fault names its own line."""
    content = b'actor,question,position,source,summary\nFRA,r1,yes,s,"two\nlines"\nCHN,r1,maybe,,\n'
    assert "line 4, column position" in messages(content)[0]


@pytest.mark.hostile("C23")
def test_trimmed_blanks_are_counted():
    """C23: blanks around ids go, and a note says how many; quotations keep theirs."""
    content = b"actor,question,position,source,quote\n FRA,r1 ,yes,s, as said \n"
    with pytest.warns(StancesWarning, match="2 cells"):
        data = parse(content, "votes.csv", scale="vote")
    assert data.stances[0].evidence[0].quote == " as said "


@pytest.mark.hostile("N09")
def test_repeated_rows_are_counted_once():
    """N09: a row that repeats another is counted once, and a note names both lines."""
    with pytest.warns(StancesWarning, match="line 3 repeats line 2"):
        data = parse(HEADER + b"FRA,r1,yes\nFRA,r1,yes\n", "votes.csv", scale="vote")
    assert len(data.stances) == 1


@pytest.mark.hostile("N11")
def test_all_faults_come_together():
    """Faults of cells, rows, ids and levels are told at once, in the order of the file's lines."""
    content = (
        b"actor,question,position,date\nF A,r1,yes,\nFRA,r1,yes\nFRA,r1,maybe,2020\nFRA,r1,yes,2020-13\n"
    )
    lines = [message.split(":")[0] for message in messages(content)]
    assert lines == [
        "votes.csv, line 2, column actor",
        "votes.csv, line 3",
        "votes.csv, line 5, column date",
        "votes.csv, line 4, column position",
    ]


DOCUMENTS = {
    "J01 NaN": (b'{"questions": [{"id": "q", "text": "?", "scale": "vote", "weight": NaN}]}', "not allowed in JSON"),
    "J02 a key twice": (b'{"id": "a", "id": "b"}', "key 'id' is given twice"),
    "J03 nested": (b"[" * 200_000, "is nested more than 64 levels deep"),
    "J04 a long number": (b'{"id": ' + b"1" * 5000 + b"}", "not usable JSON"),
    "J05 null actor": (b'{"actors": [{"id": null}]}', "actors[0].id: actor None is not text"),
    "J05 a list for an object": (b'{"actors": [["FRA"]]}', "actors[0]"),
    "J05 true for a number": (b'{"questions": [{"id": "q", "text": "?", "scale": "vote", "weight": true}]}', "questions[0].weight"),
    "J06 half a pair": (b'{"actors": [{"id": "FRA", "name": "\\ud800"}]}', "surrogate"),
    "J07 a list": (b"[]", "holds a list at its top"),
    "J07 trailing": (b"{} {}", "is not JSON"),
    "J08 the version of tomorrow": (b'{"schema_version": 2}', "schema_version 2"),
    "an unknown key": (b'{"actors": [{"id": "FRA", "nmae": "France"}]}', "actors[0].nmae: unknown column or key 'nmae'; did you mean 'name'?"),
    "a missing key": (b'{"actors": [{"name": "France"}]}', "'id' is missing"),
    "an unknown scale": (b'{"questions": [{"id": "q", "text": "?", "scale": "votes"}]}', "did you mean 'vote'?"),
    "a fault deep down": (b'{"stances": [{"actor": "F", "question": "q", "position": "yes", "evidence": [{"source": "s", "voice": "loud"}]}]}', "stances[0].evidence[0].voice"),
    "evidence that is no list": (b'{"stances": [{"actor": "F", "question": "q", "position": "yes", "evidence": {}}]}', "stances[0].evidence"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "fragment"), DOCUMENTS.values(), ids=DOCUMENTS)
@pytest.mark.hostile(*DOCUMENTS)
def test_documents(content, fragment):
    """A faulty JSON file gets an error with the path of the fault."""
    assert fragment in "\n".join(messages(content, "data.json"))


def test_a_missing_record_is_one_fault_not_many():
    """Where a question is faulty, the stances on it are not faults of their own."""
    content = b'{"questions": [{"id": "q", "text": "", "scale": "vote"}], "actors": [{"id": "F"}], "stances": [{"actor": "F", "question": "q", "position": "yes"}]}'
    assert len(messages(content, "data.json")) == 1


@pytest.fixture
def folder(seed, tmp_path):
    """A copy of the shipped report."""
    dump(seed.select(issues="gaza"), tmp_path / "gaza")
    return tmp_path / "gaza"


CODEBOOKS = {
    "no TOML": ('title = "open', "codebook.toml: is not TOML"),
    "nested": ("x = " + "[" * 2000, "codebook.toml: "),
    "an unknown key": ("titel = 'x'", "did you mean 'title'?"),
    "a fault with its line": ('[[actors]]\nid = "X"\n\n[[actors]]\nid = "Y"\nkind = "big bloc"', "codebook.toml, line 6, actors[1], column kind"),
    "a time for a date": ('[[sources]]\nid = "x"\ndate = 2025-01-01T10:00:00', "codebook.toml, line 3, sources[0], column date"),
    "twice": ('[[actors]]\nid = "X"\n[[actors]]\nid = "X"', "codebook.toml, line 1, actors[0] and codebook.toml, line 3, actors[1]: actor 'X' is given twice"),
    "stances in the codebook": ("[[stances]]\nactor = 'X'", "unknown column or key 'stances'"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "fragment"), CODEBOOKS.values(), ids=CODEBOOKS)
def test_codebooks(folder, text, fragment):
    """A faulty codebook gets an error with the line of the fault."""
    (folder / "codebook.toml").write_text(text, "utf-8")
    (folder / "stances.csv").write_bytes(HEADER)
    with pytest.raises(DatasetError) as caught:
        load(folder)
    assert fragment in str(caught.value)


def test_faults_of_both_files_come_together(folder):
    """A fault of the codebook does not hide those of the stances."""
    (folder / "codebook.toml").write_text('titel = "x"', "utf-8")
    (folder / "stances.csv").write_bytes(HEADER + b"FRA,q\n")
    with pytest.raises(DatasetError) as caught:
        load(folder)
    assert len(caught.value.faults) == 2


@pytest.mark.parametrize("name", ["codebook.toml", "stances.csv"])
def test_a_folder_without_a_file_says_so(folder, name):
    """A missing file is named, with what a dataset is."""
    (folder / name).unlink()
    with pytest.raises(DatasetError, match=f"there is no {name}"):
        load(folder)


def test_names_that_nothing_has():
    """An unknown dataset gets the nearest shipped one."""
    with pytest.raises(SeedNotFoundError, match="did you mean 'paris-beijing-2025'"):
        load("paris-bejing-2025")


@pytest.mark.hostile("J09")
def test_other_endings_are_refused(tmp_path):
    """A file of another ending is refused by name."""
    (tmp_path / "data.yaml").write_text("a: 1")
    with pytest.raises(DatasetError, match=r"'\.yaml'"):
        load(tmp_path / "data.yaml")


def survives(content, name):
    """Whether bytes load or raise our error; anything else escapes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", StancesWarning)
        try:
            parse(content, name, scale="support")
        except StancesError:
            return False
        return True


SMALL_CSV = (
    b'actor,question,position,date,source,quote\nFRA,q1,mixed,2025-07/,s,"a ""b"""\nCHN,q1,silent,,,\n'
)


@pytest.mark.hostile("F16")
def test_every_prefix_and_flip_of_a_table(seed):
    """F16: each cut and each changed byte of a small CSV loads something valid or raises our error."""
    assert survives(SMALL_CSV, "t.csv")
    for k in range(len(SMALL_CSV)):
        survives(SMALL_CSV[:k], "t.csv")
        for flip in (1, 32, 128):
            survives(SMALL_CSV[:k] + bytes([SMALL_CSV[k] ^ flip]) + SMALL_CSV[k + 1 :], "t.csv")


@pytest.mark.hostile("F16")
def test_every_prefix_and_flip_of_a_document(seed):
    """F16: the same for a small JSON file."""
    content = json_contents(seed.select(issues="gaza", actors="CHN"))
    content = json.dumps(json.loads(content), separators=(",", ":")).encode()
    for k in range(0, len(content), 3):
        survives(content[:k], "t.json")
        survives(content[:k] + bytes([content[k] ^ 1]) + content[k + 1 :], "t.json")


@pytest.mark.hostile("F16")
def test_every_flip_of_a_codebook(folder):
    """F16: the same for a codebook, byte by byte."""
    content = (folder / "codebook.toml").read_bytes()
    for k in range(0, len(content), 7):
        (folder / "codebook.toml").write_bytes(content[:k] + bytes([content[k] ^ 1]) + content[k + 1 :])
        try:
            load(folder)
        except StancesError:
            continue


@pytest.mark.parametrize(
    ("row", "line"),
    [("FRA,r1,maybe", 2), ("FRN!,r1,yes", 2), ("FRA,r1,yes\nFRA,r1,no", 3), ("FRA,r1,yes\nCHN,r1,no,x", 3)],
    ids=["wrong level", "wrong actor", "contradiction", "ragged row"],
)
def test_bad_data_writes_nothing(tmp_path, capsys, row, line):
    """Bad data end with status 3, one clear message with the line, and no file."""
    source, target = tmp_path / "votes.csv", tmp_path / "out.json"
    source.write_text(f"actor,question,position\n{row}\n")
    assert main(["convert", str(source), str(target), "--scale", "vote"]) == 3
    printed = capsys.readouterr()
    assert f"line {line}" in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""
    assert not target.exists()
    shutil.rmtree(tmp_path)
