"""What our JSON Schema says beyond the standard, so that Avro and Protobuf can be told in it.

The keys start with NUL: no schema that a person writes has them by accident.
"""

from catalog_builder.model import Json

TYPE_WORD = "\0type"
"""The word for its type, where JSON has none: `bytes`."""

FORMAT_WORD = "\0format"
"""Its format, where JSON Schema's `format` would demand another spelling: `decimal(10,2)`."""

FIELD_NAME = "\0name"
"""On a property: the field's name, where JSON spells it otherwise (`order_id` for `orderId`)."""

NOTES = "\0notes"
"""Further constraints, in words."""

SAMPLE = "\0sample"
"""The value to show in examples."""

WHEN = "\0when"
"""On an alternative: what tells it apart."""


_OURS = "\0"


def standard(schema: Json) -> Json:
    """The schema without what it says beyond the standard.

    >>> standard({"type": "string", TYPE_WORD: "bytes", "enum": ["a"]})
    {'type': 'string', 'enum': ['a']}
    """
    if isinstance(schema, list):
        return [standard(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {name: standard(each) for name, each in schema.items() if not name.startswith(_OURS)}


def pointer_to(name: str) -> str:
    """The `$ref` to a definition.

    >>> pointer_to("a/b")
    '#/definitions/a~1b'
    """
    return "#/definitions/" + name.replace("~", "~0").replace("/", "~1")
