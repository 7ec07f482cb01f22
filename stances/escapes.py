"""Texts made safe for their place: a terminal, Markdown, LaTeX, a spreadsheet.

Whatever a label holds, there it is text, and no escape sequence, mark, command or formula. HTML needs
no more than `html.escape` of what is `visible`.
"""

import html
import re
import unicodedata

_TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
# what Unicode calls noncharacters: neither HTML nor XML may hold them
_ENDS = {chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF)}
_SHOWN = _TURNING | _ENDS | set(map(chr, range(0xFDD0, 0xFDF0)))


def visible(text: str) -> str:
    r"""Return `text` with control and direction characters made visible, as ``\x1b``.

    Examples
    --------
    >>> visible("\x1b[2Jclear")
    '\\x1b[2Jclear'
    """
    return "".join(_escape(c) if unicodedata.category(c) in ("Cc", "Cs") or c in _SHOWN else c for c in text)


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def visible_lines(text: str) -> str:
    """Return `text` with all but its line feeds made visible."""
    return "\n".join(map(visible, text.split("\n")))


def one_line(text: str) -> str:
    """Return `text` as one line, with control and direction characters made visible."""
    return visible(" ".join(text.splitlines()))


def markdown(text: str) -> str:
    """Return `text` as one line of Markdown that has no marks."""
    safe = html.escape(one_line(text).strip(), quote=False)
    return "".join(f"\\{c}" if c in "\\`*_[]|~$" else c for c in safe)


def markdown_paragraph(text: str) -> str:
    """Return an escaped text that starts no heading, list, rule, fence or comment."""
    return re.sub(r"^([0-9]*)([-#+=:%.)])", r"\1\\\2", text)


_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%",
    "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "·": r"\textperiodcentered{}", "…": r"\ldots{}",
    "–": r"\textendash{}",
}  # fmt: skip


def kept_apart(text: str) -> str:
    """Return a text of LaTeX with nothing between signs that TeX would make one of, such as ``--``."""
    return re.sub("(?<=[-'`,?!])(?=[-'`,])", "{}", text)


def latex(text: str) -> str:
    """Return `text` as one line of LaTeX that has no commands and is no argument of another."""
    escaped = kept_apart("".join(_LATEX.get(c, c) for c in one_line(text).strip()))
    return "{" + escaped[0] + "}" + escaped[1:] if escaped.startswith(("[", "*")) else escaped


# where a cell may begin, also where the semicolon is taken for the separator, and what would be run there
_FORMULA = re.compile(r"""(^|[;\t\r\n])(?=["'\s\u200b\ufeff]*[=+\-@＝＋－＠])|^(?='*[\t\r\n])""")


def spreadsheet_safe(value: object) -> object:
    """Return a text with an apostrophe before whatever a spreadsheet would run as a formula.

    Numbers are not touched. A text that already has an apostrophe there gets one more, so that taking one
    away always restores the original.

    Examples
    --------
    >>> spreadsheet_safe("=1+1"), spreadsheet_safe("a;=1+1"), spreadsheet_safe(-1)
    ("'=1+1", "a;'=1+1", -1)
    """
    return _FORMULA.sub(r"\1'", value) if isinstance(value, str) else value
