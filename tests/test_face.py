"""The face of the package: each public name from its home, on first use, whoever asks and however."""

import ast
import importlib
import inspect
import pickle
import pkgutil
import pydoc
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

import stances
from stances import face
from stances.errors import StancesError, UnknownNameError

SOURCE = Path(stances.__file__)
NAMES = [(home, name) for home, names in face.HOMES.items() for name in names]


def python(code):
    """Run code in a fresh interpreter, and return what it prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def static_names():
    """Yield the home and name of each import that type checkers see."""
    (block,) = [node for node in ast.parse(SOURCE.read_text("utf-8")).body if isinstance(node, ast.If)]
    for node in block.body:
        for alias in node.names:
            assert alias.asname is None
            yield node.module.partition(".")[2], alias.name


def test_homes_and_static_imports_name_the_same():
    """What runs and what type checkers see are the same names from the same homes."""
    assert sorted(static_names()) == sorted(NAMES + [("", module) for module in face.MODULES])


def test_all_names_the_same_as_the_homes():
    """`__all__` holds every name of the homes once, and nothing else."""
    assert sorted(stances.__all__) == sorted([name for _, name in NAMES] + [*face.MODULES])


@pytest.mark.parametrize(("home", "name"), NAMES)
def test_a_name_is_the_object_of_its_home(home, name):
    """A public name is the very object that its home holds, before and after it was kept."""
    vars(stances).pop(name, None)
    due = getattr(importlib.import_module(f"stances.{home}"), name)
    assert getattr(stances, name) is due
    assert vars(stances)[name] is due


@pytest.mark.parametrize("name", [*face.MODULES, "errors", "files", "measures"])
def test_a_module_is_itself(name):
    """A module of the package, public or not, is reached as an attribute, imported or not."""
    assert python(f"import stances; print(stances.{name}.__name__)") == f"stances.{name}\n"


@pytest.mark.parametrize("name", ["agreement_matrx", "Agreement_Matrix"])
def test_an_unknown_name_gets_the_nearest(name):
    """A misspelt name is an AttributeError of ours that offers the nearest known name, once."""
    with pytest.raises(
        AttributeError, match=f"stances has no '{name}'; did you mean 'agreement_matrix'"
    ) as raised:
        getattr(stances, name)
    error = raised.value
    assert isinstance(error, StancesError)
    assert error.name is None  # Python would add its own "Did you mean" to a traceback
    assert error.got == name
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize("name", ["", "a.b", "errors.base", "Ünknown", "x" * 500])
def test_no_name_is_too_strange(name):
    """Whatever is no name of ours is told in one short line."""
    with pytest.raises(UnknownNameError) as raised:
        getattr(stances, name)
    assert len(str(raised.value)) < 400


def test_what_python_asks_for_is_denied_without_ado():
    """Names with two underscores are looked for by tools, and load nothing."""
    code = "import sys, stances; print(hasattr(stances, '__wrapped__'), 'stances.errors' in sys.modules)"
    assert python(code) == "False False\n"


def test_from_import_of_an_unknown_name():
    """`from stances import` of an unknown name is an ImportError that names it."""
    with pytest.raises(ImportError, match="agreement_matrx"):
        exec("from stances import agreement_matrx", {})


def test_a_package_that_is_missing_is_named():
    """A module that cannot be loaded for want of another package says so, and is not unknown."""
    code = """
import sys, stances
sys.modules["hypothesis"] = None
try:
    stances.strategies
except ImportError as error:
    print("hypothesis" in str(error))
"""
    assert python(code) == "True\n"


def test_star_import_gives_every_public_name():
    """`from stances import *` gives `__all__`."""
    space = {}
    exec("from stances import *", space)
    assert set(space) - {"__builtins__"} == set(stances.__all__)


def test_dir_lists_what_is_not_loaded_yet():
    """`dir` and completion know all public names from the start, and nothing of the machinery."""
    listed = python("import stances; print(*dir(stances))").split()
    assert set(stances.__all__) <= set(listed)
    assert {name for name in listed if not name.startswith("__")} == set(stances.__all__)


def test_inspection_and_help_see_every_name():
    """`inspect`, `help` and whatever builds on them show the objects themselves."""
    members = dict(inspect.getmembers(stances))
    assert all(members[name] is getattr(stances, name) for name in stances.__all__)
    text = pydoc.plain(pydoc.render_doc(stances))
    assert "agreement_matrix(data" in text
    assert "class Matrix" in text


def test_public_names_pickle_by_their_home():
    """Functions and classes pickle, in a process that has not used them before."""
    for name in ("load", "Actor", "Matrix"):
        stored = pickle.dumps(getattr(stances, name))
        assert pickle.loads(stored) is getattr(stances, name)
        assert name in python(f"import pickle; print(pickle.loads({stored!r}))")


def test_a_patched_name_comes_back():
    """A name that a test replaced is the same object afterwards, loaded before or not."""
    due = stances.load
    vars(stances).pop("load")
    with mock.patch("stances.load", return_value=1):
        assert stances.load("x") == 1
    assert stances.load is due


def test_no_module_rebinds_a_public_name():
    """After every module was imported, each public name is still the object of its home."""
    code = """
import importlib, pkgutil, stances
for found in pkgutil.walk_packages(stances.__path__, "stances."):
    if not found.name.endswith("__main__") and "._seeds" not in found.name:
        importlib.import_module(found.name)
from stances import face
for home, names in face.HOMES.items():
    for name in names:
        assert getattr(stances, name) is getattr(importlib.import_module(f"stances.{home}"), name), name
"""
    python(code)
    modules = {found.name for found in pkgutil.iter_modules(stances.__path__)}
    assert modules & set(stances.__all__) == set(face.MODULES)


RACE = """
import random, sys, threading
import stances
sys.setswitchinterval(1e-6)
start, wrong = threading.Barrier(8), []
def race(seed):
    names = random.Random(seed).sample(stances.__all__, len(stances.__all__))
    start.wait()
    for name in names:
        try:
            getattr(stances, name)
        except BaseException as error:
            wrong.append((name, error))
threads = [threading.Thread(target=race, args=(8 * SEED + k,), daemon=True) for k in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join(60)
print(wrong, any(thread.is_alive() for thread in threads))
"""


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.hostile("L06")
def test_threads_may_race_for_the_first_access(seed):
    """Threads that ask for all names in different orders, none of them loaded, all get them."""
    assert python(RACE.replace("SEED", str(seed))) == "[] False\n"
