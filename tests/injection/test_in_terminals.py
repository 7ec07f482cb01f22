"""What is printed is read back by a terminal: it shows the text that was printed, and does nothing else."""

import io
import json
import re
import unicodedata

import attrs
import pytest
from hostile_texts import TEXTS, every_grid, grids, package, poisoned
from hypothesis import given

import stances
from stances import errors
from stances.cli import main
from stances.errors import StancesError
from stances.files import dump
from stances.tables import render

pyte = package("pyte")
SHOWS = {"draw", "linefeed", "carriage_return"}


def told(printed):
    """Return what a terminal was told to do: the name of each thing, and all text that it was to draw."""
    screen = pyte.DebugScreen(to=io.StringIO())
    pyte.Stream(screen).feed(printed)
    events = [json.loads(line) for line in screen.to.getvalue().splitlines()]
    return {event for event, *_ in events}, "".join(
        arguments[0] for event, arguments, _ in events if event == "draw"
    )


def seen(printed):
    """Return the lines of a terminal that is large enough, and the line in which its cursor is left."""
    lines = printed.split("\n")
    screen = pyte.Screen(2 * max(map(len, lines)) + 1, len(lines) + 1)
    screen.set_mode(pyte.modes.LNM)  # a line feed starts a line, as where a program prints
    stream = pyte.Stream(screen)
    for character in printed:  # one by one: the emulator passes over all that stands behind one without width
        stream.feed(character)
    return [letters(line) for line in screen.display[: len(lines)]], screen.cursor.y


def letters(line):
    """Return a line without marks upon letters, and without what has no width."""
    return "".join(c for c in unicodedata.normalize("NFD", line) if pyte.screens.wcwidth(c) > 0).rstrip()


def assert_only_shown(printed, more=frozenset()):
    """The terminal drew each character, one line for each line, and nothing happened to it otherwise."""
    assert printed.isascii() or not re.search(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]", printed)
    events, drawn = told(printed)
    assert events <= SHOWS | more
    if not more:
        assert drawn == printed.replace("\n", "")
        lines, row = seen(printed)
        assert row == printed.count("\n")
        assert lines == [letters(line) for line in printed.split("\n")]


def test_a_terminal_would_notice():
    """The emulator sees what the escapes in the texts do, and so these tests can fail."""
    for text, event in [("\x1b[2J", "erase_in_display"), ("\x1b]0;x\x07", "set_title"), ("\x9b2J", "erase_in_display"),
                        ("a\b", "backspace"), ("\x07", "bell"), ("\x1b[1A", "cursor_up")]:  # fmt: skip
        assert event in told(text)[0]
    assert told("a\x1b]52;c;Y2FsYw==\x07b")[1] != "a\x1b]52;c;Y2FsYw==\x07b"


@given(grids)
@pytest.mark.hostile("U08", "U09")
def test_any_table(grid):
    """A table of any labels is drawn as it was printed; with colour, nothing is added but colour."""
    assert_only_shown(render(grid))
    shaded = attrs.evolve(grid, shades={(0, 0): 0.5})
    assert_only_shown(render(shaded, color=True), {"select_graphic_rendition"})


@pytest.mark.hostile("U08", "U09")
@pytest.mark.parametrize("style", ["plain", "github", "latex", "html"])
def test_each_text_in_each_place(style, hostile_results):
    """Each hostile text in each place of a table, and every result there is, in every format that is printed."""
    for grid in every_grid():
        assert_only_shown(render(grid, style))
    for result in hostile_results.values():
        assert_only_shown(result.to_table(style))


@pytest.fixture
def files(tmp_path):
    """Two files of labels that mean harm."""
    found = {}
    for name in ("paris-beijing-2025", "un-landmark-votes"):
        found[name] = tmp_path / f"{name}.json"
        dump(poisoned(stances.load(name)), found[name])
    return found


