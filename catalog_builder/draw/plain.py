"""Graphviz' plain output, read: one `graph`, its `node`s and `edge`s, and a `stop` each.

https://graphviz.org/docs/outputs/plain/
"""

from collections.abc import Iterator, Sequence

from catalog_builder.layout import Layout, Line, Point

_END = "stop\n"
_TENTHS = 720
"""Of a point, in an inch."""


def layouts(output: str) -> Iterator[Layout]:
    """The layout of each graph; `output` may end in the middle of one, which is left out."""
    *whole, _ = output.replace("\\\n", "").split(_END)
    return map(_layout, whole)


def _layout(text: str) -> Layout:
    lines = text.splitlines()
    _, _, width, height = lines[0].split()[:4]
    down = _tenths(height)
    boxes = dict(_box(each, down) for each in lines if each.startswith("node "))
    edges = tuple(_line(each, down) for each in lines if each.startswith("edge "))
    return Layout(_tenths(width), down, tuple(boxes[at] for at in range(len(boxes))), edges)


def _box(line: str, down: int) -> tuple[int, tuple[int, int, int, int]]:
    _, name, *rest = line.split(" ", 6)
    x, y, width, height = map(_tenths, rest[:4])
    return int(name), (x - width // 2, down - y - height // 2, width, height)


def _line(line: str, down: int) -> Line:
    _, source, target, count, rest = line.split(" ", 4)
    numbers = rest.split(" ", 2 * int(count))
    points = _points(numbers[:-1], down)
    # Then perhaps the label's text and place; style and colour always.
    label = _points(numbers[-1].split(" ")[-4:-2], down)
    return Line((int(source), int(target)), points, label[0] if label else None)


def _points(numbers: Sequence[str], down: int) -> tuple[Point, ...]:
    each = list(map(_tenths, numbers))
    return tuple((x, down - y) for x, y in zip(each[::2], each[1::2], strict=True))


def _tenths(inches: str) -> int:
    return round(float(inches) * _TENTHS)
