"""What can be found: events, services, channels, teams, domains and the owner's pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from catalog_builder.model import (
    Catalog,
    Event,
    PlacedField,
    Service,
    Shape,
    SharedChannel,
    walk,
)


class Kind(StrEnum):
    """Kinds of what can be found, in the order they are shown in when equally good."""

    EVENT = "event"
    FIELD = "field"
    SERVICE = "service"
    CHANNEL = "channel"
    TEAM = "team"
    DOMAIN = "domain"
    PAGE = "page"


class Occurrence(NamedTuple):
    """A field in its place, as one or several events have it.

    A named tuple, because an index looks each of them up by itself.
    """

    path: str
    type: str
    required: bool

    @property
    def name(self) -> str:
        """Its last step.

        >>> Occurrence("lines[].sku", "string", required=True).name
        'sku'
        """
        return self.path.rpartition(".")[2].rstrip("[]{}") or self.path


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found."""

    kind: Kind
    id: str
    """Unique among its kind; of a page its address."""
    name: str
    also: str = ""
    """Other names it goes by: title, tags, the full name of its schema."""
    line: str = ""
    """What it is, in one line."""
    text: str = ""
    """The rest that is said of it."""
    domain: str = ""
    team: str = ""
    lifecycle: str = ""
    protocols: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    """Ids."""
    producers: tuple[str, ...] = ()
    """Ids."""
    consumers: tuple[str, ...] = ()
    """Ids."""
    fields: tuple[Occurrence, ...] = ()
    deprecated: bool = False


def entries_of(
    catalog: Catalog, teams: Mapping[str, str], domains: Mapping[str, str]
) -> Iterator[Entry]:
    """Everything of a catalogue that can be found, but for its fields, which events carry.

    `teams` and `domains` are the ids of their pages by name.
    """
    protocols = {each.id: each.protocol for each in catalog.channels}
    yield from (_event(each, protocols) for each in catalog.events)
    yield from (_service(each) for each in catalog.services)
    yield from (_channel(each) for each in catalog.channels)
    yield from (Entry(Kind.TEAM, id_, name) for name, id_ in teams.items())
    yield from (Entry(Kind.DOMAIN, id_, name) for name, id_ in domains.items())


def occurrences_in(shape: Shape) -> tuple[Occurrence, ...]:
    """The fields of a payload in their places; a field of several variants once."""
    return _occurrences(tuple(walk(shape)))


def _occurrences(every: tuple[PlacedField, ...]) -> tuple[Occurrence, ...]:
    found: dict[str, Occurrence] = {}
    for placed in every:
        field = placed.field
        required = field.required and not placed.variant
        here = _occurrence(placed.path, field.type, field.format, required)
        if (known := found.get(placed.path)) is None:
            found[placed.path] = here
        elif known.required and not here.required:
            found[placed.path] = known._replace(required=False)
    return tuple(found.values())


@lru_cache(maxsize=65536)
def _occurrence(path: str, type_: str, format_: str, required: bool) -> Occurrence:  # noqa: FBT001  a key of a cache
    """Made once for all events that have it."""
    return Occurrence(path, f"{type_} ({format_})" if format_ else type_, required)


def _event(event: Event, protocols: Mapping[str, str]) -> Entry:
    also = (event.title, *event.tags, event.identity, event.name)
    fields = tuple(walk(event.shape))
    described = (placed.field.description for placed in fields)
    return Entry(
        Kind.EVENT,
        event.id,
        event.called or event.id,
        also=" ".join(part for part in dict.fromkeys(also) if part and part != event.called),
        line=event.summary,
        text=" ".join(part for part in (event.description, *described) if part),
        domain=event.domain.name,
        team=event.team.name,
        lifecycle="deprecated" if event.is_deprecated else event.lifecycle.name,
        protocols=tuple(sorted({protocols[each] for each in event.channels} - {""})),
        channels=event.channels,
        producers=event.producers,
        consumers=event.consumers,
        fields=_occurrences(fields),
        deprecated=event.is_deprecated,
    )


def _service(service: Service) -> Entry:
    return Entry(
        Kind.SERVICE,
        service.id,
        service.name or service.id,
        also=" ".join(service.tags),
        text=service.description,
        domain=service.domain.name,
        team=service.team.name,
    )


def _channel(channel: SharedChannel) -> Entry:
    return Entry(
        Kind.CHANNEL,
        channel.id,
        channel.address or channel.id,
        also=channel.title,
        text=channel.description,
        protocols=(channel.protocol,) if channel.protocol else (),
    )
