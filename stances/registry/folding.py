"""When two spellings are one name: case, accents and punctuation are folded away, and nothing else."""

import unicodedata


def fold(text: str) -> str:
    """Return what is compared of a name.

    Letters are decomposed and lose accents and case, ``&`` becomes "and", all other signs become
    blanks, and a leading "the" goes. Names that differ in a letter stay different.

    Examples
    --------
    >>> fold("CÔTE D'IVOIRE"), fold("TÜRKİYE"), fold("The Bahamas"), fold("St. Kitts & Nevis")
    ('cote d ivoire', 'turkiye', 'bahamas', 'st kitts and nevis')
    """
    bare = "".join(c for c in _decomposed(text) if unicodedata.category(c) != "Mn")
    words = "".join(c if c.isalnum() else " " for c in bare.replace("&", " and ")).split()
    while len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


def _decomposed(text: str) -> str:
    """Return `text` without case, as letters with their marks behind them."""
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
