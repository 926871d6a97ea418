"""AsyncAPI documents of services, in the version and with the habits of each team.

This module alone knows how the versions differ: which word says who sends, where servers,
channels, messages and schema formats go.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from tests.benchmarks.formats import Node, avro, json_schema
from tests.benchmarks.landscape import Broker, Event, Service
from tests.benchmarks.payloads import Record, capital, shared_types, shortened
from tests.benchmarks.vocabulary import words

_AVRO = "application/vnd.apache.avro;version=1.9.0"


@dataclass(frozen=True, slots=True)
class Habits:
    """What a team chose where the standard leaves a choice."""

    asyncapi: str
    release: str
    inlines_messages: bool
    keys_channels_by_address: bool
    label: str
    lists_messages: bool
    copies_whole_schemas: bool
    names_groups: bool
    gives_contact: bool
    tags: bool

    @classmethod
    def drawn(cls, rng: Random) -> "Habits":
        return cls(
            asyncapi=rng.choice(("2.6.0", "3.0.0")),
            release=f"{rng.randint(0, 6)}.{rng.randint(0, 30)}.{rng.randint(0, 9)}",
            inlines_messages=rng.random() < 0.25,
            keys_channels_by_address=rng.random() < 0.3,
            label=rng.choice(("messageId", "name", "")),
            lists_messages=rng.random() < 0.6,
            copies_whole_schemas=rng.random() < 0.6,
            names_groups=rng.random() < 0.5,
            gives_contact=rng.random() < 0.4,
            tags=rng.random() < 0.4,
        )


@dataclass(frozen=True, slots=True)
class _Channel:
    """What one service does on one address; the same event may be sent and read."""

    key: str
    address: str
    broker: Broker
    sent: tuple[Event, ...]
    read: tuple[Event, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple({event.name: event for event in (*self.sent, *self.read)}.values())


def document(
    service: Service, sent: Sequence[Event], read: Sequence[Event], habits: Habits
) -> Node:
    """The AsyncAPI document of a service that sends and reads these events."""
    channels = _channels(sent, read)
    write = _document_2 if habits.asyncapi == "2.6.0" else _document_3
    return write(service, channels, habits) | _components(channels, habits)


def _channels(sent: Iterable[Event], read: Iterable[Event]) -> list[_Channel]:
    found: dict[str, tuple[list[Event], list[Event]]] = {}
    for at, events in enumerate((sent, read)):
        for event in events:
            found.setdefault(event.address, ([], []))[at].append(event)
    return [
        _Channel(one.channel, one.address, one.broker, tuple(ours), tuple(theirs))
        for ours, theirs in found.values()
        for one in (*ours, *theirs)[:1]
    ]


# --- 2.6.0 ---------------------------------------------------------------------------------


def _document_2(service: Service, channels: Sequence[_Channel], habits: Habits) -> Node:
    brokers = _brokers(channels)
    return {
        "asyncapi": habits.asyncapi,
        "info": _info(service, channels, habits),
        **({"tags": _tags(service)} if habits.tags else {}),
        "defaultContentType": "application/json",
        "servers": {
            broker.key: {"url": broker.host, "protocol": broker.protocol} for broker in brokers
        },
        "channels": {
            channel.address: _channel_2(service, channel, habits)
            | ({"servers": [channel.broker.key]} if len(brokers) > 1 else {})
            for channel in channels
        },
    }


def _channel_2(service: Service, channel: _Channel, habits: Habits) -> Node:
    node: Node = _channel_bindings(channel)
    # In version 2 the verbs say what others may do: `subscribe` is what the service sends.
    if channel.sent:
        node["subscribe"] = {
            "operationId": "send" + capital(channel.key),
            "message": _messages_2(channel, channel.sent, habits),
        }
    if channel.read:
        node["publish"] = {
            "operationId": "on" + capital(channel.key),
            **_reading_bindings(service, channel, habits),
            "message": _messages_2(channel, channel.read, habits),
        }
    return node


def _messages_2(channel: _Channel, events: Sequence[Event], habits: Habits) -> Node:
    messages = [_message_or_ref(channel, event, habits) for event in events]
    return messages[0] if len(messages) == 1 else {"oneOf": messages}


# --- 3.0.0 ---------------------------------------------------------------------------------


def _document_3(service: Service, channels: Sequence[_Channel], habits: Habits) -> Node:
    brokers = _brokers(channels)
    tags = {"tags": _tags(service)} if habits.tags else {}
    return {
        "asyncapi": habits.asyncapi,
        "info": _info(service, channels, habits) | tags,
        "defaultContentType": "application/json",
        "servers": {
            broker.key: {"host": broker.host, "protocol": broker.protocol} for broker in brokers
        },
        "channels": {
            _key_3(channel, habits): _channel_3(channel, habits)
            | ({"servers": [_ref("servers", channel.broker.key)]} if len(brokers) > 1 else {})
            for channel in channels
        },
        "operations": {
            name: operation
            for channel in channels
            for name, operation in _operations_3(service, channel, habits).items()
        },
    }


def _key_3(channel: _Channel, habits: Habits) -> str:
    return channel.address if habits.keys_channels_by_address else channel.key


def _channel_3(channel: _Channel, habits: Habits) -> Node:
    messages = {event.name: _message_or_ref(channel, event, habits) for event in channel.events}
    return {"address": channel.address, "messages": messages} | _channel_bindings(channel)


def _operations_3(service: Service, channel: _Channel, habits: Habits) -> dict[str, Node]:
    operations: dict[str, Node] = {}
    if channel.sent:
        node = {"action": "send", **_operation_3(channel, channel.sent, habits)}
        operations["send" + capital(channel.key)] = node
    if channel.read:
        node = {"action": "receive", **_operation_3(channel, channel.read, habits)}
        operations["on" + capital(channel.key)] = node | _reading_bindings(service, channel, habits)
    return operations


def _operation_3(channel: _Channel, events: Sequence[Event], habits: Habits) -> Node:
    key = _key_3(channel, habits)
    node: Node = {"channel": _ref("channels", key)}
    # Without a list, an operation carries all messages of its channel.
    if habits.lists_messages or len(events) < len(channel.events):
        node["messages"] = [_ref("channels", key, "messages", event.name) for event in events]
    return node


# --- both ----------------------------------------------------------------------------------


def _info(service: Service, channels: Sequence[_Channel], habits: Habits) -> Node:
    sent = [words(event.name) for channel in channels for event in channel.sent]
    tells = f" Tells others: {', '.join(sent[:4])}." if sent else " Only listens to others."
    thing = service.name.rpartition(" ")[0].lower()
    info: Node = {
        "title": service.name,
        "version": habits.release,
        "description": f"Looks after everything about {thing} in {service.domain}.{tells}",
    }
    if habits.gives_contact:
        info["contact"] = {"name": service.team, "email": f"{service.team}@acme.example"}
    return info


def _tags(service: Service) -> list[Node]:
    return [{"name": service.domain}]


def _brokers(channels: Iterable[_Channel]) -> list[Broker]:
    return list(dict.fromkeys(channel.broker for channel in channels))


def _channel_bindings(channel: _Channel) -> Node:
    if not channel.sent:
        return {}
    name, protocol = channel.address, channel.broker.protocol
    described: dict[str, Node] = {
        "kafka": {"topic": name, "partitions": 6, "replicas": 3},
        "amqp": {"is": "queue", "queue": {"name": name, "durable": True}},
        "sns": {"name": name},
        "sqs": {"queue": {"name": name, "fifoQueue": False}},
    }
    return {"bindings": {protocol: described[protocol]}} if protocol in described else {}


def _reading_bindings(service: Service, channel: _Channel, habits: Habits) -> Node:
    if channel.broker.protocol != "kafka" or not habits.names_groups:
        return {}
    group = service.name.lower().replace(" ", "-")
    return {"bindings": {"kafka": {"groupId": {"type": "string", "enum": [group]}}}}


def _message_or_ref(channel: _Channel, event: Event, habits: Habits) -> Node:
    if habits.inlines_messages:
        return _message(event, habits, is_sent=event in channel.sent)
    return _ref("components", "messages", event.name)


def _components(channels: Sequence[_Channel], habits: Habits) -> Node:
    found = [(event, event in channel.sent) for channel in channels for event in channel.events]
    in_json = [(event, is_sent) for event, is_sent in found if not event.is_avro]
    records = [_record(event, habits, is_sent=is_sent) for event, is_sent in in_json]
    schemas = {name: json_schema(shape) for name, shape in shared_types(records).items()}
    if habits.inlines_messages:
        return {"components": {"schemas": schemas}} if schemas else {}
    schemas |= {
        event.name: _json_payload(event, record)
        for (event, _), record in zip(in_json, records, strict=True)
    }
    messages = {event.name: _message(event, habits, is_sent=is_sent) for event, is_sent in found}
    return {"components": {"messages": messages, "schemas": schemas}}


def _message(event: Event, habits: Habits, *, is_sent: bool) -> Node:
    node: Node = {label: event.name} if (label := _label(habits)) else {}
    if is_sent:
        title = words(event.name).capitalize()
        node |= {"title": title, "summary": event.summary, "description": event.description}
    if event.is_deprecated:
        node["x-lifecycle"] = "deprecated"
    if event.is_avro:
        node["contentType"] = "avro/binary"
        schema = avro(_record(event, habits, is_sent=is_sent), f"com.acme.{event.domain}")
        return node | _avro_payload(schema | _deprecation(event), habits)
    if habits.inlines_messages:
        record = _record(event, habits, is_sent=is_sent)
        return node | {"payload": _json_payload(event, record)}
    return node | {"payload": _ref("components", "schemas", event.name)}


def _label(habits: Habits) -> str:
    """The property that names a message, or nothing where the key under which it is kept does."""
    has_no_such_id = habits.asyncapi == "3.0.0" and habits.label == "messageId"
    return "name" if habits.inlines_messages or has_no_such_id else habits.label


def _avro_payload(schema: Node, habits: Habits) -> Node:
    if habits.asyncapi == "2.6.0":
        return {"schemaFormat": _AVRO, "payload": schema}
    return {"payload": {"schemaFormat": _AVRO, "schema": schema}}


def _json_payload(event: Event, record: Record) -> Node:
    return json_schema(record) | _deprecation(event)


def _deprecation(event: Event) -> Node:
    return {"deprecated": True} if event.is_deprecated else {}


def _record(event: Event, habits: Habits, *, is_sent: bool) -> Record:
    # Where nobody sends an event, the readers' copies are all there is: they stay whole.
    is_whole = is_sent or not event.senders or habits.copies_whole_schemas
    return event.payload if is_whole else shortened(event.payload)


def _ref(*steps: str) -> Node:
    escaped = (step.replace("~", "~0").replace("/", "~1") for step in steps)
    return {"$ref": f"#/{'/'.join(escaped)}"}
