"""Everything that a document says of its parts is kept, in place or behind references."""

from dataclasses import replace

import pytest

from catalog_builder.model import (
    Action,
    Channel,
    Checkout,
    Document,
    Example,
    Location,
    Message,
    Operation,
    Parameter,
    Repository,
    Server,
)
from catalog_builder.parse import read

TWO = """
asyncapi: 2.6.0
info: {title: Orders, version: '1'}
servers:
  live: {$ref: '#/components/servers/live'}
channels:
  orders.{id}: {$ref: '#/components/channels/orders'}
components:
  servers:
    live:
      url: 'mqtt://{host}:1883/v'
      protocol: mqtt
      protocolVersion: '5'
      description: Live.
      variables: {host: {$ref: '#/components/serverVariables/host'}}
      security: [{scram: []}]
      tags: [{name: eu}]
      bindings: {$ref: '#/components/serverBindings/mqtt'}
      x-tier: 1
  serverVariables:
    host: {enum: [a.example, b.example], default: a.example, description: Where.}
  serverBindings:
    mqtt: {mqtt: {clientId: me}}
  channels:
    orders:
      description: Orders.
      parameters: {id: {$ref: '#/components/parameters/id'}}
      bindings: {$ref: '#/components/channelBindings/kafka'}
      x-topic: 2
      subscribe:
        operationId: send
        summary: Sends.
        description: Sends orders.
        security: [{scram: []}]
        tags: [{name: ops}]
        externalDocs: {url: 'https://example.com/o'}
        bindings: {$ref: '#/components/operationBindings/kafka'}
        message: {$ref: '#/components/messages/Placed'}
        x-op: 3
  channelBindings:
    kafka: {kafka: {partitions: 3}}
  operationBindings:
    kafka: {kafka: {groupId: {type: string}}}
  messageBindings:
    kafka: {kafka: {key: {type: integer}}}
  parameters:
    id:
      description: Number.
      schema: {type: string, enum: ['7']}
      location: '$message.payload#/id'
  correlationIds:
    number: {location: '$message.header#/id'}
  securitySchemes:
    scram: {type: scramSha512}
  messages:
    Placed:
      name: placed
      title: Placed
      summary: Order placed.
      description: An order.
      contentType: application/json
      payload: {type: object, properties: {id: {type: integer}}}
      headers: {type: object, properties: {id: {type: string}}}
      correlationId: {$ref: '#/components/correlationIds/number'}
      tags: [{name: m}]
      externalDocs: {url: 'https://example.com/m'}
      bindings: {$ref: '#/components/messageBindings/kafka'}
      examples: [{name: one, summary: First., headers: {id: a}, payload: {id: 1}}]
      x-message: 4
"""

THREE = """
asyncapi: 3.0.0
info: {title: Orders, version: '1'}
servers:
  live: {$ref: '#/components/servers/live'}
channels:
  orders.{id}: {$ref: '#/components/channels/orders'}
operations:
  send: {$ref: '#/components/operations/send'}
components:
  servers:
    live:
      host: '{host}:1883'
      pathname: /v
      protocol: mqtt
      protocolVersion: '5'
      description: Live.
      variables: {host: {$ref: '#/components/serverVariables/host'}}
      security: [{$ref: '#/components/securitySchemes/scram'}]
      tags: [{$ref: '#/components/tags/eu'}]
      bindings: {$ref: '#/components/serverBindings/mqtt'}
      x-tier: 1
  serverVariables:
    host: {enum: [a.example, b.example], default: a.example, description: Where.}
  serverBindings:
    mqtt: {mqtt: {clientId: me}}
  channels:
    orders:
      address: orders.{id}
      description: Orders.
      parameters: {id: {$ref: '#/components/parameters/id'}}
      bindings: {$ref: '#/components/channelBindings/kafka'}
      messages: {placed: {$ref: '#/components/messages/Placed'}}
      x-topic: 2
  operations:
    send:
      action: send
      channel: {$ref: '#/channels/orders.{id}'}
      summary: Sends.
      description: Sends orders.
      security: [{$ref: '#/components/securitySchemes/scram'}]
      tags: [{name: ops}]
      externalDocs: {$ref: '#/components/externalDocs/o'}
      bindings: {$ref: '#/components/operationBindings/kafka'}
      reply: {$ref: '#/components/replies/r'}
      x-op: 3
  replies:
    r: {address: {$ref: '#/components/replyAddresses/a'}}
  replyAddresses:
    a: {location: '$message.header#/replyTo'}
  externalDocs:
    o: {url: 'https://example.com/o'}
  tags:
    eu: {name: eu}
  channelBindings:
    kafka: {kafka: {partitions: 3}}
  operationBindings:
    kafka: {kafka: {groupId: {type: string}}}
  messageBindings:
    kafka: {kafka: {key: {type: integer}}}
  parameters:
    id: {description: Number., enum: ['7'], location: '$message.payload#/id'}
  correlationIds:
    number: {location: '$message.header#/id'}
  securitySchemes:
    scram: {type: scramSha512}
  messages:
    Placed:
      name: placed
      title: Placed
      summary: Order placed.
      description: An order.
      contentType: application/json
      payload: {type: object, properties: {id: {type: integer}}}
      headers: {type: object, properties: {id: {type: string}}}
      correlationId: {$ref: '#/components/correlationIds/number'}
      tags: [{name: m}]
      externalDocs: {url: 'https://example.com/m'}
      bindings: {$ref: '#/components/messageBindings/kafka'}
      examples: [{name: one, summary: First., headers: {id: a}, payload: {id: 1}}]
      x-message: 4
"""


