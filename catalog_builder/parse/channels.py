"""Channels: address, servers, protocols, parameters and the broker's own name.

Alone knows what makes the address of a channel, and in which bindings brokers' names stand.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from catalog_builder.model import Channel, Json, Message, Server, Target
from catalog_builder.parse.consistency import check_parameters
from catalog_builder.parse.messages import Messages, with_traits
from catalog_builder.parse.nodes import Node, as_text
from catalog_builder.parse.pieces import bindings_of, external_docs_of, parameters_of, tags_of
from catalog_builder.parse.references import Library, reference_of
from catalog_builder.parse.words import Words

_NAMES_IN_BINDINGS: tuple[tuple[str, tuple[str | int, ...]], ...] = (
    ("kafka", ("topic",)),
    ("sns", ("name",)),
    ("sns", ("topic", "name")),
    ("sqs", ("queue", "name")),
    ("sqs", ("queues", 0, "name")),
    ("amqp1", ("address",)),
    ("ibmmq", ("queue", "objectName")),
    ("ibmmq", ("topic", "objectName")),
    ("ibmmq", ("topic", "string")),
    ("anypointmq", ("destination",)),
    ("jms", ("destination",)),
    ("solace", ("destinations", 0, "queue", "name")),
    ("solace", ("destinations", 0, "topic", "name")),
    ("googlepubsub", ("topic",)),
    ("nats", ("subject",)),
    ("pulsar", ("topic",)),
)
_RELATIVE_TO_ID = re.compile(r"\.?_(?:public|protected|private)\.")


_MOST_COMPARED = 4
"""Messages of one id that are compared before one more of it counts as another."""


@dataclass(slots=True)
class OpenChannel:
    """A channel to which operations may still add."""

    node: Node
    key: str
    address: str | None
    origin: Target
    line: int
    """In the document's own file."""
    said: Mapping[str, Any]
    """What else the channel says, by the names of the model."""
    protocols_of_servers: tuple[str, ...] = ()
    messages: dict[str, Message] = field(default_factory=dict)
    by_origin: dict[Target | None, str] = field(default_factory=dict)
    """Ids of the messages by where they are described."""
    broker_name: str = ""
    protocols: set[str] = field(default_factory=set)
    _numbers: dict[str, int] = field(default_factory=dict)
    """The last number that was added to each id which several messages wanted."""
    _by_place: dict[tuple[str, Target | None], str] = field(default_factory=dict)

    def add(self, message: Message) -> str:
        """The id under which the channel has the message from now on."""
        place = (message.id, message.origin)
        identity = self._by_place.get(place) or self._same(message)
        if identity is None:
            identity = self._free(message.id)
            self.put(identity, _placed(message, identity, self.line))
        self._by_place[place] = identity
        return identity

    def put(self, identity: str, message: Message) -> None:
        """The channel has the message under that id."""
        self.messages[identity] = message
        self.by_origin[message.origin] = identity

    def _same(self, message: Message) -> str | None:
        """The id of a message of the same id, among the first of them, that says the same."""
        number = self._numbers.get(message.id, 1)
        for each in range(1, min(number, _MOST_COMPARED) + 1):
            identity = message.id if each == 1 else f"{message.id}-{each}"
            known = self.messages.get(identity)
            if known is not None and _is_same(known, message):
                return identity
        return None

    def _free(self, wanted: str) -> str:
        """An id that no message of the channel has."""
        identity, number = wanted, self._numbers.get(wanted, 1)
        while identity in self.messages:
            number += 1
            identity = f"{wanted}-{number}"
        self._numbers[wanted] = number
        return identity

    def note_bindings(self, bindings: Mapping[str, Json]) -> None:
        """What the bindings of an operation tell of the channel is known too."""
        self.broker_name = self.broker_name or broker_name_in(bindings)
        self.protocols.update(each.lower() for each in bindings)

    def closed(self) -> Channel:
        """The channel as all of the document describes it."""
        return Channel(
            key=self.key,
            address=self.address,
            protocols=self.protocols_of_servers or tuple(sorted(self.protocols)),
            broker_name=self.broker_name,
            messages=tuple(self.messages.values()),
            origin=self.origin,
            line=self.line,
            **self.said,
        )


def _placed(message: Message, identity: str, line: int) -> Message:
    """The message under an id of its channel, at least at the channel's line."""
    if message.id == identity and message.line:
        return message
    return replace(message, id=identity, line=message.line or line)


def _is_same(one: Message, other: Message) -> bool:
    if one.origin == other.origin:
        return True
    return one == replace(other, id=one.id, origin=one.origin, line=one.line)


