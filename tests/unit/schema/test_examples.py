import time
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_builder.model import Json, Payload, SchemaFormat
from catalog_builder.schema import Sample, example_of, problems_of, shape_of


def example(schema: Json, *, minimal: bool = False) -> Json:
    sample = example_of(Payload(SchemaFormat.JSON_SCHEMA, schema), minimal=minimal)
    assert sample is not None
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    assert validator.is_valid(sample.value), sample
    return sample.value


def is_possible(schema: object) -> bool:
    return example_of(Payload(SchemaFormat.JSON_SCHEMA, schema)) is not None


def test_values_are_what_their_names_promise() -> None:
    names = [
        "email", "placedAt", "orderId", "correlation_id", "city", "street", "country",
        "currency", "firstName", "phone", "homepageUrl", "shelfMark",
    ]  # fmt: skip
    properties = {name: {"type": "string"} for name in names}

    assert example({"type": "object", "properties": properties}) == {
        "email": "ada.lovelace@example.com",
        "placedAt": "2026-03-14T09:26:53Z",
        "orderId": "ORD-10042",
        "correlation_id": "c787c4c2-0c30-4427-a911-dd09b515aef7",
        "city": "Cambridge",
        "street": "12 Mill Lane",
        "country": "GB",
        "currency": "EUR",
        "firstName": "Ada",
        "phone": "+44 20 7946 0018",
        "homepageUrl": "https://example.com/orders/10042",
        "shelfMark": "shelf mark",
    }


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "example": "a", "default": "b"}, "a"),
        ({"type": "string", "examples": ["a", "b"]}, "a"),
        ({"type": "string", "examples": [1, "b"]}, "b"),
        ({"type": "string", "default": "b", "minLength": 1}, "b"),
        ({"type": "string", "default": ""}, "text"),
        ({"type": "string", "example": "long", "maxLength": 2}, "te"),
        ({"type": "string", "example": "yesterday", "format": "date"}, "2026-03-14"),
        ({"const": 5}, 5),
        ({"enum": ["x", "y"]}, "x"),
        ({"enum": ["x", "y"], "not": {"const": "x"}}, "y"),
        ({"type": ["null", "boolean"]}, True),
        ({"type": "null"}, None),
        ({"type": "string", "pattern": "^[A-Z]{3}-[0-9]{4}$"}, "ABC-1234"),
        ({"type": "string", "pattern": "^a|b$", "minLength": 1}, "a"),
        ({"type": "string", "minLength": 12}, "text text tx"),
        ({"type": "integer", "minimum": 5, "multipleOf": 4}, 8),
        ({"type": "integer", "exclusiveMinimum": 5, "exclusiveMaximum": 7}, 6),
        ({"type": "number", "exclusiveMinimum": 0, "maximum": 0.5}, 0.25),
        ({"type": "number", "multipleOf": 0.01, "minimum": 1.005}, 1.01),
        ({"type": "integer", "maximum": -3}, -3),
        ({"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 2, "uniqueItems": True},
         ["a", "b"]),
        ({"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}]}, ["text", 1]),
        ({"type": "array", "contains": {"const": 3}}, [3]),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, {"key": 1}),
        ({"type": "object", "patternProperties": {"^x-[a-z]+$": {"type": "integer"}},
          "additionalProperties": False}, {"x-abcd": 1}),
        ({"type": "object", "propertyNames": {"pattern": "^[A-Z]{2}$"},
          "additionalProperties": {"type": "integer"}}, {"AB": 1}),
        ({"properties": {"a": {"type": "integer"}, "b": {"type": "integer"}},
          "not": {"required": ["b"]}, "type": "object"}, {"a": 1}),
        ({"type": "object", "required": ["z"]}, {"z": "z"}),
        (True, "text"),
    ],
)  # fmt: skip
def test_an_example_keeps_all_limits(schema: object, expected: Json) -> None:
    assert example(schema) == expected


