"""Whether an event that somebody plans is there already."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalog_builder.files import Page
from catalog_builder.render.kit import Kit
from catalog_builder.render.links import SIMILAR, Links
from catalog_builder.render.search import similar_scripts

SECTION = "Before you create"


def pages(kit: Kit) -> Iterator[Page]:
    """One page."""
    yield kit.page(
        SIMILAR,
        "similar.html",
        _values,
        title=SECTION,
        description="Compare an event that you plan with those there are: reuse, extend or new.",
        section=SECTION,
        is_index=True,
        wide=True,
    )


def _values(kit: Kit, links: Links) -> Mapping[str, Any]:
    return {"scripts": [links.file(each.path) for each in similar_scripts(kit.templates)]}
