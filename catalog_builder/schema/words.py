"""How schemas are put in words: types, constraints, values."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

import orjson

from catalog_builder.model import Json
from catalog_builder.schema.dialect import NOTES, TYPE_WORD
from catalog_builder.schema.kinds import kinds_of
from catalog_builder.schema.nodes import Node

_MOST_WORDS = 4
_MOST_LETTERS = 200


def text_of(value: Json) -> str:
    """A value as JSON text.

    >>> text_of({"a": [1, None]})
    '{"a":[1,null]}'
    """
    try:
        return orjson.dumps(value).decode()
    except (orjson.JSONEncodeError, RecursionError):
        pass
    try:
        return json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        return "…"


def in_words(words: Iterable[Json], joint: str) -> str:
    """The words as one phrase.

    >>> in_words(["a", "b", "c"], "or")
    'a, b or c'
    """
    words = [str(each) for each in words]
    return f" {joint} ".join(each for each in (", ".join(words[:-1]), *words[-1:]) if each)


def either(words: Sequence[str]) -> str:
    """Types of which any may stand; each once, and a number where they would be too many.

    >>> either(["string", "string"]), either(["string", "integer"]), either(list("abcde"))
    ('string', 'string or integer', 'one of 5 types')
    """
    distinct = list(dict.fromkeys(words))
    if len(distinct) > _MOST_WORDS:
        return f"one of {len(distinct)} types"
    return " or ".join(distinct)


def short_name(name: str) -> str:
    """A type's name without the package before it.

    >>> short_name("com.acme.OrderPlaced"), short_name("order.v1")
    ('OrderPlaced', 'order.v1')
    """
    last = name.rpartition(".")[2]
    return last if last[:1].isupper() else name


def word_of(node: Node) -> str:
    """The type of what is neither an array nor a map nor a choice."""
    schema = node.schema
    told = schema.get(TYPE_WORD)
    if isinstance(told, str):
        return told
    if node.never:
        return "nothing"
    kinds = kinds_of(schema)
    if node.name and (node.cut or kinds == ("object",)):
        return short_name(node.name)
    return either(kinds) or ("object" if node.cut else "any")


def constraints_of(schema: Mapping[str, Json]) -> tuple[str, ...]:
    """What a value must comply with beyond its type, in words or signs."""
    if _CONSTRAINING.isdisjoint(schema):
        return ()
    found = [
        phrase
        for keyword, say in _PHRASES.items()
        if keyword in schema and (phrase := say(schema[keyword], schema))
    ]
    notes = schema.get(NOTES)
    return (*found, *(notes if isinstance(notes, tuple) else ()))


def _number(sign: str) -> Callable[[Json, Mapping[str, Json]], str]:
    def say(limit: Json, _schema: Mapping[str, Json]) -> str:
        return f"{sign} {text_of(limit)}" if _is_number(limit) else ""

    return say


def _least(limit: Json, schema: Mapping[str, Json]) -> str:
    # Up to draft 4 `exclusiveMinimum: true` modifies `minimum`.
    sign = ">" if schema.get("exclusiveMinimum") is True else ">="
    return f"{sign} {text_of(limit)}" if _is_number(limit) else ""


def _most(limit: Json, schema: Mapping[str, Json]) -> str:
    sign = "<" if schema.get("exclusiveMaximum") is True else "<="
    return f"{sign} {text_of(limit)}" if _is_number(limit) else ""


def _count(lowest: str, highest: str, unit: str) -> Callable[[Json, Mapping[str, Json]], str]:
    """One phrase of two keywords, said at the one that comes first in the table and is there."""

    def say(_limit: Json, schema: Mapping[str, Json]) -> str:
        low, high = schema.get(lowest), schema.get(highest)
        word = schema.get(TYPE_WORD) if unit == "character" else None
        thing = "byte" if word == "bytes" else unit
        if _is_number(low) and _is_number(high):
            text = (
                f"exactly {text_of(low)}" if low == high else f"{text_of(low)} to {text_of(high)}"
            )
            return f"{text} {_plural(thing, high)}"
        if _is_number(low):
            return f"at least {text_of(low)} {_plural(thing, low)}" if low else ""
        return f"at most {text_of(high)} {_plural(thing, high)}" if _is_number(high) else ""

    return say


def _second(
    lowest: str, say: Callable[[Json, Mapping[str, Json]], str]
) -> Callable[[Json, Mapping[str, Json]], str]:
    return lambda limit, schema: "" if lowest in schema else say(limit, schema)


def _plural(unit: str, count: Json) -> str:
    return unit if count == 1 else f"{unit}s"


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _named(sentence: str) -> Callable[[Json, Mapping[str, Json]], str]:
    def say(value: Json, _schema: Mapping[str, Json]) -> str:
        return sentence.format(value) if isinstance(value, str) and value else ""

    return say


def _quoted(sentence: str) -> Callable[[Json, Mapping[str, Json]], str]:
    def say(value: Json, _schema: Mapping[str, Json]) -> str:
        text = text_of(value)
        return sentence.format(text if len(text) <= _MOST_LETTERS else text[:_MOST_LETTERS] + "…")

    return say


def _others(value: Json, schema: Mapping[str, Json]) -> str:
    if value is False:
        return "no other keys" if schema.get("properties") else ""
    kinds = kinds_of(value) if isinstance(value, dict) and schema.get("properties") else ()
    return f"other keys: {either(kinds)}" if kinds else ""


def _names(value: Json, _schema: Mapping[str, Json]) -> str:
    inner = constraints_of(value) if isinstance(value, dict) else ()
    return f"keys: {', '.join(inner)}" if inner else ""


def _together(value: Json, _schema: Mapping[str, Json]) -> str:
    if not isinstance(value, dict):
        return ""
    return "; ".join(
        f"{in_words(keys, 'and')} required with {key}"
        for key, keys in value.items()
        if isinstance(keys, list) and keys
    )


def _unique(value: Json, _schema: Mapping[str, Json]) -> str:
    return "no item twice" if value is True else ""


_length = _count("minLength", "maxLength", "character")
_items = _count("minItems", "maxItems", "item")
_keys = _count("minProperties", "maxProperties", "key")

_PHRASES: Mapping[str, Callable[[Json, Mapping[str, Json]], str]] = {
    "minimum": _least,
    "exclusiveMinimum": _number(">"),
    "maximum": _most,
    "exclusiveMaximum": _number("<"),
    "multipleOf": _number("multiple of"),
    "minLength": _length,
    "maxLength": _second("minLength", _length),
    "pattern": _named("matches {}"),
    "contentEncoding": _named("encoded as {}"),
    "contentMediaType": _named("contains {}"),
    "minItems": _items,
    "maxItems": _second("minItems", _items),
    "uniqueItems": _unique,
    "contains": _quoted("one item is {}"),
    "minProperties": _keys,
    "maxProperties": _second("minProperties", _keys),
    "propertyNames": _names,
    "additionalProperties": _others,
    "dependentRequired": _together,
    "dependencies": _together,
    "not": _quoted("not {}"),
}
_CONSTRAINING = frozenset({*_PHRASES, NOTES})
