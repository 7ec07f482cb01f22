"""The page: templates, style sheet and script put together under a strict content policy.

Every text that is printed goes through Jinja's escaping and through `visible`; what the script reads
is JSON in which nothing can end the element that holds it.
"""

import base64
import hashlib
import json
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from stances import __version__, captions
from stances.errors import MissingExtraError
from stances.escapes import visible
from stances.printable import cell_text, rounded
from stances.report import texts
from stances.report.boards import key_of
from stances.report.context import context_of
from stances.report.packing import packed
from stances.report.questions import when_text

if TYPE_CHECKING:
    from stances.report.result import Report

SCRIPTS = ("state.js", "grid.js", "panel.js", "lists.js")
POLICY = (
    "default-src 'none'; style-src {style}; script-src {script}; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def page(report: "Report") -> str:
    """Return a report as one HTML file."""
    style, script = _own("report.css"), "(() => {\n" + "\n".join(map(_own, SCRIPTS)) + "})();"
    policy = POLICY.format(style=_hash(style), script=_hash(script))
    environment = _environment(engine())
    own = {"policy": policy, "style": style, "script": script, "data": json_island(report)}
    return str(environment.get_template("page.html.j2").render(**context_of(report), **own))


def engine() -> Any:
    """Return Jinja2.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    try:
        return import_module("jinja2")
    except ImportError:
        raise MissingExtraError("Jinja2", "'stances[report]'") from None


@cache
def _environment(jinja2: Any) -> Any:
    """Return what lays out templates, which are compiled once."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("stances.report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: shown(value) if type(value) is str else value,
    )
    environment.filters |= {"rounded": rounded, "cell": cell_text, "when": when_text, "count": texts.count}
    environment.globals |= {"version": __version__, "thin": captions.THIN}
    return environment


def shown(text: str) -> str:
    """Return a text in one line, with what controls terminals or turns lines around made visible."""
    plain = text.isascii() and text.isprintable()  # so most are
    return text if plain else visible(" ".join(text.splitlines()))


def _own(name: str) -> str:
    return files("stances.report").joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def json_island(report: "Report") -> str:
    """Return what the script reads, as JSON that stays inside its element."""
    positions = report.matrix.positions
    issues = [(issue, report.names.issue(issue)) for issue in positions.issues]
    document = {
        "actors": [(actor, report.names.actor(actor)) for actor in positions.actors],
        "issues": [("", texts.ALL_ISSUES), *issues],
        "bases": [(basis, report.basis_name(basis)) for basis in report.bases],
        "measures": [(measure.name, measure.title, key_of(measure)) for measure in report.measures],
        "levels": [question.scale.levels for question in positions.questions],
        "codes": {basis: packed(found.codes) for basis, found in report.bases.items()},
        "orders": report.orders,
        "views": report.views,
    }
    text = json.dumps(_shown(document), ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _shown(value: Any) -> Any:
    """Return a document in which every text can be shown."""
    if isinstance(value, dict):
        return {key: _shown(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(item) for item in value]
    return shown(value) if isinstance(value, str) else value
