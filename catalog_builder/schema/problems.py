"""What is wrong with a JSON Schema, as far as it changes what people read; and its `$id`."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from catalog_builder.model import Json
from catalog_builder.schema.kinds import KINDS, kind_of_value, real_kind
from catalog_builder.schema.nodes import at_pointer

_MOST = 50
_MOST_VISITED = 20_000
_DEEPEST = 100
_SCHEMAS_BY_KEY = ("properties", "patternProperties", "definitions", "$defs", "dependentSchemas")
_SCHEMAS_IN_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SCHEMAS = ("items", "additionalProperties", "additionalItems", "contains", "propertyNames", "not",
            "if", "then", "else")  # fmt: skip
_PLACEHOLDER = re.compile(
    r"^https?://(?:www\.)?example\.(?:com|org)/(?:root|example|schema)\.json#?$"
)


def identity_of_json_schema(schema: Json) -> str:
    """The `$id` (`id` up to draft 4) when it is a name that holds outside its document."""
    for _ in range(_DEEPEST):
        if not isinstance(schema, dict):
            return ""
        said = schema.get("$id", schema.get("id"))
        if isinstance(said, str) and _is_global(said):
            return said.removesuffix("#")
        pointer = schema.get("$ref")
        if not isinstance(pointer, str):
            return ""
        target = at_pointer(schema, pointer)
        schema = (
            {**target, "definitions": schema.get("definitions")}
            if isinstance(target, dict)
            else None
        )
    return ""


def _is_global(identifier: str) -> bool:
    # `#item` is an anchor, `<anonymous-schema-1>` a parser's dropping, and an editor's
    # `http://example.com/root.json` is in a thousand unrelated schemas.
    return (":" in identifier or "/" in identifier) and not (
        identifier.startswith(("#", "<")) or _PLACEHOLDER.match(identifier)
    )


def problems_of_json_schema(schema: Json) -> tuple[str, ...]:
    """A sentence for each problem, with the JSON pointer of its place; at most some 50."""
    if not isinstance(schema, dict | bool):
        return ("The schema is neither an object nor a boolean.",)
    found: dict[str, None] = {}
    waiting: list[tuple[str, Json]] = [("", schema)]
    visited = 0
    while waiting and visited < _MOST_VISITED and len(found) < _MOST:
        visited += 1
        place, each = waiting.pop()
        if isinstance(each, dict):
            for keyword, judge in _JUDGES.items():
                if keyword in each and (problem := judge(each[keyword], schema)):
                    found[f"`{place or '/'}`: {problem}"] = None
            if place.count("/") < 2 * _DEEPEST:
                waiting += reversed(list(_inside(place, each)))
        elif not isinstance(each, bool):
            found[f"`{place}`: it is not a schema but {kind_of_value(each)}"] = None
    return tuple(found)[:_MOST]


def _inside(place: str, schema: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
    for keyword in _SCHEMAS_BY_KEY:
        inner = schema.get(keyword)
        if isinstance(inner, dict):
            for key, each in inner.items():
                step = str(key).replace("~", "~0").replace("/", "~1")
                yield f"{place}/{keyword}/{step}", each
    for keyword in (*_SCHEMAS_IN_LISTS, "items"):
        inner = schema.get(keyword)
        if isinstance(inner, list):
            for number, each in enumerate(inner):
                yield f"{place}/{keyword}/{number}", each
    for keyword in _SCHEMAS:
        if isinstance(schema.get(keyword), dict):
            yield f"{place}/{keyword}", schema[keyword]


def _of_type(said: Json, _root: Json) -> str:
    for kind in said if isinstance(said, list) else [said]:
        if not isinstance(kind, str):
            return f"`type` is not a word but {type(kind).__name__}"
        if kind not in KINDS:
            better = real_kind(kind)
            mend = f"; write `{better}`" if better in KINDS else ""
            return f"`{kind}` is not a type of JSON Schema{mend}"
    return "" if said != [] else "`type` is an empty list"


def _of_reference(pointer: Json, root: Json) -> str:
    if not isinstance(pointer, str):
        return "`$ref` is not a text"
    return "" if at_pointer(root, pointer) is not None else f"`$ref` leads nowhere: {pointer}"


def _of_required(said: Json, _root: Json) -> str:
    if isinstance(said, bool):
        return "`required` is a list of keys beside `properties`, not a boolean on a property"
    if not isinstance(said, list) or not all(isinstance(each, str) for each in said):
        return "`required` is not a list of keys"
    return ""


def _of_mapping(said: Json, _root: Json) -> str:
    return "" if isinstance(said, dict) else "`properties` is not a mapping of keys to schemas"


def _of_enum(said: Json, _root: Json) -> str:
    if not isinstance(said, list):
        return "`enum` is not a list"
    return "" if said else "`enum` is empty: nothing is valid"


def _of_list(said: Json, _root: Json) -> str:
    return "" if isinstance(said, list) and said else "it is not a list of schemas with one or more"


def _of_pattern(said: Json, _root: Json) -> str:
    return "" if isinstance(said, str) else "`pattern` is not a text"


_JUDGES: Mapping[str, Callable[[Json, Json], str]] = MappingProxyType(
    {
        "$ref": _of_reference,
        "type": _of_type,
        "required": _of_required,
        "properties": _of_mapping,
        "enum": _of_enum,
        "allOf": _of_list,
        "anyOf": _of_list,
        "oneOf": _of_list,
        "pattern": _of_pattern,
    }
)
