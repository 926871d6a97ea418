from dataclasses import replace

import pytest

from catalog_builder.config import NameRule, Settings, Where
from catalog_builder.model import Belonging, Deprecation, Message, Payload, SchemaFormat, Server
from tests.unit.assemble.made import (
    RECEIVE,
    SEND,
    catalogue,
    channel,
    document,
    flows,
    found,
    json_payload,
    message,
    schema,
)

SENT = schema(id="string!", total="number")


def test_the_senders_description_is_the_events() -> None:
    catalog = catalogue(
        document("reader", (RECEIVE, channel("x", message("X", summary="read", payload=schema())))),
        document("sender", (SEND, channel("x", message("X", summary="sent", payload=SENT)))),
    )
    (event,) = catalog.events
    assert (event.owner, event.summary, event.payload) == ("sender", "sent", SENT)
    assert [each.name for each in event.shape.fields] == ["id", "total"]


def test_of_several_senders_the_one_that_writes_the_address_owns_the_event() -> None:
    catalog = catalogue(
        document("a", (SEND, channel("x", "X", inline=False))),
        document("b", (SEND, channel("x", "X"))),
    )
    assert [each.owner for each in catalog.events] == ["b"]


def test_who_only_passes_an_event_on_does_not_own_it() -> None:
    both = channel("x", "X")
    catalog = catalogue(
        document("a", (RECEIVE, both), (SEND, both)), document("z", (SEND, channel("x", "X")))
    )
    assert [each.owner for each in catalog.events] == ["z"]


def test_a_contract_yields_events_and_channels_without_relations() -> None:
    contract = document("Contract", (SEND, channel("x", "X")))
    catalog = catalogue(replace(contract, operations=()))
    assert ([each.id for each in catalog.events], catalog.relations) == (["x"], ())
    assert [each.id for each in catalog.channels] == ["x"]


def test_events_of_one_name_are_told_apart_by_their_addresses() -> None:
    catalog = catalogue(
        document("a", (SEND, channel("orders", "Event"))),
        document("b", (SEND, channel("stock", "Event"))),
        document("c", (SEND, channel("bills", "Billed"))),
    )
    assert sorted(flows(catalog)) == ["billed", "orders-event", "stock-event"]


def test_an_event_without_a_name_is_named_after_its_address() -> None:
    catalog = catalogue(document("a", (SEND, channel("shop/orders/{id}/orderPlaced", message()))))
    assert [(each.id, each.name) for each in catalog.events] == [("order-placed", "order placed")]


AVRO = Payload(SchemaFormat.AVRO, {"type": "record", "name": "a.orders.v3.X", "fields": []})
TYPED = json_payload(
    type="object", properties={"specversion": {}, "type": {"const": "com.acme.x.v4"}}
)

VERSIONS = [
    (
        message("XV5", extensions={"x-version": 6}, payload=AVRO),
        "x.v1",
        "6",
        "x-version of the mes",
    ),
    (message("XV5", payload=AVRO), "x.v1", "3", "the schema's name, a.orders.v3.X"),
    (message("XV5", payload=TYPED), "x.v1", "4", "the event's type, com.acme.x.v4"),
    (message("OrderV5"), "x.v1", "5", "the message's name, OrderV5"),
    (message("Order"), "x.v1", "1", "the address, x.v1"),
    (message("Order"), "x", "0.9", "the document, a/asyncapi.yaml"),
]


@pytest.mark.parametrize(("said", "address", "version", "source"), VERSIONS)
def test_an_events_version_is_said_by_the_nearest(
    said: Message,
    address: str,
    version: str,
    source: str,
) -> None:
    catalog = catalogue(document("a", (SEND, channel(address, said)), version="0.9"))
    (event,) = catalog.events
    assert event.version.name == version
    assert event.version.source.startswith(source)


def test_an_event_belongs_where_its_own_parts_say_else_where_its_service_does() -> None:
    rules = (NameRule(Where(address="orders.**"), "ordering"),)
    catalog = catalogue(
        document(
            "a",
            (SEND, channel("orders.placed", "Placed")),
            (SEND, channel("x", message("X", extensions={"x-domain": "own"}))),
            (SEND, channel("y", "Y")),
            extensions={"x-domain": "service's"},
        ),
        settings=Settings(domains=rules),
    )
    assert [each.domain for each in catalog.events] == [
        Belonging("ordering", "configuration"),
        Belonging("own", "x-domain of the message"),
        Belonging("service's", "x-domain of the document, for the service that sends it"),
    ]


def test_a_deprecated_message_is_a_deprecated_event() -> None:
    old = message("Old", deprecation=Deprecation(successor="New"))
    catalog = catalogue(document("a", (SEND, channel("old", old))))
    assert catalog.events[0].lifecycle == Belonging("deprecated", "deprecation of the message")
    assert [each.event for each in found(catalog, "deprecated-successor-unknown")] == ["old"]


def test_a_known_successor_is_no_finding() -> None:
    old = message("Old", deprecation=Deprecation(successor="New"))
    catalog = catalogue(document("a", (SEND, channel("old", old)), (SEND, channel("new", "New"))))
    assert found(catalog, "deprecated-successor-unknown") == []


