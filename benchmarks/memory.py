"""How much memory a workload takes beside its inputs and results, each in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import numpy as np

from benchmarks import long_rows
from benchmarks.contests import Due, Plan, Row, missing
from benchmarks.voters import K, nearest, party_size
from benchmarks.workloads import Size, codes, made, matrix, positions, sessions

ROOT = Path(__file__).resolve().parent.parent
STATUS = Path("/proc/self/status")
PEAK = Path("/proc/self/clear_refs")
GB = 1e9
DUE = {"D": 0.6}


def rows(plan: Plan) -> Iterator[Row]:
    """Yield a row for each workload and task."""
    for letter, size in plan.among("ABCD"):
        for task in ("by session",) if letter == "C" else ("agreement", "cohen_kappa"):
            yield _row(letter, size, task)
    for letter, size in plan.among("E"):
        if nearest() is not None:
            yield _row(letter, size, "nearest")
    for letter, size in plan.among("G"):
        if not missing(("pyarrow", "pyarrow.parquet", "pyarrow.csv")):
            yield from _reading(letter, size)


def _reading(letter: str, size: Size) -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        for path in long_rows.write(size, Path(folder)):
            yield _row(letter, size, f"from_table {path}", f"from_table, {path.suffix[1:]}")


def _row(letter: str, size: Size, task: str, name: str = "") -> Row:
    what = f"peak memory beside inputs and results: {name or task}"
    due = Due("<=", DUE.get(letter))
    if not STATUS.exists():
        return Row(letter, what, due=due, note="not measured: needs Linux", unit="GB")
    request = json.dumps({"size": attrs.asdict(size), "task": task})
    command = [sys.executable, "-m", "benchmarks.memory", request]
    done = subprocess.run(  # noqa: S603 - our own module
        command, capture_output=True, text=True, check=True, cwd=ROOT
    )
    found = json.loads(done.stdout)
    beside = (found["peak"] - found["before"] - found["results"]) / GB
    note = f"inputs {_mb(found['inputs'])}, results {_mb(found['results'])}, peak {_mb(found['peak'])} in all"
    return Row(letter, what, ours=beside, ratio=beside, due=due, note=note, unit="GB")


def _mb(size: int) -> str:
    return f"{size / 1e6:.3g} MB"


def status(name: str) -> int:
    """Return a line of the status of this process in bytes, such as its size (VmRSS) or its peak (VmHWM)."""
    lines = dict(line.split(":", 1) for line in STATUS.read_text("utf-8").splitlines())
    return int(lines[name].split()[0]) * 1024


def watch(size: Size, task: str) -> dict[str, int]:
    """Run a task, and return the bytes of this process before it and at its peak, of input and result."""
    call, inputs = _prepared(size, task)
    PEAK.write_text("5", "utf-8")  # the peak starts anew here
    before = status("VmRSS")
    result = call()
    peak = status("VmHWM")
    return {"before": before, "peak": peak, "inputs": inputs, "results": held(result)}


def _prepared(size: Size, task: str) -> tuple[Callable[[], Any], int]:
    """Return what runs a task, and how many bytes it takes in."""
    if task.startswith("from_table "):
        path = Path(task.partition(" ")[2])
        return lambda: long_rows.from_table(path, size), path.stat().st_size
    if task == "by session":
        return sessions(size, "agreement")(), held(positions(size))
    if task == "nearest":
        voters, parties = positions(size), made(codes(party_size(size)), party_size(size), "party")
        return lambda: nearest()(voters, parties, k=K), held(voters)
    return matrix(size, task)(), held(positions(size))


def held(result: Any) -> int:
    """Return the bytes of the arrays that a result or its parts hold, each counted once."""
    arrays: dict[int, int] = {}
    for part in result.values() if isinstance(result, dict) else [result]:
        for field in attrs.fields(type(part)):
            array = getattr(part, field.name)
            while isinstance(array, np.ndarray) and isinstance(array.base, np.ndarray):
                array = array.base
            if isinstance(array, np.ndarray):
                arrays[id(array)] = array.nbytes
    return sum(arrays.values())


if __name__ == "__main__":
    asked = json.loads(sys.argv[1])
    print(json.dumps(watch(Size(**asked["size"]), asked["task"])))
