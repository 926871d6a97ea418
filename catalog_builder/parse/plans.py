"""What somebody plans, in whatever form they hold it: a document, a schema, or one example.

A schema or an example is read as the payload of a document made for it, so that nothing reads
schemas twice.
"""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

import orjson

from catalog_builder.model import Checkout, Json, Repository, SchemaFormat
from catalog_builder.parse.formats import format_of
from catalog_builder.parse.loading import load

_DOCUMENT = "asyncapi-of-a-plan.json"
_SCHEMA_WORDS = frozenset(
    ("$schema", "$id", "$ref", "$defs", "definitions", "properties", "allOf", "anyOf", "oneOf")
)
_TYPES = frozenset(("object", "array", "string", "number", "integer", "boolean", "null"))
_SAYS_NOTHING = frozenset(
    ("asyncapi", "body", "data", "event", "example", "message", "payload", "sample", "schema")
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A file made ready to be read as a repository of its own, and how its messages are called."""

    checkout: Checkout
    name: str = ""
    """Of the one message, where the file says or its name tells."""
    is_document: bool = False
    """Whether its messages have names of their own."""


def plan_of(path: str, files: Mapping[str, bytes]) -> Plan | None:
    """The file at `path` among its neighbours, whatever it holds; None: it holds nothing to read.

    It may be an AsyncAPI document, a JSON Schema, an Avro or Protobuf schema, or one example of a
    payload as JSON or YAML.
    """
    data = files.get(path, b"")
    text = data.decode("utf-8", "replace")
    if format_of("", text, path) is SchemaFormat.PROTOBUF:
        return _around({"schemaFormat": _PROTOBUF, "schema": text}, files, "")
    values = [document for document in load(data).documents if document is not None]
    if any(isinstance(each, dict) and "asyncapi" in each for each in values):
        return Plan(Checkout(Repository("plan"), files, (path,)), is_document=True)
    return _plan_of_value(path, values[0], files) if values else None


def _plan_of_value(path: str, value: Json, files: Mapping[str, bytes]) -> Plan | None:
    stem = PurePosixPath(path).name.partition(".")[0]
    named = "" if stem.lower() in _SAYS_NOTHING else stem
    if format_of("", value, path) is SchemaFormat.AVRO:
        own = value.get("name", "") if isinstance(value, dict) else ""
        return _around({"schemaFormat": _AVRO, "schema": value}, files, str(own) or named)
    if is_schema(value):
        title = value.get("title") if isinstance(value, dict) else ""
        wanted = title if isinstance(title, str) and title else named
        return _around({"$ref": f"./{path}"}, files, wanted)
    return None if isinstance(value, str) else _around(schema_of(value), files, named)


_AVRO = "application/vnd.apache.avro;version=1.9.0"
_PROTOBUF = "application/vnd.google.protobuf;version=3"


def is_schema(value: Json) -> bool:
    """Whether a value is a JSON Schema rather than an example of something.

    >>> is_schema({"type": "object", "properties": {}}), is_schema({"type": "card", "id": 3})
    (True, False)
    """
    if not isinstance(value, dict):
        return False
    return bool(_SCHEMA_WORDS & value.keys()) or (
        value.get("type") in _TYPES and all(not isinstance(each, list) for each in value.values())
    )


def schema_of(value: Json) -> Json:
    """A JSON Schema that tells the types of an example.

    >>> schema_of({"id": 3, "tags": ["a"]})["properties"]["tags"]
    {'type': 'array', 'items': {'type': 'string'}}
    """
    if isinstance(value, dict):
        return {
            "type": "object",
            "properties": {str(key): schema_of(each) for key, each in value.items()},
        }
    if isinstance(value, list):
        return {"type": "array", **({"items": _merged(value)} if value else {})}
    if value is None:
        return {}
    kinds = ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"))
    return {"type": next(name for kind, name in kinds if isinstance(value, kind))}


def _merged(values: list[Json]) -> Json:
    """The schema of a list's members: all fields that any of them has."""
    schemas = [schema_of(each) for each in values]
    first = schemas[0]
    if any(each.get("type") != "object" for each in schemas):
        return first
    properties: dict[str, Json] = {}
    for each in schemas:
        properties = {**each["properties"], **properties}
    return {"type": "object", "properties": properties}


def _around(payload: Json, files: Mapping[str, bytes], name: str) -> Plan:
    """A document whose one message has this payload."""
    message = {"payload": payload}
    document = {
        "asyncapi": "3.0.0",
        "info": {"title": "Plan", "version": "1"},
        "channels": {"planned": {"address": "planned", "messages": {"planned": message}}},
    }
    every = ChainMap({_DOCUMENT: orjson.dumps(document)}, files)  # type: ignore[arg-type]  # is only read
    return Plan(Checkout(Repository("plan"), every, (_DOCUMENT,)), name)