class Channels:
    """Reads the channels of one document."""

    def __init__(
        self,
        library: Library,
        root: Node,
        words: Words,
        messages: Messages,
        servers: Iterable[Server],
    ) -> None:
        self._library = library
        self._root = root
        self._words = words
        self._messages = messages
        self._servers = {each.key: each for each in servers}
        self._prefix = root.string("baseTopic")
        self._id = root.string("id").removeprefix("urn:").replace(":", ".")
        node = library.get(root, "servers")
        nodes = node.items() if node else ()
        self._server_targets = {library.step(each).target: key for key, each in nodes}

    def read(self) -> dict[str, OpenChannel]:
        """The channels by key, in the order written."""
        section = self._library.get(self._root, self._words.channels)
        section = section or self._library.get(self._root, "channels")
        found: dict[str, OpenChannel] = {}
        for key, node in section.items() if section else ():
            opened = self.open(key, node)
            if opened is not None:
                found[key] = opened
        return found

    def open(self, key: str, node: Node) -> OpenChannel | None:
        """The channel under a key; None when it cannot be read."""
        library = self._library
        settled = library.settled(node)
        if settled is None:
            return None
        if not isinstance(settled.value, dict):
            library.report_target(node, settled, "A channel")
            return None
        found = with_traits(library, self._completed(node, settled), self._words)
        bindings = bindings_of(library, found)
        servers = self._servers_of(key, found)
        protocols = {self._servers[each].protocol for each in servers} - {""}
        address = self._address(key, found)
        in_place = self.is_own(settled)
        said = {
            "title": found.string("title"),
            "summary": found.string("summary"),
            "description": found.string("description"),
            "servers": servers,
            "parameters": parameters_of(library, found, "parameters"),
            "bindings": bindings,
            "tags": tags_of(library, found),
            "external_docs": external_docs_of(library, found),
            "extensions": found.extensions(),
            "inline": in_place or self._words.verbs is not None,
        }
        line = (settled if in_place and reference_of(node.value) is None else node).line
        opened = OpenChannel(found, key, address, settled.target, line, said)
        opened.protocols_of_servers = tuple(sorted(protocols))
        check_parameters(library, found, key, address)
        opened.broker_name = self._own_name(address, bindings)
        opened.protocols.update(each.lower() for each in bindings)
        self._add_messages(opened)
        return opened

    def _completed(self, node: Node, settled: Node) -> Node:
        """The channel with what stands beside its `$ref`: channels of 2.x alone may add to it."""
        if self._words.verbs is None or reference_of(node.value) is None or len(node.value) == 1:
            return settled
        beside = {key: each for key, each in node.value.items() if key != "$ref"}
        return Node(node.source, node.path, beside).over(settled)

    def is_own(self, node: Node) -> bool:
        """Whether the node stands in the document itself."""
        return node.source.path == self._root.source.path

    def line_of(self, node: Node) -> int:
        """Line of a node of the document itself; 0 for those of other files."""
        return node.line if self.is_own(node) else 0

    def _own_name(self, address: str | None, bindings: Mapping[str, Json]) -> str:
        named = broker_name_in(bindings)
        if not named and address and self._id and _RELATIVE_TO_ID.match(address):
            return f"{self._id}.{address.removeprefix('.')}"
        return named

    def _add_messages(self, opened: OpenChannel) -> None:
        messages = self._library.get(opened.node, "messages")
        for key, node in messages.items() if messages else ():
            message = self._messages.keyed(key, node, opened.line)
            if message is not None:
                opened.put(key, message)

    def _address(self, key: str, node: Node) -> str | None:
        address = node.get("address")
        if address is not None:
            return as_text(address.value) or None
        if isinstance(node.value, dict) and "address" in node.value:
            return None
        return f"{self._prefix}.{key}" if self._prefix else key

    def _servers_of(self, key: str, node: Node) -> tuple[str, ...]:
        """Keys of its servers; of a channel that names none, of all that the document has."""
        listed = self._library.get(node, "servers")
        names: dict[str, None] = {}
        for each in listed.elements() if listed else ():
            name = self._server_key(each)
            if name in self._servers:
                names[name] = None
            else:
                self._library.report.add("server-unknown", each, name=key, reference=name)
        return tuple(names or self._servers)

    def _server_key(self, node: Node) -> str:
        reference = reference_of(node.value)
        if reference is None:
            return as_text(node.value)
        hop = self._library.step(node)
        if hop.path[:1] == ("servers",) and len(hop.path) > 1:
            return str(hop.path[1])
        known = self._server_targets.get(hop.target)
        return known or reference.rpartition("/")[2]


def broker_name_in(bindings: Mapping[str, Json]) -> str:
    """The broker's own name of a channel; empty when no binding tells.

    >>> broker_name_in({"kafka": {"topic": "orders.v1"}})
    'orders.v1'
    """
    for protocol, path in _NAMES_IN_BINDINGS if bindings else ():
        if protocol in bindings and (name := _text_at(bindings[protocol], *path)):
            return name
    return _name_in_amqp(bindings["amqp"]) if "amqp" in bindings else ""


def _name_in_amqp(binding: Json) -> str:
    """A queue's name; an exchange's only where it hands everything to everybody.

    Else the channel's address is the routing key, and an exchange or a queue has many of those.
    """
    exchange = _text_at(binding, "exchange", "name")
    if _text_at(binding, "is") == "queue" or not exchange:
        return _text_at(binding, "queue", "name")
    return exchange if _text_at(binding, "exchange", "type") == "fanout" else ""


def _text_at(value: Json, *path: str | int) -> str:
    for part in path:
        value = _inside(value, part)
    return value if isinstance(value, str) else ""


def _inside(value: Json, part: str | int) -> Json:
    if isinstance(part, int):
        return value[part] if isinstance(value, list) and len(value) > part else None
    return value.get(part) if isinstance(value, dict) else None
