"""Notebooks as pages: run while the site is built, since they are saved without outputs."""

import json
import logging
import os
import sys
from base64 import b64decode
from collections.abc import Iterator
from os.path import relpath
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from docutils import nodes
from myst_parser.parsers.sphinx_ import MystParser
from sphinx.application import Sphinx

KERNEL = "of-this-environment"
# What a cell made, the best form first; text where there is no other.
PICTURES = {"image/svg+xml": "svg", "image/png": "png"}


def executed(text: str, folder: Path) -> Any:
    """Return a notebook with its outputs, run in `folder` by this very Python.

    Parameters
    ----------
    text : str
        The notebook as it is saved.
    folder : Path
        Where its cells find and leave files.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell fails.
    """
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.reads(text, as_version=4)
    with TemporaryDirectory() as kernels:
        spec = Path(kernels, "kernels", KERNEL)
        spec.mkdir(parents=True)
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=ERROR"]
        content = {"argv": argv, "display_name": KERNEL, "language": "python", "env": {"PYTHONPATH": _here()}}
        (spec / "kernel.json").write_text(json.dumps(content), "utf-8")
        with patch.dict(os.environ, {"JUPYTER_PATH": kernels}):
            resources = {"metadata": {"path": str(folder)}}
            client = NotebookClient(notebook, kernel_name=KERNEL, timeout=120, resources=resources)
            client.log.setLevel(logging.WARNING)  # nothing is said while all goes well
            return client.execute()


def _here() -> str:
    """Return the path on which the library is imported from where this process has it."""
    import stances

    home = str(Path(stances.__file__).resolve().parent.parent)
    return os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])])


def as_markdown(notebook: Any, folder: Path, start: Path) -> str:
    """Return a notebook that was run as a page; its pictures go to `folder`, named as seen from `start`."""
    parts = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        else:
            parts += [_fenced("python", cell.source), *_outputs(cell, folder, start)]
    return "\n\n".join(parts) + "\n"


def _outputs(cell: Any, folder: Path, start: Path) -> Iterator[str]:
    for number, output in enumerate(cell.outputs):
        if output.output_type == "stream":
            yield _fenced("text", output.text)
            continue
        kind = next((kind for kind in PICTURES if kind in output.data), None)
        if kind is not None:
            path = folder / f"{cell.id}-{number}.{PICTURES[kind]}"
            content = output.data[kind]
            path.write_bytes(content.encode() if path.suffix == ".svg" else b64decode(content))
            yield f"![What the lines above draw]({Path(relpath(path, start)).as_posix()})"
        elif "text/html" in output.data:
            yield _fenced("{raw} html", f'<div class="output">{output.data["text/html"]}</div>')
        else:
            yield _fenced("text", output.data["text/plain"])


def _fenced(language: str, text: str) -> str:
    return f"````{language}\n{text.rstrip()}\n````"


class NotebookParser(MystParser):
    """Reads a notebook as the Markdown page that it makes when it is run."""

    supported = ("ipynb",)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Run the notebook and parse the page that it makes."""
        env = document.settings.env
        folder = Path(env.doctreedir).resolve() / "pictures" / env.docname
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory() as place:
            notebook = executed(inputstring, Path(place))
        start = (Path(env.srcdir) / env.docname).parent
        super().parse(as_markdown(notebook, folder, start), document)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_source_suffix(".ipynb", "ipynb")
    app.add_source_parser(NotebookParser)
    return {"parallel_read_safe": True}
