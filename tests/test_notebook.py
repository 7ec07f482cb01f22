"""The example notebook: saved without outputs, and every cell gives what its page promises."""

import importlib
import json
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"
NOTEBOOKS = sorted((DOCS / "notebooks").glob("*.ipynb"))
FIRST = DOCS / "notebooks" / "first-hour.ipynb"

pytestmark = [
    pytest.mark.skipif(not DOCS.is_dir(), reason="the docs are tested from a checkout"),
    # what runs notebooks warns of its own future, which is not ours
    pytest.mark.filterwarnings("ignore::DeprecationWarning:jupyter_client"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:jupyter_core"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:nbclient"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq"),
]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_are_saved_without_outputs(path):
    """A notebook holds no output, no count of runs and no path of a machine, so that its diffs are its text."""
    text = path.read_text("utf-8")
    notebook = json.loads(text)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code
    assert [cell["id"] for cell in code if cell["outputs"] or cell["execution_count"] is not None] == []
    assert set(notebook["metadata"]["language_info"]) == {"name"}
    assert re.findall(r"(?:/home/|/Users/|/tmp/|[A-Z]:\\)", text) == []


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """What each cell of the first notebook shows when it is run: by the id of the cell, its outputs as text."""
    for package in ("nbclient", "ipykernel", "matplotlib", "myst_parser", "scipy", "sphinx"):
        pytest.importorskip(package, reason="notebooks are run with the docs extra")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(DOCS / "extensions"))
        notebooks = importlib.import_module("notebooks")
        notebook = notebooks.executed(FIRST.read_text("utf-8"), tmp_path_factory.mktemp("notebook"))
    return {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}


def shown(outputs, cell, kind="text/html"):
    """Return what a cell shows, in one of its forms."""
    (output,) = outputs[cell]
    return output.text if output.output_type == "stream" else output.data[kind]


def test_the_notebook_shows_tables(outputs):
    """A dataset, a matrix and a comparison show as tables, with the values of the report."""
    values = {
        "load": "China",
        "matrix": "(1.00) of 4, 3 silent",
        "compare": "cooperate-on-ukraine",
        "votes-by-issue": "0.90 [0.51, 1.00] of 5",
    }
    for cell, value in values.items():
        assert "<table" in shown(outputs, cell)
        assert value in shown(outputs, cell)


def test_the_notebook_gives_values(outputs):
    """Values, reasons and policies come out as the docs tell."""
    assert shown(outputs, "cell", "text/plain") == "(1.0, 4, 'no_shared_questions')"
    assert "gaza             no_shared_questions (shared: 0)" in shown(outputs, "by-issue")
    assert "neutral  0.89\nbounds   0.68 to 1.00" in shown(outputs, "policies")
    assert shown(outputs, "interval", "text/plain") == "(0.42, 1.0)"


def test_the_notebook_draws(outputs):
    """The heatmap shows as a picture."""
    assert shown(outputs, "draw", "image/svg+xml").rstrip().endswith("</svg>")


def test_the_notebook_mends_a_table(outputs):
    """The slip in the table is told with its place and remedy, and once mended the table is compared."""
    told = shown(outputs, "slip")
    assert "club.csv, line 5, column position" in told
    assert "did you mean 'yes'?" in told
    assert "(0.50) of 2" in shown(outputs, "mended")
    assert shown(outputs, "csv").splitlines()[1].startswith("Ada,Ben,,,,0.5,2,2")


def test_the_page_of_a_notebook_holds_what_its_cells_show(outputs, tmp_path):
    """As a page, each cell is a block of code with its outputs below, and pictures become files."""
    nbformat = pytest.importorskip("nbformat")
    notebooks = importlib.import_module("notebooks")  # loaded by the fixture
    cell = nbformat.v4.new_code_cell("draw()", id="draw")
    cell.outputs = [nbformat.v4.new_output("display_data", {"image/png": "aGk=", "text/plain": "<Figure>"})]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# One"), cell])
    page = notebooks.as_markdown(notebook, tmp_path, tmp_path)
    assert page == "# One\n\n````python\ndraw()\n````\n\n![What the lines above draw](draw-0.png)\n"
    assert (tmp_path / "draw-0.png").read_bytes() == b"hi"
