"""Markdown is read back by a parser of CommonMark with tables, links, formulas and raw HTML: one table, all text."""

import re

import pytest
from hostile_texts import every_grid, grids, package, texts
from hypothesis import given
from hypothesis import strategies as st

from stances.escapes import one_line
from stances.tables import remark, render

markdown_it = package("markdown_it")
plugins = package("mdit_py_plugins.dollarmath")
FRAME = {"table", "thead", "tbody", "tr", "th", "td", "paragraph", "inline", "strong", "text", "text_special"}


def parser():
    """Return a parser of all that labels could be taken for, raw HTML and formulas included."""
    reader = markdown_it.MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return reader.use(plugins.dollarmath_plugin, allow_digits=True, allow_space=True)


def kinds(tokens):
    """Return what a document is made of, and every inline part of it."""
    every = [token for top in tokens for token in (top, *(top.children or ()))]
    return {re.sub("_(open|close)$", "", token.type) for token in every}


def inline(token):
    """Return the text of one cell or paragraph."""
    return "".join(child.content for child in token.children)


def due(text):
    """Return a label as Markdown can say it: blanks at the ends of a cell count for nothing."""
    return one_line(text).strip()


def assert_tables(grids, text):
    """The document is those grids in a row: title, table and notes, each cell with its text, and nothing else."""
    tokens = parser().parse(text)
    assert kinds(tokens) <= FRAME
    said, tables, rows = [], [], None
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "table_open":
            tables.append([])
        if token.type == "tr_open":
            rows = tables[-1]
            rows.append([])
        if token.type == "inline" and before.type in ("th_open", "td_open"):
            rows[-1].append(inline(token))
        elif token.type == "inline":
            said.append(inline(token))
    due_tables = [[list(map(due, row)) for row in (grid.header, *grid.rows)] for grid in grids if grid.rows]
    assert [[[cell.strip() for cell in row] for row in table] for table in tables] == due_tables
    assert [t.strip() for t in said] == [
        t for grid in grids for t in map(due, (grid.title, *grid.notes)) if t
    ]


@given(grids)
@pytest.mark.hostile("U07")
def test_any_table(grid):
    """The labels come back from the parser as they were, whatever they are."""
    assert_tables([grid], render(grid, "github"))


@pytest.mark.hostile("U07")
def test_each_text_in_each_place(hostile_results):
    """Each hostile text in each place of a table, and every result there is."""
    for grid in every_grid():
        assert_tables([grid], render(grid, "github"))
    for result in hostile_results.values():
        assert_tables(result.grids(), result.to_table("github"))


@given(st.lists(texts, max_size=4))
@pytest.mark.hostile("U07")
def test_remarks_stay_comments(lines):
    """The lines below a table are one comment of HTML to Markdown as well."""
    tokens = parser().parse("x\n" + remark(lines, "github"))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close", "html_block"]
    assert tokens[-1].content.startswith("<!--")
    assert tokens[-1].content.rstrip().endswith("-->")
    assert "--" not in tokens[-1].content.strip()[4:-3]
