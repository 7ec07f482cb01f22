"""The house has floors: which module may import which, read from the source."""

import ast
from pathlib import Path

import pytest

import stances
from stances import face

PACKAGE = Path(stances.__file__).parent

# Each place, and the places of the package that it may import. A folder is one place.
ALLOWED = {
    "face": {"errors"},
    "errors": set(),
    "atomic": set(),
    "progress": set(),
    "shipped": {"errors"},
    "dates": {"errors"},
    "limits": {"errors", "validators"},
    "dialect": {"errors"},
    "escapes": set(),
    "tables": {"errors", "escapes"},
    "cells": set(),
    "pickling": {"", "errors"},
    "printable": {"atomic", "colophon", "columnar", "origin", "pickling", "tables"},
    "validators": {"dates", "errors"},
    "scales": {"errors", "validators"},
    "evidence": {"dates", "validators"},
    "models": {"dates", "errors", "evidence", "scales", "validators"},
    "origin": {"models"},
    "colophon": {"", "origin", "tables"},
    "columnar": {"errors", "tables"},
    "citations": {"", "dates", "errors", "escapes", "models", "origin", "printable", "tables"},
    # where records meet arithmetic
    "codes": {"cells", "errors", "models", "scales"},
    "selection": {"dates", "errors", "models", "validators"},
    "listing": {"codes", "models", "origin", "tables"},
    "positions": {
        "codes", "dates", "errors", "listing", "models", "origin", "printable", "scales", "selection", "tables",
        "validators",
    },
    # what was said
    "integrity": {"errors", "models"},
    "resolution": {"dates", "errors", "models", "positions", "validators"},
    "dataset": {
        "dates", "errors", "integrity", "models", "origin", "positions", "printable", "resolution", "scales",
        "tables", "validators",
    },
    "files": {
        "atomic", "dataset", "dates", "dialect", "errors", "integrity", "limits", "models", "scales", "shipped",
        "tables", "validators",
    },
    "merging": {"dataset", "dialect", "errors", "files", "integrity", "models", "scales", "validators"},
    "issue_rules": {
        "dates", "errors", "files", "limits", "models", "origin", "positions", "printable", "shipped", "tables",
        "validators",
    },
    # what actors are called, and who belonged to which bloc
    "registry": {"dates", "errors", "files", "models", "printable", "shipped", "tables", "validators"},
    # what a reader would ask
    "lookalikes": set(),
    "doubts": {"dataset", "dates", "errors", "lookalikes", "models", "registry"},
    "checking": {"dataset", "doubts", "errors", "models", "origin", "printable", "tables"},
    # what others recorded
    "readers": {
        "codes", "dates", "errors", "files", "models", "positions", "progress", "registry", "scales",
        "validators",
    },
    # arithmetic
    "measures": {"errors", "scales"},
    "counts": {"codes", "errors", "measures", "pickling", "positions", "scales"},
    "silence": {"counts", "errors", "measures"},
    "slices": {"errors", "models", "positions"},
    "dyads": {"errors", "positions", "printable", "registry"},
    "overview": {"captions", "origin", "printable", "tables"},
    "plots": {"atomic", "captions", "dates", "dendrogram", "distances", "errors", "escapes", "leftovers", "printable", "tables"},
    "expansion": {"errors", "positions", "registry"},
    "bloc_positions": {"dataset", "errors", "models", "positions", "registry"},
    "student": set(),
    "memory": set(),
    "uncertainty": {"errors", "slices", "validators"},
    "intervals": {"counts", "measures", "silence", "student"},
    "mean_intervals": {"intervals", "measures", "student"},
    "bootstrap": {
        "counts", "errors", "intervals", "measures", "positions", "progress", "silence", "slices",
        "uncertainty",
    },
    "raters": {"cells", "errors"},
    "dispersion": {"errors"},
    "coverage": {"positions"},
    "leftovers": {"errors", "positions"},
    "captions": {"counts", "leftovers", "models", "positions", "printable", "shipped", "silence", "tables"},
    # who stands near whom
    "distances": {"captions", "errors"},
    "dendrogram": {"distances", "errors"},
    "matrix": {
        "captions", "coverage", "dendrogram", "distances", "dyads", "errors", "measures", "origin",
        "overview", "plots", "positions", "printable", "registry", "silence", "tables", "uncertainty",
        "validators",
    },
    # where they are compared
    "computing": {
        "bootstrap", "counts", "errors", "intervals", "matrix", "measures", "memory", "positions", "progress",
        "silence", "uncertainty",
    },
    "parts": {"counts", "errors", "measures", "positions", "progress", "readers", "validators"},
    "matrices": {
        "bootstrap", "computing", "dataset", "errors", "matrix", "measures", "positions", "progress",
        "silence", "slices", "uncertainty",
    },
    "comparison": {"measures", "models", "origin", "printable", "silence", "tables", "uncertainty"},
    "explain": {
        "comparison", "computing", "counts", "dataset", "errors", "matrices", "measures", "models",
        "positions", "progress", "silence",
    },
    "codings": {
        "dataset", "errors", "models", "origin", "positions", "printable", "raters", "resolution", "scales",
        "tables",
    },
    "reliability": {"codings", "raters"},
    # who stands together, and since when
    "scaling": {"captions", "distances", "matrix", "measures", "origin", "plots", "printable", "tables"},
    "clusters": {
        "bootstrap", "captions", "computing", "dendrogram", "distances", "errors", "matrix", "origin",
        "plots", "positions", "printable", "progress", "prompts", "tables", "uncertainty",
    },
    "trends": {
        "bloc_positions", "bootstrap", "captions", "comparison", "dataset", "dates", "errors", "expansion",
        "explain", "matrices", "matrix", "mean_intervals", "models", "origin", "plots", "positions",
        "printable", "progress", "prompts", "registry", "slices", "tables", "uncertainty",
    },
    # who keeps its word, what is shared, and what changed
    "passages": {"models", "tables"},
    "prompts": {"shipped"},
    "deeds": {
        "captions", "comparison", "dataset", "errors", "expansion", "matrices", "matrix", "models", "origin",
        "passages", "plots", "positions", "printable", "prompts", "tables", "uncertainty",
    },
    "ground": {
        "captions", "dataset", "dispersion", "errors", "expansion", "matrices", "mean_intervals", "models",
        "origin", "passages", "positions", "printable", "prompts", "scales", "slices", "tables", "uncertainty",
    },
    "differences": {
        "captions", "codes", "computing", "dataset", "errors", "explain", "matrices", "matrix", "models",
        "origin", "passages", "positions", "printable", "scales", "tables",
    },
    # blocs as actors
    "blocs": {
        "bloc_positions", "captions", "comparison", "dataset", "dispersion", "errors", "explain", "matrices",
        "mean_intervals", "measures", "models", "origin", "passages", "plots", "positions", "printable",
        "prompts", "registry", "scales", "selection", "slices", "tables", "trends", "uncertainty",
    },
    # whom many stand nearest to
    "matching": {
        "captions", "computing", "counts", "dataset", "errors", "files", "matrices", "matrix", "measures",
        "models", "origin", "positions", "printable", "progress", "scales", "silence", "tables", "validators",
    },
    # one page of all of it
    "report": {
        "", "atomic", "bloc_positions", "blocs", "captions", "checking", "colophon", "comparison", "dataset", "dates",
        "deeds", "errors", "escapes", "explain", "files", "ground", "matrices", "matrix", "measures", "models", "origin",
        "overview", "passages", "positions", "printable", "progress", "registry", "silence", "slices", "tables",
    },
    # what people type
    "cli": {
        "", "atomic", "bloc_positions", "blocs", "checking", "citations", "clusters", "colophon", "dataset",
        "deeds", "dialect", "differences", "errors", "escapes", "expansion", "explain", "files", "ground", "issue_rules",
        "limits", "matching", "matrices", "matrix", "measures", "merging", "models", "plots", "positions", "printable",
        "readers", "registry", "reliability", "report", "scales", "scaling", "shipped", "silence", "slices",
        "tables", "trends",
    },
    "__main__": {"cli"},
    # at the side
    "strategies": {
        "counts", "dataset", "dates", "errors", "matrices", "matrix", "measures", "models", "positions", "scales",
        "silence",
    },
    "testing": {
        "counts", "dataset", "errors", "files", "matrices", "matrix", "measures", "models", "positions",
        "printable", "scales", "silence", "strategies",
    },
}  # fmt: skip
PUBLIC = set(ALLOWED) - {
    "cli",
    "__main__",
    "strategies",
    "testing",
    "atomic",
    "escapes",
    "validators",
    "captions",
}
NO_NUMPY = {
    "errors",
    "atomic",
    "shipped",
    "escapes",
    "dates",
    "tables",
    "pickling",
    "printable",
    "validators",
    "scales",
    "evidence",
    "models",
    "origin",
    "integrity",
    "registry",
}


