"""Avro schemas, told in JSON Schema.

It alone knows Avro: names and namespaces, unions, logical types. It reads what can be read of a
schema that breaks Avro's rules; the avro library is asked only what is wrong with it.
"""

import warnings
from collections.abc import Mapping

from catalog_builder.model import Json
from catalog_builder.schema.dialect import (
    FORMAT_WORD,
    NOTES,
    SAMPLE,
    TYPE_WORD,
    pointer_to,
)
from catalog_builder.schema.words import text_of

_PRIMITIVES: Mapping[str, Mapping[str, Json]] = {
    "null": {"type": "null"},
    "boolean": {"type": "boolean"},
    "int": {"type": "integer", "format": "int32"},
    "long": {"type": "integer", "format": "int64"},
    "float": {"type": "number", "format": "float"},
    "double": {"type": "number", "format": "double"},
    "string": {"type": "string"},
    "bytes": {"type": "string", TYPE_WORD: "bytes"},
}
_NAMED = frozenset({"record", "error", "enum", "fixed"})
_SAMPLES: Mapping[str, Json] = {
    # 2026-03-14 09:26:53 UTC, as the names guide has it for texts.
    "date": 20_526,
    "time-millis": 34_013_000,
    "time-micros": 34_013_000_000,
    "timestamp-millis": 1_773_480_413_000,
    "timestamp-micros": 1_773_480_413_000_000,
    "timestamp-nanos": 1_773_480_413_000_000_000,
    "local-timestamp-millis": 1_773_480_413_000,
    "local-timestamp-micros": 1_773_480_413_000_000,
    "local-timestamp-nanos": 1_773_480_413_000_000_000,
}
_COPIED = ("default", "deprecated", "example", "examples", "sensitive", "pii")
_DEEPEST = 60


def json_schema_of_avro(schema: Json, root: str = "") -> Json:
    """A JSON Schema of the data in Avro's plain JSON, unions without their tags.

    `root` names the type meant where there are several (an array of types): else it is the one
    that no other uses; several such are alternatives.
    """
    reader = _Reader()
    several = isinstance(schema, list)
    told = reader.bundle(schema, root) if several else reader.read(schema, "", 0)
    return {**told, "definitions": reader.definitions}


def identity_of_avro(schema: Json, root: str = "") -> str:
    """The full name of the type meant; empty when it has none, or there are several."""
    kind = schema.get("type") if isinstance(schema, dict) else None
    if isinstance(kind, str) and kind in _NAMED:
        return _full_name(schema, "")[0]
    pointer = json_schema_of_avro(schema, root).get("$ref")
    name = pointer.removeprefix("#/definitions/") if isinstance(pointer, str) else ""
    return name.replace("~1", "/").replace("~0", "~")


def problems_of_avro(schema: Json) -> tuple[str, ...]:
    """What Avro's own library objects to: its first objection, or nothing."""
    # Imported when first needed: it costs a tenth of a second.
    from avro.errors import AvroException  # noqa: PLC0415
    from avro.schema import make_avsc_object  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            # It warns of logical types of its users' own, which are none of its business.
            warnings.simplefilter("ignore")
            make_avsc_object(schema)
    except AvroException as objection:
        return (f"Avro: {objection}",)
    except (TypeError, ValueError, AttributeError, KeyError) as objection:
        # The library trips over values of a wrong type before it judges them.
        return (f"Avro: the schema is malformed ({type(objection).__name__}: {objection})",)
    except RecursionError:
        return ("Avro: the schema is nested too deeply",)
    return ()


