"""Pictures made while the site is built: the Python blocks of a page run, and show what they save.

A block that says ``plots.save(..., "name.svg")`` has its picture above it. So the code that is shown is the
code that ran; and a page that cannot be drawn ends the build.
"""

import re
from collections.abc import Iterable
from contextlib import chdir
from os.path import relpath
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

_BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n", re.DOTALL | re.MULTILINE)
_SAVED = re.compile(r"plots\.save\(.*?\"([\w-]+\.svg)\"\)", re.DOTALL)
_MARKS = re.compile(r"\]\([^)]*\)|[\[\]*`]")


def pictured(text: str, folder: Path, start: Path, name: str) -> str:
    """Return a page with the pictures that its blocks save.

    Parameters
    ----------
    text : str
        The page in Markdown; its blocks run one after the other, like a program.
    folder : Path
        Where the pictures are saved.
    start : Path
        The folder of the page, from which it names them.
    name : str
        For errors.

    Raises
    ------
    ExtensionError
        If a block fails, or saves no picture where it says so.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.svg"):
        old.unlink()
    names: dict[str, Any] = {}

    def drawn(found: re.Match[str]) -> str:
        _run(found["code"], names, folder, name)
        pictures = [folder / file for file in _SAVED.findall(found["code"])]
        missing = [str(file) for file in pictures if not file.is_file()]
        if missing:
            raise ExtensionError(f"{name}: no picture was drawn: {', '.join(missing)}")
        words = _words(text[: found.start()])
        return (
            "".join(f"![{words}]({Path(relpath(file, start)).as_posix()})\n\n" for file in pictures)
            + found[0]
        )

    return _BLOCK.sub(drawn, text)


def _words(above: str) -> str:
    """Return the paragraph above a picture: what the picture shows, for those who do not see it."""
    return " ".join(_MARKS.sub("", above.rstrip().rpartition("\n\n")[2]).split())


def _run(code: str, names: dict[str, Any], folder: Path, name: str) -> None:
    with chdir(folder):
        try:
            exec(compile(code, name, "exec"), names)  # noqa: S102 (the page is ours, and the tests run it too)
        except Exception as error:
            raise ExtensionError(f"{name}: a picture cannot be drawn by\n{code}{error!r}") from error


def draw(app: Sphinx, name: str, source: list[str]) -> None:
    """Draw the pictures of a page that has some."""
    if name in app.config.pictured_pages:
        folder = Path(app.doctreedir).resolve() / "pictures" / name
        source[0] = pictured(source[0], folder, (Path(app.srcdir) / name).parent, name)


def draw_again(app: Sphinx, *_: Any) -> Iterable[str]:
    """Take pages with pictures for outdated: what they show changes with the library."""
    return app.config.pictured_pages


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_config_value("pictured_pages", [], "env")
    app.connect("source-read", draw)
    app.connect("env-get-outdated", draw_again)
    return {"parallel_read_safe": True}
