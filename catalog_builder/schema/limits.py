"""The keywords that limit one value, whatever is inside it: type, values, size, spelling."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import TypeAlias

from catalog_builder.model import Json
from catalog_builder.schema.containers import required_of
from catalog_builder.schema.formats import is_of_format
from catalog_builder.schema.kinds import kind_of_value, real_kind
from catalog_builder.schema.patterns import matches
from catalog_builder.schema.words import text_of

_Limit: TypeAlias = Callable[[Json, Json, Mapping[str, Json]], bool]


def keeps_limits(schema: Mapping[str, Json], value: Json) -> bool:
    """Whether a value keeps the limits that a schema sets to it, not to what is inside.

    >>> keeps_limits({"type": "integer", "minimum": 1}, 0)
    False
    """
    for keyword, argument in schema.items():
        limit = _LIMITS.get(keyword)
        if limit and not limit(argument, value, schema):
            return False
    return True


def _type(argument: Json, value: Json, _schema: Json) -> bool:
    kinds = argument if isinstance(argument, list) else [argument]
    actual = kind_of_value(value)
    return actual == argument or any(
        actual == kind
        or (kind == "number" and actual == "integer")
        or (kind == "integer" and actual == "number" and float(value).is_integer())
        or kind == "any"
        for kind in map(real_kind, filter(lambda each: isinstance(each, str), kinds))
    )


def is_same(one: Json, other: Json) -> bool:
    """Whether two values are equal as JSON has it: 1 and 1.0 are, 1 and true are not."""
    if isinstance(one, dict | list | bool) or isinstance(other, bool):
        return type(one) is type(other) and text_of(one) == text_of(other)
    return bool(one == other)


def is_below(low: Json, high: Json) -> bool:
    """Whether one number is below another; false of anything else."""
    return _is_number(low) and _is_number(high) and low < high


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _minimum(limit: Json, value: Json, schema: Json) -> bool:
    exclusive = schema.get("exclusiveMinimum") is True
    return not is_below(value, limit) and not (exclusive and _is_number(value) and value == limit)


def _maximum(limit: Json, value: Json, schema: Json) -> bool:
    exclusive = schema.get("exclusiveMaximum") is True
    return not is_below(limit, value) and not (exclusive and _is_number(value) and value == limit)


def _above(limit: Json, value: Json, _schema: Json) -> bool:
    return not (_is_number(limit) and _is_number(value)) or limit < value


def _under(limit: Json, value: Json, _schema: Json) -> bool:
    return not (_is_number(limit) and _is_number(value)) or value < limit


def _multiple(step: Json, value: Json, _schema: Json) -> bool:
    if not (_is_number(step) and _is_number(value)) or step <= 0:
        return True
    try:
        return Decimal(str(value)) % Decimal(str(step)) == 0
    except (InvalidOperation, ValueError):
        return False


def _size(kind: type[str] | type[list[Json]] | type[dict[str, Json]], *, least: bool) -> _Limit:
    def rule(limit: Json, value: Json, _schema: Json) -> bool:
        if not isinstance(value, kind):
            return True
        size = len(value)
        return not (is_below(size, limit) if least else is_below(limit, size))

    return rule


def _pattern(pattern: Json, value: Json, _schema: Json) -> bool:
    if not isinstance(value, str) or not isinstance(pattern, str):
        return True
    return matches(pattern, value) is not False


def _format(name: Json, value: Json, _schema: Json) -> bool:
    return not isinstance(value, str) or not isinstance(name, str) or is_of_format(value, name)


def _unique(wanted: Json, value: Json, _schema: Json) -> bool:
    if wanted is not True or not isinstance(value, list):
        return True
    return len({text_of(each) for each in value}) == len(value)


def _enum(allowed: Json, value: Json, _schema: Json) -> bool:
    return any(is_same(each, value) for each in (allowed if isinstance(allowed, list) else ()))


def _const(constant: Json, value: Json, _schema: Json) -> bool:
    return is_same(constant, value)


def _required(_keys: Json, value: Json, schema: Json) -> bool:
    return not isinstance(value, dict) or all(key in value for key in required_of(schema))


_LIMITS: Mapping[str, _Limit] = MappingProxyType(
    {
        "type": _type,
        "const": _const,
        "enum": _enum,
        "required": _required,
        "minimum": _minimum,
        "maximum": _maximum,
        "exclusiveMinimum": _above,
        "exclusiveMaximum": _under,
        "multipleOf": _multiple,
        "minLength": _size(str, least=True),
        "maxLength": _size(str, least=False),
        "minItems": _size(list, least=True),
        "maxItems": _size(list, least=False),
        "minProperties": _size(dict, least=True),
        "maxProperties": _size(dict, least=False),
        "uniqueItems": _unique,
        "pattern": _pattern,
        "format": _format,
    }
)
