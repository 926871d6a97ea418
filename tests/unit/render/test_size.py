"""No page grows with the catalogue: what is left out stands in tables, whose rows lie beside."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from catalog_builder.graph import Flow
from catalog_builder.model import (
    Belonging,
    Catalog,
    DocumentLink,
    Event,
    Field,
    Finding,
    Location,
    Service,
    Severity,
    Shape,
    SharedChannel,
    SourceState,
)
from catalog_builder.render import View, diagrams, render
from catalog_builder.templates import Templates
from tests.catalogues import catalogue

ONE = Belonging("one")
SAME = Field("same", "Same", type_name="Same", fields=(Field("id", "string"),))


def estate(count: int) -> Catalog:
    """Everything that can be many, `count` times, around one service, channel, domain and team."""
    place = Location("hub", "asyncapi.yaml", 1)
    names = [f"{each:04}" for each in range(1000, 1000 + count)]
    documents = (DocumentLink(Location("hub", "asyncapi.yaml"), "3.0.0"),)
    services = [
        Service("hub", "Hub", domain=ONE, team=ONE, documents=documents),
        *(Service(f"s{each}", f"S{each}", domain=ONE, team=ONE) for each in names),
        *(
            Service(f"d{each}", f"D{each}", domain=Belonging(each), team=Belonging(each))
            for each in names
        ),
        *(Service(f"h{each}", f"H{each}") for each in names),
    ]
    events = [
        Event(
            f"e{each}",
            f"E{each}",
            domain=ONE,
            team=ONE,
            shape=Shape(fields=(Field(f"f{each}", "string"), SAME)),
        )
        for each in names
    ]
    events += [
        Event(each, each, domain=ONE, team=ONE, shape=Shape(fields=(SAME,)))
        for each in ("sent", "read")
    ]
    made = catalogue(
        *(f"hub sends e{each}" for each in names),
        *(f"s{each} receives e{each}" for each in names),
        *(f"d{each} sends e{each}" for each in names),
        *(f"h{each} sends e{each}" for each in names),
        *(f"{each.id} sends sent" for each in services),
        *(f"{each.id} receives read" for each in services),
        services=services,
        events=events,
        channels=[
            SharedChannel("all", "all", sends=tuple(f"s{each}" for each in names)),
            *(SharedChannel(each, each) for each in names),
        ],
        findings=[
            Finding("event-without-owner", Severity.ERROR, each, "", place, service, event)
            for each in names
            for service, event in (("", ""), ("hub", "read"))
        ],
    )
    relations = tuple(each._replace(channel="all") for each in made.relations)
    sources = tuple(SourceState(each, (each,), 1, "read") for each in names)
    shared = tuple(
        replace(each, channels=("all", *names) if each.id == "read" else ("all",))
        for each in made.events
    )
    return replace(made, relations=relations, sources=sources, events=shared)


def pages(count: int) -> dict[str, int]:
    made = estate(count)
    view = View(made, Flow(made))
    files = render(view, Templates(), directory_urls=False, pictures={}, contents={})
    return {page.path: len(page.body().html) for page in files.pages if page.path in PATHS}


def diagram_sizes(count: int) -> dict[str, int]:
    made = estate(count)
    graphs = {
        path: graph() for path, graph in diagrams(View(made, Flow(made)), directory_urls=False)
    }
    return {
        path: len(graphs[path].nodes) + len(graphs[path].edges) for path in PATHS if path in graphs
    }


PATHS = (
    "index.md",
    "events/index.md",
    "events/read.md",
    "events/sent.md",
    "services/index.md",
    "services/hub.md",
    "channels/index.md",
    "channels/all.md",
    "fields/index.md",
    "domains/index.md",
    "domains/one.md",
    "teams/index.md",
    "teams/one.md",
    "map/index.md",
    "changes/index.md",
    "health/index.md",
)


@pytest.fixture(scope="module")
def sizes() -> tuple[dict[str, int], dict[str, int]]:
    return pages(210), pages(630)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_of_three_times_as_much_is_as_long(
    sizes: tuple[dict[str, int], dict[str, int]], path: str
) -> None:
    small, large = sizes
    assert large[path] < 1.02 * small[path] + 200


def test_a_diagram_of_three_times_as_much_is_as_large() -> None:
    small, large = diagram_sizes(210), diagram_sizes(630)
    assert {path: size for path, size in small.items() if large[path] > size + 1} == {}
    assert max(large.values()) < 100


def test_the_page_of_an_event_is_small_on_the_wire(site: Path) -> None:
    sizes = {
        str(path.relative_to(site)): len(gzip.compress(path.read_bytes()))
        for path in site.glob("events/*.html")
    }
    assert len(sizes) > 80
    assert {path: size for path, size in sizes.items() if size > 25_000} == {}
