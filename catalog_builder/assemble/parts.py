"""Whether a reader's schema is a part of its sender's, told by their text.

The plain case, in which there is nothing to find: readers copy a schema and leave things out. What
is not told by this is compared field by field.
"""

from collections.abc import Callable, Mapping

from catalog_builder.model import Json, Payload, SchemaFormat

_JSON_SCHEMAS = frozenset({SchemaFormat.JSON_SCHEMA, SchemaFormat.OPENAPI})
_NOTES = frozenset(
    {"title", "description", "example", "examples", "default", "$comment", "externalDocs"}
    | {"format", "pattern", "minLength", "maxLength", "minimum", "maximum", "multipleOf"}
)
"""Keywords that say nothing of which fields there are, of which types."""
_MAY_BE_LEFT_OUT = _NOTES | {"properties", "definitions", "required"}
_COMPOSING = frozenset({"oneOf", "anyOf", "allOf", "if", "not"})
_DEEPEST = 50


def is_part(reader: Payload, sender: Payload) -> bool:
    """Whether all that a reader takes is sent just so; false where that is not plain.

    >>> sent = Payload(SchemaFormat.JSON_SCHEMA, {"properties": {"a": {"type": "string"}, "b": {}}})
    >>> read = Payload(SchemaFormat.JSON_SCHEMA, {"properties": {"a": {"type": "string"}}})
    >>> is_part(read, sent), is_part(sent, read)
    (True, False)
    """
    if reader.format != sender.format or reader.root or sender.root:
        return False
    if reader.format == SchemaFormat.AVRO:
        return _is_avro_part(reader.schema, sender.schema, 0)
    return reader.format in _JSON_SCHEMAS and _is_part(reader.schema, sender.schema, 0)


def _is_avro_part(reader: Json, sender: Json, depth: int) -> bool:
    if depth > _DEEPEST:
        return False
    if isinstance(reader, list) and isinstance(sender, list) and len(reader) == len(sender):
        pairs = zip(reader, sender, strict=True)
        return all(_is_avro_part(one, other, depth + 1) for one, other in pairs)
    if not isinstance(reader, dict) or not isinstance(sender, dict):
        return bool(reader == sender)
    theirs = sender.get("fields")
    named = {str(each.get("name")): each for each in theirs or () if isinstance(each, dict)}
    return reader.keys() | {"doc"} == sender.keys() | {"doc"} and all(
        _are_avro_fields(said, named, depth)
        if keyword == "fields"
        else keyword == "doc" or _is_avro_part(said, sender[keyword], depth + 1)
        for keyword, said in reader.items()
    )


def _are_avro_fields(reader: Json, sender: Mapping[str, Json], depth: int) -> bool:
    return isinstance(reader, list) and all(
        isinstance(each, dict) and _is_avro_part(each, sender.get(str(each.get("name"))), depth + 1)
        for each in reader
    )


def _is_part(reader: Json, sender: Json, depth: int) -> bool:
    if depth > _DEEPEST:
        return False
    is_plain = isinstance(reader, dict) and _COMPOSING.isdisjoint(reader)
    if not is_plain or not isinstance(sender, dict):
        return bool(reader == sender)
    for keyword, said in reader.items():
        theirs = sender.get(keyword)
        compare = _BELOW.get(keyword)
        if compare and not compare(said, theirs, depth + 1):
            return False
        if not compare and said != theirs and keyword not in _NOTES:
            return False
    return all(each in reader or each in _MAY_BE_LEFT_OUT for each in sender)


def _are_parts(reader: Json, sender: Json, depth: int) -> bool:
    if not isinstance(reader, Mapping) or not isinstance(sender, Mapping):
        return False
    if reader.items() <= sender.items():
        return True
    return all(
        name in sender and (each == sender[name] or _is_part(each, sender[name], depth))
        for name, each in reader.items()
    )


def _are_among(reader: Json, sender: Json, _depth: int) -> bool:
    if not isinstance(reader, list) or not isinstance(sender, list):
        return False
    return all(each in sender for each in reader)


_BELOW: Mapping[str, Callable[[Json, Json, int], bool]] = {
    "properties": _are_parts,
    "definitions": _are_parts,
    "items": _is_part,
    "required": _are_among,
}
