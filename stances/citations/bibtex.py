"""Entries as BibTeX: every value escaped for LaTeX, with its braces in balance and its case kept."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from stances.citations.entries import Entry
from stances.escapes import kept_apart, one_line

# a brace counts for BibTeX even where a backslash stands before it, so none may be left over
_SIGNS = {
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$",
    '"': r"{\textquotedbl}", "<": r"{\textless}", ">": r"{\textgreater}",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_URL = "%/:?#[]@!$&'()*+,;=-._~"  # what a URL may hold as it stands


def bibtex(entries: Iterable[Entry]) -> str:
    """Return entries as BibTeX, in UTF-8; a blank line between two."""
    return "\n".join(map(_entry, entries))


def _entry(entry: Entry) -> str:
    fields = ",\n".join(f"  {name} = {value}" for name, value in _fields(entry))
    return f"@misc{{{entry.key},\n{fields}\n}}\n"


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.author is not None:
        yield "author", f"{{{{{_escaped(entry.author)}}}}}"  # braces: no person, whose name would be turned
    yield "title", f"{{{{{_escaped(entry.title)}}}}}"  # braces: BibTeX styles would make it lower case
    if entry.publisher is not None:
        yield "howpublished", f"{{{_escaped(entry.publisher)}}}"
    if entry.date is not None:
        yield "year", f"{{{entry.date.year:04d}}}"
        if entry.date.month is not None:
            yield "month", _MONTHS[entry.date.month - 1]
        if entry.date.day is not None:
            yield "day", f"{{{entry.date.day}}}"
    note = _note(entry)
    if note:
        yield "note", f"{{{_escaped(note)}}}"
    if entry.url is not None:
        yield "url", f"{{{quote(one_line(entry.url), safe=_URL)}}}"


def _note(entry: Entry) -> str:
    kind = {"dataset": "Dataset", "software": "Software"}.get(entry.kind, "")
    version = f"version {entry.version}" if entry.version is not None else ""
    licence = f"licence: {entry.licence}" if entry.licence is not None else ""
    return ", ".join(part for part in (kind, version, licence) if part)


def _escaped(text: str) -> str:
    """Return a text that LaTeX prints as it stands."""
    return kept_apart("".join(_SIGNS.get(sign, sign) for sign in " ".join(one_line(text).split())))
