"""A document with the service it describes, and what it does with each message on each channel.

Alone knows how an operation, its channel and its messages come together, and that the viewpoint of
the other side turns the actions around.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from catalog_builder.assemble.addresses import address_key
from catalog_builder.assemble.broker_names import exchange_in, server_in
from catalog_builder.assemble.brokers import Standing, standing_of
from catalog_builder.assemble.globs import matches_address, matches_document
from catalog_builder.config import Joins
from catalog_builder.model import (
    Action,
    Channel,
    Document,
    DocumentHistory,
    Location,
    Message,
    Operation,
    Server,
    Viewpoint,
    without_package,
)

_KINDS = frozenset({"event", "events", "message", "msg", "dto", "payload", "record"})
_SHORT = 3
_NO_SIDES: Mapping[Hashable, Hashable] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Described:
    """A document, once, with what we made of it."""

    document: Document
    service: str
    """Id of the service it describes."""
    viewpoint: Viewpoint
    operations: tuple[Operation, ...]
    """As the service sees them: turned around when the document takes the other side's view."""
    copies: tuple[Location, ...] = ()
    history: DocumentHistory = field(default_factory=DocumentHistory)
    place: str = field(init=False)
    """Where it stands, as reasons name it."""

    def __post_init__(self) -> None:
        """Made once, because it is asked for again and again."""
        object.__setattr__(self, "place", str(self.location()))

    def location(self, line: int = 0) -> Location:
        """A line of it."""
        return Location(self.document.repository.name, self.document.path, line)


@dataclass(slots=True, eq=False)  # not frozen: there is one for each channel
class ChannelUse:
    """A channel as one document has it."""

    by: Described
    channel: Channel
    servers: tuple[Server, ...]
    """Those that the channel itself names."""
    standing: Standing
    """Equal ones of all documents are one, for they are compared again and again."""
    addresses: tuple[str, ...]
    """Keys of the addresses that tell which channel it is: its own, and its broker's."""
    operations: tuple[Operation, ...]
    sides: Mapping[Hashable, Hashable]
    """Of each configured split that it is part of, on which side it is."""
    place: int
    """Its number among all, which sorts uses: by repository, path and key."""
    address: str = field(init=False)
    """The first of the keys; empty when its address says nothing."""

    def __post_init__(self) -> None:
        """Made once, because it is asked for again and again."""
        self.address = self.addresses[0] if self.addresses else ""


@dataclass(slots=True, eq=False)  # not frozen: there is one for each message
class MessageUse:
    """A message on a channel as one document has it; the piece that is joined."""

    by: Described
    """The document."""
    on: ChannelUse
    message: Message
    name: str
    """What equal names have in common; empty when it has none."""
    operations: tuple[Operation, ...]
    sends: bool
    receives: bool
    place: int
    """Its number among all, which sorts uses: as their channels, and then by id."""


def seen_from(document: Document, viewpoint: Viewpoint) -> tuple[Operation, ...]:
    """The document's operations as the service that it describes sees them."""
    if viewpoint is Viewpoint.APPLICATION:
        return document.operations
    return tuple(replace(each, action=each.action.opposite) for each in document.operations)


def channel_uses(described: Iterable[Described], joins: Joins) -> list[ChannelUse]:
    """Every channel of every document, sorted."""
    known = _Known(joins)
    uses: list[ChannelUse] = []
    for each in sorted(
        described, key=lambda one: (one.document.repository.name, one.document.path)
    ):
        uses.extend(_channels_of(each, known, len(uses)))
    return uses


class _Known:
    """What many documents have, worked out once: equal standings are one, and so are addresses."""

    def __init__(self, joins: Joins) -> None:
        self.joins = joins
        self._standings: dict[Standing, Standing] = {}
        self._placed: dict[tuple[Hashable, ...], Standing] = {}
        self._addresses: dict[tuple[str, str], tuple[str, ...]] = {}

    def standing(
        self, servers: Sequence[Server], protocols: tuple[str, ...], exchange: str
    ) -> Standing:
        """Where a channel is that is on these servers."""
        said = tuple((each.key, each.host, each.protocol, each.environment) for each in servers)
        found = self._placed.get((said, protocols, exchange))
        if found is None:
            standing = standing_of(servers, protocols, self.joins.clusters, exchange)
            found = self._standings.setdefault(standing, standing)
            self._placed[said, protocols, exchange] = found
        return found

    def addresses(self, written: str, broker_name: str) -> tuple[str, ...]:
        """Keys of what a channel's address is, as written and as its broker has it."""
        found = self._addresses.get((written, broker_name))
        if found is None:
            found = _addresses((written, broker_name), self.joins)
            self._addresses[written, broker_name] = found
        return found


