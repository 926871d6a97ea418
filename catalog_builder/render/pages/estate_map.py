"""The map: a page that draws itself, and without JavaScript a picture and a table."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalog_builder.files import Page
from catalog_builder.model import Service
from catalog_builder.render.diagrams import estate_diagram
from catalog_builder.render.kit import Diagrams, Kit, graph
from catalog_builder.render.links import MAP, Links, links_from
from catalog_builder.render.map import DATA, SOURCES, map_assets
from catalog_builder.render.view import View

SECTION = "Map"
_MOST_ROWS = 200


def pages(kit: Kit) -> Iterator[Page]:
    """One page."""
    yield kit.page(
        MAP,
        "map.html",
        _values,
        title=SECTION,
        description=f"What depends on what in {kit.catalog.title}: landscape, focus, matrix, table",
        section=SECTION,
        is_index=True,
        wide=True,
    )


def diagrams(view: View, *, directory_urls: bool) -> Diagrams:
    """Flows between domains, or between services."""
    yield MAP, graph(estate_diagram, view, links_from(MAP, directory_urls=directory_urls))


def _values(kit: Kit, links: Links) -> Mapping[str, Any]:
    assets = map_assets(kit.templates)
    noun = "domain" if kit.view.has_domains else "service"
    pairs = [] if kit.view.has_domains else _pairs(kit.view)
    flows = sorted(
        (each for each in kit.view.flow.domain_flows() if each.source != each.target),
        key=lambda each: (-len(each.events), each.source, each.target),
    )
    return {
        "style": links.file(assets.style.path),
        "scripts": [links.file(assets.script.path), links.file(DATA)],
        "sources": SOURCES,
        "suffix": "/" if kit.directory_urls else ".html",
        "noun": noun,
        "flows": flows[:_MOST_ROWS],
        "pairs": pairs[:_MOST_ROWS],
        "hidden": max(len(pairs or flows) - _MOST_ROWS, 0),
        "picture": kit.picture(MAP, f"Which {noun} sends events to which"),
    }


def _pairs(view: View) -> list[tuple[Service, Service, int]]:
    """Who sends whom how many kinds of event, the most first."""
    service = view.catalog.service
    found = [
        (sender, service[link.service], len(link.events))
        for sender in view.catalog.services
        for link in view.flow.downstream_of(sender.id)
    ]
    return sorted(found, key=lambda pair: (-pair[2], pair[0].id, pair[1].id))
