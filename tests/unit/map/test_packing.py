"""The map as the browser gets it."""

from dataclasses import replace
from itertools import accumulate
from typing import Any

import orjson
import pytest

from catalog_builder.map import packed_map
from catalog_builder.map.packing import plain_id
from catalog_builder.model import Catalog, Event, Location, slug
from tests.catalogues import catalogue, hostile_catalogue


def unpacked(catalog: Catalog) -> tuple[dict[str, Any], dict[str, Any]]:
    told, sources = packed_map(catalog, {}, {})
    return argument(told, b"load"), argument(sources, b"tellSources")


def writable(text: str) -> str:
    """Half a pair of surrogates is no character."""
    return text.replace("\ud800", "\N{REPLACEMENT CHARACTER}")


def argument(script: bytes, call: bytes) -> dict[str, Any]:
    start, end = b"window.catalogMap.%s(" % call, b");\n"
    assert script.startswith(start)
    assert script.endswith(end)
    given: dict[str, Any] = orjson.loads(script[len(start) : -len(end)])
    return given


def ids(things: dict[str, Any]) -> list[str]:
    return [
        things["id"].get(str(number), plain_id(name)) for number, name in enumerate(things["name"])
    ]


def sides(told: dict[str, Any], side: str) -> set[tuple[str, str]]:
    events = ids(told["events"])
    return {
        (service, events[number])
        for service, packed in zip(ids(told["services"]), told[side], strict=True)
        for number in accumulate(packed)
    }


@pytest.mark.parametrize("made", ["demo", "hostile"])
def test_everyone_who_sends_or_receives_is_told(made: str, catalog: Catalog) -> None:
    if made == "hostile":
        catalog = hostile_catalogue()
    told, _ = unpacked(catalog)
    for side, ends in (("sends", "producers"), ("receives", "consumers")):
        assert sides(told, side) == {
            (writable(service), writable(each.id))
            for each in catalog.events
            for service in getattr(each, ends)
        }


def test_names_and_belongings_are_told_once_each(catalog: Catalog) -> None:
    told, _ = unpacked(catalog)
    found = {
        id_: (name, told["domains"][domain][0], told["teams"][team][0])
        for id_, name, domain, team in zip(
            ids(told["services"]),
            told["services"]["name"],
            told["services"]["domain"],
            told["services"]["team"],
            strict=True,
        )
    }
    assert found == {
        each.id: (each.name, each.domain.name, each.team.name) for each in catalog.services
    }
    events = told["events"]
    lives = dict(
        zip(ids(events), (events["lifecycles"][n] for n in events["lifecycle"]), strict=True)
    )
    assert {id_ for id_, life in lives.items() if life == "deprecated"} == {
        each.id for each in catalog.events if each.is_deprecated
    }


def test_the_place_of_every_relation_is_one_that_the_catalogue_knows(catalog: Catalog) -> None:
    told, sources = unpacked(catalog)
    known = {
        (each.service, each.action.value, each.event, each.source) for each in catalog.relations
    }
    events = ids(told["events"])
    count = 0
    for number, service in enumerate(ids(told["services"])):
        documents, lines = sources["places"][number]
        pairs = [
            (action, events[event])
            for action, side in (("send", "sends"), ("receive", "receives"))
            for event in accumulate(told[side][number])
        ]
        assert len(lines) == len(pairs)
        for place, (action, event) in enumerate(pairs):
            document = documents[place if len(documents) > 1 else 0]
            repository, path = sources["documents"][document]
            source = Location(repository, path, lines[place])
            assert any(
                (service, action, event) == each[:3] and each[3]._replace(column=0) == source
                for each in known
            )
            count += 1
    assert count == sum(len(each.sends) + len(each.receives) for each in catalog.services)


def test_the_order_of_what_is_given_changes_nothing() -> None:
    catalog = catalogue("a sends x", "b receives x", "b sends y", "a receives y")
    turned = replace(
        catalog,
        events=catalog.events[::-1],
        repositories=catalog.repositories[::-1],
    )
    assert packed_map(turned, {}, {}) == packed_map(catalog, {}, {})


@pytest.mark.parametrize("name", ["OrderPlaced", "HTTPServer2", "orders.v1/Order placed!"])
def test_most_ids_are_told_by_their_names(name: str) -> None:
    assert plain_id(name) == slug(name)


def test_an_id_that_its_name_does_not_tell_is_told() -> None:
    catalog = catalogue("a sends x", events=(Event("x-2", "X"), Event("x-266125d", "注文")))
    told, _ = unpacked(catalog)
    assert sorted(ids(told["events"])) == ["x", "x-2", "x-266125d"]
