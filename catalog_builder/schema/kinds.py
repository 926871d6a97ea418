"""Which of JSON's types a schema allows, said or not, misspelled or not."""

from collections.abc import Mapping
from types import MappingProxyType

from catalog_builder.model import Json

KINDS = frozenset({"object", "array", "string", "number", "integer", "boolean", "null"})

MISSPELLED: Mapping[str, str] = MappingProxyType(
    {
        "int": "integer",
        "int32": "integer",
        "int64": "integer",
        "long": "integer",
        "short": "integer",
        "float": "number",
        "double": "number",
        "decimal": "number",
        "bigdecimal": "number",
        "numeric": "number",
        "bool": "boolean",
        "str": "string",
        "text": "string",
        "char": "string",
        "uuid": "string",
        "date": "string",
        "time": "string",
        "datetime": "string",
        "date-time": "string",
        "timestamp": "string",
        "enum": "string",
        "dict": "object",
        "map": "object",
        "record": "object",
        "list": "array",
    }
)
"""Words that other type systems use, with what JSON Schema calls them."""

_TELLING = (
    ("object", ("properties", "additionalProperties", "patternProperties", "required",
                "minProperties", "maxProperties", "propertyNames")),
    ("array", ("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains")),
    ("string", ("pattern", "minLength", "maxLength", "contentEncoding", "contentMediaType")),
    ("number", ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")),
)  # fmt: skip
_NUMERIC_FORMATS = frozenset({"int32", "int64", "float", "double", "decimal"})


def kinds_of(schema: Mapping[str, Json]) -> tuple[str, ...]:
    """The types allowed beside null, as words of JSON Schema where they can be; empty: any.

    >>> kinds_of({"type": ["string", "null"]}), kinds_of({"enum": [1, "a"]}), kinds_of({})
    (('string',), ('integer', 'string'), ())
    """
    said = schema.get("type")
    if isinstance(said, str):
        return (said,)
    if isinstance(said, list):
        kinds = [each for each in said if isinstance(each, str)]
        return tuple(each for each in kinds if each != "null") or tuple(kinds[:1])
    return _told_by_values(schema) or _told_by_keywords(schema)


def real_kind(kind: str) -> str:
    """The word of JSON Schema for a type, misspelled or not; anything else as it is."""
    return kind if kind in KINDS else MISSPELLED.get(kind.lower(), kind)


def kind_of_value(value: Json) -> str:
    """The type of a value.

    >>> [kind_of_value(each) for each in (None, True, 1, 1.5, "", [], {})]
    ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object']
    """
    return _KIND_OF_CLASS.get(type(value), "null")


_KIND_OF_CLASS: Mapping[type, str] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}


def _told_by_values(schema: Mapping[str, Json]) -> tuple[str, ...]:
    if "const" in schema:
        return (kind_of_value(schema["const"]),)
    allowed = schema.get("enum")
    if not isinstance(allowed, list):
        return ()
    kinds = dict.fromkeys(kind_of_value(each) for each in allowed if each is not None)
    return tuple(kinds)


def _told_by_keywords(schema: Mapping[str, Json]) -> tuple[str, ...]:
    for kind, keywords in _TELLING:
        if any(keyword in schema for keyword in keywords):
            return (kind,)
    said = schema.get("format")
    if isinstance(said, str):
        return ("number",) if said in _NUMERIC_FORMATS else ("string",)
    return ()
