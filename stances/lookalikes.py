"""Names that look alike and are not: other letters of case, and letters of several scripts in one word."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# What Japanese, Chinese and Korean words are written in, and Latin letters beside them: NHK党 is one word.
_EAST_ASIAN = frozenset({"BOPOMOFO", "CJK", "HALFWIDTH", "HANGUL", "HIRAGANA", "KATAKANA"})
_WITH_EAST_ASIAN = frozenset({"FULLWIDTH", "LATIN"})
_NO_SCRIPT = frozenset(
    {"FEMININE", "MASCULINE", "MICRO"}
)  # ª, º and µ are signs, though Unicode says letters


def twins(ids: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return the ids that are equal but for case, each group sorted.

    Examples
    --------
    >>> twins(["fra", "CHN", "FRA"])
    (('FRA', 'fra'),)
    """
    groups: dict[str, set[str]] = {}
    for id in ids:
        groups.setdefault(id.casefold(), set()).add(id)
    return tuple(tuple(sorted(group)) for _, group in sorted(groups.items()) if len(group) > 1)


def mixed_words(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    r"""Return the words of a text in which scripts meet that no orthography joins, each with its scripts.

    Chinese characters, kana, hangul and Latin letters may stand in one word, and so may digits in any. Signs
    such as hyphens and apostrophes end a word.

    Examples
    --------
    >>> mixed_words("\u0420US, \u0420\u041e\u0421, NHK党, Côte-d'Ivoire")
    (('\u0420US', ('CYRILLIC', 'LATIN')),)
    """
    if text.isascii():
        return ()
    composed = unicodedata.normalize("NFC", text)
    words = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in composed).split()
    found = ((word, {script for c in word if (script := _script(c))}) for word in dict.fromkeys(words))
    return tuple((word, tuple(sorted(scripts))) for word, scripts in found if _is_mixed(scripts))


def _is_mixed(scripts: set[str]) -> bool:
    others = scripts - _EAST_ASIAN
    return len(others) > 1 or (others != scripts and not others <= _WITH_EAST_ASIAN)


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    """Return the script of a letter, which is the first word of its name in Unicode; "" for what has none."""
    if unicodedata.category(character) not in ("Ll", "Lo", "Lt", "Lu"):
        return ""
    script = unicodedata.name(character, "").partition(" ")[0]
    return "" if script in _NO_SCRIPT else script