_CARD = {"type": "object", "properties": {"kind": {"const": "card"}}, "required": ["kind"]}
_IBAN = {
    "type": "object",
    "properties": {"kind": {"const": "iban"}, "iban": {"type": "string"}},
    "required": ["kind"],
}
_A = {"type": "object", "properties": {"a": {"type": "integer"}}}
_B = {"type": "object", "properties": {"b": {"type": "integer"}}}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"oneOf": [_CARD, _IBAN]}, {"kind": "card"}),
        (
            {"oneOf": [_CARD, _IBAN], "required": ["iban"]},
            {"kind": "card", "iban": "DE89370400440532013000"},
        ),
        ({"oneOf": [False, _IBAN]}, {"kind": "iban", "iban": "DE89370400440532013000"}),
        ({"allOf": [_A, _B]}, {"a": 1, "b": 1}),
        ({"oneOf": [_A, _B]}, {"a": 1, "b": None}),
        ({"anyOf": [_A, _B]}, {"a": 1}),
        ({"oneOf": [{"type": "null"}, _A]}, {"a": 1}),
        ({**_A, "anyOf": [{"required": ["a"]}, {"required": ["c"]}]}, {"a": 1}),
        (
            {"if": {"required": ["a"]}, "then": {"required": ["z"]}, **_A},
            {"a": 1, "z": "z"},
        ),
        ({**_A, "dependentRequired": {"a": ["c"]}, "required": ["a"]}, {"a": 1, "c": "c"}),
    ],
)
def test_a_choice_is_made_so_that_the_whole_is_valid(schema: object, expected: Json) -> None:
    assert example(schema) == expected


def test_a_discriminator_holds_the_name_of_the_alternative() -> None:
    schema = {
        "discriminator": "petType",
        "properties": {"petType": {"type": "string"}},
        "required": ["petType"],
        "oneOf": [{"$ref": "#/definitions/Cat"}, {"$ref": "#/definitions/Dog"}],
        "definitions": {
            "Cat": {"type": "object", "required": ["lives"]},
            "Dog": {"type": "object", "required": ["bark"]},
        },
    }

    assert example(schema) == {"petType": "Cat", "lives": "lives"}


def test_the_minimal_example_has_only_what_is_required() -> None:
    schema = {
        "type": "object",
        "required": ["id", "lines"],
        "example": {"id": "x", "note": "y", "lines": []},
        "properties": {
            "id": {"type": "string", "example": "x"},
            "note": {"type": "string"},
            "lines": {"type": "array", "items": {"type": "string"}},
        },
    }

    assert example(schema, minimal=True) == {"id": "x", "lines": []}
    assert example(schema) == {"id": "x", "note": "y", "lines": []}


def test_recursion_ends() -> None:
    node = {
        "type": "object",
        "required": ["left", "children"],
        "properties": {
            "left": {"oneOf": [{"$ref": "#/definitions/Node"}, {"type": "null"}]},
            "children": {"type": "array", "items": {"$ref": "#/definitions/Node"}},
            "next": {"$ref": "#/definitions/Node"},
        },
    }

    found = example({"$ref": "#/definitions/Node", "definitions": {"Node": node}})

    assert found == {"left": None, "children": []}


@pytest.mark.parametrize(
    "schema",
    [
        False,
        {"enum": []},
        {"type": "integer", "minimum": 3, "maximum": 2},
        {"type": "string", "minLength": 10**9},
        {"type": "string", "pattern": "^(a)\\1$"},
        {"type": "string", "pattern": "["},
        {"type": "array", "minItems": 10**9, "items": {}},
        {"type": "object", "required": ["a"], "properties": {"a": False}},
        {"$ref": "#/definitions/A", "definitions": {"A": {"required": ["a"], "properties": {
            "a": {"$ref": "#/definitions/A"}}}}},
    ],
)  # fmt: skip
def test_where_no_example_is_possible_there_is_none(schema: object) -> None:
    assert not is_possible(schema)


@pytest.mark.parametrize("schema_format", [SchemaFormat.UNKNOWN, SchemaFormat.PROTOBUF])
def test_what_cannot_be_read_has_no_example_or_any(schema_format: SchemaFormat) -> None:
    assert example_of(Payload(schema_format, "<x/>")) in (None, Sample("text"))


@pytest.mark.parametrize("keyword", ["properties", "items", "allOf", "example", "default"])
def test_what_is_nested_too_deeply_is_refused(keyword: str) -> None:
    schema: Any = {"type": "string"}
    for _ in range(20_000):
        schema = {keyword: {"a": schema} if keyword == "properties" else [schema]}
    payload = Payload(SchemaFormat.JSON_SCHEMA, schema)

    assert (example_of(payload), shape_of(payload).fields) == (None, ())
    assert problems_of(payload) == ("The schema is nested too deeply to be read.",)


