"""Texts that mean harm to whoever shows them, and one of every result whose every label is such a text."""

import importlib
import importlib.util
import os
import shutil
from itertools import count

import pytest
from attrs import evolve
from every_result import every_result
from hypothesis import Phase
from hypothesis import strategies as st

import stances
from stances.errors import FieldError
from stances.tables import Grid
from stances.validators import label, name, text

TERMINAL = (
    "\x1b[2Jcleared", "\x1b]0;title\x07", "\x1b]52;c;Y2FsYw==\x07", "\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x9b2J", "\x9d52;c;Y2FsYw==\x9c", "\x1b[1A\x1b[2K", "\x1bc", "\x1b(0", "\x1b[?1049h", "bell\x07", "gone\b\b\b\b",
    "old\rnew", "two\nlines", "tab\tstop", "\x0b\x0c\x1c\x85", "\x1bP1$r\x1b\\", "\x0e\x7f", "\u2028line\u2029paragraph",
)  # fmt: skip
MARKUP = (
    "<script>alert(1)</script>", "</script><script>window.broken=1</script>", '" onmouseover="alert(1)', "' onload='x",
    "<img src=x onerror=alert(1)>", "</td></table><h1>out</h1>", "</style><style>*{display:none}", "]]>", "-->", "--!>",
    "<!--", "<![CDATA[x]]>", "&lt;b&gt;", "&#60;b&#62;", "&amp;", "</bdi>", "<svg/onload=alert(1)>", "<!DOCTYPE x>",
    "</textarea></title>", "{{7*7}}", "{% raw %}", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
    " javascript:alert(1)", "JaVaScRiPt:alert(1)", 'https://example.org/"><script>', "vbscript:x", "//evil.example",
)  # fmt: skip
LATEX = (
    r"\input{canary}", r"\input{/etc/passwd}", r"\immediate\write18{touch owned}", r"\catcode`\%=12", r"\end{tabular}",
    r"\def\x{\x}\x", "{", "}", "}{", "50% & $5_{#}^~", "$$", r"\\[5cm]", "[5cm]", "[", " [x", "*", " *[1cm]", "^^5cinput",
    r"\verb|x|", r"\begin{document}", "\\", "# _ ~ ^", "|x|", '"a "=', "-- --- << >> ?` !` ,, '' ``", "a\n\nb", "%", "(",
)  # fmt: skip
MARKDOWN = (
    "a|b", "\\|", "||", "|", "`code`", "``` x", "[x](javascript:alert(1))", "![x](https://evil.example/p.png)", "[x]",
    "[x]: https://evil.example", "<https://evil.example>", "**bold**", "_it_", "# head", "> quote", "- item", "+ item",
    "1. item", "1) item", "---", "===", "    code", "~~gone~~", "***", "$x^2$", "$$x$$", "\\", "\\\\", "a\\", "<div>\n\n*x*",
    "&copy;", "https://evil.example", "*", "_", ":--", "| --- |", "+++", "~~~", "{.class}", "[^1]", "==x==", "a  \nb",
)  # fmt: skip
FORMULAS = (
    "=cmd|'/C calc'!A0", "+1", "-1", "@SUM(A1)", "=1+1", "'=1", "''=1", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1",
    "＠x", " =1", "\u00a0=1", "\ufeff=1", "\u200b=1", "x;=1+1", "x\t=1+1", "x\n=1+1", "x\r=1+1", "x,=1+1", '"=1+1', 'x";"=1+1',
    '=HYPERLINK("https://evil.example";"x")', "=WEBSERVICE(A1)", "{=1}", "'", "-", "=", "-2+3", 'x;"=1+1', "x;'=1", "%0A=1",
)  # fmt: skip
WRITING = (
    "\u202eevil\u202c", "\u2066a\u2069", "\u2067", "\u200fx", "\u061cx", "a\u200bb", "\u2060", "\ufeffx", "\u00adx",
    "مصر", "ישראל", "法国", "e\u0301", "\u0301x", "👩\u200d👩\u200d👧", "{0.__class__}", "%s %(x)s", "\ue000", "\ufffe", "\uffff",
    "\U000e0041", "x" * 300,
)  # fmt: skip
TEXTS = (*TERMINAL, *MARKUP, *LATEX, *MARKDOWN, *FORMULAS, *WRITING)
PIECES = (
    *"<>&\"'`|\\*_[](){}$%#~^=+-@!;:,.\t\r\n\x1b\x07\b\x9b\x9c\u2028\u202e\u200b a1é法", "--", "<!--", "-->", "]]>", "&#", "\\|",
    "javascript:", "https://", "script", "\x1b]52;", "\x1b[", "**", "```", "]( ", "'=", "\\input", "＝",
)  # fmt: skip
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)  # where one example takes long

