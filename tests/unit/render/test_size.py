"""No page grows with the catalogue: what is left out stands in tables, whose rows lie beside."""

from dataclasses import replace

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
from catalog_builder.render import View, render
from catalog_builder.templates import Templates
from tests.catalogues import catalogue

ONE = Belonging("one")


def estate(count: int) -> Catalog:
    """Everything that can be many, `count` times, around one service, channel, domain and team."""
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
            shape=Shape(fields=(Field(f"f{each}", "string"),)),
        )
        for each in names
    ]
    made = catalogue(
        *(f"hub sends e{each}" for each in names),
        *(f"s{each} receives e{each}" for each in names),
        *(f"d{each} sends e{each}" for each in names),
        *(f"h{each} sends e{each}" for each in names),
        services=services,
        events=events,
        channels=[SharedChannel("all", "all", sends=tuple(f"s{each}" for each in names))],
        findings=[
            Finding(
                "event-without-owner", Severity.ERROR, each, "", Location("hub", "asyncapi.yaml", 1)
            )
            for each in names
        ],
    )
    relations = tuple(replace(each, channel="all") for each in made.relations)
    sources = tuple(SourceState(each, (each,), 1, "read") for each in names)
    shared = tuple(replace(each, channels=("all",)) for each in made.events)
    return replace(made, relations=relations, sources=sources, events=shared)


def pages(count: int) -> dict[str, int]:
    made = estate(count)
    view = View(made, Flow(made))
    files = render(view, Templates(), directory_urls=False, pictures={}, contents={})
    return {page.path: len(page.body().html) for page in files.pages if page.path in PATHS}


PATHS = (
    "index.md",
    "events/index.md",
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
