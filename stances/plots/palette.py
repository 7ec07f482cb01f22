"""Colours that all eyes and grey prints tell apart, and shapes that say the same without them."""

from collections.abc import Sequence

# From yellow (low) to blue (high): even steps of lightness for all eyes, and darker is more.
# Nuñez, J. R., Anderton, C. R. and Renslow, R. S. (2018), PLOS ONE 13, e0199239.
SCALE = "cividis_r"
# Okabe, M. and Ito, K. (2008), Color Universal Design, without the yellow that white paper swallows.
CAMPS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#7A7A7A")
SHAPES = ("o", "s", "^", "D", "v", "P", "X", "*")
STROKES = ("-", "--", "-.", ":", (0, (6, 1)), (0, (4, 1, 1, 1, 1, 1)), (0, (1, 1)), (0, (8, 3)))
BLUE, ORANGE, INK, SOFT, FAINT = "#0072B2", "#D55E00", "#1A1A1A", "#6B6B6B", "#C8C8C8"
PAPER, BLACK, NOTHING = "#FFFFFF", "#000000", "#EBEBEB"  # the last where there is no value


def luminance(color: Sequence[float]) -> float:
    """Return the relative luminance of an sRGB colour, 0 to 1.

    References
    ----------
    W3C (2018), Web Content Accessibility Guidelines 2.1, "relative luminance".

    Examples
    --------
    >>> luminance((0, 0, 0)), round(luminance((1, 1, 1)), 6)
    (0.0, 1.0)
    """
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ink_on(color: Sequence[float]) -> str:
    """Return black or white, whichever stands out more on a colour."""
    light = luminance(color)
    return BLACK if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else PAPER


def camp_of(number: int) -> int:
    """Return the place of a camp in `CAMPS`, `SHAPES` and `STROKES`; more camps than these begin again."""
    return (number - 1) % len(CAMPS)
