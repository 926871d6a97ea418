import pytest

from catalog_builder.model import Field, Payload, SchemaFormat, Shape, Variant
from catalog_builder.schema import identity_of, problems_of, shape_of


def avro(schema: object, root: str = "") -> Payload:
    return Payload(SchemaFormat.AVRO, schema, root=root)


def record(name: str, *fields: object, **more: object) -> dict[str, object]:
    return {"type": "record", "name": name, "fields": list(fields), **more}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("string", Field("a", "string", required=True)),
        ("long", Field("a", "integer", required=True, format="int64")),
        ("bytes", Field("a", "bytes", required=True)),
        (["null", "string"], Field("a", "string", required=True, nullable=True)),
        (["string", "int"], Field("a", "string or integer", required=True, format="int32")),
        (
            {"type": "array", "items": "string"},
            Field("a", "array of string", required=True, step="[]"),
        ),
        (
            {"type": "map", "values": "double"},
            Field("a", "map of number", required=True, step="{}", format="double"),
        ),
        (
            {"type": "long", "logicalType": "timestamp-millis"},
            Field("a", "integer", required=True, format="timestamp-millis"),
        ),
        (
            {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2},
            Field("a", "bytes", required=True, format="decimal(10,2)"),
        ),
        (
            {"type": "string", "logicalType": "uuid"},
            Field("a", "string", required=True, format="uuid"),
        ),
        (
            {"type": "fixed", "name": "Hash", "size": 16},
            Field(
                "a",
                "bytes",
                required=True,
                type_name="shop.Hash",
                constraints=("exactly 16 bytes",),
            ),
        ),
        (
            {"type": "enum", "name": "State", "symbols": ["OPEN", "SHUT"], "doc": "Which"},
            Field(
                "a",
                "string",
                required=True,
                description="Which",
                type_name="shop.State",
                enum=('"OPEN"', '"SHUT"'),
            ),
        ),
    ],
)
def test_an_avro_type_is_a_field(kind: object, expected: Field) -> None:
    found = shape_of(avro(record("Order", {"name": "a", "type": kind}, namespace="shop")))

    assert found == Shape(type="Order", fields=(expected,))


def test_names_are_looked_up_in_the_namespace_of_the_record() -> None:
    line = record("Line", {"name": "sku", "type": "string"})
    order = record(
        "shop.Order",
        {"name": "first", "type": line, "aliases": ["top"]},
        {"name": "others", "type": {"type": "array", "items": "Line"}, "default": []},
        {"name": "parent", "type": ["null", "Order"], "default": None, "doc": "Where it is from"},
        doc="An order",
    )
    sku = (Field("sku", "string", required=True),)

    assert shape_of(avro(order)) == Shape(
        type="Order",
        description="An order",
        fields=(
            Field(
                "first",
                "Line",
                required=True,
                type_name="shop.Line",
                constraints=("also called top",),
                fields=sku,
            ),
            Field(
                "others",
                "array of Line",
                default="[]",
                type_name="shop.Line",
                step="[]",
                fields=sku,
            ),
            Field(
                "parent",
                "Order",
                nullable=True,
                default="null",
                description="Where it is from",
                type_name="shop.Order",
                recursive=True,
            ),
        ),
    )
    assert identity_of(avro(order)) == "shop.Order"
    assert problems_of(avro(order)) == ()


def test_a_list_of_types_means_the_one_that_no_other_uses() -> None:
    line = record("shop.Line", {"name": "sku", "type": "string"})
    order = record("shop.Order", {"name": "line", "type": "shop.Line"})

    assert shape_of(avro([line, order])).type == "Order"
    assert identity_of(avro([line, order])) == "shop.Order"
    assert identity_of(avro([line, order], root="Line")) == "shop.Line"


def test_a_union_of_records_has_variants() -> None:
    one, two = (record(name, {"name": "id", "type": "string"}) for name in ("One", "Two"))
    fields = (Field("id", "string", required=True),)

    found = shape_of(avro([one, two]))

    assert found.variants == (
        Variant("One", "", "One", fields),
        Variant("Two", "", "Two", fields),
    )


@pytest.mark.parametrize(
    "broken",
    [
        None,
        5,
        "nonsense",
        [None, 5],
        {"type": {"type": {}}},
        {"type": "record"},
        {"type": "record", "name": 5, "fields": 5},
        {"type": "record", "name": "A", "fields": [5, {"name": "x"}, {"name": "y", "type": "B"}]},
        {"type": "enum", "name": "E", "symbols": 1},
    ],
)
def test_a_broken_avro_schema_is_read_as_far_as_it_goes(broken: object) -> None:
    assert isinstance(shape_of(avro(broken)), Shape)
    assert problems_of(avro(broken))
