"""Layouts that were made before, found again by their graphs.

An album is kept from build to build, perhaps where others may write. So nothing of it but numbers
gets into a picture, and a layout that is not one is made anew.
"""

import hashlib
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Self

from catalog_builder.layout import Layout, Line, Point

_DIGEST_BYTES = 16
_SIZE_BYTES = 4
_NUMBERS = "i"
_LARGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one process found in its album, and what it laid out."""

    used: tuple[bytes, ...]
    new: Mapping[bytes, bytes]


@dataclass(slots=True)
class Album:
    """Layouts by digests of their graphs, all made by the same release of the same program."""

    drawer: str
    """What lays out, down to its release."""
    _known: dict[bytes, bytes] = field(default_factory=dict)
    _used: dict[bytes, None] = field(default_factory=dict)
    _new: dict[bytes, bytes] = field(default_factory=dict)
    _kept: dict[bytes, bytes] = field(default_factory=dict)
    """What has been harvested in all processes."""
    _first: frozenset[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self._first = frozenset(self._known)

    @classmethod
    def of(cls, content: bytes | None, drawer: str) -> Self:
        """The album that these bytes are; an empty one of any other bytes."""
        head, _, rest = (content or b"").partition(b"\n")
        return cls(drawer, dict(_entries(rest)) if head == _head(drawer) else {})

    def __len__(self) -> int:
        """How many layouts can be found."""
        return len(self._known)

    def find(self, graph: str) -> Layout | None:
        """The layout of a graph; None when it is to be made."""
        key = _key(graph)
        layout = _unpacked(self._known.get(key, b""))
        if layout:
            self._used[key] = None
        return layout

    def put(self, graph: str, layout: Layout) -> None:
        """The layout can be found from now on."""
        key = _key(graph)
        self._known[key] = self._new[key] = _packed(layout)

    def harvest(self) -> Harvest:
        """What was found and laid out since this was asked last, small enough to be sent."""
        found = Harvest(tuple(self._used), dict(self._new))
        self._used.clear()
        self._new.clear()
        return found

    def gather(self, harvest: Harvest) -> None:
        """What was harvested anywhere is kept."""
        self._known.update(harvest.new)
        self._kept.update(harvest.new)
        self._kept.update((key, self._known[key]) for key in harvest.used)

    def keep_all(self, most: int) -> None:
        """What nobody asked for this time is kept too, if that makes no more than so many."""
        if len({**self._known, **self._kept}) <= most:
            self._kept = {**self._known, **self._kept}

    @property
    def is_new(self) -> bool:
        """Whether what was harvested is not what it held at first."""
        return self._kept.keys() != self._first

    def packed(self) -> bytes:
        """What was harvested, as bytes."""
        entries = sorted(self._kept.items())
        sized = (key + len(each).to_bytes(_SIZE_BYTES) + each for key, each in entries)
        return b"\n".join((_head(self.drawer), b"".join(sized)))


def _entries(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(content):
        start = at + _DIGEST_BYTES + _SIZE_BYTES
        size = int.from_bytes(content[at + _DIGEST_BYTES : start])
        yield content[at : at + _DIGEST_BYTES], content[start : start + size]
        at = start + size


def _packed(layout: Layout) -> bytes:
    """Counts before what they count, all as numbers."""
    numbers = array(_NUMBERS, (layout.width, layout.height, len(layout.boxes)))
    for box in layout.boxes:
        numbers.extend(box)
    for line in layout.lines:
        points = line.points if line.label is None else (*line.points, line.label)
        numbers.extend((*line.ends, len(points), line.label is not None))
        for point in points:
            numbers.extend(point)
    return numbers.tobytes()


@lru_cache(maxsize=4096)
def _unpacked(packed: bytes) -> Layout | None:
    try:
        numbers = array(_NUMBERS, packed).tolist()
        if not numbers or max(map(abs, numbers)) > _LARGEST:
            return None
        width, height, count = numbers[:3]
        first = 3 + 4 * count
        boxes = numbers[3:first]
        return Layout(
            width,
            height,
            tuple(zip(boxes[::4], boxes[1::4], boxes[2::4], boxes[3::4], strict=True)),
            tuple(_lines(numbers[first:])),
        )
    except ValueError:
        return None


def _lines(numbers: list[int]) -> Iterator[Line]:
    at = 0
    while at < len(numbers):
        source, target, count, has_label = numbers[at : at + 4]
        end = at + 4 + 2 * count
        points: list[Point] = list(
            zip(numbers[at + 4 : end : 2], numbers[at + 5 : end : 2], strict=True)
        )
        if len(points) != count or count < 1 + has_label:
            raise ValueError
        label = points.pop() if has_label else None
        yield Line((source, target), tuple(points), label)
        at = end


def _key(graph: str) -> bytes:
    return hashlib.blake2b(
        graph.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES
    ).digest()


def _head(drawer: str) -> bytes:
    return hashlib.sha256(drawer.encode()).hexdigest().encode()
