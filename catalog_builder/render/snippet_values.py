"""What snippets say of one event: its address, server, queue and key, by the protocol's rules."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from catalog_builder.model import Event, Json, Relation, Server, SharedChannel

HOLES = (
    "address",
    "content_type",
    "example",
    "exchange",
    "filter",
    "group",
    "hostname",
    "key",
    "method",
    "name",
    "paho_url",
    "path",
    "port",
    "project",
    "qos",
    "queue",
    "queue_arn",
    "queue_name",
    "server",
    "topic",
    "topic_arn",
    "url",
    "web_url",
)
"""Names of the values that templates of snippets may use."""
_NUMBERS = frozenset({"port", "qos"})
"""Those that are written as they are, without quotes."""
FLAGS = ("secure", "has_key", "has_exchange", "is_queue")
"""Names of what templates of snippets may ask."""

_PARAMETER = re.compile(r"\{([^{}]*)\}")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_LONGEST = 300
_GROUP = "my-service"
_ACCOUNT = "eu-west-1:123456789012"


@dataclass(frozen=True, slots=True)
class _Family:
    """Protocols that one library speaks."""

    port: int = 0
    """Where servers listen by default."""
    schemes: tuple[str, str] = ("", "")
    """Of addresses of servers, plain and secure."""
    wildcard: str = ""
    """What stands for any value in an address that is read; empty: nothing does."""
    parts: str = ""
    """What divides an address into parts, of which a wildcard is a whole one; empty: nothing."""


_FAMILIES: Mapping[str, _Family] = {
    "kafka": _Family(9092),
    "amqp": _Family(5672, ("amqp", "amqps"), "*", "."),
    "mqtt": _Family(1883, ("mqtt", "mqtts"), "+", "/"),
    "nats": _Family(4222, ("nats", "tls"), "*", "."),
    "ws": _Family(8080, ("ws", "wss")),
    "sns": _Family(),
    "sqs": _Family(),
    "http": _Family(8080, ("http", "https")),
    "solace": _Family(55555, ("tcp", "tcps"), "*", "/"),
    "jms": _Family(),
    "ibmmq": _Family(1414, wildcard="+", parts="/"),
    "googlepubsub": _Family(),
    "stomp": _Family(61613),
    "mercure": _Family(3000, ("http", "https")),
    "pulsar": _Family(6650, ("pulsar", "pulsar+ssl")),
    "redis": _Family(6379, ("redis", "rediss"), "*"),
}
"""By the folder of their templates; a new protocol is a line here and a template a language."""

_NAMES = re.compile(rf"(?:secure-)?({'|'.join(_FAMILIES)})(?:s|5|-secure|\+ssl)*")
_ENCRYPTED = frozenset(f"{each}s" for each in _FAMILIES)
_PUBSUB = re.compile(r"projects/([^/]+)/topics/([^/]+)")


def family_of(protocol: str) -> str:
    """The name of the protocols that one library speaks; empty: none is known.

    >>> family_of("secure-mqtt"), family_of("wss"), family_of("kafka-secure"), family_of("amqp1")
    ('mqtt', 'ws', 'kafka', '')
    """
    known = _NAMES.fullmatch(protocol.lower())
    return known[1] if known else ""


def holds_of(family: str, channel: SharedChannel) -> frozenset[str]:
    """Which of the flags hold for a channel, whatever its event is."""
    server = _server(channel)
    binding = channel.bindings.get(family)
    binding = binding if isinstance(binding, dict) else {}
    holds = {
        "secure": server is not None and _is_secure(server.protocol),
        "has_exchange": family == "amqp" and _amqp(binding, "")[0],
        "is_queue": _is_queue(family, binding),
    }
    return frozenset(name for name, each in holds.items() if each)


def values_of(
    family: str,
    event: Event,
    channel: SharedChannel,
    relation: Relation | None,
    key: str | None,
) -> tuple[Mapping[str, str], frozenset[str]]:
    """What each hole stands for, and which of the flags hold."""
    rules = _FAMILIES[family]
    server = _server(channel)
    holds = holds_of(family, channel)
    secure = "secure" in holds
    binding = channel.bindings.get(family)
    binding = binding if isinstance(binding, dict) else {}
    own = relation.bindings.get(family) if relation else None
    own = own if isinstance(own, dict) else {}
    address = _filled(channel)
    host = server.host if server else f"localhost:{rules.port}"
    bare, _, port = host.partition("/")[0].partition(":")
    exchange, routing_key, queue = _amqp(binding, address)
    queue = _queue(binding, address) if "is_queue" in holds else queue
    project, topic = _pubsub(address)
    base = f"{rules.schemes[secure]}://{host}"
    told = {
        "address": routing_key if family == "amqp" else address,
        "content_type": event.content_type or "application/json",
        "exchange": exchange,
        "filter": _filter(rules, channel.address),
        "group": _first(own.get("groupId")) or _text(own.get("queue")) or _GROUP,
        "hostname": bare,
        "key": key or "",
        "method": (_text(own.get("method")) or "POST").upper(),
        "name": event.name,
        "paho_url": f"{'ssl' if secure else 'tcp'}://{host}",
        "path": "/" + address.lstrip("/"),
        "port": port if port.isdecimal() else str(rules.port),
        "project": project,
        "qos": str(own["qos"]) if own.get("qos") in (0, 1, 2) else "1",
        "queue": queue,
        "queue_arn": f"arn:aws:sqs:{_ACCOUNT}:{_GROUP}",
        "queue_name": _named(binding, "queue") or address.rpartition("/")[2],
        "server": host,
        "topic": topic,
        "topic_arn": _topic_arn(address),
        "url": _url(family, base, address, binding),
        "web_url": f"{'wss' if secure else 'ws'}://{host}",
    }
    return told, holds if key is None else holds | {"has_key"}


def as_code(name: str, text: str) -> str:
    """What a hole stands for, as all of the languages write it."""
    if name in _NUMBERS:
        return text
    # Half of a character is none: Go has no way to write it.
    whole = text[:_LONGEST].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return json.dumps(whole, ensure_ascii=False)


def _server(channel: SharedChannel) -> Server | None:
    """The server to show: a production one before others."""
    ranked = sorted(channel.servers, key=lambda each: each.environment != "production")
    return ranked[0] if ranked else None


def _is_secure(protocol: str) -> bool:
    return "secure" in protocol or protocol.endswith("+ssl") or protocol in _ENCRYPTED


def _filled(channel: SharedChannel) -> str:
    """The address with values for its parameters, as far as the documents give any."""
    known = {
        each.name: next(iter((*each.examples, each.default, *each.enum)), "")
        for each in channel.parameters
    }
    return _PARAMETER.sub(lambda each: known.get(each[1]) or each[0], channel.address)


def _filter(rules: _Family, address: str) -> str:
    """The address with wildcards for its parameters, where the protocol has any.

    >>> _filter(_FAMILIES["mqtt"], "vans/{van}/door-{door}/state")
    'vans/+/+/state'
    >>> _filter(_FAMILIES["redis"], "vans:{van}"), _filter(_FAMILIES["kafka"], "vans.{van}")
    ('vans:*', 'vans.{van}')
    """
    if not rules.wildcard or not rules.parts:
        return _PARAMETER.sub(rules.wildcard or r"{\1}", address)
    parts = _PARAMETER.sub("\0", address).split(rules.parts)
    return rules.parts.join(rules.wildcard if "\0" in each else each for each in parts)


def _amqp(binding: Mapping[str, Json], address: str) -> tuple[str, str, str]:
    """Exchange, routing key, and queue to read from."""
    if binding.get("is") == "queue":
        queue = _named(binding, "queue") or address
        return "", queue, queue
    exchange = _named(binding, "exchange")
    return exchange, address, f"{_GROUP}.{address}" if exchange else address


def _is_queue(family: str, binding: Mapping[str, Json]) -> bool:
    """Whether a channel of IBM MQ or JMS is a queue: else it is a topic."""
    return family in {"ibmmq", "jms"} and "queue" in _text(binding.get("destinationType"))


def _queue(binding: Mapping[str, Json], address: str) -> str:
    queue = binding.get("queue")
    named = _text(queue.get("objectName")) if isinstance(queue, dict) else ""
    return named or _text(binding.get("destination")) or address


def _pubsub(address: str) -> tuple[str, str]:
    """Project and topic of Google Pub/Sub.

    >>> _pubsub("projects/acme/topics/orders"), _pubsub("orders")
    (('acme', 'orders'), ('my-project', 'orders'))
    """
    whole = _PUBSUB.fullmatch(address)
    return (whole[1], whole[2]) if whole else ("my-project", address)


def _named(binding: Mapping[str, Json], part: str) -> str:
    return _text(named.get("name")) if isinstance(named := binding.get(part), dict) else ""


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _first(schema: Json) -> str:
    """A value that a schema of one text names."""
    if not isinstance(schema, dict):
        return _text(schema)
    listed = [schema.get(name) for name in ("enum", "examples")]
    values = [each for some in listed if isinstance(some, list) for each in some]
    return next(filter(None, map(_text, (schema.get("const"), schema.get("default"), *values))), "")


def _topic_arn(address: str) -> str:
    return address if address.startswith("arn:") else f"arn:aws:sns:{_ACCOUNT}:{address}"


def _url(family: str, base: str, address: str, binding: Mapping[str, Json]) -> str:
    if _SCHEME.match(address) and family in {"ws", "http", "amqp", "mqtt", "nats"}:
        return address
    if family in {"ws", "http"}:
        return f"{base.rstrip('/')}/{address.lstrip('/')}"
    if family == "mercure":
        return base if ".well-known" in base else f"{base.rstrip('/')}/.well-known/mercure"
    exchange = binding.get("exchange")
    host = _text(exchange.get("vhost")) if isinstance(exchange, dict) else ""
    return f"{base}/{quote(host, safe='')}" if family == "amqp" and host.strip("/") else base
