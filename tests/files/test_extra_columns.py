"""Columns of a coder's own: refused as they are met, kept on demand, and never lost afterwards."""

import csv
import io
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stances
from stances import DatasetError, Dialect, Stance, StancesWarning, agreement_matrix, dump, load
from stances.files import parse
from stances.files.rows import COLUMNS
from stances.files.tidy import BESIDE
from stances.registry import read_blocs

KEEP = Dialect(extra="keep")
SHEET = b"actor,question,position,Page,weigth,salience\nFRA,r1,yes, 007,,2\nCHN,r1,no,1E3,3,\n"


def read(content, dialect=None, name="votes.csv"):
    """The dataset of a CSV file of votes, and what was noted while it was read."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", StancesWarning)
        data = parse(content, name, scale="vote", dialect=dialect)
    return data, [str(warning.message) for warning in caught]


def refusal(content, dialect=None):
    """What is said of a file that is refused."""
    with pytest.raises(DatasetError) as caught:
        read(content, dialect)
    return str(caught.value)


@pytest.mark.hostile("C24")
def test_they_are_refused_with_the_way_to_keep_them():
    """What is near a known name is a slip of the pen; of anything else the error says how it is kept."""
    said = refusal(SHEET).splitlines()
    assert 'to keep it, read with dialect=Dialect(extra="keep"), or --extra keep' in said[0]
    assert "did you mean 'weight'" not in said[1]  # no column of a dataset
    assert "did you mean 'salience'? [S203]" in refusal(b"actor,question,position,saliense\n")


@pytest.mark.hostile("C24")
def test_they_are_kept_as_they_stand():
    """Texts stay texts with their blanks, blank cells are nothing, and a note names the columns."""
    data, notes = read(SHEET, KEEP)
    assert [stance.extra for stance in data.stances] == [
        (("Page", " 007"),),
        (("Page", "1E3"), ("weigth", "3")),
    ]
    assert data.stances[0].salience == 2
    assert notes == ["votes.csv: kept as they are, and not looked at: 'Page', 'weigth'"]


@pytest.mark.hostile("C24")
def test_what_may_be_a_slip_is_asked():
    """A column near a known one is kept too, and the note asks."""
    _, (note,) = read(b"actor,question,position,confidnce\nFRA,r1,yes,high\n", KEEP)
    assert note.endswith("looked at: 'confidnce' (did you mean 'confidence'?)")
    many = ",".join([*(f"x{k}" for k in range(3000)), "confidnce", "y" * 9999])
    _, (note,) = read(f"actor,question,position,{many}\n".encode(), KEEP)
    assert "looked at: 'confidnce' (did you mean 'confidence'?), 'x0', 'x1'" in note
    assert note.endswith("and 2990 more")
    assert len(note) < 300


@pytest.mark.parametrize("target", ["data", "data.csv", "data.json"])
def test_they_are_written_and_read_without_being_asked_for(tmp_path, target):
    """What was kept once stands in every form, and comes back without a dialect or a note."""
    data, _ = read(SHEET, KEEP, "data.csv")
    dump(data, tmp_path / target)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert load(tmp_path / target) == data


def test_they_stand_in_the_columns():
    """Tables of other packages have them beside the position, empty where a stance has none."""
    columns = read(SHEET, KEEP)[0].columns()
    assert columns["extra:Page"] == [" 007", "1E3"]
    assert columns["extra:weigth"] == [None, "3"]
    assert not any(name.startswith("extra:") for name in load("paris-beijing-2025").columns())


@pytest.mark.hostile("C24")
def test_rows_that_differ_in_them_are_two_records_of_one_position():
    """Neither text is lost, and the position counts once."""
    plain, _ = read(b"actor,question,position\nFRA,r1,yes\nCHN,r1,yes\n")
    data, _ = read(b"actor,question,position,p\nFRA,r1,yes,1\nFRA,r1,yes,2\nCHN,r1,yes,\n", KEEP)
    assert [stance.extra for stance in data.stances] == [(("p", "1"),), (("p", "2"),), ()]
    one, other = agreement_matrix(data), agreement_matrix(plain)
    assert (one.values == other.values).all()
    assert (one.n_shared == other.n_shared).all()


BAD = {
    "twice": ("note,note", "column 'note' stands twice"),
    "with and without the mark": (
        "note,extra:note",
        "columns 'note' and 'extra:note' are one; rename one of them",
    ),
    "the mark in another case": ("Extra:note", "did you mean 'extra:note'?"),
    "a mark alone": ("extra:", "column '' is empty"),
    "unseen": ("no\u200bte", "holds the invisible character U+200B"),
    "another case": ("Salience", "did you mean 'salience'?"),
    "a column that is due, in another case": ("Actor", "'actor' is missing"),
    "a column that is due, misspelt": ("acter", "'actor' is missing; is it 'acter'?"),
}


@pytest.mark.hostile("C24")
@pytest.mark.parametrize("case", BAD)
def test_names_that_cannot_be_kept(case):
    """A name has to be one, in letters that can be seen, and stand once; and required columns stay required."""
    header, due = BAD[case]
    required = "question,position" if case.startswith("a column that is due") else "actor,question,position"
    assert due in refusal(f"{required},{header}\n".encode(), KEEP)


@pytest.mark.hostile("C24")
def test_other_small_files_keep_none(tmp_path):
    """A file of blocs has its columns and no others, marked or not."""
    (tmp_path / "blocs.csv").write_text("bloc,actor,since,until,extra:note\nEU,FRA,,,x\n")
    with pytest.raises(DatasetError, match="unknown column or key 'extra:note'"):
        read_blocs(tmp_path / "blocs.csv")


@pytest.mark.parametrize(
    "extra",
    [
        "page",
        {"page": 3},
        {"page": " "},
        {3: "x"},
        (("page",),),
        (("a", "x"), ("a", "y")),
        [("a", "x")],
        None,
    ],
)
def test_records_take_texts_by_name(extra):
    """Names and texts alone are taken, each name once."""
    with pytest.raises(ValueError, match="extra"):
        Stance("FRA", "r1", "yes", extra=extra)
    assert Stance("FRA", "r1", "yes", extra={"b": "x", "a": "y"}).extra == (("a", "y"), ("b", "x"))


def test_a_difference_tells_them(tmp_path):
    """What changed in them is told by name."""
    old, new = (
        read(f"actor,question,position,page\nFRA,r1,yes,{page}\n".encode(), KEEP)[0] for page in (1, 2)
    )
    assert "page='1' -> page='2'" in str(stances.diff(old, new))


def test_a_difference_does_not_hang_on_the_order_of_rows():
    """Records that differ in them alone are paired alike, in whatever order they stand."""

    def edition(*pages):
        rows = "".join(f"FRA,r1,yes,{page}\n" for page in pages)
        return read(f"actor,question,position,page\n{rows}".encode(), KEEP)[0]

    new = edition(3, 4)
    assert str(stances.diff(edition(1, 2), new)) == str(stances.diff(edition(2, 1), new))


def test_a_difference_follows_what_they_name():
    """Where an id beside a stance stays, the record is the same one."""
    sheets = ("a,0.5 b,0.9", "a,0.9 b,0.5")
    old, new = (
        read(
            b"actor,question,position,confidence,id\n"
            + "".join(f"FRA,r1,yes,{row[2:]},{row[0]}\n" for row in sheet.split()).encode(),
            KEEP,
        )[0]
        for sheet in sheets
    )
    told = str(stances.diff(old, new))
    assert "confidence: 0.5 -> 0.9" in told
    assert "extra" not in told


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=6).filter(
    lambda name: name.isprintable() and name == name.strip() and name.casefold() not in (*COLUMNS, *BESIDE)
)
cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)


@pytest.mark.hostile("C24")
@given(st.dictionaries(names.filter(lambda name: not name.startswith("extra:")), cells, max_size=4))
def test_any_columns_are_kept(own):
    """Whatever others call their columns, and write into them, is there."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows(
        [["actor", "question", "position", *own], ["FRA", "r1", "yes", *own.values()]]
    )
    data, _ = read(buffer.getvalue().encode(), KEEP)
    assert dict(data.stances[0].extra) == {name: text for name, text in own.items() if text.strip()}


