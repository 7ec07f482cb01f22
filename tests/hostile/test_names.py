"""Dates, names and words that look like something else."""

import copy
import csv
import io
import pickle
import warnings

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import stances
from stances import VOTE, Actor, DatasetError, Membership, Positions, Question, Source, StancesWarning, load
from stances.cli import main
from stances.errors import DateError, DuplicateIdError, FieldError, SeedNotFoundError
from stances.files import parse
from stances.printable import Listing
from stances.tables import csv_text

HEADER = "actor,question,position"


def refusal(row, header=HEADER):
    """What is said of a table with one row."""
    with pytest.raises(DatasetError) as caught:
        parse(f"{header}\n{row}\n".encode(), "votes.csv", scale="vote")
    return str(caught.value)


DATES = {
    "D02 day first": "24/02/2022", "D02 a serial number": "44616", "D03 no such day": "2022-02-30",
    "D03 no such month": "2022-13-01", "D03 year nought": "0000-01-01", "D03 five digits": "10000-01-01",
    "D03 before our era": "-0044-03-15", "D04 a time": "2022-02-24T23:30:00-05:00", "D05 a week": "2022-W08-4",
    "D05 without dashes": "20220224", "D05 other digits": "٢٠٢٢",
}  # fmt: skip


@pytest.mark.hostile(*DATES)
@pytest.mark.parametrize("case", DATES)
def test_dates_of_another_form_are_refused(case):
    """One written form is read; times are not shifted, orders not guessed."""
    said = refusal(f"FRA,r1,yes,{DATES[case]}", HEADER + ",date")
    assert "line 2, column date" in said
    assert "[S102]" in said


@pytest.mark.hostile("D06")
def test_spans_run_forwards():
    """A membership or a span that ends before it starts is refused; open ends are fine."""
    with pytest.raises(DateError, match="starts after it ends"):
        Membership("FRA", "EU", "2020", "2019")
    assert "starts after it ends" in refusal("FRA,r1,yes,2022/2021", HEADER + ",date")
    assert Membership("FRA", "EU", "2020").until is None


NUMBERS = {
    "C19 a decimal comma": '"1,5"', "C19 a comma behind a point": '"1.234,5"', "C19 a blank inside": "1 234",
    "C20 a dash": "–1", "C20 full width": "１", "C21 endless": "inf",
    "C21 endless in words": "-Infinity", "C22 of base sixteen": "0x10", "C27 a date": "1-Mar", "C27 an error": "#N/A",
}  # fmt: skip


@pytest.mark.hostile(*NUMBERS)
@pytest.mark.parametrize("case", NUMBERS)
def test_numbers_of_another_form_are_refused(case):
    """A number has ASCII digits and a point; nothing is guessed of others."""
    assert "is not a number" in refusal(f"FRA,r1,yes,{NUMBERS[case]}", HEADER + ",salience")


@pytest.mark.hostile("C20")
def test_the_minus_of_typeset_text_is_a_minus():
    """U+2212 means what the hyphen means: a level below zero, and a weight that is refused for that alone."""
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"actor": ["FRA", "CHN"], "question": ["r1"] * 2, "position": ["\u22121", "-1"]})
    scale = stances.Scale("lean", ("against", "for"), values=(-1, 1))
    assert stances.from_table(frame, scale=scale).codes.tolist() == [[0], [0]]
    typed, typeset = (refusal(f"FRA,r1,yes,{sign}0.5", HEADER + ",salience") for sign in "-\u2212")
    assert typeset == typed
    assert "is not a finite number at least 0" in typed


@pytest.mark.hostile("C20")
@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("١", "ARABIC-INDIC DIGIT ONE"),
        ("１", "FULLWIDTH DIGIT ONE"),
        ("\u20131", "EN DASH"),
        ("1\xa0234", "NO-BREAK SPACE"),
    ],
)
def test_signs_of_other_scripts_are_named(written, named):
    """A number that looks right says which of its signs is not."""
    assert f"({named})" in refusal(f"FRA,r1,yes,{written}", HEADER + ",salience")