def test_a_channel_has_what_all_say_the_senders_first() -> None:
    catalog = catalogue(
        document("a", (RECEIVE, channel("x", "X", description="read")), server="kafka://kafka:1"),
        document("b", (SEND, channel("x", "X", description="sent")), server="kafka-secure://kafka"),
    )
    (shared,) = catalog.channels
    assert (shared.id, shared.protocol, shared.description) == ("x", "kafka", "sent")
    assert (shared.sends, shared.receives) == (("b",), ("a",))
    assert shared.servers == (
        Server("main", "kafka", "kafka-secure"),
        Server("main", "kafka:1", "kafka"),
    )


def test_one_address_on_two_brokers_is_two_channels() -> None:
    catalog = catalogue(
        document("a", (SEND, channel("x", "X")), server="kafka://kafka:1"),
        document("b", (SEND, channel("x", "X")), server="amqp://rabbit"),
    )
    assert [each.id for each in catalog.channels] == ["x-amqp", "x-kafka"]


def test_what_a_consumer_reads_and_nobody_sends_is_found() -> None:
    read = schema(id="integer!", total="number!", note="string")
    catalog = catalogue(
        document("a", (SEND, channel("x", message("X", payload=SENT)))),
        document("b", (RECEIVE, channel("x", message("X", payload=read, line=7)))),
    )
    codes = (
        "consumer-reads-other-type",
        "consumer-reads-unsent-field",
        "consumer-requires-optional-field",
    )
    assert [each.message.partition(": ")[2] for code in codes for each in found(catalog, code)] == [
        "`id` is read as integer and sent as string.",
        "`note` is not sent.",
        "`total` is required, but its sender may leave it out.",
    ]
    assert {
        (str(each.location), each.service, each.event)
        for code in codes
        for each in found(catalog, code)
    } == {("b/asyncapi.yaml:7", "b", "x")}


def test_what_each_consumer_says_it_reads_is_kept_beside_the_event() -> None:
    less = message("X", payload=schema(id="string"))
    catalog = catalogue(
        document("a", (SEND, channel("x", message("X", payload=SENT)))),
        document("b", (RECEIVE, channel("x", less))),
        document("c", (RECEIVE, channel("x", less))),
        document("d", (RECEIVE, channel("x", message("X")))),
        document("e", (RECEIVE, channel("x", message("X", payload=SENT)))),
    )
    (event,) = catalog.events
    assert [(each.services, len(each.shape.fields)) for each in event.expectations] == [
        (("b", "c"), 1),
        (("e",), 2),
    ]
    assert event.expectations[1].shape is event.shape


def test_a_consumer_may_read_less() -> None:
    catalog = catalogue(
        document("a", (SEND, channel("x", message("X", payload=SENT)))),
        document("b", (RECEIVE, channel("x", message("X", payload=schema(id="string"))))),
    )
    assert found(catalog, "consumer-reads-unsent-field") == []


def test_senders_of_different_payloads_disagree() -> None:
    catalog = catalogue(
        document("a", (SEND, channel("x", message("X", payload=SENT)))),
        document("b", (SEND, channel("x", message("X", payload=schema(id="string!"))))),
        document("c", (SEND, channel("x", message("X", payload=SENT)))),
    )
    (finding,) = found(catalog, "producers-disagree")
    assert (finding.service, finding.message) == (
        "b",
        "`X` is sent otherwise than a/asyncapi.yaml says: `total` is missing.",
    )


def test_of_several_senders_the_configured_owner_describes_an_event() -> None:
    documents = [
        document(
            title,
            (SEND, channel("x", message("X", summary=title))),
            extensions={"x-owner": f"team of {title}"},
        )
        for title in ("a", "b")
    ]
    rule = NameRule(Where(address="x"), "team of b")
    assert catalogue(*documents).events[0].owner == "a"
    (event,) = catalogue(*documents, settings=Settings(owners=(rule,))).events
    assert (event.owner, event.summary) == ("b", "b")


def test_an_event_is_deprecated_as_any_of_its_senders_says() -> None:
    told = Deprecation("2026-01-01", "2026-12-31", "Y")
    (event, _) = catalogue(
        document("a", (SEND, channel("x", "X")), (SEND, channel("y", "Y"))),
        document("b", (SEND, channel("x", message("X", deprecation=told)))),
    ).events
    assert (event.owner, event.lifecycle.name, event.deprecation) == ("a", "deprecated", told)


def test_a_channel_is_described_where_its_description_stands() -> None:
    silent = document("Orders", (SEND, channel("orders", "OrderPlaced")))
    telling = document(
        "Billing", (RECEIVE, channel("orders", "OrderPlaced", description="All.", line=7))
    )
    [found] = catalogue(silent, telling).channels
    assert (found.description, str(found.source)) == ("All.", "Billing/asyncapi.yaml:7")
    [alone] = catalogue(silent).channels
    assert (alone.description, alone.source.repository) == ("", "Orders")
