import json
import time
from typing import Any

import pytest

from catalog_builder.model import Field, Payload, SchemaFormat, Shape, Variant, walk
from catalog_builder.schema import shape_of

_LINE = {"type": "object", "properties": {"sku": {"type": "string"}}}
_SKU = Field("sku", "string")


def shape(schema: object) -> Shape:
    return shape_of(Payload(SchemaFormat.JSON_SCHEMA, schema))


def field(schema: object, **definitions: object) -> Field:
    whole = {"type": "object", "properties": {"a": schema}, "definitions": definitions}
    return shape(whole).fields[0]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, Field("a", "string")),
        ({}, Field("a", "any")),
        (True, Field("a", "any")),
        (False, Field("a", "nothing")),
        ({"type": "object"}, Field("a", "object")),
        ({"type": "array"}, Field("a", "array")),
        ({"pattern": "^x$"}, Field("a", "string", constraints=("matches ^x$",))),
        ({"properties": {"sku": {"type": "string"}}}, Field("a", "object", fields=(_SKU,))),
        ({"type": ["string", "integer"]}, Field("a", "string or integer")),
        ({"type": ["string", "null"]}, Field("a", "string", nullable=True)),
        ({"type": "string", "nullable": True}, Field("a", "string", nullable=True)),
        ({"oneOf": [{"type": "string"}, {"type": "null"}]}, Field("a", "string", nullable=True)),
        ({"anyOf": [{"const": None}, {"type": "string"}]}, Field("a", "string", nullable=True)),
        ({"type": "null"}, Field("a", "null")),
        ({"enum": ["x", None]}, Field("a", "string", nullable=True, enum=('"x"',))),
        ({"const": 5}, Field("a", "integer", enum=("5",))),
        ({"enum": ["x", 1]}, Field("a", "string or integer", enum=('"x"', "1"))),
        (
            {"oneOf": [{"const": "x", "title": "X"}, {"const": "y", "title": "Y"}]},
            Field("a", "string", enum=('"x"', '"y"')),
        ),
        (
            {"anyOf": [{"type": "string", "format": "date"}, {"type": "integer"}]},
            Field("a", "string or integer", format="date"),
        ),
        (
            {"type": "array", "items": {"type": "string", "maxLength": 2}, "minItems": 1},
            Field(
                "a",
                "array of string",
                step="[]",
                constraints=("at least 1 item", "each at most 2 characters"),
            ),
        ),
        (
            {"type": "array", "items": {"type": "array", "items": _LINE}},
            Field("a", "array of array of object", step="[][]", fields=(_SKU,)),
        ),
        (
            {"type": "array", "items": [{"type": "string"}, {"type": "number"}]},
            Field(
                "a",
                "array of string or number",
                step="[]",
                variants=(
                    Variant("string", "item 1", "string"),
                    Variant("number", "item 2", "number"),
                ),
            ),
        ),
        (
            {"type": "object", "additionalProperties": {"type": "number"}},
            Field("a", "map of number", step="{}"),
        ),
        (
            {"type": "object", "patternProperties": {"^x-": _LINE}},
            Field("a", "map of object", step="{}", fields=(_SKU,)),
        ),
        ({"type": "object", "additionalProperties": True}, Field("a", "map of any", step="{}")),
        (
            {**_LINE, "additionalProperties": {"type": "number"}},
            Field("a", "object", constraints=("other keys: number",), fields=(_SKU,)),
        ),
        (
            {"type": "string", "description": "Text", "title": "Title", "format": "uuid"},
            Field("a", "string", description="Text", format="uuid"),
        ),
        ({"title": "Title"}, Field("a", "any", description="Title")),
        (
            {"type": "integer", "default": 0, "example": 1, "examples": [1, 2]},
            Field("a", "integer", default="0", examples=("1", "2")),
        ),
        ({"type": "string", "deprecated": True}, Field("a", "string", deprecated=True)),
        ({"type": "string", "x-pii": True}, Field("a", "string", sensitive=True)),
        ({"type": "string", "x-sensitive": "no"}, Field("a", "string")),
        (
            {"type": "string", "format": "password"},
            Field("a", "string", sensitive=True, format="password"),
        ),
        ({"type": "string", "required": True}, Field("a", "string", required=True)),
        ({"type": "string", "readOnly": True, "writeOnly": True}, Field("a", "string")),
    ],
)
def test_a_property_is_a_field(schema: object, expected: Field) -> None:
    assert field(schema) == expected


