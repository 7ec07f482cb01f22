"""The face of the package: the module that each public name lives in, loaded when the name is first used.

So `import stances` costs next to nothing, and a program loads what it asks for and no more.
"""

import sys
from importlib import import_module
from threading import RLock

HOMES: dict[str, tuple[str, ...]] = {
    "bloc_positions": ("with_bloc",),
    "blocs": ("bloc_agreement", "bloc_line", "cohesion", "wedges"),
    "checking": ("check_dataset",),
    "citations": ("cite",),
    "clusters": ("camps",),
    "comparison": ("Comparison",),
    "computing": ("matrix_of_counts",),
    "counts": ("PairCounts",),
    "dataset": ("Dataset",),
    "dates": ("PartialDate", "Span"),
    "deeds": ("speech_and_action", "words_and_deeds"),
    "dialect": ("Dialect",),
    "differences": ("diff",),
    "errors": ("DatasetError", "StancesError", "StancesWarning"),
    "explain": ("compare",),
    "files": ("dump", "load"),
    "ground": ("common_ground", "fault_lines"),
    "issue_rules": ("assign_issues", "explain_issues"),
    "limits": ("Limits",),
    "matching": ("Nearest", "nearest"),
    "matrices": ("agreement_matrix", "divergence_matrix", "matrices_by"),
    "matrix": ("Matrix",),
    "measures": ("MEASURES", "Measure"),
    "merging": ("merge",),
    "models": (
        "Actor",
        "Basis",
        "Evidence",
        "Issue",
        "Membership",
        "Question",
        "Silence",
        "Source",
        "Stance",
        "Uncoded",
        "Voice",
    ),
    "parts": ("count_parts",),
    "positions": ("Positions",),
    "readers": (
        "from_table",
        "read_ches",
        "read_un_votes",
        "read_unvotes",
        "read_voeten",
        "read_voteview",
        "read_wahlomat",
    ),
    "registry": ("actor",),
    "report": ("Report", "report_of"),
    "scales": ("SUPPORT", "VOTE", "Scale"),
    "scaling": ("map_of",),
    "shipped": ("shipped_datasets",),
    "trends": ("trend",),
}
MODULES = ("dispersion", "plots", "registry", "reliability")

PACKAGE = "stances"
_HOME_OF = {name: home for home, names in HOMES.items() for name in names}
_ONE_AT_A_TIME = RLock()


def fetch(name: str) -> object:
    """Return a public name, or a module, of the package; this is its ``__getattr__`` (PEP 562).

    Threads may race for a name: one loads its home, the others wait. Python's own locks are one per
    module, and give up where two threads meet half-loaded packages from both ends. So no module of
    the package asks its face for a public name: it would wait here while others wait for it.

    Parameters
    ----------
    name : str
        What Python did not find in the package itself. A name is kept there once it was found.

    Raises
    ------
    UnknownNameError
        If the package has neither a public name nor a module of this name.
    """
    if name in MODULES:
        with _ONE_AT_A_TIME:
            return import_module(f"{PACKAGE}.{name}")
    if name in _HOME_OF:
        with _ONE_AT_A_TIME:
            found = getattr(import_module(f"{PACKAGE}.{_HOME_OF[name]}"), name)
        setattr(sys.modules[PACKAGE], name, found)
        return found
    if name.startswith("__"):  # Python asks for these on its own, and takes no for an answer
        raise AttributeError(name)
    return _module(name)


def _module(name: str) -> object:
    """Return a module that is not public, as ``stances.errors``; the modules of the package come by here."""
    path = f"{PACKAGE}.{name}"
    if name.isidentifier():
        try:
            return import_module(path)
        except ModuleNotFoundError as error:
            if error.name != path:
                raise
    from stances.errors import UnknownNameError

    raise UnknownNameError(name, tuple(sys.modules[PACKAGE].__all__)) from None


def names() -> list[str]:
    """Return what ``dir(stances)`` lists: the public names, loaded or not, and what every module has."""
    package = sys.modules[PACKAGE]
    return sorted({*package.__all__, *(name for name in vars(package) if name.startswith("__"))})