def test_the_command_keeps_them(tmp_path, monkeypatch, capsys):
    """--extra keep does what the dialect does."""
    from stances.cli import main

    monkeypatch.chdir(tmp_path)
    (tmp_path / "votes.csv").write_bytes(SHEET)
    assert main(["convert", "votes.csv", "all.json", "--scale", "vote", "--extra", "keep"]) == 0
    assert "kept as they are" in capsys.readouterr().err
    assert load(tmp_path / "all.json").stances[1].extra == (("Page", "1E3"), ("weigth", "3"))
    assert main(["convert", "votes.csv", "--scale", "vote", "--extra", "keeep", "b.json"]) == 2
    assert "did you mean 'keep'" in capsys.readouterr().err


def test_the_choice_is_one_of_two():
    """Extra columns are refused or kept."""
    with pytest.raises(ValueError, match="refuse, keep"):
        Dialect(extra="drop")


def test_a_text_that_cannot_be_written_names_its_column():
    """Half a surrogate pair, which only strange encodings let through, is told with its column."""
    said = refusal(
        b"actor,question,position,page\nFRA,r1,yes,+2AA-\n", Dialect(encoding="utf-7", extra="keep")
    )
    assert "votes.csv, line 2, column extra:page: extra:page '\\ud800' holds half of a surrogate pair" in said


@pytest.mark.parametrize("extra", ["null", "[]", '""', "3", '{"page": 1}', '{"page": null}', '{"": "x"}'])
def test_documents_hold_an_object_of_texts(extra):
    """JSON has an object of texts by name there, or nothing."""
    document = (
        '{"questions": [{"id": "q", "text": "?", "scale": "vote"}], "actors": [{"id": "A"}], "stances": [%s]}'
    )
    record = '{"actor": "A", "question": "q", "position": "yes", "extra": %s}'
    with pytest.raises(DatasetError, match=r"stances\[0\].extra: extra"):
        parse((document % record % extra).encode(), "a.json")
