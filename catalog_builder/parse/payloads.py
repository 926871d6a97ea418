"""Payloads out of what a message says of its payload, headers or key.

Alone knows where a schema's format stands, and what makes a schema of each format stand by itself.
"""

from collections.abc import Mapping

import orjson

from catalog_builder.model import Json, Payload, SchemaFormat, Target
from catalog_builder.parse.avro import AvroTypes
from catalog_builder.parse.formats import format_of
from catalog_builder.parse.nodes import Node
from catalog_builder.parse.protobuf import imports_of, root_of
from catalog_builder.parse.references import Library, reference_of
from catalog_builder.parse.schemas import Bundler
from catalog_builder.schema import digests_of

_DIGESTED_BYTES = 20_000_000
_WRAPPED = frozenset({"schemaFormat", "schema"})
_SCHEMAS = frozenset({SchemaFormat.JSON_SCHEMA, SchemaFormat.OPENAPI})


class Payloads:
    """Reads the payloads of one document."""

    def __init__(self, library: Library, types: AvroTypes) -> None:
        self._library = library
        self._bundler = Bundler(library)
        self._avro = types
        self._found: list[Payload] = []

    def settle(self) -> None:
        """All payloads of the document are read: what they share has its names."""
        self._bundler.settle()
        # A digest is of the text with the names that have settled now; the rest waits for joining.
        digests = digests_of(self._found, _DIGESTED_BYTES)
        for each, digest in zip(self._found, digests, strict=False):
            object.__setattr__(each, "digest", digest)

    def read(self, node: Node, media_type: str, message: str) -> Payload | None:
        """The schema at the node; `media_type` is what stands beside it, if anything does."""
        found = self._library.settled(node)
        if found is None:
            return None
        origin = _origin(node, found)
        if isinstance(found.value, dict) and "schema" in found.value and _is_wrapped(found.value):
            media_type = found.string("schemaFormat") or media_type
            inner = found.get("schema")
            unwrapped = self._library.settled(inner) if inner else None
            if inner is None or unwrapped is None:
                return None
            origin = _origin(inner, unwrapped) or origin
            found = unwrapped
        spelt = format_of(media_type, found.value, found.source.path)
        if spelt is SchemaFormat.UNKNOWN:
            code = "schema-format-unknown" if media_type else "payload-not-schema"
            self._library.report.add(code, node, name=media_type or message)
        imports: Mapping[str, str] = {}
        root = ""
        if spelt is SchemaFormat.PROTOBUF and isinstance(found.value, str):
            _, file, files = self._library.surroundings(found.source.path)
            imported = imports_of(found.value, file, files)
            imports = {name: each.text for name, each in imported.items()}
            if file == found.source.path:
                for each in imported.values():
                    self._library.note_use(file, each.file)
            root = root_of(found.value, *map(str, found.path[-1:]), message)
        spelt, schema = self._standing_alone(found, spelt, message)
        payload = Payload(spelt, schema, media_type, origin, root, imports)
        self._found.append(payload)
        return payload

    def _standing_alone(
        self, found: Node, spelt: SchemaFormat, message: str
    ) -> tuple[SchemaFormat, Json]:
        value = found.value
        if spelt is SchemaFormat.PROTOBUF and isinstance(value, str):
            return spelt, value
        if spelt is SchemaFormat.AVRO:
            return spelt, self._avro.inline(found)
        if spelt is SchemaFormat.RAML:
            return spelt, found.merged()
        if spelt in _SCHEMAS and isinstance(value, (dict, bool)):
            return spelt, self._bundler.bundle(found)
        if spelt in _SCHEMAS:
            self._library.report.add("payload-not-schema", found, name=message)
        return SchemaFormat.UNKNOWN, _as_written(value)


def _is_wrapped(value: dict[str, Json]) -> bool:
    """Whether this is the Multi Format Schema Object of 3.x rather than a schema."""
    return "schemaFormat" in value or value.keys() <= _WRAPPED


def _origin(node: Node, found: Node) -> Target | None:
    return found.target if reference_of(node.value) is not None else None


def _as_written(value: Json) -> str:
    if isinstance(value, str):
        return value
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
