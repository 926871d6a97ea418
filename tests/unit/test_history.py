"""The demo estate with a past, from git to the catalogue."""

import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import jsonschema_rs
import orjson
import pytest

from catalog_builder.build import export, read_catalog
from catalog_builder.config import LocalSource, Settings, read_settings
from catalog_builder.model import Catalog, ChangeKind, Verdict
from catalog_builder.progress import progress_for
from catalog_builder.reading import editions
from catalog_builder.render.exports import SCHEMA
from tests.fernwood import FIRST_DAY, with_history
from tests.repositories import commit

TOLD = """
2026-09-21 OrderConfirmed compatible: cutOffAt was added, string, and is required
2026-08-17 StockReserved breaking: warehouseCode may be "AVN" too
2026-07-06 OrderCancelled breaking: reasonCode may be null; reasonCode may be "severe-weather" too
2026-06-15 OrderSplit breaking: is sent no more
2026-05-11 OrderPacked compatible: totes[].icePacks was added, integer
2026-05-11 ToteSealed compatible: icePacks was added, integer
2026-05-11 PickCompleted compatible: tote.icePacks was added, integer
2026-03-02 OrderPlaced compatible: is deprecated
2025-11-10 OrderPlaced compatible: lines[].quantity has the new limit >= 1 and <= 99
2025-06-23 OrderRejected compatible: was called `OrderRefused`
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = with_history(tmp_path_factory.mktemp("remembering") / "specs")
    return read_settings(folder / "catalog.yml")


@pytest.fixture(scope="module")
def remembering(settings: Settings) -> Catalog:
    return made(settings)


def made(settings: Settings) -> Catalog:
    return read_catalog(settings, progress_for(io.StringIO(), quiet=True, verbose=False))


def told(catalog: Catalog) -> list[str]:
    return [
        f"{each.commit.day} {each.name} {each.verdict}: "
        + "; ".join(f"{one.path} {one.words}".strip() for one in each.differences)
        for each in catalog.changes
        if each.commit and each.commit.day != FIRST_DAY
    ]


def test_each_commit_is_told_by_what_it_changed_in_events(remembering: Catalog) -> None:
    lines = TOLD.strip().splitlines()
    assert told(remembering) == lines


def test_what_is_kept_of_the_past_is_not_read_again_and_tells_the_same(
    settings: Settings, remembering: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    monkeypatch.setattr(editions, "read_edition", lambda then, _: read.append(then.repository.name))
    assert made(settings) == remembering
    assert read == []


def test_what_was_there_from_the_first_day_was_added_then(remembering: Catalog) -> None:
    first = [each for each in remembering.changes if each.commit and each.commit.day == FIRST_DAY]
    assert Counter(each.kind for each in first) == {ChangeKind.ADDED: len(first)}
    assert {each.event for each in remembering.changes} >= {
        each.id for each in remembering.events if each.owner
    }


def test_the_last_change_of_each_document_is_told(remembering: Catalog) -> None:
    [service] = [each for each in remembering.services if each.id == "order-service"]
    assert {
        link.location.path: link.changed and (link.changed.day, link.changed.author)
        for link in service.documents
    } == {
        "asyncapi.yaml": ("2026-09-21", "Priya Shah"),
        "asyncapi-client.yaml": (FIRST_DAY, "Ada Brandt"),
    }


def test_a_catalogue_with_a_past_is_what_its_schema_says_and_names_no_address(
    remembering: Catalog,
) -> None:
    text = export(remembering, "json")
    validator = jsonschema_rs.validator_for(orjson.loads(SCHEMA))
    assert [each.message for each in validator.iter_errors(orjson.loads(text))] == []
    assert b"somebody@example.com" not in text


def test_the_same_repositories_give_the_same_bytes_whatever_their_order(
    settings: Settings, remembering: Catalog
) -> None:
    [source] = settings.sources
    assert isinstance(source, LocalSource)
    names = sorted(each.name for each in remembering.repositories)
    apart = tuple(replace(source, path=name) for name in reversed(names))
    other = made(replace(settings, sources=apart))
    assert other.changes == remembering.changes
    assert export(other, "json") == export(remembering, "json")


def test_with_history_0_only_the_last_change_is_told(
    settings: Settings, remembering: Catalog
) -> None:
    short = made(replace(settings, history=0))
    assert short.changes == ()
    assert short.services == remembering.services


def test_with_history_2_only_the_last_version_is_compared(settings: Settings) -> None:
    short = made(replace(settings, history=2))
    orders = [each for each in short.changes if each.service == "order-service"]
    assert {each.kind for each in orders} == {ChangeKind.CHANGED, ChangeKind.KNOWN}
    assert [each.name for each in orders if each.kind is ChangeKind.CHANGED] == ["OrderConfirmed"]


def test_what_is_not_committed_is_compared_with_the_last_commit(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    spec = folder / "asyncapi.yaml"
    text = (
        "asyncapi: 3.0.0\ninfo: {title: Shop, version: '1'}\n"
        "channels: {c: {address: c, messages: {Placed: {payload: {properties: {a: {}, b: {}}}}}}}\n"
        "operations: {send: {action: send, channel: {$ref: '#/channels/c'}}}\n"
    )
    spec.write_text(text, encoding="utf-8")
    commit(folder, "2026-03-01")
    spec.write_text(text.replace(", b: {}", ""), encoding="utf-8")
    (tmp_path / "catalog.yml").write_text("sources: [{path: shop}]\n", encoding="utf-8")
    [now, before] = made(read_settings(tmp_path / "catalog.yml")).changes
    assert (now.commit, now.verdict) == (None, Verdict.BREAKING)
    assert [each.words for each in now.differences] == ["is gone"]
    assert before.kind is ChangeKind.ADDED
