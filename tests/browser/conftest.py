"""A real browser: Chromium through Playwright, in which pages are opened from the disk.

Where CI has the tools of development, a missing browser, Playwright or axe-core fails the tests; elsewhere
they are skipped, and say so.
"""

import importlib.util
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

from stances.report import report_of

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


def missing(what):
    """Fail in CI with the tools of development, and skip elsewhere, for want of what these tests need."""
    told = f"THE PAGE IS NOT TESTED IN A BROWSER: this machine has no {what}"
    developing = importlib.util.find_spec("sybil") is not None  # the test extra alone has no Sybil
    (pytest.fail if os.environ.get("CI") and developing else pytest.skip)(told)


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for all tests."""
    try:
        import jinja2  # noqa: F401  # the pages need it
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        missing(error.name)
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        missing("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core, which STANCES_AXE names."""
    path = os.environ.get("STANCES_AXE")
    if not path or not Path(path).is_file():
        missing("axe-core: name its axe.min.js in STANCES_AXE")
    return Path(path).read_text("utf-8")


@pytest.fixture(scope="session")
def page_of(tmp_path_factory):
    """Return the address of the page of some data, which is made once."""
    made = {}

    def make(data, **options):
        key = (id(data), *options.items())
        if key not in made:
            path = tmp_path_factory.mktemp("page") / "report.html"
            report_of(data, **options).to_html(path)
            made[key] = path.as_uri()
        return made[key]

    return make


@pytest.fixture
def opened(chromium):
    """Open an address; fail where the page complains, or asks for anything but itself."""

    @contextmanager
    def open_page(address, **settings):
        context = chromium.new_context(**{"viewport": {"width": 1200, "height": 900}, **settings})
        page, wrong = context.new_page(), []
        page.on("console", lambda message: wrong.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: wrong.append(f"request: {request.url}"))
        try:
            page.goto(address)
            wrong.remove(f"request: {address.partition('#')[0]}")  # the page itself
            yield page
            assert not [told for told in wrong if told != "request: data:,"]  # the empty icon
        finally:
            context.close()

    return open_page