class _Reader:
    """Collects the named types of one schema while it is told."""

    def __init__(self) -> None:
        self.definitions: dict[str, Json] = {}
        self._used: dict[str, set[str]] = {}
        self._inside = ""

    def bundle(self, types: list[Json], root: str) -> dict[str, Json]:
        told = [self.read(each, "", 0) for each in types]
        names = [name for name in self.definitions if name in self._used]
        for name in names:
            if root and root in (name, name.rpartition(".")[2]):
                return {"$ref": pointer_to(name)}
        used = {other for name in names for other in self._used[name] - {name}}
        tops = [each for each in told if each.get("$ref") not in set(map(pointer_to, used))]
        tops = tops or told[-1:]
        return tops[0] if len(tops) == 1 else {"anyOf": tops}

    def read(self, schema: Json, namespace: str, depth: int) -> dict[str, Json]:
        if isinstance(schema, str):
            return self._by_name(schema, namespace)
        if isinstance(schema, list) and depth <= _DEEPEST:
            return {"anyOf": [self.read(each, namespace, depth + 1) for each in schema]}
        if isinstance(schema, dict) and depth <= _DEEPEST:
            return self._declared(schema, namespace, depth + 1)
        return {}

    def _declared(self, schema: Mapping[str, Json], namespace: str, depth: int) -> dict[str, Json]:
        kind = schema.get("type")
        if isinstance(kind, str) and kind in _NAMED:
            return self._named(schema, kind, namespace, depth)
        if kind == "array":
            return {"type": "array", "items": self.read(schema.get("items"), namespace, depth)}
        if kind == "map":
            values = self.read(schema.get("values"), namespace, depth)
            return {"type": "object", "additionalProperties": values}
        return {**self.read(kind, namespace, depth), **_logical(schema)}

    def _by_name(self, name: str, namespace: str) -> dict[str, Json]:
        if name in _PRIMITIVES:
            return dict(_PRIMITIVES[name])
        full = name if "." in name or not namespace else f"{namespace}.{name}"
        if full not in self.definitions and name in self.definitions:
            full = name
        self._used.setdefault(self._inside, set()).add(full)
        return {"$ref": pointer_to(full)}

    def _named(
        self, schema: Mapping[str, Json], kind: str, namespace: str, depth: int
    ) -> dict[str, Json]:
        full, namespace = _full_name(schema, namespace)
        self._used.setdefault(self._inside, set()).add(full)
        self._used.setdefault(full, set())
        told: dict[str, Json] = {}
        self.definitions[full] = told
        if isinstance(schema.get("doc"), str):
            told["description"] = schema["doc"]
        told |= _notes(schema)
        if kind == "enum":
            symbols = schema.get("symbols")
            told |= {"type": "string", "enum": symbols if isinstance(symbols, list) else []}
        elif kind == "fixed":
            size = schema.get("size")
            told |= {"type": "string", TYPE_WORD: "bytes", "minLength": size, "maxLength": size}
            told |= _logical(schema)
        else:
            outside, self._inside = self._inside, full
            told |= {"type": "object", **self._fields(schema.get("fields"), namespace, depth)}
            self._inside = outside
        return {"$ref": pointer_to(full)}

    def _fields(self, fields: Json, namespace: str, depth: int) -> dict[str, Json]:
        properties: dict[str, Json] = {}
        required = []
        for field in fields if isinstance(fields, list) else ():
            name = field.get("name") if isinstance(field, dict) else None
            if isinstance(name, str):
                properties[name] = self._field(field, namespace, depth + 1)
                if "default" not in field:
                    required.append(name)
        return {"properties": properties, "required": required}

    def _field(self, field: Mapping[str, Json], namespace: str, depth: int) -> Json:
        told = self.read(field.get("type"), namespace, depth)
        if isinstance(field.get("doc"), str):
            told["description"] = field["doc"]
        told |= {key: field[key] for key in _COPIED if key in field}
        told |= {key: value for key, value in field.items() if key.startswith("x-")}
        return told | _notes(field)


def _full_name(schema: Mapping[str, Json], namespace: str) -> tuple[str, str]:
    """The full name of a named type, and the namespace that names inside it are of."""
    name = schema.get("name")
    name = name if isinstance(name, str) else ""
    if "." in name:
        return name, name.rpartition(".")[0]
    said = schema.get("namespace")
    namespace = said if isinstance(said, str) else namespace
    return (f"{namespace}.{name}" if namespace else name), namespace


def _notes(schema: Mapping[str, Json]) -> dict[str, Json]:
    aliases = schema.get("aliases")
    names = [each for each in aliases if isinstance(each, str)] if isinstance(aliases, list) else []
    return {NOTES: ("also called " + ", ".join(names),)} if names else {}


def _logical(schema: Mapping[str, Json]) -> dict[str, Json]:
    """What a logical type adds to the primitive it annotates."""
    logical = schema.get("logicalType")
    if not isinstance(logical, str):
        return {}
    if logical == "uuid":
        return {"format": "uuid"} if schema.get("type") == "string" else {FORMAT_WORD: logical}
    if logical == "decimal":
        digits = f"{text_of(schema.get('precision'))},{text_of(schema.get('scale', 0))}"
        sample = {SAMPLE: "\u0007Ï"} if schema.get("type") == "bytes" else {}
        return {FORMAT_WORD: f"decimal({digits})", **sample}
    sample = {SAMPLE: _SAMPLES[logical]} if logical in _SAMPLES else {}
    return {FORMAT_WORD: logical, **sample}
