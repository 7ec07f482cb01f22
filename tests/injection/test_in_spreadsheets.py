"""CSV is opened by LibreOffice, by comma and by semicolon: no cell becomes a formula, and texts and numbers stay."""

import csv
import io
import random
import re
import subprocess
import zipfile

import pytest
from hostile_texts import PIECES, TEXTS, package, program, texts
from hypothesis import example, given
from hypothesis import strategies as st

from stances.escapes import spreadsheet_safe
from stances.printable import Listing
from stances.tables import csv_lines, csv_text

STARTS = "=+-@＝＋－＠"
GUARDS = re.compile(r"""(^|[;\t\r\n])'(?=["'\s\u200b\ufeff]*[=+\-@＝＋－＠])|^'(?='*[\t\r\n])""")


def unguarded(text):
    """Return a text without the apostrophes that guard it."""
    return GUARDS.sub(r"\1", text)


@given(st.lists(texts, min_size=1, max_size=6))
@example(["x;=1+1", "x\n=1+1", "'=1", "x;'=1", 'x;"=1', " =1", "\ufeff=1", ";;=", "\t", "'\t;'-"])
@pytest.mark.hostile("U01", "U02")
def test_guards_come_off_again(cells):
    """No field of any separator starts a formula, and taking one apostrophe away where it guards restores the text."""
    text = csv_text({"label": cells, "value": [-1.5] * len(cells)})
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert [(unguarded(label), value) for label, value in rows[1:]] == [(cell, "-1.5") for cell in cells]
    for label, _ in rows[1:]:
        for field in re.split("[;\t\r\n]", label):
            assert not field.strip('" \u00a0\u200b\ufeff').startswith(tuple(STARTS))


def many_texts():
    """Return the hostile texts, and some thousand more of their pieces."""
    rng = random.Random(1)
    made = ("".join(rng.choices(PIECES, k=rng.randint(1, 6))) for _ in range(3000))
    return [*TEXTS, *dict.fromkeys(made)]


@pytest.fixture(scope="module")
def opened(tmp_path_factory, hostile_results):
    """Return what LibreOffice makes of guarded and bare texts and of every result, by the separator it was told."""
    openpyxl = package("openpyxl")
    office, folder = program("soffice"), tmp_path_factory.mktemp("office")
    known = many_texts()
    columns = {"label": known, "value": [-1.5] * len(known)}
    bare = csv_lines([list(columns), *zip(*columns.values(), strict=True)])
    files = {"guarded": csv_text(columns), "bare": bare}
    files |= {name: result.to_csv() for name, result in hostile_results.items()}
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, "utf-8", newline="")

    def books(separator):
        # separator, quotes, UTF-8, first line, no formats, English, guess numbers, run formulas: all that is risky
        how = f"CSV:{ord(separator)},34,76,1,,1033,false,true,false,false,false,-1,true"
        target = folder / str(ord(separator))
        command = [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
        ]
        command += ["--convert-to", "xlsx", "--infilter=" + how, "--outdir", target]
        ran = subprocess.run([*command, *folder.glob("*.csv")], capture_output=True, timeout=300, check=False)
        assert ran.returncode == 0, ran.stderr
        assert {path.stem for path in target.iterdir()} == set(files)
        return {path.stem: (path, openpyxl.load_workbook(path).active) for path in target.iterdir()}

    return {separator: books(separator) for separator in ",;"}


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.hostile("U01", "U02")
def test_nothing_is_run(opened, separator):
    """Of the bare texts LibreOffice runs some, of what the library writes none, and nothing leads outside."""
    formulas = {
        name: [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        for name, (_, sheet) in opened[separator].items()
    }
    assert len(formulas.pop("bare")) > 20
    assert not {name: found[:3] for name, found in formulas.items() if found}
    for name, (path, _) in opened[separator].items():
        with zipfile.ZipFile(path) as packed:
            assert name == "bare" or not [part for part in packed.namelist() if "external" in part.lower()]


@pytest.mark.hostile("U01")
def test_texts_are_texts_and_numbers_numbers(opened):
    """Each cell that is opened by comma holds its guarded text, and the number beside it is one."""
    _, sheet = opened[","]["guarded"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    known = many_texts()
    assert len(rows) == len(known)
    assert {value for _, value in rows} == {-1.5}
    compared = 0
    for text, (cell, _) in zip(known, rows, strict=True):
        if text.isprintable() and not re.search("[0-9]", text):
            assert cell == spreadsheet_safe(text)
            compared += 1
    assert compared > 500


def test_listings_guard_their_names():
    """The name of a column is guarded like a cell."""
    assert Listing("", {"=1+1": ["a"], "b;=1": ["c"]}).to_csv().splitlines()[0] == "'=1+1,b;'=1"
