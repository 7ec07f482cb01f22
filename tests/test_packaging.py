"""What is installed: packages, seeds, entry points; from a checkout, an editable install, a wheel, a zip."""

import configparser
import importlib.util
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import stances

PROJECT = Path(__file__).resolve().parent.parent
HEAVY = {
    "pandas",
    "polars",
    "pyarrow",
    "scipy",
    "matplotlib",
    "jinja2",
    "hypothesis",
    "pytest",
    "dask",
    "distributed",
    "click",
}
LATER = {"numpy", "attr", "attrs", "cattrs", "narwhals", "tabulate", "wcwidth", "tomli_w"}
LOAD = "import stances; print(stances.load('paris-beijing-2025')); print(stances.__file__)"

pytestmark = pytest.mark.skipif(
    not (PROJECT / "setup.cfg").is_file(), reason="the packaging is tested from a checkout"
)


@pytest.fixture(scope="module")
def config():
    """The metadata of the project."""
    parser = configparser.ConfigParser()
    parser.read(PROJECT / "setup.cfg", encoding="utf-8")
    return parser


def test_pyproject_holds_the_build_system_only():
    """Metadata live in setup.cfg alone."""
    assert list(tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))) == ["build-system"]


def test_every_package_is_listed(config):
    """A package missing from the list would be left out of the wheel without a word."""
    folders = {
        ".".join(path.parent.relative_to(PROJECT).parts)
        for path in (PROJECT / "stances").rglob("__init__.py")
    }
    assert set(config["options"]["packages"].split()) == folders | {"stances._seeds"}


def test_import_stays_light():
    """`import stances` loads no package besides the standard library, and of ours only the face."""
    loaded = _loaded("import stances")
    assert not (HEAVY | LATER) & loaded
    assert {name for name in loaded if name.startswith("stances.")} == {"stances.face"}


def test_a_first_matrix_stays_light():
    """A matrix of records loads numpy and nothing heavy besides; tables are laid out when one prints."""
    loaded = _loaded("import stances; stances.agreement_matrix(stances.load('paris-beijing-2025'))")
    assert "numpy" in loaded
    assert not (HEAVY | {"tabulate", "wcwidth"}) & loaded


def _loaded(code):
    """Return the modules that a fresh interpreter has loaded after some code."""
    code += "; import sys; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_seeds_load_from_the_checkout(tmp_path):
    """The shipped datasets load without installing, from any folder."""
    run = _python(LOAD, tmp_path, PROJECT)
    assert "paris-beijing-2025" in run


def _python(code, folder, *path):
    """Run code in an isolated interpreter with only some places to import our package from."""
    prefix = f"import sys; sys.path[:0] = {[str(p) for p in path]!r}; "
    done = subprocess.run(
        [sys.executable, "-c", prefix + code], capture_output=True, text=True, cwd=folder, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def needs_build():
    """Skip where the build tool is not installed; a folder named build is not it."""
    if importlib.util.find_spec("build.__main__") is None:
        pytest.skip("building needs the dev extra")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with an sdist of the project, and a wheel built from it."""
    needs_build()
    folder = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(folder), str(PROJECT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return folder


@pytest.fixture(scope="module")
def wheel(built):
    """The wheel."""
    return next(built.glob("*.whl"))


def test_the_sdist_holds_the_docs(built):
    """The site can be built from the sdist: its pages, settings, extensions and notebook are there."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    due = {str(p.relative_to(PROJECT)) for p in (PROJECT / "docs").rglob("*") if _ships(p)}
    assert {"docs/conf.py", "docs/notebooks/first-hour.ipynb"} <= due <= names


def test_the_wheel_holds_what_the_checkout_holds(wheel):
    """Every module, schema, starter file and seed of the checkout is in the wheel, and no more seeds."""
    names = set(zipfile.ZipFile(wheel).namelist())
    due = {str(p.relative_to(PROJECT)) for p in (PROJECT / "stances").rglob("*") if _ships(p)}
    seeds = {
        f"stances/_seeds/{p.relative_to(PROJECT / 'seeds')}"
        for p in (PROJECT / "seeds").rglob("*")
        if _ships(p)
    }
    assert due <= names
    assert seeds == {name for name in names if name.startswith("stances/_seeds/")}


def _ships(path):
    return path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"


@pytest.mark.hostile("F14")
def test_seeds_load_from_the_wheel_as_a_zip(wheel, tmp_path):
    """The wheel works without being unpacked."""
    printed = _python(LOAD, tmp_path, wheel)
    assert "paris-beijing-2025" in printed
    assert str(wheel) in printed


def test_seeds_load_from_an_unpacked_wheel(wheel, tmp_path):
    """The wheel works unpacked, away from the checkout, and so does its command line."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    printed = _python(LOAD, tmp_path, tmp_path / "site")
    assert str(tmp_path) in printed
    code = "from stances.cli import main; main(['agreement'])"
    assert "(1.00) of 4" in _python(code, tmp_path, tmp_path / "site")


def test_seeds_load_from_an_editable_install(tmp_path):
    """An editable install finds the seeds beside the package."""
    needs_build()
    environment = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = environment / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "-e", str(PROJECT)]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    done = subprocess.run(
        [str(environment / "bin" / "stances"), "agreement"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert "(1.00) of 4" in done.stdout


def test_the_version_is_told(capsys):
    """`stances --version` names the version of the package."""
    from stances.cli import main

    assert main(["--version"]) == 0
    assert stances.__version__ in capsys.readouterr().out
