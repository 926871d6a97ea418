"""The page of one service, and the table of all."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from catalog_builder.files import Page
from catalog_builder.graph import Link
from catalog_builder.model import Action, Event, Service
from catalog_builder.render.diagrams import service_diagram
from catalog_builder.render.kit import Diagrams, Kit, graph
from catalog_builder.render.links import EVENTS, HEALTH, SERVICES, Links, links_from, service_path
from catalog_builder.render.listed import listed, narrowed
from catalog_builder.render.tables import Column, Table
from catalog_builder.render.text import plain_line
from catalog_builder.render.view import View

SECTION = "Services"
_LISTED = 40
_EVENTS_SHOWN = 60
_COLUMNS = (
    Column("name", "Service", "name"),
    Column("domain", "Domain", "link", facet=True),
    Column("team", "Team", "link", facet=True),
    Column("sends", "Sends", "number", hint="events"),
    Column("receives", "Reads", "number", hint="events"),
    Column("depends", "Depends on", "number", hint="services whose events it reads"),
    Column("dependents", "Depended on by", "number", hint="services that read its events"),
    Column("repository", "Repository", "text", facet=True, shown=False),
    Column("version", "Version", "text", shown=False),
)


def pages(kit: Kit) -> Iterator[Page]:
    """The table, then a page for each service."""
    yield kit.page(
        SERVICES,
        "services.html",
        lambda kit, links: {"table": kit.once(table)},  # noqa: ARG005  one shape for all
        title=SECTION,
        description=f"Every service of {kit.catalog.title}: what it sends, and what it reads.",
        section=SECTION,
        is_index=True,
        wide=True,
    )
    for service in kit.catalog.services:
        yield kit.page(
            service_path(service.id),
            "service.html",
            partial(_values, service),
            title=service.name,
            description=plain_line(service.description) or f"What {service.name} sends and reads.",
            section=SECTION,
            of=("catalog", "service", service.id),
        )


def diagrams(view: View, *, directory_urls: bool) -> Diagrams:
    """The graph of each service."""
    for service in view.catalog.services:
        path = service_path(service.id)
        links = links_from(path, directory_urls=directory_urls)
        yield path, graph(service_diagram, view, service, links)


def table(kit: Kit) -> Table:
    """Every service with what one looks for."""
    rows = tuple(_row(kit, each) for each in kit.catalog.services)
    return Table("services", "service", _COLUMNS, rows)


def _row(kit: Kit, service: Service) -> tuple[Any, ...]:
    root, view = Links("", kit.directory_urls), kit.view
    domain, team = service.domain.name, service.team.name
    return (
        (service.name, root.service(service.id), plain_line(service.description)),
        (domain, root.domain(view.domain_id[domain])) if domain else ("", ""),
        (team, root.team(view.team_id[team])) if team else ("", ""),
        len(service.sends),
        len(service.receives),
        len(view.flow.upstream_of(service.id)),
        len(view.flow.downstream_of(service.id)),
        ", ".join(sorted({each.location.repository for each in service.documents})),
        service.version,
    )


def _values(service: Service, kit: Kit, links: Links) -> Mapping[str, Any]:
    view = kit.view
    return {
        "service": service,
        "sends": listed(
            _exchanges(kit, service, Action.SEND),
            _EVENTS_SHOWN,
            narrowed(links.page(EVENTS), ("producers", [service.name])),
        ),
        "receives": listed(
            _exchanges(kit, service, Action.RECEIVE),
            _EVENTS_SHOWN,
            narrowed(links.page(EVENTS), ("consumers", [service.name])),
        ),
        "upstream": listed(_neighbours(kit, view.flow.upstream_of(service.id)), _LISTED),
        "downstream": listed(_neighbours(kit, view.flow.downstream_of(service.id)), _LISTED),
        "originals": [kit.original(each.location) for each in service.documents],
        "findings": listed(
            view.findings_of_service.get(service.id, ()), _LISTED, links.page(HEALTH)
        ),
        "picture": kit.picture(
            service_path(service.id),
            f"What {service.name} depends on, and what depends on it; the same as the lists below",
        ),
    }


def _exchanges(kit: Kit, service: Service, action: Action) -> list[tuple[Event, Sequence[str]]]:
    """Events that a service sends or receives, each with the channels it does so on."""
    channels: dict[str, set[str]] = {}
    for relation in kit.view.relations_of_service.get(service.id, ()):
        if relation.action is action:
            channels.setdefault(relation.event, set()).add(relation.channel)
    return [(kit.catalog.event[each], sorted(channels[each])) for each in sorted(channels)]


def _neighbours(kit: Kit, links: Sequence[Link]) -> list[tuple[Service, list[Event]]]:
    return [
        (kit.catalog.service[link.service], [kit.catalog.event[each] for each in link.events])
        for link in links
    ]
