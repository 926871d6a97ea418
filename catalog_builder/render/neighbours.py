"""An event in the forms that machines read, beside its page: JSON, its schema, Markdown."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from catalog_builder.files import Neighbour, RawFile
from catalog_builder.model import Event, Payload, SchemaFormat
from catalog_builder.render.exports import encoded, event_json
from catalog_builder.render.markdown_form import markdown_form
from catalog_builder.render.view import View
from catalog_builder.schema import json_schema_of

_DRAFT = "http://json-schema.org/draft-07/schema#"
_SOURCES: Mapping[SchemaFormat, tuple[str, str, str]] = {
    SchemaFormat.AVRO: (".avsc", "application/vnd.apache.avro+json", "Avro schema"),
    SchemaFormat.PROTOBUF: (".proto", "text/plain", "Protobuf schema"),
}
"""Suffix, media type and title of schemas whose language has files of its own."""


def neighbours_of(view: View, event: Event) -> tuple[Neighbour, ...]:
    """The files beside an event's page, JSON first."""
    stem = _stem(event)
    schemas = tuple(_schemas(view, event, stem))
    return (
        Neighbour(
            RawFile(f"{stem}.json", partial(_json, view, event, _own_schema(event, schemas))),
            "application/json",
            "JSON",
        ),
        *schemas,
        Neighbour(
            RawFile(markdown_path(event), partial(markdown_form, view, event)),
            "text/markdown",
            "Markdown",
        ),
    )


def markdown_path(event: Event) -> str:
    """Where the page stands as text, with all that the page itself may cut."""
    return f"{_stem(event)}.md"


def _stem(event: Event) -> str:
    return f"events/{event.id}"


def _schemas(view: View, event: Event, stem: str) -> Iterator[Neighbour]:
    payload = event.payload
    if payload is None:
        return
    if payload.format is not SchemaFormat.UNKNOWN:
        # An event called `x.schema` has this address already; no id has a `-` before a dot.
        taken = f"{event.id}.schema" in view.catalog.event
        path = f"{stem}.schema{'-' * taken}.json"
        file = RawFile(path, partial(_json_schema, payload))
        yield Neighbour(file, "application/schema+json", "JSON Schema")
    if known := _SOURCES.get(payload.format):
        suffix, media_type, title = known
        yield Neighbour(RawFile(stem + suffix, partial(_as_is, payload)), media_type, title)


def _own_schema(event: Event, schemas: Sequence[Neighbour]) -> str:
    """Name of the file that holds the payload's schema in its own language; empty: none does."""
    payload = event.payload
    is_file = payload and payload.format in {SchemaFormat.JSON_SCHEMA, *_SOURCES}
    return posixpath.basename(schemas[-1].file.path) if is_file else ""


def _json(view: View, event: Event, payload_file: str) -> bytes:
    relations = view.relations_of_event.get(event.id, ())
    return event_json(event, view.catalog, relations, payload_file)


def _as_is(payload: Payload) -> bytes:
    schema = payload.schema
    return schema.encode("utf-8", "replace") if isinstance(schema, str) else encoded(schema) + b"\n"


def _json_schema(payload: Payload) -> bytes:
    schema = json_schema_of(payload)
    if isinstance(schema, dict) and payload.format is not SchemaFormat.OPENAPI:
        schema = {"$schema": _DRAFT, **schema}
    return encoded({} if schema is None else schema) + b"\n"
