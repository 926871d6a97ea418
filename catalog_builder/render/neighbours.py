"""An event in the forms that machines read, beside its page: JSON, its schema, Markdown."""

from collections.abc import Iterator, Mapping
from functools import partial

import orjson

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
    return (
        Neighbour(
            RawFile(f"{stem}.json", partial(_json, view, event)),
            "application/json",
            "JSON",
        ),
        *_schemas(view, event, stem),
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


def _json(view: View, event: Event) -> bytes:
    return event_json(event, view.catalog, view.relations_of_event.get(event.id, ()))


def _as_is(payload: Payload) -> bytes:
    schema = payload.schema
    return schema.encode("utf-8", "replace") if isinstance(schema, str) else _pretty(schema)


def _json_schema(payload: Payload) -> bytes:
    schema = json_schema_of(payload)
    if isinstance(schema, dict) and payload.format is not SchemaFormat.OPENAPI:
        schema = {"$schema": _DRAFT, **schema}
    return _pretty({} if schema is None else schema)


def _pretty(value: object) -> bytes:
    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    except TypeError:
        return encoded(value) + b"\n"
