from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_builder.assemble import assemble
from catalog_builder.config import Settings
from catalog_builder.model import Action, Catalog, Channel, Document, Relation
from tests.unit.assemble.made import (
    SEND,
    channel,
    document,
    message,
    readings,
    schema,
    target,
)

few = settings(max_examples=60, deadline=None)

names = st.sampled_from(["", "Placed", "placed", "Cancelled", "a.b.Placed"])
payloads = st.sampled_from([None, schema(id="string"), schema(id="integer!", note="string")])
origins = st.sampled_from([None, None, target("m.yaml", "/Placed"), target("m.yaml", "/Other")])
messages = st.builds(message, names, payload=payloads, origin=origins)
addresses = st.sampled_from(
    [
        None,
        "/",
        "orders",
        "orders.{region}",
        "orders.{id}",
        "orders.eu",
        "orders.retry",
        "dev.stock",
    ]
)
channels = st.builds(
    lambda address, carried: channel(address, *{each.id: each for each in carried}.values()),
    addresses,
    st.lists(messages, max_size=2),
)
servers = st.sampled_from(["", "kafka://kafka", "kafka://a.acme.io", "kafka-secure://b.acme.io"])


def described(number: int, does: list[tuple[Action, Channel]], server: str, title: str) -> Document:
    repository = f"repository {number % 3}"
    return document(
        title or f"service {number}",
        *does,
        server=server,
        repository=repository,
        path=f"{number}.yaml",
    )


documents = st.lists(
    st.builds(
        described,
        st.integers(0, 30),
        st.lists(st.tuples(st.sampled_from(Action), channels), max_size=3),
        servers,
        st.sampled_from(["", "Shared"]),
    ),
    max_size=6,
    unique_by=lambda each: each.path,
)


def assembled(listed: list[Document]) -> Catalog:
    return assemble(readings(listed), Settings())


@few
@given(documents, st.randoms())
def test_the_order_of_documents_changes_nothing(listed: list[Document], random: object) -> None:
    shuffled = list(listed)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert assembled(shuffled) == assembled(listed)


@few
@given(documents)
def test_reading_everything_twice_changes_nothing(listed: list[Document]) -> None:
    assert assemble([*readings(listed), *readings(listed)], Settings()) == assembled(listed)


@few
@given(documents)
def test_an_unrelated_document_changes_no_relation(listed: list[Document]) -> None:
    unrelated = document(
        "unrelated", (SEND, channel("zebra.crossed", "ZebraCrossed")), repository="zoo"
    )
    with_it = set(assembled([*listed, unrelated]).relations)
    before = set(assembled(listed).relations)
    assert {each for each in with_it if each.service != "unrelated"} == before


@few
@given(documents)
def test_every_operation_with_every_message_is_one_relation(listed: list[Document]) -> None:
    read = [
        (each.path, operation.line)
        for each in listed
        for operation in each.operations
        for one in each.channels
        if one.key == operation.channel
        for carried in one.messages
        if carried.id in operation.messages
    ]
    relations = assembled(listed).relations
    assert sorted((each.source.path, each.source.line) for each in relations) == sorted(read)


@few
@given(documents)
def test_what_refers_to_something_finds_it(listed: list[Document]) -> None:
    catalog = assembled(listed)
    for each in catalog.relations:
        event = catalog.event[each.event]
        assert each.service in (event.producers if each.action is SEND else event.consumers)
        assert each.channel in event.channels
        assert each.event in _of(catalog, each)
    assert [each.id for each in catalog.events] == sorted({each.id for each in catalog.events})
    assert list(catalog.relations) == sorted(catalog.relations, key=lambda each: each.order)


def _of(catalog: Catalog, relation: Relation) -> tuple[str, ...]:
    service = catalog.service[relation.service]
    return service.sends if relation.action is SEND else service.receives


def test_a_copy_of_a_file_changes_no_relation() -> None:
    one = document("a", (SEND, channel("x", "X")), digest="1")
    copy = replace(one, path="old/asyncapi.yaml")
    assert assembled([one, copy]).relations == assembled([one]).relations
