"""LaTeX is compiled, and its pages are read back: no command of a label ran, and every label stands there."""

import subprocess

import pytest
from hostile_texts import TEXTS, UNSHRUNK, accepted, every_grid, grids_of, package, program, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from stances import Dataset, Source, cite
from stances.escapes import one_line
from stances.tables import remark, render
from stances.validators import text as as_text

pypdf = package("pypdf")
HEAD = r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{cmap,booktabs,textcomp}\begin{document}"
CANARY = "This canary sang."
LIGATURES = {0x1B: "ff", 0x1C: "fi", 0x1D: "fl", 0x1E: "ffi", 0x1F: "ffl"}  # where fonts of TeX have them


def has_signs(text):
    """Tell whether pdflatex has signs for a text: other scripts need LuaLaTeX and a font of theirs."""
    return all(" " <= c <= "~" or c in "äéñ" for c in one_line(text))


def printable(text):
    """Return what pdflatex has signs for of a text."""
    return "".join(filter(has_signs, text))


def run(folder, *command):
    """Run a program of TeX without a shell."""
    ran = subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stdout.decode("utf-8", "replace")[-1500:]


def compiled(folder, body, bibliography=False):
    """Return the texts of the pages of a document."""
    (folder / "canary.tex").write_text(CANARY)
    (folder / "paper.tex").write_text(f"{HEAD}\n{body}\n\\end{{document}}", "utf-8")
    latex = [
        program("pdflatex"),
        "-interaction=nonstopmode",
        "-halt-on-error",
        "-no-shell-escape",
        "paper.tex",
    ]
    run(folder, *latex)
    if bibliography:
        run(folder, program("bibtex"), "paper")
        run(folder, *latex)
        run(folder, *latex)
    assert not (folder / "owned").exists()
    pages = pypdf.PdfReader(folder / "paper.pdf").pages
    return [page.extract_text().translate(LIGATURES) for page in pages]


def signs(text):
    """Return the signs of a text without its blanks, as the distances of a page are none; quotes as TeX has them."""
    return "".join(one_line(text).split()).replace("'", "’").replace("`", "‘")


def assert_printed(grids, folder):
    """Each grid is a page, whose title, rows and notes are those of the grid."""
    pages = compiled(folder, "\n".join(f"{render(grid, 'latex')}\n\\clearpage" for grid in grids))
    assert len(pages) == len(grids)
    for number, (grid, page) in enumerate(zip(grids, pages, strict=True), 1):
        parts = [f"Table{number}:{grid.title}", *grid.header, *sum(grid.rows, ()), *grid.notes, str(number)]
        assert signs(page) == signs("".join(map(signs, parts)))


def test_latex_would_notice(tmp_path):
    """What these tests look for is there where a command does run."""
    assert CANARY in compiled(tmp_path, r"\input{canary}")[0]


@given(st.lists(grids_of(texts.map(printable)), min_size=1, max_size=30))
@settings(max_examples=10, phases=UNSHRUNK)
@pytest.mark.hostile("U05", "U06")
def test_any_table(tmp_path_factory, found):
    """Whatever the labels, the table compiles, and the page has them sign by sign."""
    assert_printed(found, tmp_path_factory.mktemp("latex"))


@pytest.mark.hostile("U05", "U06")
def test_each_text_in_each_place(tmp_path):
    """Each hostile text for which pdflatex has signs, in each place of a table."""
    found = every_grid([text for text in TEXTS if has_signs(text)])
    assert len(found) > 100
    assert_printed(found, tmp_path)


@pytest.mark.hostile("U05")
def test_every_result(tmp_path, hostile_results):
    """Every result there is compiles with its labels, and its remark stays a comment."""
    kept = {
        name: r
        for name, r in hostile_results.items()
        if all(map(has_signs, r.to_table("latex").splitlines()))
    }
    assert len(kept) >= 5
    lines = [text for text in TEXTS if has_signs(text)]
    parts = [f"{r.to_table('latex')}\n{remark(lines, 'latex')}\\clearpage" for r in kept.values()]
    assert not [page for page in compiled(tmp_path, "\n".join(parts)) if CANARY in page]


@pytest.mark.hostile("U05")
def test_bibliographies(tmp_path):
    """BibTeX takes every hostile title, publisher and address, and LaTeX prints them sign by sign."""
    titles = accepted(as_text, [text for text in TEXTS if has_signs(text)])
    sources = [Source(f"s{k}", t, publisher=t, url=t, date="2025-12") for k, t in enumerate(titles)]
    (tmp_path / "data.bib").write_text(
        cite(Dataset("d", title=titles[0], licence=titles[1], sources=sources))
    )
    body = r"\nocite{*}\bibliographystyle{unsrt}\bibliography{data}"
    printed = "".join(signs(page) for page in compiled(tmp_path, body, bibliography=True))
    assert "error message" not in (tmp_path / "paper.blg").read_text("latin-1")
    assert (tmp_path / "paper.bbl").read_text("utf-8").count(r"\bibitem") == len(titles) + 2
    for title in titles:
        assert signs(" ".join(one_line(title).split()))[:40] in printed, title
    assert signs(CANARY) not in printed
