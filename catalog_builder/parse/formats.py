"""Which language a payload is written in: by the name of its format, else by its look.

Alone knows the spellings of `schemaFormat`.
"""

import re
from functools import lru_cache

from catalog_builder.model import Json, SchemaFormat

_SPELLINGS = (
    (re.compile(r"avro"), SchemaFormat.AVRO),
    (re.compile(r"proto"), SchemaFormat.PROTOBUF),
    (re.compile(r"openapi|\boas\b|vnd\.oai"), SchemaFormat.OPENAPI),
    (re.compile(r"raml"), SchemaFormat.RAML),
    (re.compile(r"asyncapi"), SchemaFormat.JSON_SCHEMA),
    (re.compile(r"schema(\+|$|;|/)|json-?schema"), SchemaFormat.JSON_SCHEMA),
)
_ANY_JSON = re.compile(r"\s*application/(?:[\w.-]+\+)?(?:json|yaml)\b")
_MESSAGE = re.compile(r"^\s*(?:message|enum)\s+\w+\s*\{|^\s*syntax\s*=", re.MULTILINE)
_KINDS_OF_AVRO = ("record", "enum", "fixed")
_EXTENSIONS = ((".avsc", SchemaFormat.AVRO), (".proto", SchemaFormat.PROTOBUF))


def format_of(media_type: str, schema: Json, path: str) -> SchemaFormat:
    """The language of a schema that stands in the file at `path`.

    >>> format_of("application/vnd.apache.avro;version=1.9.0", {}, "a.yaml")
    <SchemaFormat.AVRO: 'avro'>
    >>> format_of("", {"type": "record", "fields": []}, "a.yaml")
    <SchemaFormat.AVRO: 'avro'>
    """
    spelt = _by_name(media_type) if media_type else None
    if spelt is not None:
        return spelt
    return _by_path(path) or _by_look(schema)


@lru_cache(maxsize=512)
def _by_path(path: str) -> SchemaFormat | None:
    lowered = path.lower()
    return next((each for end, each in _EXTENSIONS if lowered.endswith(end)), None)


@lru_cache(maxsize=512)
def _by_name(media_type: str) -> SchemaFormat | None:
    """What a name says; None: only that it is JSON or YAML."""
    lowered = media_type.lower()
    for pattern, spelt in _SPELLINGS:
        if pattern.search(lowered):
            return spelt
    return None if _ANY_JSON.match(lowered) else SchemaFormat.UNKNOWN


def _by_look(schema: Json) -> SchemaFormat:
    if isinstance(schema, dict):
        kind = schema.get("type")
        is_avro = kind in _KINDS_OF_AVRO and (
            (kind == "record" and isinstance(schema.get("fields"), list))
            or (kind == "enum" and isinstance(schema.get("symbols"), list))
            or (kind == "fixed" and "size" in schema)
        )
        return SchemaFormat.AVRO if is_avro else SchemaFormat.JSON_SCHEMA
    if isinstance(schema, str):
        return SchemaFormat.PROTOBUF if _MESSAGE.search(schema) else SchemaFormat.UNKNOWN
    listed = schema if isinstance(schema, list) else ()
    looks = {_by_look(each) for each in listed if isinstance(each, dict)}
    return SchemaFormat.AVRO if SchemaFormat.AVRO in looks else SchemaFormat.JSON_SCHEMA
