"""The site: every public name has a page, links lead somewhere, help and pictures are made while it is built."""

import importlib
import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

import stances
from stances import errors, face
from stances.cli.verbs import VERBS

PROJECT = Path(__file__).resolve().parent.parent
DOCS = PROJECT / "docs"
API = DOCS / "reference" / "api"
AT_THE_SIDE = ("strategies", "testing")
_DIRECTIVE = re.compile(r"^\.\. (currentmodule|auto\w+|data):: (\S+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#\s:]+)(?:#[^)\s]*)?\)")

pytestmark = pytest.mark.skipif(not DOCS.is_dir(), reason="the docs are tested from a checkout")


@pytest.fixture
def extension(monkeypatch):
    """Return a module of `docs/extensions`, or skip where what it needs is not installed."""
    pytest.importorskip("sphinx", reason="the site needs the docs extra")
    pytest.importorskip("myst_parser", reason="the site needs the docs extra")
    monkeypatch.syspath_prepend(str(DOCS / "extensions"))
    return importlib.import_module


def named():
    """Return how often the API pages document each name, in full."""
    found = Counter()
    for page in sorted(API.glob("*.rst")):
        module = ""
        for directive, name in _DIRECTIVE.findall(page.read_text("utf-8")):
            full = name if name.startswith("stances.") else f"{module}.{name}"
            if directive == "currentmodule":
                module = name
            else:
                found[full] += 1
    return found


def public():
    """Return every public name, in full, by the module that gives it."""
    modules = {f"stances.{name}" for name in (*face.MODULES, *AT_THE_SIDE)}
    names = {"stances": set(stances.__all__)}
    names |= {module: set(importlib.import_module(module).__all__) for module in modules}
    names["stances.errors"] = {
        name
        for name in errors.__all__
        if isinstance(getattr(errors, name), type) and name not in stances.__all__
    }
    full = {module: {f"{module}.{name}" for name in given} for module, given in names.items()}
    full["stances"] |= modules
    return full


def test_every_public_name_is_documented():
    """The API pages name each public name, and each once."""
    found = named()
    due = set().union(*public().values())
    assert due - set(found) == set()
    assert [name for name, times in found.items() if times > 1] == []


def test_no_page_names_what_is_not_public():
    """Of a public module the API pages name only public names."""
    due = public()
    strangers = {name for name in named() if name.rpartition(".")[0] in due}
    assert strangers - set().union(*due.values()) == set()


def test_results_that_pages_name_exist():
    """What is documented beside the public names, such as the class of a result, is there."""
    for name in set(named()) - set().union(*public().values()):
        module, _, last = name.rpartition(".")
        assert hasattr(importlib.import_module(module), last), name


def test_a_name_that_no_page_holds_is_missed(monkeypatch):
    """The comparison sees a public name that has no page, and a page of a name that is gone."""
    monkeypatch.setattr(stances, "__all__", [*stances.__all__, "brand_new"])
    with pytest.raises(AssertionError, match="brand_new"):
        test_every_public_name_is_documented()
    monkeypatch.setattr(stances, "__all__", [name for name in stances.__all__ if name != "load"])
    with pytest.raises(AssertionError, match=r"stances\.load"):
        test_no_page_names_what_is_not_public()


@pytest.mark.parametrize(
    "page",
    [*sorted(PROJECT.glob("*.md")), *sorted(DOCS.rglob("*.md"))],
    ids=lambda path: str(path.relative_to(PROJECT)),
)
def test_links_lead_to_files(page):
    """Every relative link of a page leads to a file of the project."""
    text = re.sub(r"^(`{3,}).*?^\1", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    for target in _LINK.findall(text):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_page_stands_in_the_contents():
    """The contents at the side name every page, and no page that is gone."""
    listed = re.findall(
        r"^[a-z][\w/-]*$", (DOCS / "extensions" / "contents.md").read_text("utf-8"), re.MULTILINE
    )
    pages = {
        str(path.relative_to(DOCS).with_suffix(""))
        for kind in ("md", "ipynb")
        for path in DOCS.rglob(f"*.{kind}")
        if "extensions" not in path.parts
    }
    assert Counter(listed) == Counter({*pages, "reference/api/index"} - {"index"})


def test_the_help_of_every_verb_is_shown(extension):
    """The page of verbs has each verb with all of its options, as the program prints them."""
    shown = dict(extension("verbs_help").help_of_verbs())
    assert [name for name in shown if " " not in name] == sorted(VERBS)
    for name, verb in VERBS.items():
        command = verb.load(name)
        if isinstance(command, click.Group):
            assert {f"{name} {below}" for below in command.commands} <= set(shown)
        options = [option for parameter in command.params for option in parameter.opts]
        assert [option for option in options if option.startswith("--") and option not in shown[name]] == []
        assert shown[name].startswith(f"Usage: stances {name}")


PAGE = """\
# Two pictures

A `line` of [text](there.md).

```python
from stances import SUPPORT

class plots:
    def save(text, path):
        with open(path, "w") as file:
            file.write(text)

plots.save("<svg/>", "one.svg")
```

```python
levels = len(SUPPORT.levels)
```
"""


def test_pictures_stand_above_the_code_that_drew_them(extension, tmp_path):
    """A block that saves a picture is run, and its picture stands above it with the text before as its words."""
    text = extension("pictures").pictured(PAGE, tmp_path / "made", tmp_path, "page")
    assert (tmp_path / "made" / "one.svg").read_text() == "<svg/>"
    assert "![A line of text.](made/one.svg)\n\n```python\nfrom stances" in text
    assert text.count("![") == 1
    assert text.replace("![A line of text.](made/one.svg)\n\n", "") == PAGE


@pytest.mark.parametrize(
    ("before", "after"), [("SUPPORT.levels", "SUPPORT.nothing"), ("open(path", "open(path + '.txt'")]
)
def test_a_picture_that_cannot_be_drawn_ends_the_build(extension, tmp_path, before, after):
    """A block that fails, or that saves nothing where it says so, is an error that shows it."""
    from sphinx.errors import ExtensionError

    with pytest.raises(ExtensionError, match=r"page: (a picture cannot be drawn by|no picture was drawn)"):
        extension("pictures").pictured(PAGE.replace(before, after), tmp_path, tmp_path, "page")


def test_links_out_of_the_docs_lead_to_pages_of_the_site(extension):
    """A link to CONTRIBUTING leads to the page that includes it, with its anchor; all other links stay."""
    source = [
        "[a](../../CONTRIBUTING.md#errors) [b](wedges.md) [c](../../README.md) [d](https://example.org)"
    ]
    extension("outline").link_pages(SimpleNamespace(srcdir=DOCS), "explanation/architecture", source)
    assert source == [
        "[a](../project/contributing.md#errors) [b](wedges.md) [c](../../README.md) [d](https://example.org)"
    ]


def test_only_the_first_page_gets_the_contents(extension):
    """The first page ends in the contents; another page is left alone."""
    app = SimpleNamespace(srcdir=DOCS, config=SimpleNamespace(root_doc="index"))
    pages = {"index": ["# One"], "tutorial": ["# Two"]}
    for name, source in pages.items():
        extension("outline").add_contents(app, name, source)
    assert pages["index"][0].startswith("# One\n\n```{toctree}")
    assert "how-to/for-newsrooms" in pages["index"][0]
    assert pages["tutorial"] == ["# Two"]
