from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from catalog_builder.config import Settings, ViewpointRule, Where
from catalog_builder.model import Document, Json, Payload, Viewpoint
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
)

CODE = "viewpoint-suspect"
INVERTED = (
    document("source", (SEND, channel("e", "E"))),
    document("sink", *((RECEIVE, channel(each, each.upper())) for each in "cde")),
    document("inverted", (RECEIVE, channel("c", "C")), (RECEIVE, channel("d", "Other"))),
)


def test_a_document_that_would_match_if_turned_around_is_suspected_alone() -> None:
    (finding,) = found(catalogue(*INVERTED), CODE)
    assert (finding.service, str(finding.location)) == ("inverted", "inverted/asyncapi.yaml")
    assert finding.message == (
        "The document's verbs look like the other side's. Of 2 messages shared with other "
        "documents, 0 have a sender and a receiver; with the verbs turned around 2 would."
    )
    assert finding.hint == (
        "If they are, put this line under `viewpoints:` in the configuration: "
        '`- {path: "inverted/asyncapi.yaml", viewpoint: client}`'
    )


def test_with_what_it_proposes_the_messages_match() -> None:
    rule = ViewpointRule(Where(path="inverted/asyncapi.yaml"), Viewpoint.CLIENT)
    catalog = catalogue(*INVERTED, settings=Settings(viewpoints=(rule,)))
    assert found(catalog, CODE) == []
    assert flows(catalog) == {
        "c": (("inverted",), ("sink",)),
        "e": (("source",), ("sink",)),
        "other": (("inverted",), ("sink",)),
    }


def reads(title: str, *addresses: str, **more: Json) -> Document:
    return document(title, *((RECEIVE, channel(each, each.upper())) for each in addresses), **more)


def sends(title: str, *addresses: str, **more: Json) -> Document:
    return document(title, *((SEND, channel(each, each.upper())) for each in addresses), **more)


def of_2(made: Document) -> Document:
    return replace(made, asyncapi="2.6.0")


X, Y, Z = (channel(each, each.upper()) for each in "xyz")
SUSPECTS: Mapping[str, tuple[Sequence[Document], list[str]]] = {
    "two that read one event of an outsider": ([reads("a", "x"), reads("b", "x")], []),
    "two that read two events of an outsider": ([reads("a", "x", "y"), reads("b", "x", "y")], []),
    "of those only one is of 2.x": ([reads("a", "x", "y"), of_2(reads("b", "x", "y"))], ["b"]),
    "two of 2.x": ([of_2(reads("a", "x", "y")), of_2(reads("b", "x", "y"))], ["a", "b"]),
    "two of 2.x that read one": ([of_2(reads("a", "x")), of_2(reads("b", "x"))], []),
    "one event, and one of its readers of 2.x": ([reads("a", "x"), of_2(reads("b", "x"))], ["b"]),
    "a second sender of what is sent": (
        [
            of_2(document("a", (RECEIVE, X), (RECEIVE, Y), (SEND, Z))),
            of_2(reads("b", "x", "y")),
            sends("c", "z"),
            reads("d", "z"),
        ],
        ["a"],
    ),
    "a reader of 2.x that matches": (
        [of_2(reads("a", "x", "y")), sends("b", "y"), reads("c", "x")],
        [],
    ),
    "two that send two events": ([sends("a", "x", "y"), sends("b", "x", "y")], ["a", "b"]),
    "two that send one event": ([sends("a", "x"), sends("b", "x")], []),
    "one whose readers are several": (
        [reads("a", "x", "y"), reads("b", "x"), reads("c", "y")],
        ["a"],
    ),
    "one whose name is in the address": (
        [
            reads("Orders service", "x", "orders.placed"),
            reads("Billing", "orders.placed", "x"),
        ],
        ["orders-service"],
    ),
    "a sender among matched readers": (
        [sends("a", "x"), sends("b", "x", "y"), reads("c", "y")],
        ["a"],
    ),
    "copies of an example": (
        [
            reads("Streetlights", "x", "y", "z", repository="a"),
            reads("Streetlights", "x", "y", "z", repository="b"),
        ],
        [],
    ),
    "one that matches most of what it shares": (
        [reads("a", "x", "y", "v", "w"), sends("b", "v", "w"), reads("c", "x"), reads("d", "y")],
        [],
    ),
}


@pytest.mark.parametrize("case", SUSPECTS)
def test_only_a_likely_document_is_suspected(case: str) -> None:
    documents, expected = SUSPECTS[case]
    suspects = found(catalogue(*documents), CODE)
    assert [each.service for each in suspects] == expected


def test_where_as_much_speaks_against_another_that_is_said() -> None:
    catalog = catalogue(of_2(reads("a", "x", "y")), of_2(reads("b", "x", "y")))
    assert [each.message.rpartition("would. ")[2] for each in found(catalog, CODE)] == [
        "The same can be said of `b/asyncapi.yaml` instead.",
        "The same can be said of `a/asyncapi.yaml` instead.",
    ]


def test_documents_of_one_repository_are_suspected_together() -> None:
    catalog = catalogue(
        reads("a", "orders", repository="shop", path="a.yaml"),
        reads("b", "bills", repository="shop", path="b.yaml"),
        reads("c", "orders"),
        reads("d", "bills"),
    )
    (finding,) = found(catalog, CODE)
    assert finding.message == (
        "The verbs of all documents of `shop` look like the other side's. Of 2 messages shared "
        "with other repositories, 0 have a sender and a receiver; with the verbs turned around 2 "
        "would."
    )
    assert finding.hint.endswith('`- {repository: "shop", viewpoint: client}`')


def cloud_event(source: str) -> Payload:
    properties: dict[str, Any] = {"source": {"example": source}, "type": {"type": "string"}}
    return json_payload(type="object", properties=properties)


def test_documents_that_match_but_contradict_their_payload_are_all_suspected() -> None:
    event = message("Placed", payload=cloud_event("orders"))
    catalog = catalogue(
        document("orders", (RECEIVE, channel("placed", event))),
        document("hub", (SEND, channel("placed", event))),
    )
    assert [each.service for each in found(catalog, CODE)] == ["hub", "orders"]


def test_documents_that_agree_with_their_payload_are_not_suspected() -> None:
    event = message("Placed", payload=cloud_event("orders"))
    catalog = catalogue(
        document("orders", (SEND, channel("placed", event))),
        document("hub", (RECEIVE, channel("placed", event))),
    )
    assert found(catalog, CODE) == []
