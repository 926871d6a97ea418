"""Which event a registered schema is of, and what comes of it."""

from dataclasses import replace

import pytest

from catalog_builder.assemble import with_registered
from catalog_builder.model import (
    Catalog,
    Payload,
    RegisteredSchema,
    SchemaFormat,
    Subject,
    Verdict,
)
from tests.unit.assemble.made import SEND, catalogue, channel, document, message, schema


def avro(name: str, **types: str) -> Payload:
    fields = [{"name": field, "type": type_} for field, type_ in types.items()]
    return Payload(SchemaFormat.AVRO, {"type": "record", "name": name, "fields": fields})


def registered(
    subject: str, payload: Payload, version: int = 1, *, is_part: bool = False
) -> RegisteredSchema:
    registry = "https://registry.example.com"
    return RegisteredSchema(
        Subject(registry, subject, version, 7, payload.format), payload, is_part
    )


def subjects(catalog: Catalog) -> dict[str, list[str]]:
    return {each.id: [it.name for it in each.registered] for each in catalog.events}


def codes(catalog: Catalog) -> list[str]:
    return [each.code for each in catalog.findings if each.code.startswith("registered-")]


def one_event(payload: Payload | None = None, **more: object) -> Catalog:
    said = message("OrderPlaced", payload=payload)
    return catalogue(document("Shop", (SEND, channel("orders", said, **more))))


def test_an_event_without_a_schema_gets_the_registered_one() -> None:
    found = with_registered(
        one_event(), [registered("orders-value", avro("acme.Order", id="string"))]
    )
    [event] = found.events
    assert [each.name for each in event.shape.fields] == ["id"]
    assert event.identity == "acme.Order"
    assert event.payload_of == event.registered[0]
    assert codes(found) == []


def test_an_event_with_a_schema_keeps_it_and_the_difference_is_a_finding() -> None:
    own = schema(id="string!", total="string")
    found = with_registered(
        one_event(own), [registered("orders-value", avro("acme.Order", id="string", no="long"), 4)]
    )
    [event] = found.events
    assert (event.payload, event.payload_of) == (own, None)
    [differs] = [each for each in found.findings if each.code.startswith("registered-")]
    assert differs.event == event.id
    assert "`orders-value` in version 4: `no` is added; `total` is missing" in differs.message


def test_what_fields_must_be_there_counts_only_within_one_language() -> None:
    event = one_event(schema(id="string"))
    other_language = registered("orders-value", avro("acme.Order", id="string"))
    same_language = registered("orders-value", schema(id="string!"))
    assert codes(with_registered(event, [other_language])) == []
    assert codes(with_registered(event, [same_language])) == ["registered-schema-differs"]


@pytest.mark.parametrize(
    ("subject", "record"),
    [
        ("orders-value", "acme.Anything"),
        ("orders", "acme.Anything"),
        (":.staging:orders-value", "acme.Anything"),
        ("orders-acme.OrderPlaced", "acme.OrderPlaced"),
        ("acme.OrderPlaced", "acme.OrderPlaced"),
        ("orders-v2-value", "acme.Anything"),
    ],
)
def test_a_subject_names_topic_or_record(subject: str, record: str) -> None:
    catalog = one_event(bindings={"kafka": {"topic": "orders-v2"}})
    found = with_registered(catalog, [registered(subject, avro(record))])
    assert subjects(found) == {"order-placed": [subject]}


@pytest.mark.parametrize(
    ("subject", "record"),
    [
        ("returns-value", "acme.Anything"),
        ("orders-acme.OrderPaid", "acme.OrderPaid"),
        ("order-placed-value", "acme.OrderPlaced"),
    ],
)
def test_a_schema_that_no_event_has_is_a_finding(subject: str, record: str) -> None:
    found = with_registered(one_event(), [registered(subject, avro(record))])
    assert subjects(found) == {"order-placed": []}
    assert codes(found) == ["registered-schema-unused"]


def test_a_schema_that_others_refer_to_needs_no_event() -> None:
    found = with_registered(one_event(), [registered("customer", avro("acme.C"), is_part=True)])
    assert codes(found) == []


def test_the_name_of_a_schema_goes_before_the_topic() -> None:
    placed = message("Placed", payload=avro("acme.Placed", id="string"))
    paid = message("Paid", payload=avro("acme.Paid", id="string"))
    catalog = catalogue(document("Shop", (SEND, channel("orders", placed, paid))))
    schemas = [registered("other-value", avro("acme.Paid", id="string"))]
    assert subjects(with_registered(catalog, schemas)) == {
        "paid": ["other-value"],
        "placed": [],
    }


def test_of_several_events_of_a_topic_none_is_guessed() -> None:
    catalog = catalogue(document("Shop", (SEND, channel("orders", "Placed", "Paid"))))
    found = with_registered(catalog, [registered("orders-value", avro("acme.Order"))])
    named = with_registered(catalog, [registered("orders-value", avro("acme.Paid"))])
    assert subjects(found) == {"paid": [], "placed": []}
    assert subjects(named) == {"paid": ["orders-value"], "placed": []}


def test_the_order_of_schemas_changes_nothing() -> None:
    schemas = [registered("orders-value", avro("a.A")), registered("orders", avro("a.B"))]
    catalog = one_event()
    one, other = (with_registered(catalog, each) for each in (schemas, schemas[::-1]))
    assert one.events[0].registered == other.events[0].registered
    assert one.events[0].identity == other.events[0].identity == "a.B"


def test_each_version_says_what_it_changed_and_whether_that_breaks() -> None:
    first = registered("orders-value", avro("acme.Order", id="string", note="string"), 1)
    second = registered("orders-value", avro("acme.Order", id="string"), 2)
    newest = replace(
        registered("orders-value", avro("acme.Order", id="string", total="long"), 3),
        older=(second, first),
    )
    [event] = with_registered(one_event(), [newest]).events
    [subject] = event.registered
    told = [(each.number, each.verdict, each.is_oldest) for each in subject.versions]
    assert told == [
        (3, Verdict.COMPATIBLE, False),
        (2, Verdict.BREAKING, False),
        (1, Verdict.COMPATIBLE, True),
    ]
    assert [each.path for each in subject.versions[1].differences] == ["note"]


def test_a_document_that_is_behind_is_told_which_version_it_describes() -> None:
    own = avro("acme.Order", id="string")
    newest = registered("orders-value", avro("acme.Order", id="string", total="long"), 5)
    older = registered("orders-value", own, 4)
    catalog = with_registered(one_event(own), [replace(newest, older=(older,))])
    [differs] = [each for each in catalog.findings if each.code == "registered-schema-differs"]
    assert "`total` is added; the document describes version 4." in differs.message
