"""README and docs are run: Python blocks as doctests, console blocks as commands with their output."""

import contextlib
import doctest
import importlib.util
import io
import os
import shlex
import tempfile
from pathlib import Path

collect_ignore = ["docs/conf.py", "docs/extensions"]  # the site is for the docs extra to build
collect_ignore += ["fuzz/guided.py", "fuzz/mutants.py"]  # they need atheris and mutmut, which no extra brings
if importlib.util.find_spec("scipy") is None:  # the test extra alone has no SciPy
    collect_ignore += ["stances/clusters/finding.py"]
collect_ignore_glob = ["*conftest.py"]  # all have one name, and no examples
if importlib.util.find_spec("matplotlib") is None:
    collect_ignore_glob += ["stances/plots/*"]

with contextlib.suppress(ImportError):  # the test extra alone has no Sybil; CI runs the docs
    from sybil import Example, Sybil
    from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

    class ConsoleBlockParser(CodeBlockParser):
        """Run each ``$ stances ...`` line of a console block and compare what it prints."""

        language = "console"

        def evaluate(self, example: Example) -> str | None:
            """Return how the output differs from the block, or None."""
            for command, expected in _commands(example.parsed):
                got = _run(command)
                flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
                if not doctest.OutputChecker().check_output(expected, got, flags):
                    return f"$ {command}\nexpected:\n{expected}\ngot:\n{got}"
            return None

    def _commands(block: str) -> list[tuple[str, str]]:
        parts = ("\n" + block).split("\n$ ")[1:]
        return [(command, output) for command, _, output in (part.partition("\n") for part in parts)]

    def _run(command: str) -> str:
        from stances.cli import main

        program, *arguments = shlex.split(command)
        if program == "cat":
            return "".join(Path(argument).read_text("utf-8") for argument in arguments)
        if program != "stances":
            return f"only stances and cat are run here, not {program}"
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            status = main(arguments)
        return out.getvalue() + (f"[exit status {status}]\n" if status else "")

    def _setup(namespace: dict[str, object]) -> None:
        folder = tempfile.TemporaryDirectory()
        namespace["_at"] = folder, Path.cwd()
        os.chdir(folder.name)

    def _teardown(namespace: dict[str, object]) -> None:
        folder, before = namespace["_at"]
        os.chdir(before)
        folder.cleanup()

    pytest_collect_file = Sybil(
        parsers=[
            PythonCodeBlockParser(doctest_optionflags=doctest.ELLIPSIS),
            ConsoleBlockParser(),
            SkipParser(),
        ],
        patterns=["README.md", "CONTRIBUTING.md", "docs/*.md", "docs/**/*.md"],
        setup=_setup,
        teardown=_teardown,
    ).pytest()
