"""Where the boxes and lines of a diagram stand, between what it says and whoever lays it out.

Lengths are whole tenths of a point; the origin is the upper left corner.
"""

from dataclasses import dataclass
from typing import Protocol, TypeAlias

Point: TypeAlias = tuple[int, int]
"""Across and down."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two boxes, without the room for its heads."""

    ends: tuple[int, int]
    """Numbers of the boxes it leads from and to."""
    points: tuple[Point, ...]
    """A beginning, and three for each cubic Bézier curve."""
    label: Point | None = None
    """The middle of its label."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A diagram's geometry, and nothing else of it."""

    width: int
    height: int
    boxes: tuple[tuple[int, int, int, int], ...]
    """Left, top, width and height of each, by number."""
    lines: tuple[Line, ...]


class Sketch(Protocol):
    """A diagram that waits for its layout."""

    def dot(self) -> str:
        """What is to be laid out, in the DOT language; nodes are named by numbers from 0."""

    def svg(self, layout: Layout) -> str | None:
        """The picture as one SVG element; None: the layout is of another diagram."""
