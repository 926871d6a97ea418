"""Protobuf messages, told in JSON Schema.

It alone knows Protobuf: how names are looked up across packages, nested messages and imports,
which message of a file is meant, and what a value looks like in proto3 JSON.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from catalog_builder.model import Json, Payload
from catalog_builder.schema import proto_file as proto
from catalog_builder.schema.dialect import FIELD_NAME, SAMPLE, TYPE_WORD, WHEN, pointer_to

_TEXT_OF_NUMBER = {"type": "string", TYPE_WORD: "integer"}
_SMALL = ("int32", "uint32", "sint32", "fixed32", "sfixed32")
_LARGE = ("int64", "uint64", "sint64", "fixed64", "sfixed64")
_BYTES = {"type": "string", TYPE_WORD: "bytes", SAMPLE: "SGVsbG8="}
_SCALARS: Mapping[str, Mapping[str, Json]] = MappingProxyType(
    {
        **{kind: {"type": "integer", "format": kind} for kind in _SMALL},
        **{kind: {**_TEXT_OF_NUMBER, "format": kind} for kind in _LARGE},
        "float": {"type": "number", "format": "float"},
        "double": {"type": "number", "format": "double"},
        "bool": {"type": "boolean"},
        "string": {"type": "string"},
        "bytes": _BYTES,
    }
)
_ANY_TYPE = {"@type": "type.googleapis.com/google.protobuf.Empty"}
_WELL_KNOWN: Mapping[str, Mapping[str, Json]] = MappingProxyType(
    {
        "Timestamp": {"type": "string", "format": "date-time"},
        "Duration": {"type": "string", SAMPLE: "5400s"},
        "FieldMask": {"type": "string", SAMPLE: "name,address.city"},
        "Empty": {"type": "object"},
        "Struct": {"type": "object"},
        "Value": {},
        "ListValue": {"type": "array"},
        "NullValue": {"type": "null"},
        "Any": {"type": "object", SAMPLE: _ANY_TYPE},
        "DoubleValue": {**_SCALARS["double"], "nullable": True},
        "FloatValue": {**_SCALARS["float"], "nullable": True},
        "Int64Value": {**_SCALARS["int64"], "nullable": True},
        "UInt64Value": {**_SCALARS["uint64"], "nullable": True},
        "Int32Value": {**_SCALARS["int32"], "nullable": True},
        "UInt32Value": {**_SCALARS["uint32"], "nullable": True},
        "BoolValue": {**_SCALARS["bool"], "nullable": True},
        "StringValue": {**_SCALARS["string"], "nullable": True},
        "BytesValue": {**_BYTES, "nullable": True},
    }
)
_WELL_KNOWN_PACKAGE = "google.protobuf."


def json_schema_of_protobuf(payload: Payload) -> Json:
    """A JSON Schema of the message meant, in proto3 JSON; `True` when there is no message."""
    types = _types_of(payload)
    name = _root_of(payload, types)
    if not name:
        return True
    return {"$ref": pointer_to(name), "definitions": _definitions(types, name)}


def identity_of_protobuf(payload: Payload) -> str:
    """The full name of the message meant; empty when there is none."""
    return _root_of(payload, _types_of(payload))


def problems_of_protobuf(payload: Payload) -> tuple[str, ...]:
    """Errors of syntax, a message that is not there, types that nothing defines."""
    if not isinstance(payload.schema, str):
        return ("Protobuf: the schema is not text",)
    found = [f"Protobuf: {each}" for each in proto.file_of(payload.schema).problems]
    types = _types_of(payload)
    name = _root_of(payload, types)
    if not name:
        return (*found, "Protobuf: there is no message in it")
    if payload.root and payload.root not in (name, name.rpartition(".")[2]):
        found.append(f"Protobuf: there is no message `{payload.root}` in it")
    unknown = sorted(types.unknown_from(name))
    return (*found, *(f"Protobuf: nothing defines the type `{each}`" for each in unknown))


@dataclass(slots=True)
class _Types:
    """All messages and enums by full name, and which of them stand at the top of the file."""

    messages: dict[str, proto.Message] = field(default_factory=dict)
    enums: dict[str, proto.Enum] = field(default_factory=dict)
    top: list[str] = field(default_factory=list)

    def add(self, inside: str, message: proto.Message) -> None:
        full = f"{inside}{message.name}"
        self.messages.setdefault(full, message)
        for enum in message.enums:
            self.enums.setdefault(f"{full}.{enum.name}", enum)
        for nested in message.messages:
            self.add(f"{full}.", nested)

    def full_name(self, name: str, inside: str) -> str:
        """The type that a name means inside a message: innermost scope first; empty: none."""
        if name.startswith("."):
            return name[1:] if self._has(name[1:]) else ""
        scope = inside
        while True:
            full = f"{scope}.{name}" if scope else name
            if self._has(full):
                return full
            if not scope:
                return ""
            scope = scope.rpartition(".")[0]

    def _has(self, name: str) -> bool:
        return name in self.messages or name in self.enums

    def used_by(self, name: str) -> Iterator[tuple[str, str]]:
        """Each type that a message's fields name, with its full name (empty: unknown)."""
        for each in self.messages[name].all_fields():
            if each.type not in _SCALARS and not _is_well_known(each.type):
                yield each.type, self.full_name(each.type, name)

    def unknown_from(self, root: str) -> set[str]:
        return {
            written
            for name in self.reached_from(root)
            for written, full in self.used_by(name)
            if not full
        }

    def reached_from(self, root: str) -> list[str]:
        reached, waiting = {root: None}, [root]
        while waiting:
            for _, full in self.used_by(waiting.pop()):
                if full in self.messages and full not in reached:
                    reached[full] = None
                    waiting.append(full)
        return list(reached)


