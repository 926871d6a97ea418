"""Shapes as JSON Schema and as Avro.

This module alone knows how a kind of value, an optional field or a shared type is said in each.
"""

from tests.benchmarks.payloads import SHARED, Choice, Field, Many, Record, Scalar, Shape, Shared

Node = dict[str, object]

_JSON: dict[str, Node] = {
    "id": {"type": "string", "format": "uuid"},
    "text": {"type": "string"},
    "code": {"type": "string", "maxLength": 35},
    "integer": {"type": "integer", "minimum": 0},
    "number": {"type": "number"},
    "flag": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "date-time": {"type": "string", "format": "date-time"},
    "email": {"type": "string", "format": "email"},
    "uri": {"type": "string", "format": "uri"},
}

_AVRO: dict[str, object] = {
    "id": {"type": "string", "logicalType": "uuid"},
    "text": "string",
    "code": "string",
    "integer": "long",
    "number": "double",
    "flag": "boolean",
    "date": {"type": "int", "logicalType": "date"},
    "date-time": {"type": "long", "logicalType": "timestamp-millis"},
    "email": "string",
    "uri": "string",
}


def json_schema(shape: Shape) -> Node:
    """The shape as JSON Schema; shared types are references to `#/components/schemas`."""
    match shape:
        case Scalar(kind):
            return dict(_JSON[kind])
        case Choice(_, symbols):
            return {"type": "string", "enum": list(symbols)}
        case Shared(name):
            return {"$ref": f"#/components/schemas/{name}"}
        case Many(item):
            return {"type": "array", "items": json_schema(item)}
        case Record():
            return _json_object(shape)


def _json_object(record: Record) -> Node:
    schema: Node = {"type": "object"}
    if record.description:
        schema["description"] = record.description
    required = [field.name for field in record.fields if field.required]
    if required:
        schema["required"] = required
    schema["properties"] = {field.name: _json_property(field) for field in record.fields}
    return schema


def _json_property(field: Field) -> Node:
    schema = json_schema(field.shape)
    # Draft 7 ignores whatever stands beside a $ref.
    if field.description and "$ref" not in schema:
        schema["description"] = field.description
    return schema


def avro(record: Record, namespace: str) -> Node:
    """The record as an Avro schema, each named type written out where it is first met."""
    schema = _avro_record(record, set())
    return {"type": "record", "name": record.name, "namespace": namespace} | schema


def _avro_record(record: Record, known: set[str]) -> Node:
    known.add(record.name)
    schema: Node = {"type": "record", "name": record.name}
    if record.description:
        schema["doc"] = record.description
    schema["fields"] = [_avro_field(field, known) for field in record.fields]
    return schema


def _avro_field(field: Field, known: set[str]) -> Node:
    kind = _avro(field.shape, known)
    node: Node = {"name": field.name, "type": kind}
    if not field.required:
        node |= {"type": ["null", kind], "default": None}
    if field.description:
        node["doc"] = field.description
    return node


def _avro(shape: Shape, known: set[str]) -> object:
    match shape:
        case Scalar(kind):
            return _AVRO[kind]
        case Choice(name, symbols):
            return {"type": "enum", "name": name, "symbols": list(symbols)}
        case Many(item):
            return {"type": "array", "items": _avro(item, known)}
        case Shared(name):
            return name if name in known else _avro_record(SHARED[name], known)
        case Record():
            return _avro_record(shape, known)
