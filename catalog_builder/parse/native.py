"""YAML and JSON in native code: rapidyaml for structure and places, orjson for values.

Alone knows that rapidyaml prints its errors, what would make it overrun its memory, and where it
departs from YAML 1.2 core. It never guesses: text that rapidyaml reads otherwise than YAML 1.2 core
does, or cannot be trusted with, is left to the exact reader.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice

import orjson
import ryml

from catalog_builder.model import Json
from catalog_builder.parse.native_places import NativePlaces
from catalog_builder.parse.text import DEEPEST, Text

_OTHER_IN_CORE = re.compile(
    rb'"(?=[~NTtFf+.0<-])(~|Null|NULL|True|TRUE|False|FALSE|[-+]?0[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|'
    rb'[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|<<)"'
)
_ALIAS = re.compile(rb'"\*[^" \\]+"')
_MARKS = (b"!", b"&")
"""What may begin a tag or an anchor."""
_NO_MARK_AFTER = frozenset(
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz)!&" + bytes(range(128, 191))
)
_MOST_MARKS = 2
"""The library keeps room for two before a value, and writes beyond it where there are more."""
_BLANKS = b" \n\r\t"
_LARGE = 50_000
_LAYERS = 254 - DEEPEST
"""254 is what orjson writes at most."""
_AS_EMITTED = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
_TOO_DEEP = b"\n" + b"  " * (DEEPEST + 1)
"""Stands in a text that is written like that and nests deeper."""
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def load_yaml(data: bytes, *, surely: bool = True) -> Text | None:
    """The documents of a text; None when it cannot be read.

    `surely`: also None when only the exact reader can tell what the text says.
    """
    tags, anchors = (islice(_marks(each, data), _MOST_MARKS + 1) for each in _MARKS)
    number_of_tags = sum(1 for _ in tags)
    if number_of_tags + sum(1 for _ in anchors) > _MOST_MARKS:
        return None
    if surely and (number_of_tags or b"\t" in data or _SURROGATE.search(data)):
        return None
    with _silence():
        tree, buffer = _parsed(data)
        emitted = b"" if tree is None else _emitted(tree, len(data))
    if tree is None or (surely and _is_read_otherwise(data, emitted)):
        return None
    try:
        value = orjson.loads(emitted)
    except orjson.JSONDecodeError:
        return None
    documents = tuple(value) if tree.is_stream(tree.root_id()) else (value,)
    places = NativePlaces(tree, buffer, data, documents)
    return _placed(value, documents, places, emitted)


def load_json(data: bytes) -> Text | None:
    """The value of a JSON text, or None when it is not JSON."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    with _silence():
        tree, buffer = _parsed(data.replace(b"\t", b" "))
    if tree is None:
        return Text((value,))
    return _placed(value, (value,), NativePlaces(tree, buffer, data, (value,)), data)


def _placed(
    value: Json, documents: tuple[Json, ...], places: NativePlaces, text: bytes
) -> Text | None:
    """The text with its duplicate keys, which are why a tree has more nodes than its value."""
    if _is_whole(value, text):
        return Text(documents, places)
    number = _number_of_values(value)
    if number < 0:
        return None
    departures = places.duplicates() if number != places.size else ()
    return Text(documents, places, departures)


def _marks(mark: bytes, data: bytes) -> Iterator[int]:
    """Where a mark may begin a tag or an anchor, rather than stand in a word."""
    at = data.find(mark)
    while at >= 0:
        if not at or data[at - 1] not in _NO_MARK_AFTER:
            yield at
        at = data.find(mark, at + 1)


def _is_read_otherwise(data: bytes, emitted: bytes) -> bool:
    """Whether the core schema may read a plain scalar or an alias of the text differently."""
    if b"&" in data and _ALIAS.search(emitted):
        return True
    return any(
        re.search(rb"(?:^|[\s,\[{:])" + re.escape(each) + rb"(?:[\s,\]}:]|$)", data)
        for each in set(_OTHER_IN_CORE.findall(emitted))
    )


def _parsed(data: bytes) -> "tuple[ryml.Tree | None, bytearray]":
    buffer = bytearray(data)
    tree = ryml.Tree()
    if len(data) > _LARGE:  # a large tree that grows while it is filled costs twice as much
        tree.reserve(sum(map(data.count, (b":", b"- ", b","))))
    try:
        ryml.parse_in_place(buffer, tree=tree)
    except ryml.ExceptionBasic:
        return None, buffer
    return tree, buffer


def _emitted(tree: "ryml.Tree", size: int) -> bytes:
    """The tree as JSON; empty where it cannot be. Most have room in twice their size in YAML."""
    try:
        try:
            return bytes(ryml.emit_json_in_place(tree, bytearray(2 * size)))
        except IndexError:
            buffer = bytearray(ryml.compute_json_length(tree))
            return bytes(ryml.emit_json_in_place(tree, buffer))
    except ryml.ExceptionBasic:
        return b""


@contextmanager
def _silence() -> Iterator[None]:
    """Nothing reaches the error stream: the library prints each error there before raising it."""
    try:
        kept = os.dup(2)
    except OSError:
        yield
        return
    os.dup2(_sink(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@cache
def _sink() -> int:
    """Kept open: to open it anew for each file costs more than to read a small one."""
    return os.open(os.devnull, os.O_WRONLY)


def _is_whole(value: Json, text: bytes) -> bool:
    """Whether a value of bearable depth has all that stands in its JSON; false: not to be told so.

    Written again it is the same but for blanks then. Layers around it leave no more than
    `DEEPEST` of the levels that the library writes.
    """
    try:
        if orjson.dumps(value, option=_AS_EMITTED) == text:  # as nine in ten are
            return _TOO_DEEP not in text
        layers = _LAYERS if text.count(b"{") + text.count(b"[") > DEEPEST else 0
        for _ in range(layers):
            value = [value]
        written = orjson.dumps(value)
    except TypeError:
        return False
    inner = written[layers:-layers] if layers else written
    return inner.translate(None, _BLANKS) == text.translate(None, _BLANKS)


def _number_of_values(value: Json) -> int:
    """How many values a value holds, itself among them; -1: it is too deep to be sure."""
    number = 1
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(DEEPEST):
        holders = [each.values() if isinstance(each, dict) else each for each in level]
        number += sum(map(len, holders))
        level = [child for each in holders for child in each if isinstance(child, (dict, list))]
        if not level:
            return number
    return -1
