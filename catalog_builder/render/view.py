"""A catalogue as the pages look at it: relations by their ends, domains and teams as things."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from catalog_builder.graph import Flow
from catalog_builder.model import (
    Action,
    Belonging,
    Catalog,
    Change,
    ChangeKind,
    Commit,
    Event,
    Finding,
    Relation,
    Service,
    Side,
    slug,
    walk,
)
from catalog_builder.render.dictionary import Word, dictionary
from catalog_builder.render.originals import paths_of_originals
from catalog_builder.render.shared import Carried, Sharing, TypeKey, events_by_type, shared_fields
from catalog_builder.search import Alike, Entry, alike, entries_of

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Unit:
    """A domain or a team: what belongs to it."""

    id: str
    name: str
    services: tuple[Service, ...]
    events: tuple[Event, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class View:
    """A catalogue with its graph, looked at from all sides."""

    catalog: Catalog
    flow: Flow

    @cached_property
    def relations_of_event(self) -> Mapping[str, tuple[Relation, ...]]:
        """Relations by the id of their event."""
        return _grouped((each.event, each) for each in self.catalog.relations)

    @cached_property
    def relations_of_service(self) -> Mapping[str, tuple[Relation, ...]]:
        """Relations by the id of their service."""
        return _grouped((each.service, each) for each in self.catalog.relations)

    @cached_property
    def relations_of_channel(self) -> Mapping[str, tuple[Relation, ...]]:
        """Relations by the id of their channel."""
        return _grouped((each.channel, each) for each in self.catalog.relations)

    @cached_property
    def events_of_channel(self) -> Mapping[str, tuple[Event, ...]]:
        """Events by the id of a channel they pass through."""
        return _grouped((id_, each) for each in self.catalog.events for id_ in each.channels)

    @cached_property
    def events_by_name(self) -> Mapping[str, tuple[Event, ...]]:
        """Events by their name."""
        return _grouped((each.name, each) for each in self.catalog.events)

    @cached_property
    def apart(self) -> Mapping[str, str]:
        """By the id of an event what tells it from others of its name: where it passes through."""
        every = _grouped((each.called, each) for each in self.catalog.events)
        found = {}
        for namesakes in (each for each in every.values() if len(each) > 1):
            channels = {each.id: each.channels[0] for each in namesakes if each.channels}
            through = {id_: self.catalog.channel[each] for id_, each in channels.items()}
            many = Counter(each.address for each in through.values())
            for id_, channel in through.items():
                protocol = channel.protocol if many[channel.address] > 1 else ""
                found[id_] = f"{channel.address} {protocol}".strip()
        return found

    @cached_property
    def has_domains(self) -> bool:
        """Whether there are domains between which anything could flow."""
        return len(self.domains) > 1

    def called(self, event: str) -> str:
        """The name of an event, and what tells it from others of that name."""
        return f"{self.catalog.event[event].called} {self.apart.get(event, '')}".strip()

    @cached_property
    def findings_of_event(self) -> Mapping[str, tuple[Finding, ...]]:
        """Findings by the id of the event they concern."""
        return _grouped((each.event, each) for each in self.catalog.findings if each.event)

    @cached_property
    def findings_of_service(self) -> Mapping[str, tuple[Finding, ...]]:
        """Findings that concern a service, or a place in one of its documents."""
        at = {
            (link.location.repository, link.location.path): service.id
            for service in self.catalog.services
            for link in service.documents
        }
        return _grouped(
            (service, each)
            for each in self.catalog.findings
            if (
                service := each.service
                or at.get((each.location.repository, each.location.path), "")
            )
        )

    @cached_property
    def findings_by_code(self) -> Mapping[str, tuple[Finding, ...]]:
        """Findings by their code."""
        return _grouped((each.code, each) for each in self.catalog.findings)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Everything that happened to events, newest first."""
        return tuple(each for each in self.catalog.changes if each.kind is not ChangeKind.KNOWN)

    @cached_property
    def versions_of_event(self) -> Mapping[str, tuple[Change, ...]]:
        """By the id of an event the changes that made its versions, newest first."""
        return _grouped((each.event, each) for each in self.catalog.changes if each.event)

    @cached_property
    def last_change_of_document(self) -> Mapping[tuple[str, str], Commit]:
        """The last commit that changed a document, by repository and path."""
        return {
            (link.location.repository, link.location.path): link.changed
            for service in self.catalog.services
            for link in service.documents
            if link.changed
        }

    @cached_property
    def asyncapi_of_document(self) -> Mapping[tuple[str, str], str]:
        """The version of AsyncAPI that a document is written in, by repository and path."""
        return {
            (link.location.repository, link.location.path): link.asyncapi
            for service in self.catalog.services
            for link in service.documents
        }

    def broken_by(self, change: Change) -> tuple[Service, ...]:
        """The services that a breaking change concerns, as far as they say what they read.

        Who says for itself which fields it reads is left out where none of these is among them.
        """
        event = self.catalog.event.get(change.event)
        if event is None or not change.is_breaking:
            return ()
        ids = event.producers if change.side is Side.PRODUCERS else event.consumers
        spared = set() if change.side is Side.PRODUCERS else _spared(event, change)
        return tuple(
            self.catalog.service[each]
            for each in ids
            if each != change.service and each not in spared
        )

    @cached_property
    def domains(self) -> tuple[Unit, ...]:
        """Every domain that is named anywhere, by name."""
        return self._units("domain")

    @cached_property
    def teams(self) -> tuple[Unit, ...]:
        """Every team that is named anywhere, by name."""
        return self._units("team")

    @cached_property
    def domain(self) -> Mapping[str, Unit]:
        """Domains by id."""
        return {unit.id: unit for unit in self.domains}

    @cached_property
    def team(self) -> Mapping[str, Unit]:
        """Teams by id."""
        return {unit.id: unit for unit in self.teams}

    @cached_property
    def domain_id(self) -> Mapping[str, str]:
        """Id of a domain by its name."""
        return {unit.name: unit.id for unit in self.domains}

    @cached_property
    def team_id(self) -> Mapping[str, str]:
        """Id of a team by its name."""
        return {unit.name: unit.id for unit in self.teams}

    def protocols_of(self, event: Event) -> tuple[str, ...]:
        """Protocols of the channels an event passes through, sorted."""
        channels = (self.catalog.channel[each] for each in event.channels)
        return tuple(sorted({each.protocol for each in channels if each.protocol}))

    @cached_property
    def fields(self) -> tuple[Word, ...]:
        """Every name of a field, with what it means in the events that carry it."""
        return dictionary(self.catalog.events)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """What can be found of the catalogue."""
        return tuple(entries_of(self.catalog, self.team_id, self.domain_id))

    @cached_property
    def alike(self) -> Mapping[str, tuple[Alike, ...]]:
        """The events most like an event, by its id."""
        return alike(self.entries)

    @cached_property
    def shared_fields(self) -> Mapping[str, Carried]:
        """The names of fields that more than one event carries."""
        return shared_fields(self.fields)

    @cached_property
    def events_by_type(self) -> Mapping[TypeKey, Sharing]:
        """The events that carry each named type."""
        return events_by_type(self.catalog.events)

    @cached_property
    def originals(self) -> Mapping[tuple[str, str], str]:
        """Where each specification lies in the site, by repository and path."""
        return paths_of_originals(self.asyncapi_of_document)

    def settle(self) -> None:
        """Whatever is asked of the whole is known from now on, to processes forked later too."""
        for whole in (self.catalog, self):
            for name, known in vars(type(whole)).items():
                if isinstance(known, cached_property):
                    getattr(whole, name)

    def relations(self, event: Event, action: Action) -> tuple[Relation, ...]:
        """Those who send, or receive, an event."""
        every = self.relations_of_event.get(event.id, ())
        return tuple(each for each in every if each.action is action)

    def _units(self, kind: str) -> tuple[Unit, ...]:
        def name_of(each: Service | Event) -> str:
            belonging: Belonging = getattr(each, kind)
            return belonging.name

        services = _grouped((name_of(each), each) for each in self.catalog.services)
        events = _grouped((name_of(each), each) for each in self.catalog.events)
        names = sorted({*services, *events} - {""}, key=lambda name: (name.casefold(), name))
        ids = _distinct(names)
        return tuple(
            Unit(
                ids[name],
                name,
                services.get(name, ()),
                events.get(name, ()),
                tuple(
                    finding
                    for service in services.get(name, ())
                    for finding in self.findings_of_service.get(service.id, ())
                ),
            )
            for name in names
        )


def _spared(event: Event, change: Change) -> set[str]:
    """Consumers that say what they read, and do not read what a change breaks."""
    broken = [each for each in change.differences if change.side in each.breaks]
    if any(each.part != "payload" or not each.path for each in broken):
        return set()
    return {
        service
        for expectation in event.expectations
        if not any(
            _touches(placed.path, each.path)
            for placed in walk(expectation.shape)
            for each in broken
        )
        for service in expectation.services
    }


def _touches(read: str, broken: str) -> bool:
    """Whether a field that is read is the broken one, or stands in it."""
    return read == broken or read.startswith((f"{broken}.", f"{broken}[", f"{broken}{{"))


def _distinct(names: Iterable[str]) -> dict[str, str]:
    """Names with slugs of their own: the first keeps the plain one."""
    ids: dict[str, str] = {}
    for name in names:
        wanted, number = slug(name), 2
        while wanted in ids.values():
            wanted, number = f"{slug(name)}-{number}", number + 1
        ids[name] = wanted
    return ids


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}
