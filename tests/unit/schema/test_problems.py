import pytest

from catalog_builder.model import Field, Payload, SchemaFormat, Shape
from catalog_builder.schema import example_of, identity_of, problems_of, shape_of

_DRAFT_3 = "`required` is a list of keys beside `properties`, not a boolean on a property"


@pytest.mark.parametrize(
    ("schema", "problems"),
    [
        ({"type": "object", "properties": {"a": {"type": "string"}}}, ()),
        (True, ()),
        (5, ("The schema is neither an object nor a boolean.",)),
        (
            {"properties": {"a/b": {"type": "int"}}},
            ("`/properties/a~1b`: `int` is not a type of JSON Schema; write `integer`",),
        ),
        ({"type": "foo"}, ("`/`: `foo` is not a type of JSON Schema",)),
        ({"$ref": "#/definitions/X"}, ("`/`: `$ref` leads nowhere: #/definitions/X",)),
        (
            {"items": {"required": True}},
            ("`/items`: " + _DRAFT_3,),
        ),
        ({"properties": []}, ("`/`: `properties` is not a mapping of keys to schemas",)),
        (
            {"properties": {"$ref": "#/x"}},
            ("`/properties/$ref`: it is not a schema but string",),
        ),
        ({"enum": []}, ("`/`: `enum` is empty: nothing is valid",)),
        ({"oneOf": {}}, ("`/`: it is not a list of schemas with one or more",)),
    ],
)
def test_what_is_wrong_with_a_schema_is_said(schema: object, problems: tuple[str, ...]) -> None:
    assert problems_of(Payload(SchemaFormat.JSON_SCHEMA, schema)) == problems


@pytest.mark.parametrize(
    ("schema", "identity"),
    [
        ({"$id": "https://acme.example/order.json#"}, "https://acme.example/order.json"),
        ({"id": "urn:acme:order"}, "urn:acme:order"),
        (
            {"$ref": "#/definitions/A", "definitions": {"A": {"$id": "urn:a"}}},
            "urn:a",
        ),
        ({"$id": "#order"}, ""),
        ({"$id": "<anonymous-schema-1>"}, ""),
        ({"$id": "http://example.com/root.json"}, ""),
        ({"$id": 5}, ""),
        ({}, ""),
        ({"$ref": "#"}, ""),
        (True, ""),
    ],
)
def test_only_a_name_that_holds_everywhere_is_an_identity(schema: object, identity: str) -> None:
    assert identity_of(Payload(SchemaFormat.JSON_SCHEMA, schema)) == identity


def test_an_unknown_format_is_a_problem() -> None:
    payload = Payload(SchemaFormat.UNKNOWN, "<xs:schema/>")

    assert problems_of(payload) == ("The schema's format is not known: shown as written.",)


_RAML = {
    "type": "object",
    "properties": {
        "id": "string",
        "note?": None,
        "tags": "string[]",
        "owner": {"type": "string | nil", "required": False},
        "at": {"type": "datetime", "description": "When"},
    },
}


def test_a_raml_type_is_told_in_fields() -> None:
    payload = Payload(SchemaFormat.RAML, _RAML)

    assert shape_of(payload) == Shape(
        fields=(
            Field("id", "string", required=True),
            Field("note", "string"),
            Field("tags", "array of string", required=True, step="[]"),
            Field("owner", "string", nullable=True),
            Field("at", "string", required=True, format="date-time", description="When"),
        )
    )
    assert problems_of(payload) == ()
    assert problems_of(Payload(SchemaFormat.RAML, "#%RAML 1.0"))


def test_openapi_is_read_like_json_schema() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string", "nullable": True}}}
    payload = Payload(SchemaFormat.OPENAPI, schema)

    assert shape_of(payload) == Shape(fields=(Field("a", "string", nullable=True),))
    sample = example_of(payload)
    assert sample
    assert sample.value == {"a": "a"}
