"""YAML 1.2 core exactly, with every departure: slow, for the texts that native code leaves over.

Alone knows libyaml's events, the core schema's scalars, anchors and merge keys. It never recurses,
and what an alias would multiply is bounded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf

import orjson
import yaml

from catalog_builder.model import Json
from catalog_builder.parse.text import DEEPEST, MOST_VALUES, Departure, Path, Text

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATES = re.compile(
    r"\\u([dD][89abAB][0-9a-fA-F]{2})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?|"
    r"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_INTEGERS = (
    (re.compile(r"[-+]?[0-9]+\Z"), 0, 10),
    (re.compile(r"0o[0-7]+\Z"), 2, 8),
    (re.compile(r"0x[0-9a-fA-F]+\Z"), 2, 16),
)
_LEAST, _MOST = -(2**63), 2**64 - 1
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_WORDS: dict[str, Json] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_LONGEST_NUMBER = 240
_LONGEST_KEY = 240
"""Characters of the text that a list or a mapping is read as where it is a key."""
_STRING_TAGS = ("tag:yaml.org,2002:str", "!")


def load_exactly(data: bytes) -> Text:
    """Every document of the text up to the first mistake in its syntax."""
    text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", data.decode("utf-8", "replace"))
    read = _composed(text)
    if _is_broken(read) and _SURROGATES.search(text):
        again = _composed(_SURROGATES.sub(_as_one_escape, text))
        return read if _is_broken(again) else again
    return read


def _composed(text: str) -> Text:
    composer = _Composer()
    try:
        for event in _events(text):
            if not composer.take(event):
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        composer.depart("document-not-yaml", line, column, reason=error.problem or "broken")
    except yaml.YAMLError as error:
        composer.depart("document-not-yaml", 0, 0, reason=str(error).splitlines()[0])
    documents = tuple(composer.documents)
    places = ExactPlaces(documents, composer.marks, composer.written)
    return Text(documents, places, tuple(composer.departures))


def _is_broken(text: Text) -> bool:
    return any(each.code == "document-not-yaml" for each in text.departures)


def _as_one_escape(match: re.Match[str]) -> str:
    """Two escapes that JSON writes a character beyond U+FFFF with, as the one that YAML knows."""
    if match[2] is None:
        return "\\uFFFD"
    number = 0x10000 + ((int(match[1], 16) & 0x3FF) << 10) + (int(match[2], 16) & 0x3FF)
    return f"\\U{number:08X}"


def _events(text: str) -> Iterator[yaml.Event]:
    loader = _LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def scalar(text: str) -> Json:
    """The value of a plain scalar in the core schema of YAML 1.2.

    >>> [scalar(text) for text in ("0123", "on", "0o17", "12:30:00", "~", "1e3", "2024-01-01")]
    [123, 'on', 15, '12:30:00', None, 1000.0, '2024-01-01']
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789" or len(text) > _LONGEST_NUMBER:
        return text
    for pattern, start, radix in _INTEGERS:
        if pattern.match(text):
            number = int(text[start:], radix)
            return number if _LEAST <= number <= _MOST else float(number)
    number_or_infinity = float(text) if _FLOAT.match(text) else inf
    return text if abs(number_or_infinity) == inf else number_or_infinity


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come."""

    value: dict[str, Json] | list[Json]
    marks: dict[str | int, tuple[int, int]]
    anchor: str | None
    key: str | None = None
    merged: list[dict[str, Json]] = field(default_factory=list)
    size: int = 1
    height: int = 1
    merging: bool = False


class _Composer:
    """Builds values out of events, one after the other."""

    def __init__(self) -> None:
        self.documents: list[Json] = []
        self.marks: dict[int, dict[str | int, tuple[int, int]]] = {}
        self.written: dict[tuple[int, str | int | None], str] = {}
        self.departures: list[Departure] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Json, int, int]] = {}
        self._size = 0

    def depart(self, code: str, line: int, column: int, **values: object) -> None:
        """One more departure is known."""
        self.departures.append(Departure(code, line, column, values))

    def take(self, event: yaml.Event) -> bool:
        """The event's part of the value is built; False: the text is not to be read further."""
        start = event.start_mark
        mark = (start.line + 1, start.column + 1) if start else (0, 0)
        if isinstance(event, yaml.ScalarEvent):
            return self._take_scalar(event, mark)
        if isinstance(event, yaml.CollectionStartEvent):
            return self._begin(event, mark)
        if isinstance(event, yaml.CollectionEndEvent):
            return self._end(mark)
        if isinstance(event, yaml.AliasEvent):
            return self._repeat(event.anchor or "", mark)
        if isinstance(event, yaml.DocumentStartEvent):
            self._anchors.clear()
        return True

    def _take_scalar(self, event: yaml.ScalarEvent, mark: tuple[int, int]) -> bool:
        top = self._open[-1] if self._open else None
        text: str = event.value
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._set_key(top, text, mark, is_plain=not event.style)
            if event.anchor:
                self._anchors[event.anchor] = (text, 1, 0)
            return True
        plain = not event.style and event.tag not in _STRING_TAGS
        value = scalar(text) if plain else text
        if event.anchor:
            self._anchors[event.anchor] = (value, 1, 0)
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if is_number and top is not None and str(value) != text:
            key = len(top.value) if isinstance(top.value, list) else top.key
            self.written[id(top.value), key] = text
        return self._add(value, mark, 1, 0)

    def _set_key(self, top: _Open, key: str, mark: tuple[int, int], *, is_plain: bool) -> None:
        top.key = key
        top.merging = is_plain and key == "<<"
        if top.merging:
            return
        if key in top.marks:
            self.depart("duplicate-key", *mark, name=key)
        top.marks[key] = mark

    def _begin(self, event: yaml.CollectionStartEvent, mark: tuple[int, int]) -> bool:
        if len(self._open) >= DEEPEST:
            self._open.clear()
            self.depart("document-too-deep", *mark, limit=DEEPEST)
            return False
        value: dict[str, Json] | list[Json] = (
            {} if isinstance(event, yaml.MappingStartEvent) else []
        )
        self._open.append(_Open(value, {}, event.anchor))
        self.marks[id(value)] = self._open[-1].marks
        self._open[-1].marks[_SELF] = mark
        return True

    def _end(self, mark: tuple[int, int]) -> bool:
        done = self._open.pop()
        value = done.value
        if isinstance(value, dict):
            for merged in done.merged:
                marks = self.marks.get(id(merged), {})
                for key in merged.keys() - value.keys():
                    done.marks[key] = marks.get(key, mark)
                for key, each in merged.items():
                    value.setdefault(key, each)
        if done.anchor:
            self._anchors[done.anchor] = (value, done.size, done.height)
        return self._add(value, done.marks[_SELF], done.size, done.height)

    def _repeat(self, name: str, mark: tuple[int, int]) -> bool:
        if name not in self._anchors:
            self.depart("alias-unknown", *mark, name=name)
            return self._add(None, mark, 1, 0)
        value, size, height = self._anchors[name]
        too_much = self._size + size > MOST_VALUES or len(self._open) + height > DEEPEST
        if too_much:
            self.depart("alias-limit", *mark, name=name)
            return self._add(None, mark, 1, 0)
        self._size += size
        return self._add(value, mark, size, height)

    def _add(self, value: Json, mark: tuple[int, int], size: int, height: int) -> bool:
        self._size += 1
        if not self._open:
            self.documents.append(value)
            return True
        top = self._open[-1]
        top.size += size
        top.height = max(top.height, height + 1)
        if isinstance(top.value, list):
            top.marks[len(top.value)] = mark
            top.value.append(value)
        elif top.key is None:
            self._take_complex_key(top, value, mark)
        elif top.merging:
            sources = value if isinstance(value, list) else [value]
            top.merged.extend(each for each in sources if isinstance(each, dict))
            top.key = None
        else:
            top.value[top.key] = value
            top.key = None
        return True

    def _take_complex_key(self, top: _Open, value: Json, mark: tuple[int, int]) -> None:
        key = value if isinstance(value, str) else orjson.dumps(value, default=str).decode()
        if isinstance(value, (dict, list)):
            self.depart("key-not-scalar", *mark, name=key)
            # Keys in keys would double their escapes at each level.
            key = key if len(key) <= _LONGEST_KEY else key[:_LONGEST_KEY] + "…"
        self._set_key(top, key, mark, is_plain=False)


