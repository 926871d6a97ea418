"""Messages: of components, channels and operations, with traits, payloads and examples.

Alone knows how a message gets its id and its name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypedDict

from catalog_builder.model import Deprecation, Example, Json, Message, Payload, Target
from catalog_builder.parse.nodes import Node
from catalog_builder.parse.payloads import Payloads
from catalog_builder.parse.pieces import (
    bindings_of,
    deprecation_of,
    external_docs_of,
    tags_of,
)
from catalog_builder.parse.references import Library, reference_of
from catalog_builder.parse.text import Path
from catalog_builder.parse.words import Words
from catalog_builder.schema import refuses

_CONVERTER_DROPPING = re.compile(
    r"(?:.*[./_-])?(?:subscribe|publish)\.message(?:\.\d+)?\Z|<anonymous.*>\Z|.+\.message(?:\.\d+)?\Z"
)
_EXAMPLE_KEYS = frozenset({"payload", "headers", "name", "summary"})


class _Said(TypedDict):
    """What a message says, whatever it is called where."""

    title: str
    summary: str
    description: str
    content_type: str
    payload: Payload | None
    headers: Payload | None
    key: Payload | None
    correlation_id: str
    bindings: Mapping[str, Json]
    tags: tuple[str, ...]
    external_docs: str
    examples: tuple[Example, ...]
    deprecation: Deprecation | None
    extensions: Mapping[str, Json]
    origin: Target


@dataclass(slots=True)
class _Draft:
    """A message as it is read once, before the places that use it name it."""

    id: str
    name: str
    payload: Payload | None
    origin: Target
    line: int
    path: str
    said: _Said

    def as_message(self, identity: str, name: str, line: int) -> Message:
        """The message by the name that one place gives it."""
        return Message(identity, name, line=line, **self.said)


class Messages:
    """Reads the messages of one document, a shared one once."""

    def __init__(self, library: Library, payloads: Payloads, root: Node, words: Words) -> None:
        self._library = library
        self._path = root.source.path
        self._payloads = payloads
        self._words = words
        self._content_type = root.string("defaultContentType")
        self._read: dict[tuple[str, Path], _Draft] = {}

    def keyed(self, key: str, node: Node, line: int) -> Message | None:
        """The message under a key of a channel that stands at the line, as 3.x has them."""
        read = self._message(node)
        if read is None:
            return None
        dropping = _CONVERTER_DROPPING.match(key)
        name = read.name or (key if not dropping else _named_by_use(node, read) or key)
        return read.as_message(key, name, self._line(node, read) or line)

    def unkeyed(self, node: Node) -> Message | None:
        """The message of an operation, as 2.x has them; its id is empty when nothing names it."""
        read = self._message(node)
        if read is None:
            return None
        identity = read.id or read.name or _named_by_use(node, read)
        name = read.name
        if not name:
            name = "" if _CONVERTER_DROPPING.match(identity) else identity
            name = name or _named_by_use(node, read)
        return read.as_message(identity, name, self._line(node, read))

    def _line(self, node: Node, read: "_Draft") -> int:
        """Line in the document's own file, of the message or of what refers to it; 0: neither."""
        if read.path == self._path:
            return read.line
        return node.line if node.source.path == self._path else 0

    def _message(self, node: Node) -> "_Draft | None":
        found = self._library.settled(node)
        if found is None:
            return None
        if not isinstance(found.value, dict):
            self._library.report_target(node, found, "A message")
            return None
        key = (found.source.path, found.path)
        if key not in self._read:
            self._read[key] = self._read_anew(found)
        return self._read[key]

    def _read_anew(self, found: Node) -> "_Draft":
        node = with_traits(self._library, found, self._words)
        library = self._library
        name = node.string("name")
        label = name or node.string("messageId") or str(found.path[-1] if found.path else "")
        payload = self._payload(node, "payload", label)
        bindings = bindings_of(library, node)
        correlation = library.get(node, "correlationId")
        headers = self._payload(node, "headers", label)
        said = _Said(
            title=node.string("title"),
            summary=node.string("summary"),
            description=node.string("description"),
            content_type=node.string("contentType") or self._content_type,
            payload=payload,
            headers=headers,
            key=self._kafka_key(node, label),
            correlation_id=correlation.string("location") if correlation else "",
            bindings=bindings,
            tags=tags_of(library, node),
            external_docs=external_docs_of(library, node),
            examples=tuple(self._examples(node, payload, headers)),
            deprecation=deprecation_of(node, payload.schema if payload else None),
            extensions=node.extensions(),
            origin=found.target,
        )
        name = "" if _CONVERTER_DROPPING.match(name) else name
        return _Draft(
            node.string("messageId"),
            name,
            payload,
            said["origin"],
            found.line,
            found.source.path,
            said,
        )

    def _payload(self, node: Node, key: str, label: str) -> Payload | None:
        child = node.get(key)
        if child is None:
            return None
        beside = node.string("schemaFormat") if key == "payload" else ""
        return self._payloads.read(child, beside, label)

    def _kafka_key(self, node: Node, label: str) -> Payload | None:
        bindings = self._library.get(node, "bindings")
        kafka = self._library.get(bindings, "kafka") if bindings else None
        key = kafka.get("key") if kafka else None
        return self._payloads.read(key, "", label) if key else None

    def _compare(self, node: Node, payload: Payload | None, headers: Payload | None) -> None:
        """An example that its schema refuses is reported."""
        if not self._library.judges:
            return
        for key, schema in (("payload", payload), ("headers", headers)):
            part = node.own(key)
            if schema is not None and part is not None and refuses(schema, part.value):
                self._library.report.add("example-not-valid", part, part=key)

    def _examples(
        self, node: Node, payload: Payload | None, headers: Payload | None
    ) -> Iterator[Example]:
        examples = self._library.get(node, "examples")
        if examples is not None:
            nodes = [*examples.elements(), *(each for _, each in examples.items())]
            for each in nodes:
                found = self._library.settled(each)
                if found is not None:
                    self._compare(found, payload, headers)
                    yield _example(found.value)
            return
        schema = payload.schema if payload else None
        if isinstance(schema, dict):
            given = schema.get("examples")
            single = [schema["example"]] if "example" in schema else []
            for value in given if isinstance(given, list) else single:
                yield Example(value)


