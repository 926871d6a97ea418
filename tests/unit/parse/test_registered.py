"""Registered schemas as payloads that stand by themselves."""

import orjson

from catalog_builder.model import (
    Json,
    Registered,
    RegisteredSchema,
    RegisteredText,
    SchemaFormat,
    Subject,
    walk,
)
from catalog_builder.parse import read_registered
from catalog_builder.schema import shape_of


def registered(
    kind: SchemaFormat, *texts: tuple[str | Json, dict[str, int]], name: str = "orders-value"
) -> Registered:
    written = (
        RegisteredText(each if isinstance(each, str) else orjson.dumps(each).decode(), means)
        for each, means in texts
    )
    return Registered(Subject("https://r.example", name, 1, 1, kind), tuple(written))


def fields(found: Registered) -> list[str]:
    [schema] = read_registered([found])
    return [each.path for each in walk(shape_of(schema.payload))]


def record(name: str, **types: Json) -> Json:
    listed = [{"name": field, "type": type_} for field, type_ in types.items()]
    return {"type": "record", "name": name, "namespace": "acme", "fields": listed}


def test_types_of_other_subjects_stand_in_an_avro_schema() -> None:
    own = record("Order", customer="acme.Customer")
    customer = record("Customer", address="acme.Address")
    found = registered(
        SchemaFormat.AVRO,
        (own, {"acme.Customer": 1}),
        (customer, {"acme.Address": 2}),
        (record("Address", street="string"), {}),
    )
    assert fields(found) == ["customer", "customer.address", "customer.address.street"]


def test_avro_types_that_refer_to_each_other_end() -> None:
    found = registered(
        SchemaFormat.AVRO,
        (record("A", b=["null", "acme.B"]), {"acme.B": 1}),
        (record("B", a=["null", "acme.A"]), {"acme.A": 0}),
    )
    assert "b.a" in fields(found)


def test_what_a_protobuf_schema_imports_is_known_by_the_name_of_the_reference() -> None:
    own = 'syntax = "proto3";\nimport "acme/money.proto";\nmessage Paid { acme.Money total = 1; }\n'
    money = 'syntax = "proto3";\npackage acme;\nmessage Money { string currency = 1; }\n'
    found = registered(
        SchemaFormat.PROTOBUF, (own, {"acme/money.proto": 1, "../../etc/passwd": 1}), (money, {})
    )
    assert fields(found) == ["total", "total.currency"]


def test_references_of_a_json_schema_lead_by_name_or_from_its_id() -> None:
    own = {
        "$id": "https://acme.example/order.json",
        "type": "object",
        "properties": {
            "one": {"$ref": "https://acme.example/customer.json"},
            "other": {"$ref": "customer.json#/properties/email"},
            "$ref": {"type": "string"},
        },
    }
    customer = {"type": "object", "properties": {"email": {"type": "string"}}}
    found = registered(
        SchemaFormat.JSON_SCHEMA,
        (own, {"https://acme.example/customer.json": 1}),
        (customer, {}),
    )
    assert fields(found) == ["one", "one.email", "other", "$ref"]


def test_hostile_texts_are_no_schemas_and_cost_nothing_else() -> None:
    texts = ["", "{", "[" * 5000, "\ud800", "7", '{"$ref": "0.json"}', '{"$ref": "/etc/passwd"}']
    hostile = [
        registered(kind, (text, {}), name=f"{kind}{number}")
        for kind in SchemaFormat
        for number, text in enumerate(texts)
    ]
    good = registered(SchemaFormat.AVRO, (record("A", id="string"), {}), name="good")
    found: dict[str, RegisteredSchema] = {
        each.subject.name: each for each in read_registered([*hostile, good])
    }
    for each in found.values():
        shape_of(each.payload)
    assert "root:" not in repr(found)
    assert "good" in found


def test_a_subject_that_others_refer_to_is_a_part() -> None:
    own = registered(SchemaFormat.AVRO, (record("A"), {}))
    part = registered(SchemaFormat.AVRO, (record("B"), {}), name="customer")
    using = Registered(own.subject, own.texts, ("customer",))
    assert [each.is_part for each in read_registered([using, part])] == [False, True]