@pytest.mark.parametrize(
    "pattern",
    ["^(a+)+$", "^((a{1,1000}){1,1000}){1,1000}$", "^(((){5000}){5000}){5000}b$", "(" * 9_000],
)
def test_hostile_patterns_cost_little(pattern: str) -> None:
    begin = time.process_time()

    is_possible({"type": "string", "pattern": pattern, "example": "a" * 3_000 + "!"})

    assert time.process_time() - begin < 30  # what doubles would never end


_KEYS = st.sampled_from(["id", "email", "price", "createdAt", "tags"])
_LEAVES = st.one_of(
    st.builds(
        lambda low, more, step: {
            "type": "integer", "minimum": low, "maximum": low + more, "multipleOf": step,
        },
        st.integers(-50, 50), st.integers(10, 90), st.integers(1, 10),
    ),
    st.builds(
        lambda low, more: {"type": "string", "minLength": low, "maxLength": low + more},
        st.integers(0, 40), st.integers(0, 9),
    ),
    st.sampled_from(
        ["date", "date-time", "time", "email", "uuid", "uri", "ipv4", "ipv6", "hostname",
         "duration", "json-pointer", "uri-reference", "regex"]
    ).map(lambda name: {"type": "string", "format": name}),
    st.sampled_from(
        ["^[A-Z]{2,5}$", "^\\d{4}-\\d{2}$", "^(?:foo|ba[rz])+$", "[^a-z]", "^\\S+@\\S+$",
         "^(?!x)[w-z]{3}$", "^.{8,}$", "\\bid\\b"]
    ).map(lambda pattern: {"type": "string", "pattern": pattern}),
    st.just({"type": "boolean"}),
    st.sampled_from(["a", 1, None, [1], {"k": "v"}]).map(lambda value: {"const": value}),
)  # fmt: skip


def _compound(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    objects = st.builds(
        lambda properties, required: {
            "type": "object",
            "properties": properties,
            "required": sorted(required & set(properties)),
            "additionalProperties": False,
        },
        st.dictionaries(_KEYS, inner, max_size=4),
        st.sets(_KEYS),
    )
    arrays = st.builds(
        lambda items, least: {"type": "array", "items": items, "minItems": least},
        inner,
        st.integers(0, 3),
    )
    choices = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        objects,
        arrays,
        choices.map(lambda options: {"anyOf": options}),
        inner.map(lambda schema: {"allOf": [schema, {}]}),
        inner.map(lambda schema: {"additionalProperties": schema, "type": "object"}),
        inner.map(lambda schema: {"oneOf": [schema, {"type": "null"}, False]}),
    )


_SCHEMAS = st.recursive(_LEAVES, _compound, max_leaves=12)


@settings(max_examples=60, deadline=None)
@given(_SCHEMAS, st.booleans())
def test_examples_are_always_valid(schema: dict[str, Any], minimal: bool) -> None:  # noqa: FBT001  drawn
    sample = example_of(Payload(SchemaFormat.JSON_SCHEMA, schema), minimal=minimal)
    validator = jsonschema_rs.Draft7Validator(schema, validate_formats=True)

    if sample is not None:
        assert validator.is_valid(sample.value)


_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["type", "properties", "items", "$ref", "allOf", "oneOf", "anyOf", "enum", "if",
                 "then", "required", "name", "fields", "pattern", "format", "minimum", "minLength",
                 "additionalProperties", "patternProperties", "discriminator", "logicalType",
                 "symbols", "dependencies", "not", "uniqueItems", "minItems", "multipleOf",
                 "examples", "default", "const", "namespace", "title", "types", "contains"]
            ),
            st.one_of(
                inner,
                st.sampled_from(["object", "array", "string", "record", "enum", "map", "#", "#/a"]),
            ),
            max_size=5,
        ),
    ),
    max_leaves=25,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(_JSON, st.sampled_from(list(SchemaFormat)))
def test_nothing_raises(schema: Json, schema_format: SchemaFormat) -> None:
    payload = Payload(schema_format, schema)

    shape_of(payload)
    problems_of(payload)
    first = example_of(payload)

    assert repr(example_of(payload)) == repr(first)
