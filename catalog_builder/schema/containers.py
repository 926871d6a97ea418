"""What a schema says of what is inside: the properties of objects, the items of arrays and maps."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from catalog_builder.model import Json
from catalog_builder.schema.dialect import WHEN
from catalog_builder.schema.kinds import kinds_of, real_kind
from catalog_builder.schema.nodes import Node

_NOTHING: Mapping[str, Json] = {}


@dataclass(frozen=True, slots=True)
class Container:
    """An array or a map: how it is called, its step in paths, and the schema of what is in it."""

    word: str
    step: str
    inner: Json


def properties_of(schema: Mapping[str, Json]) -> Mapping[str, Json]:
    """The properties by key; none where they are not a mapping."""
    properties = schema.get("properties")
    return properties if isinstance(properties, dict) else _NOTHING


def required_of(schema: Mapping[str, Json]) -> Collection[str]:
    """The keys that must be there."""
    required = schema.get("required")
    return (
        [each for each in required if isinstance(each, str)] if isinstance(required, list) else ()
    )


def tuple_of(schema: Mapping[str, Json]) -> tuple[list[Json], Json]:
    """The schemas of the first items, each its own, and that of all further ones (True: any)."""
    first, rest = schema.get("prefixItems"), schema.get("items", True)
    if isinstance(first, list):
        return first, rest
    if isinstance(rest, list):
        return rest, schema.get("additionalItems", True)
    return [], rest


def container_of(node: Node) -> Container | None:
    """How a node contains others of one kind; None for what is neither an array nor a map."""
    schema = node.schema
    if node.cut or node.groups:
        return None
    kinds = kinds_of(schema)
    kind = real_kind(kinds[0]) if len(kinds) == 1 else ""
    if kind == "array":
        return _array(schema)
    return _map(schema) if kind == "object" and not properties_of(schema) else None


def _array(schema: Mapping[str, Json]) -> Container | None:
    first, rest = tuple_of(schema)
    if not first:
        return Container("array of ", "[]", rest) if isinstance(rest, dict) and rest else None
    items = [{"allOf": [each], WHEN: f"item {place}"} for place, each in enumerate(first, 1)]
    if isinstance(rest, dict) and rest:
        items.append({"allOf": [rest], WHEN: "further items"})
    return Container("array of ", "[]", {"anyOf": items} if len(items) > 1 else first[0])


def _map(schema: Mapping[str, Json]) -> Container | None:
    patterns = schema.get("patternProperties")
    values = list(patterns.values()) if isinstance(patterns, dict) else []
    others = schema.get("additionalProperties")
    if others is True or isinstance(others, dict):
        values.append(others)
    distinct = [each for place, each in enumerate(values) if each not in values[:place]]
    if len(distinct) > 1 and True in distinct:
        distinct.remove(True)
    if not distinct:
        return None
    return Container("map of ", "{}", distinct[0] if len(distinct) == 1 else {"anyOf": distinct})
