"""The site: ``python -m sphinx -W --keep-going -b html docs build/site``.

The pages are the Markdown that a code host shows and that the tests run. What only the site has comes from
`docs/extensions`: the contents at the side, pages for CONTRIBUTING and CHANGELOG, the help of every verb, and
the pictures of the gallery. Nothing is fetched while it is built.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "extensions"))

import stances

project = "stances"
author = "the stances maintainers"
copyright = author  # noqa: A001 (Sphinx gives it this name)
version = release = stances.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "notebooks",
    "outline",
    "pictures",
    "verbs_help",
]
exclude_patterns = ["extensions", "assets"]
pictured_pages = ["gallery", "index"]
default_role = "py:obj"  # `Matrix` in a docstring links where there is such a page, and is code elsewhere

myst_heading_anchors = 4  # as code hosts make them
myst_links_external_new_tab = False

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the docstrings tell types, with shapes and ranges
napoleon_google_docstring = False
napoleon_custom_sections = [("Attributes", "params_style")]

copybutton_prompt_text = r"\$ |>>> |\.\.\. "
copybutton_prompt_is_regexp = True
copybutton_only_copy_prompt_lines = True
copybutton_remove_prompts = True

html_theme = "furo"
html_title = "stances"
html_static_path = ["assets"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