@pytest.mark.hostile("C22")
@pytest.mark.parametrize("written", ["1", "+1", "1.0"])
def test_whole_numbers_are_levels(written):
    """A level given by its number may have a sign or a point; other spellings of it are refused."""
    pandas = pytest.importorskip("pandas")

    def read(position):
        frame = pandas.DataFrame({"actor": ["FRA"], "question": ["r1"], "position": [position]})
        return stances.from_table(frame, scale="vote")

    assert read(written).codes.tolist() == [[1]]
    for other in ("0x1", "1e0", "1_0", "１", "1.5"):
        with pytest.raises(DatasetError):
            read(other)


@pytest.mark.hostile("C27")
@pytest.mark.parametrize(
    ("value", "columns"),
    [("1-Mar", (2, 3)), ("#REF!", (0, 1, 2, 3)), ("#N/A", (0, 1, 2)), ("2.02E+11", (0, 1, 2, 3))],
)
def test_the_damage_of_spreadsheets_is_told(value, columns):
    """What a spreadsheet made of a cell is refused wherever it cannot be meant, and the hint says so."""
    for column in columns:
        cells = ["FRA", "r1", "yes", "2022"]
        cells[column] = value
        assert "damage of a spreadsheet" in refusal(",".join(cells), HEADER + ",date")


IDS = {
    "U10 no width": "FR\u200bA", "U10 a soft hyphen": "FR\u00adA", "U10 nothing to be seen": "\u2060",
    "U09 an override": "FR\u202eA", "U12 full width": "ＦＲＡ", "U12 Greek": "ΟECD", "U11 composed": "C\u00d4T",
    "U11 decomposed": "CO\u0302T",
}  # fmt: skip


@pytest.mark.hostile(*IDS)
@pytest.mark.parametrize("case", IDS)
def test_ids_are_ascii(case):
    """An id with any other character is refused, and the character is named."""
    said = refusal(f"{IDS[case]},r1,yes")
    assert "line 2, column actor" in said
    assert "of ASCII" in said


@pytest.mark.hostile("U12")
@pytest.mark.parametrize(
    ("written", "due"),
    [("\u0420US", None), ("\u039fECD", None), ("stra\u00dfe", None), ("C\u00d4T d'Ivoire", "COT-d-Ivoire")],
)
def test_no_letter_of_another_script_is_left_out(written, due):
    """A Cyrillic P before US does not make it the id of the United States; an accent may go."""
    said = refusal(f"{written},r1,yes")
    assert f"write {due!r}" in said if due else "write '" not in said


@pytest.mark.hostile("U11")
def test_two_spellings_are_one_name():
    """Names of positions are told apart in NFC: two spellings of one are a duplicate; each is kept as written."""
    with pytest.raises(DuplicateIdError):
        Positions.from_codes([[0], [0]], scale=VOTE, actors=["C\u00d4T", "CO\u0302T"])
    assert Positions.from_codes([[0]], scale=VOTE, actors=["CO\u0302T"]).actors == ("CO\u0302T",)


@pytest.mark.hostile("U10", "U14")
@pytest.mark.parametrize("name", ["نمی\u200cخواهم", "क्\u200dष", "👩\u200d👩\u200d👧", "فلسطين", "ישראל"])
def test_real_names_stay(name):
    """Joiners and scripts that run from the right are kept in names, and printed as they are."""
    assert Actor("X", name).name == name
    assert name in Listing("t", {"name": [name]}).to_table()


@pytest.mark.hostile("U13")
def test_case_counts():
    """Ids that differ in case are two actors, sorted by code point."""
    data = parse(f"{HEADER}\nfra,r1,yes\nFRA,r1,no\n".encode(), "votes.csv", scale="vote")
    assert [actor.id for actor in data.actors] == ["FRA", "fra"]


@pytest.mark.hostile("U17")
@pytest.mark.parametrize("name", ["{0.__class__}", "%s %d", "{", "$x_{$", "%(a)s"])
@pytest.mark.parametrize("style", ["plain", "html"])
def test_names_are_no_formats(name, style):
    """Braces and per cents in a name are printed, and never filled in."""
    assert name in Listing(name, {name: [name]}).to_table(style)


@pytest.mark.hostile("J15")
def test_markup_in_a_title_is_kept_and_escaped():
    """A title of markup is stored as it is, and is text wherever it is printed."""
    title = "<svg onload=alert(1)>"
    data = stances.Dataset("x", sources=[Source("s", title)], title=title)
    assert data.sources[0].title == title
    assert "<svg" not in data.to_table("html")
    assert "&lt;svg" in data.to_table("html")


