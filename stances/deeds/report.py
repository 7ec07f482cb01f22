"""What words and deeds come to: an account per actor, a gap per question, and the evidence of both."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from attrs import field, fields, frozen

from stances.captions import THIN
from stances.comparison import Side
from stances.models import Question, Source
from stances.origin import Origin
from stances.passages import evidence_grids
from stances.printable import Printable, cell_text, rounded
from stances.prompts import next_line
from stances.tables import Grid
from stances.uncertainty import Interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@frozen
class Gap:
    """One question on which an actor has both a word and a deed.

    Attributes
    ----------
    actor : str
    question : Question
    word, deed : Side
        Both positions, each with its records and their evidence.
    gap : float
        Distance of the two levels on the question's scale, in [0, 1]; on an unordered scale 0 or 1.
    step : float
        From the word to the deed, in [-1, 1]: below 0 where the deed is lower. NaN where the levels
        differ on an unordered scale, which has no direction.
    contribution : float
        Its part of the actor's mean gap; the parts add up to it.
    """

    actor: str
    question: Question
    word: Side
    deed: Side
    gap: float
    step: float
    contribution: float

    @property
    def direction(self) -> str:
        """``kept``, ``deed lower``, ``deed higher``, or ``other level`` on an unordered scale."""
        if self.gap == 0:
            return "kept"
        if self.step != self.step:
            return "other level"
        return "deed lower" if self.step < 0 else "deed higher"

    @property
    def is_inferred(self) -> bool:
        """Whether the word, or the deed, rests on nothing but what was read between the lines."""
        sides = (self.word.records, self.deed.records)
        return any(records and all(record.inferred for record in records) for records in sides)


@frozen
class Account:
    """How one actor keeps its word.

    Attributes
    ----------
    actor : str
    n_words, n_deeds : int
        Questions on which its words, or its deeds, come to a level.
    n_both : int
        Questions with both: the support. Those of weight 0 do not count.
    mean_gap : float
        Mean of the gaps, weighted as the questions are, in [0, 1]; NaN where no question has both.
    lower, upper : float
        Ends of its interval; NaN if none was asked for.
    share_kept : float
        Share of the questions with both on which the deed is at the level of the word, in [0, 1].
    n_deed_lower, n_deed_higher : int
        Questions on which the deed is lower, or higher, on an ordered scale.
    conflicts : tuple of str
        Questions on which its words, or its deeds, differ among themselves; they are skipped.
    why : str
        ``no_shared_questions`` where no question has both; "" where the values are defined.
    """

    actor: str
    n_words: int
    n_deeds: int
    n_both: int
    mean_gap: float
    lower: float
    upper: float
    share_kept: float
    n_deed_lower: int
    n_deed_higher: int
    conflicts: tuple[str, ...]
    why: str


@frozen(repr=False, str=False)
class WordsAndDeeds(Printable):
    """Words and deeds of actors: who does what it says.

    Attributes
    ----------
    accounts : tuple of Account
        One per actor.
    gaps : tuple of Gap
        One per actor and question with both.
    interval : Interval or None
    name, rules : str
        Of the dataset, and how its records became positions.
    sources : tuple of Source
        Documents that the evidence names.
    origin : Origin or None
        The data it was made of, for citations; None where that is not known.
    """

    accounts: tuple[Account, ...]
    gaps: tuple[Gap, ...]
    interval: Interval | None
    name: str
    rules: str
    sources: tuple[Source, ...]
    origin: Origin | None = field(default=None, kw_only=True, repr=False, eq=False)

    def columns(self) -> dict[str, list[Any]]:
        """Return one row per actor and question that has both."""
        gaps = self.gaps
        return {
            "actor": [gap.actor for gap in gaps],
            "question": [gap.question.id for gap in gaps],
            "word": [gap.word.position for gap in gaps],
            "deed": [gap.deed.position for gap in gaps],
            "gap": [gap.gap for gap in gaps],
            "step": [gap.step for gap in gaps],
            "direction": [gap.direction for gap in gaps],
            "contribution": [gap.contribution for gap in gaps],
            "word_rests_on": [gap.word.rests_on for gap in gaps],
            "deed_rests_on": [gap.deed.rests_on for gap in gaps],
        }

    def document(self) -> dict[str, Any]:
        """Return the accounts beside the questions that make them."""
        names = [field.name for field in fields(Account)]
        accounts = {name: [getattr(account, name) for account in self.accounts] for name in names}
        about = {"dataset": self.name, "rules": self.rules}
        how = self.interval.document() if self.interval else None
        return about | {"interval": how, "accounts": accounts, "questions": self.columns()}

    def grids(self) -> tuple[Grid, ...]:
        """Return the accounts, the questions with both, and the evidence."""
        if not self.gaps:
            return (self._accounts_grid(),)
        records = [record for gap in self.gaps for side in (gap.word, gap.deed) for record in side.records]
        return (self._accounts_grid(), self._gaps_grid(), *evidence_grids(records, self.sources))

    def _accounts_grid(self) -> Grid:
        parts = ("Who keeps its word", self.name, self.rules, str(self.interval or ""))
        title = " · ".join(part for part in parts if part)
        rows = tuple(map(_account_row, (account for account in self.accounts if account.n_both)))
        header = ("actor", "mean gap", "word kept", "deed lower", "deed higher", "words", "deeds")
        return Grid(title, header if rows else ("",), rows, tuple(self._notes()))

    def _gaps_grid(self) -> Grid:
        header = ("actor", "question", "word", "deed", "gap", "direction", "contribution")
        rows = tuple(
            (
                *(gap.actor, gap.question.id, gap.word.position, gap.deed.position),
                *(rounded(gap.gap), gap.direction, rounded(gap.contribution)),
                *(gap.word.rests_on or "-", gap.deed.rests_on or "-"),
            )
            for gap in self.gaps
        )
        notes = ("Contributions add up to the mean gap of the actor.",)
        return Grid("Question by question", (*header, "word rests on", "deed rests on"), rows, notes)

    def _notes(self) -> Iterator[str]:
        with_both = [account for account in self.accounts if account.n_both]
        if with_both:
            yield "A gap of 0 keeps the word; 1 is the whole width of the question's scale."
        else:
            yield "Undefined (no_shared_questions): nobody has a word and a deed on the same question."
        if any(account.n_both < THIN for account in with_both):
            yield f"(...)  fewer than {THIN} questions with both: a list to read, not a score."
        inferred = sum(gap.is_inferred for gap in self.gaps)
        if inferred:
            told = f"{inferred} of {len(self.gaps)}; --no-inferred leaves them out"
            yield f"Read between the lines, on one side or both: {told}."
        yield from self._others()
        differing = [f"{account.actor} on {q}" for account in self.accounts for q in account.conflicts]
        if differing:
            more = f" and {len(differing) - 5} more" if len(differing) > 5 else ""
            yield f"Skipped, as records of one basis differ: {', '.join(differing[:5])}{more}."
        one = f"--actor {with_both[0].actor}" if len(with_both) > 1 else "--pairs"
        yield next_line(f"deeds {{}} {one}", self.name)

    def _others(self) -> Iterator[str]:
        """Name the actors of whom there is nothing to compare, and say what there is."""
        rest = [account for account in self.accounts if not account.n_both]
        kinds = {
            "Words and deeds, but never on the same question": (True, True),
            "Only words": (True, False),
            "Only deeds": (False, True),
            "Neither": (False, False),
        }
        for told, kind in kinds.items():
            alike: dict[tuple[int, int], list[str]] = {}
            for account in rest:
                if (account.n_words > 0, account.n_deeds > 0) == kind:
                    alike.setdefault((account.n_words, account.n_deeds), []).append(account.actor)
            if alike:
                yield f"{told}: {'; '.join(_counted(*sizes, who) for sizes, who in alike.items())}."

    def plot(self, ax: "Axes | None" = None) -> "Axes":
        """Draw it, on `ax` or a figure of its own; see `stances.plots.dumbbell`."""
        from stances.plots import dumbbell

        return dumbbell(self, ax)

    def __repr__(self) -> str:
        n = len({gap.actor for gap in self.gaps})
        return f"<WordsAndDeeds of {self.name!r}: {len(self.gaps)} questions with both, {n} actors>"


def _account_row(account: Account) -> tuple[str, ...]:
    ends = f" [{rounded(account.lower)}, {rounded(account.upper)}]" if account.lower == account.lower else ""
    sizes = (account.n_deed_lower, account.n_deed_higher, account.n_words, account.n_deeds)
    return (
        account.actor,
        _supported(cell_text(account.mean_gap) + ends, account.n_both),
        _supported(cell_text(account.share_kept), account.n_both),
        *map(str, sizes),
    )


def _supported(value: str, support: int) -> str:
    return f"({value}) of {support}" if support < THIN else f"{value} of {support}"


def _counted(n_words: int, n_deeds: int, actors: list[str]) -> str:
    """Return actors who have the same number of words and of deeds, with these numbers."""
    sizes = {"word": n_words, "deed": n_deeds}
    parts = [f"{n} {name}{'s' * (n > 1)}" for name, n in sizes.items() if n]
    each = " each" * (len(actors) > 1)
    return f"{', '.join(actors)} ({', '.join(parts)}{each})" if parts else ", ".join(actors)
