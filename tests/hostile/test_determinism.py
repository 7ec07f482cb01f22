"""Same input, same bytes out: whatever the machine, its settings, and the order of rows."""

import csv
import hashlib
import importlib.util
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import stances
from stances.cli import main
from stances.counts import engines
from stances.shipped import seeds

SEED, VOTES = "paris-beijing-2025", "un-landmark-votes"
STYLES = ("plain", "github", "latex", "html", "csv", "json")
COMMANDS = [
    *(["agreement", data, "--format", style] for data in (SEED, VOTES) for style in STYLES),
    *(
        ["agreement", data, "--format", style, "-o", f"{data}.{style}"]
        for data in (SEED, VOTES)
        for style in STYLES
    ),
    ["agreement", VOTES, "--by", "year", "--interval", "0.95"],
    ["agreement", VOTES, "--bootstrap", "50", "--seed", "7"],
    ["agreement", SEED, "--measure", "krippendorff_alpha_ordinal", "--format", "json"],
    ["divergence", SEED, "--silence", "bounds"],
    ["compare", "CHN", "FRA", SEED],
    ["compare", "CHN", "FRA", VOTES, "--format", "json"],
    ["trend", "FRA", "USA", VOTES],
    ["wedges", "EU", VOTES, "--rival", "USA", "--interval", "0.95"],
    ["cohesion", "EU", VOTES, "--by", "issue", "--interval", "0.95"],
    ["deeds", SEED],
    ["deeds", SEED, "--pairs"],
    ["common-ground", SEED],
    ["common-ground", VOTES, "--by", "year", "--interval", "0.95"],
    ["fault-lines", SEED],
    ["fault-lines", VOTES, "--by", "issue", "--interval", "0.95", "--format", "csv"],
    ["cite", SEED],
    ["cite", VOTES, "--style", "csl-json"],
    ["show", VOTES],
    ["convert", SEED, "folder"],
    ["convert", VOTES, "votes.json"],
    ["agreement", "many.csv", "--scale", "vote", "--format", "csv"],
]
TREES = [
    ["camps", VOTES, "--by", "issue"],
    ["camps", VOTES, "--stability", "20", "--seed", "3"],
    ["camps", "many.csv", "--scale", "vote"],
]
DRAWN = [
    ["plot", "heatmap", SEED, "-o", "heatmap.svg"],
    ["plot", "dendrogram", VOTES, "-o", "tree.svg"],
    ["plot", "trend", "FRA", "USA", VOTES, "-o", "trend.svg"],
    ["plot", "map", VOTES, "-o", "map.svg"],
    ["plot", "map", "many.csv", "--scale", "vote", "-o", "many.svg"],
    ["plot", "heatmap", VOTES, "-o", "heatmap.png"],
]
PAGES = [["report", data, "-o", f"{data}.html"] for data in (SEED, VOTES)]

# Runs the commands, and tells of whatever is written outside of the folder it runs in. Only the list of fonts that
# matplotlib keeps for itself is not ours, and is given a place of its own.
PROGRAM = """
import json, os, sys
from contextlib import nullcontext

sys.dont_write_bytecode = True
here, fonts, wrote = os.getcwd(), os.environ["MPLCONFIGDIR"], set()
CHANGES = {"os.mkdir": 1, "os.remove": 1, "os.rmdir": 1, "os.truncate": 1, "os.rename": 2, "os.link": 2, "os.symlink": 2}

def watch(event, found):
    if event == "open" and found[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        told = found[:1]
    else:
        told = found[:CHANGES.get(event, 0)]
    for name in told:
        path = os.path.abspath(os.fsdecode(name)) if isinstance(name, (str, bytes, os.PathLike)) else here
        if os.path.commonpath([path, here]) != here and path != os.devnull and not path.startswith(fonts):
            wrote.add(path)

sys.addaudithook(watch)
source, engine, commands = json.loads(sys.stdin.read())
sys.path.insert(0, source)
import locale
from stances.cli import main
from stances.counts.engines import only
locale.setlocale(locale.LC_ALL, "")
with only(engine) if engine else nullcontext():
    for command in commands:
        sys.argv = ["stances", *command]
        print("$", *command)
        sys.stdout.flush()
        if main(command) != 0:
            sys.exit(f"{command} failed")
if wrote:
    sys.exit(f"wrote elsewhere: {sorted(wrote)}")
"""
PLAIN = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONPATH": None,
}
SOURCE = str(Path(stances.__file__).parent.parent)
CASES = {
    "hash seed 1, a home that is read-only": {"PYTHONHASHSEED": "1", "HOME": "read-only"},
    "hash seed at random": {"PYTHONHASHSEED": "random"},
    "two threads": {"OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2", "MKL_NUM_THREADS": "2"},
    "comma in numbers": {"LC_ALL": "comma"},
    "locale C, another time zone, a home that is no folder": {
        "LC_ALL": "C",
        "TZ": "Asia/Kathmandu",
        "HOME": "/dev/null",
    },
    "-O, a home that is not there": {"PYTHONOPTIMIZE": "1", "HOME": "missing"},
    "-I, no home": {"flag": "-I", "HOME": None},
    "without fast": {"engine": "numpy"},
}


def installed(*modules):
    """Tell whether an extra is there."""
    return all(importlib.util.find_spec(module) is not None for module in modules)


def runnable():
    """The commands whose extras are installed."""
    trees = TREES * installed("scipy")
    return COMMANDS + trees + DRAWN * installed("matplotlib", "scipy") + PAGES * installed("jinja2")