texts = (
    st.sampled_from(TEXTS)
    | st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
)


def grids_of(texts):
    """Return a strategy of tables in which such texts stand in every place."""
    return st.integers(1, 3).flatmap(
        lambda width: st.builds(
            Grid,
            texts,
            st.tuples(*[texts] * width),
            st.lists(st.tuples(*[texts] * width), min_size=1, max_size=4).map(tuple),
            st.lists(texts, max_size=2).map(tuple),
        )
    )


grids = grids_of(texts)


def every_grid(wanted=TEXTS):
    """Return grids that hold each of the texts in every place: title, head, first cell, other cell, note."""
    turned = zip(wanted, wanted[7:] + wanted[:7], wanted[31:] + wanted[:31], strict=True)
    return [Grid(a, (b, c), ((a, b), (c, a), (b, c)), (b, a)) for a, b, c in turned]


def accepted(check, wanted=TEXTS):
    """Return the texts that a field of a record takes; what it refuses goes nowhere."""

    def takes(candidate):
        try:
            return check("field", candidate) is not None
        except FieldError:
            return False

    return [candidate for candidate in wanted if takes(candidate)]


def poisoned(data, wanted=TEXTS):
    """Return a dataset of the same ids, dates and levels in which every other text is one that means harm."""
    numbers, lines, known = count(), accepted(label, wanted), accepted(text, wanted)

    def evil(among=known):
        return among[next(numbers) % len(among)]

    def passages(record):
        return [
            evolve(e, quote=evil(), speaker=evil(), summary=evil(), locator=e.locator)
            for e in record.evidence
        ]

    scales = {}
    for scale in data.scales:
        own = dict(zip(scale.levels, lines[len(scales) :], strict=False)) if scale.id != "vote" else {}
        scales[scale] = (own, evolve(scale, levels=[own.get(level, level) for level in scale.levels]))
    levels = {q.id: scales[q.scale][0] for q in data.questions}
    return evolve(
        data,
        title=evil(), licence=evil(), note=evil(),
        scales=[new for _, new in scales.values()],
        issues=[evolve(i, name=evil()) for i in data.issues],
        questions=[evolve(q, text=evil(), url=evil(), scale=scales[q.scale][1]) for q in data.questions],
        actors=[evolve(a, name=evil(), aliases=[evil()]) for a in data.actors],
        sources=[evolve(s, title=evil(), publisher=evil(), url=evil()) for s in data.sources],
        uncoded=[evolve(u, reason=evil()) for u in data.uncoded],
        stances=[
            evolve(s, position=levels[s.question].get(s.position, s.position), evidence=passages(s), coder=evil(lines))
            for s in data.stances
        ],
    )  # fmt: skip


def of_codes(wanted=TEXTS):
    """Return positions whose actors and levels are named by texts that mean harm."""
    names = accepted(name, wanted)[:12]
    scale = stances.Scale("s", accepted(label, wanted)[:5])
    codes = [[(k * j + k) % len(scale.levels) for k in range(6)] for j in range(len(names))]
    return stances.Positions.from_codes(codes, scale=scale, actors=names)


def every_hostile_result():
    """Return one of every result there is without SciPy, over labels that mean harm, by name."""
    report, votes = (poisoned(stances.load(seed)) for seed in ("paris-beijing-2025", "un-landmark-votes"))
    matrix = stances.agreement_matrix(of_codes())
    own = {
        "own names": matrix,
        "own pairs": matrix.pairs(),
        "own positions": of_codes(),
        "own ranking": matrix.top(),
    }
    return every_result(report, votes) | own


def missing(what):
    """Fail in CI with the tools of development, and skip elsewhere, for want of what reads an output back."""
    told = f"this machine has no {what}"
    if (
        os.environ.get("CI") and importlib.util.find_spec("sybil") is not None
    ):  # the test extra alone has no Sybil
        pytest.fail(told)
    pytest.skip(told, allow_module_level=True)


def program(command):
    """Return the path of a program."""
    return shutil.which(command) or missing(command)


def package(name):
    """Return a module of a package."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return missing(name)
