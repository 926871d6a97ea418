"""The joined catalogue: services, channels and events, and who does what with which."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from catalog_builder.model.document import Action, Contact, Deprecation, Example, Parameter, Server
from catalog_builder.model.finding import Finding
from catalog_builder.model.history import Change, Commit
from catalog_builder.model.place import Location, Repository, Viewpoint
from catalog_builder.model.registered import Subject
from catalog_builder.model.schema import Json, Payload, Shape
from catalog_builder.model.slug import without_package
from catalog_builder.model.source import SourceState

_NO_BINDINGS: Mapping[str, Json] = {}


class Confidence(StrEnum):
    """How sure a join is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    GUESS = "guess"


@dataclass(frozen=True, slots=True)
class Join:
    """Why a relation is believed: the rule's code, the reason in words, how sure it is."""

    rule: str
    reason: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Belonging:
    """A domain, team, lifecycle or version, and where that was said (in words)."""

    name: str = ""
    source: str = ""

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return bool(self.name)


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A document of a service."""

    location: Location
    asyncapi: str
    viewpoint: Viewpoint = Viewpoint.APPLICATION
    copies: tuple[Location, ...] = ()
    """Other places of a byte-identical file."""
    changed: Commit | None = None
    """The last commit that changed it; None: nothing tells."""


@dataclass(frozen=True, slots=True)
class Service:
    """An application that sends or receives."""

    id: str
    name: str
    version: str = ""
    description: str = ""
    domain: Belonging = Belonging()
    team: Belonging = Belonging()
    contact: Contact | None = None
    tags: tuple[str, ...] = ()
    external_docs: str = ""
    documents: tuple[DocumentLink, ...] = ()
    sends: tuple[str, ...] = ()
    """Ids of events, sorted."""
    receives: tuple[str, ...] = ()
    """Ids of events, sorted."""


@dataclass(frozen=True, slots=True)
class SharedChannel:
    """A channel as the whole estate sees it."""

    id: str
    address: str
    """Empty when no document knows it."""
    protocol: str = ""
    title: str = ""
    description: str = ""
    servers: tuple[Server, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    bindings: Mapping[str, Json] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    external_docs: str = ""
    extensions: Mapping[str, Json] = field(default_factory=dict)
    """`x-` keys, those of the first document that has each."""
    sends: tuple[str, ...] = ()
    """Ids of the services that send to it, sorted."""
    receives: tuple[str, ...] = ()
    """Ids of the services that receive from it, sorted."""
    delivers_to: tuple[str, ...] = ()
    """Ids of the channels that its messages arrive at too, as the configuration says; sorted."""
    delivered_from: tuple[str, ...] = ()
    """Ids of the channels whose messages arrive here too, as the configuration says; sorted."""
    source: Location = field(default_factory=lambda: Location(""))
    """Where its description stands; of one without, where it stands in the first document."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What consumers say for themselves that they read of an event."""

    services: tuple[str, ...]
    """Ids of the consumers that say just this, sorted."""
    shape: Shape


@dataclass(frozen=True, slots=True)
class Event:
    """A message that services exchange, as its owner describes it."""

    id: str
    name: str
    title: str = ""
    summary: str = ""
    description: str = ""
    version: Belonging = Belonging()
    lifecycle: Belonging = Belonging()
    """Name is empty (nothing said), `deprecated`, or what the document says, in lower case."""
    deprecation: Deprecation | None = None
    domain: Belonging = Belonging()
    team: Belonging = Belonging()
    owner: str = ""
    """Id of the service whose description this is."""
    content_type: str = ""
    payload: Payload | None = None
    headers: Payload | None = None
    key: Payload | None = None
    shape: Shape = field(default_factory=Shape)
    header_shape: Shape = field(default_factory=Shape)
    correlation_id: str = ""
    bindings: Mapping[str, Json] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    external_docs: str = ""
    examples: tuple[Example, ...] = ()
    extensions: Mapping[str, Json] = field(default_factory=dict)
    """`x-` keys."""
    channels: tuple[str, ...] = ()
    """Ids, sorted."""
    producers: tuple[str, ...] = ()
    """Ids of services, sorted."""
    consumers: tuple[str, ...] = ()
    """Ids of services, sorted."""
    source: Location = field(default_factory=lambda: Location(""))
    """Where its description stands."""
    identity: str = ""
    """Name of its schema: Avro full name, Protobuf message, JSON Schema `$id`."""
    expectations: tuple[Expectation, ...] = ()
    """Of the consumers whose documents have a payload of it; the same shape is there once."""
    registered: tuple[Subject, ...] = ()
    """Subjects of schema registries that hold its schema, sorted."""
    payload_of: Subject | None = None
    """The one that its payload is of; None: it is of a document, or there is none."""

    @property
    def called(self) -> str:
        """The name as people say it: without the package that languages put before it."""
        return without_package(self.name)

    @property
    def is_deprecated(self) -> bool:
        """Whether its owner says that it should no longer be used."""
        return self.deprecation is not None or self.lifecycle.name == "deprecated"


class Relation(NamedTuple):  # there are so many, and nothing is made more quickly
    """One operation of one document with one of its messages."""

    service: str
    action: Action
    event: str
    channel: str
    operation: str
    join: Join
    source: Location
    reply: bool = False
    """Whether this is the answer of a request."""
    reply_address: str = ""
    """Runtime expression of where the answer to it goes; empty: nothing says."""
    security: tuple[str, ...] = ()
    """Names of the security schemes."""
    bindings: Mapping[str, Json] = _NO_BINDINGS
    """Of the operation: a consumer group, for example."""

    def __hash__(self) -> int:
        """Of all but the bindings, which have none and come last."""
        return hash(self[:-1])

    @property
    def order(self) -> tuple[str, str, str, str, str, Location]:
        """Sorts relations."""
        return (self.service, self.action, self.event, self.channel, self.operation, self.source)


@dataclass(frozen=True)
class Catalog:
    """Everything known; tuples are sorted by id, or by `order` where there is none."""

    title: str
    description: str = ""
    repositories: tuple[Repository, ...] = ()
    services: tuple[Service, ...] = ()
    channels: tuple[SharedChannel, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    findings: tuple[Finding, ...] = ()
    changes: tuple[Change, ...] = ()
    """Newest first."""
    sources: tuple[SourceState, ...] = ()
    """What became of each source, sorted by what is written."""

    @cached_property
    def service(self) -> Mapping[str, Service]:
        """Services by id."""
        return {each.id: each for each in self.services}

    @cached_property
    def event(self) -> Mapping[str, Event]:
        """Events by id."""
        return {each.id: each for each in self.events}

    @cached_property
    def channel(self) -> Mapping[str, SharedChannel]:
        """Channels by id."""
        return {each.id: each for each in self.channels}

    @cached_property
    def repository(self) -> Mapping[str, Repository]:
        """Repositories by name."""
        return {each.name: each for each in self.repositories}

    def link_to(self, location: Location) -> str:
        """Address of a place on its forge; empty when there is none."""
        repository = self.repository.get(location.repository)
        return repository.link_to(location.path, location.line) if repository else ""

    def edit_link_to(self, location: Location) -> str:
        """Address where a file is edited on its forge; empty when there is none."""
        repository = self.repository.get(location.repository)
        return repository.edit_link_to(location.path, location.line) if repository else ""

    def link_to_commit(self, location: Location, commit: Commit) -> str:
        """Address of a commit on its forge, else of a file as it left it; empty: there is none."""
        repository = self.repository.get(location.repository)
        if repository is None:
            return ""
        address = repository.link_to_commit(commit.id)
        return address or repository.link_to(location.path, commit=commit.id)
