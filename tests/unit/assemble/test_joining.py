from collections.abc import Sequence

import pytest

from catalog_builder.model import Document, Json, Message, Payload, SchemaFormat, Server
from tests.unit.assemble.made import (
    RECEIVE,
    SEND,
    catalogue,
    channel,
    document,
    flows,
    json_payload,
    message,
    schema,
    target,
    told,
)

PLACED = message("OrderPlaced")
BOTH = {"order-placed": (("orders",), ("billing",))}
AVRO = Payload(SchemaFormat.AVRO, {"type": "record", "name": "a.b.Placed", "fields": []})


def cloud_event(**type_: Json) -> Payload:
    properties = {"specversion": {"type": "string"}, "type": type_}
    return json_payload(type="object", properties=properties)


def pair(
    sent: Message | str = PLACED,
    read: Message | str = PLACED,
    *,
    addresses: tuple[str | None, str | None] = ("orders.placed", "orders.placed"),
    servers: tuple[str, str] = ("", ""),
    **more: Json,
) -> Sequence[Document]:
    """One document that sends a message, one that reads one."""
    return (
        document("orders", (SEND, channel(addresses[0], sent, **more)), server=servers[0]),
        document("billing", (RECEIVE, channel(addresses[1], read, **more)), server=servers[1]),
    )


SHARED = target("messages.yaml", "/OrderPlaced")
TYPE = "com.acme.order.placed"

JOINED = {
    "same-reference": pair(
        message("OrderPlaced", origin=SHARED),
        message("Order placed", origin=SHARED),
        addresses=("a.b", "c.d"),
    ),
    "same-cloudevents-type": pair(
        message("OrderPlaced", payload=cloud_event(const=TYPE)),
        message("Placed", payload=cloud_event(enum=[TYPE])),
        addresses=("a.b", "c.d"),
    ),
    "same-schema-name": pair(
        message("OrderPlaced", payload=AVRO),
        message("Placed", payload=AVRO),
        addresses=("a.b", "c.d"),
    ),
    "same-address-and-server": pair(
        servers=("kafka://kafka.acme.io:9092", "kafka-secure://prod.kafka.acme.io:9093")
    ),
    "same-address": pair(servers=("kafka://kafka.acme.io", "")),
    "fits-template": pair(addresses=("orders.{region}.placed", "orders.eu.placed")),
    "same-address-other-environment": pair(addresses=("prod.orders.placed", "orders.placed")),
    "same-address-different-name": pair("OrderPlaced", "CheckoutFinished"),
}


@pytest.mark.parametrize("rule", JOINED)
def test_messages_of_one_key_are_one_event_and_say_why(rule: str) -> None:
    catalog = catalogue(*JOINED[rule])
    assert flows(catalog) == BOTH
    assert told(catalog) == {
        ("orders", "send", "order-placed", rule),
        ("billing", "receive", "order-placed", rule),
    }


def test_a_reason_names_the_other_sides_document() -> None:
    reasons = [each.join.reason for each in catalogue(*pair()).relations]
    assert "orders/asyncapi.yaml" in reasons[0]
    assert "billing/asyncapi.yaml" in reasons[1]


MORE_JOINED = {
    "parameters by another name": pair(addresses=("orders.{region}", "orders.{country}")),
    "a name in other letters": pair("OrderPlaced", "order placed"),
    "a class with its package": pair("OrderPlaced", "org.acme.OrderPlaced"),
    "a leading slash": pair(addresses=("/orders", "orders")),
    "hosts that everybody has": pair(servers=("kafka://kafka:9092", "kafka://localhost:9092")),
    "families of protocols": pair(servers=("mqtt://acme.io", "secure-mqtt://acme.io")),
    "the only message has no name": pair("OrderPlaced", message("")),
    "names that share their words": pair("OrderPlaced", "PlacedOrderCommand"),
}


@pytest.mark.parametrize("case", MORE_JOINED)
def test_differences_that_say_nothing_do_not_keep_apart(case: str) -> None:
    assert flows(catalogue(*MORE_JOINED[case])) == BOTH


