"""RAML 1.0 types, told in JSON Schema: those written in place, not whole RAML libraries."""

from collections.abc import Mapping
from types import MappingProxyType

from catalog_builder.model import Json
from catalog_builder.schema.dialect import pointer_to

_BUILT_IN: Mapping[str, Mapping[str, Json]] = MappingProxyType(
    {
        "any": {},
        "nil": {"type": "null"},
        "object": {"type": "object"},
        "array": {"type": "array"},
        "string": {"type": "string"},
        "number": {"type": "number"},
        "integer": {"type": "integer"},
        "boolean": {"type": "boolean"},
        "file": {"type": "string", "contentEncoding": "base64"},
        "date-only": {"type": "string", "format": "date"},
        "time-only": {"type": "string", "format": "local-time"},
        "datetime-only": {"type": "string", "format": "local-date-time"},
        "datetime": {"type": "string", "format": "date-time"},
    }
)
_COPIED = ("description", "default", "example", "enum", "pattern", "minLength", "maxLength",
           "minimum", "maximum", "multipleOf", "minItems", "maxItems", "uniqueItems",
           "minProperties", "maxProperties")  # fmt: skip
_DEEPEST = 40


def json_schema_of_raml(schema: Json) -> Json:
    """A JSON Schema of a RAML type, or of the last type of a library (`types`); else `True`."""
    types = schema.get("types") if isinstance(schema, dict) else None
    if not isinstance(types, dict):
        return _type(schema, 0)
    definitions = {str(name): _type(each, 0) for name, each in types.items()}
    if not definitions:
        return True
    return {"$ref": pointer_to(list(definitions)[-1]), "definitions": definitions}


def problems_of_raml(schema: Json) -> tuple[str, ...]:
    """That it cannot be read, where it cannot."""
    if isinstance(schema, dict):
        return ()
    return ("RAML: only types written in place can be read: shown as written",)


def _type(declared: Json, depth: int) -> Json:
    if isinstance(declared, str):
        return _expression(declared.strip(), depth)
    if isinstance(declared, list):
        return {"allOf": [_type(each, depth + 1) for each in declared]}
    if not isinstance(declared, dict) or depth > _DEEPEST:
        return True if declared is None or depth > _DEEPEST else {}
    told = dict(_declared_type(declared, depth))
    told |= {key: declared[key] for key in _COPIED if key in declared}
    properties = declared.get("properties")
    if isinstance(properties, dict):
        told |= _properties(properties, depth)
    if "items" in declared:
        told |= {"type": "array", "items": _type(declared["items"], depth + 1)}
    if declared.get("additionalProperties") is False:
        told["additionalProperties"] = False
    return told


def _declared_type(declared: Mapping[str, Json], depth: int) -> Mapping[str, Json]:
    said = declared.get("type", declared.get("schema"))
    if said is None:
        return {"type": "object" if "properties" in declared else "string"}
    told = _type(said, depth + 1)
    return told if isinstance(told, dict) else {}


def _properties(properties: Mapping[str, Json], depth: int) -> dict[str, Json]:
    told, required = {}, []
    for key, declared in properties.items():
        optional = key.endswith("?")
        name = key.removesuffix("?")
        # A property without a type is a text.
        told[name] = _type("string" if declared is None else declared, depth + 1)
        said = declared.get("required") if isinstance(declared, dict) else None
        if said is True or (said is None and not optional):
            required.append(name)
    return {"type": "object", "properties": told, "required": required}


def _expression(text: str, depth: int) -> Json:
    """`string`, `Person`, `string[]`, `(string | Person)[]`, `string?`."""
    if depth > _DEEPEST:
        return True
    options = _split(text)
    if len(options) > 1:
        return {"anyOf": [_expression(each, depth + 1) for each in options]}
    if text.endswith("[]"):
        return {"type": "array", "items": _expression(text[:-2].strip(), depth + 1)}
    if text.endswith("?"):
        return {"anyOf": [_expression(text[:-1].strip(), depth + 1), {"type": "null"}]}
    if text.startswith("(") and text.endswith(")"):
        return _expression(text[1:-1].strip(), depth + 1)
    return dict(_BUILT_IN[text]) if text in _BUILT_IN else {"$ref": pointer_to(text)}


def _split(text: str) -> list[str]:
    """The parts of a union, at the `|` that stand in no parentheses."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [each.strip() for each in parts]
