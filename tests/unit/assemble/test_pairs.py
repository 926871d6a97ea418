"""Pairs of a sender and a receiver as organisations write them: which join, and by which rule."""

from collections.abc import Sequence
from typing import NamedTuple

import pytest

from catalog_builder.model import Document, Message, Payload
from tests.unit.assemble.made import RECEIVE, SEND, catalogue, channel, document, message
from tests.unit.assemble.made import json_payload as payload

ARN = "arn:aws:sns:eu-west-1:123456789012:orders"
SAME, SERVER, FITS = "same-address", "same-address-and-server", "fits-template"
ENVIRONMENT, SIMILAR = "same-address-other-environment", "same-address-similar-name"
OTHER, APART = "same-address-different-name", "only-here"


class Pair(NamedTuple):
    """What is sent and what is read: addresses, names, servers."""

    sent: str
    read: str
    rule: str
    names: tuple[str, str] = ("OrderPlaced", "OrderPlaced")
    servers: tuple[str, str] = ("", "")


PAIRS = {
    "environment before": Pair("prod.orders.placed", "test.orders.placed", ENVIRONMENT),
    "environment before a hyphen": Pair("prod-orders", "test-orders", ENVIRONMENT),
    "environment after a hyphen": Pair("orders-placed-prd", "orders-placed-dev", ENVIRONMENT),
    "environment after an underscore": Pair("orders_prd", "orders_dev", ENVIRONMENT),
    "environment inside": Pair("acme.prod.orders", "acme.dev.orders", ENVIRONMENT),
    "environment on one side only": Pair("orders/placed/staging", "orders/placed", ENVIRONMENT),
    "environment as a parameter": Pair("{env}.orders.placed", "orders.placed", ENVIRONMENT),
    "environment as a parameter before a hyphen": Pair("{env}-orders", "orders", ENVIRONMENT),
    "a parameter filled": Pair("{env}.orders.placed", "prod.orders.placed", FITS),
    "two words for a parameter": Pair("{env}.orders", "{stage}.orders", SAME),
    "a word of an environment inside a name": Pair("load-test-results", "load-results", APART),
    "versions in the address": Pair("orders.placed.v1", "orders.placed.v2", APART),
    "versions in the name": Pair("orders", "orders", OTHER, ("PlacedV1", "PlacedV2")),
    "an ARN and the topic's name": Pair(ARN, "orders", SAME),
    "ARNs of two accounts": Pair(ARN, ARN.replace("123456789012", "999"), SAME),
    "an ARN of SNS and a queue": Pair(ARN, ARN.replace("sns", "sqs"), APART),
    "the URL of a queue and its name": Pair(
        "https://sqs.eu-west-1.amazonaws.com/123456789012/orders", "orders", SAME
    ),
    "the URL of a queue and its ARN": Pair(
        "https://sqs.eu-west-1.amazonaws.com/1/orders", ARN.replace("sns", "sqs"), SAME
    ),
    "Pub/Sub, two projects": Pair("projects/a-prod/topics/o1", "projects/a-dev/topics/o1", SAME),
    "Pulsar's default namespace": Pair("persistent://public/default/orders", "orders", SAME),
    "Pulsar's namespaces": Pair("persistent://a/b/orders", "persistent://a/c/orders", APART),
    "a subscription of Service Bus": Pair("orders", "orders/Subscriptions/billing", SAME),
    "a shared subscription of MQTT": Pair("site/1/temp", "$share/grp/site/1/temp", SAME),
    "NATS, one part": Pair("orders.eu.created", "orders.*.created", FITS),
    "NATS, one part of a template": Pair("orders.{a}.created", "orders.*.created", SAME),
    "NATS, the rest": Pair("orders.eu.created", "orders.>", FITS),
    "NATS, the rest of a template": Pair("orders.{region}.created", "orders.>", FITS),
    "NATS, the rest of something else": Pair("stock.eu.created", "orders.>", APART),
    "NATS, a bare wildcard": Pair("orders.created", ">", APART),
    "MQTT, one part": Pair("site/1/temp", "site/+/temp", FITS),
    "MQTT, the rest": Pair("site/1/temp", "site/#", FITS),
    "MQTT, a sender's wildcard": Pair("site/#", "site/1/temp", APART),
    "a part of what is sent": Pair("site/{id}/{what}", "site/{id}/temp", FITS),
    "a part of what is sent, and the rest": Pair("{env}.eu.placed", "prod.>", FITS),
    "a parameter on each side": Pair("{env}.eu.placed", "prod.{region}.placed", FITS),
    "a parameter on each side, and other words": Pair(
        "{env}.eu.placed", "prod.{region}.paid", APART
    ),
    "AMQP, the rest": Pair("orders.eu.created", "orders.#", FITS),
    "AMQP, the first part": Pair("orders.created", "*.created", FITS),
    "Solace, the rest": Pair("acme/orders/v1/{id}", "acme/orders/>", FITS),
    "Solace, parts of a template": Pair("acme/order/new/v1/{id}", "acme/order/*/v1/*", FITS),
    "a web socket's root": Pair("/", "/", APART, servers=("wss://a.acme.io", "wss://a.acme.io")),
    "a web socket's URL and path": Pair("wss://acme.io/orders", "/orders", SAME),
    "URLs of two hosts": Pair("https://a.acme.io/hook", "https://b.other.io/hook", APART),
    "URLs that are one": Pair("https://a.acme.io/hook", "https://a.acme.io/hook", SERVER),
    "letters of an address": Pair("Orders.Placed", "orders.placed", APART),
    "slashes around": Pair("orders/", "/orders", SAME),
    "slashes and dots": Pair("orders/placed", "orders.placed", APART),
    "letters of a name": Pair("orders", "orders", SAME, ("OrderPlaced", "order_placed")),
    "a kind after the name": Pair("orders", "orders", SIMILAR, ("PlacedEvent", "Placed")),
    "a plural": Pair("orders", "orders", SIMILAR, ("OrdersPlaced", "OrderPlaced")),
    "a message's kind": Pair("orders", "orders", SIMILAR, ("orderPlacedMessage", "OrderPlaced")),
    "another name, alone": Pair("audit", "audit", OTHER, ("Heartbeat", "AuditRecord")),
    "brokers of two kinds": Pair("orders", "orders", APART, servers=("kafka://k", "amqp://r")),
    "a broker with and without TLS": Pair(
        "orders", "orders", SERVER, servers=("amqp://mq.acme.io", "amqps://prod.mq.acme.io")
    ),
    "a word that every broker has": Pair("queue", "queue", APART),
    "a parameter alone": Pair("{topicName}", "{topicName}", APART),
    "a property to be filled in": Pair("${topics.orders}", "${topics.orders}", APART),
    "a sentence": Pair("my orders topic", "my orders topic", APART),
}


