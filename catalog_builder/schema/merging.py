"""What two JSON Schemas amount to that hold both, as far as keywords can say it."""

from collections.abc import Callable, Mapping

from catalog_builder.model import Json

_ANNOTATIONS = frozenset(
    {"title", "description", "default", "example", "examples", "deprecated", "$comment", "$id"}
)

_NUMERIC = ("integer", "number")


def merge(base: dict[str, Json], own: dict[str, Json], *, own_words: bool) -> dict[str, Json]:
    """Keywords of both; where both describe (title, default, ...), `own_words` says whose count."""
    if not base:
        return own
    merged = dict(base)
    for keyword, value in own.items():
        if keyword not in merged:
            merged[keyword] = value
        elif keyword in _JOINED:
            merged[keyword] = _JOINED[keyword](merged[keyword], value)
        elif own_words or not (keyword in _ANNOTATIONS or keyword.startswith(("x-", "\0"))):
            merged[keyword] = value
    return merged


def _each_key(base: Json, own: Json) -> Json:
    if not (isinstance(base, dict) and isinstance(own, dict)):
        return own
    joined = dict(base)
    for key, schema in own.items():
        joined[key] = both(joined[key], schema) if key in joined else schema
    return joined


def both(base: Json, own: Json) -> Json:
    """A schema that is valid where both are.

    >>> both({}, {"type": "string"}), both({"minimum": 1}, {"maximum": 2})
    ({'type': 'string'}, {'allOf': [{'minimum': 1}, {'maximum': 2}]})
    """
    if base in ({}, True) or base == own:
        return own
    return base if own in ({}, True) else {"allOf": [base, own]}


def _union(base: Json, own: Json) -> Json:
    if not (isinstance(base, list) and isinstance(own, list)):
        return own if isinstance(own, list) else base
    return base + [each for each in own if each not in base]


def _intersection(base: Json, own: Json) -> Json:
    if not (isinstance(base, list) and isinstance(own, list)):
        return own
    return [each for each in base if each in own]


def _types(base: Json, own: Json) -> Json:
    allowed = base if isinstance(base, list) else [base]
    asked = own if isinstance(own, list) else [own]
    shared = [each for each in asked if each in allowed]
    if "integer" not in shared and all(each in [*allowed, *asked] for each in _NUMERIC):
        shared.append("integer")
    return (shared[0] if len(shared) == 1 else shared) if shared else own


def _pick(choose: Callable[[Json, Json], Json]) -> Callable[[Json, Json], Json]:
    def picked(base: Json, own: Json) -> Json:
        numbers = isinstance(base, int | float) and isinstance(own, int | float)
        return choose(base, own) if numbers else own

    return picked


def _either_of_not(base: Json, own: Json) -> Json:
    return base if base == own else {"anyOf": [base, own]}


def _strictest(base: Json, own: Json) -> Json:
    return False if base is False or own is False else both(base, own)


_JOINED: Mapping[str, Callable[[Json, Json], Json]] = {
    "properties": _each_key,
    "patternProperties": _each_key,
    "definitions": _each_key,
    "dependencies": _each_key,
    "dependentSchemas": _each_key,
    "required": _union,
    "enum": _intersection,
    "type": _types,
    "items": _strictest,
    "additionalProperties": _strictest,
    "propertyNames": _strictest,
    "not": _either_of_not,
    "minimum": _pick(max),
    "minLength": _pick(max),
    "minItems": _pick(max),
    "minProperties": _pick(max),
    "maximum": _pick(min),
    "maxLength": _pick(min),
    "maxItems": _pick(min),
    "maxProperties": _pick(min),
}
