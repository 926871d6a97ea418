from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from catalog_builder.config import read_settings
from catalog_builder.crawl import crawl
from catalog_builder.model import Checkout, Document, Payload, Reading, Repository
from catalog_builder.parse import read
from catalog_builder.processes import Crew
from catalog_builder.reading import Kept, Readings
from catalog_builder.reading.kept import packed

NOTHING = Kept("this program", {})
ORDERS = """\
asyncapi: 3.0.0
info: {title: Orders, version: 1.0.0}
channels:
  placed:
    address: placed
    messages:
      Placed: {payload: {$ref: 'placed.yaml'}}
      Paid: {payload: {$ref: 'https://git.example/acme/billing/raw/main/paid.yaml'}}
"""


def orders(**files: str) -> Checkout:
    content = {"asyncapi.yaml": ORDERS, "placed.yaml": "{type: object, title: One}", **files}
    return Checkout(
        Repository("orders"),
        {path: text.encode() for path, text in content.items()},
        ("asyncapi.yaml",),
    )


def billing(text: str) -> dict[str, Checkout]:
    repository = Repository("billing", url="https://git.example/acme/billing")
    return {"git.example/acme/billing": Checkout(repository, {"paid.yaml": text.encode()})}


def done(
    checkout: Checkout, others: Mapping[str, Checkout], kept: Kept = NOTHING
) -> tuple[Reading, int, Kept]:
    readings = Readings([checkout], others, kept)
    list(readings.read(Crew(1)))
    return readings.all[0], readings.known, readings.kept


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_kept_is_what_was_read(estate: Path, processes: int) -> None:
    checkouts = crawl(read_settings(estate / "catalog.yml")).checkouts
    directly = [read(each) for each in checkouts]
    cold = Readings(checkouts, {}, NOTHING)
    list(cold.read(Crew(processes)))
    assert cold.all == directly
    assert cold.known == 0
    warm = Readings(checkouts, {}, Kept.of(cold.kept.packed(), "this program"))
    list(warm.read(Crew(processes)))
    assert warm.all == directly
    assert warm.known == len(checkouts)
    assert warm.kept == cold.kept


@pytest.mark.parametrize(
    ("change", "others"),
    [
        ({"asyncapi.yaml": ORDERS.replace("1.0.0", "1.0.1")}, "{}"),
        ({"placed.yaml": "{type: object, title: Two}"}, "{}"),
        ({"catalog-info.yaml": "{kind: Component, metadata: {name: orders}}"}, "{}"),
        ({"CODEOWNERS": "* @acme/orders"}, "{}"),
        ({}, "{type: object, title: Changed}"),
    ],
)
def test_a_repository_is_read_again_when_anything_it_depends_on_changed(
    change: dict[str, str], others: str
) -> None:
    before, _, kept = done(orders(), billing("{}"))
    after, known, _ = done(orders(**change), billing(others), kept)
    assert known == 0
    assert after == read(orders(**change), billing(others))
    assert after != before


def test_a_file_that_nobody_asked_for_changes_nothing() -> None:
    _, _, kept = done(orders(**{"README.md": "one"}), billing("{}"))
    assert done(orders(**{"README.md": "two"}), billing("{}"), kept)[1] == 1


def test_a_repository_that_another_refers_to_may_go_away() -> None:
    _, _, kept = done(orders(), billing("{}"))
    after, known, _ = done(orders(), {}, kept)
    assert known == 0
    assert after == read(orders())


def test_what_another_program_kept_is_not_there() -> None:
    kept = done(orders(), {})[2]
    assert Kept.of(kept.packed(), "another program") == Kept("another program", {})


def payloads(schema: str, other: str, kept: Kept) -> tuple[list[Payload | None], Kept]:
    checkouts = [
        replace(orders(**{"placed.yaml": text}), repository=Repository(name))
        for name, text in (("orders", schema), ("billing", other))
    ]
    readings = Readings(checkouts, {}, kept)
    list(readings.read(Crew(1)))
    documents = [each.documents[0] for each in readings.all]
    return [each.channels[0].messages[0].payload for each in documents], readings.kept


@pytest.mark.parametrize("title", ["One", "Two"])
def test_schemas_are_one_in_memory_where_they_are_equal_and_only_there(title: str) -> None:
    kept = NOTHING
    for _ in ("read", "known from before"):
        second = f"{{type: object, title: {title}}}"
        (one, two), kept = payloads("{type: object, title: One}", second, kept)
        assert one
        assert two
        assert (one.schema["title"], two.schema["title"]) == ("One", title)
        assert (one.schema is two.schema) == (title == "One")


@pytest.mark.parametrize("content", [None, b"", b"\x80\x04K\x01.", b"\xc1", b"\x81\xa1a\x01"])
def test_what_is_no_record_is_not_there(content: bytes | None) -> None:
    assert Kept.of(content, "this program") == NOTHING


@pytest.mark.parametrize("content", [b"", b"x", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_a_reading_that_was_damaged_is_made_again(content: bytes) -> None:
    reading, _, kept = done(orders(), {})
    damaged = {name: replace(each, reading=content) for name, each in kept.records.items()}
    assert done(orders(), {}, replace(kept, records=damaged))[0] == reading


@pytest.mark.parametrize("odd", [2**70, "\ud800", object()])
def test_what_has_no_form_as_bytes_is_not_kept(odd: object) -> None:
    document = Document(Repository("orders"), "asyncapi.yaml", "3.0.0", extensions={"x-odd": odd})
    assert packed(Reading(Repository("orders"), (document,))) is None
