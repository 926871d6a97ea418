"""What hand-written pages may refer to by name."""

from collections.abc import Iterator, Mapping
from functools import partial

from catalog_builder.files import Named
from catalog_builder.model import Event, walk
from catalog_builder.render.kit import anchor
from catalog_builder.render.links import (
    channel_path,
    domain_path,
    event_path,
    service_path,
    team_path,
)
from catalog_builder.render.view import View


def named(view: View) -> tuple[Named, ...]:
    """Events with their fields, services, channels, domains and teams; of one name events first."""
    return tuple(_named(view))


def _named(view: View) -> Iterator[Named]:
    catalog = view.catalog
    for event in catalog.events:
        names = (event.called, event.name, event.id)
        yield Named("event", event.called, event_path(event.id), names, partial(_fields, event))
    for service in catalog.services:
        own = (service.name, service.id)
        yield Named("service", service.name, service_path(service.id), own)
    for channel in catalog.channels:
        address = channel.address or channel.id
        yield Named("channel", address, channel_path(channel.id), (address, channel.id))
    for domain in view.domains:
        yield Named("domain", domain.name, domain_path(domain.id), (domain.name, domain.id))
    for team in view.teams:
        yield Named("team", team.name, team_path(team.id), (team.name, team.id))


def _fields(event: Event) -> Mapping[str, str]:
    """The anchor of each field by its path; of variants of one path the first one's."""
    found: dict[str, str] = {}
    for placed in walk(event.shape):
        if not placed.variant:
            joined = "" if placed.path.startswith(("[", "{")) else "."
            found.setdefault(placed.path, anchor(f"payload{joined}{placed.path}"))
    return found
