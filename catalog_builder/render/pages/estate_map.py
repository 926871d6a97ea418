"""The map: a page that draws itself, and without JavaScript a picture and a table."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalog_builder.files import Page
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
    """Flows between domains."""
    yield MAP, graph(estate_diagram, view, links_from(MAP, directory_urls=directory_urls))


def _values(kit: Kit, links: Links) -> Mapping[str, Any]:
    assets = map_assets(kit.templates)
    flows = sorted(
        (each for each in kit.view.flow.domain_flows() if each.source != each.target),
        key=lambda each: (-len(each.events), each.source, each.target),
    )
    return {
        "style": links.file(assets.style.path),
        "scripts": [links.file(assets.script.path), links.file(DATA)],
        "sources": SOURCES,
        "suffix": "/" if kit.directory_urls else ".html",
        "flows": flows[:_MOST_ROWS],
        "hidden": len(flows) - len(flows[:_MOST_ROWS]),
        "picture": kit.picture(MAP, "Which domain sends events to which"),
    }
