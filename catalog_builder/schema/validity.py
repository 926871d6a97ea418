"""Whether a value is valid against a JSON Schema (draft 4 to 2020-12, and OpenAPI's).

Cheap and bounded rather than complete: `unevaluated…` are not looked at, and what is too deep
or too costly to tell counts as not valid. Examples are shown only when they pass.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from catalog_builder.model import Json
from catalog_builder.schema.containers import properties_of, tuple_of
from catalog_builder.schema.limits import is_below, keeps_limits
from catalog_builder.schema.nodes import Opener
from catalog_builder.schema.patterns import matches

_DEEPEST = 60
_MOST_STEPS = 25_000
_Rule: TypeAlias = Callable[["Checker", Json, Json, Mapping[str, Json], int], bool]


class Checker:
    """Checks values against the schemas of one root."""

    def __init__(self, opener: Opener) -> None:
        self._opener = opener
        self._steps_left = _MOST_STEPS
        self._open: set[tuple[str, int]] = set()
        self.is_sure = True
        """Whether nothing had to be taken on trust."""

    def is_valid(self, schema: Json, value: Json, depth: int = 0) -> bool:
        """Whether a value is valid; false as well when that is too costly to tell."""
        self._steps_left -= 1
        if depth > _DEEPEST:
            self._steps_left = 0
        if self._steps_left <= 0:
            return False
        if not isinstance(schema, dict):
            return schema is not False
        if value is None and (schema.get("nullable") is True or schema.get("x-nullable") is True):
            return True
        if not keeps_limits(schema, value):
            return False
        for keyword, argument in schema.items():
            rule = _RULES.get(keyword)
            if rule and not rule(self, argument, value, schema, depth + 1):
                return False
        return True

    @property
    def is_exhausted(self) -> bool:
        """Whether the bound on the work is reached, so that nothing is valid any more."""
        return self._steps_left <= 0

    def is_valid_at(self, pointer: Json, value: Json, depth: int) -> bool:
        """Whether a value is valid against what a `$ref` leads to."""
        target = self._opener.target(pointer) if isinstance(pointer, str) else None
        # A type that refers back to itself for the same value (a base that lists the types made
        # of it, as class hierarchies are written) asks nothing new.
        asked = (str(pointer), id(value))
        if target is None or asked in self._open:
            self.is_sure = False
            return True
        self._open.add(asked)
        valid = self.is_valid(target, value, depth)
        self._open.discard(asked)
        return valid


def _listed(argument: Json) -> list[Json]:
    return argument if isinstance(argument, list) else [True]


def _all_of(checker: Checker, argument: Json, value: Json, _schema: Json, depth: int) -> bool:
    return all(checker.is_valid(each, value, depth) for each in _listed(argument))


def _any_of(checker: Checker, argument: Json, value: Json, _schema: Json, depth: int) -> bool:
    return any(checker.is_valid(each, value, depth) for each in _listed(argument))


def _one_of(checker: Checker, argument: Json, value: Json, _schema: Json, depth: int) -> bool:
    return sum(checker.is_valid(each, value, depth) for each in _listed(argument)) == 1


def _none_of(checker: Checker, argument: Json, value: Json, _schema: Json, depth: int) -> bool:
    # Where the inner schema could not be told within the bounds, neither can this.
    return not checker.is_valid(argument, value, depth) and not checker.is_exhausted


def _condition(checker: Checker, argument: Json, value: Json, schema: Json, depth: int) -> bool:
    branch = "then" if checker.is_valid(argument, value, depth) else "else"
    return checker.is_valid(schema.get(branch, True), value, depth)


def _properties(checker: Checker, argument: Json, value: Json, _schema: Json, depth: int) -> bool:
    if not isinstance(value, dict) or not isinstance(argument, dict):
        return True
    return all(
        checker.is_valid(argument[key], inner, depth)
        for key, inner in value.items()
        if key in argument
    )


def _pattern_properties(
    checker: Checker, argument: Json, value: Json, _schema: Json, depth: int
) -> bool:
    if not isinstance(value, dict) or not isinstance(argument, dict):
        return True
    return all(
        checker.is_valid(inner, value[key], depth)
        for pattern, inner in argument.items()
        for key in value
        if matches(pattern, key)
    )


def _other_properties(
    checker: Checker, argument: Json, value: Json, schema: Json, depth: int
) -> bool:
    if not isinstance(value, dict):
        return True
    known = properties_of(schema)
    patterns = schema.get("patternProperties")
    patterns = patterns if isinstance(patterns, dict) else ()
    return all(
        checker.is_valid(argument, inner, depth)
        for key, inner in value.items()
        if key not in known and not any(matches(pattern, key) for pattern in patterns)
    )


def _property_names(
    checker: Checker, argument: Json, value: Json, _schema: Json, depth: int
) -> bool:
    return not isinstance(value, dict) or all(
        checker.is_valid(argument, key, depth) for key in value
    )


def _dependencies(checker: Checker, argument: Json, value: Json, _schema: Json, depth: int) -> bool:
    if not isinstance(value, dict) or not isinstance(argument, dict):
        return True
    return all(
        all(each in value for each in asked)
        if isinstance(asked, list)
        else checker.is_valid(asked, value, depth)
        for key, asked in argument.items()
        if key in value
    )


def _items(checker: Checker, _argument: Json, value: Json, schema: Json, depth: int) -> bool:
    if not isinstance(value, list):
        return True
    first, rest = tuple_of(schema)
    schemas = [*first[: len(value)], *[rest] * (len(value) - len(first))]
    return all(
        checker.is_valid(inner, item, depth) for inner, item in zip(schemas, value, strict=True)
    )


def _contains(checker: Checker, argument: Json, value: Json, schema: Json, depth: int) -> bool:
    if not isinstance(value, list):
        return True
    count = sum(checker.is_valid(argument, each, depth) for each in value)
    least, most = schema.get("minContains", 1), schema.get("maxContains")
    return not is_below(count, least) and not (most is not None and is_below(most, count))


_RULES: Mapping[str, _Rule] = MappingProxyType(
    {
        "$ref": lambda checker, argument, value, _, depth: checker.is_valid_at(
            argument, value, depth
        ),
        "properties": _properties,
        "patternProperties": _pattern_properties,
        "additionalProperties": _other_properties,
        "propertyNames": _property_names,
        "dependencies": _dependencies,
        "dependentRequired": _dependencies,
        "dependentSchemas": _dependencies,
        "items": _items,
        "prefixItems": _items,
        "contains": _contains,
        "allOf": _all_of,
        "anyOf": _any_of,
        "oneOf": _one_of,
        "not": _none_of,
        "if": _condition,
    }
)
