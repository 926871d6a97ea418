"""The first page: what there is, what needs attention, and where to go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from catalog_builder.files import Page
from catalog_builder.model import Event
from catalog_builder.render.diagrams import estate_diagram
from catalog_builder.render.kit import Diagrams, Kit, graph
from catalog_builder.render.links import HEALTH, HOME, Links, links_from
from catalog_builder.render.pages.changes import in_one_line, recent
from catalog_builder.render.text import plain_line
from catalog_builder.render.view import View


@dataclass(frozen=True, slots=True)
class Attention:
    """Something to look at: how many, what they are, and the first of them."""

    title: str
    meaning: str
    count: int
    first: tuple[tuple[str, str], ...]
    """Names and addresses."""
    more: str
    """Address of all of them."""


_SHOWN = 5
_RECENT_SHOWN = 8


def pages(kit: Kit) -> Iterator[Page]:
    """One page."""
    yield kit.page(
        HOME,
        "home.html",
        _values,
        title="Home",
        description=plain_line(kit.catalog.description)
        or f"{kit.catalog.title}: who sends what, who reads it",
        is_index=True,
        wide=True,
    )


def diagrams(view: View, *, directory_urls: bool) -> Diagrams:
    """Flows between domains, or between services."""
    links = links_from(HOME, directory_urls=directory_urls)
    yield HOME, graph(estate_diagram, view, links)


def _values(kit: Kit, links: Links) -> Mapping[str, Any]:
    catalog, view = kit.catalog, kit.view
    noun = "domain" if view.has_domains else "service"
    return {
        "counts": [
            ("events", len(catalog.events), links.page("events/index.md")),
            ("services", len(catalog.services), links.page("services/index.md")),
            ("channels", len(catalog.channels), links.page("channels/index.md")),
            ("domains", len(view.domains), links.page("domains/index.md")),
            ("teams", len(view.teams), links.page("teams/index.md")),
        ],
        "noun": noun,
        "attention": list(_attention(kit, links)),
        "busiest": sorted(
            (each for each in catalog.events if each.consumers),
            key=lambda each: (-len(each.consumers), each.id),
        )[:6],
        "recent": [(each, in_one_line(each)) for each in recent(kit, _RECENT_SHOWN)],
        "picture": kit.picture(HOME, f"Which {noun} sends events to which"),
    }


def _attention(kit: Kit, links: Links) -> Iterator[Attention]:
    events = kit.catalog.events
    table = links.page("events/index.md")
    yield from _of_events(
        "Nobody reads them",
        "Sent, but no specification says that anyone receives them.",
        [each for each in events if each.producers and not each.consumers],
        (kit.view, links),
        f"{table}?state=nobody+reads+it",
    )
    yield from _of_events(
        "Nobody sends them",
        "Somebody waits for them, but no specification says that anyone sends them.",
        [each for each in events if each.consumers and not each.producers],
        (kit.view, links),
        f"{table}?state=nobody+sends+it",
    )
    yield from _of_events(
        "Deprecated, still read",
        "Their readers must move on before they can go.",
        [each for each in events if each.deprecation and each.consumers],
        (kit.view, links),
        f"{table}?lifecycle=deprecated&state=sent+and+read&state=nobody+sends+it",
    )
    unowned = [each for each in kit.catalog.services if not each.team]
    yield from _of(
        "Without an owner",
        "Nobody to talk to: no configuration, catalog-info.yaml or CODEOWNERS names a team.",
        [(each.name, links.service(each.id)) for each in unowned],
        links.page("teams/index.md", "without-a-team"),
    )
    suspects = kit.view.findings_by_code.get("viewpoint-suspect", ())
    yield from _of(
        "Perhaps the wrong way round",
        "Their loose ends would meet if sends and receives were swapped.",
        [(str(each.location), _health(links, each.code)) for each in suspects],
        _health(links, "viewpoint-suspect"),
    )
    errors = [each for each in kit.catalog.findings if each.severity.rank == 0]
    yield from _of(
        "Errors in specifications",
        "Read as far as they go; the rest is missing here.",
        [(each.message, _health(links, each.code)) for each in errors],
        f"{links.page(HEALTH)}?severity=error",
    )


def _health(links: Links, code: str) -> str:
    return f"{links.page(HEALTH)}?code={code}"


def _of_events(
    title: str, meaning: str, events: list[Event], way: tuple[View, Links], more: str
) -> Iterator[Attention]:
    view, links = way
    return _of(
        title, meaning, [(view.called(each.id), links.event(each.id)) for each in events], more
    )


def _of(title: str, meaning: str, things: list[tuple[str, str]], more: str) -> Iterator[Attention]:
    if things:
        yield Attention(title, meaning, len(things), tuple(things[:_SHOWN]), more)