@pytest.mark.parametrize(
    ("keywords", "constraints"),
    [
        ({"minimum": 0}, (">= 0",)),
        ({"minimum": 0, "exclusiveMinimum": True}, ("> 0",)),
        ({"exclusiveMinimum": 0, "exclusiveMaximum": 9.5}, ("> 0", "< 9.5")),
        ({"maximum": 10, "multipleOf": 5}, ("<= 10", "multiple of 5")),
        ({"minLength": 1}, ("at least 1 character",)),
        ({"maxLength": 64}, ("at most 64 characters",)),
        ({"minLength": 3, "maxLength": 3}, ("exactly 3 characters",)),
        ({"minLength": 1, "maxLength": 64}, ("1 to 64 characters",)),
        ({"pattern": "^[A-Z]+$"}, ("matches ^[A-Z]+$",)),
        ({"uniqueItems": True, "maxItems": 2}, ("at most 2 items", "no item twice")),
        ({"minProperties": 2}, ("at least 2 keys",)),
        ({"propertyNames": {"pattern": "^x"}}, ("keys: matches ^x",)),
        ({"dependentRequired": {"b": ["c", "d"]}}, ("c and d required with b",)),
        ({"not": {"const": 1}}, ('not {"const":1}',)),
        ({"minimum": "0", "maxLength": None, "pattern": 3}, ()),
    ],
)
def test_limits_are_put_in_words(keywords: dict[str, Any], constraints: tuple[str, ...]) -> None:
    assert field(keywords).constraints == constraints


def test_a_reference_names_the_shared_type() -> None:
    found = field(
        {"$ref": "#/definitions/com.acme.Line", "description": "Mine"},
        **{"com.acme.Line": {**_LINE, "description": "Theirs"}},
    )

    assert found == Field(
        "a", "Line", description="Mine", type_name="com.acme.Line", fields=(_SKU,)
    )


def test_a_shared_text_keeps_its_own_type() -> None:
    found = field({"$ref": "#/definitions/OrderId"}, OrderId={"type": "string", "format": "uuid"})

    assert found == Field("a", "string", format="uuid", type_name="OrderId")


def test_a_lone_all_of_is_a_reference() -> None:
    found = field({"allOf": [{"$ref": "#/definitions/Line"}], "nullable": True}, Line=_LINE)

    assert found == Field("a", "Line", nullable=True, type_name="Line", fields=(_SKU,))


def test_parts_of_all_of_are_merged() -> None:
    base = {
        "properties": {"id": {"type": "string"}, "kind": {"type": "string"}},
        "required": ["id"],
        "description": "Base",
    }
    own = {"properties": {"kind": {"const": "card"}}, "required": ["kind"]}

    assert shape({"allOf": [base, own], "description": "Own"}) == Shape(
        fields=(
            Field("id", "string", required=True),
            Field("kind", "string", required=True, enum=('"card"',)),
        ),
        description="Own",
    )


@pytest.mark.parametrize(
    "discriminator",
    ["kind", {"propertyName": "kind", "mapping": {"Card": "#/x/Card", "Iban": "Iban"}}],
)
def test_a_discriminator_tells_variants_apart(discriminator: object) -> None:
    schema = {
        "discriminator": discriminator,
        "properties": {"kind": {"type": "string"}},
        "oneOf": [{"$ref": "#/definitions/Card"}, {"$ref": "#/definitions/Iban"}],
    }
    found = field(
        schema,
        Card={"type": "object", "properties": {"number": {"type": "string"}}},
        Iban={"type": "object", "properties": {"iban": {"type": "string"}}},
    )

    assert found == Field(
        "a",
        "object",
        fields=(Field("kind", "string"),),
        variants=(
            Variant("Card", 'kind = "Card"', "Card", (Field("number", "string"),)),
            Variant("Iban", 'kind = "Iban"', "Iban", (Field("iban", "string"),)),
        ),
    )


def test_subtypes_of_the_payload_itself_are_told_with_what_they_add() -> None:
    base = {
        "discriminator": "kind",
        "properties": {"id": {"type": "string"}},
        "oneOf": [{"$ref": "#/definitions/Card"}, {"$ref": "#/definitions/Iban"}],
    }

    def subtype(name: str) -> dict[str, object]:
        own = {"properties": {name: {"type": "string"}}}
        return {"allOf": [{"$ref": "#/definitions/Base"}, own]}

    definitions = {"Base": base, "Card": subtype("number"), "Iban": subtype("iban")}
    found = shape({**base, "definitions": definitions})

    assert found.fields == (Field("id", "string"),)
    assert [(each.name, each.when, each.fields) for each in found.variants] == [
        ("Card", 'kind = "Card"', (Field("number", "string"),)),
        ("Iban", 'kind = "Iban"', (Field("iban", "string"),)),
    ]


def test_a_constant_property_tells_variants_apart() -> None:
    card = {"type": "object", "properties": {"kind": {"const": "card"}}}
    other = {"type": "object", "properties": {"kind": {"enum": ["iban", "sepa"]}}}

    assert shape({"oneOf": [card, other]}).variants == (
        Variant("card", 'kind = "card"', "object", (Field("kind", "string", enum=('"card"',)),)),
        Variant(
            "alternative 2",
            'kind = "iban" or "sepa"',
            "object",
            (Field("kind", "string", enum=('"iban"', '"sepa"')),),
        ),
    )


