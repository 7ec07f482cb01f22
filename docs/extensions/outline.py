"""What the site adds to pages that a code host shows as they are: contents, and the project's own files."""

import os
import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

# Files beside `docs` that have a page here, which includes them.
PAGES = {"CONTRIBUTING.md": "project/contributing.md", "CHANGELOG.md": "project/changelog.md"}
_LINK = re.compile(r"\]\((?P<path>(?:\.\./)*[^)#\s:]+)(?P<anchor>#[^)\s]*)?\)")


def add_contents(app: Sphinx, name: str, source: list[str]) -> None:
    """Add the contents at the side to the first page."""
    if name == app.config.root_doc:
        source[0] += "\n" + (Path(app.srcdir) / "extensions" / "contents.md").read_text("utf-8")


def link_pages(app: Sphinx, name: str, source: list[str]) -> None:
    """Let links to files beside `docs`, and links in files included from there, lead to their pages."""
    folder = (Path(app.srcdir) / name).parent

    def moved(found: re.Match[str]) -> str:
        target = Path(os.path.normpath(folder / found["path"]))
        page = PAGES.get(os.path.relpath(target, Path(app.srcdir).parent))
        if page is None:
            return found[0]
        return f"]({os.path.relpath(Path(app.srcdir) / page, folder)}{found['anchor'] or ''})"

    source[0] = _LINK.sub(moved, source[0]).replace("\n\n```\n", "\n```\n")  # doctests end in a blank line


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("source-read", add_contents)
    app.connect("source-read", link_pages)
    return {"parallel_read_safe": True}
