"""One specification file as it was read, in the words of AsyncAPI 3 whatever its version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from catalog_builder.model.place import Location, Repository, Target
from catalog_builder.model.schema import Json, Payload


class Action(StrEnum):
    """What the described application does."""

    SEND = "send"
    RECEIVE = "receive"

    @property
    def opposite(self) -> "Action":
        """The other side's action."""
        return Action.RECEIVE if self is Action.SEND else Action.SEND


@dataclass(frozen=True, slots=True)
class Checkout:
    """What a crawl brought of one repository.

    `files` reads a file of the repository when asked; its keys are paths with `/`, relative to
    the repository's root. It never yields anything from outside that root.
    """

    repository: Repository
    files: Mapping[str, bytes]
    specifications: tuple[str, ...] = ()
    """Paths of the files that say they are AsyncAPI documents, sorted."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to talk to."""

    name: str = ""
    url: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A part of an address that varies."""

    name: str
    description: str = ""
    enum: tuple[str, ...] = ()
    default: str = ""
    examples: tuple[str, ...] = ()
    location: str = ""
    """Runtime expression of where a message says its value, such as `$message.payload#/id`."""
    described_in: Location | None = None
    """The file that its description stands in; None: it has none."""


@dataclass(frozen=True, slots=True)
class Server:
    """A broker; `host` with port and path as written, variables filled with their defaults."""

    key: str
    host: str
    protocol: str
    description: str = ""
    environment: str = ""
    """`production`, `staging`, ... as an extension, a tag or the key says; empty when nothing does.
    """
    bindings: Mapping[str, Json] = field(default_factory=dict)
    title: str = ""
    protocol_version: str = ""
    variables: tuple[Parameter, ...] = ()
    """What varies in the host as written."""
    security: tuple[str, ...] = ()
    """Names of the security schemes."""
    tags: tuple[str, ...] = ()
    external_docs: str = ""
    extensions: Mapping[str, Json] = field(default_factory=dict)
    described_in: Location | None = None
    """The file that its description stands in; None: it has none."""


@dataclass(frozen=True, slots=True)
class Example:
    """An example that a document gives of a message."""

    payload: Json = None
    headers: Json = None
    name: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Deprecation:
    """Since when, until when (ISO dates, or empty) and what to use instead (a message's name)."""

    since: str = ""
    removal: str = ""
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of one channel, its traits applied."""

    id: str
    """Unique in its channel: the key (3.x), `messageId`, `name` or the component's key (2.x)."""
    name: str
    """What people call it: `name`, else the id, else the name of its schema, else empty."""
    title: str = ""
    summary: str = ""
    description: str = ""
    content_type: str = ""
    payload: Payload | None = None
    headers: Payload | None = None
    key: Payload | None = None
    """Schema of the Kafka key."""
    correlation_id: str = ""
    """Runtime expression, such as `$message.header#/correlationId`."""
    bindings: Mapping[str, Json] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    external_docs: str = ""
    examples: tuple[Example, ...] = ()
    deprecation: Deprecation | None = None
    extensions: Mapping[str, Json] = field(default_factory=dict)
    origin: Target | None = None
    """Where the last `$ref` to it led, or where it is written in place."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Channel:
    """An address with the messages that pass through it."""

    key: str
    address: str | None
    """None: the document says that it is not known (`address: null`)."""
    title: str = ""
    summary: str = ""
    description: str = ""
    servers: tuple[str, ...] = ()
    """Keys of the servers it is on; never empty while the document names servers."""
    protocols: tuple[str, ...] = ()
    """Of its servers, else of its bindings; sorted, without duplicates."""
    broker_name: str = ""
    """The broker's own name of it, where a binding tells (topic, queue, exchange)."""
    parameters: tuple[Parameter, ...] = ()
    messages: tuple[Message, ...] = ()
    bindings: Mapping[str, Json] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    external_docs: str = ""
    extensions: Mapping[str, Json] = field(default_factory=dict)
    origin: Target | None = None
    """Where the last `$ref` to it led, or where it is written in place."""
    inline: bool = True
    """Whether its address is written in this document rather than in one it refers to."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Operation:
    """One action on one channel, its traits applied. A reply is an operation of its own."""

    id: str
    action: Action
    """As the standard reads the document, before any viewpoint of the configuration."""
    channel: str
    """Key of the channel in the same document."""
    messages: tuple[str, ...] = ()
    """Ids of messages of that channel."""
    title: str = ""
    summary: str = ""
    description: str = ""
    reply_to: str = ""
    """Id of the operation that this one answers (or whose answer it awaits)."""
    reply_address: str = ""
    """Runtime expression of where the answer to it goes, such as `$message.header#/replyTo`."""
    bindings: Mapping[str, Json] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    external_docs: str = ""
    security: tuple[str, ...] = ()
    """Names of the security schemes."""
    extensions: Mapping[str, Json] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One AsyncAPI document, self-contained."""

    repository: Repository
    path: str
    asyncapi: str
    """The version it says it is of, as text."""
    title: str = ""
    version: str = ""
    description: str = ""
    id: str = ""
    contact: Contact | None = None
    licence: str = ""
    tags: tuple[str, ...] = ()
    external_docs: str = ""
    servers: tuple[Server, ...] = ()
    channels: tuple[Channel, ...] = ()
    operations: tuple[Operation, ...] = ()
    extensions: Mapping[str, Json] = field(default_factory=dict)
    """`x-` keys of the root and of `info`, those of `info` winning."""
    digest: str = ""
    """SHA-256 of the file's bytes, in hex."""
    uses: tuple[str, ...] = ()
    """Other files of the repository that it refers to, directly or through others; sorted."""


@dataclass(frozen=True, slots=True)
class Component:
    """An entity of a Backstage `catalog-info.yaml`."""

    name: str
    path: str
    """Of the file, in the repository."""
    kind: str = "Component"
    title: str = ""
    description: str = ""
    owner: str = ""
    """Without the `group:default/` before it."""
    system: str = ""
    domain: str = ""
    lifecycle: str = ""
    provides: tuple[str, ...] = ()
    consumes: tuple[str, ...] = ()
    definition: str = ""
    """Path of the document that defines an API, where it is a file of the repository."""


@dataclass(frozen=True, slots=True)
class CodeOwner:
    """A line of a CODEOWNERS file; of the lines that match a path the last one counts."""

    pattern: str
    owners: tuple[str, ...]
    """As written, such as `@acme/payments` or an e-mail address."""
    line: int = 0
    path: str = "CODEOWNERS"
