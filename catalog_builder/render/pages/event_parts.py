"""What the page of an event tells besides the event itself: who, since when, what is shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from catalog_builder.model import (
    Action,
    Change,
    Confidence,
    Event,
    PlacedField,
    Relation,
    Service,
    walk,
)
from catalog_builder.render.links import Links
from catalog_builder.render.listed import Listed, listed
from catalog_builder.render.neighbours import markdown_path
from catalog_builder.render.pages.changes import Told, told
from catalog_builder.render.shared import NAMED, types_of
from catalog_builder.render.view import View

_FORMER_SHOWN = 5
_MOST_READ = 12
_SIDES = 40
_PLACES = 12


@dataclass(frozen=True, slots=True)
class Reads:
    """The fields that a consumer's own document names."""

    paths: tuple[str, ...] = ()
    """The first of them."""
    more: int = 0
    """How many there are besides."""
    count: int = 0
    is_all: bool = False
    """Whether they are all that the event has."""


_UNTOLD = Reads()


@dataclass(frozen=True, slots=True)
class Side:
    """A service that sends or reads an event, with the places that say so."""

    service: Service
    relations: Listed[Relation]
    reasons: tuple[tuple[str, Confidence], ...]
    """Why it is believed, in words, and how sure that is."""
    address: str
    """Of the service's page."""
    reads: Reads


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an event, by the change that made it."""

    change: Change
    told: Sequence[Told]
    """What departs from the version before."""
    services: tuple[Service, ...]
    """Whom it breaks."""
    fields: tuple[PlacedField, ...]
    """All it had; empty for the present version, and for old ones."""


@dataclass(frozen=True, slots=True)
class SharedType:
    """A named type that other events carry as well."""

    name: str
    fields: tuple[str, ...]
    events: tuple[Event, ...]
    """Some of these."""
    more: str
    """How many there are besides, roughly; empty: none."""


def versions_of(view: View, event: Event) -> list[Version]:
    """An event's versions, newest first."""
    return [
        Version(
            change,
            told(change.differences, change.side),
            view.broken_by(change),
            tuple(walk(change.shape)) if 0 < number <= _FORMER_SHOWN else (),
        )
        for number, change in enumerate(view.versions_of_event.get(event.id, ()))
    ]


def shared_types(view: View, event: Event) -> list[SharedType]:
    """The named types that other events have as well."""
    found = []
    for key in types_of(event):
        sharing = view.events_by_type[key]
        others = [each for each in sharing.first if each != event.id][:NAMED]
        if others:
            events = tuple(view.catalog.event[each] for each in others)
            found.append(SharedType(key[0], key[1:], events, sharing.more))
    return found


def sides(view: View, event: Event, action: Action, links: Links) -> Listed[Side]:
    """Those who send, or read, an event: an entry for each service."""
    every: dict[str, list[Relation]] = {}
    for relation in view.relations(event, action):
        every.setdefault(relation.service, []).append(relation)
    shown = islice(every.items(), _SIDES)
    reads = _reads(event) if action is Action.RECEIVE else {}
    return Listed(
        tuple(
            Side(
                view.catalog.service[id_],
                places := listed(relations, _PLACES),
                tuple(sorted({(each.join.reason, each.join.confidence) for each in places})),
                links.service(id_),
                reads.get(id_, _UNTOLD),
            )
            for id_, relations in shown
        ),
        len(every),
        links.file(markdown_path(event)),
    )


def _reads(event: Event) -> Mapping[str, Reads]:
    """What each of the consumers reads that say so, by their ids."""
    said: dict[str, dict[str, None]] = {}
    for each in event.expectations:
        paths = dict.fromkeys(placed.path for placed in walk(each.shape))
        for service in each.services:
            said[service] = said.get(service, {}) | paths
    known = {placed.path for placed in walk(event.shape)} if said else set()
    return {
        service: Reads(
            tuple(islice(paths, _MOST_READ)),
            max(len(paths) - _MOST_READ, 0),
            len(paths),
            paths.keys() == known,
        )
        for service, paths in said.items()
    }


def successor_of(view: View, event: Event) -> Event | None:
    """The event that a deprecated one names: by name, the nearest in domain first; else by id."""
    wanted = event.deprecation.successor if event.deprecation else ""
    if not wanted:
        return None
    named = sorted(
        view.events_by_name.get(wanted, ()),
        key=lambda each: (each.domain.name != event.domain.name, each.id),
    )
    return named[0] if named else view.catalog.event.get(wanted)
