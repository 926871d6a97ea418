"""A laid out diagram as SVG, in few words: the style sheet says what is the same in all of them."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TypeAlias

from markupsafe import escape

from catalog_builder.layout import Line, Point
from catalog_builder.render.nodes import Edge, Node
from catalog_builder.render.text import in_element

_MARGIN = 40
_CORNER = 80
_FRAME = 40
"""From an outer frame to an inner one."""
_HEAD = 60
_HALF_HEAD = 21
_DOWN_TO_BASE = 37
"""From the middle of a text of a box to its base line."""
_DOWN_TO_SMALL_BASE = 24
_LINE = 108
"""From one line of an edge's label to the next."""
_NOTE = 160
_PIXELS = 4 / 30
"""In a tenth of a point."""
_REMEMBERED = 16384
"""Shapes of each kind: many diagrams have the same ones."""


_Box: TypeAlias = tuple[tuple[int, int, int, int], str, Node]
"""Where a node stands, and what is written in it."""

_Stroke: TypeAlias = tuple[Line, Edge]
"""Where an edge runs."""


def drawing(
    size: tuple[int, int], boxes: Iterable[_Box], strokes: Iterable[_Stroke], note: str = ""
) -> str:
    """An SVG element; lengths are points, as in the layout."""
    width, height = size[0] + 2 * _MARGIN, size[1] + 2 * _MARGIN + (_NOTE if note else 0)
    view = " ".join(map(_points, (-_MARGIN, -_MARGIN, width, height)))
    below = _text("note", (size[0] // 2, size[1] + _NOTE - _MARGIN), [note]) if note else ""
    return (
        f'<svg class="diagram" role="group" width="{round(width * _PIXELS)}" '
        f'height="{round(height * _PIXELS)}" viewBox="{view}">'
        f"{''.join(_strokes(strokes))}{''.join(map(_box, boxes))}{below}</svg>"
    )


def _box(box: _Box) -> str:
    (left, top, width, height), label, node = box
    frames = _rect(left, top, width, height, _CORNER)
    if node.folded:
        inner = _rect(
            left + _FRAME,
            top + _FRAME,
            width - 2 * _FRAME,
            height - 2 * _FRAME,
            _CORNER - _FRAME // 2,
        )
        frames = inner + frames
    name = _text("", (left + width // 2, top + height // 2 + _DOWN_TO_BASE), [label])
    hint = "" if node.hint == label else node.hint
    return _linked(f"node {node.style}", node.href, hint, frames + name)


def _strokes(strokes: Iterable[_Stroke]) -> Iterable[str]:
    """Those that say nothing by themselves are one element for each style."""
    for (is_plain, style), own in groupby(sorted(strokes, key=_look), key=_look):
        if is_plain:
            yield _linked(f"edge {style}", "", "", _paths(list(own)))
        else:
            yield from map(_stroke, own)


def _look(stroke: _Stroke) -> tuple[bool, str]:
    """Whether it is plain, and its style."""
    return stroke[1].is_plain, stroke[1].style


def _stroke(stroke: _Stroke) -> str:
    line, edge = stroke
    first = -(len(edge.lines) - 1) * _LINE // 2 + _DOWN_TO_SMALL_BASE
    text = _text("", (line.label[0], line.label[1] + first), edge.lines) if line.label else ""
    return _linked(f"edge {edge.style}", edge.href, edge.hint, _paths([stroke]) + text)


def _paths(strokes: Sequence[_Stroke]) -> str:
    """The lines of edges that are equally wide, and their heads."""
    width = strokes[0][1].width
    thick = f' stroke-width="{width:.3g}"' if width != 1 else ""
    run = "".join(_curve(line.points) for line, _ in strokes)
    heads = "".join(
        _head(end) for line, edge in strokes for end in _ends(line.points, both=edge.both)
    )
    return f'<path{thick} d="{run}"/><path class="head" d="{heads}"/>'


@lru_cache(maxsize=_REMEMBERED)
def _curve(points: tuple[Point, ...]) -> str:
    first, *rest = points
    if all(down == first[1] for _, down in rest):
        return f"M{_pair(first)}H{_points(rest[-1][0])}"
    return f"M{_pair(first)}C{' '.join(map(_pair, rest))}"


def _ends(points: tuple[Point, ...], *, both: bool) -> Iterable[tuple[Point, ...]]:
    """The points from an end on inwards."""
    yield points[::-1]
    if both:
        yield points


@lru_cache(maxsize=_REMEMBERED)
def _head(inwards: tuple[Point, ...]) -> str:
    x, y = inwards[0]
    back = next((each for each in inwards if each != inwards[0]), (x - 1, y))
    across, down = x - back[0], y - back[1]
    length = (across * across + down * down) ** 0.5
    across, down = across / length, down / length
    tip = (round(x + _HEAD * across), round(y + _HEAD * down))
    left, right = (
        (round(x + side * down), round(y - side * across)) for side in (_HALF_HEAD, -_HALF_HEAD)
    )
    return f"M{_pair(left)}L{_pair(tip)} {_pair(right)}z"


@lru_cache(maxsize=_REMEMBERED)
def _rect(left: int, top: int, width: int, height: int, corner: int) -> str:
    x, y, across, down, rx = map(_points, (left, top, width, height, corner))
    return f'<rect x="{x}" y="{y}" width="{across}" height="{down}" rx="{rx}"/>'


def _text(style: str, place: Point, lines: Sequence[str]) -> str:
    named = f' class="{style}"' if style else ""
    return "".join(
        f'<text{named} x="{_points(place[0])}" y="{_points(place[1] + at * _LINE)}">'
        f"{in_element(line)}</text>"
        for at, line in enumerate(lines)
    )


def _linked(style: str, href: str, tip: str, content: str) -> str:
    """A group of what belongs together; a link where it leads anywhere."""
    title = f"<title>{in_element(tip)}</title>" if tip else ""
    if href:
        return f'<a class="{escape(style)}" href="{escape(href)}">{title}{content}</a>'
    return f'<g class="{escape(style)}">{title}{content}</g>'


def _pair(point: Point) -> str:
    return f"{_points(point[0])},{_points(point[1])}"


@lru_cache(maxsize=_REMEMBERED)
def _points(tenths: int) -> str:
    """Tenths of a point as points.

    >>> _points(125), _points(-120), _points(-4)
    ('12.5', '-12', '-0.4')
    """
    whole, rest = divmod(abs(tenths), 10)
    return f"{'-' * (tenths < 0)}{whole}{f'.{rest}' * bool(rest)}"
