"""Schemas of a registry, read as the payloads of documents are.

Alone knows how the names in a registered schema lead to the schemas that it refers to.
"""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urljoin

import orjson

from catalog_builder.model import (
    Checkout,
    Json,
    Payload,
    Registered,
    RegisteredSchema,
    RegisteredText,
    Repository,
    SchemaFormat,
)
from catalog_builder.parse.avro import AvroTypes
from catalog_builder.parse.documents import read_document
from catalog_builder.parse.references import Library

_DOCUMENT = "asyncapi.json"
_ENDINGS = {
    SchemaFormat.AVRO: (".avsc", "application/vnd.apache.avro+json;version=1.9.0"),
    SchemaFormat.JSON_SCHEMA: (".json", "application/schema+json;version=draft-07"),
    SchemaFormat.PROTOBUF: (".proto", "application/vnd.google.protobuf;version=3"),
}


def read_registered(registered: Iterable[Registered]) -> Iterator[RegisteredSchema]:
    """Those of the schemas that can be read, each standing by itself."""
    known = tuple(registered)
    parts = {(each.subject.registry, name) for each in known for name in each.uses}
    for each in known:
        is_part = (each.subject.registry, each.subject.name) in parts
        for schema in _read(each):
            older = tuple(one for before in each.older for one in _read(before))
            yield replace(schema, is_part=is_part, older=older)


def _read(registered: Registered) -> Iterator[RegisteredSchema]:
    """It alone, if it can be read."""
    payload = _payload(registered)
    if payload is not None:
        yield RegisteredSchema(registered.subject, payload)


def _payload(registered: Registered) -> Payload | None:
    if registered.subject.format not in _ENDINGS:
        return None
    ending, media_type = _ENDINGS[registered.subject.format]
    schema = {"schemaFormat": media_type, "schema": {"$ref": _file(0, ending)}}
    files = {
        **_files(registered, ending),
        _DOCUMENT: orjson.dumps(
            {
                "asyncapi": "3.0.0",
                "channels": {"channel": {"messages": {"message": {"payload": schema}}}},
            }
        ),
    }
    library = Library(Checkout(Repository(""), files, (_DOCUMENT,)), {}, judges=False)
    document = read_document(library, AvroTypes(library), _DOCUMENT)
    found = document.channels[0].messages[0].payload if document else None
    if found is None or found.format is not registered.subject.format:
        return None
    return replace(found, media_type="", origin=None)


def _files(registered: Registered, ending: str) -> dict[str, bytes]:
    """The texts of a schema; a Protobuf file also by the paths that import it."""
    files: dict[str, bytes] = {}
    for number, text in enumerate(registered.texts):
        files[_file(number, ending)] = _content(text, ending)
        for name, other in text.references.items() if ending == ".proto" else ():
            path = posixpath.normpath(name)
            files.setdefault(path, registered.texts[other].text.encode(errors="replace"))
    return files


def _file(number: int, ending: str) -> str:
    return f"{number}{ending}"


def _content(text: RegisteredText, ending: str) -> bytes:
    """The text; references of a JSON Schema lead to the files beside it."""
    content = text.text.encode(errors="replace")
    if ending != ".json" or not text.references:
        return content
    try:
        schema = orjson.loads(content)
    except orjson.JSONDecodeError:
        return content
    base = schema.get("$id", "") if isinstance(schema, dict) else ""
    waiting: list[Json] = [schema]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += value.values()
            if isinstance(reference := value.get("$ref"), str):
                value["$ref"] = _led(reference, base if isinstance(base, str) else "", text)
    return orjson.dumps(schema)


def _led(reference: str, base: str, text: RegisteredText) -> str:
    """A reference of a JSON Schema, to the file beside it that it means."""
    place, sign, fragment = reference.partition("#")
    try:
        whole = urljoin(base, place)
    except ValueError:
        whole = place
    for name in (place, whole):
        if name and name in text.references:
            return _file(text.references[name], ".json") + sign + fragment
    return reference
