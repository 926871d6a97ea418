"""An event in its document's own text."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from catalog_builder.model import Event
from catalog_builder.recall import note

Contents: TypeAlias = Mapping[str, Mapping[str, bytes]]
"""The files of each repository, by its name and their paths."""

FILE = "file"
"""Whom one asks for the digest of a file, by repository and path."""

_MOST_LINES = 300
_LONGEST = 24_000
_CUT = "…"
_PARTS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]')


class Excerpts:
    """Text of events; each document is read once for all of its events."""

    def __init__(self, contents: Contents, events: tuple[Event, ...]) -> None:
        self._contents = contents
        self._lines: dict[tuple[str, str], set[int]] = {}
        for event in events:
            source = event.source
            if source.line:
                self._lines.setdefault((source.repository, source.path), set()).add(source.line)
        self._texts: dict[tuple[str, str], Mapping[int, str]] = {}
        self._digests: dict[tuple[str, str], bytes | None] = {}

    def of(self, event: Event) -> str:
        """What the document says of it, from its first line on; empty: nothing can be told."""
        place = (event.source.repository, event.source.path)
        if place not in self._texts:
            data = self._contents.get(place[0], {}).get(place[1])
            lines = (data or b"").decode("utf-8", "replace").splitlines()
            wanted = self._lines.get(place, ())
            self._texts[place] = {line: excerpt(lines, line) for line in wanted}
            self._digests[place] = digest_of(data)
        note((FILE, *place), self._digests[place])
        return self._texts[place].get(event.source.line, "")


def digest_of(content: bytes | None) -> bytes | None:
    """What the content of a file is told from others by; None: there is no file."""
    return None if content is None else hashlib.blake2b(content, digest_size=16).digest()


def excerpt(lines: list[str], number: int) -> str:
    r"""What stands at a line of YAML or JSON, and all that belongs to it, moved to the left.

    Empty when the line is so long that much else stands in it, as in a document without line ends.

    >>> excerpt(["a:", "  b:", "    c: 1", "", "  d: 2"], 2)
    'b:\n  c: 1'
    >>> excerpt(['{"a": {', '  "b": {"c": 1}, "d": 2', "}}"], 2)
    '"b": {"c": 1}'
    """
    if not 0 < number <= len(lines):
        return ""
    first = lines[number - 1]
    if len(first) > _LONGEST:
        return ""
    block = _braced if first.lstrip().startswith(('"', "{")) else _indented
    indent = len(first) - len(first.lstrip())
    taken = list(block(lines, number - 1, indent))
    while taken and not taken[-1].strip():
        taken.pop()
    text = "\n".join(each[indent:] if not each[:indent].strip() else each for each in taken)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + _CUT


def _indented(lines: list[str], start: int, indent: int) -> Iterator[str]:
    """A line of YAML and those below it that stand further to the right."""
    yield lines[start]
    is_key = not lines[start].lstrip().startswith("-")
    for count, line in enumerate(lines[start + 1 : start + 1 + _MOST_LINES], 1):
        own = len(line) - len(line.lstrip())
        is_entry = is_key and own == indent and line.lstrip().startswith("- ")
        if line.strip() and own <= indent and not is_entry:
            return
        if count == _MOST_LINES:
            yield _CUT
            return
        yield line


def _braced(lines: list[str], start: int, indent: int) -> Iterator[str]:
    """A line of JSON, and those up to the bracket that closes what it opens."""
    depth = 0
    for count, line in enumerate(lines[start : start + _MOST_LINES + 1]):
        if count == _MOST_LINES:
            yield _CUT
            return
        for part in _PARTS.finditer(line, indent if count == 0 else 0):
            depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(part[0], 0)
            if part[0] in "}]" and depth <= 0:
                yield line[: part.end()]
                return
        yield line
        if depth == 0:
            return