def many():
    """Votes of so many actors on so many questions that a library may share the work among threads."""
    rng = np.random.default_rng(5)
    codes = np.digitize(rng.normal(size=(120, 1)) + rng.normal(size=(120, 50)), [-0.5, 0.5])
    labels = np.array(["no", "abstain", "yes"])[codes]
    rows = (f"A{i:03d},q{j:04d},{label}\n" for (i, j), label in np.ndenumerate(labels))
    return "actor,question,position\n" + "".join(rows)


@pytest.fixture(scope="module")
def fonts(tmp_path_factory):
    """Where matplotlib keeps its list of fonts, which is made once."""
    place = {"MPLCONFIGDIR": str(tmp_path_factory.mktemp("fonts"))}
    if installed("matplotlib"):
        code = "import matplotlib.font_manager"
        subprocess.run([sys.executable, "-c", code], env=os.environ | place, capture_output=True, check=True)
    return place


def results(folder, environment):
    """Everything that the commands print and write: a digest by name of file, and of stdout and stderr."""
    given = PLAIN | environment
    engine, flag = given.pop("engine", None), given.pop("flag", None)
    (folder / "many.csv").write_text(many())
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    done = subprocess.run(
        [sys.executable, *([flag] if flag else []), "-c", PROGRAM],
        input=json.dumps([SOURCE, engine, runnable()]).encode(),
        cwd=folder,
        env={k: v for k, v in (inherited | given).items() if v is not None},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    found = {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    printed = done.stdout.decode("utf-8").split("$ ")
    pieces = {text.partition("\n")[0]: text.encode() for text in printed}
    return {
        name: hashlib.sha256(c).hexdigest() for name, c in (found | pieces | {"stderr": done.stderr}).items()
    }


@pytest.fixture(scope="module")
def plain(tmp_path_factory, fonts):
    """The results under settings that nothing else changes."""
    return results(tmp_path_factory.mktemp("plain"), fonts)


def comma_locale(folder):
    """The settings of a locale that writes decimals with a comma, built in a folder."""
    if shutil.which("localedef") is None:
        pytest.skip("there is no localedef to build a locale with a decimal comma")
    build = ["localedef", "--inputfile=de_DE", "--charmap=UTF-8", str(folder / "de_DE.UTF-8")]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    if not (folder / "de_DE.UTF-8").is_dir():
        pytest.skip(f"no locale with a decimal comma can be built: {done.stderr}")
    return {"LOCPATH": str(folder), "LC_ALL": "de_DE.UTF-8"}


def home(kind, folder):
    """The settings of a home of some kind; what is read-only to others root may still write, and must not."""
    if kind == "read-only":
        (folder / kind).mkdir(0o555)
    return {"HOME": str(folder / kind), "XDG_CACHE_HOME": None, "XDG_CONFIG_HOME": None}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.hostile("F12", "F14", "N16", "N17")
def test_settings_of_the_machine_change_no_byte(tmp_path, tmp_path_factory, plain, fonts, case):
    """Whatever is set, everything printed and written is the same, and nothing is written anywhere else."""
    environment = fonts | CASES[case]
    if environment.get("LC_ALL") == "comma":
        environment |= comma_locale(tmp_path_factory.mktemp("locales"))
    if environment.get("HOME"):
        environment |= home(environment["HOME"], tmp_path_factory.mktemp("homes"))
    if "engine" in environment and len(engines.installed()) == 1:
        pytest.skip("the extra 'fast' is not installed")
    assert len(plain) > 50
    assert results(tmp_path, environment) == plain


def shuffled(name, folder, seed):
    """A shipped dataset in a folder of its own, its rows in another order."""
    source, target = seeds().joinpath(name), folder / name
    target.mkdir()
    rows = list(csv.reader(io.StringIO(source.joinpath("stances.csv").read_text("utf-8"), newline="")))
    head, body = rows[0], rows[1:]
    random.Random(seed).shuffle(body)
    assert body != rows[1:]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([head, *body])
    (target / "stances.csv").write_bytes(text.getvalue().encode())
    (target / "codebook.toml").write_bytes(source.joinpath("codebook.toml").read_bytes())
    return target


@pytest.mark.parametrize("name", [SEED, VOTES])
@pytest.mark.hostile("N14")
def test_order_of_rows_changes_no_result(tmp_path, capsys, name):
    """A dataset whose rows are shuffled gives every command the same to print; only copies of it keep their order."""
    orders = []
    for seed in (1, 2):
        (tmp_path / str(seed)).mkdir()
        orders.append(shuffled(name, tmp_path / str(seed), seed))
    commands = [c for c in runnable() if name in c and "-o" not in c and c[0] != "convert"]
    assert len(commands) > 8
    for command in commands:
        told = []
        for order in orders:
            assert main([str(order) if part == name else part for part in command]) == 0
            told.append(capsys.readouterr())
        assert told[0] == told[1], command


def test_the_page_names_all_settings():
    """The docs list each setting, and say how many commands are compared where all extras are there."""
    page = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "how-far-it-was-tried.md"
    if not page.is_file():
        pytest.skip("the docs are tested from a checkout")
    text = page.read_text("utf-8")
    assert set(CASES) == set(re.findall(r"^\| (.+) \| the same \|$", text, re.MULTILINE)) - {
        "rows in another order"
    }
    assert f"All bytes that {len(COMMANDS + TREES + DRAWN + PAGES)} commands print" in " ".join(text.split())
