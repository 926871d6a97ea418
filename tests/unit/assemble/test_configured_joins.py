"""What the configuration says of joining, a table for each setting."""

from collections.abc import Mapping, Sequence

import pytest

from catalog_builder.config import Bridge, Joins, Settings, Where
from catalog_builder.graph import Flow
from catalog_builder.model import Catalog, Document
from tests.unit.assemble.made import RECEIVE, SEND, catalogue, channel, document, flows, told

Flows = Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]

JOINED: Flows = {"order-placed": (("orders",), ("billing",))}


def made(joins: Joins, *documents: Document) -> Catalog:
    return catalogue(*documents, settings=Settings(joins=joins))


def sends(address: str, title: str = "orders", name: str = "OrderPlaced", on: str = "") -> Document:
    return document(title, (SEND, channel(address, name)), server=on)


def reads(
    address: str, title: str = "billing", name: str = "OrderPlaced", on: str = ""
) -> Document:
    return document(title, (RECEIVE, channel(address, name)), server=on)


def is_joined(catalog: Catalog) -> bool:
    return any(each.producers and each.consumers for each in catalog.events)


TOPIC = sends("orders", on="sns://sns.aws.com")
QUEUE = reads("orders-inbox", on="sqs://sqs.aws.com")
ALIASES: Mapping[str, tuple[Sequence[str], bool]] = {
    "with protocols": (("sns:orders", "sqs:orders-inbox"), True),
    "without protocols": (("orders", "orders-inbox"), True),
    "with another protocol": (("kafka:orders", "sqs:orders-inbox"), False),
    "of others": (("sns:stock", "sqs:orders-inbox"), False),
}


@pytest.mark.parametrize("case", ALIASES)
def test_addresses_of_one_alias_are_one(case: str) -> None:
    group, expected = ALIASES[case]
    catalog = made(Joins(alias=(tuple(group),)), TOPIC, QUEUE)
    assert is_joined(catalog) is expected
    assert (flows(catalog) == JOINED) is expected


def test_addresses_that_match_never_do_not_join() -> None:
    catalog = made(Joins(never=("orders.*",)), sends("orders.placed"), reads("orders.placed"))
    assert not is_joined(catalog)


INTO = Bridge("sns:orders", "sqs:orders-inbox")
BRIDGES: Mapping[str, tuple[Sequence[Bridge], Sequence[Document], bool]] = {
    "a topic into a queue": ((INTO,), (TOPIC, QUEUE), True),
    "the other way round": ((Bridge(INTO.target, INTO.source),), (TOPIC, QUEUE), False),
    "another protocol": ((Bridge("kafka:orders", "orders-inbox"),), (TOPIC, QUEUE), False),
    "without protocols": ((Bridge("orders", "orders-inbox"),), (TOPIC, QUEUE), True),
    "a reader without a server": ((INTO,), (TOPIC, reads("orders-inbox")), True),
    "over another that nobody uses": (
        (Bridge("sns:orders", "relay"), Bridge("sqs:relay", "sqs:orders-inbox")),
        (TOPIC, QUEUE),
        True,
    ),
    "in a circle": (
        (Bridge("sns:orders", "x"), Bridge("x", "sns:orders"), Bridge("x", "sqs:orders-inbox")),
        (TOPIC, QUEUE),
        True,
    ),
    "one who sends to the queue itself": (
        (INTO,),
        (TOPIC, sends("orders-inbox", "billing", on="sqs://sqs.aws.com")),
        False,
    ),
    "another name, the only message": (
        (INTO,),
        (TOPIC, reads("orders-inbox", name="Checkout", on="sqs://sqs.aws.com")),
        True,
    ),
}


@pytest.mark.parametrize("case", BRIDGES)
def test_what_a_bridge_delivers_is_read_behind_it(case: str) -> None:
    bridges, documents, expected = BRIDGES[case]
    assert is_joined(made(Joins(bridge=tuple(bridges)), *documents)) is expected


def test_a_bridge_is_shown_as_such_and_the_reach_goes_through() -> None:
    catalog = made(
        Joins(bridge=(INTO,)),
        TOPIC,
        document(
            "billing",
            (RECEIVE, channel("orders-inbox", "OrderPlaced", broker_name="orders-inbox")),
            (SEND, channel("bills", "Billed")),
        ),
        reads("bills", "ledger", "Billed"),
    )
    assert told(catalog) >= {
        ("orders", "send", "order-placed", "configured-bridge"),
        ("billing", "receive", "order-placed", "configured-bridge"),
    }
    assert {
        each.join.reason for each in catalog.relations if each.join.rule == "configured-bridge"
    } == {
        "The configuration says that sns:orders is delivered into sqs:orders-inbox, and "
        f"{other}/asyncapi.yaml has it too."
        for other in ("orders", "billing")
    }
    assert {each.id: (each.delivers_to, each.delivered_from) for each in catalog.channels} == {
        "bills": ((), ()),
        "orders": (("orders-inbox",), ()),
        "orders-inbox": ((), ("orders",)),
    }
    flow = Flow(catalog)
    assert flow.consumers_of("order-placed") == ("billing",)
    assert flow.reached_from("orders").services == ("billing", "ledger")