def places():
    """Yield every source file with the place it belongs to."""
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        if relative.name == "__init__.py" and len(relative.parts) == 1:
            continue
        yield relative.parts[0].removesuffix(".py"), path


def imports(path):
    """Return what a file imports while it runs, inside functions too; not what only types need."""
    tree = ast.parse(path.read_text("utf-8"))
    typing_only = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for statement in block.body
        for node in ast.walk(statement)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= set(inner) if node.module == "stances" else {node.module}
    return found


@pytest.mark.parametrize(
    ("place", "path"), list(places()), ids=lambda value: str(getattr(value, "name", value))
)
def test_imports_go_down(place, path):
    """A file imports only from the places its own place may stand on."""
    own = {name for name in imports(path) if name.split(".")[0] == "stances"}
    used = {_place(name) for name in own} - {place}
    assert used <= ALLOWED[place], f"{path.name} imports {sorted(used - ALLOWED[place])}"


def _place(name):
    parts = name.split(".")
    known = len(parts) > 1 and parts[1] in {p for p, _ in places()}
    return parts[1] if known else ""


def test_every_place_is_used_as_told():
    """The dictionary allows nothing that no file uses, so that it stays a true map."""
    used = {place: set() for place in ALLOWED}
    for place, path in places():
        used[place] |= {_place(n) for n in imports(path) if n.split(".")[0] == "stances"} - {place}
    assert {p: a - used[p] for p, a in ALLOWED.items() if a - used[p]} == {}


def test_records_know_no_numpy():
    """What was said is told without numpy; only positions and what stands on them use it."""
    for place, path in places():
        if place in NO_NUMPY or place == "files":
            assert not {name for name in imports(path) if name.split(".")[0] == "numpy"}, path


def test_the_arithmetic_knows_no_names():
    """Measures, many-rater coefficients and measures of dispersion know neither actors nor datasets."""
    for place in ("measures", "raters", "dispersion"):
        assert ALLOWED[place] <= {"cells", "errors", "scales"}


def test_the_root_imports_no_side_door():
    """`import stances` loads its face alone, and no name of the face lives at the side."""
    assert imports(PACKAGE / "__init__.py") == {"typing", "stances.face"}
    assert {*face.HOMES, *face.MODULES} <= PUBLIC


def test_the_house_does_not_ask_its_own_face():
    """A file imports a public name from its home; at the face it could wait for a thread that waits for it."""
    for _, path in places():
        assert "stances" not in imports(path), path
        nodes = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.ImportFrom)]
        asked = {alias.name for node in nodes if node.module == "stances" for alias in node.names}
        assert not asked & set(stances.__all__), f"{path.name} asks the face for {sorted(asked)}"
