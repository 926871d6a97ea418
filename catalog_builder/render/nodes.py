"""What a diagram is made of: boxes, and arrows between them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from catalog_builder.render.text import middle_cut

LONGEST_LABEL = 34
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


class Node(NamedTuple):
    """A box: `style` is its class, `href` where it leads, `tip` what hovering says."""

    key: str
    label: str
    style: str
    href: str = ""
    tip: str = ""
    folded: bool = False
    """Whether it stands for several things, which a second frame shows."""
    column: str = ""
    """Boxes of one column are equally wide; empty: it is as wide as what is written in it."""

    @property
    def title(self) -> str:
        """Its label in one line."""
        return in_one_line(self.label)

    @property
    def hint(self) -> str:
        """What hovering says, in one line."""
        return in_one_line(self.tip or self.label)


class Edge(NamedTuple):
    """An arrow between two boxes."""

    source: str
    target: str
    label: str = ""
    style: str = "flow"
    tip: str = ""
    width: float = 1.0
    href: str = ""
    both: bool = False
    """Whether it has a head at either end."""

    @property
    def lines(self) -> Sequence[str]:
        """Those of its label; what is too long is cut in the middle."""
        lines = self.label.split("\n") if self.label else ()
        return [middle_cut(in_one_line(each), LONGEST_LABEL) for each in lines]

    @property
    def hint(self) -> str:
        """What hovering says, in one line."""
        return in_one_line(self.tip)

    @property
    def is_plain(self) -> bool:
        """Whether it says nothing that another of its style does not say."""
        return not (self.label or self.href or self.tip) and self.width == 1


def in_one_line(text: str) -> str:
    """Text without what would break a line or turn its direction."""
    return _CONTROL.sub(" ", text)
