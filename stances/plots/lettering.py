"""Text in figures: safe whatever the label, in fonts that have its signs, and of a known width."""

import unicodedata
import warnings
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from attrs import field, frozen

from stances.errors import StancesWarning
from stances.escapes import visible

LABEL, TEXT = 28, 700  # characters of a label, and of a caption
HEIGHT = 1.32  # of a line, in sizes of its font
_HINTED = 1.06  # how much wider hinting makes a line on a screen, at most
_FINE = 10  # hinting rounds widths; they are measured this many times larger
# Tried first, as they are made for much text; what is installed beside them is tried after.
PREFERRED = (
    "DejaVu Sans", "Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK KR",
    "Source Han Sans SC", "PingFang SC", "Hiragino Sans", "Microsoft YaHei", "Yu Gothic", "Malgun Gothic",
    "SimHei", "WenQuanYi Zen Hei",
    "Noto Sans Hebrew", "Noto Sans Arabic", "Noto Naskh Arabic", "Arial", "Segoe UI", "Tahoma",
    "Noto Sans Devanagari", "Noto Sans Thai", "Arial Unicode MS", "Noto Sans Symbols2",
)  # fmt: skip
_NO_FALLBACK = "Last Resort"  # a font of boxes, which has every sign and shows none


def cut(text: str, limit: int) -> str:
    """Return `text` as one line with an ellipsis in place of what is beyond a limit."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


@lru_cache(maxsize=256)
def _signs_of(path: str, index: int) -> frozenset[int]:
    """Return the code points that a font has signs for."""
    from matplotlib.ft2font import FT2Font

    try:
        font = FT2Font(path, face_index=index) if index else FT2Font(path)
        return frozenset(font.get_charmap())
    except (OSError, RuntimeError):  # a file that went, or is no font
        return frozenset()


def _needed(texts: Iterable[str]) -> set[str]:
    """Return the characters that need a sign of a font; spaces and joiners may have none."""
    return {
        c for text in texts for c in visible(text) if unicodedata.category(c) not in ("Cf", "Zs", "Zl", "Zp")
    }


def _families(needed: set[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return font families that together have all signs, the user's first; and the signs that none has."""
    import matplotlib as mpl
    from matplotlib.font_manager import FontProperties, findfont, fontManager

    own = list(mpl.rcParams["font.family"])
    first = findfont(FontProperties(family=own))
    left = {c for c in needed if ord(c) not in _signs_of(str(first), getattr(first, "face_index", 0))}
    if not left:
        return tuple(own), frozenset()
    regular = {
        entry.name: (entry.fname, getattr(entry, "index", 0))
        for entry in sorted(
            fontManager.ttflist, key=lambda e: (e.fname, getattr(e, "index", 0)), reverse=True
        )
        if entry.style == "normal" and str(entry.weight) in ("400", "normal", "regular", "book")
    }
    known = [name for name in PREFERRED if name in regular]
    known += sorted(set(regular) - set(known))
    for name in known:
        found = {c for c in left if ord(c) in _signs_of(*regular[name])}
        if found and not name.startswith(_NO_FALLBACK):
            own.append(name)
            left -= found
        if not left:
            break
    return tuple(own), frozenset(left)


def _shapes_text() -> bool:
    """Tell whether matplotlib lays out right-to-left and joined scripts: from 3.11 on, by libraqm."""
    from matplotlib import ft2font

    return hasattr(ft2font, "__libraqm_version__")


@frozen
class Letters:
    """How the texts of one figure are written.

    Attributes
    ----------
    families : tuple of str
        Fonts, in the order in which a sign is looked for.
    missing : frozenset of str
        Characters that no installed font has; they are written as their codes.
    """

    families: tuple[str, ...]
    missing: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Letters":
        """Return letters for some texts, and warn of what cannot be written as it should.

        Warns
        -----
        StancesWarning
            If no installed font has some sign, or this matplotlib cannot write from right to left.
        """
        needed = _needed(texts) | set("…−")
        families, missing = _families(needed)
        if missing:
            codes = ", ".join(_code(c) for c in sorted(missing)[:5])
            more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
            warnings.warn(
                f"no installed font has {codes}{more}: written as codes; install one, such as Noto Sans",
                StancesWarning,
                stacklevel=2,
            )
        if not _shapes_text() and any(unicodedata.bidirectional(c) in ("R", "AL") for c in needed):
            warnings.warn(
                "this matplotlib writes right-to-left labels from left to right; 3.11 and newer do not",
                StancesWarning,
                stacklevel=2,
            )
        return cls(families, missing)

    def line(self, text: str, limit: int = LABEL) -> str:
        """Return a text as one safe line of at most `limit` characters; codes count as many."""
        seen = visible(cut(text, limit))
        return cut("".join(_code(c) if c in self.missing else c for c in seen), limit)

    def width(self, text: str, size: float, weight: str = "normal") -> float:
        """Return how wide a line is, in points."""
        from matplotlib.backends.backend_agg import RendererAgg
        from matplotlib.font_manager import FontProperties

        font = FontProperties(family=list(self.families), size=size, weight=weight)
        renderer: Any = RendererAgg(1, 1, 72 * _FINE)  # type: ignore[no-untyped-call]  # untyped there
        width, _, _ = renderer.get_text_width_height_descent(text, font, ismath=False)
        return float(width) / _FINE

    def wrapped(self, text: str, size: float, width: float, weight: str = "normal") -> list[str]:
        """Return a text as lines of at most `width` points, broken at spaces where there are any."""
        lines, line, width = [], "", width / _HINTED
        for word in self.line(text, TEXT).split(" "):
            longer = f"{line} {word}" if line else word
            if self.width(longer, size, weight) <= width:
                line = longer
                continue
            *whole, line = [*([line] if line else []), *self._pieces(word, size, width, weight)]
            lines += whole
        return [*lines, line]

    def _pieces(self, word: str, size: float, width: float, weight: str) -> list[str]:
        """Return a word in pieces that fit, one if it fits."""
        pieces = [""]
        for character in word:
            if pieces[-1] and self.width(pieces[-1] + character, size, weight) > width:
                pieces.append("")
            pieces[-1] += character
        return pieces


def _code(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