def test_variants_of_variants_are_told_in_one_list() -> None:
    inner = {"oneOf": [{"title": "B", **_LINE}, {"title": "C", **_LINE}], "title": "Inner"}

    found = shape({"oneOf": [{"title": "A", **_LINE}, inner]})

    assert [each.name for each in found.variants] == ["A", "Inner/B", "Inner/C"]


def test_a_variant_that_is_an_array_keeps_its_step() -> None:
    found = shape({"oneOf": [{**_LINE, "title": "One"}, {"type": "array", "items": _LINE}]})

    assert [(each.path, each.variant) for each in walk(found)] == [
        ("sku", "One"),
        ("[].sku", "alternative 2"),
    ]


def test_alternatives_that_only_require_keys_are_not_lost() -> None:
    found = shape({**_LINE, "anyOf": [{"required": ["sku"]}, {"required": ["ean"]}]})

    assert found.variants == (
        Variant("with sku", "sku present"),
        Variant("with ean", "ean present"),
    )


def test_conditions_are_variants() -> None:
    found = shape(
        {
            "type": "object",
            "properties": {"country": {"type": "string"}},
            "if": {"properties": {"country": {"const": "US"}}},
            "then": {"properties": {"zip": {"type": "string"}}},
            "else": {"properties": {"postcode": {"type": "string"}}},
        }
    )

    assert found.variants == (
        Variant('if country = "US"', 'country = "US"', "object", (Field("zip", "string"),)),
        Variant(
            "otherwise",
            'otherwise (country = "US" does not hold)',
            "object",
            (Field("postcode", "string"),),
        ),
    )


def test_a_type_that_contains_itself_is_cut_there() -> None:
    node = {
        "type": "object",
        "properties": {
            "parent": {"anyOf": [{"$ref": "#/definitions/Node"}, {"type": "null"}]},
            "children": {"type": "array", "items": {"$ref": "#/definitions/Node"}},
        },
    }

    assert shape({"$ref": "#/definitions/Node", "definitions": {"Node": node}}) == Shape(
        type="Node",
        fields=(
            Field("parent", "Node", nullable=True, type_name="Node", recursive=True),
            Field("children", "array of Node", type_name="Node", step="[]", recursive=True),
        ),
    )


def test_the_root_may_be_an_array_or_a_map() -> None:
    assert shape({"type": "array", "items": _LINE}) == Shape(
        type="array of object", step="[]", fields=(_SKU,)
    )
    assert shape({"additionalProperties": _LINE}) == Shape(
        type="map of object", step="{}", fields=(_SKU,)
    )


@pytest.mark.parametrize("text", [None, 5, "x", [], [[]], {"type": 7}, {"properties": []}])
def test_what_is_no_schema_has_no_fields(text: object) -> None:
    assert shape(text).fields == ()


def test_an_unknown_format_has_an_empty_shape() -> None:
    assert shape_of(Payload(SchemaFormat.UNKNOWN, "<xs:schema/>")) == Shape()


def bomb(step: dict[str, Any]) -> object:
    """Thirty definitions, each of which refers twice to the next: 2^30 when written out."""
    text = json.dumps(step)
    definitions: dict[str, Any] = {
        f"d{level}": json.loads(text.replace("NEXT", f"#/definitions/d{level + 1}"))
        for level in range(30)
    }
    return {"$ref": "#/definitions/d0", "definitions": {**definitions, "d30": {"type": "string"}}}


_NEXT = {"$ref": "NEXT"}


@pytest.mark.parametrize(
    "step",
    [
        {"type": "object", "properties": {"x": _NEXT, "y": _NEXT}},
        {"allOf": [_NEXT, {"properties": {"x": _NEXT}}, _NEXT]},
        {"oneOf": [_NEXT, {"type": "array", "items": _NEXT}]},
        {"anyOf": [{"allOf": [_NEXT, _NEXT]}, {"title": "x", "allOf": [_NEXT]}]},
        {"type": "array", "items": [_NEXT, _NEXT]},
        {"if": _NEXT, "then": _NEXT, "else": _NEXT},
        {"additionalProperties": _NEXT, "patternProperties": {"x": _NEXT}},
    ],
)
def test_references_that_double_cost_little(step: dict[str, Any]) -> None:
    begin = time.process_time()

    found = shape(bomb(step))

    assert sum(1 for _ in walk(found)) <= 5_000
    assert time.process_time() - begin < 30  # what doubles would never end


def test_the_fields_beyond_the_bound_are_marked_as_cut() -> None:
    wide = {"type": "object", "properties": {f"f{each}": {} for each in range(6_000)}}

    found = field(wide)

    assert (len(found.fields), found.recursive) == (4_999, True)