def with_traits(library: Library, node: Node, words: Words) -> Node:
    """The object with its traits laid over or under it, as its version has it."""
    if node.lacks("traits"):
        return node
    traits = library.get(node, "traits")
    found = [library.settled(each) for each in traits.elements()] if traits else []
    known = [each for each in found if each is not None and isinstance(each.value, dict)]
    if not known:
        return node
    if words.trait_wins:
        return Node(node.source, node.path, {}, (*reversed(known), node))
    return node.over(*reversed(known))


def _example(value: Json) -> Example:
    if not isinstance(value, dict) or not value.keys() & {"payload", "headers"}:
        return Example(value)
    return Example(
        value.get("payload"),
        value.get("headers"),
        str(value.get("name") or ""),
        str(value.get("summary") or ""),
    )


def _named_by_use(node: Node, read: _Draft) -> str:
    """The component's key, else the name of the payload's schema; empty when there is neither."""
    reference = reference_of(node.value)
    if reference is not None:
        key = reference.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        if key and not _CONVERTER_DROPPING.match(key) and not key.isdecimal():
            return key.rpartition("#")[2]
    return _schema_name(read.payload)


def _schema_name(payload: Payload | None) -> str:
    if payload is None:
        return ""
    schema = payload.schema if isinstance(payload.schema, dict) else {}
    names = (schema.get("title"), schema.get("name"))
    named = next((each for each in names if isinstance(each, str) and each), "")
    if named or payload.origin is None:
        return named
    end = payload.origin.pointer or payload.origin.path
    return end.rpartition("/")[2].partition(".")[0].replace("~1", "/").replace("~0", "~")
