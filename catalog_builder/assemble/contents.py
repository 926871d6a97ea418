"""What a payload says of itself: its shape, its schema's name, the event's type in it.

Alone knows when two payloads are the same text, and works out each of them once.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from catalog_builder.assemble.later import LaterShape
from catalog_builder.model import Json, Message, Payload, SchemaFormat, Shape
from catalog_builder.schema import digest_of, identity_of, shape_of

_EVENT_ID_KEYS = ("x-event-id", "x-ep-event-id", "x-eventcatalog-id")
_TYPE_HEADERS = ("ce_type", "ce-type", "cloudevents:type", "cloudevents_type", "cloudevents-type")
_VALUES = frozenset({"const", "enum", "example", "examples", "default", "$ref"})
_JSON_SCHEMAS = frozenset({SchemaFormat.JSON_SCHEMA, SchemaFormat.OPENAPI})
_MOST_PARTS = 64
_ALONE = b"alone "
"""Begins what stands for the digest of a payload without any form: it is only itself."""
_NO_IDENTITY = re.compile(
    r"google\.protobuf\..*|io\.cloudevents\..*|(java|javax|kotlin|scala)\..*"
    r"|https?://(www\.)?example\.(com|org|net)/(example|root|schema)s?(\.schema)?(\.json)?#?"
    r"|https?://json-schema\.org/.*|https?://(www\.)?example\.(com|org|net)/?#?|#.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A value that a schema gives, and whether it allows no other."""

    name: str = ""
    fixed: bool = False

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return bool(self.name)


_NOTHING = Said()


@dataclass(frozen=True, slots=True)
class _Known:
    """All that one payload says of itself but its shape, which costs most."""

    identity: str = ""
    type: Said = _NOTHING
    source: str = ""


_SILENT = _Known()


ShapeOf: TypeAlias = Callable[[Payload, bytes], Shape]
"""Makes the shape of a payload; the bytes tell its text from others, and are empty for no text."""


def worked_out(payload: Payload, digest: bytes) -> Shape:
    """The shape, whatever is known of it."""
    del digest
    return shape_of(payload)


class Contents:
    """Asks each distinct payload once."""

    def __init__(self, made: ShapeOf = worked_out) -> None:
        self._made = made
        self._digests: dict[int, tuple[bytes, Payload]] = {}
        self._known: dict[bytes, _Known] = {}
        self._shapes: dict[bytes, Shape] = {}
        self.have_sources = False
        """Whether any payload that was asked what it says gives a CloudEvents source."""

    def digest(self, payload: Payload | None) -> bytes:
        """The same for two payloads of the same text; empty for none."""
        return (payload.digest or self._digest_of(payload)) if payload else b""

    def shape(self, payload: Payload | None) -> Shape:
        """Its fields; no fields when there is no payload."""
        if payload is None:
            return Shape()
        digest = self.digest(payload)
        if digest not in self._shapes:
            known_by = b"" if digest.startswith(_ALONE) else digest
            self._shapes[digest] = LaterShape(partial(self._made, payload, known_by), digest)
        return self._shapes[digest]

    def identity(self, payload: Payload | None) -> str:
        """The name of its schema; empty when it has none, or one that many schemas have."""
        return self._said(payload).identity if payload else ""

    def event_type(self, message: Message) -> Said:
        """The CloudEvents type, or an event's id in an extension; falsy when nothing says it."""
        for key in _EVENT_ID_KEYS if message.extensions else ():
            if isinstance(value := message.extensions.get(key), str) and value.strip():
                return Said(value.strip(), fixed=True)
        in_headers = message.headers and _type_in_headers(message.headers)
        in_payload = message.payload and self._said(message.payload).type
        return in_headers or in_payload or _NOTHING

    def source(self, payload: Payload | None) -> str:
        """The CloudEvents source that a payload fixes or gives as its example."""
        return self._said(payload).source if payload else ""

    def _said(self, payload: Payload) -> _Known:
        digest = payload.digest or self._digest_of(payload)
        found = self._known.get(digest)
        if found is None:
            found = self._known[digest] = _known_of(payload)
            self.have_sources = self.have_sources or bool(found.source)
        return found

    def _digest_of(self, payload: Payload) -> bytes:
        """The digest of a payload that came without one; without any form it is only itself."""
        # The payload is kept with its digest, lest another take its place in memory.
        found = self._digests.get(id(payload))
        if found is None:
            digest = digest_of(payload) or _ALONE + b"%d" % id(payload)
            found = self._digests[id(payload)] = (digest, payload)
        return found[0]