VERBS = (
    ["show", "REPORT"], ["show", "REPORT", "--questions"], ["show", "VOTES", "--questions"], ["agreement", "REPORT"],
    ["agreement", "VOTES", "--by", "issue"], ["compare", "CHN", "FRA", "REPORT"], ["compare", "CHN", "FRA", "VOTES"],
    ["check", "REPORT"], ["deeds", "REPORT"], ["common-ground", "REPORT"], ["fault-lines", "REPORT"],
    ["diff", "REPORT", "VOTES"], ["trend", "CHN", "FRA", "VOTES"], ["cohesion", "EU", "VOTES"],
    ["wedges", "EU", "VOTES", "--rival", "CHN"], ["cite", "REPORT"], ["cite", "REPORT", "--style", "csl-json"],
)  # fmt: skip


@pytest.mark.hostile("U08", "U09")
@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_what_verbs_print(verb, files, capsys):
    """Every verb prints its answer, and what it notes on stderr, without telling the terminal anything."""
    named = {"REPORT": str(files["paris-beijing-2025"]), "VOTES": str(files["un-landmark-votes"])}
    assert main([named.get(word, word) for word in verb]) in (0, 1)
    printed = capsys.readouterr()
    assert len(printed.out) > 100
    assert_only_shown(printed.out)
    assert_only_shown(printed.err)


@pytest.mark.hostile("U08", "U09", "L09")
def test_what_is_said_of_a_file_full_of_them(tmp_path, capsys):
    """All faults of a file whose every cell means harm, and its name, are told line by line on stderr."""
    rows = "".join(f'"{t.replace(chr(34), chr(34) * 2)}",q,yes\n' for t in TEXTS)
    path = tmp_path / "\x1b]0;title\x07\u202evotes.csv"
    path.write_text("actor,question,position\n" + rows, "utf-8", newline="")
    for arguments in (
        ["show", str(path)],
        ["show", str(path), "--scale", "\x1b[2J<b"],
        ["show", str(path) + "\x9b2J"],
    ):
        assert main(arguments) in (2, 3)
        assert_only_shown(capsys.readouterr().err)


@pytest.mark.hostile("U08", "L10")
@pytest.mark.parametrize("text", ["\x1b[2J", "\x1b]52;c;Y2FsYw==\x07", "\x9b2J", "\u202ea", "a\rb", "a\bb"])
@pytest.mark.parametrize("where", [["@"], ["show", "@"], ["show", "--@"], ["show", "--format", "@"], ["show", "--form@"],
                                   ["show", "--since", "@"], ["compare", "CHN", "@"], ["show", "--actors", "@"],
                                   ["agreement", "--measure", "@"], ["show", "-o", "@/x"], ["show", "x", "y", "@"],
                                   ["agreement", "--min-shared", "@"], ["report", "--reader", "@"]], ids=" ".join)  # fmt: skip
def test_what_is_said_of_arguments(text, where, capsys):
    """An argument that means harm, such as one out of a script, is named in its error as text."""
    assert main([word.replace("@", text) for word in where]) != 0
    assert_only_shown(capsys.readouterr().err)


FACTS = {"str": str, "object": str, "str | None": str, "tuple[str, ...]": lambda text: (text, text),
         "Collection[str]": lambda text: (text,), "Sequence[str]": lambda text: (text,), "int": len, "float": len,
         "int | None": len}  # fmt: skip


def said_by(kind, text):
    """Return the sentence of an error all of whose facts hold a text; None where it takes others than texts."""
    types = {
        f.name: getattr(f.type, "__name__", "") if isinstance(f.type, type) else str(f.type)
        for f in attrs.fields(kind)
    }
    if not set(types.values()) <= set(FACTS):
        return None
    try:
        return str(kind(**{name: FACTS[told](text) for name, told in types.items()}))
    except (TypeError, ValueError, KeyError, NotImplementedError):  # texts of some form alone
        return None


KINDS = [kind for kind in map(errors.__dict__.get, errors.__all__)
         if isinstance(kind, type) and issubclass(kind, StancesError) and said_by(kind, "x")]  # fmt: skip


@pytest.mark.hostile("L09", "U08", "U09")
def test_each_error_makes_its_facts_visible():
    """A sentence is one line that a terminal only shows, whatever the facts are, also where no one escapes it."""
    assert len(KINDS) > 40
    for kind in KINDS:
        for text in TEXTS:
            said = said_by(kind, text)
            assert "\n" not in said
            assert_only_shown(said)
