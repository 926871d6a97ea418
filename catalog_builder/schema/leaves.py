"""Schemas of plain values, recognised by their text, so that equal ones are worked out once.

Alone knows which schemas mean the same wherever they stand: those of a text, number or truth value
that say nothing of other schemas.
"""

import math
from dataclasses import dataclass, field

import orjson

from catalog_builder.model import Json

_PLAIN_TYPES = frozenset({"string", "integer", "number", "boolean"})
_PLAIN_VALUES = frozenset({str, int, bool})
"""Types of most values, which need no further look."""
_WORDS = frozenset(
    {"type", "format", "title", "description", "enum", "const", "default", "example", "examples"}
    | {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
    | {"minLength", "maxLength", "pattern", "deprecated", "nullable", "readOnly", "writeOnly"}
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A plain schema; equal to those of the same text."""

    text: bytes
    schema: Json = field(compare=False)


def leaf_of(schema: Json) -> Leaf | None:
    """The schema as a leaf; None when it is not plain.

    >>> leaf_of({"type": "string"}) == leaf_of({"type": "string"}), leaf_of({"type": "object"})
    (True, None)
    >>> leaf_of({"const": 1, "type": "integer"}) == leaf_of({"const": True, "type": "integer"})
    False
    """
    if not isinstance(schema, dict) or not schema.keys() <= _WORDS:
        return None
    kind = schema.get("type")
    if not isinstance(kind, str) or kind not in _PLAIN_TYPES:
        return None
    values = schema.values()
    if not _PLAIN_VALUES.issuperset(map(type, values)) and not all(map(_is_plain, values)):
        return None
    try:
        return Leaf(orjson.dumps(schema), schema)
    except orjson.JSONEncodeError:  # a number or a text that JSON does not have
        return None


def _is_plain(value: Json) -> bool:
    """Whether its text tells it from all others; there is no text for what is not finite."""
    if isinstance(value, list):
        return all(not isinstance(each, list) and _is_plain(each) for each in value)
    return isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value))
