"""How wide a box must be for what is written in it, so that those of a column are alike.

Boxes in few widths make diagrams of one shape, which are laid out once, however many there are.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

FONT_SIZE = 11
"""Of what stands in boxes, in points."""
_MARGINS = 20
_STEP = 30
_POINTS_PER_INCH = 72
_THOUSANDTHS = {
    **dict.fromkeys("ijl'|", 222),
    **dict.fromkeys(" .,:;/!I[]\\ft", 278),
    **dict.fromkeys('()-`r"', 340),
    **dict.fromkeys("*^", 430),
    **dict.fromkeys("ckJsvxyz", 500),
    **dict.fromkeys("&ABEKPSVXY", 667),
    **dict.fromkeys("wCDHNRU", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("m%M", 870),
    **dict.fromkeys("W…@", 1000),
}
"""Of the font's size, how wide Helvetica's characters are."""
_USUAL = 556
_WIDE = 1000


def column_width(labels: Iterable[str]) -> float:
    """Inches that are enough for a box with any of these, as one of few widths.

    >>> column_width(["OrderPlaced", "a"]), column_width(["OrderCancelled"])
    (1.25, 1.67)
    """
    widest = max(map(_points, labels), default=0)
    steps = -(-(widest + _MARGINS) // _STEP)
    return round(steps * _STEP / _POINTS_PER_INCH, 2)


@lru_cache(maxsize=16384)
def _points(label: str) -> float:
    return FONT_SIZE * sum(map(_width, label)) / 1000


def _width(character: str) -> int:
    usual = _WIDE if unicodedata.east_asian_width(character) in "WF" else _USUAL
    return _THOUSANDTHS.get(character, usual)
