"""The kinds of page: a new kind is a module here and a line in `KINDS`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from catalog_builder.files import Page
from catalog_builder.render.kit import Diagrams, Kit
from catalog_builder.render.pages import (
    changes,
    channel,
    estate_map,
    event,
    field,
    health,
    home,
    service,
    similar,
    unit,
)
from catalog_builder.render.tables import Table
from catalog_builder.render.view import View


def _no_diagrams(view: View, *, directory_urls: bool) -> Diagrams:  # noqa: ARG001  one shape for all
    return iter(())


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: its pages, the graphs they show, and the tables whose rows lie beside."""

    pages: Callable[[Kit], Iterator[Page]]
    diagrams: Callable[..., Diagrams] = _no_diagrams
    tables: tuple[Callable[[Kit], Table], ...] = ()


KINDS = (
    Kind(home.pages, home.diagrams),
    Kind(event.pages, event.diagrams, (event.table,)),
    Kind(service.pages, service.diagrams, (service.table,)),
    Kind(channel.pages, channel.diagrams, (channel.table,)),
    Kind(field.pages, tables=(field.table,)),
    Kind(unit.domain_pages, unit.domain_diagrams, (unit.domain_table,)),
    Kind(unit.team_pages, unit.team_diagrams, (unit.team_table,)),
    Kind(estate_map.pages, estate_map.diagrams),
    Kind(similar.pages),
    Kind(changes.pages, tables=(changes.table,)),
    Kind(health.pages, tables=(health.table, health.source_table, health.document_table)),
)
"""In the order of the menu."""

__all__ = ["KINDS", "Kind"]
