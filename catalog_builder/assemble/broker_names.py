"""Names by which brokers and clouds address a topic or queue, and what is in them.

Alone knows how they are built: an ARN, the URL of a queue, a full name in Pulsar or Pub/Sub, a
shared subscription, the path of a subscription, a routing key on an exchange.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from catalog_builder.model import Json, Server

_FULL_NAMES = tuple(
    map(
        re.compile,
        (
            r"arn:aws[\w-]*:(?:sns|sqs|kinesis):[\w-]*:\d*:(?:stream/)?(.+)",
            r"https?://[^/]*\bsqs\.[^/]*/\d+/([^/]+)",
            r"projects/[^/]+/topics/([^/]+)",
            r"(?:non-)?persistent://public/default/([^/]+)",
            r"\$share/[^/]+/(.+)",
            r"([^/]+)/Subscriptions/[^/]+",
        ),
    )
)
_SERVICE = re.compile(r"arn:aws[\w-]*:(sns|sqs|kinesis):|https?://[^/]*\b(sqs)\.[^/]*/\d+/")
_URL = re.compile(r"(https?|wss?)://([^/]+)/?(.*)", re.DOTALL)


@lru_cache(maxsize=65536)
def plain_name(address: str) -> str:
    """A topic or queue as those call it who are on its broker; other addresses as they are.

    >>> plain_name("https://sqs.eu-west-1.amazonaws.com/123456789012/orders-inbox")
    'orders-inbox'
    >>> plain_name("projects/acme-prod/topics/orders"), plain_name("orders/Subscriptions/billing")
    ('orders', 'orders')
    """
    written = address.strip()
    found = (each.fullmatch(written) for each in _FULL_NAMES)
    return next((each[1] for each in found if each), written)


def server_in(address: str) -> tuple[Server | None, str]:
    """The server that an address names by itself, and the rest of the address.

    >>> server, rest = server_in("wss://stream.acme.io/orders")
    >>> server.protocol, server.host, rest
    ('wss', 'stream.acme.io', 'orders')
    >>> server_in("orders")
    (None, 'orders')
    """
    if service := _SERVICE.match(address.strip()):
        return Server("", "", service[1] or service[2]), address
    if url := _URL.fullmatch(address.strip()):
        return Server("", url[2], url[1]), url[3]
    return None, address


def exchange_in(bindings: Mapping[str, Json]) -> str:
    """The exchange on which an address is a routing key; empty when none is named.

    >>> exchange_in({"amqp": {"is": "routingKey", "exchange": {"name": "orders"}}})
    'orders'
    >>> exchange_in({"amqp": {"is": "queue", "exchange": {"name": "orders"}}})
    ''
    """
    binding = bindings.get("amqp") if bindings else None
    if not isinstance(binding, dict) or binding.get("is") == "queue":
        return ""
    exchange = binding.get("exchange")
    name = exchange.get("name") if isinstance(exchange, dict) else None
    return name if isinstance(name, str) else ""