@pytest.mark.hostile("U01")
def test_formulas_are_guarded_and_come_back():
    """Every way in which a formula can begin gets an apostrophe, an apostrophe before one more, numbers none."""
    starts = ["=1", "+1", "-1", "@a", "\ta", "\ra", "＝1", "'=1", "''=1"]
    cells = csv_text({"x": [*starts, -1.5]})
    assert cells.count("'") == len(starts) + 1 + 2
    assert "\n-1.5\n" in cells


@pytest.mark.hostile("U01")
@given(
    st.lists(st.sampled_from("=+-@'\t\r\n;,\" a1") | st.characters(codec="utf-8"), max_size=6).map("".join)
)
def test_raw_cells_come_back_as_they_are(text):
    """Without the guard, a strict reader gets each text as it is."""
    raw = Listing("texts", {"=x": [text, "b"]}).to_csv(spreadsheet_safe=False)
    assert list(csv.reader(io.StringIO(raw, newline=""), strict=True))[1:] == [[text], ["b"]]
    assert raw.startswith("=x\n")


@pytest.mark.hostile("L07")
def test_two_hundred_repeats_are_told_once():
    """Many repeated rows give one note with the first three and the number of the others."""
    rows = "FRA,r1,yes\n" * 201
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", StancesWarning)
        parse(f"{HEADER}\n{rows}".encode(), "votes.csv", scale="vote")
    (note,) = (str(warning.message) for warning in caught)
    assert note.startswith(
        "votes.csv: line 3 repeats line 2, line 4 repeats line 2, line 5 repeats line 2 and 197"
    )


@pytest.mark.hostile("L09", "U08")
def test_long_values_are_cut_and_made_visible():
    """A value of a megabyte with a terminal escape is quoted in one line of a few hundred characters."""
    said = refusal("FRA,r1,\x1b[2J" + "y" * 900_000)
    assert len(said) < 400
    assert said.isprintable()


@pytest.mark.hostile("L02")
def test_results_can_be_copied_and_compared():
    """Positions and matrices survive copy and pickle, and equal nothing of another type."""
    positions = Positions.from_codes([[0, 1], [1, 1]], scale=VOTE)
    for thing in (positions, stances.agreement_matrix(positions)):
        for other in (copy.copy(thing), copy.deepcopy(thing), pickle.loads(pickle.dumps(thing))):
            assert str(other) == str(thing)
        assert thing != 1
        assert thing != "x"
    with pytest.raises(FieldError):
        evolve(Question("q", "?", VOTE), weight=np.nan)


@pytest.mark.hostile("L08")
def test_a_repr_tells_sizes_alone(seed):
    """The repr of a dataset is one short line without any of its texts."""
    assert (
        repr(evolve(seed, note="secret"))
        == "<Dataset 'paris-beijing-2025': 6 actors, 34 questions, 46 stances>"
    )


@pytest.mark.hostile("F04")
@pytest.mark.parametrize("name", ["a b.csv", "a\nb.csv", "-votes.csv", "ü.csv", "x" * 251 + ".csv"])
def test_strange_file_names_are_read_and_quoted(name, tmp_path, monkeypatch, capsys):
    """A file of any name is read; a missing one is named on one line, and -- ends the options."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(f"{HEADER}\nFRA,r1,yes\n")
    assert load(tmp_path / name, scale="vote").actors
    assert main(["agreement", "--scale", "vote", "--", name]) == 0
    (tmp_path / name).unlink()
    capsys.readouterr()
    assert main(["agreement", "--scale", "vote", "--", name]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.hostile("L10", "F04")
def test_the_empty_name_is_no_folder(monkeypatch, tmp_path):
    """An empty argument names nothing, and not the current folder."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SeedNotFoundError):
        load("")


@pytest.mark.hostile("L10")
@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["agrement"], "agreement"),
        (["agreement", "--form", "csv"], "--format"),
        (["agreement", "@file"], "'@file'"),
    ],
)
def test_usage_errors_have_a_hint(arguments, hint, capsys):
    """Misspelt verbs, abbreviated options and argument files are usage errors."""
    assert main(arguments) == 2
    assert hint in capsys.readouterr().err
