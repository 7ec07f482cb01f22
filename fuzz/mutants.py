"""Change the code itself and see whether the tests notice: ``python -m fuzz.mutants FOLDER``; needs mutmut.

FOLDER takes a copy of the checkout. Each change (another operator, number, argument, word or branch) meets the
tests that reach it: first the near ones, which are quick; what survives them, then the wide ones.
What is told is how many changes of each module no test noticed, and which.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import libcst as cst

PROJECT = Path(__file__).resolve().parent.parent
MUTATED = ("counts/*", "measures/*", "matrix", "intervals")
NEAR = (
    "counts/test_pair_counts.py",
    "counts/test_planes.py",
    "hostile/test_codes.py",
    "test_exact.py",
    "test_golden.py",
    "test_matrices.py",
    "test_matrix.py",
    "test_matrix_of_counts.py",
    "test_own_measures.py",
    "test_salience.py",
    "test_silence.py",
)
WIDE = (
    *NEAR,
    "counts",
    "hostile/test_names.py",
    "test_bootstrap.py",
    "test_camps.py",
    "test_captions.py",
    "test_dyads.py",
    "test_every_result.py",
    "test_interval_oracle.py",
    "test_intervals.py",
    "test_laws.py",
    "test_notebooks.py",
    "test_oracles.py",
    "test_overview.py",
    "test_parts.py",
    "test_student.py",
    "test_tables.py",
    "testing/test_validity.py",
)
VERDICTS = {
    0: "survived",
    1: "noticed",
    3: "noticed",
    5: "no test",
    33: "no test",
    36: "noticed",
    37: "noticed",
}
FORGET = '''

hypothesis.settings.register_profile("mutants", max_examples=5, deadline=None, derandomize=True)


def pytest_sessionstart(session):
    """Forget what functions remember: it was found before the code was changed."""
    import gc

    for thing in gc.get_objects():
        if type(thing).__name__ == "_lru_cache_wrapper" and str(thing.__module__).startswith("stances"):
            thing.cache_clear()
'''


class Plain(cst.CSTTransformer):
    """Write decorated functions as plain ones that are wrapped afterwards, as mutmut passes over the others."""

    def leave_FunctionDef(  # noqa: N802  # the name that libcst calls
        self,
        original_node: cst.FunctionDef,  # noqa: ARG002
        updated_node: cst.FunctionDef,
    ) -> cst.FunctionDef | cst.FlattenSentinel[cst.FunctionDef | cst.SimpleStatementLine]:
        """Return a function, and the statement that wraps it."""
        wrapped: cst.BaseExpression = cst.Name(updated_node.name.value)
        kept = [d for d in updated_node.decorators if getattr(d.decorator, "value", "") == "classmethod"]
        if kept or not updated_node.decorators:
            return updated_node
        for decorator in reversed(updated_node.decorators):
            wrapped = cst.Call(decorator.decorator, [cst.Arg(wrapped)])
        assigned = cst.Assign([cst.AssignTarget(cst.Name(updated_node.name.value))], wrapped)
        return cst.FlattenSentinel(
            [updated_node.with_changes(decorators=[]), cst.SimpleStatementLine([assigned])]
        )


def prepare(folder: Path, tests: Sequence[str], profile: str) -> None:
    """Copy the checkout, and say in the copy what is changed and by which tests it is met."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, check=True, capture_output=True)
    for name in listed.stdout.decode().rstrip("\0").split("\0"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / name, folder / name)
    for pattern in MUTATED:
        for path in (folder / "stances").glob(f"{pattern}.py"):
            path.write_text(cst.parse_module(path.read_text("utf-8")).visit(Plain()).code, "utf-8")
    lists = {
        "only_mutate": [f"stances/{pattern}.py" for pattern in MUTATED],
        "also_copy": ["conftest.py", "seeds", "benchmarks", "fuzz", "README.md", "docs"],
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "--hypothesis-profile", profile],
        "pytest_add_cli_args_test_selection": [f"tests/{name}" for name in tests],
    }
    section = "".join(
        f"{key} =\n" + "".join(f"    {value}\n" for value in values) for key, values in lists.items()
    )
    with (folder / "setup.cfg").open("a", encoding="utf-8") as file:
        file.write(f"\n[mutmut]\nsource_paths = stances\ntimeout_multiplier = 5\n{section}")
    with (folder / "tests" / "conftest.py").open("a", encoding="utf-8") as file:
        file.write(FORGET)


def verdicts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each change and what became of it."""
    for path in sorted((folder / "mutants" / "stances").rglob("*.meta")):
        for name, code in json.loads(path.read_text("utf-8"))["exit_code_by_key"].items():
            yield name, "not met" if code is None else VERDICTS.get(code, "out of time")


def met(folder: Path, tests: Sequence[str], profile: str, names: Sequence[str] = ()) -> dict[str, str]:
    """Return the verdict of some tests on some changes, on all by default."""
    prepare(folder, tests, profile)
    alone = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": ""}
    subprocess.run(["mutmut", "run", "--max-children", "2", *names], cwd=folder, check=True, env=alone)
    return {name: verdict for name, verdict in verdicts(folder) if not names or name in names}


def table(found: Mapping[str, str]) -> str:
    """Return how many changes of each module were noticed, and the names of the others."""
    modules: dict[str, Counter[str]] = {}
    for name, verdict in found.items():
        modules.setdefault(".".join(name.split(".")[1:-1]), Counter())[verdict] += 1
    lines = [f"{module}: {dict(sorted(counted.items()))}" for module, counted in sorted(modules.items())]
    return "\n".join(
        [*lines, *(name for name, verdict in found.items() if verdict in ("survived", "no test"))]
    )


def main(arguments: Sequence[str]) -> None:
    """Meet every change with the near tests, and what survives them with the wide ones."""
    parser = argparse.ArgumentParser(prog="python -m fuzz.mutants", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder.resolve()
    found = met(folder / "near", NEAR, "mutants")
    left = [name for name, verdict in found.items() if verdict in ("survived", "no test")]
    print(table(found | met(folder / "wide", WIDE, "quick", left)))


if __name__ == "__main__":
    main(sys.argv[1:])
