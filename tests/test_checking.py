"""check_dataset: which passages are accounted for, and whether quotations stand where they should."""

import pytest
from attrs import evolve

from stances import VOTE, Actor, Dataset, Evidence, Question, Source, Stance, Uncoded, check_dataset
from stances.checking import normalised, split_paragraphs
from stances.errors import UnknownSourceError

TEXT = "A greeting.\nIt wants\u00a0a ceasefire\tsoon.\nIt wants peace.\nIt wants peace, too."


def dataset(*evidence, passages=4):
    """A dataset whose stances rest on some passages."""
    records = [Stance("FRA", "q", "yes", coder=str(k), evidence=[e]) for k, e in enumerate(evidence)]
    return Dataset(
        "d",
        questions=[Question("q", "?", VOTE)],
        actors=[Actor("FRA")],
        sources=[Source("s", passages=passages)],
        stances=records,
        uncoded=[Uncoded("s", "1", "A greeting.")],
    )


@pytest.mark.parametrize(
    ("locator", "quote", "status", "found"),
    [
        ("2", "wants a ceasefire soon", "verified", (2,)),  # blanks are normalised
        ("3", "a ceasefire", "moved", (2,)),
        ("2", "a cease fire", "missing", ()),
        (None, "a ceasefire", "verified", (2,)),
        (None, "wants peace", "ambiguous", (3, 4)),
        ("4", "wants peace", "verified", (3, 4)),
    ],
)
@pytest.mark.hostile("N12")
def test_quotations_are_looked_up(locator, quote, status, found):
    """A quotation is verified at its paragraph, or told to be moved, missing or ambiguous."""
    report = check_dataset(dataset(Evidence("s", locator=locator, quote=quote)), {"s": TEXT})
    (quotation,) = report.quotations
    assert (quotation.status, quotation.found_in) == (status, found)
    assert ("do not stand" in str(report)) == (status != "verified")
    assert report.columns()["status"] == [status]


def test_unicode_is_normalised():
    """Composed and decomposed letters are the same."""
    assert normalised("Cote\u0301  d'Ivoire") == normalised("Cot\u00e9 d'Ivoire")


def test_coverage_is_counted():
    """Passages are coded, listed without a stance, or not accounted for."""
    report = check_dataset(dataset(Evidence("s", locator="2")))
    (reading,) = report.readings
    assert (reading.coded, reading.uncoded, reading.missing) == ((2,), (1,), (3, 4))
    assert not report.is_clean
    assert check_dataset(dataset(Evidence("s", locator="2"), passages=2)).is_clean


def test_unnumbered_sources_are_fine():
    """A source that does not say how many passages it has misses none."""
    data = evolve(dataset(Evidence("s", locator="p. 3")), sources=[Source("s")])
    (reading,) = check_dataset(data).readings
    assert (reading.n_passages, reading.coded, reading.missing) == (None, (), ())


def test_texts_of_unknown_sources_are_refused():
    """A text is given for a source that is there."""
    with pytest.raises(UnknownSourceError, match="known: s"):
        check_dataset(dataset(), {"report": TEXT})


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [("a\nb\n", ["a", "b"]), ("a\nb\n\nc\n \nd", ["a\nb", "c", "d"]), ("", []), ("\r\n a\r\nb", ["a", "b"])],
)
def test_paragraphs(text, paragraphs):
    """Paragraphs stand between blank lines or, without any, on a line each."""
    assert split_paragraphs(text) == paragraphs
