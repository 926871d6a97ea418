"""Foreign text as plain lines, and as HTML."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from posixpath import commonprefix

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


def in_element(text: str) -> str:
    """Text as HTML between tags, where quotes may stay as they are.

    >>> in_element('"a" <b> & c')
    '"a" &lt;b&gt; &amp; c'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def distinct_cuts(names: Iterable[str], longest: int) -> Mapping[str, str]:
    """Each name no longer than `longest`, and no two the same.

    >>> list(distinct_cuts(["stock-level-north-raised", "stock-level-south-raised"], 13).values())
    ['sto…-north-r…', 'sto…-south-r…']
    """
    alike: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        alike.setdefault(middle_cut(name, longest), []).append(name)
    cuts = {same[0]: cut for cut, same in alike.items() if len(same) == 1}
    taken = set(cuts.values())
    for same in alike.values():
        if len(same) > 1:
            differs = len(commonprefix(same))
            for name in sorted(same, key=len):
                cuts[name] = _free(_cut_around(name, differs, longest), longest, taken)
                taken.add(cuts[name])
    return cuts


def _cut_around(name: str, differs: int, longest: int) -> str:
    """A window on the name from just before where it begins to differ."""
    if len(name) <= longest:
        return name
    head = max(1, longest // 4)
    room = longest - head - 1
    rest = name[max(head, min(differs - 1, len(name) - room)) :]
    return f"{name[:head]}…{rest if len(rest) <= room else rest[: room - 1] + '…'}"


def _free(cut: str, longest: int, taken: Collection[str]) -> str:
    number, found = 2, cut
    while found in taken:
        mark = f"…{number}"
        number, found = number + 1, cut[: longest - len(mark)] + mark
    return found


def middle_cut(text: str, longest: int) -> str:
    """Text no longer than `longest`, with `…` for what is left out of its middle.

    >>> middle_cut("stock.reservation.confirmed", 16)
    'stock.r…onfirmed'
    """
    if len(text) <= longest:
        return text
    tail = longest // 2
    return f"{text[: longest - tail - 1]}…{text[-tail:]}"