_SELF = -1
"""Index under which a collection's own place is kept among those of its items."""


class ExactPlaces:
    """Where the values of a text stand."""

    def __init__(
        self,
        documents: tuple[Json, ...],
        marks: dict[int, dict[str | int, tuple[int, int]]],
        written: dict[tuple[int, str | int | None], str],
    ) -> None:
        self._documents = documents
        self._marks = marks
        self._written = written

    def place(self, document: int, path: Path) -> tuple[int, int]:
        """Line and column of the key or item at the path, or of the nearest one around it."""
        value = self._documents[document]
        known = self._marks.get(id(value), {}).get(_SELF, (1, 1))
        for part in path:
            found = self._marks.get(id(value), {}).get(part)
            if found is None:
                break
            known = found
            value = value[part]
        return known

    def line(self, document: int, path: Path) -> int:
        """Line of the key or item at the path, or of the nearest one around it."""
        return self.place(document, path)[0]

    def written(self, document: int, path: Path) -> str | None:
        """The scalar at the path as it is written; None when there is none."""
        holder = None
        value = self._documents[document]
        for part in path:
            marks = self._marks.get(id(value), {})
            if part not in marks:
                return None
            holder, value = value, value[part]
        if isinstance(value, (dict, list)) or value is None:
            return None
        return self._written.get((id(holder), path[-1]), str(value)) if path else str(value)