def _known_of(payload: Payload) -> _Known:
    identity = identity_of(payload) if _may_have_identity(payload) else ""
    if identity and _NO_IDENTITY.fullmatch(identity):
        identity = ""
    properties = _properties(payload)
    if "type" not in properties:
        return _Known(identity) if identity else _SILENT
    type_, source = (_single_value(payload, properties.get(key)) for key in ("type", "source"))
    return _Known(identity, type_ if "specversion" in properties else _NOTHING, source.name)


def _may_have_identity(payload: Payload) -> bool:
    """Spares most payloads the look: a JSON Schema is named by its `$id`, or by nothing."""
    schema = payload.schema
    is_json_schema = payload.format in _JSON_SCHEMAS
    return not (is_json_schema and isinstance(schema, dict)) or "$id" in schema or "id" in schema


def _type_in_headers(headers: Payload) -> Said:
    values = (
        _single_value(headers, schema)
        for name, schema in _properties(headers).items()
        if str(name).lower() in _TYPE_HEADERS
    )
    return next((value for value in values if value), _NOTHING)


def _properties(payload: Payload) -> Mapping[str, Json]:
    """The properties of an object's schema; its own go before those that it takes over.

    But one that gives a value goes before one that gives none, as an envelope's `type` does.
    """
    if payload.format not in _JSON_SCHEMAS:
        return {}
    schema = payload.schema
    if isinstance(schema, dict) and "allOf" not in schema and "$ref" not in schema:
        own = schema.get("properties")
        return own if isinstance(own, dict) else {}
    return _properties_of_all(payload)


def _properties_of_all(payload: Payload) -> Mapping[str, Json]:
    found: dict[str, Json] = {}
    waiting = [payload.schema]
    for _ in range(_MOST_PARTS):
        schema = waiting.pop(0) if waiting else None
        if not isinstance(schema, dict):
            if waiting:
                continue
            break
        properties = schema.get("properties")
        for name, each in properties.items() if isinstance(properties, dict) else ():
            key = str(name)
            if key not in found or not _says_value(found[key]):
                found[key] = each
        parts = schema.get("allOf")
        waiting.extend(parts[:_MOST_PARTS] if isinstance(parts, list) else ())
        if isinstance(reference := schema.get("$ref"), str):
            waiting.append(_at(payload.schema, reference))
    return found


def _says_value(schema: Json) -> bool:
    return isinstance(schema, dict) and not _VALUES.isdisjoint(schema)


def _resolved(schema: Json, root: Json) -> Json:
    if isinstance(schema, dict) and isinstance(reference := schema.get("$ref"), str):
        return _at(root, reference)
    return schema


def _at(root: Json, reference: str) -> Json:
    found: Any = root
    for part in reference.removeprefix("#").strip("/").split("/"):
        key = part.replace("~1", "/").replace("~0", "~")
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _single_value(payload: Payload, property_: Json) -> Said:
    """The one value that a property's schema allows, or the one example it gives."""
    schema = _resolved(property_, payload.schema)
    if not isinstance(schema, dict):
        return Said()
    allowed = schema.get("enum", [schema.get("const")])
    if one := _only_text(allowed):
        return Said(one, fixed=True)
    if schema.get("enum") is not None:
        return Said()
    shown = schema.get("examples", [schema.get("example")])
    return Said(_only_text(shown) or _only_text([schema.get("default")]))


def _only_text(values: Json) -> str:
    if isinstance(values, list) and len(values) == 1 and isinstance(values[0], str):
        return values[0].strip()
    return ""