APART = {
    "contradicting protocols": pair(servers=("kafka://kafka:9092", "amqp://rabbit:5672")),
    "contradicting hosts": pair(servers=("kafka://a.acme.io", "kafka://b.acme.io")),
    "protocols contradict a reference": pair(
        message("OrderPlaced", origin=SHARED),
        message("OrderPlaced", origin=SHARED),
        servers=("sns://aws", "sqs://aws"),
    ),
    "the root": pair(addresses=("/", "/")),
    "no address": pair(addresses=(None, None), key="orders"),
    "a placeholder": pair(addresses=("<Topic>", "<Topic>")),
    "a sentence": pair(addresses=("add topic here", "add topic here")),
    "a bare wildcard": pair(addresses=("#", "#")),
    "nothing but a parameter": pair(addresses=("{topic}", "{name}")),
    "other addresses": pair(addresses=("orders", "order")),
    "schemas that are only alike": pair(
        message("OrderPlaced", payload=schema(id="string")),
        message("OrderPlaced", payload=schema(id="string")),
        addresses=("a.b", "c.d"),
    ),
}


@pytest.mark.parametrize("case", APART)
def test_what_contradicts_or_identifies_nothing_is_not_joined(case: str) -> None:
    catalog = catalogue(*APART[case])
    assert sorted(flows(catalog).values()) == [((), ("billing",)), (("orders",), ())]
    assert {each.join.rule for each in catalog.relations} == {"only-here"}


def test_servers_of_different_environments_do_not_contradict() -> None:
    production = (Server("production", "a1.acme.io", "kafka"),)
    staging = (Server("staging", "b7.other.io", "kafka"),)
    listed = channel("orders", "OrderPlaced", servers=("production", "staging"))
    assert (
        flows(
            catalogue(
                document("orders", (SEND, listed), servers=production),
                document("billing", (RECEIVE, listed), servers=staging),
            )
        )
        == BOTH
    )


def test_the_brokers_own_name_of_a_channel_is_an_address() -> None:
    sender = document("orders", (SEND, channel("k", PLACED, broker_name="acme.orders.v1")))
    reader = document("billing", (RECEIVE, channel("acme.orders.v1", PLACED)))
    assert flows(catalogue(sender, reader)) == BOTH


def test_a_document_without_servers_joins_neither_of_two_brokers() -> None:
    catalog = catalogue(
        document("a", (SEND, channel("orders", PLACED)), server="kafka://kafka:9092"),
        document("b", (SEND, channel("orders", PLACED)), server="amqp://rabbit:5672"),
        document("c", (RECEIVE, channel("orders", PLACED))),
    )
    assert sorted(flows(catalog).values()) == [((), ("c",)), (("a",), ()), (("b",), ())]
    assert [each.code for each in catalog.findings if each.severity == "info"] == [
        "broker-ambiguous"
    ]


def test_names_decide_where_an_address_carries_several_messages() -> None:
    carried = channel("orders", "OrderPlaced", "OrderCancelled")
    catalog = catalogue(
        document("orders", (SEND, carried)),
        document("billing", (RECEIVE, channel("orders", "OrderPlaced"))),
        document("stock", (RECEIVE, channel("orders", "StockMoved"))),
    )
    assert flows(catalog) == {
        "order-cancelled": (("orders",), ()),
        "order-placed": (("orders",), ("billing",)),
        "stock-moved": ((), ("stock",)),
    }


@pytest.mark.parametrize(
    "others",
    [
        ("orders.retry", "orders.dlq"),
        ("orders.billing.retry", "billing-orders-dlt"),
        ("orders.eu-west-1", "orders.us-east-1"),
    ],
)
def test_retry_and_region_channels_of_one_document_are_one_event(others: tuple[str, ...]) -> None:
    body = schema(id="string")
    placed = message("OrderPlaced", payload=body)
    all_channels = [channel(address, placed) for address in ("orders", *others)]
    catalog = catalogue(document("orders", *((SEND, each) for each in all_channels)))
    assert [(each.id, len(each.channels)) for each in catalog.events] == [("order-placed", 3)]


def test_a_message_that_is_read_on_one_channel_and_passed_on_to_another_is_two_events() -> None:
    catalog = catalogue(
        document("a", (SEND, channel("raw", "Payment"))),
        document("b", (RECEIVE, channel("raw", "Payment")), (SEND, channel("clean", "Payment"))),
        document("c", (RECEIVE, channel("clean", "Payment"))),
    )
    assert flows(catalog) == {
        "raw-payment": (("a",), ("b",)),
        "clean-payment": (("b",), ("c",)),
    }