def _channels_of(described: Described, known: _Known, before: int) -> Iterator[ChannelUse]:
    """Sorted by key; so many uses go before these."""
    operations: defaultdict[str, list[Operation]] = defaultdict(list)
    for operation in described.operations:
        operations[operation.channel].append(operation)
    places: dict[tuple[Hashable, ...], tuple[tuple[Server, ...], Standing]] = {}
    document, joins = described.document, known.joins
    channels = sorted(document.channels, key=lambda each: each.key)
    for place, channel in enumerate(channels, start=before):
        implied, address = (None, channel.address)
        if address and not channel.servers and not channel.protocols:
            implied, address = server_in(address)
        exchange = exchange_in(channel.bindings) if channel.bindings else ""
        on_server = implied and (implied.host, implied.protocol)
        key = (channel.servers, channel.protocols, on_server, exchange)
        if key not in places:
            on = tuple(server for server in document.servers if server.key in channel.servers)
            standing = known.standing((implied,) if implied else on, channel.protocols, exchange)
            places[key] = on, standing
        yield ChannelUse(
            described,
            channel,
            *places[key],
            known.addresses(address or "", channel.broker_name),
            tuple(operations[channel.key]),
            dict(_sides(document, channel, joins)) if joins.split else _NO_SIDES,
            place,
        )


def _sides(
    document: Document, channel: Channel, joins: Joins
) -> Iterator[tuple[Hashable, Hashable]]:
    """The first side that matches, of each split."""
    repository, path = document.repository.name, document.path
    for split, places in enumerate(joins.split):
        for side, where in enumerate(places):
            if matches_document(where, repository, path) and (
                not where.address or _has_address(channel, where.address)
            ):
                yield ("split", split), side
                break


def _has_address(channel: Channel, glob: str) -> bool:
    written = (channel.address, channel.broker_name)
    return any(matches_address(glob, each) for each in written if each)


def _addresses(written: Iterable[str], joins: Joins) -> tuple[str, ...]:
    keys: dict[str, None] = {}
    for address in written:
        key = address and address_key(address)
        if key and not any(matches_address(glob, address) for glob in joins.never):
            keys[key] = None
    return tuple(keys)


def message_uses(channels: Iterable[ChannelUse]) -> list[MessageUse]:
    """Every message on every channel, in the channels' order and then by id."""
    uses: list[MessageUse] = []
    for on in channels:
        for message in _messages_of(on.channel):
            id_ = message.id
            operations = tuple([each for each in on.operations if id_ in each.messages])
            actions = [each.action for each in operations]
            use = MessageUse(
                on.by,
                on,
                message,
                name_key(message.name or message.title),
                operations,
                Action.SEND in actions,
                Action.RECEIVE in actions,
                len(uses),
            )
            uses.append(use)
    return uses


def _messages_of(channel: Channel) -> Sequence[Message]:
    """Each id once, sorted."""
    if len(channel.messages) == 1:
        return channel.messages
    by_id = {message.id: message for message in channel.messages}
    return [by_id[each] for each in sorted(by_id)]


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """What equal names have in common: not case, not spaces or signs, not the package of a class.

    >>> name_key("Payment request"), name_key("org.acme.PaymentRequest"), name_key("order.placed")
    ('paymentrequest', 'paymentrequest', 'orderplaced')
    """
    return "".join(each for each in without_package(name).casefold() if each.isalnum())


def name_words(name: str) -> frozenset[str]:
    """The words of a name, in lower case."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+", without_package(name))
    return frozenset(word.casefold() for word in words)


@lru_cache(maxsize=65536)
def loose_name(name: str) -> str:
    """What names have in common that differ in number, or say what kind of thing they name.

    >>> loose_name("OrdersCreatedEvent"), loose_name("order_created"), loose_name("OrderCreatedV2")
    ('order created', 'order created', 'order created v 2')
    """
    written = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+", without_package(name))
    words = [word.casefold() for word in written]
    while len(words) > 1 and words[-1] in _KINDS:
        words.pop()
    return " ".join(each.removesuffix("s") if len(each) > _SHORT else each for each in words)
