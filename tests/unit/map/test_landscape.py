"""Where everything stands on the map."""

import time
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from math import hypot
from random import Random
from statistics import median

import pytest

from catalog_builder.map import Landscape, landscape_of
from catalog_builder.model import Belonging, Catalog, Event, Service


def estate(domains: int, services: int, seed: int = 1) -> Catalog:
    """Domains of very different sizes, whose services send each other events."""
    random = Random(seed)  # noqa: S311  nothing secret
    weights = [1 / (1 + number) for number in range(domains)]
    belongs = random.choices(range(domains), weights, k=services)
    known = tuple(
        Service(
            f"service-{number:04}",
            f"Service {number}",
            domain=Belonging(f"domain {home}"),
            team=Belonging(f"team {home}.{number % 3}"),
        )
        for number, home in enumerate(belongs)
    )
    ids = [each.id for each in known]
    events = tuple(
        Event(
            f"event-{number:05}",
            f"Event{number}",
            producers=(random.choice(ids),),
            consumers=tuple(sorted(set(random.choices(ids, k=random.randint(0, 4))))),
        )
        for number in range(3 * services)
    )
    return Catalog("Estate", services=known, events=events)


def without(catalog: Catalog, id_: str) -> Catalog:
    def rest(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(each for each in ids if each != id_)

    return replace(
        catalog,
        services=tuple(each for each in catalog.services if each.id != id_),
        events=tuple(
            replace(each, producers=rest(each.producers), consumers=rest(each.consumers))
            for each in catalog.events
        ),
    )


def places(landscape: Landscape) -> dict[str, tuple[float, float]]:
    return {each.service: (each.x, each.y) for each in landscape.spots}


@pytest.mark.parametrize(("domains", "services"), [(1, 1), (2, 5), (8, 40), (28, 400), (60, 90)])
def test_nothing_lies_over_anything_else(domains: int, services: int) -> None:
    found = landscape_of(estate(domains, services))
    for one, other in combinations(found.bubbles, 2):
        assert hypot(one.x - other.x, one.y - other.y) > one.radius + other.radius + 29
    for here, there in combinations(places(found).values(), 2):
        assert hypot(here[0] - there[0], here[1] - there[1]) > 35


def test_every_service_stands_in_its_own_bubble() -> None:
    catalog = estate(12, 150)
    found = landscape_of(catalog)
    bubble = {each.name: each for each in found.bubbles}
    for spot in found.spots:
        own = bubble[catalog.service[spot.service].domain.name]
        assert hypot(spot.x - own.x, spot.y - own.y) < own.radius


def test_the_order_of_services_and_events_changes_nothing() -> None:
    catalog = estate(10, 80)
    turned = replace(catalog, services=catalog.services[::-1], events=catalog.events[::-1])
    assert landscape_of(turned) == landscape_of(catalog)


def test_a_service_that_comes_moves_the_others_little() -> None:
    catalog = estate(20, 300)
    after = landscape_of(catalog)
    width = max(each.x + each.radius for each in after.bubbles) * 2
    moved = []
    for service in Random(3).sample(catalog.services, 25):  # noqa: S311  nothing secret
        before, now = places(landscape_of(without(catalog, service.id))), places(after)
        moved += [hypot(now[id_][0] - x, now[id_][1] - y) / width for id_, (x, y) in before.items()]
    moved.sort()
    assert median(moved) < 0.005
    assert moved[int(0.9 * len(moved))] < 0.05


def test_services_of_one_team_stand_together() -> None:
    catalog = estate(2, 120)
    found = places(landscape_of(catalog))
    near: list[float] = []
    far: list[float] = []
    for one, other in combinations(catalog.services, 2):
        if one.domain == other.domain:
            distance = hypot(*(a - b for a, b in zip(found[one.id], found[other.id], strict=True)))
            (near if one.team == other.team else far).append(distance)
    assert sum(near) / len(near) < 0.8 * sum(far) / len(far)


def test_where_no_domain_is_known_teams_are_the_bubbles() -> None:
    services = tuple(
        Service(f"s{number}", "", team=Belonging(f"team {number % 3}")) for number in range(9)
    )
    found = landscape_of(Catalog("Estate", services=services))
    assert found.grouping == "team"
    assert [each.name for each in found.bubbles] == ["team 0", "team 1", "team 2"]


@pytest.mark.parametrize(
    ("services", "grouping"), [(2, "service"), (60, "service"), (61, "domain")]
)
def test_where_neither_domains_nor_teams_are_known_a_few_services_stand_for_themselves(
    services: int, grouping: str
) -> None:
    known = tuple(Service(f"s{number:02}", "") for number in range(services))
    found = landscape_of(Catalog("Estate", services=known))
    assert found.grouping == grouping
    assert [each.name for each in found.bubbles] == (
        [each.id for each in known] if grouping == "service" else [""]
    )


def test_services_without_a_domain_have_a_bubble_of_their_own() -> None:
    catalog = estate(3, 20)
    homeless = replace(catalog.services[0], domain=Belonging())
    found = landscape_of(replace(catalog, services=(homeless, *catalog.services[1:])))
    assert found.grouping == "domain"
    assert "" in [each.name for each in found.bubbles]


def test_an_empty_estate_has_an_empty_map() -> None:
    assert landscape_of(Catalog("Nothing")) == Landscape("domain", (), ())


def test_a_thousand_services_take_a_few_seconds_at_most() -> None:
    catalog = estate(30, 1000)
    began = time.process_time()
    landscape_of(catalog)
    assert time.process_time() - began < 3
