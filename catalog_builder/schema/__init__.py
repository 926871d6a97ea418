"""Payloads in whatever schema language, as fields, as examples, by name.

The room alone knows JSON Schema, OpenAPI's schemas, Avro, Protobuf and RAML's types. Each is told
in JSON Schema (`dialect`) by the module that knows it; all that follows is written once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from catalog_builder.model import Json, Payload, SchemaFormat, Shape
from catalog_builder.schema.avro import identity_of_avro, json_schema_of_avro, problems_of_avro
from catalog_builder.schema.depth import is_too_deep
from catalog_builder.schema.dialect import standard
from catalog_builder.schema.differences import KINDS as DIFFERENCES
from catalog_builder.schema.differences import differences
from catalog_builder.schema.digests import digest_of, digests_of
from catalog_builder.schema.json_schema import shape_of_json_schema
from catalog_builder.schema.nodes import Opener
from catalog_builder.schema.problems import identity_of_json_schema, problems_of_json_schema
from catalog_builder.schema.protobuf import (
    identity_of_protobuf,
    json_schema_of_protobuf,
    problems_of_protobuf,
)
from catalog_builder.schema.raml import json_schema_of_raml, problems_of_raml
from catalog_builder.schema.samples import Sample, sample_of
from catalog_builder.schema.validity import Checker

__all__ = [
    "DIFFERENCES",
    "Sample",
    "differences",
    "digest_of",
    "digests_of",
    "example_of",
    "identity_of",
    "json_schema_of",
    "problems_of",
    "refuses",
    "shape_of",
]

_JSON_SCHEMAS: Mapping[SchemaFormat, Callable[[Payload], Json]] = {
    SchemaFormat.JSON_SCHEMA: lambda payload: payload.schema,
    SchemaFormat.OPENAPI: lambda payload: payload.schema,
    SchemaFormat.AVRO: lambda payload: json_schema_of_avro(payload.schema, payload.root),
    SchemaFormat.PROTOBUF: json_schema_of_protobuf,
    SchemaFormat.RAML: lambda payload: json_schema_of_raml(payload.schema),
}
_AS_WRITTEN = frozenset({SchemaFormat.JSON_SCHEMA, SchemaFormat.OPENAPI})
_IDENTITIES: Mapping[SchemaFormat, Callable[[Payload], str]] = {
    SchemaFormat.JSON_SCHEMA: lambda payload: identity_of_json_schema(payload.schema),
    SchemaFormat.OPENAPI: lambda payload: identity_of_json_schema(payload.schema),
    SchemaFormat.AVRO: lambda payload: identity_of_avro(payload.schema, payload.root),
    SchemaFormat.PROTOBUF: identity_of_protobuf,
}
_PROBLEMS: Mapping[SchemaFormat, Callable[[Payload], tuple[str, ...]]] = {
    SchemaFormat.JSON_SCHEMA: lambda payload: problems_of_json_schema(payload.schema),
    SchemaFormat.OPENAPI: lambda payload: problems_of_json_schema(payload.schema),
    SchemaFormat.AVRO: lambda payload: problems_of_avro(payload.schema),
    SchemaFormat.PROTOBUF: problems_of_protobuf,
    SchemaFormat.RAML: lambda payload: problems_of_raml(payload.schema),
}


def shape_of(payload: Payload) -> Shape:
    """The payload as fields: empty when its format is not known or nothing can be read of it.

    Never raises. A type that contains itself is cut where it does (`Field.recursive`), and so is
    what lies more than some 30 levels deep or beyond some 5,000 fields.
    """
    schema = _json_schema_of(payload)
    return Shape() if schema is None else shape_of_json_schema(schema)


def problems_of(payload: Payload) -> tuple[str, ...]:
    """What is wrong with the payload's schema, a sentence each; empty when nothing is known to be.

    Sentences about JSON Schema begin with the JSON pointer of the place in the payload's schema.
    """
    judge = _PROBLEMS.get(payload.format)
    if is_too_deep(payload.schema):
        return ("The schema is nested too deeply to be read.",)
    return judge(payload) if judge else ("The schema's format is not known: shown as written.",)


def identity_of(payload: Payload) -> str:
    """The name the schema goes by everywhere: Avro full name, Protobuf full message name, `$id`.

    Empty when it has none, or one that means nothing outside its document.
    """
    identity = _IDENTITIES.get(payload.format)
    return identity(payload) if identity and not is_too_deep(payload.schema) else ""


def example_of(payload: Payload, *, minimal: bool = False) -> Sample | None:
    """An example of the payload as JSON, valid against its schema; None: no example possible.

    The same schema always gives the same example. Avro's unions stand without tags; Protobuf is
    in proto3 JSON. `minimal`: only what is required.
    """
    return _example(_Same(payload), minimal)


@dataclass(frozen=True, eq=False, slots=True)
class _Same:
    """A payload that is equal to none but itself, so that it can be found without a look at it."""

    payload: Payload

    def __hash__(self) -> int:
        return id(self.payload)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.payload is other.payload


@lru_cache(maxsize=8)
def _example(same: _Same, minimal: bool) -> Sample | None:  # noqa: FBT001  a part of the key
    """Of the last few: a page and its other forms show the same example one after another."""
    schema = _json_schema_of(same.payload)
    return None if schema is None else sample_of(schema, minimal=minimal)


def refuses(payload: Payload, value: Json) -> bool:
    """Whether a value is surely not valid against the payload's schema.

    False as well for languages other than JSON Schema, in which values can be written in several
    ways, and where it would be too costly to tell.
    """
    if payload.format not in _AS_WRITTEN or is_too_deep(payload.schema) or is_too_deep(value):
        return False
    checker = Checker(Opener(payload.schema))
    is_valid = checker.is_valid(payload.schema, value)
    return not is_valid and checker.is_sure and not checker.is_exhausted


def json_schema_of(payload: Payload) -> Json:
    """The payload's schema told in JSON Schema, for others to read; None when it cannot be.

    Every `$ref` in it is a pointer into its own `definitions`. OpenAPI's own words, such as
    `nullable`, stay; what JSON Schema cannot say of other languages is left out.
    """
    schema = _json_schema_of(payload)
    return schema if payload.format in _AS_WRITTEN else standard(schema)


def _json_schema_of(payload: Payload) -> Json:
    """The payload's schema told in our JSON Schema; None when it cannot be."""
    return _told(_Same(payload))


@lru_cache(maxsize=8)
def _told(same: _Same) -> Json:
    """Of the last few, as above."""
    payload = same.payload
    tell = _JSON_SCHEMAS.get(payload.format)
    return tell(payload) if tell and not is_too_deep(payload.schema) else None
