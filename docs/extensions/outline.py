"""What the site adds to pages that a code host shows as they are: contents, and the project's own files."""

import os
import re
from pathlib import Path
from typing import Any

from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

# Files beside `docs` that have a page here, which includes them.
PAGES = {"CONTRIBUTING.md": "project/contributing.md", "CHANGELOG.md": "project/changelog.md"}
_LINK = re.compile(r"\]\((?P<path>(?:\.\./)*[^)#\s:]+)(?P<anchor>#[^)\s]*)?\)")


def add_contents(app: Sphinx, name: str, source: list[str]) -> None:
    """Add the contents at the side to the first page."""
    if name == app.config.root_doc:
        source[0] += "\n" + (Path(app.srcdir) / "extensions" / "contents.md").read_text("utf-8")


def link_pages(app: Sphinx, name: str, source: list[str]) -> None:
    """Let links to files beside `docs` lead to the pages that include them."""
    folder = (Path(app.srcdir) / name).parent

    def moved(found: re.Match[str]) -> str:
        target = Path(os.path.normpath(folder / found["path"]))
        page = PAGES.get(os.path.relpath(target, Path(app.srcdir).parent))
        if page is None:
            return found[0]
        path = Path(os.path.relpath(Path(app.srcdir) / page, folder)).as_posix()
        return f"]({path}{found['anchor'] or ''})"

    source[0] = _LINK.sub(moved, source[0]).replace("\n\n```\n", "\n```\n")  # doctests end in a blank line


def find_from_anywhere(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, text: Element
) -> Element | None:
    """Find a public name that a docstring of a module below the package calls by its short name."""
    domain, name = env.domains.python_domain, f"stances.{node['reftarget']}"
    found = domain.objects.get(name)
    if node["refdomain"] != "py" or found is None:
        return None
    return make_refnode(app.builder, node["refdoc"], found.docname, found.node_id, text, name)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("source-read", add_contents)
    app.connect("source-read", link_pages)
    app.connect("missing-reference", find_from_anywhere)
    return {"parallel_read_safe": True}