def _types_of(payload: Payload) -> _Types:
    types = _Types()
    if not isinstance(payload.schema, str):
        return types
    texts = [payload.schema, *(payload.imports[path] for path in sorted(payload.imports))]
    for text in texts:
        read = proto.file_of(text)
        inside = f"{read.package}." if read.package else ""
        for message in read.messages:
            types.add(inside, message)
            if text is payload.schema:
                types.top.append(f"{inside}{message.name}")
        for enum in read.enums:
            types.enums.setdefault(f"{inside}{enum.name}", enum)
    return types


def _root_of(payload: Payload, types: _Types) -> str:
    """The message meant: as the payload says, else the one no other uses, else the first."""
    if payload.root:
        wanted = payload.root.lstrip(".")
        for name in (*types.top, *types.messages):
            if wanted == name or name.endswith(f".{wanted}"):
                return name
    used = {full for name in types.messages for _, full in types.used_by(name) if full != name}
    free = [name for name in types.top if name not in used]
    return next(iter((*free, *types.top)), "")


def _is_well_known(name: str) -> bool:
    package, _, simple = name.lstrip(".").rpartition(".")
    return f"{package}." == _WELL_KNOWN_PACKAGE and simple in _WELL_KNOWN


def _definitions(types: _Types, root: str) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for name in types.reached_from(root):
        found[name] = _message(types, name)
        for _, full in types.used_by(name):
            if full in types.enums:
                found[full] = _enum(types.enums[full])
    return found


def _message(types: _Types, name: str) -> Json:
    message = types.messages[name]
    told: dict[str, Json] = {
        "type": "object",
        "properties": {each.json_name: _field(types, name, each) for each in message.fields},
        "required": [each.json_name for each in message.fields if each.required],
    }
    if message.description:
        told["description"] = message.description
    if message.choices:
        told["allOf"] = [
            {"anyOf": [_choice(types, name, choice.name, each) for each in choice.fields]}
            for choice in message.choices
        ]
    return told


def _choice(types: _Types, message: str, choice: str, chosen: proto.Field) -> Json:
    return {
        "title": chosen.name,
        WHEN: f"{choice} = {chosen.name}",
        "type": "object",
        "properties": {chosen.json_name: _field(types, message, chosen)},
    }


def _field(types: _Types, message: str, each: proto.Field) -> Json:
    told = _type(types, message, each.type)
    if each.is_map:
        told = {"type": "object", "additionalProperties": told}
    elif each.repeated:
        told = {"type": "array", "items": told}
    told[FIELD_NAME] = each.name
    if each.description:
        told["description"] = each.description
    if each.deprecated:
        told["deprecated"] = True
    if each.sensitive:
        told["x-sensitive"] = True
    if each.default is not None:
        told["default"] = each.default
    return told


def _type(types: _Types, message: str, name: str) -> dict[str, Json]:
    if name in _SCALARS:
        return dict(_SCALARS[name])
    full = types.full_name(name, message)
    if full:
        return {"$ref": pointer_to(full)}
    simple = name.rpartition(".")[2]
    if _is_well_known(name):
        return dict(_WELL_KNOWN[simple])
    return {TYPE_WORD: simple}


def _enum(enum: proto.Enum) -> Json:
    told: dict[str, Json] = {"type": "string", "enum": list(enum.values)}
    if enum.description:
        told["description"] = enum.description
    if enum.values:
        # The zero value says that nothing was said: a poor example.
        told[SAMPLE] = enum.values[min(1, len(enum.values) - 1)]
    return told
