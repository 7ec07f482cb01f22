"""What the templates are given: the report, and small things that are looked up while a page is laid out."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from stances.models import Source, Stance
from stances.report import texts
from stances.report.boards import SQUARE, key_of
from stances.report.drawing import claims_of
from stances.report.links import link_of
from stances.report.questions import Passage
from stances.report.records import VOICES, Account

if TYPE_CHECKING:
    from stances.report.result import Report

OPENED = 60  # records that all lie open


def context_of(report: "Report") -> dict[str, Any]:
    """Return the names that templates use."""
    passages = _Passages(report)
    return {
        "report": report,
        "figures": _figures(report),
        "large": len(report.matrix.actors) > SQUARE,
        "number": {entry.question.id: entry.number for entry in report.entries},
        "openable": {(pair.row, pair.column) for pair in report.pairs},
        "opens": sum(len(entry.records) for entry in report.entries) <= OPENED,
        "claims": claims_of(report.drawn),
        "passages": passages.of,
        "key": key_of,
        "link": _link,
        "shares": _shares,
        "texts": texts,
    }


def _figures(report: "Report") -> list[tuple[int, str]]:
    sizes = {
        ("actor", ""): len(report.matrix.actors),
        ("issue", ""): len(report.matrix.positions.issues),
        ("question", ""): len(report.entries),
        ("position on record", "positions on record"): sum(account.levels for account in report.accounts),
        ("source", ""): len(report.sources),
    }
    return [
        (n, things or one + "s" if n != 1 else one)
        for (one, things), n in sizes.items()
        if n or one in ("actor", "question")
    ]


def _link(source: Source) -> str | None:
    return link_of(source.url)


def _shares(account: Account) -> list[tuple[str, float]]:
    return list(zip(map(str, VOICES), account.shares, strict=False))


class _Passages:
    """The passages behind records, as the questions already hold them."""

    def __init__(self, report: "Report") -> None:
        self.known = {
            id(record.stance): record.passages for entry in report.entries for record in entry.records
        }

    def of(self, stances: Iterable[Stance]) -> list[Passage]:
        """Return the passages of some records."""
        return [passage for stance in stances for passage in self.known.get(id(stance), ())]