def test_each_message_crosses_the_bridge_it_comes_over() -> None:
    catalog = made(
        Joins(bridge=(Bridge("orders", "inbox"), Bridge("payments", "inbox"))),
        sends("orders"),
        sends("payments", "payments", "Paid"),
        document("billing", (RECEIVE, channel("inbox", "OrderPlaced", "Paid"))),
    )
    assert flows(catalog) == {
        "order-placed": (("orders",), ("billing",)),
        "paid": (("payments",), ("billing",)),
    }


SPLITS: Mapping[str, tuple[tuple[Where, ...], Flows]] = {
    "of repositories": (
        (Where(repository="shop-*"), Where(repository="stock-*")),
        {
            "shop-orders-placed-order-placed": (("shop-orders",), ("shop-mail", "third")),
            "stock-orders-placed-order-placed": (("stock-orders",), ("stock-mail",)),
        },
    ),
    "of paths": (
        (Where(path="*/asyncapi.yaml"), Where(path="*/other.yaml")),
        {
            "order-placed": (
                ("shop-orders", "stock-orders"),
                ("shop-mail", "stock-mail", "third"),
            )
        },
    ),
    "of addresses": (
        (Where(address="orders.placed"), Where(address="orders.{id}")),
        {
            "order-placed": (
                ("shop-orders", "stock-orders"),
                ("shop-mail", "stock-mail", "third"),
            )
        },
    ),
}


@pytest.mark.parametrize("case", SPLITS)
def test_what_is_on_two_sides_of_a_split_is_not_joined(case: str) -> None:
    sides, expected = SPLITS[case]
    catalog = made(
        Joins(split=(sides,)),
        sends("orders.placed", "shop-orders"),
        reads("orders.placed", "shop-mail"),
        sends("orders.placed", "stock-orders"),
        reads("orders.placed", "stock-mail"),
        reads("orders.placed", "third"),
    )
    assert sorted(flows(catalog).values()) == sorted(expected.values())


def test_a_split_of_addresses_parts_what_fits_from_what_it_fits() -> None:
    split = (Where(address="orders.eu"), Where(address="orders.{region}"))
    documents = sends("orders.{region}"), reads("orders.eu")
    assert is_joined(made(Joins(), *documents))
    assert not is_joined(made(Joins(split=(split,)), *documents))


def test_a_split_of_repositories_gives_two_channels() -> None:
    split = (Where(repository="orders"), Where(repository="billing"))
    catalog = made(Joins(split=(split,)), sends("placed"), reads("placed"))
    assert [(each.address, each.sends, each.receives) for each in catalog.channels] == [
        ("placed", (), ("billing",)),
        ("placed", ("orders",), ()),
    ]


CLUSTERS: Mapping[str, tuple[tuple[tuple[str, ...], ...], bool]] = {
    "nothing": ((), False),
    "globs of both": ((("*.blue.acme.io", "kafka-7.*"),), True),
    "one glob": ((("kafka*",),), True),
    "one of them alone": ((("*.blue.acme.io",),), False),
    "capitals": ((("KAFKA.BLUE.acme.io", "kafka-7.red.io"),), True),
    "in two groups": ((("*.blue.acme.io",), ("kafka-7.*",)), False),
}


@pytest.mark.parametrize("case", CLUSTERS)
def test_hosts_of_one_configured_cluster_are_one(case: str) -> None:
    clusters, expected = CLUSTERS[case]
    catalog = made(
        Joins(clusters=clusters),
        sends("orders", on="kafka://kafka.blue.acme.io:9092"),
        reads("orders", on="kafka-secure://kafka-7.red.io:9093"),
    )
    assert is_joined(catalog) is expected


TEMPLATES: Mapping[tuple[str, str], tuple[bool, bool]] = {
    ("orders.{region}", "orders.eu"): (True, False),
    ("orders.eu", "orders.{region}"): (True, False),
    ("orders.{region}", "orders.{country}"): (True, True),
    ("orders.{region}", "stock.eu"): (False, False),
}


@pytest.mark.parametrize("addresses", TEMPLATES)
def test_a_literal_joins_what_it_fits_unless_switched_off(addresses: tuple[str, str]) -> None:
    documents = sends(addresses[0]), reads(addresses[1])
    found = (
        is_joined(made(Joins(), *documents)),
        is_joined(made(Joins(templates=False), *documents)),
    )
    assert found == TEMPLATES[addresses]
