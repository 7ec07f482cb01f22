"""One rule: which questions belong to an issue, by symbol, title and date."""

import re
import unicodedata
from functools import lru_cache

from attrs import field, frozen

from stances import validators as check
from stances.dates import PartialDate, Span, When
from stances.errors import FieldError
from stances.models import Question

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """Return the words of a text between blanks, without case, accents and punctuation.

    Examples
    --------
    >>> folded("Côte d'Ivoire: non-proliferation")
    ' cote d ivoire non proliferation '
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return f" {' '.join(_WORD.findall(plain.casefold()))} "


def _pattern(name: str, value: object) -> str:
    """Return a symbol, or the start of one with a star behind it."""
    stem = value.removesuffix("*") if isinstance(value, str) else value
    if isinstance(stem, str) and "*" in stem:
        raise FieldError(name, value, "has a * before its end", "a * stands at the end, for any ending")
    return check.symbol(name, stem) + ("*" if stem != value else "")


def _phrase(name: str, value: object) -> str:
    phrase = check.label(name, value)
    if not folded(phrase).strip():
        raise FieldError(name, value, "has no letter or digit")
    return phrase


@frozen
class Rule:
    """What a question must be like to belong to an issue; all that is given must hold.

    Attributes
    ----------
    issue : str
        Id of the issue.
    reason : str
        Why, in a sentence.
    symbols : tuple of str
        The question's id is one of these; with a ``*`` at the end, it starts like this.
    title_any, title_all, title_none : tuple of str
        Words or phrases of which one, all, none stand in the question's text. Whole words, without
        case and accents.
    since, until : PartialDate or None
        First and last day on which the question was put. An undated question fulfils neither.

    Raises
    ------
    FieldError
        If a field holds what it cannot hold, or the rule names neither symbols nor words to find.

    Examples
    --------
    >>> from stances import VOTE
    >>> rule = Rule("trade", "The title names it.", title_any=["world trade"], title_none=["arms"])
    >>> rule.holds_for(Question("r1", "Fair World-Trade rules", VOTE))
    True
    >>> rule.holds_for(Question("r2", "World trade in arms", VOTE))
    False
    """

    issue: str = field(converter=lambda v: check.identifier("issue", v))
    reason: str = field(converter=lambda v: check.text("reason", v))
    symbols: tuple[str, ...] = field(
        default=(), kw_only=True, converter=lambda v: check.items("symbols", v, _pattern, "symbol")
    )
    title_any: tuple[str, ...] = field(
        default=(), kw_only=True, converter=lambda v: check.items("title_any", v, _phrase, "title_any")
    )
    title_all: tuple[str, ...] = field(
        default=(), kw_only=True, converter=lambda v: check.items("title_all", v, _phrase, "title_all")
    )
    title_none: tuple[str, ...] = field(
        default=(), kw_only=True, converter=lambda v: check.items("title_none", v, _phrase, "title_none")
    )
    since: PartialDate | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.date("since", v)
    )
    until: PartialDate | None = field(
        default=None, kw_only=True, converter=lambda v: None if check.blank(v) else check.date("until", v)
    )

    def __attrs_post_init__(self) -> None:
        if not (self.symbols or self.title_any or self.title_all):
            advice = "give symbols, title_any or title_all"
            raise FieldError("rule", self.issue, "would hold for every question", advice)
        if self.since is not None and self.until is not None:
            Span(self.since, self.until)  # raises where it starts after it ends

    def holds_for(self, question: Question) -> bool:
        """Tell whether a question belongs to the issue by this rule."""
        dated = self._holds_on(question.date)
        return dated and self._has_symbol(question.id) and self._has_title(question.text)

    def _holds_on(self, date: When | None) -> bool:
        if date is None:
            return self.since is None and self.until is None
        begun = self.since is None or self.since.first <= date.first
        return begun and (self.until is None or date.last <= self.until.last)

    def _has_symbol(self, symbol: str) -> bool:
        if not self.symbols:
            return True
        return any(
            symbol.startswith(known[:-1]) if known.endswith("*") else symbol == known
            for known in self.symbols
        )

    def _has_title(self, text: str) -> bool:
        title = folded(text)
        found = [folded(phrase) in title for phrase in self.title_any]
        return (
            (any(found) or not found)
            and all(folded(phrase) in title for phrase in self.title_all)
            and not any(folded(phrase) in title for phrase in self.title_none)
        )