def test_a_shared_type_that_passes_through_several_channels_is_no_single_event() -> None:
    shared = message("Payment", origin=SHARED)
    catalog = catalogue(
        document("a", (SEND, channel("raw", shared))),
        document("b", (RECEIVE, channel("raw", shared)), (SEND, channel("clean", shared))),
        document("c", (RECEIVE, channel("clean", shared))),
    )
    assert flows(catalog) == {
        "raw-payment": (("a",), ("b",)),
        "clean-payment": (("b",), ("c",)),
    }


def test_two_names_in_one_document_are_two_events_whatever_else_is_equal() -> None:
    catalog = catalogue(
        document("a", (SEND, channel("x", message("One", payload=AVRO)))),
        document(
            "b",
            (RECEIVE, channel("x", message("One", payload=AVRO))),
            (RECEIVE, channel("y", message("Two", payload=AVRO))),
        ),
    )
    assert flows(catalog) == {"one": (("a",), ("b",)), "two": ((), ("b",))}


def test_a_service_that_sends_and_receives_an_event_keeps_both() -> None:
    both = channel("orders", "OrderPlaced")
    catalog = catalogue(document("orders", (SEND, both), (RECEIVE, both)))
    assert flows(catalog) == {"order-placed": (("orders",), ("orders",))}
    assert [str(each.action) for each in catalog.relations] == ["receive", "send"]


def test_every_operation_and_message_is_a_relation_with_its_place() -> None:
    sent = channel("orders", "OrderPlaced", "OrderCancelled")
    catalog = catalogue(document("orders", (SEND, sent), (RECEIVE, channel("stock", "Moved"))))
    assert [(each.operation, each.event, str(each.source)) for each in catalog.relations] == [
        ("receive-stock", "moved", "orders/asyncapi.yaml:2"),
        ("send-orders", "order-cancelled", "orders/asyncapi.yaml:1"),
        ("send-orders", "order-placed", "orders/asyncapi.yaml:1"),
    ]


ON_EXCHANGES = {
    "one": (("orders", "orders"), "placed", True),
    "two": (("orders", "returns"), "placed", False),
    "one that only the sender names": (("orders", ""), "placed", True),
    "one, with another routing key": (("orders", "orders"), "returned", False),
}


@pytest.mark.parametrize("case", ON_EXCHANGES)
def test_a_routing_key_is_an_address_on_its_exchange(case: str) -> None:
    exchanges, key, expected = ON_EXCHANGES[case]
    sent, read = (
        {"amqp": {"is": "routingKey", "exchange": {"name": each, "type": "topic"}}} if each else {}
        for each in exchanges
    )
    catalog = catalogue(
        document("orders", (SEND, channel("placed", PLACED, bindings=sent)), server="amqp://mq"),
        document("billing", (RECEIVE, channel(key, PLACED, bindings=read)), server="amqp://mq"),
    )
    assert (flows(catalog) == BOTH) is expected


def test_a_routing_key_on_several_exchanges_is_none_of_them_where_none_is_named() -> None:
    orders, returns = (
        {"amqp": {"is": "routingKey", "exchange": {"name": each}}} for each in ("orders", "returns")
    )
    catalog = catalogue(
        document("a", (SEND, channel("placed", PLACED, bindings=orders)), server="amqp://mq"),
        document("b", (SEND, channel("placed", PLACED, bindings=returns)), server="amqp://mq"),
        document("c", (RECEIVE, channel("placed", PLACED)), server="amqp://mq"),
    )
    assert sorted(flows(catalog).values()) == [((), ("c",)), (("a",), ()), (("b",), ())]


def test_a_schemas_name_tells_an_event_whatever_the_exchange() -> None:
    bound = (
        {"amqp": {"is": "routingKey", "exchange": {"name": "orders"}}},
        {"amqp": {"is": "routingKey", "exchange": {"name": "orders.eu"}}},
        {"amqp": {"is": "queue", "queue": {"name": "inbox"}}},
    )
    sent = message("OrderPlaced", payload=AVRO)
    a, b, c = (channel(str(n), sent, bindings=each) for n, each in enumerate(bound))
    catalog = catalogue(
        document("a", (SEND, a), server="amqp://mq"),
        document("b", (SEND, b), server="amqp://mq"),
        document("c", (RECEIVE, c), server="amqp://mq"),
    )
    assert flows(catalog) == {"order-placed": (("a", "b"), ("c",))}