HERE = Location("shop", "a.yaml")


@pytest.fixture(params=[TWO, THREE], ids=["2.6.0", "3.0.0"])
def found(request: pytest.FixtureRequest) -> Document:
    files = {"a.yaml": request.param.encode()}
    reading = read(Checkout(Repository("shop"), files, ("a.yaml",)))
    assert [each for each in reading.findings if each.code != "reply-without-channel"] == []
    return reading.documents[0]


def test_all_that_a_server_says_is_kept(found: Document) -> None:
    assert found.servers == (
        Server(
            key="live",
            host="a.example:1883/v",
            protocol="mqtt",
            description="Live.",
            environment="production",
            bindings={"mqtt": {"clientId": "me"}},
            protocol_version="5",
            variables=(
                Parameter(
                    "host", "Where.", ("a.example", "b.example"), "a.example", described_in=HERE
                ),
            ),
            security=("scram",),
            tags=("eu",),
            extensions={"x-tier": 1},
            described_in=HERE,
        ),
    )


def test_all_that_a_channel_says_is_kept(found: Document) -> None:
    (channel,) = found.channels
    assert replace(channel, messages=(), origin=None, line=0, inline=True) == Channel(
        key="orders.{id}",
        address="orders.{id}",
        description="Orders.",
        servers=("live",),
        protocols=("mqtt",),
        parameters=(
            Parameter("id", "Number.", ("7",), location="$message.payload#/id", described_in=HERE),
        ),
        bindings={"kafka": {"partitions": 3}},
        extensions={"x-topic": 2},
    )


def test_all_that_an_operation_says_is_kept(found: Document) -> None:
    (operation,) = found.operations
    is_three = found.asyncapi == "3.0.0"
    assert replace(operation, line=0) == Operation(
        id="send",
        action=Action.SEND,
        channel="orders.{id}",
        messages=("placed",),
        summary="Sends.",
        description="Sends orders.",
        reply_address="$message.header#/replyTo" if is_three else "",
        bindings={"kafka": {"groupId": {"type": "string"}}},
        tags=("ops",),
        external_docs="https://example.com/o",
        security=("scram",),
        extensions={"x-op": 3},
    )


def test_all_that_a_message_says_is_kept(found: Document) -> None:
    (message,) = found.channels[0].messages
    payloads = (message.payload, message.headers, message.key)
    assert [each and each.schema for each in payloads] == [
        {"type": "object", "properties": {"id": {"type": "integer"}}},
        {"type": "object", "properties": {"id": {"type": "string"}}},
        {"type": "integer"},
    ]
    bare = replace(message, payload=None, headers=None, key=None, origin=None, line=0)
    assert bare == Message(
        id="placed",
        name="placed",
        title="Placed",
        summary="Order placed.",
        description="An order.",
        content_type="application/json",
        correlation_id="$message.header#/id",
        bindings={"kafka": {"key": {"type": "integer"}}},
        tags=("m",),
        external_docs="https://example.com/m",
        examples=(Example({"id": 1}, {"id": "a"}, "one", "First."),),
        extensions={"x-message": 4},
    )


BESIDE = """
asyncapi: 2.6.0
info: {title: Orders, version: '1'}
channels:
  orders:
    $ref: '#/components/channels/orders'
    description: Of this document.
    subscribe: {message: {name: Cancelled}}
components:
  channels:
    orders: {description: Of all, publish: {message: {$ref: '#/components/messages/P', title: T}}}
  messages:
    P: {name: Placed, title: Placed, payload: {properties: {a: {$ref: '#/components/schemas/A',
        description: Here.}}}}
  schemas:
    A: {type: string, description: There.}
"""


def test_beside_a_reference_count_channels_of_2_x_and_schemas_only() -> None:
    reading = read(Checkout(Repository("shop"), {"a.yaml": BESIDE.encode()}, ("a.yaml",)))
    (channel,) = reading.documents[0].channels
    assert channel.description == "Of this document."
    assert [(each.name, each.title) for each in channel.messages] == [
        ("Placed", "Placed"),
        ("Cancelled", ""),
    ]
    payload = channel.messages[0].payload
    assert payload is not None
    assert payload.schema["properties"]["a"]["description"] == "Here."
    assert [(each.code, each.location.line) for each in reading.findings] == [
        ("key-beside-reference", 11)
    ]
