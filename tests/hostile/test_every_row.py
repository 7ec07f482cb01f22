"""The table of hostile inputs is complete: every row is a marked test, or is said not to apply."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent
PAGE = TESTS.parent / "docs" / "reference" / "hostile-inputs.md"
ROW = re.compile(r"[CJFUDNL]\d\d(?![\w])")
N_ROWS = 127


def constants(node, tables):
    """The texts that a marker names: written out, or the keys of a table of cases."""
    if isinstance(node, ast.Starred):
        return tables[node.value.id]
    return [node.value]


def marked():
    """The tests of each row, read from the markers in the source."""
    found = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        tables = {
            n.targets[0].id: [key.value for key in n.value.keys if isinstance(key, ast.Constant)]
            for n in tree.body
            if isinstance(n, ast.Assign) and isinstance(n.value, ast.Dict)
        }
        for function in (n for n in tree.body if isinstance(n, ast.FunctionDef)):
            for mark in function.decorator_list:
                if ast.unparse(mark).startswith("pytest.mark.hostile("):
                    for text in (t for node in mark.args for t in constants(node, tables)):
                        for row in ROW.findall(text.split(" ")[0]):
                            name = f"{path.relative_to(TESTS).as_posix()}::{function.name}"
                            found.setdefault(row, set()).add(name)
    return found


def listed():
    """The rows of the page: what the last cell says of each."""
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if ROW.match(line[2:5])]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    rows = [row[0] for row in cells]
    assert len(set(rows)) == len(rows), "a row stands twice"
    return {row[0]: row[-1] for row in cells}


def test_every_row_of_the_page_is_shown_by_its_tests():
    """The tests that the page names for a row are those marked with it, and no row is without either."""
    tests = marked()
    for row, said in listed().items():
        named = set(re.findall(r"`([\w/]+\.py::\w+)`", said))
        assert named == tests.get(row, set()), row
        assert named or said.startswith(("Not applicable: ", "Open: ")), row
    assert set(tests) <= set(listed())


def test_no_row_is_forgotten():
    """The page has as many rows as it says."""
    assert len(listed()) == N_ROWS


def test_the_figures_are_those_of_the_page():
    """How many rows are shown by tests, and how many do not apply, is told right elsewhere."""
    figures = (PAGE.parent.parent / "explanation" / "how-far-it-was-tried.md").read_text("utf-8")
    absent = sum(said.startswith("Not applicable: ") for said in listed().values())
    open_ones = sum(said.startswith("Open: ") for said in listed().values())
    told = f"{N_ROWS - absent - open_ones} are shown by tests, {absent} are not applicable"
    assert told in figures
    assert open_ones == 0


def test_the_page_has_the_rows_of_the_table(shared_file):
    """The rows are those of the table that the page answers."""
    text = shared_file("reference/hostile_inputs.md").read_text("utf-8")
    assert set(listed()) == {row for line in text.splitlines() for row in ROW.findall(line[2:5])}
    assert PAGE.is_file()


@pytest.mark.parametrize("row", ["C04", "N05"])
def test_markers_are_found(row):
    """A case of a table, and a single test, both count."""
    assert marked()[row]
