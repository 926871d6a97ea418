"""Pictures that were drawn before, found again by their graphs.

An album is kept from build to build, perhaps where others may write. So a picture out of it is held
to what Graphviz draws for us: shapes, text and links within the site. Anything else is drawn anew.
"""

import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

_DIGEST_BYTES = 16
_SIZE_BYTES = 4
_QUICK = 1
_LARGEST = 10_000_000
_PLAIN = (
    *("class", "cx", "cy", "d", "fill", "font-family", "font-size", "font-style", "font-weight"),
    *("height", "points", "rx", "ry", "stroke", "stroke-dasharray", "stroke-width", "text-anchor"),
    *("text-decoration", "viewBox", "width", "x", "xmlns", "xmlns:xlink", "y"),
)
"""Attributes whose values hold no parenthesis: it could load something."""
_PICTURE = re.compile(
    r"<svg\b[^<>]*>(?:[^<>]|</?(?:a|ellipse|g|path|polygon|polyline|rect|text)\b[^<>]*>)*</svg>"
)
_TAG = re.compile(r"<(?!/)[a-z]+([^<>]*)>")
_GIVEN = re.compile(
    rf'\s+(?:(?:{"|".join(_PLAIN)})="[^"<>(]*"|(?:transform|xlink:title)="[^"<>]*"'
    r'|xlink:href="(?!//)(?:[^":<>&\\\s]|&amp;)*")|\s*/?$'
)


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one process found in its album, and what it drew."""

    used: tuple[bytes, ...]
    new: Mapping[bytes, bytes]


@dataclass(slots=True)
class Album:
    """Pictures by digests of their graphs, all drawn by the same drawer."""

    drawer: str
    """What draws, down to its release."""
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

    def find(self, graph: str) -> str | None:
        """The picture of a graph; None when it is to be drawn."""
        key = _key(graph)
        packed = self._known.get(key)
        picture = _unpacked(packed) if packed else None
        if picture is None or not is_harmless(picture):
            return None
        self._used[key] = None
        return picture

    def put(self, graph: str, picture: str) -> None:
        """The picture can be found from now on."""
        packed = zlib.compress(picture.encode(), _QUICK)
        self._known[_key(graph)] = self._new[_key(graph)] = packed

    def harvest(self) -> Harvest:
        """What was found and drawn since this was asked last, small enough to be sent."""
        found = Harvest(tuple(self._used), dict(self._new))
        self._used.clear()
        self._new.clear()
        return found

    def gather(self, harvest: Harvest) -> None:
        """What was harvested anywhere is kept."""
        self._kept.update((key, self._known[key]) for key in harvest.used)
        self._kept.update(harvest.new)
        self._known.update(harvest.new)

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
        parts = (
            key + len(packed).to_bytes(_SIZE_BYTES) + packed
            for key, packed in sorted(self._kept.items())
        )
        return b"".join((_head(self.drawer), b"\n", *parts))


def is_harmless(picture: str) -> bool:
    """Whether a picture holds shapes, text and links within the site, and nothing else.

    >>> is_harmless('<svg width="1pt"><a xlink:href="../a.html"><text x="1">A</text></a></svg>')
    True
    >>> is_harmless('<svg><script>1</script></svg>'), is_harmless('<svg onload="x()"></svg>')
    (False, False)
    """
    return bool(_PICTURE.fullmatch(picture)) and all(
        not _GIVEN.sub("", tag[1]) for tag in _TAG.finditer(picture)
    )


def _entries(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(content):
        start = at + _DIGEST_BYTES + _SIZE_BYTES
        size = int.from_bytes(content[at + _DIGEST_BYTES : start])
        yield content[at : at + _DIGEST_BYTES], content[start : start + size]
        at = start + size


def _unpacked(packed: bytes) -> str | None:
    try:
        return zlib.decompressobj().decompress(packed, _LARGEST).decode()
    except (zlib.error, UnicodeDecodeError):
        return None


def _key(graph: str) -> bytes:
    return hashlib.blake2b(
        graph.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES
    ).digest()


def _head(drawer: str) -> bytes:
    return hashlib.sha256(drawer.encode()).hexdigest().encode()