def documents(pair: Pair) -> Sequence[Document]:
    return (
        document("orders", (SEND, channel(pair.sent, pair.names[0])), server=pair.servers[0]),
        document("billing", (RECEIVE, channel(pair.read, pair.names[1])), server=pair.servers[1]),
    )


@pytest.mark.parametrize("case", PAIRS)
def test_a_pair_joins_by_the_rule_that_holds_or_not_at_all(case: str) -> None:
    catalog = catalogue(*documents(PAIRS[case]))
    assert {each.join.rule for each in catalog.relations} == {PAIRS[case].rule}
    assert (len(catalog.events) == 1) is (PAIRS[case].rule != APART)


@pytest.mark.parametrize("rule", [FITS, ENVIRONMENT, SIMILAR])
def test_what_is_not_said_is_only_likely(rule: str) -> None:
    for pair in PAIRS.values():
        if pair.rule == rule:
            confidences = {each.join.confidence for each in catalogue(*documents(pair)).relations}
            assert confidences == {"likely"}


def cloud_event(type_: str) -> Payload:
    properties = {"specversion": {"type": "string"}, "type": {"const": type_}}
    return payload(type="object", properties=properties)


def typed(name: str, type_: str) -> Message:
    return message(name, payload=cloud_event(type_))


def test_two_event_types_never_join_whatever_else_they_share() -> None:
    catalog = catalogue(
        document("orders", (SEND, channel("orders", typed("Placed", "acme.placed.v1")))),
        document("billing", (RECEIVE, channel("orders", typed("Placed", "acme.placed.v2")))),
    )
    assert {each.join.rule for each in catalog.relations} == {APART}


def test_a_wildcard_over_several_events_of_one_name_joins_none() -> None:
    catalog = catalogue(
        document("a", (SEND, channel("orders.created", "Changed"))),
        document("b", (SEND, channel("orders.cancelled", "Changed"))),
        document("audit", (RECEIVE, channel("orders.>", "Changed"))),
    )
    assert {each.join.rule for each in catalog.relations} == {APART}


def test_a_wildcard_over_regions_joins_them() -> None:
    catalog = catalogue(
        document("a", (SEND, channel("orders.eu.placed", "Placed"))),
        document("b", (SEND, channel("orders.us.placed", "Placed"))),
        document("audit", (RECEIVE, channel("orders.>", "Placed"))),
    )
    assert [(each.producers, each.consumers) for each in catalog.events] == [
        (("a", "b"), ("audit",))
    ]
