"""Foreign text as plain lines."""

import re
from functools import lru_cache

_LONGEST_LINE = 300
_LINKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[`*#>|]+|(?<!\w)_+|_+(?!\w)")


@lru_cache(maxsize=16384)
def plain_line(text: str, longest: int = _LONGEST_LINE) -> str:
    r"""The first paragraph as one line without marks, cut at a word.

    >>> plain_line("**Paid** in full.\n\nMore.")
    'Paid in full.'
    """
    paragraph = text.strip().split("\n\n", 1)[0]
    line = " ".join(_MARKS.sub("", _LINKS.sub(r"\1", paragraph[: 4 * longest])).split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def middle_cut(text: str, longest: int) -> str:
    """Text no longer than `longest`, with `…` for what is left out of its middle.

    >>> middle_cut("stock.reservation.confirmed", 16)
    'stock.r…onfirmed'
    """
    if len(text) <= longest:
        return text
    tail = longest // 2
    return f"{text[: longest - tail - 1]}…{text[-tail:]}"
